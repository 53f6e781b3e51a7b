""" "Bis wann": the day that a pledge is promised for, or words that name none."""

import re
from datetime import date, timedelta

from babel.dates import get_month_names

from bot.dialogue.dates import find_days
from bot.domain.words import fold


class NoSuchDay(Exception):
    """What was written has the form of a date, but no calendar has that day: 35.13.2025, 30. Februar."""


def read_due(cell: str, workshop_day: date) -> date | None:
    """The day that `cell` names, the last one of several; None when it names none ("Herbst") or is empty.

    A day without a year is the first such day after the workshop. Raises `NoSuchDay`.
    """
    for form in (_DOTTED, _SLASHED, _ISO):
        if written := form.fullmatch(cell):
            return _day(written["day"], written["month"], written["year"], workshop_day)
    for written in _DOTTED_WITHIN.finditer(cell):
        _day(written["day"], written["month"], written["year"], workshop_day)
    if (written := _NAMED.fullmatch(fold(cell))) and written["name"] in _MONTHS:
        _day(written["day"], _MONTHS[written["name"]], written["year"], workshop_day)
    return max(find_days(cell, workshop_day, after=workshop_day), default=None)


_UNTIL = r"(?:(?:bis|zum|spätestens|am|until|by)\s+)*"
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DOTTED = re.compile(rf"{_UNTIL}{_DAY}\.\s?{_MONTH}(?:\.\s?{_YEAR}?)?", re.IGNORECASE)
_SLASHED = re.compile(rf"{_UNTIL}{_DAY}([/-]){_MONTH}\2{_YEAR}", re.IGNORECASE)
_ISO = re.compile(rf"(?P<year>\d{{4}})-{_MONTH}-{_DAY}(?:[ T]00:00(?::00)?)?")
_DOTTED_WITHIN = re.compile(rf"(?<![\d.]){_DAY}\.\s?{_MONTH}\.\s?(?P<year>\d{{4}})(?!\d)")
_NAMED = re.compile(rf"{_UNTIL}{_DAY} (?P<name>[a-z]+)(?: {_YEAR})?")
_MONTHS = {
    fold(name): number
    for language in ("de", "en")
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=language).items()
}


def _day(day: str, month: str | int, year: str | None, workshop_day: date) -> date:
    """The day of these numbers; without a year the first one after the workshop. Raises `NoSuchDay`."""
    first = workshop_day + timedelta(days=1)
    years = (first.year, first.year + 1) if year is None else (int(year) + (2000 if len(year) == 2 else 0),)
    for candidate in years:
        try:
            found = date(candidate, int(month), int(day))
        except ValueError:
            continue
        if year is not None or found >= first:
            return found
    raise NoSuchDay
