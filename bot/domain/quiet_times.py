"""When somebody may be written to: working days, their window, rest periods, holidays, their pause."""

import zlib
from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, cached_property
from zoneinfo import ZoneInfo

import holidays

from bot.domain.land import Land

_DAY = timedelta(days=1)
_NATIONWIDE = frozenset({Land.BUND})
_SPARE_MINUTES = 15
"""The end of a window belongs to messages that were delayed on their way."""
WORKSHOP_HOURS = (time(8), time(22))
"""When those who take part may be told something on a workshop's own day, whatever day that is."""


class Window(StrEnum):
    """The part of a working day in which somebody likes to be asked, in wall-clock time of their zone."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @property
    def opens(self) -> time:
        """The first moment inside."""
        return _HOURS[self][0]

    @property
    def closes(self) -> time:
        """The first moment after."""
        return _HOURS[self][1]


_HOURS = {
    Window.MORNING: (time(9), time(12)),
    Window.AFTERNOON: (time(13, 30), time(17)),
    Window.EVENING: (time(18), time(20)),
}


@dataclass(frozen=True, slots=True)
class RestPeriod:
    """Days on which nobody is asked: school holidays, recess. `end` is its last day; without a `land` it holds for all.

    Raises ValueError when it ends before it starts.
    """

    name: str
    start: date
    end: date
    land: Land | None = None

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"The rest period {self.name!r} ends before it starts.")


@dataclass(frozen=True)
class Calendar:
    """The days and hours when one person may be written to.

    `weekday` is their day for check-ins (Monday = 0), `laender` are those of all their open pledges, `rests` come on
    top of the days from 22 December to 6 January, and `paused_until` is the first day on which asking is allowed again,
    after a pause that began on `paused_from` (None: before everything that matters).
    `workshops` are the days of the workshops that they take part in: there they may be told something at other hours.
    All days are wall-clock days in `zone`; all instants are aware of their zone, those given back are in UTC.
    """

    zone: ZoneInfo
    window: Window
    weekday: int
    laender: frozenset[Land]
    rests: tuple[RestPeriod, ...] = ()
    paused_until: date | None = None
    paused_from: date | None = None
    workshops: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and no public holiday in any of the Länder; without a Land the nationwide ones count.
        Rest periods do not matter here."""
        return day in working_days(self.laender, day.year)

    @cached_property
    def _allowed_days(self) -> Callable[[int], frozenset[date]]:
        """The working days of a year outside rest periods."""
        return _allowed_days(self.laender, self.rests)

    def is_allowed(self, day: date) -> bool:
        """Whether the person may be written to on `day`: a working day outside rest periods and their pause."""
        return not self._is_paused(day) and day in self._allowed_days(day.year)

    def _is_paused(self, day: date) -> bool:
        return self._after_pause(day) != day

    def _after_pause(self, day: date) -> date:
        """`day`, or the first day after the pause that covers it."""
        paused = self.paused_until is not None and (self.paused_from or day) <= day < self.paused_until
        return self.paused_until if self.paused_until is not None and paused else day

    def first_allowed(self, day: date) -> date:
        """The first allowed day on or after `day`."""
        day = self._after_pause(day)
        while day not in self._allowed_days(day.year):
            day = self._after_pause(day + _DAY)
        return day

    def last_allowed(self, day: date) -> date | None:
        """The last allowed day on or before `day`; None when the pause covers them all."""
        while not self.is_allowed(day):
            day -= _DAY
            if self._is_paused(day):
                return None
        return day

    def first_own_weekday(self, day: date) -> date:
        """The first of the person's own weekdays on or after `day`; when that one is blocked, the next allowed day."""
        return self.first_allowed(day + timedelta(days=(self.weekday - day.weekday()) % 7))

    def last_own_weekday(self, first: date, last: date) -> date | None:
        """The person's own weekday among the working days from `first` to `last`, the latest of several; whether it is
        allowed is another question. None where a holiday has taken it."""
        day = last - timedelta(days=(last.weekday() - self.weekday) % 7)
        while day >= first:
            if self.is_working_day(day):
                return day
            day -= _DAY * 7
        return None

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th allowed day after `day`; `day` itself for 0. What a rest period or a pause covers does not count:
        nobody is expected to answer then."""
        for _ in range(n):
            day = self.first_allowed(day + _DAY)
        return day

    def working_day_before(self, day: date, n: int) -> date:
        """The n-th working day before `day`; rest periods count here."""
        for _ in range(n):
            day -= _DAY
            while not self.is_working_day(day):
                day -= _DAY
        return day

    def instant(self, day: date, seed: int | str) -> datetime:
        """The moment on `day` to write at, in UTC and whole minutes: the same wall-clock time for the same `seed`,
        different ones spread evenly over the window but for its last 15 minutes."""
        opens = datetime.combine(day, self.window.opens)
        minutes = (datetime.combine(day, self.window.closes) - opens) // timedelta(minutes=1) - _SPARE_MINUTES
        return (opens + timedelta(minutes=_draw(seed, minutes))).replace(tzinfo=self.zone).astimezone(UTC)

    def next_open(self, instant: datetime, seed: int | str) -> datetime:
        """The first moment from `instant` on (UTC) to send what is overdue: at once inside the window of an allowed
        day, else the moment that belongs to `seed` in the next window."""
        if self.is_open(instant):
            return instant.astimezone(UTC)
        local = instant.astimezone(self.zone)
        over = local.time() >= self.window.closes
        return self.instant(self.first_allowed(local.date() + _DAY if over else local.date()), seed)

    def is_open(self, instant: datetime) -> bool:
        """Whether the person may be written to at this very moment."""
        local = instant.astimezone(self.zone)
        return self.window.opens <= local.time() < self.window.closes and self.is_allowed(local.date())

    def is_open_to_news(self, instant: datetime) -> bool:
        """Whether the person may be told something at this very moment: as ever, and from 8 to 22 h on the day of a
        workshop of theirs."""
        return self.is_open(instant) or self._is_at_workshop(instant)

    def next_open_to_news(self, instant: datetime, seed: int | str) -> datetime:
        """The first moment from `instant` on (UTC) to tell the person something."""
        return instant.astimezone(UTC) if self.is_open_to_news(instant) else self.next_open(instant, seed)

    def _is_at_workshop(self, instant: datetime) -> bool:
        local = instant.astimezone(self.zone)
        opens, closes = WORKSHOP_HOURS
        return local.date() in self.workshops and not self._is_paused(local.date()) and opens <= local.time() < closes

    def closing(self, day: date) -> datetime:
        """When the person's window closes on `day`, in UTC."""
        return datetime.combine(day, self.window.closes, self.zone).astimezone(UTC)

    def day_of(self, instant: datetime) -> date:
        """The day that people in the zone call today at `instant`."""
        return instant.astimezone(self.zone).date()


