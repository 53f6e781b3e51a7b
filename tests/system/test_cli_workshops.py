"""Workshops, sheets and the status, as an organiser at the terminal has them."""

import csv
import stat
from pathlib import Path

import pytest

from tests.system.commands import ROOT, CommandLine

SAMPLES = ROOT / "tests" / "samples"
BERLIN = ("--name", "Werkstatt der Mutigen Berlin", "--date", "09.07.2025", "--land", "Berlin")
NOBODY = "http://127.0.0.1:9"
"""Nobody listens there."""


@pytest.fixture
def berlin(worthalten: CommandLine) -> CommandLine:
    """With one workshop and no channel."""
    worthalten.configure()
    assert worthalten("workshop", "new", *BERLIN).code == 0
    return worthalten


def test_a_workshop_in_one_command(worthalten: CommandLine, telegram: str) -> None:
    worthalten.configure(telegram)
    made = worthalten("workshop", "new", *BERLIN, "--json")
    assert made.code == 0
    code = made.json["code"]
    assert made.json == {
        "id": 1, "letters": "BER", "code": code, "deadline": "2026-01-09",
        "links": {"telegram": f"https://t.me/worthalten_bot?start={code}"},
    }  # fmt: skip
    again = worthalten("workshop", "new", "--name", "Nord", "--date", "2025-11-21", "--land", "sh", "--letters", "xyz")
    assert again.code == 0
    listed = worthalten("workshop", "list", "--json").json
    assert [(one["letters"], one["land"], one["date"]) for one in listed] == [
        ("XYZ", "SH", "2025-11-21"), ("BER", "BE", "2025-07-09"),
    ]  # fmt: skip
    assert "Werkstatt der Mutigen Berlin" in worthalten("workshop", "list").out


def test_the_bots_name_is_asked_once(worthalten: CommandLine, telegram: str) -> None:
    worthalten.configure(telegram)
    worthalten("workshop", "new", *BERLIN)
    worthalten.configure(NOBODY)
    later = worthalten("workshop", "new", *BERLIN, "--json")
    assert later.json["links"]["telegram"].startswith("https://t.me/worthalten_bot?start=")


def test_without_the_platform_there_is_no_link_and_a_reason(worthalten: CommandLine) -> None:
    worthalten.configure(NOBODY)
    made = worthalten("workshop", "new", *BERLIN, "--json")
    assert made.code == 0
    assert made.json["links"] == {"telegram": None}
    assert "There is no link for telegram yet: no connection to Telegram." in made.err


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--date", "31.02.2025"), "“31.02.2025” is no day"),
        (("--date", "0001-01-01"), "“0001-01-01” is no day"),
        (("--land", "Tirol"), "“Tirol” is no Land"),
        (("--letters", "B3R"), "“B3R” does not work"),
        (("--name", " "), "Please give the workshop a name"),
    ],
)
def test_what_does_not_fit_is_said(worthalten: CommandLine, wrong: tuple[str, str], said: str) -> None:
    worthalten.configure()
    result = worthalten("workshop", "new", *BERLIN, *wrong)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert result.err.count("\n") == 1
    assert not (worthalten.directory / "worthalten.db").exists()


def test_letters_that_are_taken(berlin: CommandLine) -> None:
    result = berlin("workshop", "new", *BERLIN, "--letters", "BER")
    assert result.code == 1
    assert "Another workshop has the letters BER already" in result.err


def test_the_sample_comes_in_once(berlin: CommandLine) -> None:
    counts = {"valid": 160, "faulty": 0, "problems": []}
    sheet = SAMPLES / "pledges.csv"
    dry = berlin("import", sheet, "--workshop", "BER", "--dry-run", "--json")
    first = berlin("import", sheet, "--workshop", "BER", "--json")
    second = berlin("import", sheet, "--workshop", "1", "--json")
    assert dry.json == first.json == counts | {"new": 160, "changed": 0, "unchanged": 0}
    assert second.json == counts | {"new": 0, "changed": 0, "unchanged": 160}
    assert [dry.code, first.code, second.code] == [0, 0, 0]
    [workshop] = berlin("status", "--json").json["workshops"]
    assert workshop["by_stage"] == {"proposed": 160}


