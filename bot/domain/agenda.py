"""What comes to one person: all that their pledges want, together and within the caps.

Kinds are given room in the order of their priority, each over the whole time to come: so a lower one never takes the
room that a higher one needs later.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain import caps
from bot.domain.cadence import (
    NEAR,
    PATIENCE,
    TOGETHER,
    Aspect,
    Matter,
    Occasion,
)
from bot.domain.check_in_days import check_in_days
from bot.domain.course import Course
from bot.domain.kinds import DEFAULT, Cadence, Kind
from bot.domain.quiet_times import Calendar

_DAY = timedelta(days=1)
_NO_ASPECTS = frozenset[Aspect]()

GROUPS: tuple[frozenset[Kind], ...] = (
    frozenset({Kind.OUTCOME, Kind.REMINDER, Kind.LAST_CALL}),
    frozenset({Kind.CHECK_IN, Kind.FIRST_STEP, Kind.NUDGE}),
    frozenset({Kind.PARTNER}),
    frozenset({Kind.LASTING}),
)
"""What can be said in one message, the more important first."""
_GROUP = {kind: group for group in GROUPS for kind in group}


@dataclass(frozen=True, slots=True)
class Question:
    """A question about somebody else's pledge, to whoever stands beside its maker: not before `day`, not after
    `last`."""

    reference: str
    round: int
    day: date
    last: date


class _Planned(NamedTuple):
    """An occasion whose minute is not known yet, only its day."""

    day: date
    kind: Kind
    round: int
    requested: bool = False
    aspects: frozenset[Aspect] = _NO_ASPECTS


class Agenda:
    """All that is to come to one person, as it is known `now`.

    `seed` spreads the minutes: all that comes to one person comes at the same one. `sent` holds the day of each
    message that counts against their caps, `announced` the days on which broadcasts will reach them, `guests` the
    questions to them about pledges of others. What is overdue comes at the next open moment, which is `now` itself
    while the person's window is open.
    """

    def __init__(
        self,
        matters: Iterable[Matter],
        calendar: Calendar,
        now: datetime,
        seed: int | str,
        cadence: Cadence = DEFAULT,
        sent: Collection[date] = (),
        guests: Sequence[Question] = (),
        announced: Collection[date] = (),
    ) -> None:
        self.calendar, self._seed = calendar, seed
        self._opening = calendar.next_open(now, seed)
        self._opening_day = calendar.day_of(self._opening)
        rules = {rule.kind: rule for rule in cadence}
        courses = [Course(matter, calendar, rules, self._opening_day) for matter in matters]
        running = [course for course in courses if course.pledge.is_open]
        self._courses = {course.pledge.reference: course for course in running if not course.matter.unasked}
        self._taken = list(sent)
        self._messages: dict[frozenset[Kind], set[date]] = {group: set() for group in GROUPS}
        self._found: defaultdict[str, list[_Planned]] = defaultdict(list)
        self.without_room: list[tuple[str, Kind]] = []
        """What finds no room at all: the pledge's reference and the kind."""
        self._plan_ends()
        self._plan_check_ins()
        self._plan_put_off()
        self._plan_guests(guests)
        self._taken += announced
        self._plan_nudges()
        self._plan_lasting(courses)
        self._plan_unasked(course for course in running if course.matter.unasked)
        for planned in self._found.values():
            planned.sort(key=lambda one: one.day)

    @property
    def references(self) -> Iterable[str]:
        """The pledges about which anything is to come."""
        return tuple(self._found)

    def upcoming(self, reference: str) -> tuple[Occasion, ...]:
        """What comes about this pledge, in order, if nobody answers and nothing changes."""
        return tuple(self._occasion(reference, planned) for planned in self._found.get(reference, ()))

    def next(self, reference: str) -> Occasion | None:
        """What comes next about this pledge; None when nothing is left to ask."""
        return next((self._occasion(reference, planned) for planned in self._found.get(reference, ())), None)

    def free_day(self, day: date) -> date:
        """The first day from `day` on on which there is room for one more message that counts, next to all that is
        planned."""
        return caps.first_fitting(max(day, self._opening_day), self._taken, self.calendar)

    def has_room(self, day: date) -> bool:
        """Whether one more message that counts fits on that day, next to all that is planned."""
        return caps.fits(day, self._taken)

    def course(self, reference: str) -> Course:
        """What this open pledge wants by itself. Raises KeyError for any other."""
        return self._courses[reference]

    def question(self, reference: str) -> Question | None:
        """The question to a partner of this pledge that follows on its silent check-in, before anything else comes
        about it."""
        course = self._courses.get(reference)
        if course is None or not course.matter.joint or (day := course.after_silence(Kind.PARTNER)) is None:
            return None
        last = self._last_before_next(course)
        return Question(reference, course.last_round, day, last) if day <= last else None

    def lapsing(self, occasion: Occasion) -> list[tuple[Kind, int]]:
        """What is never asked any more once this occasion is: kind and round."""
        course = self._courses.get(occasion.reference)
        if course is None or occasion.requested or occasion.kind in (Kind.NUDGE, Kind.PARTNER, Kind.CLOSE):
            return []
        followers = [Kind.NUDGE, Kind.PARTNER] if course.matter.joint else [Kind.NUDGE]
        found = [(kind, course.last_round) for kind in followers if course.after_silence(kind)]
        if occasion.kind is Kind.OUTCOME and course.last_call_day and not course.called_last:
            found.append((Kind.LAST_CALL, course.last_call_round))
        return found

    def _add(
        self, course: Course, kind: Kind, day: date, number: int = 0, requested: bool = False,
        aspects: frozenset[Aspect] = _NO_ASPECTS,
    ) -> None:  # fmt: skip
        self._found[course.pledge.reference].append(_Planned(day, kind, number, requested, aspects))

    def _occasion(self, reference: str, planned: _Planned) -> Occasion:
        at = max(self.calendar.instant(planned.day, self._seed), self._opening)
        return Occasion(reference, planned.kind, planned.round, at, planned.requested, planned.aspects)

    def _room(self, kind: Kind, day: date) -> date:
        """The first day from `day` on with room for a message of this kind, alone or in one that is planned."""
        day, planned = self.calendar.first_allowed(max(day, self._opening_day)), self._messages[_GROUP[kind]]
        while day not in planned and not caps.fits(day, self._taken):
            day = self.calendar.first_allowed(day + _DAY)
        return day

    def _take(self, kind: Kind, day: date) -> None:
        planned = self._messages[_GROUP[kind]]
        if day not in planned:
            planned.add(day)
            self._taken.append(day)

    def _plan_ends(self) -> None:
        ahead = [course for course in self._courses.values() if not course.is_ending]
        for day, courses in _together(ahead, self.calendar, self._opening_day):
            actual = self._room(Kind.OUTCOME, day)
            self._take(Kind.OUTCOME, actual)
            for course in courses:
                self._add(course, Kind.OUTCOME, actual)
        for course in self._courses.values():
            if reminder := course.reminder_day:
                actual = self._room(Kind.REMINDER, reminder)
                self._take(Kind.REMINDER, actual)
                self._add(course, Kind.REMINDER, actual)
            elif closing := course.closing_day:
                self._add(course, Kind.CLOSE, max(closing, self._opening_day))
        for course in sorted(ahead, key=lambda course: course.outcome_day):
            self._plan_last_call(course)

    def _plan_last_call(self, course: Course) -> None:
        """It moves earlier for want of room, never later; after downtime it comes on the days that are left for it."""
        wanted, bounds = course.last_call_day, course.last_call_days
        if wanted is None or bounds is None or course.called_last:
            return
        earliest, latest = bounds
        if wanted < self._opening_day:
            day = self._room(Kind.LAST_CALL, self._opening_day)
            if day > latest:
                return
        else:
            planned = self._messages[_GROUP[Kind.LAST_CALL]]
            taken = () if wanted in planned else self._taken
            found = caps.last_fitting(wanted, max(earliest, self._opening_day), taken, self.calendar)
            if found is None:
                self.without_room.append((course.pledge.reference, Kind.LAST_CALL))
                return
            day = found
        self._take(Kind.LAST_CALL, day)
        self._add(course, Kind.LAST_CALL, day, course.last_call_round)

    def _plan_check_ins(self) -> None:
        days = check_in_days(
            list(self._courses.values()),
            lambda day: self._room(Kind.CHECK_IN, day),
            lambda day: self._take(Kind.CHECK_IN, day),
        )
        for reference, course in self._courses.items():
            mine = days.get(reference, ())
            step = course.first_step_day
            for number, day in enumerate(mine, course.last_round + 1):
                first, aspects = number == course.last_round + 1, set()
                if first and course.silent_rounds == PATIENCE and not course.is_sparse:
                    aspects.add(Aspect.GOING_ON)
                else:
                    if step and abs(max(step, self._opening_day) - day) <= NEAR:
                        aspects.add(Aspect.STEP)
                        step = None
                    if number == 3:
                        aspects.add(Aspect.CONFIDENCE)
                    if day == mine[-1]:
                        aspects.add(Aspect.MISSING)
                self._add(course, Kind.CHECK_IN, day, number, aspects=frozenset(aspects))
            if step and course.silent_rounds < PATIENCE:
                day = self._room(Kind.FIRST_STEP, step)
                last_call = course.last_call_day or date.max
                if day < min(course.quiet_from, last_call):
                    self._take(Kind.FIRST_STEP, day)
                    self._add(course, Kind.FIRST_STEP, day)

    def _plan_put_off(self) -> None:
        """What "Später" put off comes once more on the day that the person asked for, unless something else has come
        before it."""
        for course in self._courses.values():
            if course.later is None:
                continue
            kind, number = course.put_off
            day = max(self.calendar.first_allowed(course.later), self._opening_day)
            if kind is Kind.OUTCOME or day <= self._last_before_next(course):
                self._add(course, kind, day, number, requested=True)

    def _plan_guests(self, guests: Sequence[Question]) -> None:
        for guest in sorted(guests, key=lambda guest: guest.day):
            day = self._room(Kind.PARTNER, guest.day)
            if day > guest.last:
                continue
            self._take(Kind.PARTNER, day)
            self._found[guest.reference].append(_Planned(day, Kind.PARTNER, guest.round))

    def _plan_nudges(self) -> None:
        for course in self._courses.values():
            if course.later or (wanted := course.after_silence(Kind.NUDGE)) is None:
                continue
            day, last = self._room(Kind.NUDGE, wanted), self._last_before_next(course)
            if day > last:
                if max(wanted, self._opening_day) <= last:
                    self.without_room.append((course.pledge.reference, Kind.NUDGE))
                continue
            self._take(Kind.NUDGE, day)
            aspects = frozenset({Aspect.GOING_ON}) if course.asked_how_to_go_on else _NO_ASPECTS
            self._add(course, Kind.NUDGE, day, course.last_round, aspects=aspects)

    def _plan_lasting(self, courses: Iterable[Course]) -> None:
        for course in courses:
            if not course.pledge.is_open and not course.matter.unasked and (day := course.lasting_day):
                actual = self._room(Kind.LASTING, day)
                self._take(Kind.LASTING, actual)
                self._add(course, Kind.LASTING, actual)

    def _plan_unasked(self, courses: Iterable[Course]) -> None:
        for course in courses:
            if closing := course.closing_day:
                self._add(course, Kind.CLOSE, max(closing, self._opening_day))

    def _last_before_next(self, course: Course) -> date:
        """The last day before anything else is asked about the pledge, and before its quiet days."""
        following = min(
            (
                planned.day for planned in self._found[course.pledge.reference]
                if planned.kind is not Kind.PARTNER and not planned.requested
            ),
            default=date.max,
        )  # fmt: skip
        return min(following, course.quiet_from) - _DAY


def _together(courses: Iterable[Course], calendar: Calendar, opening_day: date) -> list[tuple[date, list[Course]]]:
    """The outcome questions by their days: those within five working days of each other on the latest of them."""
    grouped: list[tuple[date, list[Course]]] = []
    for course in sorted(courses, key=lambda course: course.outcome_day):
        day = max(course.outcome_day, opening_day)
        if grouped and calendar.add_working_days(grouped[-1][0], TOGETHER) >= day:
            grouped[-1] = day, [*grouped[-1][1], course]
        else:
            grouped.append((day, [course]))
    return grouped
