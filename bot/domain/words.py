"""Comparing words the way people type them on a phone."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def fold(text: str) -> str:
    """`text` reduced to what matters when comparing: lower case, `ä` as `ae`, no accents, letters and digits only,
    single blanks between the words.

    >>> fold("  Baden-WÜRTTEMBERG ")
    'baden wuerttemberg'
    """
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", lowered)
    kept = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


class Sound:
    """How a folded word sounds, roughly: the same for words that people take for each other when they write by ear."""

    def __init__(self, alike: Sequence[tuple[str, str]]) -> None:
        """`alike` are patterns of letters with what is heard for them, applied in this order."""
        self._rules = [(re.compile(letters), heard) for letters, heard in alike]

    def __call__(self, word: str) -> str:
        for letters, heard in self._rules:
            word = letters.sub(heard, word)
        return word


def swapped(word: str) -> Iterator[str]:
    """The word with two neighbouring letters in the wrong order, wherever but at its beginning."""
    for place in range(1, len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
