"""The platform's ids of messages on both sides: what a reply, an edit or a reaction points at."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, null, select, tuple_, update

from bot.store.tables import accounts, messages

_FORGET = delete(messages).where(
    messages.c.channel == bindparam("channel"),
    messages.c.address == bindparam("address"),
    messages.c.message_id == bindparam("message_id"),
)
_REMEMBER = insert(messages)
_SHOWING = (
    select(messages.c.message_id)
    .where(messages.c.prompt == bindparam("prompt"), messages.c.ours)
    .order_by(messages.c.at.desc())
    .limit(1)
)


def remember(
    tx: Connection,
    channel: str,
    address: str,
    message_id: str,
    now: datetime,
    *,
    ours: bool,
    prompt: str | None,
    changed: list[Any] | None = None,
) -> None:
    """This message showed the prompt (ours) or answered it (theirs, with what it `changed`); theirs without a prompt
    meant nothing. A second time under one id replaces the first."""
    place = {"channel": channel, "address": address, "message_id": message_id}
    tx.execute(_FORGET, place)
    tx.execute(_REMEMBER, {**place, "ours": ours, "prompt": prompt, "at": now, "changed": changed})


def theirs(tx: Connection, channel: str, address: str, message_id: str) -> Row[*tuple[Any, ...]] | None:
    """What became of a message of theirs: the prompt that it answered (None: it meant nothing), what it changed."""
    place = (messages.c.channel == channel, messages.c.address == address, messages.c.message_id == message_id)
    query = select(messages.c.prompt, messages.c.changed).where(*place, messages.c.ours.is_(False))
    return tx.execute(query).one_or_none()


def showing(tx: Connection, prompt: str) -> str | None:
    """The id of our message that shows this prompt; None while there is none."""
    return tx.execute(_SHOWING, {"prompt": prompt}).scalar()


def move(tx: Connection, channel: str, address: str, new_address: str) -> None:
    """The chat has a new address. What is known there under the same id already is newer, and stays."""
    there = select(messages.c.message_id).where(messages.c.channel == channel, messages.c.address == new_address)
    here = (messages.c.channel == channel, messages.c.address == address)
    tx.execute(delete(messages).where(*here, messages.c.message_id.in_(there)))
    tx.execute(update(messages).where(*here).values(address=new_address))


def forget_answers(tx: Connection, prompt: str) -> None:
    """No message of theirs answered this prompt after all."""
    tx.execute(delete(messages).where(messages.c.prompt == prompt, ~messages.c.ours))


def forget_changes(tx: Connection, person_ids: Iterable[int]) -> None:
    """What these people's messages changed can be taken back no more: nothing is kept of how it was before."""
    chats = select(accounts.c.channel, accounts.c.address).where(accounts.c.person_id.in_(list(person_ids)))
    theirs = tuple_(messages.c.channel, messages.c.address).in_(chats)
    tx.execute(update(messages).where(theirs, messages.c.changed.is_not(None)).values(changed=null()))


def forget_chat(tx: Connection, channel: str, address: str) -> None:
    """Nothing is known of this chat's messages any more."""
    tx.execute(delete(messages).where(messages.c.channel == channel, messages.c.address == address))


def forget_before(tx: Connection, before: datetime, most: int) -> int:
    """Old messages are nobody's to answer any more. `most` at once; gives how many went."""
    key = (messages.c.channel, messages.c.address, messages.c.message_id)
    old = select(*key).where(messages.c.at < before).limit(most)
    return tx.execute(delete(messages).where(tuple_(*key).in_(old))).rowcount
