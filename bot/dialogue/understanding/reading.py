"""The one question that the rest of the bot asks: what does this message mean?"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from rapidfuzz.distance import OSA

from bot.dialogue.dates import find_days
from bot.dialogue.understanding.answers import answer
from bot.dialogue.understanding.anytime_words import ANYTIME, POLITE, REMIND
from bot.dialogue.understanding.choosing import number_of, numbered
from bot.dialogue.understanding.command_words import COMMANDS, OTHER_COMMANDS
from bot.dialogue.understanding.intents import CHOICES, IN_WORDS, Context, Intent, Understood
from bot.dialogue.understanding.labels import nearly
from bot.dialogue.understanding.personal_requests import AWAY, QUIET
from bot.dialogue.understanding.phrases import Ideas, Phrases
from bot.dialogue.understanding.request_words import ASKING, REQUESTS
from bot.dialogue.understanding.second_opinion import reconsidered
from bot.dialogue.understanding.speaking import plainly, with_signs
from bot.dialogue.understanding.wording import clauses, folded
from bot.domain.words import fold

LONGEST = 2000
"""Characters of an answer: what is longer is not read at all, since its end may take back its beginning."""

_COMMANDS = {word.replace("_", " "): intent for intent, words in COMMANDS.items() for word in words.split()}
_SIGNED = re.compile(r"\s*[/!]\s?([^\W\d]+)(?:@\w+)?(.*)", re.DOTALL)
_AROUND = re.compile(rf"^(?:{POLITE.pattern} )+(?=\w)|(?: {POLITE.pattern})+$")
_REFERENCE = re.compile(r" (?:[a-z]{2,4} ?)?\d{1,4}$")
_LAW = re.compile(
    r" (?:nach|gemaess|gem|laut|auf grundlage von|im sinne (?:von|des)) (?:der |dem |des )?"
    r"(?:(?:art|artikel|par|paragraph) \d+"
    r"(?: (?:abs|absatz|satz) \d+)*(?: (?:der |des )?(?:eu )?(?:ds ?gvo|gdpr|bdsg|datenschutz\w*))?|(?:eu )?ds ?gvo)"
)
"""The law that somebody refers to, who wants their data."""
_PART = re.compile(r"([^.!?;:\n,]+)((?:[.!?;:\n,]|$)+)")
_WITH_REASONS = {
    Intent.EDIT,
    Intent.HUMAN,
    Intent.PAUSE,
    Intent.RESUME,
    Intent.MY_DATA,
    Intent.SETTINGS,
    Intent.CALENDAR,
    Intent.PARTNER,
    Intent.PRIVACY,
    Intent.HELP,
    Intent.STATUS,
    Intent.DELETE,
    Intent.STOP,
}
"""What may be asked for beside something else, the reason for it."""
_NO_REASON = re.compile(
    r"\b(?:aber|doch|sondern|oder|wenn|falls|ob|sagt\w*|sagen|meint\w*|schreibt|heisst|fragt\w*|haette\w*|waere\w*"
    r"|gesagt|gemeint|geschrieben|but|or|if|says?|said|asks?|would)\b"
)
"""Words with which the other parts of a message do more than give a reason."""
_DOUBTFUL = re.compile(
    r"(?=.*\b(?:nicht|kein\w*|nie|not|no|never)\b).*(?:schreib|nachricht|frag|erinner|loesch|daten|konto|stop|messag|delet|data)"
)
"""A denial beside a request that is hard to undo, of what it asks for."""
_ASKED = {
    Intent.STATUS,
    Intent.SETTINGS,
    Intent.CALENDAR,
    Intent.PRIVACY,
    Intent.MY_DATA,
    Intent.SEARCH,
    Intent.HUMAN,
    Intent.HELP,
}
"""What may be asked for by any question: these change nothing."""
_NEVER_GUESSED = {Intent.STOP, Intent.DELETE}
"""What is hard to undo."""
_WITH_TEXT = {Intent.NEW, Intent.UPDATE, Intent.SEARCH}
"""What may be followed by a colon and a text."""
_WISH = re.compile(
    r"(?:ich |und |ach |hallo )*(?:kann|kannst|koenn\w*|darf|duerf\w*|wuerde\w*|wie|wo|can|could|may|would|how|where)\b"
)
"""How a wish begins that is put as a question."""
_WHETHER = re.compile(r"(?:wie|wo|muss|muessen|soll|sollen|darf|kann|kannst|koenn\w*|can|could|should|how|do)\b")
"""How a question begins, be there a question mark or not."""
_PLEASE = re.compile(r"\b(?:bitte|please)\b")


def understand(
    text: str, context: Context, *, today: date, language: str = "de", after: date | None = None
) -> Understood:
    """What `text` means as a reply to the question of `context`, and the days that it names (see `find_days` for
    `today`, `after` and `language`). Whatever is not plain is `unclear`, and so is what is longer than `LONGEST`."""
    if careful := context is Context.CONSENT:
        context = Context.YESNO
    text, choices = with_signs(text), CHOICES.get(context, ())
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
    if intent is Intent.LATER and context is Context.DATE and days:
        intent = Intent.DATE  # "frag mich am Donnerstag" names the day that was asked for
    if intent is None:
        match context:
            case Context.DATE:
                intent = Intent.DATE if days else Intent.UNCLEAR
            case Context.FREE:
                intent = _request(text)
            case _ if context in IN_WORDS:
                intent = Intent.UNCLEAR
            case _:
                intent = _answered(text, context)
        if intent is Intent.UNCLEAR and "?" not in text:
            intent = nearly(text, context) or intent
    read = reconsidered(Understood(intent, days), text, context)
    return replace(read, intent=Intent.UNCLEAR) if careful and read.intent is not intent else read


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
    parts = [_core(clause.words) for clause in clauses(text)]
    parts = [part for part in parts if part and not POLITE.fullmatch(part)]
    meant = {_named(ANYTIME, part) for part in parts}
    if question:
        if meant == {Intent.HELP}:
            return Intent.HELP
        if intent is Intent.HELP or (intent is Intent.STOP and _PLEASE.search(whole)):
            return intent
        reminder = _WISH.match(whole) and REMIND.search(whole)
        return Intent.LATER if reminder and _otherwise(text, context) is Intent.UNCLEAR else None
    if intent is Intent.UNCLEAR and len(parts) == 1:
        intent = _named_twice(core)
    if intent is not Intent.UNCLEAR:
        return intent
    if len(meant) == 1 and Intent.UNCLEAR not in meant:
        return meant.pop()
    if meant == {Intent.UNCLEAR, Intent.STOP} and _otherwise(text, context) is Intent.UNCLEAR:
        intent = _beside_reasons(text)
        return intent if intent is Intent.STOP else None
    asks = meant == {Intent.UNCLEAR, Intent.LATER} or REMIND.search(whole)
    if asks and len(core) < 120 and _otherwise(text, context) is Intent.UNCLEAR:
        return Intent.LATER
    return None


def _otherwise(text: str, context: Context) -> Intent:
    """What the message means in its context, apart from what can be asked for in every state."""
    match context:
        case Context.DATE:
            return Intent.UNCLEAR
        case _ if context in IN_WORDS:
            return Intent.UNCLEAR
        case Context.FREE:
            return _request(text)
        case _:
            return answer(text, context)


def _request(text: str) -> Intent:
    """A command in words. What is asked for must be the whole message but for words that change nothing about it."""
    if folded(text) in OTHER_COMMANDS:
        return Intent.UNCLEAR
    core = _core(_LAW.sub(" dsgvo", folded(text)))
    command = _command(_REFERENCE.sub("", core))
    if ":" in text and (introduced := _asked_for(REQUESTS, folded(text.partition(":")[0]))) in _WITH_TEXT:
        return introduced
    intent = command or _asked_for(REQUESTS, core)
    if intent is Intent.UNCLEAR and (quiet := " ".join(AWAY.sub(" ", core).split())) != core:
        intent = _asked_for([QUIET], quiet)
    asked = "?" in text or (intent in _NEVER_GUESSED and _WHETHER.match(core))
    if intent is Intent.UNCLEAR:
        return _beside_reasons(text)
    return Intent.UNCLEAR if asked and not _may_be_asked(intent, core) else intent


def _beside_reasons(text: str) -> Intent:
    """A request in one part of a message whose other parts say why: "Wir schaffen es nicht, können wir verlängern?"."""
    asked, reasons = set[Intent](), list[str]()
    for part, sign in _PART.findall(plainly(text)):
        core = _core(_LAW.sub(" dsgvo", folded(part)))
        if not core or POLITE.fullmatch(core):
            continue
        intent = _named(ANYTIME, core)
        if intent is Intent.UNCLEAR:
            intent = _asked_for(REQUESTS, core)
        if "?" in sign and not _may_be_asked(intent, core):
            intent = Intent.UNCLEAR
        if intent in _WITH_REASONS and (len(core.split()) > 2 or _PLEASE.search(folded(part))):
            asked.add(intent)
        elif "?" in sign or _NO_REASON.search(folded(part)):
            return Intent.UNCLEAR
        else:
            reasons.append(core)
    if len(asked) != 1:
        return Intent.UNCLEAR
    intent = asked.pop()
    if intent in _NEVER_GUESSED and (":" in text or any(map(_takes_back, reasons))):
        return Intent.UNCLEAR
    return intent


def _takes_back(reason: str) -> bool:
    """Whether what stands beside a request for good leaves it open if it is meant for good: a denial, an absence."""
    return bool(_DOUBTFUL.search(reason) or (AWAY.search(reason) and "nicht mehr" not in reason))


def _asked_for(requests: Iterable[Phrases | Ideas], words: str) -> Intent:
    """What `words` ask for, or `unclear` where they say more than that."""
    for intent, found in requests:
        rest = words
        for pattern in (found,) if isinstance(found, re.Pattern) else found:
            rest, times = pattern.subn(" ", rest)
            if not times:
                break
        else:
            if intent and ASKING.issuperset(rest.split()):
                return intent
    return Intent.UNCLEAR


def _may_be_asked(intent: Intent, words: str) -> bool:
    """Whether a question can be a request for `intent`: "Was ist mein Stand?", "Können wir eine Pause machen?", but
    "Können Sie meine Daten löschen?" only with a "bitte"."""
    return intent in _ASKED or bool(_WISH.match(words) and (intent not in _NEVER_GUESSED or _PLEASE.search(words)))


def _named(request_words: Iterable[Phrases], words: str) -> Intent:
    """What `words` as a whole ask for, or `unclear`."""
    for intent, pattern in request_words:
        if intent and pattern.fullmatch(words):
            return intent
    return Intent.UNCLEAR


def _named_twice(words: str) -> Intent:
    """What both halves of `words` without a comma ask for: "sitze im Zug antworte heute Abend"."""
    single = words.split()
    for cut in range(2, min(len(single) - 1, 12)):
        first = _named(ANYTIME, " ".join(single[:cut]))
        if first is not Intent.UNCLEAR and first is _named(ANYTIME, " ".join(single[cut:])):
            return first
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
