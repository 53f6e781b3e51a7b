"""Words written as they sound, or with two letters in the wrong order: "hengt", "langsahm", "erledgit"."""

import re
from collections.abc import Iterable

from bot.dialogue.understanding.phrases import Ideas, Phrases
from bot.domain.words import Sound, swapped

_SOUNDS_ALIKE = (
    (r"aeu", "eu"),
    (r"ae", "e"),
    (r"(?<=\w\w\w)a$", "er"),
    (r"([aeiou])h(?![aeiou])", r"\1"),
    (r"ck", "k"),
    (r"dt\b|th", "t"),
    (r"ph|v", "f"),
    (r"tz", "z"),
    (r"igt\b|icht\b", "ixt"),
    (r"ig\b|ich\b", "ix"),
    (r"(?<=[bfgkps])d$", "t"),
    (r"y", "i"),
    (r"(.)\1", r"\1"),
)
sound = Sound(_SOUNDS_ALIKE)
"""As a word sounds: the same for "haengt" and "hengt", "geschafft" and "geschaft"."""
_WHOLE = re.compile(r"(?<![\\a-z])[a-z]{4,}(?![a-z*\\])")
SHORTEST = 5
"""Letters of a word in which a slip is forgiven: shorter ones resemble too many others."""


class Spellings:
    """The words of a vocabulary, to be found in spite of such a slip."""

    def __init__(self, vocabulary: frozenset[str], others: frozenset[str]) -> None:
        """`others` are real words that only sound like one of the vocabulary."""
        self._known = vocabulary | others
        long = [word for word in sorted(vocabulary) if len(word) >= SHORTEST]
        self._by_sound = _unambiguous([(sound(word), word) for word in long])
        self._by_letters = _unambiguous([(slip, word) for word in long for slip in set(swapped(word)) - {word}])

    def meant(self, word: str) -> str | None:
        """The word of the vocabulary that `word` must be; None where it is one itself, or resembles none or several."""
        if len(word) < SHORTEST - 1 or word in self._known or not word.isalpha():
            return None
        return self._by_sound.get(sound(word)) or self._by_letters.get(word)


def vocabulary(*tables: Iterable[Phrases | Ideas]) -> frozenset[str]:
    """The whole words in the phrases of `tables`."""
    patterns = (pattern for table in tables for phrases in table for pattern in _patterns(phrases))
    return frozenset(word for pattern in patterns for word in _WHOLE.findall(pattern.pattern))


def _patterns(phrases: Phrases | Ideas) -> tuple[re.Pattern[str], ...]:
    return phrases.patterns if isinstance(phrases, Ideas) else (phrases.pattern,)


def _unambiguous(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, word in pairs:
        found[key] = "" if key in found else word
    return {key: word for key, word in found.items() if word}
