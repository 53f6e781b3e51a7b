"""Days in a year, a month, a week: what the readers of day phrases count with."""

from calendar import monthrange
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.dialogue.feasts import Feast
from bot.domain.quiet_times import working_days


def in_year(year: int | None, earliest: date, days_of: Feast) -> tuple[date, ...]:
    """The days in `year`, or else in the first year in which they are still to come."""
    if year:
        return days_of(year)
    for candidate in range(earliest.year, earliest.year + 9):  # leap days may be eight years apart
        days = days_of(candidate)
        if days and days[-1] >= earliest:
            return days
    return ()


def day_of(year: int, month: int, day: int) -> tuple[date, ...]:
    """That day, if it exists."""
    exists = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return (date(year, month, day),) if exists else ()


def part_of_months(year: int, month: int, length: int, part: str | None) -> tuple[date, ...]:
    """The beginning, the middle or (also without a part) the end of `length` months."""
    first = date(year, month, 1)
    last = first + relativedelta(months=length, days=-1)
    if part == "BEGIN":
        return (first,)
    if part == "MID":
        middle = first + relativedelta(months=length // 2)
        return (middle + timedelta(days=14) if length % 2 else middle - timedelta(days=1),)
    return (last,)


def wholes(number: str) -> int:
    """How many wholes: "3", "ONE", "2½", "HALF"."""
    return {"ONE": 1, "HALF": 0}[number] if number.isalpha() else int(number.rstrip("½"))


def length_of(number: str, unit: str) -> relativedelta:
    """ "2 WEEK", "1½ YEAR", "HALF MONTH": half a week is four days, half a month fifteen."""
    whole, half = wholes(number), number[-1] in "½F"
    match unit:
        case "YEAR":
            return relativedelta(years=min(whole, 100), months=6 * half)
        case "MONTH":
            return relativedelta(months=whole, days=15 * half)
        case "FORTNIGHT":
            return relativedelta(weeks=2 * whole + half)
        case "WEEK":
            return relativedelta(weeks=whole, days=4 * half)
    return relativedelta(days=whole + half)


def monday(day: date, weeks: int) -> date:
    """The Monday of the week of `day`, or that many weeks later."""
    return day + timedelta(days=-day.weekday(), weeks=weeks)


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday (Monday is 0) later than `day`."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def day_of_week(year: int, week: int, weekday: int) -> tuple[date, ...]:
    """A day of a calendar week, if the year has that week."""
    last = date(year, 12, 28).isocalendar().week  # 28 December is always in the last week (ISO 8601)
    return (date.fromisocalendar(year, week, weekday + 1),) if 1 <= week <= last else ()


def nth_of_kind(year: int, month: int, weekday: int | None, nth: str) -> tuple[date, ...]:
    """The "1.", "2." ... "LASTBUTONE" or "LAST" such weekday of a month, if it has so many.

    `weekday` None: such working day, Monday to Friday without the nationwide holidays.
    """
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    if weekday is None:
        those = [day for day in days if day in working_days(frozenset(), year)]
    else:
        those = [day for day in days if day.weekday() == weekday]
    place = {"LAST": len(those), "LASTBUTONE": len(those) - 1}.get(nth) or int(nth[0])
    return tuple(those[place - 1 : place])


def after_workdays(day: date, number: int) -> date:
    """The day that is so many working days later, Monday to Friday without the nationwide holidays."""
    while number:
        day += timedelta(days=1)
        number -= day in working_days(frozenset(), day.year)
    return day
