"""A report as a file: the words for what was counted, CSV, XLSX and JSON. Whatever is a file leaves the team, so that
its small numbers are hidden."""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import xlsxwriter

from bot.dialogue.words import OUTCOMES, SIDES, TOPICS, VERDICTS
from bot.documents.csv_file import csv_file
from bot.domain.land import Land
from bot.domain.pledge import Outcome, Side, Topic
from bot.domain.tally import LEAST, UNKNOWN, Dimension, Line, Obstacle, Tally, Verdict
from bot.texts import Speaker, mark

HIDDEN = "•"
"""What stands for a hidden number, as in official statistics."""


class Form(StrEnum):
    """The kinds of file."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    PNG = "png"
    DARK = "dark.png"
    PDF = "pdf"


MIMES = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv",
    Form.JSON: "application/json",
    Form.PNG: "image/png",
    Form.DARK: "image/png",
    Form.PDF: "application/pdf",
}
DIMENSIONS = {
    Dimension.SIDE: mark("By role"),
    Dimension.TOPIC: mark("By topic"),
    Dimension.LAND: mark("By Land"),
    Dimension.OBSTACLE: mark("By obstacle"),
}
OBSTACLES = {
    Obstacle.HELP: mark("Something in the way, help wanted"),
    Obstacle.NAMED: mark("Something in the way"),
    Obstacle.NONE: mark("Nothing in the way named"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A released quotation: whose outcome it explains, and the name where that was released, too."""

    reference: str
    outcome: str
    words: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a report shows: of which workshop(s), as of which day, the counts for outside, and what was released."""

    title: str
    day: date
    tally: Tally
    quotes: Sequence[Said] = ()


def key_label(t: Speaker, dimension: Dimension, key: str) -> str:
    """What people read for a key of a dimension."""
    if key == UNKNOWN:
        return t.plain("Not stated")
    match dimension:
        case Dimension.SIDE:
            return t.plain(SIDES[Side(key)])
        case Dimension.TOPIC:
            return t.plain(TOPICS[Topic(key)])
        case Dimension.LAND:
            return Land(key).label
    return t.plain(OBSTACLES[Obstacle(key)])


def number(value: int | None) -> str:
    """A number, or what stands for a hidden one."""
    return HIDDEN if value is None else str(value)


def as_of(t: Speaker, report: Report) -> str:
    """Where the numbers come from, in one line."""
    return t.plain(
        "As of {day}. What people say of themselves: {n} answers of {all} pledges.",
        day=t.day(report.day), n=number(report.tally.overall.answered), all=number(report.tally.overall.total),
    )  # fmt: skip


def how_counted(t: Speaker) -> str:
    """What the reader of a file has to know."""
    return t.plain(
        "{sign} stands for a hidden number: below {least}, or one from which such a number could be computed. No "
        "answer is counted apart, and so is what the team heard on the telephone.", sign=HIDDEN, least=LEAST,
    )  # fmt: skip


def report_file(report: Report, form: Form, t: Speaker) -> bytes:
    """The report as a file."""
    from bot.documents import report_chart, report_pages

    match form:
        case Form.XLSX:
            return _workbook(report, t)
        case Form.CSV:
            return csv_file(_headings(t), _rows(report, t))
        case Form.JSON:
            return json.dumps(as_data(report), ensure_ascii=False, indent=2).encode()
        case Form.PNG | Form.DARK:
            return report_chart.draw(report, t, dark=form is Form.DARK)
        case Form.PDF:
            return report_pages.closing_report(report, t)


def as_data(report: Report) -> dict[str, Any]:
    """The report for programs; a hidden number is None."""
    quotes = [{"pledge": q.reference, "outcome": q.outcome, "words": q.words, "name": q.name} for q in report.quotes]
    return {"title": report.title, "day": report.day.isoformat(), "self_reported": True, "hidden_below": LEAST,
            **report.tally.data(), "quotes": quotes}  # fmt: skip


def _headings(t: Speaker) -> tuple[str, ...]:
    return (t.plain("Table"), t.plain("Group"), t.plain("All"), t.plain("Answered (self-reported)"),
            *(t.plain(VERDICTS[verdict]) for verdict in Verdict))  # fmt: skip


def _rows(report: Report, t: Speaker) -> Iterator[tuple[str, ...]]:
    yield _row(t.plain("Everything"), "", report.tally.overall)
    for dimension, lines in report.tally.tables.items():
        for line in lines:
            yield _row(t.plain(DIMENSIONS[dimension]), key_label(t, dimension, line.key), line)
    yield (as_of(t, report),)
    yield (how_counted(t),)
    for quote in report.quotes:
        yield (t.plain("Quotation"), quote_source(t, quote), quote.words)


def quote_source(t: Speaker, quote: Said) -> str:
    """Who said it, as far as that was released, and about which outcome."""
    outcome = t.plain(OUTCOMES[Outcome(quote.outcome)])
    return f"{quote.name}, {outcome}" if quote.name else outcome


def _row(table: str, group: str, line: Line) -> tuple[str, ...]:
    return (table, group, number(line.total), number(line.answered),
            *(number(line.counts[verdict]) for verdict in Verdict))  # fmt: skip


def _workbook(report: Report, t: Speaker) -> bytes:
    """One sheet with all tables, one with what was released. Text cells are strings, so that nothing is computed."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(t.plain("Report"))
        sheet.write_string(0, 0, report.title, bold)
        sheet.write_string(1, 0, as_of(t, report))
        sheet.write_string(2, 0, how_counted(t))
        for column, heading in enumerate(_headings(t)):
            sheet.write_string(4, column, heading, bold)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 3 + len(Verdict), 13)
        lines = [row for row in _rows(report, t) if len(row) > 3]
        for place, row in enumerate(lines, start=5):
            for column, cell in enumerate(row):
                if column > 1 and cell.isdecimal():
                    sheet.write_number(place, column, int(cell))
                else:
                    sheet.write_string(place, column, cell)
        sheet.freeze_panes(5, 2)
        if report.quotes:
            said = book.add_worksheet(t.plain("Quotations"))
            said.set_column(0, 0, 30)
            said.set_column(1, 1, 90)
            for place, quote in enumerate(report.quotes):
                said.write_string(place, 0, quote_source(t, quote), wrap)
                said.write_string(place, 1, quote.words, wrap)
    return content.getvalue()
