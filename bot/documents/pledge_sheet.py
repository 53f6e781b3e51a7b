"""A sheet of pledges, as an organiser imports it -> proposals, and problems where a row is none."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.documents.cells import is_broken, is_formula, one_line, tidy
from bot.documents.due_dates import NoSuchDay, read_due
from bot.documents.headings import Column, columns_of, recognised
from bot.documents.problems import Problem, Reason, Unreadable, UnreadableSheet
from bot.documents.table import Delimiter, Row, decode, read_rows
from bot.documents.workbook import is_workbook, read_sheets
from bot.domain.land import Land
from bot.domain.pledge import TEXT_LIMIT, Topic, Visibility
from bot.domain.words import fold
from bot.domain.workshop import LATEST_MONTHS, months_after

__all__ = ["Problem", "Proposal", "Reason", "Sheet", "Unreadable", "UnreadableSheet", "read_sheet", "read_table"]

NUMBER_LIMIT = 99_999
"""The highest number that a pledge can have."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pledge as the sheet has it, for its maker to confirm. `row` is the spreadsheet's own number (header: 1).

    `number` is None where the sheet gives none; `due` is None where there is no date, `due_note` then has the words.
    """

    row: int
    number: int | None
    text: str
    owner: str
    place: str
    land: Land | None
    topic: Topic | None
    partners: str
    first_step: str
    due: date | None
    due_note: str
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet holds, each in the order of its rows. `ignored` are the headings that mean nothing to us."""

    proposals: tuple[Proposal, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...] = ()


def read_sheet(content: bytes, workshop_day: date, letters: str = "") -> Sheet:
    """What the bytes of a CSV file or a workbook hold for the workshop of that day.

    With the workshop's `letters` the numbers may also be written as people call them ("BER-042").
    Raises `UnreadableSheet` when the file is no sheet of pledges at all.
    """
    if is_workbook(content):
        sheets = read_sheets(content)
        rows = max(sheets, key=lambda rows: recognised(_header(rows).cells), default=())
        return read_table(rows, workshop_day, letters)
    text = decode(content)
    best = max(Delimiter, key=lambda delimiter: recognised(_header(read_rows(text, delimiter)).cells))
    return read_table(tuple(read_rows(text, best)), workshop_day, letters)


def read_table(rows: Sequence[Row], workshop_day: date, letters: str = "") -> Sheet:
    """The same of a table, whatever file it comes from.

    The header is the one of the first ten rows that names most columns; what stands above it (a title) is skipped,
    and so are blank rows.
    """
    header = _header(rows)
    if not recognised(header.cells):
        raise UnreadableSheet(Unreadable.NO_HEADER, known=", ".join(Column))
    reading = _Reading(header.cells, workshop_day, letters)
    results = [reading.read(row) for row in rows if row.number > header.number and not _is_blank(row)]
    return Sheet(
        proposals=tuple(result for result in results if isinstance(result, Proposal)),
        problems=tuple(result for result in results if isinstance(result, Problem)),
        ignored=reading.ignored,
    )


_HEADER_WITHIN = 10
_VISIBILITIES = {
    fold(name): visibility
    for visibility, names in {
        Visibility.TEAM: "nur Team, Team, nur das Team, intern, nur intern, team only, internal",
        Visibility.WORKSHOP: "Werkstatt, nur Werkstatt, in der Werkstatt, workshop, workshop only",
        Visibility.PUBLIC: "öffentlich, für alle, alle, public, everyone",
    }.items()
    for name in names.split(",")
}


