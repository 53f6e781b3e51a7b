"""A report as files, as people open them."""

import csv
import io
from datetime import date

import pypdfium2
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from bot.documents.report import HIDDEN, Form, Report, Said, as_data, report_file
from bot.domain.tally import Dimension, Entry, Verdict, tally
from bot.texts import speaker

FORMULA = '=HYPERLINK("http://example.org")'
GERMAN = speaker("de")


@pytest.fixture
def report() -> Report:
    """Twenty kept, eight silent, and two that the team heard of."""
    parts = {Dimension.SIDE: "bundestag", Dimension.TOPIC: "Wohnen", Dimension.LAND: "BE", Dimension.OBSTACLE: "none"}
    counts = {Verdict.KEPT: 20, Verdict.NO_ANSWER: 8, Verdict.BY_TEAM: 2}
    entries = [Entry(verdict, parts) for verdict, count in counts.items() for _ in range(count)]
    quotes = [Said("BER-004", "kept", FORMULA, "Bauhof"), Said("BER-005", "kept", "Der Bauhof fing einfach an.")]
    return Report("Werkstatt Berlin", date(2026, 1, 20), tally(entries).shielded(), quotes)


def test_csv_computes_nothing_and_hides_small_numbers(report: Report) -> None:
    text = report_file(report, Form.CSV, GERMAN).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    overall = dict(zip(rows[0], rows[1], strict=True))
    assert (overall["Alle"], overall["Erfüllt"], overall["Laut Team"]) == ("30", "20", HIDDEN)
    assert ["Zitat", "Bauhof, Erfüllt", f"'{FORMULA}"] in rows
    assert "Selbstauskunft" in text


def test_a_workbook_has_numbers_and_no_formula(report: Report) -> None:
    content = report_file(report, Form.XLSX, GERMAN)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name("Bericht").to_python()
    assert rows[5][:5] == ["Gesamt", "", 30.0, 20.0, 20.0]
    assert book.get_sheet_by_name("Zitate").to_python()[0] == ["Bauhof, Erfüllt", FORMULA]
    assert b"<f>" not in content


@pytest.mark.parametrize(("form", "light"), [(Form.PNG, True), (Form.DARK, False)])
def test_the_picture_fills_a_phone(report: Report, form: Form, light: bool) -> None:
    picture = Image.open(io.BytesIO(report_file(report, form, GERMAN))).convert("L")
    assert picture.size == (1080, 1350)
    ground = picture.getpixel((5, 5))
    assert isinstance(ground, int)
    assert (ground > 200) is light
    edge = picture.crop((0, 0, 15, 1350)).getextrema()
    assert edge == (ground, ground), "no word runs over the edge"
    assert picture.getextrema() != (ground, ground)


def test_the_closing_report_says_it_in_words(report: Report) -> None:
    document = pypdfium2.PdfDocument(report_file(report, Form.PDF, GERMAN))
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    for words in ("Werkstatt Berlin", "Selbstauskunft", "Nach Thema", "Der Bauhof fing einfach an.", "Bauhof, Erfüllt"):
        assert words in text


def test_json_says_what_is_hidden(report: Report) -> None:
    data = as_data(report)
    assert data["all"] == data["all"] | {"n": 20, "of": 30}
    assert data["all"]["counts"]["by_team"] is None
    assert data["self_reported"]


@pytest.mark.parametrize("form", list(Form))
def test_of_nothing_there_is_a_report_too(form: Form) -> None:
    empty = Report("Werkstatt Berlin", date(2026, 1, 20), tally([]).shielded())
    assert report_file(empty, form, GERMAN)
