"""The days on which one person is asked how their pledges stand: those of the earliest open one hold for all."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import NamedTuple

from bot.domain.cadence import APART
from bot.domain.course import Course
from bot.domain.kinds import Kind

Room = Callable[[date], date]
"""Gives the first day from a day on on which there is room."""


@dataclass
class _Member:
    """A course on its way through the months. `number` counts the months of its last check-in that is planned."""

    course: Course
    first: date
    served_until: date
    spaced_from: date
    last_number: int | None = None

    def wanted(self, monthly: date, number: int) -> date | None:
        """The day on which it wants to be asked by itself for this monthly date, if at all."""
        if self.last_number not in (None, number) or not self.served_until < monthly <= self.course.last_check_in_day:
            return None
        day = self.day(monthly)
        return day if day >= self.first else None

    def day(self, monthly: date) -> date:
        """Its first own weekday from the monthly date on that is far enough from the one before."""
        day = max(monthly, self.spaced_from, self.course.settled)
        return max(self.course.calendar.first_own_weekday(day), self.course.opening_day)


class _Dated(NamedTuple):
    number: int
    day: date


def check_in_days(courses: Sequence[Course], room: Room, take: Callable[[date], None]) -> dict[str, tuple[date, ...]]:
    """The days of all check-ins that are still to come, ascending, by the pledge's reference.

    `room` gives the first day from a day on on which there is room, `take` takes it. Of a pledge about which only the
    end is asked it is the last one that would be planned.
    """
    asking = [course for course in courses if Kind.CHECK_IN in course.rules and not course.is_ending]
    if not asking:
        return {}
    leader = min(courses, key=lambda course: course.seniority)
    last_numbers: dict[str, int | None] = {}
    if any(course.is_sparse for course in asking):
        everything = _series(asking, leader, lambda day: day, lambda day: None, {})
        last_numbers = {
            course.pledge.reference: everything[course.pledge.reference][-1].number
            for course in asking if course.is_sparse and everything[course.pledge.reference]
        }  # fmt: skip
        asking = [course for course in asking if not course.is_sparse or course.pledge.reference in last_numbers]
    found = _series(asking, leader, room, take, last_numbers)
    return {reference: tuple(dated.day for dated in series) for reference, series in found.items()}


def _series(
    courses: Iterable[Course], leader: Course, room: Room, take: Callable[[date], None],
    last_numbers: dict[str, int | None],
) -> dict[str, list[_Dated]]:  # fmt: skip
    """Month by month, counted from the leader's workshop: who is asked, and when."""
    found = dict[str, list[_Dated]]()
    members: list[_Member] = []
    rule = leader.rules[Kind.CHECK_IN]
    for course in sorted(courses, key=lambda course: course.seniority):
        first = rule.day(course.matter.workshop_day, course.calendar)
        last_number = last_numbers.get(course.pledge.reference)
        members.append(_Member(course, first, course.served_until, course.spaced_from, last_number))
        found[course.pledge.reference] = []
    if not members:
        return found
    end = max(member.course.last_check_in_day for member in members)
    served = min(member.served_until for member in members)
    following = rule.day(leader.matter.workshop_day, leader.calendar)
    for number in count(1):
        monthly, following = following, rule.day(leader.matter.workshop_day, leader.calendar, number + 1)
        if monthly > end:
            break
        if monthly <= served:
            continue
        for day, asked in _days(members, monthly, number):
            actual = room(day)
            now = [member for member in asked if actual <= member.course.last_check_in_day]
            if actual >= following:
                # Of two that have come together only the later one is asked, if it can be.
                now = [member for member in now if member.day(following) > member.course.last_check_in_day]
            if not now:
                continue
            take(actual)
            for member in now:
                member.served_until, member.spaced_from = monthly, actual + APART
                found[member.course.pledge.reference].append(_Dated(number, actual))
    return found


def _days(members: Sequence[_Member], monthly: date, number: int) -> list[tuple[date, list[_Member]]]:
    """Who is to be asked on which days for this monthly date: on the day of the earliest pledge, unless that is too
    near to their own check-in before. Who came late waits for the next day of them all."""
    wanting = [(member, day) for member in members if (day := member.wanted(monthly, number))]
    if not wanting:
        return []
    _, shared = wanting[0]
    days: defaultdict[date, list[_Member]] = defaultdict(list)
    for member, own in wanting:
        if member.course.settled <= shared:
            days[shared if member.spaced_from <= shared else own].append(member)
    return sorted(days.items())
