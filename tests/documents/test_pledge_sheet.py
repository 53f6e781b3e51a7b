import codecs
import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.pledge_sheet import Proposal, Sheet, read_sheet
from bot.documents.problems import Reason, Unreadable, UnreadableSheet, sentence, unreadable_sentence
from bot.domain.land import Land
from bot.domain.pledge import Topic, Visibility

SAMPLES = Path(__file__).parent.parent / "samples"
WORKSHOP_DAY = date(2025, 7, 9)
HEADER = "Nr;Versprechen;Wer;Ort;Land;Thema;Partner;Erster Schritt;Bis wann;Sichtbarkeit"


def read(text: str, encoding: str = "cp1252") -> Sheet:
    return read_sheet(text.encode(encoding), WORKSHOP_DAY)


def rows(*lines: str) -> Sheet:
    return read("\r\n".join((HEADER, *lines)) + "\r\n")


def pledge(**cells: str) -> str:
    """One row of the sheet: these cells, the others empty, and some text."""
    cell = dict.fromkeys(("nr", "land", "topic", "step", "due", "visibility"), "") | {"text": "Mehr Bänke."} | cells
    return "{nr};{text};;;{land};{topic};;{step};{due};{visibility}".format(**cell)


def only(sheet: Sheet) -> Proposal:
    assert sheet.problems == ()
    (proposal,) = sheet.proposals
    return proposal


def reasons(sheet: Sheet) -> list[tuple[int, Reason]]:
    return [(problem.row, problem.reason) for problem in sheet.problems]


def test_the_160_pledges_of_july_are_read_without_a_fault() -> None:
    sheet = read_sheet((SAMPLES / "pledges.csv").read_bytes(), WORKSHOP_DAY)

    assert sheet.problems == ()
    assert [proposal.number for proposal in sheet.proposals] == list(range(1, 161))
    assert all(proposal.text and proposal.land and proposal.topic for proposal in sheet.proposals)
    first, second = sheet.proposals[:2]
    assert first == Proposal(
        row=2,
        number=1,
        text="Bis Jahresende können Gewerbe bei uns komplett online angemeldet werden – ohne Unterschrift auf Papier.",
        owner="Stadtverwaltung Herrenberg",
        place="Herrenberg",
        land=Land.BW,
        topic=Topic.ADMINISTRATION,
        partners="Landkreis Böblingen, Handwerkskammer",
        first_step="Formular mit drei Betrieben aus dem Ort testen",
        due=date(2025, 12, 31),
        due_note="",
        visibility=Visibility.PUBLIC,
    )
    assert (second.due, second.due_note, second.visibility) == (None, "", Visibility.TEAM)


