"""Teaches the second opinion: `python -m tests.dialogue.teaching`, after the corpora or the spelling have changed.

It learns from the messages of `TAUGHT` and never from those that are kept to measure by. Takes two minutes.
"""

import json
import zlib
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.dialogue.understanding.intents import Context
from bot.dialogue.understanding.second_opinion import BUCKETS, pieces
from bot.dialogue.understanding.wording import folded
from tests.dialogue.scoring import CORPUS, Message, messages

TAUGHT = ("messages", "held_out_messages")
WRITTEN = Path(str(files("bot.dialogue.understanding"))) / "second_opinion.json"
STRENGTH = 30.0
"""How much fitting the examples counts against small weights (the C of other programs)."""
STEPS = 300
Matrix = npt.NDArray[np.float32]


def fingerprint() -> str:
    """Of the messages that were learned from."""
    return sha256(b"".join((CORPUS / f"{name}.jsonl").read_bytes() for name in TAUGHT)).hexdigest()


def learn(examples: list[Message]) -> dict[str, object]:
    """The weights for one question, as they are stored: for each intent a signed byte a bucket."""
    intents = sorted({example.meant.intent for example in examples})
    seen: Matrix = np.zeros((len(examples), BUCKETS), np.float32)
    for row, example in enumerate(examples):
        for bucket, weight in pieces(folded(example.text)).items():
            seen[row, bucket] = weight
    meant: Matrix = np.eye(len(intents), dtype=np.float32)[[intents.index(each.meant.intent) for each in examples]]
    weights, bias = _fit(seen, meant)
    scale = float(np.abs(weights).max()) / 127
    rounded = np.rint(weights / scale).astype(np.int8).T
    return {
        "intents": intents,
        "bias": [round(float(each), 3) for each in bias],
        "scale": scale,
        "weights": b64encode(zlib.compress(rounded.tobytes(), 9)).decode(),
    }


def _fit(seen: Matrix, meant: Matrix) -> tuple[Matrix, Matrix]:
    """Multinomial logistic regression with an L2 penalty, by Adam (Kingma and Ba 2015) on all examples at once."""
    used = np.flatnonzero(seen.any(axis=0))
    seen = np.hstack([seen[:, used], np.ones((len(seen), 1), np.float32)])
    weights: Matrix = np.zeros((seen.shape[1], meant.shape[1]), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = seen @ weights
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        slope = seen.T @ (odds / odds.sum(axis=1, keepdims=True) - meant)
        slope[:-1] += weights[:-1] / STRENGTH
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        weights -= 0.1 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
    full: Matrix = np.zeros((BUCKETS, meant.shape[1]), np.float32)
    full[used] = weights[:-1]
    return full, weights[-1]


def main() -> None:
    """Learn from the corpora and write the file that the bot reads."""
    known = [message for name in TAUGHT for message in messages(name)]
    contexts = {
        context: learn([message for message in known if message.context is context])
        for context in (Context.CHECKIN, Context.YESNO, Context.OUTCOME, Context.FREE)
    }
    WRITTEN.write_text(json.dumps({"learned_from": fingerprint(), "contexts": contexts}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
