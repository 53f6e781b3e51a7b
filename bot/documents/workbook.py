"""A workbook (XLSX) -> rows of cells, numbered as the spreadsheet numbers them."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from bot.documents.problems import Unreadable, UnreadableSheet
from bot.documents.table import SIZE_LIMIT, Row

UNPACKED_LIMIT = 30 * SIZE_LIMIT
"""The biggest workbook once it is unpacked, in bytes."""
CELL_LIMIT = 1_000_000
"""The most cells that a sheet may span: one stray cell at the far corner spans thousands of millions."""

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_OVERLAP = 200
"""So many bytes are looked at twice, so that no cell is cut in two."""


def is_workbook(content: bytes) -> bool:
    """Whether these bytes are a workbook that can be read here."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def read_sheets(content: bytes) -> Iterator[tuple[Row, ...]]:
    """The rows of every sheet that people see, in the order of the workbook. Dates are written 2025-10-31.

    Raises UnreadableSheet for what is huge or damaged.
    """
    if len(content) > SIZE_LIMIT:
        raise UnreadableSheet(Unreadable.TOO_BIG, limit=f"{SIZE_LIMIT // 1_000_000}")
    try:
        _check_size(content)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for sheet in book.sheets_metadata:
                if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet:
                    yield _rows(book.get_sheet_by_name(sheet.name))
    except (CalamineError, zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError):
        raise UnreadableSheet(Unreadable.WORKBOOK) from None


def _rows(sheet: CalamineSheet) -> tuple[Row, ...]:
    return tuple(
        Row(number, tuple(_written(cell) for cell in cells))
        for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1)
    )


def _written(cell: object) -> str:
    """A cell as somebody would have typed it."""
    match cell:
        case bool():
            return ""
        case float():
            return str(int(cell)) if cell.is_integer() else str(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _check_size(content: bytes) -> None:
    """Raise UnreadableSheet for what would grow out of bounds when it is read."""
    too_big = UnreadableSheet(Unreadable.TOO_BIG, limit=f"{SIZE_LIMIT // 1_000_000}")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT:
            raise too_big
        for entry in archive.infolist():
            if not _SHEET.fullmatch(entry.filename):
                continue
            width = height = 1
            with archive.open(entry) as file:
                before = b""
                while chunk := file.read(1 << 16):
                    for column, row in _CELL.findall(before + chunk):
                        width, height = max(width, _number(column)), max(height, int(row))
                    before = chunk[-_OVERLAP:]
            if width * height > CELL_LIMIT:
                raise too_big


def _number(column: bytes) -> int:
    """The number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
