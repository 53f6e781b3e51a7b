"""What may stand in a cell: tidied text, but no formula and no broken characters."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
"""Soft hyphens, zero-width blanks and marks that copying from Word and web pages leaves behind."""


def tidy(cell: str) -> str:
    """`cell` without invisible characters and without blanks around its lines; line breaks stay, as `\\n`."""
    visible = cell.translate(_INVISIBLE)
    if all(char.isspace() or unicodedata.category(char) == "Cf" for char in visible):
        return ""
    return "\n".join(line.strip() for line in visible.strip().splitlines())


def one_line(cell: str) -> str:
    """`cell` tidied, with every run of blanks and line breaks as a single blank."""
    return " ".join(tidy(cell).split())


def is_broken(cell: str) -> bool:
    """Whether `cell` was damaged on its way: control characters, characters that turn the direction of writing, what
    could not be decoded, or UTF-8 that somebody read as Windows-1252 ("BÃ¼rgerbÃ¼ro")."""
    if cell.isascii() and cell.isprintable():
        return False
    return any(map(_is_damage, cell)) or _MOJIBAKE.search(cell) is not None


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute `cell` or fetch something for it, instead of showing it.

    "=" always begins a formula, "+", "-" and "@" do when an expression follows; "- Bank aufstellen", "-5" and
    "+++ Neu +++" are text. After OWASP, "CSV Injection": leading blanks, tabs and line breaks are no protection.
    """
    text = unicodedata.normalize("NFKC", cell).translate(_INVISIBLE).strip()
    if text.startswith("="):
        return _ARROW.match(text) is None
    if not text.startswith(("+", "-", "@")):
        return False
    if _EXTERNAL.search(text):
        return True
    return _NUMBER.fullmatch(text) is None and _EXPRESSION.fullmatch(text) is not None


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# The second and later bytes of UTF-8, as Windows-1252 shows them.
_TAIL = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MOJIBAKE = re.compile(f"[ÂÃ]{_TAIL}|â{_TAIL}{{2}}|ð{_TAIL}{{3}}")

_ARROW = re.compile(r"=+(?:>|=|\s*$)")
_NUMBER = re.compile(r"[+-]\s*\d[\d.,]*\s*%?")
_EXTERNAL = re.compile(r"\w\|[^!]*![\w$]")  # DDE: cmd|' /C calc'!A0
# Atomic, the longest reading first: a hostile cell must not make the expression try every way to split it.
_OPERAND = (
    r"(?>[A-Za-z_][\w.]*\(.*\)"  # a function
    r"|\(.*\)"
    r'|"[^"]*"'
    r"|(?:'[^']*'!|\w+!)?\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?"  # a cell or an area
    r"|\d+(?:[.,]\d+)?%?)"
)
_EXPRESSION = re.compile(rf"[+\-@]\s*(?:[+\-@]\s*)*{_OPERAND}(?:\s*[-+*/^&=<>]+\s*{_OPERAND})*", re.DOTALL)


def _is_damage(char: str) -> bool:
    if char in "\t\r\n":
        return False
    return char == "\ufffd" or char in _TURNING or unicodedata.category(char) in ("Cc", "Cs", "Co")