def test_the_faulty_sheet_has_exactly_its_known_faults() -> None:
    expected = {
        "missing pledge text": Reason.NO_TEXT,
        "unknown Land": Reason.UNKNOWN_LAND,
        "unknown topic": Reason.UNKNOWN_TOPIC,
        "date before the workshop": Reason.BEFORE_WORKSHOP,
        "pledge too long": Reason.TOO_LONG,
        "duplicate number": Reason.NUMBER_TWICE,
        "formula injection": Reason.FORMULA,
        "wrong column count": Reason.WRONG_COLUMNS,
        "pledge is only whitespace": Reason.ONLY_BLANKS,
        "control characters in the pledge": Reason.BROKEN_CHARACTERS,
        "mixed encodings": Reason.BROKEN_CHARACTERS,
        "absurd date": Reason.NO_SUCH_DAY,
    }
    with (SAMPLES / "pledges-faulty.expected.tsv").open(encoding="utf-8", newline="") as file:
        faults = [(int(line["excel_row"]), line["expected problem"]) for line in csv.DictReader(file, delimiter="\t")]

    sheet = read_sheet((SAMPLES / "pledges-faulty.csv").read_bytes(), WORKSHOP_DAY)

    assert reasons(sheet) == [(row, expected[said.split(" (")[0]]) for row, said in faults]
    assert [proposal.number for proposal in sheet.proposals] == [
        161, 163, 165, 167, 170, 171, 173, 175, 178, 180, 182, 183, 184
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_every_way_in_which_spreadsheets_write_csv(encoding: str, delimiter: str, line_end: str) -> None:
    text = line_end.join(
        (
            delimiter.join(("Nr", "Versprechen", "Partner")),
            delimiter.join(("7", f'"Wir öffnen;, das ""Café"" für 5 €{line_end}auch samstags"', "Bürgerstiftung")),
            delimiter.join(("8", "Mehr Bänke", "")),
        )
    )
    sheet = read(text, encoding)

    assert sheet.problems == ()
    assert [(proposal.row, proposal.number, proposal.text, proposal.partners) for proposal in sheet.proposals] == [
        (2, 7, 'Wir öffnen;, das "Café" für 5 €\nauch samstags', "Bürgerstiftung"),
        (3, 8, "Mehr Bänke", ""),
    ]


def test_one_row_in_another_encoding_does_not_decide_for_all() -> None:
    good, other = pledge(text="Bürgerbüro"), pledge(text="Fußgängerzone")
    ours = "\r\n".join((HEADER, good, good, "")).encode()

    mixed = read_sheet(ours + other.encode("cp1252"), WORKSHOP_DAY)

    assert [proposal.text for proposal in mixed.proposals] == ["Bürgerbüro", "Bürgerbüro"]
    assert reasons(mixed) == [(4, Reason.BROKEN_CHARACTERS)]


def test_columns_come_in_any_order_under_the_names_of_offices() -> None:
    sheet = read(
        "Liste der Werkstatt;;;;\r\n\r\nFällig am;Bundesland;Laufende Nummer;Text des Versprechens;Bemerkung\r\n"
        "31.10.2025;nordrhein westfalen;3;Hitzeplan;intern\r\n"
    )
    proposal = only(sheet)

    assert (proposal.row, proposal.number, proposal.text) == (4, 3, "Hitzeplan")
    assert (proposal.due, proposal.land) == (date(2025, 10, 31), Land.NW)
    assert sheet.ignored == ("Bemerkung",)


def test_english_names() -> None:
    proposal = only(read("No,Pledge,Who,By when,Visibility\n1,More benches,City of Siegen,2025-10-31,public\n"))

    assert (proposal.number, proposal.owner, proposal.due) == (1, "City of Siegen", date(2025, 10, 31))
    assert proposal.visibility is Visibility.PUBLIC


def test_the_plainest_of_several_names_counts() -> None:
    sheet = read("Kontakt;Wer;Versprechen\r\nFrau Muster;Stadt Siegen;Hitzeplan\r\n")

    assert only(sheet).owner == "Stadt Siegen"
    assert sheet.ignored == ("Kontakt",)


def test_blank_rows_count_as_rows_and_are_no_fault() -> None:
    sheet = rows(pledge(), ";;;;;;;;;", "", pledge(text="Hitzeplan"))

    assert [proposal.row for proposal in sheet.proposals] == [2, 5]
    assert sheet.problems == ()


def test_excels_note_on_the_separator_is_no_row() -> None:
    assert only(read(f"sep=;\r\n{HEADER}\r\n{pledge()}")).row == 2


@pytest.mark.parametrize("text", ["", " ", "\u00a0", '"\r\n"', "\u200b\ufeff", "\u2003\u00ad"])
def test_a_pledge_needs_a_text(text: str) -> None:
    (problem,) = read(f"{HEADER}\r\n{pledge(text=text, land='Bayern')}", "utf-8").problems

    assert problem.reason is (Reason.ONLY_BLANKS if text else Reason.NO_TEXT)


def test_2000_characters_are_not_too_long() -> None:
    assert reasons(rows(pledge(text="ä" * 2000), pledge(text="ä" * 2001))) == [(3, Reason.TOO_LONG)]


def test_no_cell_may_be_endless() -> None:
    assert reasons(rows(pledge(step="x" * 2001))) == [(2, Reason.TOO_LONG)]


@pytest.mark.parametrize(
    "text",
    [
        '"=HYPERLINK(""http://example.org"";""hier"")"',
        "=1+1",
        "= SUMME(A1:A9)",
        "＝1+1",
        "\t=1+1",
        " =1+1",
        "\u200b=1+1",
        '"+SUM(A1;A2)"',
        "-2+3+cmd|' /C calc'!A0",
        "=cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "@WEBSERVICE(A1)",
        "-A1",
        "+1-2",
        "--1+Tabelle1!B2",
        '"\r=1+1"',
    ],
)
def test_what_a_spreadsheet_would_run_is_a_formula(text: str) -> None:
    assert [p.reason for p in read(f"{HEADER}\r\n{pledge(text=text)}", "utf-8").problems] == [Reason.FORMULA]


@pytest.mark.parametrize(
    "text",
    [
        "Formel für unsere Wärmewende: Gebäude + Netz = bezahlbar",
        "- Bank aufstellen",
        "- Bank(en) aufstellen",
        "-5 % Gas",
        "+++ Neu +++",
        "+49 30 123456",
        "@ alle: wir fangen an",
        "@lisa",
        "=> Bürgerbus",
        "– Kein Papier mehr –",
        "„Kein Papier mehr“",
        "- Haus | Hof gemeinsam!",
    ],
)
def test_what_a_spreadsheet_would_show_is_text(text: str) -> None:
    assert only(read(f"{HEADER}\r\n{pledge(text=text)}", "utf-8")).text == text


def test_a_formula_is_found_in_every_column() -> None:
    assert reasons(rows(pledge(step="=A1"), pledge(due="=HEUTE()"), pledge(nr="=ZEILE()"))) == [
        (2, Reason.FORMULA),
        (3, Reason.FORMULA),
        (4, Reason.FORMULA),
    ]


@pytest.mark.parametrize(
    "text", ["Bank\x07", "BÃ¼rgerbÃ¼ro", "fÃ¼r 5 â‚¬", "Caf\ufffd", "\u202eabc", "\x00Bank", "â€žJaâ€œ"]
)
def test_broken_characters(text: str) -> None:
    assert reasons(read(f"{HEADER}\r\n{pledge(text=text)}", "utf-8")) == [(2, Reason.BROKEN_CHARACTERS)]


@pytest.mark.parametrize("text", ["„Viel Spaß“", "São Paulo", "Â", "GRÜẞE – ÄÖÜ“", "👩‍🚒 und 🫨", "5 m² für 9 €"])
def test_unusual_characters_are_not_broken(text: str) -> None:
    assert only(read(f"{HEADER}\r\n{pledge(text=text)}", "utf-8")).text == text


@pytest.mark.parametrize(("nr", "number"), [("7", 7), ("007", 7), ("7.", 7), ("Nr. 7", 7), ("7,0", 7), ("BER-007", 7)])
def test_numbers(nr: str, number: int) -> None:
    sheet = read_sheet(f"{HEADER}\r\n{pledge(nr=nr)}".encode(), WORKSHOP_DAY, letters="BER")

    assert only(sheet).number == number


@pytest.mark.parametrize("nr", ["zwei", "-5", "0", "1.000", "100000", "MUC-007", "7a", "9" * 400])
def test_what_is_no_number(nr: str) -> None:
    sheet = read_sheet(f"{HEADER}\r\n{pledge(nr=nr)}".encode(), WORKSHOP_DAY, letters="BER")

    assert reasons(sheet) == [(2, Reason.NOT_A_NUMBER)]


def test_a_number_in_a_faulty_row_is_taken_all_the_same() -> None:
    sheet = rows(pledge(nr="7", land="Tirol"), pledge(nr="7"))

    assert reasons(sheet) == [(2, Reason.UNKNOWN_LAND), (3, Reason.NUMBER_TWICE)]
    assert sheet.problems[1].details["first_row"] == "2"


@pytest.mark.parametrize(
    "row", ["1;Bänke", f"{pledge()};mehr", f"{pledge()};", pledge(text="Bänke; Bäume"), 'Wir sagen "Ja;']
)
def test_wrong_columns(row: str) -> None:
    assert reasons(rows(pledge(), row, pledge())) == [(3, Reason.WRONG_COLUMNS)]


def test_a_quotation_that_never_ends_swallows_no_row_in_silence() -> None:
    sheet = rows(pledge(), pledge(text='"Wir sagen Ja'), pledge())

    assert len(sheet.proposals) == 1
    assert reasons(sheet) == [(3, Reason.OPEN_QUOTE)]


def test_a_huge_quotation_that_never_ends() -> None:
    assert reasons(rows(pledge(), '"' + "x\r\n" * 100_000)) == [(3, Reason.OPEN_QUOTE)]


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("31.10.2025", date(2025, 10, 31)),
        ("1.9.25", date(2025, 9, 1)),
        ("15. 10.", date(2025, 10, 15)),
        ("9.7.2025", date(2025, 7, 9)),
        ("9.7.", date(2026, 7, 9)),
        ("1.3.", date(2026, 3, 1)),
        ("9.7.2026", date(2026, 7, 9)),
        ("2025-10-31", date(2025, 10, 31)),
        ("bis 1. November", date(2025, 11, 1)),
        ("15.10.", date(2025, 10, 15)),
        ("15.10", date(2025, 10, 15)),
        ("31/10/2025", date(2025, 10, 31)),
        ("spätestens am 1.11.", date(2025, 11, 1)),
        ("KW 43", date(2025, 10, 24)),
        ("Ende Oktober", date(2025, 10, 31)),
        ("27./28.9.", date(2025, 9, 28)),
    ],
)
def test_dates(due: str, day: date) -> None:
    proposal = only(rows(pledge(due=due)))

    assert (proposal.due, proposal.due_note) == (day, "")


