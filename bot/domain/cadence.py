"""When a pledge is asked about: the one next occasion, computed from its anchor dates and from what was asked.

Each kind has a row in the cadence (how far from its anchor) and a function below (whether it is wanted, and on which
day). Whichever comes first is the next occasion. What a later one overtakes is thereby dropped: once that was asked,
no rule brings back what lay before it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import count

from bot.domain.kinds import DEFAULT, Cadence, Kind, Rule, Unit
from bot.domain.pledge import Pledge, Stage
from bot.domain.quiet_times import Calendar

__all__ = [
    "DEFAULT",
    "Asked",
    "Cadence",
    "Kind",
    "Occasion",
    "Rule",
    "Unit",
    "next_occasion",
    "planned",
    "postponements",
]

APART = timedelta(days=21)
"""The least time between two check-ins of one pledge."""
SILENCE_BEFORE_OUTCOME = timedelta(days=7)
"""How long before the outcome question there is nothing else."""
SETTLING_IN = timedelta(days=10)
"""How long somebody who came after the workshop is left alone at first."""
OUTCOME_PUT_OFF = 10
"""How many working days the outcome question can be put off."""
LATER = ((1, Unit.DAYS), (3, Unit.WORKING_DAYS), (7, Unit.DAYS))
"""What "Später" offers."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """That the pledge `reference` is to be asked about `at` (UTC). `round` counts its check-ins from 1 and is 0 for
    what belongs to none. `requested`: the person asked for this day themselves, so that it counts against no cap."""

    reference: str
    kind: Kind
    round: int
    at: datetime
    requested: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """That a pledge was asked about `at` (UTC), and whether this was answered; "Später" is an answer."""

    kind: Kind
    round: int
    at: datetime
    answered: bool


def planned(
    pledge: Pledge,
    workshop_day: date,
    calendar: Calendar,
    cadence: Cadence = DEFAULT,
    asked: Sequence[Asked] = (),
) -> tuple[Occasion, ...]:
    """The check-ins and the outcome question that follow on what was `asked`, as they come to somebody who always
    answers, in order.

    Nothing for a pledge that is closed or withdrawn; a proposal's are those of a pledge made at the workshop.
    """
    if pledge.stage in (Stage.CLOSED, Stage.WITHDRAWN):
        return ()
    opening = calendar.instant(calendar.first_allowed(pledge.registered or workshop_day), _seed(pledge))
    course = _Course(pledge, workshop_day, calendar, cadence, asked, opening)
    if course.outcome_days:
        return ()
    check_ins = (course.occasion(Kind.CHECK_IN, day, number) for number, day in course.check_ins())
    return (*check_ins, course.occasion(Kind.OUTCOME, course.outcome_day))


def next_occasion(
    pledge: Pledge,
    workshop_day: date,
    asked: Sequence[Asked],
    calendar: Calendar,
    now: datetime,
    cadence: Cadence = DEFAULT,
) -> Occasion | None:
    """The one occasion that comes next, given everything `asked` so far; None when nothing is left to ask.

    What is overdue `now` comes at the next open moment, which is `now` itself while the person's window is open.
    """
    if not pledge.is_open:
        return None
    course = _Course(pledge, workshop_day, calendar, cadence, asked, calendar.next_open(now, _seed(pledge)))
    found = [occasion for kind in _FINDERS if (occasion := course.find(kind))]
    if later := course.postponed():
        found.append(later)
    return min(found, key=lambda occasion: occasion.at, default=None)


def postponements(
    pledge: Pledge,
    workshop_day: date,
    asked: Sequence[Asked],
    calendar: Calendar,
    today: date,
    cadence: Cadence = DEFAULT,
) -> tuple[date, ...]:
    """The days that "Später" can offer `today`, ascending; none when the next question is too near.

    At a check-in they lie before the next occasion, as it was before anything was put off, and before the quiet days
    that precede the outcome question; at the outcome at most ten working days after it was first asked.
    """
    opening = calendar.instant(calendar.first_allowed(today), _seed(pledge))
    course = _Course(pledge, workshop_day, calendar, cadence, asked, opening)
    if course.outcome_days:
        last = calendar.add_working_days(course.outcome_days[0], OUTCOME_PUT_OFF)
    else:
        upcoming = next(course.check_ins(repeats=False), None)
        last = min(course.last_quiet_free, upcoming[1] - timedelta(days=1) if upcoming else date.max)
    days = {calendar.first_allowed(unit.after(today, amount, calendar)) for amount, unit in LATER}
    return tuple(sorted(day for day in days if day <= last))


@dataclass(frozen=True)
class _Course:
    """One pledge with all that its occasions follow from. Nothing is asked before `opening` (UTC)."""

    pledge: Pledge
    workshop_day: date
    calendar: Calendar
    cadence: Cadence
    asked: Sequence[Asked]
    opening: datetime

    def occasion(self, kind: Kind, day: date, number: int = 0, requested: bool = False) -> Occasion:
        """`kind` on an allowed `day`, or at the opening if that is later."""
        at = max(self.calendar.instant(day, _seed(self.pledge)), self.opening)
        return Occasion(self.pledge.reference, kind, number, at, requested)

    def find(self, kind: Kind) -> Occasion | None:
        """The next occasion of this kind, if the cadence has the kind and it is wanted now."""
        rule = self.rule(kind)
        return _FINDERS[kind](self, rule) if rule else None

    def rule(self, kind: Kind) -> Rule | None:
        """The cadence's row for this kind."""
        return next((rule for rule in self.cadence if rule.kind is kind), None)

    @cached_property
    def opening_day(self) -> date:
        return self.calendar.day_of(self.opening)

    @cached_property
    def outcome_day(self) -> date:
        """The day of the outcome question, if it was not asked yet. One who claims a pledge is given ten days;
        one who wrote it knows its date."""
        due = self.pledge.due
        if self.pledge.claimed and self.pledge.registered:
            due = max(due, self.pledge.registered + SETTLING_IN)
        if rule := self.rule(Kind.OUTCOME):
            due = rule.day(due, self.calendar)
        return max(self.calendar.first_allowed(due), self.opening_day)

    @cached_property
    def last_quiet_free(self) -> date:
        """The last day on which anything but the outcome may be asked."""
        return self.outcome_day - SILENCE_BEFORE_OUTCOME - timedelta(days=1)

    def days(self, *kinds: Kind) -> list[date]:
        """The days when one of these was asked, ascending."""
        return sorted(self.calendar.day_of(asked.at) for asked in self.asked if asked.kind in kinds)

    @cached_property
    def outcome_days(self) -> list[date]:
        """When the outcome was asked for the date that holds now: what came before is another question since the
        pledge was extended."""
        return [day for day in self.days(Kind.OUTCOME) if day >= self.pledge.due]

    @cached_property
    def last_check_in(self) -> Asked | None:
        return max((asked for asked in self.asked if asked.kind is Kind.CHECK_IN), key=lambda a: a.at, default=None)

    @property
    def first_check_in_days(self) -> list[date]:
        """The days when each round was first asked, in no order."""
        check_ins = (asked for asked in self.asked if asked.kind is Kind.CHECK_IN)
        latest_first = sorted(check_ins, key=lambda asked: asked.at, reverse=True)
        return list({asked.round: self.calendar.day_of(asked.at) for asked in latest_first}.values())

    @cached_property
    def later(self) -> date | None:
        """The day that was asked for with "Später", until something is asked on it or after it."""
        last = max((asked.at for asked in self.asked), default=None)
        pending = self.pledge.later and (last is None or self.calendar.day_of(last) < self.pledge.later)
        return self.pledge.later if pending else None

    def check_ins(self, repeats: bool = True) -> Iterator[tuple[int, date]]:
        """The rounds still to come and their days, each on the first own weekday from its monthly date on.

        One that was moved to the next monthly date or beyond gives way to that one, if there is one. `repeats`: whether
        the check-in that "Später" repeated counts for the distance to the next.
        """
        rule = self.rule(Kind.CHECK_IN)
        if rule is None:
            return
        outcomes = self.days(Kind.OUTCOME)
        past = max(outcomes, default=date.min)  # the outcome question stands for the check-in of its month
        before = self.days(Kind.CHECK_IN) if repeats else self.first_check_in_days
        earliest = max((day + APART for day in (*before, *outcomes)), default=date.min)
        if self.pledge.registered and self.pledge.registered > self.workshop_day:
            past = max(past, self.pledge.registered)
            earliest = max(earliest, self.pledge.registered + SETTLING_IN)
        waiting: tuple[int, date] | None = None
        for number in count(self.last_check_in.round + 1 if self.last_check_in else 1):
            monthly = rule.day(self.workshop_day, self.calendar, number)
            if monthly > self.last_quiet_free:
                break
            if monthly <= past:
                continue
            if waiting and waiting[1] < monthly:
                yield waiting
                earliest = waiting[1] + APART
                waiting = None
            day = max(self.calendar.first_own_weekday(max(monthly, earliest)), self.opening_day)
            if day > self.last_quiet_free:
                break
            waiting = number, day
        if waiting:
            yield waiting

    def postponed(self) -> Occasion | None:
        """The last question once more, on the day that the person asked for."""
        if self.later is None:
            return None
        day = max(self.calendar.first_allowed(self.later), self.opening_day)
        if self.outcome_days:
            return self.occasion(Kind.OUTCOME, day, requested=True)
        number = self.last_check_in.round if self.last_check_in else 0
        return self.occasion(Kind.CHECK_IN, day, number, requested=True) if day <= self.last_quiet_free else None


