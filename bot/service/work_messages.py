"""What a team has to know to do its work: to whom of it, and how it is told. It counts against nobody's caps."""

from collections.abc import Callable, Collection
from datetime import datetime, time

from sqlalchemy import Connection

from bot.dialogue.message import Say
from bot.domain.people import Account, Person
from bot.domain.roles import Right, rights_of
from bot.service import posting
from bot.service.installation import Rules
from bot.store import outbox, people, teams
from bot.texts import Speaker, speaker

DAY = (time(8), time(20))
"""Outside of these hours, and at weekends, a message does not ring."""


def at_work(tx: Connection, rules: Rules, workshop_id: int | None, now: datetime) -> dict[int, tuple[Person, Account]]:
    """Who of a team answers calls for help and can be written to now: not those who pause, have stopped or cannot be
    reached. A call that goes to no team is for the administrators who are in here."""
    if workshop_id is None:
        ids = people.ids_of(tx, rules.administrators)
    else:
        team = teams.members(tx, workshop_id)
        ids = {one.person_id for one in team if Right.HELP in rights_of(one.roles)}
    return {key: found for key in ids if (found := reachable(tx, key, now))}


def reachable(tx: Connection, person_id: int, now: datetime) -> tuple[Person, Account] | None:
    """The person, and where they can be written to; None while they cannot, or do not want it."""
    known = people.with_accounts(tx, (person_id,)).get(person_id)
    if known is None:
        return None
    person, accounts = known
    account = next((one for one in accounts if one.reachable), None)
    away = person.stopped or (person.paused_until and now.astimezone(person.zone).date() < person.paused_until)
    return (person, account) if account and not away else None


def tell(
    tx: Connection, readers: Collection[tuple[Person, Account]], say: Callable[[Speaker], Say], now: datetime
) -> set[str]:
    """Tell these people. What it asks waits beside whatever is under way there. Gives the channels."""
    channels = set()
    for person, account in readers:
        said = say(speaker(person.language))
        rings = Say(said.text, said.choices, said.asks, quiet=said.quiet or not _is_day(person, now))
        channels.add(posting.post_to(tx, account, rings, now, aside=True, stands_for=outbox.WORK))
    return channels


def _is_day(person: Person, now: datetime) -> bool:
    local = now.astimezone(person.zone)
    return local.weekday() < 5 and DAY[0] <= local.time() < DAY[1]
