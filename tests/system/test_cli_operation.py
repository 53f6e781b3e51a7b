"""check, anonymise and run, as whoever runs an installation has them."""

import asyncio
import contextlib
import signal
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.system.commands import CommandLine, checks, line
from tests.telegram_server import TelegramServer
from tests.telegram_server.updates import Superseded

BERLIN = ("--name", "Werkstatt Berlin", "--date", "09.07.2025", "--land", "BE")


def test_everything_in_order(worthalten: CommandLine, telegram: str) -> None:
    worthalten.configure(telegram)
    found = checks(worthalten, 0)
    assert list(found) == [
        "config", "timezone", "data_dir", "database", "migrations", "clock", "channel telegram", "webhook telegram",
        "poller telegram", "backup",
    ]  # fmt: skip
    assert found["channel telegram"]["detail"] == "@worthalten_bot"
    assert not (worthalten.directory / "worthalten.db").exists()
    worthalten("workshop", "list")
    assert checks(worthalten, 0)["heartbeat"]["detail"] == "The bot has not run yet."
    lines = worthalten("check").out.splitlines()
    assert len(lines) == 12
    assert all(line.startswith("✓ ") for line in lines)


def test_what_lies_on_the_disk_is_its_owners_alone(worthalten: CommandLine, telegram: str) -> None:
    worthalten.configure(telegram)
    assert worthalten("workshop", "new", *BERLIN).code == 0
    with worthalten.running("run") as bot:
        line(bot)
        written = [path for path in worthalten.directory.rglob("*") if path.name != "config.toml"]
        assert "worthalten.db" in {path.name for path in written}
        assert {oct(path.stat().st_mode & 0o077) for path in written} == {"0o0"}
    (worthalten.directory / "worthalten.db").chmod(0o644)
    (worthalten.directory / "data").mkdir(mode=0o755, exist_ok=True)
    (worthalten.directory / "data" / "copied").touch(0o644)
    wrong = checks(worthalten, 1)["files"]
    assert "worthalten.db" in str(wrong["detail"])
    assert worthalten("workshop", "list").code == 0
    assert checks(worthalten, 0)["files"]["ok"] is True


def test_anonymising_can_be_looked_at_first(worthalten: CommandLine) -> None:
    worthalten.configure()
    assert worthalten("workshop", "new", "--name", "Alt", "--date", "09.07.2020", "--land", "BE").code == 0
    sheet = worthalten.directory / "sheet.csv"
    sheet.write_text("Nr;Versprechen;Wer\n1;Ein Haus;Anna Musterfrau\n", encoding="utf-8")
    assert worthalten("import", sheet, "--workshop", "ALT").code == 0
    shown = worthalten("anonymise", "--dry-run")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.splitlines() == ["This would be anonymised:", "  1 pledges six months after their date: ALT-001"]
    told = {"pledges": ["ALT-001"], "names_in_drafts": [], "people": 0}
    assert worthalten("anonymise", "--dry-run", "--json").json == {"dry_run": True, **told}
    assert worthalten("anonymise", "--json").json == {"dry_run": False, **told}
    assert worthalten("anonymise").out == "There is nothing to anonymise today.\n"
    assert b"Musterfrau" not in (worthalten.directory / "worthalten.db").read_bytes()


def test_a_wrong_token(worthalten: CommandLine, telegram: str) -> None:
    worthalten.configure(telegram, token="999:WRONG")
    found = checks(worthalten, 1)
    assert [name for name, check in found.items() if not check["ok"]] == ["channel telegram"]
    shown = worthalten("check")
    assert shown.code == 1
    assert "✗ channel telegram: " in shown.out
    assert "WRONG" not in shown.out


async def test_another_program_that_takes_the_messages(worthalten: CommandLine) -> None:
    async with TelegramServer() as server:
        worthalten.configure(server.url)
        server.webhook.set({"url": "https://elsewhere.example.org/hook"})
        found = await asyncio.to_thread(checks, worthalten, 1)
        assert found["webhook telegram"]["ok"] is False and "example.org" not in str(found)
        server.webhook.delete({})

        async def fetch() -> None:
            while True:
                with contextlib.suppress(Superseded):
                    await server.updates.poll(timeout=30)

        foreign = asyncio.create_task(fetch())
        found = await asyncio.to_thread(checks, worthalten, 1)
        assert found["poller telegram"]["detail"] == "Another program fetches this bot's messages."
        foreign.cancel()


