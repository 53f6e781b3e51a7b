"""CSV that German Excel opens, and nothing in it that a spreadsheet would compute."""

import csv
import io
from collections.abc import Iterable, Sequence

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV with semicolons in UTF-8 with a byte order mark. No cell is a formula (after OWASP, "CSV Injection")."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def defused(cell: str) -> str:
    """`cell` so that a spreadsheet shows it and does not compute it."""
    return f"'{cell}" if cell.startswith(_BEGINS_FORMULA) else cell
