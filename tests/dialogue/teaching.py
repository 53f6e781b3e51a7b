"""Teaches the second opinion: `python -m tests.dialogue.teaching`, after the corpora or the spelling have changed.

It learns from `taught_*.tsv` (what is meant, and the message: tens of thousands that were written for this, by many
authors with people of all kinds in mind) and from the corpora of `TAUGHT`, and never from those that are kept to
measure by. Takes some minutes.
"""

from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rich.progress import track
from scipy.sparse import csr_matrix
from sklearn.neural_network import MLPClassifier

from bot.dialogue.understanding.intents import IN_WORDS, Context, Intent
from bot.dialogue.understanding.second_opinion import BUCKETS, pieces
from tests.dialogue.scoring import CORPUS, messages

CONTEXTS = (Context.CHECKIN, Context.YESNO, Context.OUTCOME, *IN_WORDS, Context.FREE)
TAUGHT = ("messages", "held_out_messages", "held_out_second_author")
WRITTEN = Path(str(files("bot.dialogue.understanding"))) / "second_opinion.npz"
HIDDEN = 48
"""Units of the hidden layer. With 32 as good for most questions, with 128 no better."""
ROUNDS = 7
"""How often everything is looked at. With more, it grows surer and no better."""


class Example(NamedTuple):
    """A message, the question it answers, and what it means."""

    text: str
    context: Context
    meant: Intent


def examples(context: Context) -> list[Example]:
    """What there is to learn from for the question of `context`."""
    known = [(one.text, one.meant.intent) for name in TAUGHT for one in messages(name) if one.context is context]
    lines = _written_for(context).read_text("utf-8").rstrip("\n").split("\n")
    known += [(text, Intent(meant)) for meant, text in (line.split("\t") for line in lines)]
    return [Example(text, context, meant) for text, meant in known]


def fingerprint() -> str:
    """Of the messages that were learned from."""
    sources = [CORPUS / f"{name}.jsonl" for name in TAUGHT] + [_written_for(context) for context in CONTEXTS]
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def learn(shown: Sequence[Example], rounds: int = ROUNDS) -> dict[str, Any]:
    """The network as it is stored: for each bucket a signed byte for every hidden unit, what the units say of every
    intent, and the intents by question."""
    found = [pieces(example.text, example.context) for example in track(shown, "Reading")]
    rows = [row for row, each in enumerate(found) for _ in each]
    columns = [bucket for each in found for bucket in each]
    weights = np.array([weight for each in found for weight in each.values()], np.float32)
    seen = csr_matrix((weights, (rows, columns)), (len(found), BUCKETS))
    meant = np.array([example.meant.value for example in shown])
    model = MLPClassifier((HIDDEN,), alpha=1e-4, batch_size=128, learning_rate_init=2e-3, random_state=1)
    order, intents = np.random.default_rng(1), np.unique(meant)
    for _ in track(range(rounds), "Learning"):
        shuffled = order.permutation(len(meant))
        model.partial_fit(seen[shuffled], meant[shuffled], classes=intents)
    hidden, said = model.coefs_
    scale = np.abs(hidden).max(0) / 127
    return {
        "hidden": np.rint(hidden / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "hidden_bias": model.intercepts_[0].astype(np.float32),
        "said": said.astype(np.float32),
        "said_bias": model.intercepts_[1].astype(np.float32),
        "intents": intents,
    } | {
        context: np.unique([one.meant.value for one in shown if one.context == context])
        for context in {one.context for one in shown}
    }


def _written_for(context: Context) -> Path:
    return CORPUS / f"taught_{context}.tsv"


def main() -> None:
    """Learn from the corpora and write the file that the bot reads."""
    taught = learn([example for context in CONTEXTS for example in examples(context)])
    np.savez_compressed(WRITTEN, learned_from=np.array(fingerprint()), **taught)


if __name__ == "__main__":
    main()