def spread_weekday(seed: int | str) -> int:
    """Tuesday, Wednesday or Thursday (1 to 3), spread evenly over the seeds and always the same for one."""
    return 1 + _draw(f"weekday {seed}", 3)


@cache
def working_days(laender: frozenset[Land], year: int) -> frozenset[date]:
    """Monday to Friday without the public holidays of any of the Länder; the nationwide ones where there is none."""
    first = date(year, 1, 1)
    days = frozenset(first + _DAY * n for n in range(366 if isleap(year) else 365))
    free = [public_holidays(land, year) for land in laender or _NATIONWIDE]
    return frozenset(day for day in days.difference(*free) if day.weekday() < 5)


@cache
def _allowed_days(laender: frozenset[Land], rests: tuple[RestPeriod, ...]) -> Callable[[int], frozenset[date]]:
    """What all people with these Länder and rest periods share: their working days without the rest periods."""
    mine = [rest for rest in rests if rest.land is None or rest.land in laender]

    @cache
    def of_year(year: int) -> frozenset[date]:
        return frozenset(
            day for day in working_days(laender, year)
            if not _is_turn_of_the_year(day) and not any(rest.start <= day <= rest.end for rest in mine)
        )  # fmt: skip

    return of_year


@cache
def public_holidays(land: Land, year: int) -> frozenset[date]:
    """The public holidays of `land` in `year`, even where only some places have them; nationwide ones for `Bund`."""
    if land is Land.BUND:
        return frozenset(holidays.country_holidays("DE", years=year))
    days = frozenset(holidays.country_holidays("DE", subdiv=land, years=year, categories=_CATEGORIES.get(land)))
    return days | frozenset(holidays.country_holidays("DE", subdiv="Augsburg", years=year)) if land is Land.BY else days


_CATEGORIES = dict.fromkeys((Land.BY, Land.SN, Land.TH), ("public", "catholic"))
"""Where some holidays count in Catholic places only: Mariä Himmelfahrt, Fronleichnam."""


def _is_turn_of_the_year(day: date) -> bool:
    return (day.month == 12 and day.day >= 22) or (day.month == 1 and day.day <= 6)


def _draw(seed: int | str, sides: int) -> int:
    """A number from 0 to `sides` - 1 that looks like chance and stays the same on every machine, unlike hash()."""
    return zlib.crc32(str(seed).encode()) % sides
