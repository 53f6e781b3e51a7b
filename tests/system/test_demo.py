"""The demo as somebody tries it who has just installed it: no account, no configuration, an empty directory."""

import re
import subprocess
import sys
from pathlib import Path

import pexpect

COMMAND = [sys.executable, "-m", "bot", "demo"]


def test_a_half_year_on_a_terminal(tmp_path: Path) -> None:
    chat = pexpect.spawn(COMMAND[0], COMMAND[1:], cwd=tmp_path, encoding="utf-8", timeout=30, dimensions=(50, 100))
    chat.expect("Sind Sie einverstanden")
    chat.sendline("1")
    chat.expect("Was haben Sie sich vorgenommen")
    chat.sendline("Wir machen bis Ende Okt ein Reparaturcafe im Pfarrhaus auf")
    chat.expect("Freitag, 31. Oktober 2025")
    chat.sendline("+20d")
    chat.expect("Ist der erste Schritt getan")
    chat.expect("noch 6 Tage übrig")
    chat.sendline("ja")
    chat.expect("der erste Schritt ist getan")
    chat.sendline("+30d")
    chat.expect("Wie steht es um BER-001")
    chat.sendline("leuft")
    chat.expect("Notiert: BER-001")
    chat.sendline("/status")
    chat.expect("nächste Frage")
    chat.sendline("+30d")
    chat.expect("Wie steht es um BER-001")
    chat.sendline("ende")
    chat.expect("So stehen die Versprechen")
    chat.expect(pexpect.EOF)
    chat.close()
    assert chat.exitstatus == 0
    assert list(tmp_path.iterdir()) == []


def test_the_end_of_input_ends_it(tmp_path: Path) -> None:
    chat = pexpect.spawn(COMMAND[0], COMMAND[1:], cwd=tmp_path, encoding="utf-8", timeout=30)
    chat.expect("Sind Sie einverstanden")
    chat.sendeof()
    chat.expect(pexpect.EOF)
    chat.close()
    assert chat.exitstatus == 0


def test_without_a_terminal_it_tells_a_half_year(tmp_path: Path) -> None:
    told = subprocess.run(COMMAND, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    assert told.stderr == ""
    days = re.findall(r"── (\w+, \d+\. \w+ \d{4}), \d\d:\d\d ──", told.stdout)
    assert days[0] == "Mittwoch, 9. Juli 2025" and len(days) > 8
    transcript, table = told.stdout.split("So stehen die Versprechen")
    for said in (
        "Straßenbauamt antwortet",
        "Noch einmal kurz gefragt",
        "Wie soll ich weitermachen",
        "Damit ist BER-002 abgeschlossen",
    ):
        assert said in transcript
    assert re.search(r"BER-001 .* Zum Teil", table)
    assert re.search(r"BER-002 .* Erfüllt", table)
    assert re.search(r"BER-003 .* ohne Rückmeldung beendet", table)