@pytest.mark.parametrize("note", ["Herbst", "nächste Sitzung", "sofort", "noch offen"])
def test_what_is_no_date_is_kept_as_a_note(note: str) -> None:
    proposal = only(rows(pledge(due=note)))

    assert (proposal.due, proposal.due_note) == (None, note)


@pytest.mark.parametrize(
    ("due", "reason"),
    [
        ("35.13.2025", Reason.NO_SUCH_DAY),
        ("30.2.", Reason.NO_SUCH_DAY),
        ("29.2.2026", Reason.NO_SUCH_DAY),
        ("31. September", Reason.NO_SUCH_DAY),
        ("30. Februar 2026", Reason.NO_SUCH_DAY),
        ("31.11.2025 (Rat)", Reason.NO_SUCH_DAY),
        ("0.0.0000", Reason.NO_SUCH_DAY),
        ("2025-02-30", Reason.NO_SUCH_DAY),
        ("8.7.2025", Reason.BEFORE_WORKSHOP),
        ("1. März 2025", Reason.BEFORE_WORKSHOP),
        ("10.7.2026", Reason.TOO_FAR),
        ("31.12.2035", Reason.TOO_FAR),
    ],
)
def test_dates_that_cannot_be(due: str, reason: Reason) -> None:
    assert reasons(rows(pledge(due=due))) == [(2, reason)]


