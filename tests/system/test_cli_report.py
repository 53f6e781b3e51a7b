"""`worthalten report`, as an administrator at the terminal has it."""

import csv
import io
import json

import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from tests.system.commands import CommandLine
from tests.system.test_cli_workshops import BERLIN, SAMPLES


@pytest.fixture
def berlin(worthalten: CommandLine) -> CommandLine:
    """With one workshop and imported pledges that nobody has claimed."""
    worthalten.configure()
    assert worthalten("workshop", "new", *BERLIN).code == 0
    assert worthalten("import", SAMPLES / "pledges.csv", "--workshop", "BER").code == 0
    return worthalten


def test_as_data(berlin: CommandLine) -> None:
    made = berlin("report", "--workshop", "BER", "--json")
    assert made.code == 0
    everybody = made.json["all"]
    assert made.json["title"] == "Werkstatt der Mutigen Berlin"
    assert everybody["n"] == 0
    berlin("report", "report.json")
    assert json.loads((berlin.directory / "report.json").read_text(encoding="utf-8"))["all"] == everybody


def test_as_a_file_of_each_kind(berlin: CommandLine) -> None:
    for name in ("r.csv", "r.xlsx", "r.png", "r.pdf"):
        made = berlin("report", name, "--workshop", "1")
        assert (made.code, made.err.strip()) == (0, f"Written to {name}.")
    read = {name: (berlin.directory / name).read_bytes() for name in ("r.csv", "r.xlsx", "r.png", "r.pdf")}
    assert len(list(csv.reader(io.StringIO(read["r.csv"].decode("utf-8-sig")), delimiter=";"))) > 3
    assert CalamineWorkbook.from_filelike(io.BytesIO(read["r.xlsx"])).sheet_names
    assert Image.open(io.BytesIO(read["r.png"])).size == (1080, 1350)
    assert read["r.pdf"].startswith(b"%PDF")
    berlin("report", "dark.png", "--dark")
    assert (berlin.directory / "dark.png").read_bytes() != read["r.png"]


def test_what_cannot_be_written(berlin: CommandLine) -> None:
    (berlin.directory / "there.csv").write_text("mine", encoding="utf-8")
    for arguments, code, said in (
        ((), 2, "Please name a FILE"),
        (("report.doc",), 2, "ends in xlsx, csv, png, pdf or json"),
        (("--format", "csv"), 2, "Please name the FILE to write."),
        (("r.csv", "--workshop", "XYZ"), 1, "There is no workshop “XYZ”"),
        (("there.csv",), 1, "there.csv"),
    ):
        result = berlin("report", *arguments)
        assert (result.code, said in result.err, result.err.count("\n")) == (code, True, 1), result.err
    assert (berlin.directory / "there.csv").read_text(encoding="utf-8") == "mine"
