"""How much the bot may start by itself with one person, over all workshops together, and what goes first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.kinds import Kind
from bot.domain.quiet_times import Calendar

PRIORITY: tuple[Kind, ...] = (Kind.OUTCOME, Kind.REMINDER, Kind.CHECK_IN, Kind.NUDGE)
"""What goes first where there is not room for all. A quiet close says nothing and needs no room."""


@dataclass(frozen=True, slots=True)
class Caps:
    """The most messages on one day, within any 7 days and within any 30 days."""

    day: int = 1
    week: int = 2
    month: int = 5


DEFAULT = Caps()


def fits(day: date, sent: Collection[date], caps: Caps = DEFAULT) -> bool:
    """Whether one more message on `day` keeps to the caps.

    `sent` holds the day of each message that counts, as often as there were messages; days to come, on which room is
    to be kept for others, may be among them.
    """
    return all(_has_room(day, sent, length, most) for length, most in ((1, caps.day), (7, caps.week), (30, caps.month)))


def first_fitting(day: date, sent: Collection[date], calendar: Calendar, caps: Caps = DEFAULT) -> date:
    """The first day on or after `day` that is allowed and keeps to the caps."""
    found = calendar.first_allowed(day)
    while not fits(found, sent, caps):
        found = calendar.first_allowed(found + timedelta(days=1))
    return found


def _has_room(day: date, sent: Collection[date], length: int, most: int) -> bool:
    """Whether every stretch of `length` days around `day` holds fewer than `most`: it is enough to look at those that
    start with a message or with the day itself."""
    near = [other for other in sent if abs((other - day).days) < length]
    starts = {day, *(other for other in near if other < day)}
    return all(sum(0 <= (other - start).days < length for other in near) < most for start in starts)
