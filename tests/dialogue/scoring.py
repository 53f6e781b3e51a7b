"""Reading a corpus of messages and counting how many are understood."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

from bot.dialogue.understanding import Context, Intent, Understood, understand

CORPUS = Path(__file__).parent / "corpus"
SERIOUS = {
    Intent.KEPT,
    Intent.PARTLY,
    Intent.DIFFERENTLY,
    Intent.NOT_KEPT,
    Intent.ONGOING,
    Intent.MOOT,
    Intent.STOP,
    Intent.DELETE,
}
"""What must never be read into a message that does not say it."""


@dataclass(frozen=True)
class Message:
    """One line of a corpus: what was written, to which question, and what a person reads in it."""

    text: str
    context: Context
    language: str
    now: date
    after: date | None
    meant: Understood

    def read(self) -> Understood:
        """What the bot makes of it."""
        return understand(self.text, self.context, today=self.now, language=self.language, after=self.after)


def messages(name: str) -> list[Message]:
    """The messages of the corpus file `name`."""
    lines = (CORPUS / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [_message(json.loads(line)) for line in lines]


def _message(fields: dict[str, Any]) -> Message:
    return Message(
        text=fields["text"],
        context=Context(fields["context"]),
        language=fields["language"],
        now=date.fromisoformat(fields["now"]),
        after=date.fromisoformat(fields["after"]) if "after" in fields else None,
        meant=Understood(Intent(fields["intent"]), tuple(map(date.fromisoformat, fields["dates"]))),
    )


@dataclass
class Score:
    """How well a corpus is understood; as text, a report with 95 % intervals and every message that was misread."""

    total: int = 0
    clear: int = 0
    clear_right: int = 0
    suggested: int = 0
    """Clear ones that are not believed, but rightly put to the person as a question."""
    dates_right: int = 0
    wrong: list[str] = field(default_factory=list)
    serious: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(
            [
                f"clear ones right: {share(self.clear_right, self.clear)}",
                f"put as a question: {share(self.suggested, self.clear)}",
                f"acted on wrongly: {share(len(self.wrong), self.total)}",
                f"dates right: {share(self.dates_right, self.total)}",
                *self.serious,
                *self.wrong,
                *self.missed,
            ]
        )


def score(corpus: Iterable[Message]) -> Score:
    """Understand every message of `corpus` and count."""
    result = Score()
    for message in corpus:
        read, meant = message.read(), message.meant
        line = f"{message.context}: {message.text!r} is {meant}, read as {read}"
        result.total += 1
        result.clear += meant.intent is not Intent.UNCLEAR
        result.clear_right += meant.intent is not Intent.UNCLEAR and read.intent is meant.intent
        result.suggested += read.perhaps is not None and read.perhaps is meant.intent
        result.dates_right += read.dates == meant.dates
        if read.intent is not meant.intent and read.intent is not Intent.UNCLEAR:
            result.wrong.append(line)
            if read.intent in SERIOUS:
                result.serious.append(line)
        elif (read.intent, read.dates) != (meant.intent, meant.dates):
            result.missed.append(line)
    return result


def share(part: int, whole: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    z, p = 1.96, part / whole
    middle, spread = p + z * z / (2 * whole), z * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    low, high = ((middle + sign * spread) / (1 + z * z / whole) for sign in (-1, 1))
    return f"{part} of {whole}, {p:.1%} ({max(low, 0):.1%} to {high:.1%})"
