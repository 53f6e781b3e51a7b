"""How phrases are written down: one a line (a line that ends with `|` goes on), as a pattern on folded words (lower
case, `ae` for `ä`, no punctuation).

In a phrase `(a|b)` is a choice, `word*` any ending, `(word )?` an optional word, `…` up to four other words.
`None` as a meaning takes the words out without believing them: they look like an answer and are none.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.dialogue.understanding.intents import Intent


class Phrases(NamedTuple):
    """Phrases that mean the same."""

    intent: Intent | None
    pattern: re.Pattern[str]


class Ideas(NamedTuple):
    """What means something together, in any order."""

    intent: Intent
    patterns: tuple[re.Pattern[str], ...]


def ideas(intent: Intent, *lines: str) -> Ideas:
    """Ideas, each given by the phrases for it."""
    return Ideas(intent, tuple(one_of(phrases_of_one) for phrases_of_one in lines))


def phrases(intent: Intent | None, lines: str, **groups: str) -> Phrases:
    """The phrases in `lines`; a name in braces stands for the words given for it in `groups`."""
    return Phrases(intent, one_of(lines, **groups))


def one_of(lines: str, **groups: str) -> re.Pattern[str]:
    """A pattern that finds any of the phrases in `lines` as whole words."""
    for name, choice in groups.items():
        lines = lines.replace(f"{{{name}}}", f"({choice})")
    lines = re.sub(r"\|\s*\n\s*", "|", lines)
    written = [_pattern(line.strip()) for line in lines.splitlines() if line.strip()]
    return re.compile(rf"\b(?:{'|'.join(written)})(?!\w)")


def words(*lists: str | Sequence[str]) -> str:
    """Words as one choice."""
    return "|".join(word for part in lists for word in (part.split() if isinstance(part, str) else part))


def _pattern(phrase: str) -> str:
    phrase = re.sub(r"\((?!\?)", "(?:", phrase)
    phrase = re.sub(r"(?<!\\w)(?<=\w)\*", r"\\w*", phrase)
    return phrase.replace(" … ", r"(?: \w+){0,4} ")