def test_faulty_rows_stop_the_import_unless_told_otherwise(berlin: CommandLine) -> None:
    sheet = SAMPLES / "pledges-faulty.csv"
    rows = [int(line.split("\t")[1]) for line in (SAMPLES / "pledges-faulty.expected.tsv").read_text().splitlines()[1:]]
    refused = berlin("import", sheet, "--workshop", "BER", "--json")
    assert refused.code == 1
    assert [problem["row"] for problem in refused.json["problems"]] == rows
    assert all(problem["problem"].startswith(f"Row {problem['row']}: ") for problem in refused.json["problems"])
    assert "Nothing was imported" in refused.err
    assert berlin("workshop", "list", "--json").json[0]["pledges"] == 0

    told = berlin("import", sheet, "--workshop", "BER")
    assert told.code == 1
    assert sum(line.startswith("Row ") for line in told.out.splitlines()) == len(rows)

    taken = berlin("import", sheet, "--workshop", "BER", "--only-valid", "--json")
    assert taken.code == 0
    assert (taken.json["new"], taken.json["faulty"]) == (taken.json["valid"], len(rows))
    assert berlin("workshop", "list", "--json").json[0]["pledges"] == taken.json["valid"]


def test_the_list_for_mail_merge(worthalten: CommandLine, telegram: str, tmp_path: Path) -> None:
    worthalten.configure(telegram)
    worthalten("workshop", "new", *BERLIN)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Nr;Versprechen;Wer;Ort\n7;Hitzeplan.;- Amt;Haar\n", encoding="utf-8")
    done = worthalten("import", sheet, "--workshop", "BER", "--list", "claims.csv")
    assert done.code == 0
    claims = tmp_path / "claims.csv"
    assert stat.S_IMODE(claims.stat().st_mode) == 0o600
    with claims.open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file, delimiter=";")
    code = row["Code"]
    assert list(row.values())[:4] == ["BER-007", "'- Amt", "Haar", "Hitzeplan."]
    assert row["Link (telegram)"] == f"https://t.me/worthalten_bot?start={code}"
    again = worthalten("import", "--workshop", "BER", "--list", "claims.csv")
    assert again.code == 1
    assert "claims.csv exists already" in again.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("missing.csv", "--workshop", "BER"), 1, "missing.csv: No such file"),
        ((".", "--workshop", "BER"), 1, "Is a directory"),
        (("config.toml", "--workshop", "BER"), 1, "I find no column"),
        (("config.toml", "--workshop", "XYZ"), 1, "There is no workshop “XYZ”"),
        (("--workshop", "BER"), 2, "Please name the FILE"),
        (("config.toml",), 2, "--workshop is missing"),
    ],
)
def test_what_cannot_be_imported(berlin: CommandLine, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = berlin("import", *arguments)
    assert result.code == code
    assert said in result.err
    assert result.err.count("\n") == 1


def test_the_status_of_an_empty_installation(worthalten: CommandLine) -> None:
    worthalten.configure()
    assert "There is no workshop yet" in worthalten("status").out
    status = worthalten("status", "--json").json
    assert status["workshops"] == []
    assert status["people"] == {"joined": 0, "stopped": 0, "unreachable": 0}
    assert stat.S_IMODE((worthalten.directory / "worthalten.db").stat().st_mode) == 0o600


def test_the_material_for_the_day(worthalten: CommandLine, telegram: str, tmp_path: Path) -> None:
    worthalten.configure(telegram)
    worthalten("workshop", "new", *BERLIN)
    (tmp_path / "sheet.csv").write_text("Nr;Versprechen\n7;Hitzeplan.\n", encoding="utf-8")
    worthalten("import", "sheet.csv", "--workshop", "BER")
    (tmp_path / "print").mkdir()
    done = worthalten("workshop", "material", "BER", "--into", "print")
    assert done.code == 0
    files = [tmp_path / line for line in done.out.splitlines()]
    assert [file.name for file in files] == ["slide-BER.pdf", "cards-BER.pdf", "mail-merge-BER.csv"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert all(file.read_bytes().startswith(b"%PDF-") for file in files[:2])
    assert b"https://t.me/worthalten_bot?start=" in files[2].read_bytes()
    again = worthalten("workshop", "material", "BER", "--into", "print")
    assert again.code == 1
    assert "slide-BER.pdf exists already" in again.err


def test_all_pledges_as_a_file(berlin: CommandLine, tmp_path: Path) -> None:
    berlin("import", SAMPLES / "pledges.csv", "--workshop", "BER")
    for ending in ("xlsx", "csv", "json"):
        done = berlin("export", f"out.{ending}", "--workshop", "BER")
        assert (done.code, done.out) == (0, "")
        assert "Pledges: 160." in done.err
        assert stat.S_IMODE((tmp_path / f"out.{ending}").stat().st_mode) == 0o600
    again = berlin("import", "out.xlsx", "--workshop", "BER", "--dry-run", "--json")
    assert (again.json["faulty"], again.json["new"]) == (0, 0)
    assert berlin("export", "out.csv", "--workshop", "BER").code == 1
    assert berlin("export", "out.pdf", "--workshop", "BER").code == 2
