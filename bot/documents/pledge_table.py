"""The pledges of a workshop as a file: XLSX, CSV or JSON. What was exported can be imported again."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum

import xlsxwriter

from bot.dialogue.words import OUTCOMES, STANDINGS
from bot.documents.csv_file import csv_file
from bot.documents.headings import Column
from bot.domain.pledge import Pledge, Stage, Visibility
from bot.texts import Speaker, mark


class Form(StrEnum):
    """The kinds of file."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


MIMES = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv",
    Form.JSON: "application/json",
}
STAGES = {
    Stage.PROPOSED: mark("not claimed yet"),
    Stage.RUNNING: mark("running"),
    Stage.CLOSED: mark("closed"),
    Stage.WITHDRAWN: mark("withdrawn"),
}
_VISIBILITIES = {Visibility.TEAM: "nur Team", Visibility.WORKSHOP: "Werkstatt", Visibility.PUBLIC: "öffentlich"}
TOLD_EVERY = 100
"""So many rows are written before it is told how many."""
_WIDTHS = (10, 70, 30, 20, 20, 16, 30, 30, 14, 14, 18, 16, 14, 20, 40)


def pledge_table(
    pledges: Sequence[Pledge], form: Form, t: Speaker, tell: Callable[[int, int], None] = lambda done, total: None
) -> bytes:
    """All that a team may know of these pledges, one a row. `tell` hears from time to time how many of how many rows
    are written."""
    counted = _counted(pledges, tell)
    match form:
        case Form.XLSX:
            return _workbook(counted, len(pledges), t)
        case Form.CSV:
            return csv_file(_headings(t), (_row(pledge, t) for pledge in counted))
        case Form.JSON:
            told = [dict(_data(pledge)) for pledge in counted]
            return json.dumps(told, ensure_ascii=False, indent=2, default=str).encode()


def _counted(pledges: Sequence[Pledge], tell: Callable[[int, int], None]) -> Iterator[Pledge]:
    for number, pledge in enumerate(pledges, start=1):
        yield pledge
        if number % TOLD_EVERY == 0 or number == len(pledges):
            tell(number, len(pledges))


def _headings(t: Speaker) -> tuple[str, ...]:
    """The first ten are those of an import."""
    return (
        *Column,
        t.plain("Stage"),
        t.plain("Standing"),
        t.plain("Last answer"),
        t.plain("Outcome"),
        t.plain("Words"),
    )


def _row(pledge: Pledge, t: Speaker) -> tuple[str, ...]:
    return (
        pledge.reference, pledge.text, pledge.owner, pledge.place, pledge.land.label if pledge.land else "",
        pledge.topic or "", pledge.partners, pledge.first_step, pledge.due_note or f"{pledge.due:%d.%m.%Y}",
        _VISIBILITIES[pledge.visibility], t.plain(STAGES[pledge.stage]),
        t.plain(STANDINGS[pledge.standing][1]) if pledge.standing else "",
        f"{pledge.standing_at:%d.%m.%Y}" if pledge.standing_at else "",
        t.plain(OUTCOMES[pledge.outcome]) if pledge.outcome else "", pledge.outcome_note,
    )  # fmt: skip


def _data(pledge: Pledge) -> Iterator[tuple[str, object]]:
    for name in pledge.__slots__:
        if name not in ("workshop_id", "maker_id"):
            value = getattr(pledge, name)
            yield name, value.isoformat() if hasattr(value, "isoformat") else value


def _workbook(pledges: Iterable[Pledge], count: int, t: Speaker) -> bytes:
    """Every cell is text, so that nothing in it is computed or becomes a link."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(t.plain("Pledges"))
        head, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for column, (heading, width) in enumerate(zip(_headings(t), _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, head)
        for number, pledge in enumerate(pledges, start=1):
            for column, cell in enumerate(_row(pledge, t)):
                sheet.write_string(number, column, cell, wrapped)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(1, count), len(_WIDTHS) - 1)
    return content.getvalue()
