"""Which obstacles are alike: by their words, whatever their order and endings."""

from collections.abc import Mapping
from typing import TypeVar

from rapidfuzz import fuzz

from bot.domain.words import fold

LEAST = 40.0
"""From here on two obstacles count as alike, of 100."""
WORD = 85.0
"""From here on two words count as the same one with another ending ("Landratsamt", "Landratsamts")."""
SHORTEST = 4
"""Shorter words say nothing about what is in the way ("das", "und", "ist")."""
COMMON = frozenset(map(fold, (
    "nicht", "noch", "kein", "keine", "keinen", "aber", "auch", "auf", "dass", "dem", "den", "der", "die", "eine",
    "einen", "einer", "haben", "habe", "hatte", "wird", "wurde", "wurden", "werden", "sind", "sich", "schon", "seit",
    "uns", "unser", "unsere", "über", "unter", "viel", "viele", "wenn", "weil", "wieder", "zwar", "immer", "jetzt",
    "with", "that", "this", "have", "does", "from", "they", "been", "were", "what", "there", "still", "because",
)))  # fmt: skip

Key = TypeVar("Key")


def alike(obstacle: str, others: Mapping[Key, str], most: int = 3) -> list[Key]:
    """Those of `others` that are like `obstacle`, the likest first."""
    wanted = _telling(obstacle)
    scores = {key: likeness(wanted, _telling(words)) for key, words in others.items()}
    found = [key for key in scores if scores[key] >= LEAST]
    return sorted(found, key=lambda key: -scores[key])[:most]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How many of the words of the shorter one are in the other, too, from 0 to 100; a single word in common is too
    little unless it is all that was said."""
    short, long = sorted((one, other), key=len)
    if not short:
        return 0.0
    common = sum(any(fuzz.ratio(word, candidate) >= WORD for candidate in long) for word in short)
    return 100.0 * common / len(short) if common >= min(2, len(short)) else 0.0


def _telling(text: str) -> frozenset[str]:
    words = "".join(char if char.isalnum() else " " for char in text).split()
    return frozenset(folded for word in words if len(folded := fold(word)) >= SHORTEST and folded not in COMMON)
