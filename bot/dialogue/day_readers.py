"""What each way to name a day comes to: a match of the grammar in `dates` -> days.

The rules: *Anfang* is the 1st, *Mitte* the 15th, *Ende* the last day; a month or a quarter alone is its last day; a
week is its Friday; a day without a year is the next such day.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from bot.dialogue.day_arithmetic import (
    after_workdays,
    day_of,
    day_of_week,
    in_year,
    length_of,
    monday,
    next_weekday,
    nth_of_kind,
    part_of_months,
    wholes,
)
from bot.dialogue.feasts import FEASTS

_FEASTS = tuple(FEASTS.values())
_AHEAD = {"THIS": 0, "NEXT": 1, "COMING": 1, "AFTERNEXT": 2}
_WEEKDAY_OF_PART = {"BEGIN": 0, "MID": 2, "END": 4}


class Start(NamedTuple):
    """Where the counting starts: relative days from `day`, days without a year no earlier than `earliest`."""

    day: date
    earliest: date
    english: bool


Found = re.Match[str]
Reader = Callable[[Found, Start], Iterable[date]]


# What a match names


def _group(found: Found, name: str) -> str | None:
    """What a group of the pattern caught; None also where the pattern has no such group."""
    return found[name] if name in found.re.groupindex else None


def _year(found: Found, start: Start) -> int | None:
    """The year that the match names: in four digits, in two, or as "next year"."""
    if year := _group(found, "year"):
        return int(year.lstrip("'")) % 100 + 2000
    if which := _group(found, "which_year"):
        return start.day.year + (which != "THIS")
    return None


def _weekday(found: Found) -> int | None:
    """The weekday that the match names, Monday as 0."""
    name = _group(found, "weekday") or _group(found, "later")
    if name in _WEEKDAY_OF_PART:
        return _WEEKDAY_OF_PART[name]
    return int(name[1]) if name else None


# Readers


def nothing(found: Found, start: Start) -> Iterable[date]:
    """No day: what only looks like one."""
    return ()


def day_month_year(found: Found, start: Start) -> Iterable[date]:
    """ "31.12.2025", "2025-12-31", "31/12/2025": day first, as in Europe, unless that is impossible."""
    year, day, month = int(found["year"]) % 100 + 2000, int(found["day"]), int(found["month"])
    if month > 12 and found["slash"]:
        day, month = month, day
    return day_of(year, month, day)


def day_month(found: Found, start: Start) -> Iterator[date]:
    """ "31.12.", "15. Oktober", "27./28.9.": one day of a month or two, with or without a year."""
    for number in (found["day"], _group(found, "other")):
        if number:
            yield from in_year(
                _year(found, start), start.earliest, partial(day_of, month=int(found["month"]), day=int(number))
            )


def month_number(found: Found, start: Start) -> Iterable[date]:
    """ "Oct 15" is a day, "Okt 25" is October 2025."""
    number, spelling = int(found["day"]), found["spelling"]
    german = spelling == "d" or (spelling == "b" and not start.english)
    if german and number > 23 and not found["suffix"] and not found["year"]:
        return part_of_months(2000 + number, int(found["month"]), 1, None)
    return day_month(found, start)


def month(found: Found, start: Start) -> Iterator[date]:
    """ "Ende Oktober", "Dezember 2025", "Anfang/Mitte November"."""
    part = _group(found, "part")
    for each in dict.fromkeys([part, _group(found, "other_part") or part]):
        days_of = partial(part_of_months, month=int(found["month"]), length=1, part=each)
        yield from in_year(_year(found, start), start.earliest, days_of)


def this_month(found: Found, start: Start) -> Iterable[date]:
    """ "Ende des Monats", "nächsten Monat", "am 15. des Monats"."""
    first = start.day + relativedelta(months=_AHEAD[found["which"] or "THIS"])
    if day := _group(found, "day"):
        return day_of(first.year, first.month, int(day))
    return part_of_months(first.year, first.month, 1, _group(found, "part"))


def quarter(found: Found, start: Start) -> Iterable[date]:
    """ "Q4", "Anfang Q1 2026", "zweites Halbjahr"."""
    length = 6 if _group(found, "half") else 3
    first = (int(found["nth"]) - 1) * length + 1
    return in_year(
        _year(found, start), start.earliest, partial(part_of_months, month=first, length=length, part=found["part"])
    )


def this_quarter(found: Found, start: Start) -> Iterable[date]:
    """ "Ende des Quartals", "nächstes Quartal"."""
    first = start.day.replace(day=1, month=(start.day.month - 1) // 3 * 3 + 1)
    first += relativedelta(months=3 * _AHEAD[found["which"] or "THIS"])
    return part_of_months(first.year, first.month, 3, found["part"])


def year(found: Found, start: Start) -> Iterable[date]:
    """ "Ende des Jahres", "Mitte 2026", "Anfang nächsten Jahres"."""
    return in_year(_year(found, start), start.earliest, partial(part_of_months, month=1, length=12, part=found["part"]))


def calendar_week(found: Found, start: Start) -> Iterator[date]:
    """ "KW 43", "Mitte KW 43", "Montag KW 43", "KW 43/44"."""
    named = _weekday(found)
    weekday = _WEEKDAY_OF_PART[found["part"] or "END"] if named is None else named
    for week in (found["week"], _group(found, "other")):
        if week:
            yield from in_year(
                _year(found, start), start.earliest, partial(day_of_week, week=int(week), weekday=weekday)
            )


def week_of(found: Found, start: Start) -> Iterator[date]:
    """ "in der Woche vom 8. Juni"."""
    for day in day_month(found, start):
        yield day + timedelta(days=4 - day.weekday())


def week(found: Found, start: Start) -> Iterable[date]:
    """ "nächste Woche", "Ende der Woche", "Freitag nächster Woche"."""
    first, named = monday(start.day, _AHEAD[found["which"] or "THIS"]), _weekday(found)
    if named is not None:
        return (first + timedelta(days=named),)
    day = first + timedelta(days=_WEEKDAY_OF_PART[_group(found, "part") or "END"])
    return (day if day >= start.day else day + timedelta(weeks=1),)


def weekend(found: Found, start: Start) -> Iterable[date]:
    """Saturday and Sunday; the Monday after it, the Friday before it."""
    saturday = monday(start.day, int(found["which"] == "NEXT")) + timedelta(days=5)
    match found["side"]:
        case "AFTER":
            return (saturday + timedelta(days=2),)
        case "BEFORE":
            return (saturday - timedelta(days=1),)
    return (saturday, saturday + timedelta(days=1))


def weekday(found: Found, start: Start) -> Iterator[date]:
    """The next such day; for "nächsten Freitag" also that of next week, while this week's is still to come."""
    day = next_weekday(start.day, int(found["weekday"][1])) + timedelta(weeks=int(found["which"] == "AFTERNEXT"))
    yield day
    if found["which"] == "NEXT" and day < monday(start.day, 1):
        yield day + timedelta(weeks=1)