@pytest.mark.parametrize(
    ("word", "visibility"),
    [
        ("", Visibility.TEAM),
        ("Nur Team", Visibility.TEAM),
        ("WERKSTATT", Visibility.WORKSHOP),
        ("Oeffentlich", Visibility.PUBLIC),
    ],
)
def test_visibility(word: str, visibility: Visibility) -> None:
    assert only(rows(pledge(visibility=word))).visibility is visibility


def test_an_unknown_visibility_is_asked_about_rather_than_guessed() -> None:
    assert reasons(rows(pledge(visibility="ja"))) == [(2, Reason.UNKNOWN_VISIBILITY)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Unreadable.EMPTY),
        (b"\r\n \r\n", Unreadable.EMPTY),
        (codecs.BOM_UTF8, Unreadable.EMPTY),
        (b"\0" * 5000, Unreadable.EMPTY),
        (b"PK\x03\x04 and so on", Unreadable.WORKBOOK),
        (b"\xd0\xcf\x11\xe0 and so on", Unreadable.WORKBOOK),
        (bytes(range(256)) * 40, Unreadable.NO_HEADER),
        (b"Nr;Wer\r\n1;Stadt", Unreadable.NO_HEADER),
        (b"Liebe Leute, hier kommt die Liste.", Unreadable.NO_HEADER),
        (b"Versprechen;Wer;Wer\r\nHitzeplan;a;b", Unreadable.TWO_COLUMNS),
        (b"x" * 2_000_001, Unreadable.TOO_BIG),
    ],
)
def test_a_file_that_is_no_sheet_of_pledges_says_why(content: bytes, reason: Unreadable) -> None:
    with pytest.raises(UnreadableSheet) as raised:
        read_sheet(content, WORKSHOP_DAY)

    assert raised.value.reason is reason
    assert "{" not in unreadable_sentence(raised.value, str.format)


