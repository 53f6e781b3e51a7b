"""How much the bot may start by itself with one person, over all workshops together, and what goes first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.kinds import Kind
from bot.domain.quiet_times import Calendar

PRIORITY: tuple[Kind, ...] = (
    Kind.OUTCOME, Kind.REMINDER, Kind.LAST_CALL, Kind.CHECK_IN, Kind.FIRST_STEP, Kind.PARTNER, Kind.BROADCAST,
    Kind.NUDGE, Kind.LASTING,
)  # fmt: skip
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
    near = [apart for other in sent if -30 < (apart := (other - day).days) < 30]
    if not near:
        return True
    return _has_room(near, 1, caps.day) and _has_room(near, 7, caps.week) and _has_room(near, 30, caps.month)


def first_fitting(day: date, sent: Collection[date], calendar: Calendar, caps: Caps = DEFAULT) -> date:
    """The first day on or after `day` that is allowed and keeps to the caps."""
    found = calendar.first_allowed(day)
    while not fits(found, sent, caps):
        found = calendar.first_allowed(found + timedelta(days=1))
    return found


def last_fitting(
    day: date, earliest: date, sent: Collection[date], calendar: Calendar, caps: Caps = DEFAULT
) -> date | None:
    """The last day on or before `day`, but not before `earliest`, that is allowed and keeps to the caps."""
    while day >= earliest:
        if calendar.is_allowed(day) and fits(day, sent, caps):
            return day
        day -= timedelta(days=1)
    return None


def _has_room(near: Collection[int], length: int, most: int) -> bool:
    """Whether every stretch of `length` days that holds day 0 holds fewer than `most` of the days `near` it: it is
    enough to look at those that start with a message or with day 0 itself."""
    within = [day for day in near if -length < day < length]
    if len(within) < most:
        return True
    starts = {0, *(day for day in within if day < 0)}
    return all(sum(start <= day < start + length for day in within) < most for start in starts)
