"""Teaches the second opinion: `python -m tests.dialogue.teaching`, after the corpora or the spelling have changed.

It learns from `taught_*.tsv` (what is meant, and the message: thousands that were written for this, by several authors
with people of all kinds in mind) and from the corpora of `TAUGHT`, and never from those that are kept to measure by.
Takes some minutes.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.dialogue.understanding.intents import IN_WORDS, Context, Intent
from bot.dialogue.understanding.second_opinion import BUCKETS, pieces
from tests.dialogue.scoring import CORPUS, messages

CONTEXTS = (Context.CHECKIN, Context.YESNO, Context.OUTCOME, *IN_WORDS, Context.FREE)
TAUGHT = ("messages", "held_out_messages", "held_out_second_author")
WRITTEN = Path(str(files("bot.dialogue.understanding"))) / "second_opinion.json"
STRENGTH = 30.0
"""How much fitting the examples counts against small weights."""


class Example(NamedTuple):
    """A message and what it means."""

    text: str
    meant: Intent


def examples(context: Context) -> list[Example]:
    """What there is to learn from for the question of `context`."""
    known = [Example(one.text, one.meant.intent) for name in TAUGHT for one in messages(name) if one.context is context]
    lines = _written_for(context).read_text("utf-8").rstrip("\n").split("\n")
    return known + [Example(text, Intent(meant)) for meant, text in (line.split("\t") for line in lines)]


def fingerprint() -> str:
    """Of the messages that were learned from."""
    sources = [CORPUS / f"{name}.jsonl" for name in TAUGHT] + [_written_for(context) for context in CONTEXTS]
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def learn(shown: Sequence[Example]) -> dict[str, object]:
    """The weights for one question, as they are stored: for each intent a signed byte a bucket."""
    found = [pieces(example.text) for example in shown]
    rows = [row for row, each in enumerate(found) for _ in each]
    columns = [bucket for each in found for bucket in each]
    seen = csr_matrix(([weight for each in found for weight in each.values()], (rows, columns)), (len(found), BUCKETS))
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3).fit(seen, [example.meant for example in shown])
    scale = float(np.abs(model.coef_).max()) / 127
    return {
        "intents": list(model.classes_),
        "bias": [round(float(each), 3) for each in model.intercept_],
        "scale": scale,
        "weights": b64encode(zlib.compress(np.rint(model.coef_ / scale).astype(np.int8).tobytes(), 9)).decode(),
    }


def _written_for(context: Context) -> Path:
    return CORPUS / f"taught_{context}.tsv"


def main() -> None:
    """Learn from the corpora and write the file that the bot reads."""
    contexts = {context: learn(examples(context)) for context in CONTEXTS}
    WRITTEN.write_text(json.dumps({"learned_from": fingerprint(), "contexts": contexts}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
