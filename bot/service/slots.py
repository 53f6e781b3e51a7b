"""Where a broadcast finds room among what a person is asked: their next free slot, and another look right before it is
sent."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain.agenda import Agenda
from bot.service import planning
from bot.service.installation import Rules
from bot.service.planning import Circle, Plan
from bot.store import workshops
from bot.store.outbox import URGENT, Letter


def next_slots(tx: Connection, rules: Rules, person_ids: Iterable[int], now: datetime) -> dict[int, datetime]:
    """When each of these people can be told something that counts against their caps, at the earliest (UTC): in their
    window, and where it takes no room from what ranks higher. Whoever wants no messages or cannot be reached has none.

    On the day of a workshop of theirs it may be at once from 8 to 22 h.
    """
    ids = set(person_ids)
    circle = _with_workshops(tx, planning.gather(tx, rules, ids, now), ids)
    agendas = Plan(circle, now).agendas
    return {
        person_id: _slot(circle, agendas.get(person_id), person_id, now)
        for person_id in ids if person_id in circle.people and circle.people[person_id].account
    }  # fmt: skip


def slot_of(tx: Connection, rules: Rules, letter: Letter, now: datetime) -> datetime | None:
    """When this row, which tells its person something, can be sent: `now`, or their next free slot; None for whoever
    wants no messages or cannot be reached. To an urgent notice the caps do not matter."""
    if letter.person_id is None:
        return None
    circle = _with_workshops(tx, planning.gather(tx, rules, (letter.person_id,), now), (letter.person_id,))
    dossier = circle.people.get(letter.person_id)
    if dossier is None or dossier.account is None:
        return None
    if letter.stands_for == URGENT:
        return dossier.calendar.next_open_to_news(now, letter.person_id)
    others, mine = list(dossier.announced), dossier.calendar.day_of(letter.due_at)
    if mine in others:
        others.remove(mine)
    circle.people[letter.person_id] = replace(dossier, announced=tuple(others))
    return _slot(circle, Plan(circle, now).agendas.get(letter.person_id), letter.person_id, now)


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
