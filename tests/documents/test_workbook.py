"""Workbooks as offices keep them."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from bot.documents.pledge_sheet import Reason, Unreadable, UnreadableSheet, read_sheet

DAY = date(2025, 7, 9)
HEAD = ("Nr", "Versprechen", "Wer", "Bis wann")


def workbook(*sheets: tuple[str, list[tuple]], hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook of these sheets, each with its name and rows."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "dd.mm.yyyy", "strings_to_formulas": False}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
            else:
                sheet.activate()
                sheet.set_first_sheet()
    return content.getvalue()


def test_an_office_s_workbook() -> None:
    rows = [
        ("Versprechen der Werkstatt Berlin",),
        (),
        HEAD,
        (7, "Bürgerbüro im „alten Bahnhof“;\neröffnen", "Stadt", date(2025, 10, 31)),
        (),
        (8.0, "Chor", "Verein", "Herbst"),
        ("", "Bänke", "", 2026),
    ]
    sheet = read_sheet(workbook(("Übersicht", [("Stand", "heute")]), ("Liste", rows)), DAY, "BER")
    assert sheet.problems == ()
    assert [(one.row, one.number, one.owner, one.due, one.due_note) for one in sheet.proposals] == [
        (4, 7, "Stadt", date(2025, 10, 31), ""),
        (6, 8, "Verein", None, "Herbst"),
        (7, None, "", None, "2026"),
    ]
    assert sheet.proposals[0].text == "Bürgerbüro im „alten Bahnhof“;\neröffnen"


def test_what_is_hidden_is_not_read() -> None:
    old = [HEAD, (1, "Alt", "", ""), (2, "Älter", "", "")]
    content = workbook(("alt", old), ("neu", [HEAD[1:], ("Neu", "Amt", "")]), hidden=("alt",))
    assert [one.text for one in read_sheet(content, DAY).proposals] == ["Neu"]


def test_faulty_rows_bear_the_spreadsheet_s_numbers() -> None:
    rows = [HEAD, (1, "Gut", "", ""), (1, "Doppelt", "", ""), ("", "", "Amt", ""), ("", "=HYPERLINK(1)", "", "")]
    sheet = read_sheet(workbook(("Liste", rows)), DAY)
    assert [(problem.row, problem.reason) for problem in sheet.problems] == [
        (3, Reason.NUMBER_TWICE), (4, Reason.NO_TEXT), (5, Reason.FORMULA),
    ]  # fmt: skip


def packed(**files: str) -> bytes:
    """An archive of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (workbook(("leer", [])), Unreadable.NO_HEADER),
        (workbook(("weg", [HEAD]), ("da", [("Brief",)]), hidden=("weg",)), Unreadable.NO_HEADER),
        (workbook(("Liste", [HEAD]))[:-300], Unreadable.WORKBOOK),
        (packed(xl__workbook_xml="<workbook>"), Unreadable.WORKBOOK),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), Unreadable.WORKBOOK),
        (packed(xl__workbook_xml="", xl__worksheets__a_xml=" " * 70_000_000), Unreadable.TOO_BIG),
        (packed(xl__workbook_xml="", xl__worksheets__a_xml='<c r="A1"/>' + " " * 65_530 + '<c r="XFD1048576"/>'),
         Unreadable.TOO_BIG),
    ],
    ids=["empty", "hidden", "torn", "hollow", "opendocument", "bomb", "far corner"],
)  # fmt: skip
def test_what_cannot_be_read_says_why(content: bytes, reason: Unreadable) -> None:
    with pytest.raises(UnreadableSheet) as raised:
        read_sheet(content, DAY)
    assert raised.value.reason is reason
