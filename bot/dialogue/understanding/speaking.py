"""What people put around an answer when they speak or write a letter: signs said aloud, greetings, announcements.

All of it works on the text as it was written, before it is cut into clauses.
"""

import re

_SIGNS = {
    "komma": ",",
    "fragezeichen": "?",
    "ausrufezeichen": "!",
    "doppelpunkt": ":",
    "neue zeile": "\n",
    "punkt": ".",
}
_SPOKEN = re.compile(rf"\s+({'|'.join(_SIGNS)})(?=\s|$)", re.IGNORECASE)
_SURELY_SPOKEN = re.compile(r"\s(?:komma|fragezeichen|ausrufezeichen|neue zeile)\b", re.IGNORECASE)
_LAST_POINT = re.compile(r"(?<!\bder)(?<!\bein)(?<!\ben)\s+punkt\s*$", re.IGNORECASE)
_MARKED = re.compile(r"[,.!?;:\n]")


def _any_of(lines: str) -> str:
    """A pattern for any of the lines, in which a blank is any white space."""
    written = "|".join(line.strip() for line in lines.splitlines() if line.strip())
    return written.replace(" ", r"\s+")


_TO = r"(?:(?:ihnen|euch|dir|sie|mal|nur|kurz|gerne?|schnell|hiermit|ganz|jetzt|bloß|eben|noch|leider|das|auch) )*"
_TELL = r"(?:sagen|(?:aus)?richten|mit(?:zu)?teilen|melden|berichten|vermelden|bescheid (?:geben|sagen)|durchgeben)"
_WISH = r"(?:wollten?|möchten?|kann|können|darf|dürfen|will|wollen|soll|muss|müssen)"
_I = r"(?:(?:ich|wir) )"
_GREETED = re.compile(
    r"^\s*(?:(?:ja|so|ach|also|öhm?|ähm?)\s+)*(?:(?:"
    + _any_of(
        r"""
        sehr geehrte (?:damen und herren|frau \w+|herr \w+)
        gr(?:ü|ue)(?:ß|ss) gott
        hallo(?: zusammen)?
        guten (?:tag|morgen|abend)
        moin(?: moin)?
        servus|hi|hey|hello|liebes team|liebe leute
        """
    )
    + r")\b[,!.]*\s+)+",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"(?:^|(?<=[.,;!\n]))\s*(?:"
    + _any_of(
        rf"""
        (?:also )?{_I}{_WISH} {_TO}{_TELL}[,:]?(?: dass)?\b
        (?:kann|können|darf|dürfen|muss|möchte|wollte) {_I}?{_TO}{_TELL},? dass\b
        (?:hiermit )?{_I}?(?:teilen?|melden?|berichten?|geben?) {_I}?{_TO}(?:mit|bescheid|durch)?, dass\b
        (?:der|die|unsere?) (?:(?:herr|frau) )?\w+ (?:lässt|laesst) {_TO}{_TELL},? dass\b
        (?:es freut (?:mich|uns)|{_I}freuen? (?:mich|uns)),?(?: {_TO}{_TELL}(?: zu (?:können|dürfen))?,?)? dass\b
        {_I}(?:bin|sind) (?:sehr )?(?:froh|glücklich|stolz), dass\b
        (?:ich )?(?:muss|müssen) (?:ich )?(?:ehrlich )?(?:sagen|gestehen|zugeben)[,:]
        im auftrag (?:von|des|der) (?:(?:herrn?|frau) )?\w+:
        (?:kurze?r? )?(?:zur )?(?:info|rückmeldung|zwischenstand|stand|update):
        i (?:just )?want(?:ed)? to (?:say|tell you|let you know)(?: that)?\b
        (?:just (?:wanted )?to let you know|happy to (?:say|report))(?: that)?\b
        """
    )
    + ")",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?<=\w\w) (?=(?:wir|ich|es|das|da|jetzt|nun|dann|letzte woche|gestern|heute|inzwischen|leider|die leute)"
    r" (?:haben|hat|ist|sind|bin|war|waren|wurde|wird|werden|hängt|läuft|geht|gehen|kommen|kommt|stecken|warten"
    r"|brauchen|müssen|schaffen)\b)",
    re.IGNORECASE,
)
"""Where a new statement begins in a text without commas."""
_JOINED = re.compile(
    r"\b(?:dass|weil|wie|was|wo|wer|ob|wenn|und|oder|aber|als|damit|obwohl|bis|denn|da|nur|dann)$", re.IGNORECASE
)
"""A word with which a statement goes on."""
_NOT_ONLY = re.compile(r"\bnicht (?:nur|bloß|allein) ([^.!?]*?),? sondern(?: auch)?\b", re.IGNORECASE)
"""Two affirmations, for all its "nicht"."""
_TWIN = re.compile(
    r"\b(hinten|hinne|vorne|ganz|nach|mehr|nie|dach|fix|voll|drunter|hin|ab|rauf) und? "
    r"(vorne?|hinten|gar|nach|mehr|nimmer|fach|ganz|drüber|wieder|zu|runter)\b",
    re.IGNORECASE,
)
"""Two words for one: "hinten und vorne nicht"."""


def with_signs(text: str) -> str:
    """`text` with the punctuation that was said aloud ("Komma", "Punkt")."""
    if _SURELY_SPOKEN.search(text):
        return _SPOKEN.sub(lambda found: _SIGNS[found[1].casefold()], text)
    return _LAST_POINT.sub(".", text)


def plainly(text: str) -> str:
    """`text` without greeting and announcement ("Ich wollte nur sagen, dass ..."), and with a comma where a new
    statement begins, if it has no punctuation at all."""
    text = _TWIN.sub(r"\1 \2", text)
    said = _NOT_ONLY.sub(r"\1, und", _ANNOUNCED.sub(" ", _GREETED.sub("", text)))
    if not said.strip(" .,!"):
        said = text
    if _MARKED.search(said.rstrip(" .!\n")) or len(said.split()) < 7:
        return said
    whole, *parts = _NEXT.split(said)
    for part in parts:
        whole += (" " if _JOINED.search(whole) else ", ") + part
    return whole
