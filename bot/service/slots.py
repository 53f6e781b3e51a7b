"""Where a broadcast finds room among what a person is asked: their next free slot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.dialogue.joining import CONSENT_VERSION
from bot.domain.agenda import Agenda
from bot.domain.audience import LeftOut
from bot.domain.people import Account
from bot.service import planning
from bot.service.installation import Rules
from bot.service.planning import Circle, Plan
from bot.store import workshops
from bot.store.outbox import URGENT, Letter


@dataclass(frozen=True, slots=True)
class Slot:
    """When somebody can be told something (UTC), and where."""

    at: datetime
    account: Account


def slots_of(tx: Connection, rules: Rules, letters: Sequence[Letter], now: datetime) -> dict[int, Slot | LeftOut]:
    """When each of these rows, which tell people something, can be sent at the earliest, by the row's id; or why it
    cannot be. Of several rows to one person only the first is looked at.

    It is in their window, and where it takes no room from what ranks higher; on the day of a workshop of theirs it may
    be at once from 8 to 22 h. To an urgent notice the caps do not matter.
    """
    firsts: dict[int, Letter] = {}
    for letter in letters:
        if letter.person_id is not None:
            firsts.setdefault(letter.person_id, letter)
    circle = _with_workshops(tx, planning.gather(tx, rules, firsts, now), firsts)
    for person_id, letter in firsts.items():
        if dossier := circle.people.get(person_id):
            others, mine = list(dossier.announced), dossier.calendar.day_of(letter.due_at)
            if mine in others:
                others.remove(mine)
            circle.people[person_id] = replace(dossier, announced=tuple(others))
    agendas = Plan(circle, now).agendas
    return {letter.id: _place(circle, agendas.get(person_id), letter, now) for person_id, letter in firsts.items()}


def _place(circle: Circle, agenda: Agenda | None, letter: Letter, now: datetime) -> Slot | LeftOut:
    dossier = circle.people.get(letter.person_id or 0)
    if dossier is None or dossier.person.stopped:
        return LeftOut.STOPPED
    if dossier.account is None:
        return LeftOut.UNREACHABLE
    if dossier.account.agreed != CONSENT_VERSION:
        return LeftOut.NOT_AGREED
    if letter.stands_for == URGENT:
        return Slot(dossier.calendar.next_open_to_news(now, dossier.person.id), dossier.account)
    return Slot(_slot(circle, agenda, dossier.person.id, now), dossier.account)


def _slot(circle: Circle, agenda: Agenda | None, person_id: int, now: datetime) -> datetime:
    dossier = circle.people[person_id]
    calendar = dossier.calendar
    if agenda is None:
        agenda = Agenda((), calendar, now, person_id, circle.rules.cadence, dossier.sent, announced=dossier.announced)
    today = calendar.day_of(now)
    if calendar.is_open_to_news(now) and agenda.has_room(today):
        return now
    day = agenda.free_day(today)
    moment = calendar.instant(day, person_id)
    return moment if moment > now else calendar.instant(agenda.free_day(today + timedelta(days=1)), person_id)


def _with_workshops(tx: Connection, circle: Circle, person_ids: Iterable[int]) -> Circle:
    """With the days of the workshops that these people take part in."""
    for person_id, days in workshops.days_of(tx, person_ids).items():
        if dossier := circle.people.get(person_id):
            calendar = replace(dossier.calendar, workshops=days)
            circle.people[person_id] = replace(dossier, calendar=calendar)
    return circle