async def test_a_webhook_that_does_not_reach_us(worthalten: CommandLine) -> None:
    async with TelegramServer() as server:
        url = "http://127.0.0.1:9"
        worthalten.configure(server.url)
        webhook = {"WORTHALTEN_HTTP__PUBLIC_URL": url, "WORTHALTEN_CHANNELS__TELEGRAM__MODE": "webhook"}
        assert (await asyncio.to_thread(checks, worthalten, 0, **webhook))["webhook telegram"]["ok"]
        server.webhook.set({"url": f"{url}/telegram/telegram"})
        server.person("Anna").says("hallo")
        while "last_error_message" not in server.webhook.info():
            await asyncio.sleep(0.01)
        found = await asyncio.to_thread(checks, worthalten, 1, **webhook)
        assert "1 wait" in str(found["webhook telegram"]["detail"])


def test_a_clock_that_is_wrong(worthalten: CommandLine) -> None:
    class Tomorrow(BaseHTTPRequestHandler):
        def date_time_string(self, timestamp: float | None = None) -> str:
            return formatdate(time.time() + 3630, usegmt=True)

        def do_HEAD(self) -> None:
            self.send_response(200)
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Tomorrow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        worthalten.configure(f"http://127.0.0.1:{server.server_port}")
        assert "wrong by 36" in str(checks(worthalten, 1)["clock"]["detail"])
        server.shutdown()


def test_a_backup_that_is_old(worthalten: CommandLine) -> None:
    worthalten.configure()
    assert worthalten("backup").code == 0
    assert checks(worthalten, 1)["backup"]["ok"] is True
    [made] = (worthalten.directory / "data" / "backups").iterdir()
    made.rename(made.with_name("worthalten-20200101-000000-000000.zip"))
    assert checks(worthalten, 1)["backup"]["ok"] is False


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"WORTHALTEN_BOT__TIMEZONE": "Mond"}, "config"),
        ({"WORTHALTEN_BOT__DATABASE": "postgresql://anna:TEST@127.0.0.1:9/name"}, "database"),
        ({"WORTHALTEN_BOT__DATABASE": "sqlite:///nowhere/worthalten.db"}, "database"),
        ({"WORTHALTEN_BOT__DATA_DIR": "/dev/null/data"}, "data_dir"),
    ],
)
def test_what_is_out_of_order(worthalten: CommandLine, environ: dict[str, str], name: str) -> None:
    worthalten.configure()
    assert checks(worthalten, 1, **environ)[name]["ok"] is False


def test_a_data_directory_that_everybody_can_read(worthalten: CommandLine) -> None:
    worthalten.configure()
    (worthalten.directory / "data").mkdir(mode=0o755)
    assert "chmod 700" in str(checks(worthalten, 1)["data_dir"]["remedy"])


def test_it_runs_until_it_is_told_to_stop(worthalten: CommandLine, telegram: str) -> None:
    worthalten.configure(telegram)
    with worthalten.running("run", "--config", "config.toml") as bot:
        assert line(bot) == "Worthalten is running on telegram. Ctrl-C stops it."
        second = worthalten("run")
        assert second.code == 1
        assert "Another process runs on worthalten.db already" in second.err
        while worthalten("status", "--json").json["channels"][0]["handle"] is None:
            pass  # it is learned in the background
        assert checks(worthalten, 0)["heartbeat"]["ok"] is True
        bot.send_signal(signal.SIGINT)
        assert line(bot) == "Worthalten has stopped."
        assert bot.wait(timeout=30) == 0
        assert "Traceback" not in bot.stderr.read()


def test_without_a_channel_it_does_not_run(worthalten: CommandLine) -> None:
    worthalten.configure()
    result = worthalten("run")
    assert result.code == 2
    assert result.err.startswith("No channel is configured. Add a [channels.telegram] table with the token of your bot")
    assert result.err.count("\n") == 1
