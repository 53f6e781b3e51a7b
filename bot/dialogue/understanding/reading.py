"""The one question that the rest of the bot asks: what does this message mean?"""

import re
from datetime import date

from rapidfuzz.distance import OSA

from bot.dialogue.dates import find_days
from bot.dialogue.understanding.answers import answer
from bot.dialogue.understanding.choosing import number_of
from bot.dialogue.understanding.intents import CHOICES, Context, Intent, Understood
from bot.dialogue.understanding.request_words import ANYTIME, COMMANDS, FREE, OTHER_COMMANDS, POLITE, REMIND
from bot.dialogue.understanding.wording import clauses, folded
from bot.domain.words import fold

LONGEST = 1000
"""Characters of a message that are read."""

_COMMANDS = {word.replace("_", " "): intent for intent, words in COMMANDS.items() for word in words.split()}
_SIGNED = re.compile(r"\s*[/!]\s?([^\W\d]+)(?:@\w+)?(.*)", re.DOTALL)
_AROUND = re.compile(rf"^(?:{POLITE.pattern} )+(?=\w)|(?: {POLITE.pattern})+$")
_REFERENCE = re.compile(r" (?:[a-z]{2,4} ?)?\d{1,4}$")
_PAUSE_UNTIL = re.compile(
    r"(?:(?:ich|wir) (?:brauche|brauchen|mache|machen|moechte|moechten) )?(?:eine )?pause (?:bis|fuer|for|until)(?: \w+){1,4}"
)
_NEVER_GUESSED = {Intent.STOP, Intent.DELETE}


def understand(
    text: str, context: Context, *, today: date, language: str = "de", after: date | None = None
) -> Understood:
    """What `text` means as a reply to the question of `context`, and the days that it names (see `find_days` for
    `today`, `after` and `language`). Whatever is not plain is `unclear`. A long message is read up to `LONGEST`."""
    text = text[:LONGEST]
    signed = _SIGNED.fullmatch(text)
    days = find_days(signed[2] if signed else text, today, after=after, language=language)
    if signed:
        return Understood(_command_with_sign(signed[1], context), days)
    intent = _anytime(text, context)
    if intent is None:
        match context:
            case Context.DATE:
                intent = Intent.DATE if days else Intent.UNCLEAR
            case Context.FREE:
                intent = _request(text, bool(days))
            case _:
                place = number_of(text, len(CHOICES[context]))
                intent = answer(text, context) if place is None else CHOICES[context][place]
    return Understood(intent, days)


def _command_with_sign(name: str, context: Context) -> Intent:
    """While a question is open, only the commands that belong to every state are read as such."""
    intent = _command(fold(name))
    anytime = intent in (Intent.STOP, Intent.CANCEL, Intent.HELP)
    return intent if intent and (anytime or context is Context.FREE) else Intent.UNCLEAR


def _anytime(text: str, context: Context) -> Intent | None:
    """What can be asked for in every state."""
    if set(text.strip()) == {"?"}:
        return Intent.HELP
    question = "?" in text
    core = _core(folded(text))
    for intent, pattern in ANYTIME:
        if pattern.fullmatch(core) and not (question and intent is not Intent.HELP):
            return intent
    if question:
        return None
    parts = [_core(clause.words) for clause in clauses(text)]
    parts = [part for part in parts if part and not POLITE.fullmatch(part)]
    meant = [next((intent for intent, pattern in ANYTIME if pattern.fullmatch(part)), None) for part in parts]
    if len(set(meant)) == 1 and meant[0]:
        return meant[0]
    asks = (Intent.LATER in meant and set(meant) == {None, Intent.LATER}) or REMIND.search(core)
    if asks and len(core) < 120 and (context not in CHOICES or answer(text, context) is Intent.UNCLEAR):
        return Intent.LATER
    return None


def _request(text: str, dated: bool) -> Intent:
    """A command in words: bare words are commands only as the whole message."""
    core = _core(folded(text))
    for intent, pattern in FREE:
        if pattern.fullmatch(core):
            return intent
    if dated and _PAUSE_UNTIL.fullmatch(core):
        return Intent.PAUSE
    intent = _command(_REFERENCE.sub("", core)) if "?" not in text else None
    return intent or Intent.UNCLEAR


def _core(words: str) -> str:
    """`words` without what is said out of politeness."""
    return _AROUND.sub("", _AROUND.sub("", words))


def _command(word: str) -> Intent | None:
    """The command of that name; one slip of the finger is forgiven, but not for what is hard to undo."""
    if word in _COMMANDS or word in OTHER_COMMANDS or len(word) < 4:
        return _COMMANDS.get(word)
    near = {
        intent
        for name, intent in _COMMANDS.items()
        if len(name) > 4 and word[0] == name[0] and OSA.distance(word, name, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 and not near & _NEVER_GUESSED else None
