"""A second opinion: what messages that mean the same have in common.

The phrases know what has been written down. People find other words, and what these resemble can be learned from the
messages whose meaning is known: `tests/dialogue/teaching.py` does so and writes `second_opinion.json`. For each
question that file holds a multinomial logistic regression over the pieces of words and pairs of words in a message.

The opinion is only asked where a mistake is mended with a tap. It never says "stop", "delete" or an outcome.
"""

import json
import zlib
from array import array
from base64 import b64decode
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, sqrt
from typing import NamedTuple

from bot.dialogue.understanding.caution import DOUBT, IRONY
from bot.dialogue.understanding.intents import CHOICES, Context, Intent
from bot.dialogue.understanding.wording import folded

BUCKETS = 1 << 15
"""How many kinds of pieces are told apart: a piece belongs to the bucket that its checksum falls into."""

_LONGEST = 300
"""Characters: of a longer message every part is like something."""


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


def opinion(words: str, context: Context) -> Opinion:
    """What folded `words` are likely to mean as an answer to the question of `context`."""
    taught = _taught()[context]
    found = pieces(words)
    scores = [
        bias + taught.scale * sum(taught.weights[place * BUCKETS + bucket] * weight for bucket, weight in found.items())
        for place, bias in enumerate(taught.bias)
    ]
    top = max(scores)
    odds = [exp(score - top) for score in scores]
    return Opinion({intent: each / sum(odds) for intent, each in zip(taught.intents, odds, strict=True)})


def pieces(words: str) -> dict[int, float]:
    """The pieces of a message by bucket, with their weights: two to five letters inside a word; words and pairs."""
    single = words.split()
    letters = {
        f" {word} "[start : start + length]
        for word in single
        for length in range(2, 6)
        for start in range(max(len(word) + 3 - length, 1))
    }
    whole = {f"+{word}" for word in single} | {f"+{one} {other}" for one, other in pairwise(single)}
    found: dict[int, float] = {}
    for kind in (letters, whole):
        for piece in kind:
            bucket = zlib.crc32(piece.encode()) % BUCKETS
            found[bucket] = found.get(bucket, 0.0) + 1 / sqrt(len(kind))
    return found


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


ACCEPTED = 0.7
"""How likely an intent must be to be believed where no phrase says anything."""
DOUBTED = 0.03
"""How unlikely an intent must be to be doubted that the phrases find, while another is `CERTAIN`."""
CERTAIN = 0.85
_CONTEXTS = {Context.CHECKIN, Context.YESNO, Context.OUTCOME, Context.FREE}
_NEVER = {*CHOICES[Context.OUTCOME], Intent.STOP, Intent.DELETE, Intent.CANCEL}
"""What is never believed on likeness alone: it is hard to undo, or hard to notice."""


def reconsidered(intent: Intent, text: str, context: Context) -> Intent:
    """What `text` means where the phrases have found `intent`: that, or what it is more likely to mean, or `unclear`
    where both speak against each other. Messages of one word, or that begin with a
    number, are left to the phrases."""
    words = folded(text)
    if context not in _CONTEXTS or " " not in words or len(text) > _LONGEST or words[0].isdigit():
        return intent
    likely = opinion(words, context)
    if intent is not Intent.UNCLEAR:
        doubted = likely.likely[likely.best] >= CERTAIN and likely.likely.get(intent, 0.0) < DOUBTED
        return Intent.UNCLEAR if doubted else intent
    if DOUBT.search(words) or IRONY.search(words) or ("?" in text and context is not Context.FREE):
        return intent
    return likely.best if likely.likely[likely.best] >= ACCEPTED and likely.best not in _NEVER else intent