def test_a_header_alone_is_an_empty_sheet() -> None:
    assert rows() == Sheet((), ())


def test_every_fault_of_the_sample_is_one_sentence_with_its_row() -> None:
    sheet = read_sheet((SAMPLES / "pledges-faulty.csv").read_bytes(), WORKSHOP_DAY)
    said = [sentence(problem, str.format) for problem in sheet.problems]

    assert said[3] == (
        "Row 9: the date “01.03.2025” lies before the workshop of 09.07.2025. "
        "Please correct it under “Bis wann”, or leave the cell empty."
    )
    assert said[7] == (
        "Row 16: 12 columns instead of 10. Please look for a semicolon, a comma or a line break within a cell, "
        "and save the sheet from your spreadsheet program once more."
    )
    assert all(line.startswith(f"Row {problem.row}: ") for line, problem in zip(said, sheet.problems, strict=True))
    assert (
        said[5]
        == "Row 13: the number 170 is already in row 11. Please give one of them another, or leave the cell empty."
    )


@pytest.mark.parametrize("text", ["-" + "(1)+" * 400 + "x", "+" * 1999 + "x", "-" + "A1+" * 600 + "ö", "a|" * 999])
def test_hostile_cells_do_not_hold_up_the_reading(text: str) -> None:
    assert only(rows(pledge(text=text))).text == text


@given(st.binary(max_size=300), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_no_bytes_below_a_header_bring_the_reading_down(junk: bytes, encoding: str) -> None:
    sheet = read_sheet(f"{HEADER}\r\n".encode(encoding) + junk, WORKSHOP_DAY)

    assert all(proposal.text for proposal in sheet.proposals)


@given(st.text(max_size=40, alphabet=st.sampled_from(" 0123456789.-/KWEndeOktMai2025äbis")))
def test_whatever_stands_under_due_is_a_day_in_reach_or_a_note_or_a_problem(due: str) -> None:
    sheet = read(f"{HEADER}\r\n{pledge(due=due)}", "utf-8")

    for proposal in sheet.proposals:
        assert proposal.due is None or WORKSHOP_DAY <= proposal.due <= date(2026, 7, 9)
        assert proposal.due is None or proposal.due_note == ""
    assert len(sheet.proposals) + len(sheet.problems) == 1
