"""All that is known of a person when something is decided about them, loaded for many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.cadence import Asked, Occasion, next_occasion
from bot.domain.land import Land
from bot.domain.people import Account, Person
from bot.domain.pledge import Pledge
from bot.domain.quiet_times import Calendar
from bot.domain.workshop import Workshop
from bot.service.installation import Rules
from bot.store import occasions, people, pledges, workshops


@dataclass(frozen=True, slots=True)
class Dossier:
    """A person with accounts, own pledges by id, their workshops and what was asked about them."""

    person: Person
    accounts: tuple[Account, ...]
    pledges: dict[int, Pledge]
    workshops: dict[int, Workshop]
    asked: dict[int, tuple[Asked, ...]]
    calendar: Calendar

    @property
    def account(self) -> Account | None:
        """Where the person is written to; None where they want nothing, or cannot be reached."""
        if self.person.stopped:
            return None
        return next((account for account in self.accounts if account.reachable), None)

    def next_occasion(self, pledge_id: int, now: datetime, rules: Rules) -> Occasion | None:
        """What comes next for this pledge. Nothing comes to somebody who cannot be written to."""
        if self.account is None:
            return None
        pledge = self.pledges[pledge_id]
        day = self.workshops[pledge.workshop_id].day
        return next_occasion(pledge, day, self.asked.get(pledge_id, ()), self.calendar, now, rules.cadence)


def load(tx: Connection, rules: Rules, person_ids: Iterable[int]) -> dict[int, Dossier]:
    """The dossiers of these people, by id, in as many statements for a hundred as for one."""
    ids = set(person_ids)
    known = people.with_accounts(tx, ids)
    made = pledges.of_makers(tx, ids)
    found = workshops.by_ids(tx, {pledge.workshop_id for mine in made.values() for pledge in mine.values()})
    running = [pledge_id for mine in made.values() for pledge_id, pledge in mine.items() if pledge.is_open]
    asked = occasions.history(tx, running)
    return {
        person_id: Dossier(
            person, tuple(accounts), made.get(person_id, {}), found, asked,
            calendar(person, laender(made.get(person_id, {}).values(), found), rules),
        )
        for person_id, (person, accounts) in known.items()
    }  # fmt: skip


def laender(pledges: Iterable[Pledge], workshops: dict[int, Workshop]) -> frozenset[Land]:
    """The Länder of the open pledges: a pledge's own, else its workshop's."""
    return frozenset(pledge.land or workshops[pledge.workshop_id].land for pledge in pledges if pledge.is_open)


def calendar(person: Person, laender: frozenset[Land], rules: Rules) -> Calendar:
    """When this person may be written to."""
    return Calendar(
        zone=person.zone, window=person.window, weekday=person.weekday, laender=laender, rests=rules.rests,
        paused_until=person.paused_until,
    )  # fmt: skip


def replan(tx: Connection, rules: Rules, person_ids: Iterable[int], now: datetime) -> None:
    """Compute the next occasion of each pledge of these people anew, from its anchors."""
    planned: dict[int, tuple[int, Occasion | None]] = {}
    for person_id, dossier in load(tx, rules, person_ids).items():
        for pledge_id in dossier.pledges:
            planned[pledge_id] = (person_id, dossier.next_occasion(pledge_id, now, rules))
    occasions.replace(tx, planned)
