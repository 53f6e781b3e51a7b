"""A second opinion: what messages that mean the same have in common.

The phrases know what has been written down. People find other words, and what these resemble can be learned from
messages whose meaning is known: `tests/dialogue/teaching.py` does so and writes `second_opinion.npz`. That file holds
one small neural network for all questions: it looks at the pieces of words, the words and the pairs of words in a
message (those that follow a denial, and those of the first and the last clause, count once more) and at which question
is open, through one layer of hidden units.

What else was considered: more phrases (each round of them helped the messages it was written for, and few others); a
logistic regression for each question (three to five points fewer of new authors' messages right at the same share of
wrong ones: what a word means for one question helps with the others); and a language model (too large for the machines
this runs on, and what people write must not leave them).

The opinion alone is believed where it is sure enough, of a stop or a deletion where it is nearly certain. What it only
suspects is put to the person as a question (see `Understood.perhaps`).
"""

import re
import zlib
from collections.abc import Collection
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.understanding.choosing import number_of, numbered
from bot.dialogue.understanding.intents import IN_WORDS, Context, Intent, Understood
from bot.dialogue.understanding.wording import clauses, folded

BUCKETS = 1 << 16
"""How many kinds of pieces are told apart: a piece belongs to the bucket that its checksum falls into."""

_LONGEST = 300
"""Characters: of a longer message every part is like something."""
_BRIEF = 3
"""A question of so few words only repeats a word: "Erfüllt?", "Läuft das?". In fewer nobody tells what became of a
pledge in a way that others have not told it."""
_LETTER = re.compile(r"[^\W\d_]")
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
    """The network: `hidden` has a row for each bucket, `said` a column for each of `intents`; `fitting` tells which of
    these can answer a question."""

    hidden: NDArray[np.int8]
    scale: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    said: NDArray[np.float32]
    said_bias: NDArray[np.float32]
    intents: tuple[Intent, ...]
    fitting: dict[Context, list[int]]


@lru_cache(maxsize=64)  # one message is looked at several times, as an answer to this and to that
def opinion(text: str, context: Context) -> Opinion:
    """What `text` is likely to mean as an answer to the question of `context`."""
    taught = _taught()
    found = pieces(text, context)
    seen = np.array(list(found.values()), np.float32) @ taught.hidden[list(found)]
    hidden = np.maximum(seen * taught.scale + taught.hidden_bias, 0)
    fitting = taught.fitting[context]
    scores = (hidden @ taught.said + taught.said_bias)[fitting]
    odds = np.exp(scores - scores.max())
    return Opinion({taught.intents[place]: float(each) for place, each in zip(fitting, odds / odds.sum(), strict=True)})


def pieces(text: str, context: Context) -> dict[int, float]:
    """The pieces of a message by bucket, with their weights; the question of `context` is one of them."""
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
        ((f"?{context}",), 1.0), ({"?"} & set(text), 1.0), (letters, 1.0), (whole, 1.0),
        (_denied(single), 0.5), ({f"^{word}" for word in parts[0]}, 0.5), ({f"${word}" for word in parts[-1]}, 0.5),
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
def _taught() -> _Taught:
    with (files(__package__) / "second_opinion.npz").open("rb") as file, np.load(file, allow_pickle=False) as written:
        names = written["intents"]
        return _Taught(
            written["hidden"],
            written["scale"],
            written["hidden_bias"],
            written["said"],
            written["said_bias"],
            tuple(map(Intent, names)),
            {context: np.flatnonzero(np.isin(names, written[context])).tolist() for context in ACCEPTED},
        )


ACCEPTED = {Context.CHECKIN: 0.65, Context.YESNO: 0.75, Context.OUTCOME: 0.9, Context.FREE: 0.5} | dict.fromkeys(
    IN_WORDS, 0.6
)
"""How likely an intent must be to be believed where the phrases say nothing. A command that was not meant changes
nothing yet. These and those below were chosen on messages of authors who had not been learned from."""
GRAVE = {Intent.STOP: 0.9, Intent.DELETE: 0.95, Intent.CANCEL: 0.9}
"""The same for these, whatever is open. Nothing is deleted before it is confirmed."""
ALONE = 0.8
"""The same for a single word: there is little that it could be like."""
CERTAIN = 0.85
DOUBTED = 0.3
"""How unlikely an intent must be to be doubted that the phrases find. Another is believed instead where it is
`CERTAIN`."""
_ACHIEVED = {Intent.KEPT, Intent.PARTLY}
_DENIED_ITSELF = re.compile(
    r"\b(?:nicht|not) (?:erfuellt|geschafft|gelungen|gehalten|erreicht|umgesetzt|kept|done|fulfilled)\b"
)
"""Who says so is not said to have achieved something: "Nicht erfüllt, auch nicht in Teilen"."""
SUGGESTED = 0.4
"""How likely an intent must be to be put to the person as a question."""


def reconsidered(understood: Understood, text: str, context: Context) -> Understood:
    """What `text` means where the phrases have understood this: the same, or what it is more likely to mean, or
    `unclear` where both speak against each other. The numbers of choices, and signs, are left to the phrases."""
    words = folded(text).split()
    picked = number_of(text, 99) is not None or numbered(text, 9) is not None
    if context not in ACCEPTED or picked or not words or not _LETTER.search(text) or len(text) > _LONGEST:
        return understood
    likely = opinion(text, context)
    best, found = likely.best, understood.intent
    supported = likely.likely.get(found, 0.0) >= DOUBTED or len(words) == 1 or context in IN_WORDS
    if found is not Intent.UNCLEAR and supported:
        return understood
    if best is Intent.UNCLEAR or (len(words) <= _BRIEF and text.rstrip().endswith("?")):
        return replace(understood, intent=Intent.UNCLEAR)
    enough = max(ACCEPTED[context], GRAVE.get(best, 0))
    if found is not Intent.UNCLEAR:
        enough = max(enough, CERTAIN)
    if len(words) == 1 and context not in IN_WORDS:
        enough = max(enough, ALONE)
    if likely.likely[best] >= enough and _is_told(best, words, context):
        return replace(understood, intent=best)
    return replace(understood, intent=Intent.UNCLEAR, perhaps=best if likely.likely[best] >= SUGGESTED else None)


def _is_told(best: Intent, words: list[str], context: Context) -> bool:
    """Whether so many words can tell of an outcome, and do not deny it."""
    if context is not Context.OUTCOME:
        return True
    return len(words) >= _BRIEF and not (best in _ACHIEVED and _DENIED_ITSELF.search(" ".join(words)))
