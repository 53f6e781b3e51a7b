"""All that is known of people when something is decided about them, loaded for many at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.domain.cadence import Asked
from bot.domain.company import Companion
from bot.domain.land import Land
from bot.domain.people import Account, Person
from bot.domain.pledge import Pledge
from bot.domain.quiet_times import Calendar
from bot.domain.workshop import Workshop
from bot.service.installation import Rules
from bot.store import companions, occasions, outbox, people, pledges, workshops

COUNTED = timedelta(days=31)
"""How far back the caps look."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A person with accounts, own pledges by id, their workshops and what was asked about them.

    `sent` holds the day of each message that counts against their caps, `announced` the days of the broadcasts that
    wait for their slot; `companions` are those of the pledges, by the pledge's id.
    """

    person: Person
    accounts: tuple[Account, ...]
    pledges: Mapping[int, Pledge]
    workshops: Mapping[int, Workshop]
    asked: Mapping[int, tuple[Asked, ...]]
    calendar: Calendar
    companions: Mapping[int, tuple[Companion, ...]] = field(default_factory=dict)
    sent: tuple[date, ...] = ()
    announced: tuple[date, ...] = ()

    @property
    def account(self) -> Account | None:
        """Where the person is written to; None where they want nothing, or cannot be reached."""
        if self.person.stopped:
            return None
        return next((account for account in self.accounts if account.reachable), None)

    @property
    def is_unreachable(self) -> bool:
        """Whether they want to be written to, and cannot be."""
        return not self.person.stopped and self.account is None

    def is_paused(self, day: date) -> bool:
        """Whether their pause covers this day."""
        return self.person.paused_until is not None and day < self.person.paused_until


def load(
    tx: Connection, rules: Rules, person_ids: Iterable[int], now: datetime,
    made: Mapping[int, Mapping[int, Pledge]] | None = None,
) -> dict[int, Dossier]:  # fmt: skip
    """The dossiers of these people, by id, in as many statements for a hundred as for one. `made` are their pledges,
    where somebody has looked them up already."""
    ids = set(person_ids)
    known = people.with_accounts(tx, ids)
    made = pledges.of_makers(tx, ids) if made is None else made
    found = workshops.by_ids(tx, {pledge.workshop_id for mine in made.values() for pledge in mine.values()})
    wanted = [
        pledge_id for mine in made.values() for pledge_id, pledge in mine.items() if pledge.is_open or pledge.recalled
    ]
    asked = occasions.history(tx, wanted)
    beside = companions.of_pledges(tx, wanted)
    started = occasions.started(tx, ids, now - COUNTED)
    told = outbox.broadcasts(tx, ids, now - COUNTED)
    return {
        person_id: _dossier(
            Dossier(
                person, tuple(accounts), made.get(person_id, {}), found, asked,
                calendar(person, laender(made.get(person_id, {}).values(), found), rules), beside,
            ),
            started.get(person_id, ()), told.get(person_id, ()),
        )
        for person_id, (person, accounts) in known.items()
    }  # fmt: skip


def _dossier(bare: Dossier, started: Iterable[datetime], told: Iterable[tuple[datetime, bool]]) -> Dossier:
    """With the days on which the person was, and will be, written to."""
    days = bare.calendar.day_of
    told = list(told)
    sent = (*map(days, started), *(days(at) for at, gone in told if gone))
    return replace(bare, sent=sent, announced=tuple(days(at) for at, gone in told if not gone))


def laender(pledges: Iterable[Pledge], workshops: Mapping[int, Workshop]) -> frozenset[Land]:
    """The Länder of the open pledges: a pledge's own, else its workshop's."""
    return frozenset(pledge.land or workshops[pledge.workshop_id].land for pledge in pledges if pledge.is_open)


def calendar(person: Person, laender: frozenset[Land], rules: Rules) -> Calendar:
    """When this person may be written to."""
    return Calendar(
        zone=person.zone, window=person.window, weekday=person.weekday, laender=laender, rests=rules.rests,
        paused_until=person.paused_until, paused_from=person.paused_from,
    )  # fmt: skip
