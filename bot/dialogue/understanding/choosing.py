"""Picking one of the choices that stand there, by number or by name."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.domain.words import fold

_NUMBERS = {
    word: number
    for number, words in enumerate(
        [
            "eins one erste erstens",
            "zwei two zweite zwo",
            "drei three dritte",
            "vier four vierte",
            "fuenf five fuenfte",
            "sechs six sechste",
            "sieben seven",
            "acht eight",
            "neun nine",
        ],
        start=1,
    )
    for word in words.split()
}
_NUMBER = re.compile(
    r"(?:(?:ich|wir|nehme?|waehle?|tippe|druecke|wuerde|sage?|mal|bei (?:uns|mir)|gilt|ist es|sind bei"
    r"|i (?:pick|choose|take)|nr|nummer|no|number|option|antwort|punkt|auswahl|choice|die|das|the|eine?|ne"
    r"|leider|eher|wohl|also|dann) )*"
    rf"(?P<number>\d\d?|{'|'.join(_NUMBERS)})"
    r"(?: (?:bitte|please|danke|thanks|leider|antwort|option|trifft (?:es|s|zu)|trifft|passt|stimmt|nehmen|waehlen"
    r"|wuerde ich (?:sagen|nehmen)|sage ich|nehme ich))*"
)
_REASON = r" (?:weil|wegen|da|denn|leider|und(?! \d)|because|since|and(?! \d))\b"
_BEGINNING = re.compile(
    rf"\s*\(?(?P<number>\d)(?:\ufe0f?\u20e3)?(?P<mark>[),:]| ?[-–—=]| bitte\b,?|(?={_REASON}))?\s+(?P<rest>\D.*)",
    re.DOTALL,
)
_SIGNED = re.compile(r"[+\-−%€/]|\d[.,]\d")


def number_of(text: str, count: int) -> int | None:
    """The choice, from 0, that `text` is the number of ("2", "2.", "②", "zwei", "Nr. 2"), if there are that many."""
    found = _NUMBER.fullmatch(fold(text)) if len(text) < 40 and not _SIGNED.search(text) else None
    if not found:
        return None
    number = _NUMBERS.get(found["number"]) or int(found["number"])
    return number - 1 if 1 <= number <= count else None


class Numbered(NamedTuple):
    """A message that begins with a number: the choice, from 0, and what else it says. Where the number is not
    `marked` off ("2, mehr ging nicht", "2 weil ..."), it may count something ("3 Leute")."""

    place: int
    rest: str
    marked: bool


def numbered(text: str, count: int) -> Numbered | None:
    """The parts of a message that begins with the number of a choice."""
    found = _BEGINNING.match(text)
    if not found or not 1 <= int(found["number"]) <= count:
        return None
    return Numbered(int(found["number"]) - 1, found["rest"], found["mark"] is not None)


def choose(text: str, labels: Sequence[str]) -> int | None:
    """The place, from 0, of the label in `labels` that `text` picks: by its number, by its words, by their beginning
    or with a slip of the finger. None when it picks none, or more than one."""
    names = [fold(label) for label in labels]
    wanted = fold(text)
    if not wanted:
        return None
    if names.count(wanted) == 1:
        return names.index(wanted)
    place = number_of(text, len(labels))
    if place is not None:
        return place
    bare = re.sub(r"^(?:die|das|der|bitte) | bitte$", "", wanted)
    for fits in (
        lambda name: name == bare,
        lambda name: len(bare) > 2 and name.startswith(bare),
        lambda name: len(bare) > 3 and _near(bare, name),
        lambda name: len(bare) > 3 and bare in name.split(),
    ):
        places = [place for place, name in enumerate(names) if fits(name)]
        if places:
            return places[0] if len(places) == 1 else None
    return None


def _near(word: str, name: str) -> bool:
    allowed = 1 if len(name) < 8 else 2
    return OSA.distance(word, name, score_cutoff=allowed) <= allowed
