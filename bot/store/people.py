"""People with their accounts and consents."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Date, Row, bindparam, case, delete, insert, literal, select, tuple_, update

from bot.domain.people import Account, Person
from bot.domain.quiet_times import Window
from bot.store.tables import accounts, consents, people

_BOTH = select(
    people,
    accounts.c.id.label("account_id"), accounts.c.channel, accounts.c.address, accounts.c.user, accounts.c.reachable,
    accounts.c.agreed, accounts.c.preferred,
).join_from(accounts, people)  # fmt: skip
_IN_CHAT = (accounts.c.channel == bindparam("chat_channel")) & (accounts.c.address == bindparam("chat_address"))
_AT = _BOTH.where(_IN_CHAT)
_WITH_ACCOUNTS = _BOTH.where(people.c.id.in_(bindparam("people", expanding=True))).order_by(
    accounts.c.preferred.desc(), accounts.c.id
)
_WRITES_IN = select(accounts.c.id).where(_IN_CHAT, accounts.c.user == bindparam("writer"))
_ADD = insert(people).returning(people.c.id)
_ADD_ACCOUNT = insert(accounts)
_CONSENT = insert(consents).values(account_id=select(accounts.c.id).where(_IN_CHAT).scalar_subquery())

_AGREED = update(accounts).where(_IN_CHAT)


def at(tx: Connection, channel: str, address: str) -> tuple[Person, Account] | None:
    """Who talks in this chat; None before consent."""
    row = tx.execute(_AT, {"chat_channel": channel, "chat_address": address}).one_or_none()
    return (_person(row), _account(row)) if row else None


def writes_in(tx: Connection, channel: str, address: str, user: str) -> bool:
    """Whether the account in this chat is that of the platform's `user`."""
    return (
        tx.execute(_WRITES_IN, {"chat_channel": channel, "chat_address": address, "writer": user}).first() is not None
    )


def add(tx: Connection, person: Mapping[str, Any], channel: str, address: str, user: str, now: datetime) -> int:
    """A new person with one account; gives the person's id. `person` holds language, zone, weekday, window."""
    person_id = int(tx.execute(_ADD, {**person, "created_at": now}).scalar_one())
    add_account(tx, person_id, channel, address, user, now)
    return person_id


def add_account(tx: Connection, person_id: int, channel: str, address: str, user: str, now: datetime) -> int:
    """One more account of a person; gives its id."""
    account = {"person_id": person_id, "channel": channel, "address": address, "user": user, "reachable": True}
    return int(tx.execute(_ADD_ACCOUNT.returning(accounts.c.id), {**account, "created_at": now}).scalar_one())


def prefer(tx: Connection, person_id: int, account_id: int) -> None:
    """The person is written to here, as long as it can be reached."""
    theirs = update(accounts).where(accounts.c.person_id == person_id)
    tx.execute(theirs.values(preferred=accounts.c.id == account_id))


def remove_account(tx: Connection, account_id: int) -> None:
    """The account goes, with its consents."""
    tx.execute(delete(accounts).where(accounts.c.id == account_id))


def consent(tx: Connection, channel: str, address: str, version: str, now: datetime) -> None:
    """This account agreed to that version of the text."""
    chat = {"chat_channel": channel, "chat_address": address}
    tx.execute(_CONSENT, {**chat, "version": version, "at": now})
    tx.execute(_AGREED, {**chat, "agreed": version})


def change(tx: Connection, person_id: int, **values: Any) -> None:
    """New values for a person: language, weekday, window, paused_until, paused_from, stopped."""
    tx.execute(update(people).where(people.c.id == person_id).values(**values))


def pause(tx: Connection, person_id: int, until: date | None, today: date) -> None:
    """A pause until that day, which begins `today` or goes on; None ends it."""
    begins = case((people.c.paused_until > today, people.c.paused_from), else_=literal(today, Date)) if until else None
    change(tx, person_id, paused_until=until, paused_from=begins)


def reach(tx: Connection, channel: str, address: str, reachable: bool) -> None:
    """Whether this chat can be written to."""
    chat = (accounts.c.channel == channel, accounts.c.address == address)
    tx.execute(update(accounts).where(*chat).values(reachable=reachable))


def move(tx: Connection, channel: str, address: str, new_address: str) -> None:
    """The chat has a new address. Where somebody is known there already, only the old one is given up."""
    if at(tx, channel, new_address):
        return reach(tx, channel, address, False)
    chat = (accounts.c.channel == channel, accounts.c.address == address)
    tx.execute(update(accounts).where(*chat).values(address=new_address))


def with_accounts(tx: Connection, ids: Iterable[int]) -> dict[int, tuple[Person, list[Account]]]:
    """These people by their ids, each with their accounts: the preferred one, then the oldest first."""
    found: dict[int, tuple[Person, list[Account]]] = {}
    for row in tx.execute(_WITH_ACCOUNTS, {"people": set(ids)}):
        found.setdefault(row.id, (_person(row), []))[1].append(_account(row))
    return found


def ids_of(tx: Connection, users: Iterable[tuple[str, str]]) -> set[int]:
    """The ids of the people who have one of these accounts: channel and platform's id."""
    query = select(accounts.c.person_id).where(tuple_(accounts.c.channel, accounts.c.user).in_(list(users)))
    return set(tx.execute(query).scalars())


def consents_of(tx: Connection, person_id: int) -> list[tuple[str, str, datetime]]:
    """Channel, version and time of each consent of a person."""
    query = select(accounts.c.channel, consents.c.version, consents.c.at).join_from(consents, accounts)
    return list(tx.execute(query.where(accounts.c.person_id == person_id)))


def since(tx: Connection, person_id: int) -> datetime:
    """When a person agreed for the first time."""
    return tx.execute(select(people.c.created_at).where(people.c.id == person_id)).scalar_one()


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone of that name."""
    return ZoneInfo(name)


def _person(row: Row[*tuple[Any, ...]]) -> Person:
    return Person(
        row.id, row.language, zone(row.zone), row.weekday, Window(row.window), row.paused_until, row.paused_from,
        row.stopped,
    )  # fmt: skip


def _account(row: Row[*tuple[Any, ...]]) -> Account:
    return Account(row.account_id, row.id, row.channel, row.address, row.user, row.reachable, row.agreed, row.preferred)
