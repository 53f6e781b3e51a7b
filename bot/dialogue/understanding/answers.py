"""Which answer of a context a message gives."""

import re
from typing import NamedTuple

from bot.dialogue.understanding.caution import (
    CONCEDED,
    DOUBT,
    FILLERS,
    FIRM,
    IRONY,
    NEGATED,
    NOT,
    OTHERS,
    OURS,
    PARTS,
    PAST,
    REMAINS,
    TURNED,
)
from bot.dialogue.understanding.checkin_words import CHECKIN, PRAISE
from bot.dialogue.understanding.intents import Context, Intent
from bot.dialogue.understanding.outcome_words import OUTCOME
from bot.dialogue.understanding.wording import Clause, clauses, folded
from bot.dialogue.understanding.yesno_words import WELCOME, YESNO

_PHRASES = {Context.CHECKIN: CHECKIN, Context.YESNO: YESNO, Context.OUTCOME: OUTCOME}
_CIRCUMSTANCE = re.compile(
    r"\b(?:wegen|aufgrund|trotz|mangels|dank|durch|ohne|am|an|seit|nach|since|after|because of"
    r"|due to|despite|thanks to|without)"
    r" (?:der |dem |den |des |die |das |einem |einer |unserem |unserer |the |our )?(?:\w+ )?\w+(?= *~|$)"
)


_EMOJI_ONLY = re.compile(r"(?:x\w+ ?)+")
_BOTH = re.compile(r"^(?:na )?(?:jein|jain|ja und nein)\b")
_IN_PARTS = re.compile(r"\b(?:teils|teilweise|zum teil|haelfte)\b")
_TOGETHER = {
    frozenset({Intent.ON_TRACK, Intent.SLOW}): Intent.SLOW,
    frozenset({Intent.SLOW, Intent.STUCK}): Intent.STUCK,
    frozenset({Intent.ON_TRACK, Intent.DONE}): Intent.DONE,
    frozenset({Intent.KEPT, Intent.DIFFERENTLY}): Intent.DIFFERENTLY,
    frozenset({Intent.NOT_KEPT, Intent.DIFFERENTLY}): Intent.DIFFERENTLY,
    frozenset({Intent.KEPT, Intent.PARTLY}): Intent.PARTLY,
}
"""What two answers in one message come to; any other two leave it open."""


_OTHERWISE = re.compile(r"\banders\b.*\b(?:aber|trotzdem|dennoch)\b.*\b(?:geloest|loesung)\b")
_REST = re.compile(r"\b(?:rest|anderes|andere|anderen|zweite|zweiter)\b")
_TROUBLE = {Intent.SLOW, Intent.STUCK}


class _Statement(NamedTuple):
    """What a clause says, and what it says only of something that may be a part of the pledge."""

    clause: Clause
    sure: set[Intent]
    hinted: set[Intent]


def answer(text: str, context: Context) -> Intent:
    """The answer that `text` gives to the question of `context`, or `unclear`."""
    whole = folded(text)
    if context is Context.OUTCOME and _IN_PARTS.search(whole):
        whole = _BOTH.sub("", whole)  # "Jein, teils geschafft" says which of both is meant
    if DOUBT.search(whole) or IRONY.search(whole):
        return Intent.UNCLEAR
    if context is Context.CHECKIN and PRAISE.fullmatch(whole):
        return Intent.ON_TRACK
    if context is Context.YESNO and WELCOME.fullmatch(whole):
        return Intent.YES
    parts = clauses(text)
    if len(parts) > 1 and any(OURS.fullmatch(clause.words) for clause in parts):
        return Intent.UNCLEAR
    said = [_stated(clause, context) for clause in parts]
    if any(statement.sure for statement in said if not CONCEDED.match(statement.clause.words)):
        said = [statement for statement in said if not CONCEDED.match(statement.clause.words)]
    stated = [statement for statement in said if statement.sure or statement.hinted]
    meant = _weighed(stated, context)
    others = [statement.clause for statement in said if statement not in stated]
    if meant is Intent.UNCLEAR and context is Context.OUTCOME and _solved_otherwise(whole, parts):
        return Intent.DIFFERENTLY
    return Intent.UNCLEAR if _in_doubt(meant, whole, [statement.clause for statement in stated], others) else meant


def _solved_otherwise(whole: str, parts: list[Clause]) -> bool:
    """Whether two clauses together say so: "Ging dann doch anders, ist aber gelöst"."""
    return bool(_OTHERWISE.search(whole)) and not NOT.search(whole) and not any(clause.open for clause in parts)