def _outcome(course: _Course, rule: Rule) -> Occasion | None:
    return None if course.outcome_days else course.occasion(rule.kind, course.outcome_day)


def _check_in(course: _Course, rule: Rule) -> Occasion | None:
    upcoming = None if course.outcome_days else next(course.check_ins(), None)
    return upcoming and course.occasion(rule.kind, upcoming[1], upcoming[0])


def _nudge(course: _Course, rule: Rule) -> Occasion | None:
    """Once a round, while its check-in is the last that was asked."""
    last = course.last_check_in
    if last is None or last.answered:
        return None
    if any(asked.at > last.at or (asked.kind is rule.kind and asked.round == last.round) for asked in course.asked):
        return None
    day = course.calendar.first_allowed(rule.day(course.calendar.day_of(last.at), course.calendar))
    day = max(day, course.opening_day)
    return course.occasion(rule.kind, day, last.round) if day <= course.last_quiet_free else None


def _reminder(course: _Course, rule: Rule) -> Occasion | None:
    """Once; a day that was asked for with "Später" replaces it."""
    if len(course.outcome_days) != 1 or course.later:
        return None
    first = course.outcome_days[0]
    if any(day >= first for day in course.days(rule.kind)):
        return None
    return course.occasion(rule.kind, course.calendar.first_allowed(rule.day(first, course.calendar)))


def _close(course: _Course, rule: Rule) -> Occasion | None:
    if not course.outcome_days or course.later:
        return None
    last = course.days(Kind.OUTCOME, Kind.REMINDER)[-1]
    return course.occasion(rule.kind, course.calendar.first_allowed(rule.day(last, course.calendar)))


_FINDERS: dict[Kind, Callable[[_Course, Rule], Occasion | None]] = {
    Kind.OUTCOME: _outcome,
    Kind.REMINDER: _reminder,
    Kind.CHECK_IN: _check_in,
    Kind.NUDGE: _nudge,
    Kind.CLOSE: _close,
}
"""How each kind is found. Of two at the same moment the upper one is asked."""


def _seed(pledge: Pledge) -> int | str:
    """What spreads the minutes: the person, so that all their pledges come at the same minute."""
    return pledge.reference if pledge.maker_id is None else pledge.maker_id
