"""CSV as spreadsheets write it -> rows of cells, numbered as the spreadsheet numbers them.

A reader of another format has one duty: to yield the same `Row`s.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from bot.documents.problems import Unreadable, UnreadableSheet

SIZE_LIMIT = 2_000_000
"""The biggest file that is looked at, in bytes: some 7,000 pledges."""


class Delimiter(StrEnum):
    """What stands between two cells: German Excel writes semicolons, English Excel commas, "Unicode text" tabs."""

    SEMICOLON = ";"
    COMMA = ","
    TAB = "\t"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. `number` is the spreadsheet's own, from 1. With `open_quote` the row begins a quotation
    that never ends: its cells mean nothing, and no row follows."""

    number: int
    cells: tuple[str, ...]
    open_quote: bool = False


def decode(content: bytes) -> str:
    """The text of a CSV file in UTF-8, UTF-16 (both with or without byte order mark) or Windows-1252.

    Single rows in another encoding do not change the verdict on the file: what does not fit becomes U+FFFD or stays
    mojibake, for the reader of the cells to find. Raises `UnreadableSheet` for what is empty, huge or no text.
    """
    if len(content) > SIZE_LIMIT:
        raise UnreadableSheet(Unreadable.TOO_BIG, limit=f"{SIZE_LIMIT // 1_000_000}")
    if content.startswith(_WORKBOOKS):
        raise UnreadableSheet(Unreadable.WORKBOOK)
    text = content.decode(_encoding(content), errors="replace").removeprefix("\ufeff")
    if not text.strip("\0 \t\r\n"):
        raise UnreadableSheet(Unreadable.EMPTY)
    return text


def read_rows(text: str, delimiter: Delimiter) -> Iterator[Row]:
    """The rows of `text`. A quoted line break does not start a new row; blank rows count, as in the spreadsheet.

    A first line `sep=;` is Excel's note to itself and no row.
    """
    lines = io.StringIO(_SEPARATOR_NOTE.sub("", text), newline="")
    number = 0
    try:
        for number, cells in enumerate(csv.reader(chain(lines, [_END]), delimiter=delimiter), start=1):
            if cells == [_END]:
                return
            yield Row(number, tuple(cells), open_quote=cells[-1:] != [] and cells[-1].endswith(_END))
    except csv.Error:  # a cell of more than 128 KiB: the quotation mark at its start is never closed
        yield Row(number + 1, (), open_quote=True)


_END = "\U0010ffff"
"""A last line of our own, which a quotation that is still open swallows; this code point never occurs in text."""
_SEPARATOR_NOTE = re.compile(r'\A"?sep=."?[ \t;,]*(?:\r\n|\r|\n)', re.IGNORECASE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx and .ods (ZIP) and .xls (OLE) begin."""


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = content[:2000]
    # Plain letters in UTF-16 are every other byte zero; control characters in other files are not.
    if sample[1::2].count(0) * 3 > len(sample):
        return "utf-16-le"
    if sample[0::2].count(0) * 3 > len(sample):
        return "utf-16-be"
    # One row pasted from elsewhere must not decide for all: every line has a vote.
    votes = [_is_utf8(line) for line in content.splitlines() if not line.isascii()]
    return "utf-8" if sum(votes) * 2 >= len(votes) else "cp1252"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
