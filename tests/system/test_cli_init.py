"""init, as somebody has it who begins with nothing but a token."""

import stat
import tomllib
from pathlib import Path

import pexpect
import pytest

from bot.config import Telegram, load
from tests.system.commands import TOKEN, CommandLine

TOKEN_VARIABLE, API_URL = "WORTHALTEN_CHANNELS__TELEGRAM__TOKEN", "WORTHALTEN_CHANNELS__TELEGRAM__API_URL"
WHO = 'Stadt "Musterhausen" | Markt 1, \\ Ö'


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("language", ["de", "en"])
def test_from_the_environment_it_writes_what_is_needed(worthalten: CommandLine, telegram: str, language: str) -> None:
    given = {TOKEN_VARIABLE: TOKEN, API_URL: telegram, "WORTHALTEN_BOT__LANGUAGE": language}
    done = worthalten("init", "--responsible", WHO, **given)
    assert done.code == 0, done.err
    assert "@worthalten_bot" in done.out and TOKEN not in done.out
    config, sheet, data = (worthalten.directory / name for name in ("config.toml", "datenschutz.md", "data"))
    assert [mode(path) for path in (config, sheet, data)] == [0o600, 0o600, 0o700]
    settings = load(config, {})
    channel = settings.channels["telegram"]
    assert isinstance(channel, Telegram)
    assert (channel.token.get_secret_value(), channel.api_url) == (TOKEN, telegram)
    assert (settings.bot.responsible, settings.bot.language) == (WHO, language)
    facts = sheet.read_text(encoding="utf-8")
    assert "Telegram FZ-LLC" in facts and "90 Tage" in facts and "Musterhausen" in facts and "$" not in facts
    assert worthalten("check").code == 0

    before = config.read_bytes()
    again = worthalten("init", "--responsible", "Other", **given)
    assert (again.code, config.read_bytes()) == (1, before)
    assert "config.toml" in again.err
    config.unlink()
    sheet.write_text("ours")
    assert worthalten("init", "--responsible", "Other", **given).code == 0
    assert sheet.read_text() == "ours"


def test_the_token_can_stay_in_a_file(worthalten: CommandLine, telegram: str) -> None:
    (worthalten.directory / "token").write_text(f"{TOKEN}\n")
    done = worthalten("init", "--responsible", "We", "--token-file", "token", **{API_URL: telegram})
    assert done.code == 0, done.err
    written = tomllib.loads((worthalten.directory / "config.toml").read_text())
    assert written["channels"]["telegram"]["token_file"] == "token"
    assert "token" not in written["channels"]["telegram"]


@pytest.mark.parametrize(
    ("token", "api_url", "said"),
    [
        ("999:WRONG", "", "Telegram does not know this token"),
        ("nonsense", "", "Telegram does not know this token"),
        (TOKEN, "http://127.0.0.1:9", "Telegram cannot be reached"),
        ("", "", f"Please give {TOKEN_VARIABLE}"),
    ],
)
def test_without_a_good_token_nothing_is_written(
    worthalten: CommandLine, telegram: str, token: str, api_url: str, said: str
) -> None:
    given = {TOKEN_VARIABLE: token, API_URL: api_url or telegram}
    refused = worthalten("init", "--responsible", "We", **given)
    assert refused.code in (1, 2)
    assert said in refused.err and "WRONG" not in refused.err
    assert list(worthalten.directory.iterdir()) == []


def test_it_can_be_written_unchecked(worthalten: CommandLine) -> None:
    given = {TOKEN_VARIABLE: TOKEN, API_URL: "http://127.0.0.1:9"}
    assert worthalten("init", "--responsible", "We", "--unchecked", **given).code == 0


def test_it_asks_and_learns_who_runs_it(worthalten: CommandLine, telegram: str) -> None:
    import httpx

    environ = {**worthalten._environ({API_URL: telegram, "WORTHALTEN_BOT__LANGUAGE": "de"}), "COLUMNS": "200"}
    chat = pexpect.spawn(
        worthalten._command(("init",))[0], worthalten._command(("init",))[1:], cwd=worthalten.directory,
        env=environ, encoding="utf-8", timeout=30,
    )  # fmt: skip
    chat.expect("Wer ist für die Daten verantwortlich")
    chat.sendline("Stadt Eutin")
    chat.expect("Token, den Sie von @BotFather")
    chat.sendline("999:WRONG")
    chat.expect("kennt diesen Token nicht")
    chat.expect("Token, den Sie von @BotFather")
    chat.sendline(TOKEN)
    chat.expect("kennt diesen Bot: @worthalten_bot")
    chat.expect("Eingabetaste")
    httpx.post(f"{telegram}/_control/people", json={"name": "Lisa"})
    httpx.post(f"{telegram}/_control/people/Lisa/says", json={"text": "hallo"})
    chat.sendline("")
    chat.expect("Sind Sie das: Lisa")
    chat.sendline("")
    chat.expect("Geschrieben: config.toml")
    chat.expect(pexpect.EOF)
    chat.close()
    assert chat.exitstatus == 0
    assert load(worthalten.directory / "config.toml", {}).administrators["telegram"] == ("1001",)
    log = httpx.get(f"{telegram}/_control/log").json()
    assert log["pending"] == 1 and log["violations"] == []


def test_what_keeps_it_running_is_shown_on_request(worthalten: CommandLine) -> None:
    unit = worthalten("init", "--systemd").out
    assert f"WorkingDirectory={worthalten.directory}" in unit
    assert "run --config" in unit and "Restart=on-failure" in unit
    recipe = worthalten("init", "--container").out
    assert "FROM python" in recipe and 'CMD ["worthalten", "run"]' in recipe
    assert list(worthalten.directory.iterdir()) == []