def _in_doubt(meant: Intent, whole: str, stated: list[Clause], others: list[Clause]) -> bool:
    """Whether something in the message takes back a good answer: a time before, a denial, a contrast, what remains."""
    contrasts = [clause for clause in others if clause.contrast]
    match meant:
        case Intent.ON_TRACK:
            was = TURNED.search(whole) and not any(map(_of_now, stated)) and not _had_trouble(stated)
            return bool(was) or any(map(_takes_back, contrasts))
        case Intent.YES:
            return bool(contrasts or REMAINS.search(whole))
        case Intent.DONE | Intent.KEPT:
            return bool(contrasts or REMAINS.search(whole)) or any(NOT.search(clause.words) for clause in others)
        case _:
            return False


def _takes_back(clause: Clause) -> bool:
    """Whether a contrast leaves it open how things are: "aber der Kreis mauert", not "nur der Flyer fehlt noch"."""
    only_remains = clause.words.startswith("nur ") and REMAINS.search(clause.words)
    return not only_remains and not FILLERS.issuperset(clause.words.split())


def _had_trouble(stated: list[Clause]) -> bool:
    """Whether what was before went badly: then it is over."""
    before = [clause for clause in stated if PAST.search(clause.words)]
    return bool(before) and all(_stated(clause, Context.CHECKIN).sure <= _TROUBLE for clause in before)


def _of_now(clause: Clause) -> bool:
    """Whether the clause says how it is, and not how it was."""
    return clause.now and not PAST.search(clause.words)


def _stated(clause: Clause, context: Context) -> _Statement:
    """What one clause says; `unclear` where it says something of others or under a condition."""
    if _is_a_choice(clause, context):
        return _Statement(clause, {Intent.UNCLEAR}, set())
    rest, found = clause.words, set[Intent]()
    for intent, pattern in _PHRASES[context]:
        match = pattern.search(rest)
        if not match:
            continue
        rest = f"{rest[: match.start()]} ~ {rest[match.end() :]}"
        if intent is None:
            continue
        denied = NOT.search(rest) and not NOT.search(match[0])
        if denied and context is Context.CHECKIN and not _speaks_of_the_whole(rest) and "laeuft" not in match[0]:
            return _Statement(clause, {Intent.UNCLEAR}, set())
        if context is not Context.CHECKIN or not found:  # a denial comes first, and says it all
            found.add(NEGATED.get(intent, Intent.UNCLEAR) if denied else intent)
        if denied:
            break
    if found and (clause.open or OTHERS.search(clause.words)):
        return _Statement(clause, {Intent.UNCLEAR}, set())
    if found & FIRM and not _speaks_of_the_whole(rest):
        return _Statement(clause, found - FIRM, found & FIRM)
    return _Statement(clause, found, set())


def _is_a_choice(clause: Clause, context: Context) -> bool:
    """Whether the clause names two answers and leaves it open which: "läuft oder hängt"."""
    one, either, other = clause.words.partition(" oder ")
    if not either:
        return False
    said = [
        {intent for intent, pattern in _PHRASES[context] if intent and pattern.search(part)} for part in (one, other)
    ]
    return all(said)


def _speaks_of_the_whole(rest: str) -> bool:
    """Whether the words around a statement leave it a statement about the whole pledge."""
    around = set(_CIRCUMSTANCE.sub("", rest).split()) - {"~"}
    return not PARTS.search(rest) and around <= FILLERS


def _weighed(said: list[_Statement], context: Context) -> Intent:
    """One answer out of what the clauses say, or `unclear` where they do not agree."""
    for place, statement in enumerate(said):
        if place and statement.clause.now and len(statement.sure) == 1 and Intent.UNCLEAR not in statement.sure:
            said = said[place:]
            break
    spoken = [one for one in said if not _EMOJI_ONLY.fullmatch(one.clause.words)]
    if context is Context.CHECKIN and spoken and Intent.UNCLEAR not in set[Intent]().union(*(one.sure for one in said)):
        said = spoken  # "läuft ✅": the words say it, the sign is for good measure
    if context is Context.CHECKIN and said and said[-1].sure == {Intent.ON_TRACK}:
        said = [one for one in said if one is said[-1] or not (PAST.search(one.clause.words) and one.sure <= _TROUBLE)]
    sure = set[Intent]().union(*(statement.sure for statement in said))
    hinted = set[Intent]().union(*(statement.hinted for statement in said)) - sure
    if context is Context.CHECKIN and Intent.UNCLEAR not in sure:
        hinted -= {Intent.DONE}  # part of it is done, the rest is as they say
    if sure == {Intent.PARTLY} and all(_REST.search(one.clause.words) for one in said if one.hinted):
        hinted = set()  # "zum Teil, der Rest scheiterte am Geld"
    if hinted:
        return Intent.UNCLEAR
    if len(sure) == 1:
        return sure.pop()
    if sure == {Intent.ON_TRACK, Intent.STUCK}:
        last = said[-1]
        return Intent.STUCK if last.clause.contrast and last.sure == {Intent.STUCK} else Intent.UNCLEAR
    return _TOGETHER.get(frozenset(sure), Intent.UNCLEAR)
