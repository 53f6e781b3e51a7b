"""How the command line behaves as such: help, mistakes, pipes; and what needs no configuration."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pexpect
import pytest

from tests.system.commands import ROOT, CommandLine


def test_help_names_the_commands_without_a_configuration(worthalten: CommandLine) -> None:
    result = worthalten("--help")
    assert result.code == 0
    for command in ("run", "check", "status", "import", "upgrade", "understand", "workshop"):
        assert f" {command} " in result.out
    assert worthalten("--version").out.startswith("worthalten ")


def test_the_terminal_speaks_german(worthalten: CommandLine) -> None:
    german = replace(worthalten, environ={})("import", "--workshop", "BER")
    assert german.code == 2
    assert "Bitte" in german.err


def test_the_configuration_chooses_the_language(worthalten: CommandLine) -> None:
    worthalten.configure(bot='language = "en"')
    assert "Please name the FILE" in replace(worthalten, environ={})("import", "--workshop", "BER").err


def test_what_is_shown_gives_no_orders_to_the_terminal(worthalten: CommandLine) -> None:
    worthalten.configure()
    worthalten("workshop", "new", "--name", "Werkstatt Berlin", "--date", "09.07.2025", "--land", "BE")
    sheet = worthalten.directory / "sheet.csv"
    sheet.write_text("Nr;Versprechen;Land\n\x1b[2Jx;Ein Haus;\x1b]0;Titel\x07\n", encoding="utf-8")
    for result in (
        worthalten("import", sheet, "--workshop", "BER"),
        worthalten("import", sheet, "--workshop", "\x1b[1m"),
    ):
        assert result.code == 1
        assert result.out + result.err
        assert not {"\x1b", "\x07"} & set(result.out + result.err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("dance",), "There is no command dance."),
        (("status", "--loud"), "There is no option --loud."),
        (("workshop", "new"), "--name is missing."),
        (("status",), "There is no config.toml here"),
        (("status", "--config", "nowhere.toml"), "There is no nowhere.toml"),
        (("--config", "nowhere.toml", "status"), "There is no nowhere.toml"),
        (("status", "--config"), "Please write the path of the configuration behind --config."),
        (("understand",), "Please give either a TEXT or --lines"),
        (("understand", "ja", "--context", "mood"), "There is no context “mood”"),
        (("understand", "ja", "--now", "soon"), "“soon” is no day"),
        (("understand", "ja", "--language", "fr"), "There is no language “fr”"),
    ],
)
def test_wrong_usage_is_one_sentence(worthalten: CommandLine, arguments: tuple[str, ...], said: str) -> None:
    result = worthalten(*arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("database", "code", "said"),
    [
        ("postgresql://anna:geheim@127.0.0.1:9/name", 1, "The database does not answer as it should"),
        ("mysql://anna:geheim@127.0.0.1/name", 2, "is no address that I know"),
        ("geheim", 2, "is no address that I know"),
        ("sqlite:///nowhere/geheim.db", 1, "its directory is missing"),
        ("sqlite:///config.toml", 1, "file is not a database"),
    ],
)
def test_a_database_that_is_none(worthalten: CommandLine, database: str, code: int, said: str) -> None:
    worthalten.configure()
    result = worthalten("status", WORTHALTEN_BOT__DATABASE=database)
    assert result.code == code
    assert said in result.err
    assert "anna:geheim" not in result.err
    assert "Traceback" not in result.err


def test_whoever_has_read_enough_may_go(worthalten: CommandLine) -> None:
    worthalten.configure()
    with worthalten.running("understand", "--lines", "/dev/stdin") as process:
        process.stdout.close()
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == ""


def test_ctrl_c_ends_quietly(worthalten: CommandLine) -> None:
    with pexpect.spawn(
        sys.executable,
        ["-m", "bot", "understand", "--lines", "-"],
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as terminal:
        terminal.sendline('{"text": "ja", "context": "yesno"}')
        terminal.expect('"intent": "yes"')
        terminal.sendintr()
        terminal.expect(pexpect.EOF)
        assert b"Traceback" not in terminal.before
        terminal.wait()
        assert terminal.exitstatus == 1


def test_one_message(worthalten: CommandLine) -> None:
    meant = worthalten("understand", "Läuft gut", "--context", "checkin")
    assert meant.json == {"intent": "on_track", "dates": []}
    day = worthalten(
        "understand", "Ende Oktober", "--context", "date", "--language", "de", "--now", "2025-10-01T10:00:00"
    )
    assert day.json == {"intent": "date", "dates": ["2025-10-31"]}


def test_the_day_of_an_instant_is_that_in_berlin(worthalten: CommandLine) -> None:
    late = worthalten("understand", "morgen", "--context", "date", "--now", "2025-10-01T23:30:00+00:00")
    assert late.json["dates"] == ["2025-10-03"]


def test_many_messages(worthalten: CommandLine) -> None:
    messages = [
        {"text": "yes", "context": "yesno", "language": "en"},
        {"text": "/status", "context": "free"},
        {"text": "🎉", "context": "checkin", "now": "2025-10-01"},
    ]
    lines = "\n".join(json.dumps(message) for message in messages)
    result = worthalten("understand", "--lines", "-", stdin=f"{lines}\n\n")
    assert [json.loads(line)["intent"] for line in result.out.splitlines()][:2] == ["yes", "status"]
    assert len(result.out.splitlines()) == 3
    (worthalten.directory / "lines.jsonl").write_text(lines, encoding="utf-8")
    assert worthalten("understand", "--lines", "lines.jsonl").out == result.out


def test_a_line_that_is_no_message(worthalten: CommandLine) -> None:
    result = worthalten("understand", "--lines", "-", stdin='{"text": "ja"}\n{"words": "ja"}\n')
    assert result.code == 1
    assert len(result.out.splitlines()) == 1
    assert result.err == "Line 2 cannot be read: it is no JSON object with a text\n"


def test_other_locales_change_nothing(worthalten: CommandLine) -> None:
    result = worthalten(
        "understand", "Läuft", "--context", "checkin", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert result.code == 0
    assert result.err == ""


def test_help_is_there_at_once(worthalten: CommandLine) -> None:
    """No SDK, no database and no tables are loaded for it."""
    script = "import sys, adapters.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {"telegram", "sqlalchemy", "apscheduler", "rich"} & set(done.stdout.split()) == set()
