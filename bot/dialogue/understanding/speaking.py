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
_LAST_POINT = re.compile(r"(?<!\bder)(?<!\bein)(?<!\ben)\s+punkt\s*$", re.IGNORECASE)
_MARKED = re.compile(r"[,.!?;:\n]")

_GREETING = r"""
(?:ja |so |ach |also |öhm? |ähm? )*(?:sehr geehrte (?:damen und herren|frau \w+|herr \w+)|gr(?:ü|ue)(?:ß|ss) gott|hallo(?: zusammen)?
|guten (?:tag|morgen|abend)|moin(?: moin)?|servus|hi|hey|liebes team|liebe leute|hello)\b[,!.]*\s+
"""
_TO = r"(?:(?:ihnen|euch|dir|sie|mal|nur|kurz|gerne?|schnell|hiermit|ganz|jetzt|bloß|eben|noch|leider|das|auch|freudig)\s+)*"
_TELL = (
    r"(?:sagen|mitteilen|melden|berichten|vermelden|bescheid (?:geben|sagen)|durchgeben|verkünden|mitzuteilen|melden"
    r"|informieren|rückmelden|schreiben|erzählen|ausrichten)"
)
_ANNOUNCEMENT = rf"""
(?:also\s+)?(?:ich|wir)\s+(?:wollte|wollten|möchte|möchten|kann|können|darf|dürfen|will|wollen|soll|muss|müssen)\s+{_TO}{_TELL}(?:\s*[,:]\s*|\s+)(?:dass\b)?(?!,)
|(?:kann|können|darf|dürfen|muss|möchte|wollte)\s+(?:(?:ich|wir)\s+)?{_TO}{_TELL}\s*[,:]?\s*dass\b
|(?:hiermit\s+)?(?:ich|wir)?\s*(?:teilen?|melden?|berichten?|geben?)\s+(?:(?:ich|wir)\s+)?{_TO}(?:mit|bescheid|durch|zurück)?\s*,\s*dass\b
|(?:der|die|unser|unsere)\s+(?:(?:herr|frau)\s+)?\w+\s+(?:lässt|laesst|bittet mich)\s+{_TO}(?:ausrichten|mitteilen|sagen|bestellen|auszurichten)\s*[,:]?\s*dass\b
|(?:es\s+freut\s+(?:mich|uns)|(?:ich|wir)\s+freuen?\s+(?:mich|uns))(?:\s*,?\s*{_TO}(?:mitteilen|sagen|melden|berichten|mitzuteilen)(?:\s+zu\s+(?:können|dürfen))?)?\s*,?\s*dass\b
|(?:ich|wir)\s+(?:bin|sind)\s+(?:sehr\s+)?(?:froh|glücklich|stolz)\s*,\s*dass\b
|(?:ich\s+)?(?:muss|müssen)\s+(?:ich\s+)?(?:ehrlich\s+)?(?:sagen|gestehen|zugeben)\s*[,:]
|(?:im|in)\s+auftrag\s+(?:von|des|der)\s+(?:(?:herrn?|frau)\s+)?\w+\s*:
|(?:kurze?r?\s+)?(?:zur\s+)?(?:info|rückmeldung|zwischenstand|stand|update)\s*:
|(?:i\s+(?:just\s+)?(?:want|wanted)\s+to\s+(?:say|tell\s+you|let\s+you\s+know)|just\s+(?:wanted\s+)?to\s+let\s+you\s+know|happy\s+to\s+(?:say|report))(?:\s+that)?\b
"""
_GREETED = re.compile(rf"^\s*(?:{_GREETING})+".replace("\n", ""), re.IGNORECASE)
_ANNOUNCED = re.compile(rf"(?:^|(?<=[.,;!\n]))\s*(?:{_ANNOUNCEMENT.strip()})".replace("\n", ""), re.IGNORECASE)
_NEXT = re.compile(
    r"(?<=\w\w) (?=(?:wir|ich|es|das|da|jetzt|nun|dann|letzte woche|gestern|heute|inzwischen|leider|die leute)"
    r" (?:haben|hat|ist|sind|bin|war|waren|wurde|wird|werden|hängt|läuft|geht|gehen|kommen|kommt|stecken|warten|brauchen|müssen|schaffen)\b)",
    re.IGNORECASE,
)
"""Where a new statement begins in a text without commas."""
_NOT_ONLY = re.compile(r"\bnicht (?:nur|bloß|allein) ([^.!?]*?),? sondern(?: auch)?\b", re.IGNORECASE)
"""Two affirmations, for all its "nicht"."""
_TWIN = re.compile(
    r"\b(hinten|hinne|vorne|ganz|nach|mehr|nie|dach|fix|voll|drunter|hin|ab|rauf) und? "
    r"(vorne?|hinten|gar|nach|mehr|nimmer|fach|ganz|drüber|wieder|zu|runter)\b",
    re.IGNORECASE,
)
"""Two words for one: "hinten und vorne nicht"."""
_JOINED = re.compile(
    r"\b(?:dass|weil|wie|was|wo|wer|ob|wenn|und|oder|aber|als|damit|obwohl|bis|denn|da|nur|dann)$", re.IGNORECASE
)


def with_signs(text: str) -> str:
    """`text` with the punctuation that was said aloud ("Komma", "Punkt")."""
    if not re.search(r"\b(?:komma|punkt|\w+zeichen|neue zeile)\b", text, re.IGNORECASE):
        return text
    if re.search(r"\s(?:komma|fragezeichen|ausrufezeichen|neue zeile)\b", text, re.IGNORECASE):
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
    parts = _NEXT.split(said)
    whole = parts[0]
    for part in parts[1:]:
        whole += (" " if _JOINED.search(whole) else ", ") + part
    return whole
