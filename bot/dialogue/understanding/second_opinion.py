"""A second opinion: what messages that mean the same have in common.

The phrases know what has been written down. People find other words, and what these resemble can be learned from
messages whose meaning is known: `tests/dialogue/teaching.py` does so and writes `second_opinion.json`. For each
question that file holds a multinomial logistic regression over the pieces of words, the words and the pairs of words
in a message; those that follow a denial, and those of the first and the last clause, count once more.

What else was considered: more phrases (each round of them helped the messages it was written for, and few others), and
a language model (too large for the machines this runs on, and what people write must not leave them).

The opinion alone is believed where it is sure enough, of a stop where it is nearly certain; it never says "delete".
What it only suspects is put to the person as a question (see `Understood.perhaps`).
"""

import json
import re
import zlib
from array import array
from base64 import b64decode
from collections.abc import Collection
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import exp, sqrt
from typing import NamedTuple

from bot.dialogue.understanding.caution import DOUBT, IRONY
from bot.dialogue.understanding.intents import IN_WORDS, Context, Intent, Understood
from bot.dialogue.understanding.wording import clauses, folded

BUCKETS = 1 << 16
"""How many kinds of pieces are told apart: a piece belongs to the bucket that its checksum falls into."""

_LONGEST = 300
"""Characters: of a longer message every part is like something."""
_DENIAL = re.compile(r"nicht|kein\w*|nie|nichts|ohne|kaum|not|no|never")
_DENIED = 4
"""So many words after a denial are denied."""


class Opinion(NamedTuple):
    """How likely each intent is, between 0 and 1."""

    likely: dict[Intent, float]

    @property
    def best(self) -> Intent:
        return max(self.likely, key=self.likely.__getitem__)


class _Taught(NamedTuple):
    intents: tuple[Intent, ...]
    bias: tuple[float, ...]
    weights: "array[int]"
    scale: float


@lru_cache(maxsize=64)  # one message is looked at several times, as an answer to this and to that
def opinion(text: str, context: Context) -> Opinion:
    """What `text` is likely to mean as an answer to the question of `context`."""
    taught = _taught()[context]
    found = pieces(text)
    scores = [
        bias + taught.scale * sum(taught.weights[place * BUCKETS + bucket] * weight for bucket, weight in found.items())
        for place, bias in enumerate(taught.bias)
    ]
    top = max(scores)
    odds = [exp(score - top) for score in scores]
    return Opinion({intent: each / sum(odds) for intent, each in zip(taught.intents, odds, strict=True)})


def pieces(text: str) -> dict[int, float]:
    """The pieces of a message by bucket, with their weights."""
    single = folded(text).split()
    parts = [clause.words.split() for clause in clauses(text)] or [[]]
    letters = {
        f" {word} "[start : start + length]
        for word in single
        for length in range(2, 6)
        for start in range(max(len(word) + 3 - length, 1))
    }
    whole = {f"+{word}" for word in single} | {f"+{one} {other}" for one, other in pairwise(single)}
    kinds: tuple[tuple[Collection[str], float], ...] = (
        (letters, 1.0), (whole, 1.0), (_denied(single), 0.5),
        ({f"^{word}" for word in parts[0]}, 0.5), ({f"${word}" for word in parts[-1]}, 0.5),
    )  # fmt: skip
    found: dict[int, float] = {}
    for kind, share in kinds:
        for piece in kind:
            bucket = zlib.crc32(piece.encode()) % BUCKETS
            found[bucket] = found.get(bucket, 0.0) + share / sqrt(len(kind))
    return found


def _denied(single: list[str]) -> set[str]:
    """The words that follow a denial closely."""
    denials = [place for place, word in enumerate(single) if _DENIAL.fullmatch(word)]
    return {f"!{word}" for place in denials for word in single[place + 1 : place + 1 + _DENIED]}


@cache
def _taught() -> dict[Context, _Taught]:
    written = json.loads((files(__package__) / "second_opinion.json").read_text("utf-8"))
    return {
        Context(context): _Taught(
            tuple(map(Intent, each["intents"])),
            tuple(each["bias"]),
            array("b", zlib.decompress(b64decode(each["weights"]))),
            each["scale"],
        )
        for context, each in written["contexts"].items()
    }


ACCEPTED = {Context.CHECKIN: 0.7, Context.YESNO: 0.85, Context.OUTCOME: 0.85, Context.FREE: 0.6} | dict.fromkeys(
    IN_WORDS, 0.7
)
"""How likely an intent must be to be believed where the phrases say nothing. A command that was not meant changes
nothing yet. Chosen on messages of authors who were not learned from."""
STOPPED = 0.97
"""The same for a stop, whatever is open."""
ALONE = 0.9
"""The same for a single word: there is little that it could be like."""
CERTAIN = 0.85
DOUBTED = 0.1
"""How unlikely an intent must be to be doubted that the phrases find. Another is believed instead where it is
`CERTAIN`."""
SUGGESTED = 0.4
"""How likely an intent must be to be put to the person as a question."""
_NEVER = {Intent.DELETE, Intent.CANCEL, Intent.NONE}
"""What is never believed on likeness alone: it is hard to undo, or hardly anybody says it in words of their own."""
_TO_COME = {Intent.ONGOING, Intent.LATER}
"""The answers about an outcome that go with a day to come."""
_BRIEF = 3
"""In fewer words nobody tells what became of a pledge in a way that others have not told it."""


def reconsidered(understood: Understood, text: str, context: Context) -> Understood:
    """What `text` means where the phrases have understood this: the same, or what it is more likely to mean, or
    `unclear` where both speak against each other. Numbers are left to the phrases."""
    words = folded(text).split()
    if context not in ACCEPTED or not words or len(text) > _LONGEST or words[0][0].isdigit():
        return understood
    likely = opinion(text, context)
    best, found = likely.best, understood.intent
    supported = likely.likely.get(found, 0.0) >= DOUBTED or len(words) == 1 or context in IN_WORDS
    if found is not Intent.UNCLEAR and supported:
        return understood
    if best is Intent.UNCLEAR or _leaves_open(text, " ".join(words), context):
        return replace(understood, intent=Intent.UNCLEAR)
    chance, alone = likely.likely[best], len(words) == 1 and context not in IN_WORDS
    enough = CERTAIN if found is not Intent.UNCLEAR else ALONE if alone else ACCEPTED[context]
    if context is Context.OUTCOME and (len(words) < _BRIEF or (understood.dates and best not in _TO_COME)):
        enough = 1.0
    if chance >= (max(enough, STOPPED) if best is Intent.STOP else enough) and best not in _NEVER:
        return replace(understood, intent=best)
    return replace(understood, intent=Intent.UNCLEAR, perhaps=best if chance >= SUGGESTED else None)


def _leaves_open(text: str, words: str, context: Context) -> bool:
    """Whether somebody doubts, mocks or asks. How confident they are, they may say with a doubt."""
    doubts = context not in IN_WORDS and DOUBT.search(words)
    return bool(doubts or IRONY.search(words)) or ("?" in text and context is not Context.FREE)