def weekdays(found: Found, start: Start) -> Iterable[date]:
    """ "Montag bis Mittwoch"."""
    first = next_weekday(start.day, int(found["weekday"][1]))
    return (first, next_weekday(first, int(found["other"][1])))


def nth_of_month(found: Found, start: Start) -> Iterable[date]:
    """ "am ersten Montag im November", "am letzten Werktag im März"; the first week of a month is that of its first
    Friday."""
    weekday = 4 if _group(found, "kind") == "WEEK" else _weekday(found)
    days_of = partial(nth_of_kind, month=int(found["month"]), weekday=weekday, nth=found["nth"])
    return in_year(_year(found, start), start.earliest, days_of)


def nth_weekend(found: Found, start: Start) -> Iterable[date]:
    """ "erstes Wochenende im März": its Saturday, the first or so of that month, and the Sunday."""
    month = int(found["month"] or found["its_month"])
    saturdays = in_year(
        _year(found, start), start.earliest, partial(nth_of_kind, month=month, weekday=5, nth=found["nth"])
    )
    return [day + timedelta(days=more) for day in saturdays for more in (0, 1)]


def nth_of_this_month(found: Found, start: Start) -> Iterable[date]:
    """ "letzter Freitag des Monats", "der erste Montag nächsten Monats": of the next month where this one's is past."""
    for months in range(_AHEAD[found["which"] or "THIS"], 3):
        first = start.day + relativedelta(months=months)
        days = nth_of_kind(first.year, first.month, _weekday(found), found["nth"])
        if days and days[0] >= start.day:
            return days
    return ()


def in_a_while(found: Found, start: Start) -> Iterator[date]:
    """ "in zwei Wochen", "Montag in einer Woche", "in zwei bis drei Monaten"."""
    day, since = start.day, _group(found, "since")
    if since:
        weekday = since[0] in "Ww"
        day = next_weekday(day - timedelta(days=1), int(since[1])) if weekday else day + timedelta(days=int(since[1:]))
    for number in (found["number"], _group(found, "other")):
        if number:
            eight_days = since and number == "8" and found["unit"] == "DAY"  # a week, today counted
            yield day + (timedelta(weeks=1) if eight_days else length_of(number, found["unit"]))


def in_workdays(found: Found, start: Start) -> Iterator[date]:
    """ "in fünf Arbeitstagen"."""
    yield after_workdays(start.day, int(found["number"]))


def week_after_weekday(found: Found, start: Start) -> Iterable[date]:
    """ "Monday week"."""
    return (next_weekday(start.day, int(found["weekday"][1])) + timedelta(weeks=1),)


def near(found: Found, start: Start) -> Iterable[date]:
    """ "heute", "übermorgen"."""
    return (start.day + timedelta(days=int(found["near"])),)


def day_of_month(found: Found, start: Start) -> Iterable[date]:
    """ "am 15.": in the first month that makes it a day to come."""
    months = (start.earliest.replace(day=1) + relativedelta(months=ahead) for ahead in range(3))
    days = (day for first in months for day in day_of(first.year, first.month, int(found["day"])))
    return [day for day in days if day >= start.earliest][:1]


def beside(offset: Found, anchors: Callable[[Start], Iterable[date]], start: Start) -> Iterable[date]:
    """ "Samstag vor Ostern", "am Tag nach dem 1. Mai": counted from an anchor, which may lie a little in the past."""
    for since in (start._replace(earliest=start.earliest - timedelta(weeks=1)), start):
        days = [_moved(offset, day) for day in anchors(since)]
        if days and days[-1] >= start.earliest:
            return days
    return ()


def _moved(offset: Found, anchor: date) -> date:
    back = -1 if offset["side"] == "BEFORE" else 1
    if offset["weekday"]:
        first = next_weekday(anchor - timedelta(days=8 if back < 0 else 0), int(offset["weekday"][1]))
        return first + back * timedelta(weeks=wholes(offset["number"] or "ONE") - 1)
    return anchor + back * length_of(offset["number"] or "ONE", offset["unit"])


def feast(found: Found, start: Start) -> Iterable[date]:
    """ "1. Advent", "Ostern"."""
    return in_year(_year(found, start), start.earliest, _FEASTS[int(found["feast"])])
