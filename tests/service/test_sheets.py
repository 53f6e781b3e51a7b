"""A sheet sent into the chat: preview, then import, each as a job; and out again."""

import csv
import io
import json

import pytest
from python_calamine import CalamineWorkbook

from bot.dialogue.message import Kind
from bot.documents.pledge_sheet import read_sheet
from bot.documents.pledge_table import Form, pledge_table
from bot.service.hosting import Hosting, told
from bot.texts import speaker
from tests.service.looking import Look
from tests.service.test_rights import join_team
from tests.stage import Person, Stage

SHEET = b"Nr;Versprechen;Wer\r\n7;Hitzeplan.;Stadt Haar\r\n8;Chor.;Verein\r\n"
FORMULA = '=HYPERLINK("http://evil.example") im Rathaus'
FAULTY = b"Nr;Versprechen\r\n1;Gut.\r\n" + b"".join(b"%d;\r\n" % number for number in range(2, 9))


@pytest.fixture
def olga(stage: Stage) -> Person:
    """An organiser."""
    return join_team(stage, "Olga")


def send(person: Person, content: bytes, name: str = "liste.csv") -> list[str]:
    """Send a file; gives what the bot answers."""
    person.stage.platform.files["F1"] = content
    incoming = person.incoming("", Kind.FILE, file="F1", file_name=name)
    person.stage.takes(incoming)
    return person.hears()


def test_a_sheet_is_shown_and_then_imported(olga: Person, look: Look) -> None:
    soon, preview = send(olga, SHEET)
    assert soon == "One moment, I am reading the sheet."
    assert preview.splitlines() == [
        "Werkstatt Berlin: this would come of the sheet:", "2 new · 0 changed · 0 unchanged · 0 faulty",
    ]  # fmt: skip
    assert look("pledges", "reference") == []
    olga.taps("Import")
    assert "2 new · 0 changed" in olga.hears()[-1]
    assert look("pledges", "reference") == ["BER-007", "BER-008"]
    send(olga, SHEET.replace(b"Chor", b"Orchester"))
    olga.taps("Import")
    assert "0 new · 1 changed · 1 unchanged · 0 faulty" in olga.hears()[-1]
    assert look("jobs", "id") == []
    actions = look("audit", "action", "subject")
    assert [action for action in actions if action[0] != "join team"] == [
        ("sheet", ""),
        ("ConfirmingImport", "yes"),
    ] * 2


def test_every_faulty_row_has_its_reason(olga: Person, look: Look) -> None:
    _, preview = send(olga, FAULTY)
    assert "1 new · 0 changed · 0 unchanged · 7 faulty" in preview
    assert "Row 3: the pledge has no text." in preview
    file = olga.newest.message.attachment
    assert file is not None
    assert len(file.content.decode("utf-8-sig").splitlines()) == 7
    assert olga.newest.labels == ["Import the valid rows", "No, leave it"]
    olga.taps("No")
    assert olga.hears() == ["Good, nothing is imported."]
    assert look("pledges", "reference") == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Liebe Leute"])
def test_what_is_no_sheet_is_said(olga: Person, content: bytes) -> None:
    answer = send(olga, content)[-1]
    assert any(words in answer for words in ("nothing in this file", "cannot read this file", "no column"))
    assert olga.newest.labels == []


def test_others_cannot_import(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    before = send(anna, SHEET, "bild.jpg")
    assert send(anna, SHEET) == before
    reader = join_team(stage, "Rita")
    assert look("jobs", "id") == []
    assert reader.hears() == []


def test_which_workshop(stage: Stage, look: Look) -> None:
    stage.workshop("Werkstatt Kiel", letters="KIE", code="KKKK2345")
    udo = stage.appoint("Udo")
    assert send(udo, SHEET) == ["Für welche Werkstatt ist diese Liste?"]
    udo.taps("KIE")
    udo.taps("Importieren")
    assert look("pledges", "reference") == ["KIE-007", "KIE-008"]


@pytest.mark.parametrize("form", Form)
def test_the_pledges_in_the_chat_as_a_file_of_each_kind(olga: Person, form: Form) -> None:
    send(olga, SHEET)
    olga.taps("Import")
    olga.says("/workshop")
    olga.taps("Export")
    assert olga.newest.labels == ["Excel", "CSV", "JSON"]
    olga.taps({"xlsx": "Excel", "csv": "CSV", "json": "JSON"}[form])
    file = olga.newest.message.attachment
    assert file is not None
    assert file.name == f"pledges-BER.{form}"
    if form is not Form.XLSX:
        assert "Hitzeplan." in file.content.decode()
        return
    [_, first, _] = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert first[:3] == ["BER-007", "Hitzeplan.", "Stadt Haar"]


@pytest.mark.parametrize("form", [Form.XLSX, Form.CSV])
def test_what_was_exported_can_be_imported(stage: Stage, form: Form) -> None:
    anna = stage.maker("Anna", "Wir öffnen die „alte; Schmiede“\nbis Ende Oktober")
    anna.says("/update Läuft")
    stage.maker("Bert", FORMULA)
    workshop = Hosting(stage.installation).find("BER")
    assert workshop
    pledges = told(stage.installation, workshop)
    content = pledge_table(pledges, form, speaker("de"))
    again = read_sheet(content, workshop.day, "BER")
    assert [(one.number, one.text, one.due) for one in again.proposals][:1] == [(1, pledges[0].text, pledges[0].due)]


def test_formulas_are_defused_and_json_is_whole(stage: Stage) -> None:
    stage.maker("Bert", FORMULA)
    workshop = Hosting(stage.installation).find("BER")
    assert workshop
    pledges = told(stage.installation, workshop)
    rows = list(
        csv.reader(io.StringIO(pledge_table(pledges, Form.CSV, speaker("de")).decode("utf-8-sig")), delimiter=";")
    )
    assert rows[1][1] == "'" + FORMULA
    book = CalamineWorkbook.from_filelike(io.BytesIO(pledge_table(pledges, Form.XLSX, speaker("de"))))
    assert book.get_sheet_by_index(0).to_python()[1][1] == FORMULA
    [one] = json.loads(pledge_table(pledges, Form.JSON, speaker("de")))
    assert (one["reference"], one["text"], one["due"]) == ("BER-001", FORMULA, "2026-01-09")
    assert "maker_id" not in one
