"""Looking ahead: what comes to somebody who always answers, and the days that "Später" can offer."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.agenda import Agenda
from bot.domain.cadence import LATER, OUTCOME_PUT_OFF, Matter
from bot.domain.kinds import DEFAULT, Cadence, Kind
from bot.domain.quiet_times import Calendar

_DAY = timedelta(days=1)


def planned(
    matters: Iterable[Matter],
    calendar: Calendar,
    now: datetime,
    seed: int | str,
    cadence: Cadence = DEFAULT,
    sent: Collection[date] = (),
    announced: Collection[date] = (),
) -> Agenda:
    """What is to come to somebody who always answers."""
    answered = [
        replace(matter, asked=tuple(replace(asked, answered=True) for asked in matter.asked)) for matter in matters
    ]
    return Agenda(answered, calendar, now, seed, cadence, sent, announced=announced)


def postponements(
    reference: str,
    matters: Iterable[Matter],
    calendar: Calendar,
    now: datetime,
    seed: int | str,
    cadence: Cadence = DEFAULT,
) -> tuple[date, ...]:
    """The days that "Später" can offer now for this pledge, ascending; none when the next question is too near.

    At a check-in they lie before the next occasion, as it was before anything was put off, and before the quiet days
    that precede the outcome question; at the outcome at most ten working days after it was first asked.
    """
    agenda = planned([_without_repeats(matter) for matter in matters], calendar, now, seed, cadence)
    course = agenda.course(reference)
    today = calendar.day_of(now)
    if course.is_ending:
        last = calendar.add_working_days(course.outcome_days[0], OUTCOME_PUT_OFF)
    else:
        upcoming = [calendar.day_of(occasion.at) for occasion in agenda.upcoming(reference)]
        last = min([day for day in upcoming if day > today] or [date.max])
        last = min(last, course.quiet_from) - _DAY
    days = {calendar.first_allowed(unit.after(today, amount, calendar)) for amount, unit in LATER}
    return tuple(sorted(day for day in days if day <= last))


def _without_repeats(matter: Matter) -> Matter:
    """As if nothing had been put off."""
    first: dict[tuple[Kind, int], datetime] = {}
    for asked in matter.asked:
        key = (asked.kind, asked.round)
        first[key] = min(asked.at, first.get(key, asked.at))
    kept = tuple(
        asked for asked in matter.asked
        if asked.kind is not Kind.CHECK_IN or asked.at == first[asked.kind, asked.round]
    )  # fmt: skip
    return replace(matter, asked=kept, pledge=replace(matter.pledge, later=None))
