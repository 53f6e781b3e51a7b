"""Comparing words the way people type them on a phone."""

import unicodedata

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