class _Faulty(Exception):
    """What makes a row faulty; `column` is where."""

    def __init__(self, reason: Reason, column: Column | None = None, **details: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column
        self.details = details


class _Reading:
    """Reads the rows below one header, one after the other, and remembers which numbers it has met."""

    def __init__(self, headings: Sequence[str], workshop_day: date, letters: str) -> None:
        self._columns = columns_of(headings)
        self._headings = tuple(one_line(heading) for heading in headings)
        self._workshop_day = workshop_day
        self._letters = rf"|{re.escape(letters)}[ -]?" if letters else ""
        self._row_of_number: dict[int, int] = {}
        known = self._columns.values()
        self.ignored = tuple(name for place, name in enumerate(self._headings) if name and place not in known)

    def read(self, row: Row) -> Proposal | Problem:
        try:
            return self._proposal(row)
        except _Faulty as faulty:
            column = "" if faulty.column is None else self._headings[self._columns[faulty.column]]
            return Problem(row.number, faulty.reason, column, faulty.details)

    def _proposal(self, row: Row) -> Proposal:
        cells = self._cells(row)
        number = self._number(cells[Column.NUMBER])
        # A number is taken even when its row is faulty otherwise: once that is mended, both rows would have it.
        first_row = row.number if number is None else self._row_of_number.setdefault(number, row.number)
        _check_cells(cells)
        if number is None and tidy(cells[Column.NUMBER]):
            value = one_line(cells[Column.NUMBER])
            raise _Faulty(Reason.NOT_A_NUMBER, Column.NUMBER, value=value, limit=str(NUMBER_LIMIT))
        if first_row != row.number:
            raise _Faulty(Reason.NUMBER_TWICE, Column.NUMBER, value=str(number), first_row=str(first_row))
        text = _text(cells[Column.TEXT])
        land, topic = _land(one_line(cells[Column.LAND])), _topic(one_line(cells[Column.TOPIC]))
        visibility = _visibility(one_line(cells[Column.VISIBILITY]))
        due, due_note = self._due(one_line(cells[Column.DUE]))
        return Proposal(
            row=row.number,
            number=number,
            text=text,
            owner=one_line(cells[Column.OWNER]),
            place=one_line(cells[Column.PLACE]),
            land=land,
            topic=topic,
            partners=tidy(cells[Column.PARTNERS]),
            first_step=tidy(cells[Column.FIRST_STEP]),
            due=due,
            due_note=due_note,
            visibility=visibility,
        )

    def _cells(self, row: Row) -> Mapping[Column, str]:
        """The row's cells by column, empty where the sheet has no such column."""
        if row.open_quote:
            raise _Faulty(Reason.OPEN_QUOTE)
        expected = len(self._headings)
        if len(row.cells) != expected:
            raise _Faulty(Reason.WRONG_COLUMNS, found=str(len(row.cells)), expected=str(expected))
        return dict.fromkeys(Column, "") | {column: row.cells[position] for column, position in self._columns.items()}

    def _number(self, cell: str) -> int | None:
        written = re.fullmatch(
            rf"(?:(?:Nr\.?|No\.?|#) ?{self._letters})?(\d{{1,9}})(?:\.|[.,]0)?", one_line(cell), re.I
        )
        number = int(written[1]) if written else 0
        return number if 1 <= number <= NUMBER_LIMIT else None

    def _due(self, cell: str) -> tuple[date | None, str]:
        latest = months_after(self._workshop_day, LATEST_MONTHS)
        try:
            due = read_due(cell, self._workshop_day)
        except NoSuchDay as error:
            raise _Faulty(Reason.NO_SUCH_DAY, Column.DUE, value=cell) from error
        if due is None:
            return None, cell
        if due < self._workshop_day:
            day = f"{self._workshop_day:%d.%m.%Y}"
            raise _Faulty(Reason.BEFORE_WORKSHOP, Column.DUE, value=cell, workshop_day=day)
        if due > latest:
            raise _Faulty(Reason.TOO_FAR, Column.DUE, value=cell, latest=f"{latest:%d.%m.%Y}")
        return due, ""


def _header(rows: Iterable[Row]) -> Row:
    return max(islice(rows, _HEADER_WITHIN), key=lambda row: recognised(row.cells), default=Row(1, ()))


def _is_blank(row: Row) -> bool:
    return not row.open_quote and not any(map(tidy, row.cells))


def _check_cells(cells: Mapping[Column, str]) -> None:
    """Raise for what is wrong with cells as such, the gravest first."""
    for column, cell in cells.items():
        if is_broken(cell):
            raise _Faulty(Reason.BROKEN_CHARACTERS, column)
    for column, cell in cells.items():
        if (length := len(tidy(cell))) > TEXT_LIMIT:
            raise _Faulty(Reason.TOO_LONG, column, length=str(length), limit=str(TEXT_LIMIT))
    for column, cell in cells.items():
        if is_formula(cell):
            raise _Faulty(Reason.FORMULA, column)


def _text(cell: str) -> str:
    if text := tidy(cell):
        return text
    raise _Faulty(Reason.ONLY_BLANKS if cell else Reason.NO_TEXT, Column.TEXT)


def _land(cell: str) -> Land | None:
    if (land := Land.parse(cell)) is None and cell:
        raise _Faulty(Reason.UNKNOWN_LAND, Column.LAND, value=cell)
    return land


def _topic(cell: str) -> Topic | None:
    if (topic := Topic.parse(cell)) is None and cell:
        raise _Faulty(Reason.UNKNOWN_TOPIC, Column.TOPIC, value=cell, known=", ".join(Topic))
    return topic


def _visibility(cell: str) -> Visibility:
    """Without a word the narrowest: only the team."""
    if (visibility := _VISIBILITIES.get(fold(cell))) is None and cell:
        raise _Faulty(Reason.UNKNOWN_VISIBILITY, Column.VISIBILITY, value=cell)
    return visibility or Visibility.TEAM
