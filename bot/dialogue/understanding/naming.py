"""Whether something may be shown, and with whose name: "ja, aber ohne meinen Namen"."""

import re
from datetime import date

from rapidfuzz.distance import OSA

from bot.dialogue.understanding.intents import Context, Intent
from bot.dialogue.understanding.reading import understand
from bot.domain.pledge import Shown
from bot.domain.words import fold

_NAME = r"(?:[\w]+ ){0,2}(?:name|names|namen|namensnennung|nennung)"
_WITHOUT = re.compile(
    rf"(?:ohne|without) {_NAME}"
    rf"|(?:aber |nur |but )?(?:nicht|not) (?:mit|unter|with|under) {_NAME}"
    r"|(?:nicht|not) (?:namentlich|by name)"
    r"|(?:kein|keine|keinen|no|not my|nicht mein|nicht meinen|nicht den) (?:name|names|namen)"
    r"|(?:mein|meinen|den|unseren|die|my|the) (?:name|namen|names) (?:bitte |aber |lieber |soll |darf )*"
    r"(?:weg|raus|weglassen|rauslassen|weggelassen|out|nicht (?:nennen|genannt|zeigen|gezeigt|dazu|dabei|drin|drauf|"
    r"auftauchen|erscheinen|dabeistehen|oeffentlich|veroeffentlicht))"
    r"|(?:leave|keep) (?:my|the) names? out"
    r"|anonym|anonyme|anonymisiert|namenlos|anonymous|anonymously|nameless"
)
_WITH = re.compile(rf"(?:mit|samt|inklusive|unter|with|under|including) {_NAME}|namentlich|by name")
_UNSURE = re.compile(
    r"\b(?:nicht|nein|nee|kein|keine|keinen|keinesfalls|nie|niemals|no|not|never|oder|or|wenn|falls|if|egal|"
    r"vielleicht|mit|ohne|with|without)\b"
)
_NAMED = re.compile(r"\bname|nennung|anonym|namentlich")
_SLIPPED = ("namen", "ohne", "anonym", "name", "without")


def naming(text: str, today: date) -> Shown | None:
    """How an outcome may be shown; None where the words do not say so plainly, and for a bare "yes": with the name or
    without it?"""
    words = " ".join(_meant(word) for word in fold(text).split())
    if "?" in text:
        return None
    for pattern, shown in ((_WITHOUT, Shown.WITHOUT_NAME), (_WITH, Shown.WITH_NAME)):
        rest, found = re.subn(rf"\b(?:{pattern.pattern})\b", " ", words, count=1)
        if found:
            return None if _UNSURE.search(rest) else shown
    if _NAMED.search(words):
        return None
    return Shown.NOT if understand(text, Context.CONSENT, today=today).intent is Intent.NO else None


def _meant(word: str) -> str:
    """The word, one slip of the finger mended where it is one of those that matter."""
    if len(word) < 4 or word in ("nahm", "kamen", "nehmen"):
        return word
    return next((known for known in _SLIPPED if word[0] == known[0] and OSA.distance(word, known) == 1), word)
