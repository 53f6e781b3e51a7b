"""The one question that the rest of the bot asks: what does this message mean?"""

import re
from collections.abc import Iterable
from datetime import date

from rapidfuzz.distance import OSA

from bot.dialogue.dates import find_days
from bot.dialogue.understanding.answers import answer
from bot.dialogue.understanding.anytime_words import ANYTIME, POLITE, REMIND
from bot.dialogue.understanding.choosing import number_of, numbered
from bot.dialogue.understanding.command_words import COMMANDS, FREE, OTHER_COMMANDS
from bot.dialogue.understanding.intents import CHOICES, Context, Intent, Understood
from bot.dialogue.understanding.labels import nearly
from bot.dialogue.understanding.phrases import Phrases
from bot.dialogue.understanding.wording import clauses, folded
from bot.domain.words import fold

LONGEST = 2000
"""Characters of an answer: what is longer is not read at all, since its end may take back its beginning."""

_COMMANDS = {word.replace("_", " "): intent for intent, words in COMMANDS.items() for word in words.split()}
_SIGNED = re.compile(r"\s*[/!]\s?([^\W\d]+)(?:@\w+)?(.*)", re.DOTALL)
_AROUND = re.compile(rf"^(?:{POLITE.pattern} )+(?=\w)|(?: {POLITE.pattern})+$")
_REFERENCE = re.compile(r" (?:[a-z]{2,4} ?)?\d{1,4}$")
_PAUSE_UNTIL = re.compile(
    r"(?:(?:ich|wir) (?:brauche|brauchen|mache|machen|moechte|moechten) )?"
    r"(?:eine )?pause (?:bis|fuer|for|until)(?: \w+){1,4}"
)
_ASKED = {Intent.STATUS, Intent.SETTINGS, Intent.CALENDAR, Intent.PRIVACY, Intent.MY_DATA}
"""What a question mark does not change: these only show something."""
_NEVER_GUESSED = {Intent.STOP, Intent.DELETE}


def understand(
    text: str, context: Context, *, today: date, language: str = "de", after: date | None = None
) -> Understood:
    """What `text` means as a reply to the question of `context`, and the days that it names (see `find_days` for
    `today`, `after` and `language`). Whatever is not plain is `unclear`, and so is what is longer than `LONGEST`."""
    choices = CHOICES.get(context, ())
    place = number_of(text, len(choices))
    if place is not None:
        return Understood(choices[place])
    signed = _SIGNED.fullmatch(text)
    if len(text) > LONGEST and not signed:
        return Understood(Intent.UNCLEAR)
    days = find_days(signed[2][:LONGEST] if signed else text, today, after=after, language=language)
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
                intent = _answered(text, context)
        if intent is Intent.UNCLEAR and "?" not in text:
            intent = nearly(text, context) or intent
    return Understood(intent, days)


def _answered(text: str, context: Context) -> Intent:
    """An answer in words, or by its number and words ("2, weil uns das Personal fehlt") where they agree."""
    choices = CHOICES[context]
    begun = numbered(text, len(choices))
    if begun is None:
        return answer(text, context)
    choice, said = choices[begun.place], answer(begun.rest, context)
    if said is choice or (said is Intent.UNCLEAR and begun.marked):
        return choice
    return Intent.UNCLEAR if begun.marked else said


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
    whole = folded(text)
    core = _core(whole)
    intent = _named(ANYTIME, core)
    if question:
        return intent if intent is Intent.HELP else None
    if intent is not Intent.UNCLEAR:
        return intent
    parts = [_core(clause.words) for clause in clauses(text)]
    parts = [part for part in parts if part and not POLITE.fullmatch(part)]
    meant = {_named(ANYTIME, part) for part in parts}
    if len(meant) == 1 and Intent.UNCLEAR not in meant:
        return meant.pop()
    asks = meant == {Intent.UNCLEAR, Intent.LATER} or REMIND.search(whole)
    if asks and len(core) < 120 and (context not in CHOICES or answer(text, context) is Intent.UNCLEAR):
        return Intent.LATER
    return None


def _request(text: str, dated: bool) -> Intent:
    """A command in words: bare words are commands only as the whole message."""
    core = _core(folded(text))
    intent = _named(FREE, core)
    if intent is not Intent.UNCLEAR:
        return intent
    if dated and _PAUSE_UNTIL.fullmatch(core):
        return Intent.PAUSE
    command = _command(_REFERENCE.sub("", core))
    return Intent.UNCLEAR if command is None or ("?" in text and command not in _ASKED) else command


def _named(request_words: Iterable[Phrases], words: str) -> Intent:
    """What `words` as a whole ask for, or `unclear`."""
    for intent, pattern in request_words:
        if intent and pattern.fullmatch(words):
            return intent
    return Intent.UNCLEAR


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
