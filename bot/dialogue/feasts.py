"""The feasts and memorial days that Germans name a day by."""

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter

Feast = Callable[[int], tuple[date, ...]]
"""The days of a feast in a year: several where people differ about the day that its name stands for."""


def _fixed(month: int, *days: int) -> Feast:
    return lambda year: tuple(date(year, month, day) for day in days)


def _from_easter(days: int) -> Feast:
    return lambda year: (easter(year) + timedelta(days=days),)


def _from_fourth_advent(days: int) -> Feast:
    """The fourth Sunday in Advent is the last Sunday before 25 December."""

    def days_of(year: int) -> tuple[date, ...]:
        eve = date(year, 12, 24)
        return (eve - timedelta(days=(eve.weekday() + 1) % 7) + timedelta(days=days),)

    return days_of


def _sunday(month: int, nth: int) -> Feast:
    """Such a Sunday of a month."""

    def days_of(year: int) -> tuple[date, ...]:
        first = date(year, month, 1)
        return (first + timedelta(days=6 - first.weekday(), weeks=nth - 1),)

    return days_of


_ADVENT = r"(?:sonntag (?:im )?|sunday (?:of|in) )?advent(?:ssonntag)?"

FEASTS: dict[str, Feast] = {
    r"neujahr(?:stag)?|new year'?s day": _fixed(1, 1),
    r"(?:heilige )?(?:drei|3) koenige|dreikoenig(?:e|stag)?|epiphany": _fixed(1, 6),
    r"valentinstag|valentine'?s day": _fixed(2, 14),
    r"(?:internationaler )?(?:welt)?frauentag": _fixed(3, 8),
    r"rosenmontag": _from_easter(-48),
    r"weiberfastnacht|altweiber(?:fastnacht)?|schmutziger donnerstag": _from_easter(-52),
    r"faschings?sonntag|karnevalssonntag": _from_easter(-49),
    r"fasching(?:s?dienstag)|fastnacht(?:sdienstag)?|faschingsdienstag|veilchendienstag": _from_easter(-47),
    r"palmsonntag|palm sunday": _from_easter(-7),
    r"karsamstag|ostersamstag": _from_easter(-1),
    r"aschermittwoch|ash wednesday": _from_easter(-46),
    r"gruendonnerstag": _from_easter(-3),
    r"karfreitag|good friday": _from_easter(-2),
    r"ostermontag|(?:2\.|zweite[nrm]?) oster(?:feier)?tag|easter monday": _from_easter(1),
    r"ostern|ostersonntag|easter(?: sunday)?": _from_easter(0),
    r"tag der arbeit|maifeiertag|labou?r day": _fixed(5, 1),
    r"muttertag|mother'?s day": _sunday(5, nth=2),
    r"mariae? himmelfahrt": _fixed(8, 15),
    r"(?:christi )?himmelfahrt(?:stag)?|vatertag|ascension day": _from_easter(39),
    r"pfingstsamstag": _from_easter(48),
    r"pfingstmontag|(?:2\.|zweite[nrm]?) pfingst(?:feier)?tag|whit monday": _from_easter(50),
    r"pfingsten|pfingstsonntag|pentecost|whitsun": _from_easter(49),
    r"fronleichnam": _from_easter(60),
    r"(?:mariae? )?lichtmess": _fixed(2, 2),
    r"weisser sonntag": _from_easter(7),
    r"walpurgisnacht": _fixed(4, 30),
    r"tag der befreiung": _fixed(5, 8),
    r"johanni(?:stag)?": _fixed(6, 24),
    r"weltkindertag": _fixed(9, 20),
    r"michaeli(?:stag)?": _fixed(9, 29),
    r"erntedank(?:fest)?|erntedanktag": _sunday(10, nth=1),
    r"tag der (?:deutschen |dt\.? )?einheit|day of german unity": _fixed(10, 3),
    r"reformationstag|halloween": _fixed(10, 31),
    r"allerheiligen|all saints'? day": _fixed(11, 1),
    r"allerseelen": _fixed(11, 2),
    r"martini|(?:st\.?|sankt) martin(?:stag)?|martinstag": _fixed(11, 11),
    r"volkstrauertag": _from_fourth_advent(-35),
    r"buss-? ?und ?-?bettag": _from_fourth_advent(-32),
    r"totensonntag|ewigkeitssonntag": _from_fourth_advent(-28),
    rf"(?:1\.|erste[nrm]?|first) {_ADVENT}": _from_fourth_advent(-21),
    rf"(?:2\.|zweite[nrm]?|second) {_ADVENT}": _from_fourth_advent(-14),
    rf"(?:3\.|dritte[nrm]?|third) {_ADVENT}": _from_fourth_advent(-7),
    rf"(?:4\.|vierte[nrm]?|fourth) {_ADVENT}": _from_fourth_advent(0),
    r"(?:st\.? |sankt )?nikolaus(?:tag)?|st\.? nicholas(?: day)?": _fixed(12, 6),
    r"(?:heilig(?:er |en |em | )?|hl\.? )abend|christmas eve|weihnachtsabend": _fixed(12, 24),
    r"(?:1\.|erste[nrm]?) weihnachts(?:feier)?tag|christmas day": _fixed(12, 25),
    r"(?:2\.|zweite[nrm]?) weihnachts(?:feier)?tag|boxing day": _fixed(12, 26),
    r"weihnachten": _fixed(12, 24, 25),
    r"christmas|xmas": _fixed(12, 25),
    r"s[iy]l?vester(?:abend)?|new year'?s eve": _fixed(12, 31),
}
"""Patterns on plain lower-case text (`ae` for `ä`) to the days of the feast. The longer name comes first."""

_NAMES = """
    neujahr valentinstag rosenmontag weiberfastnacht veilchendienstag palmsonntag karsamstag aschermittwoch
    gruendonnerstag karfreitag ostersamstag ostersonntag ostermontag ostern muttertag himmelfahrt vatertag
    pfingstmontag pfingstsonntag pfingsten fronleichnam erntedankfest reformationstag allerheiligen allerseelen
    martinstag volkstrauertag totensonntag ewigkeitssonntag advent nikolaus nikolaustag heiligabend weihnachten
    weihnachtstag weihnachtsfeiertag silvester
"""
FEAST_NAMES = tuple(_NAMES.split())
"""The words of these names that people spell in many ways."""
