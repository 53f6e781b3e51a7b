"""What is left of a person after a whole run, as a process on a real channel: nothing, anywhere on the disk."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.domain.land import Land
from bot.store import workshops
from bot.store.tables import metadata, outbox
from scheduler.clock import SystemClock
from tests.system.processes import Bot, configure
from tests.telegram_server import Person, TelegramServer
from tests.telegram_server.faults import Fault

CODE = "ABCD2345"
WORDS = ("Geheimsache", "Landratsamt", "Musterfrau", "musterfrau@example.org")


@pytest.fixture
def workshop(engine: Engine) -> None:
    """A workshop today."""
    now = SystemClock().now()
    with engine.begin() as tx:
        workshops.add(
            tx, letters="BER", name="Werkstatt Berlin", day=now.date(), land=Land.BE, code=CODE, created_at=now
        )


async def start(config: Path, server: TelegramServer) -> Bot:
    bot = await Bot.start("bot", "run", "--verbose", "--config", config, log=config.with_name("log"))
    await bot.is_polling(server)
    return bot


def stored(engine: Engine) -> str:
    """Everything in all tables."""
    with engine.begin() as tx:
        return "\n".join(str(dict(row)) for t in metadata.sorted_tables for row in tx.execute(select(t)).mappings())


def files_with(words: tuple[str, ...], directory: Path, engine: Engine) -> list[str]:
    """Names of files in the directory, or of the database, that hold a word."""
    database = Path(engine.url.database or "")
    files = [file for file in directory.rglob("*") if file.is_file()]
    files += database.parent.glob(f"{database.name}*")  # its log, too; beside it lie databases of other tests
    return [file.name for file in files for word in words if word.encode() in file.read_bytes()]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # whose file with its log can be searched
@pytest.mark.usefixtures("workshop")
async def test_after_delete_nothing_is_left_on_the_disk_and_in_the_log(
    database: str, engine: Engine, tmp_path: Path
) -> None:
    """Database with its log, `data_dir` and the program's log are searched for words, name, number and token."""
    async with TelegramServer() as server:
        config = configure(tmp_path, database, server)
        bot = await start(config, server)
        anna = server.person("Musterfrau", "en", "musterfrau")
        anna.says(f"/start {CODE}")
        await anna.hears("Do you agree?")
        anna.taps("Yes, I agree")
        await anna.hears("What have you set out to do?")
        anna.says("Geheimsache & <b>mehr</b>")
        await anna.hears("BER-001")
        anna.says("/update")
        await anna.hears("How is BER-001 getting on?")
        anna.taps("🔴 Stuck")
        await anna.hears()
        server.fail(Fault.TOO_MANY, "sendMessage", seconds=1)
        server.fail(Fault.HTML, status=502, times=2)
        anna.says("Das Landratsamt antwortet nicht: musterfrau@example.org")
        await anna.hears()
        anna.sends_document("Geheimsache.pdf", b"%PDF", "Musterfrau")
        anna.says("/my_data")
        await anna.hears("everything that I have stored")
        assert all(word in stored(engine) for word in ("Geheimsache", "Landratsamt", str(anna.id)))
        anna.says("/delete")
        await anna.hears("Shall I erase everything")
        anna.taps("Yes, erase everything")
        await anna.hears("Everything about you is erased")
        await asyncio.wait_for(sent(engine), 60)
        # What was on its way while she was erased is taken back once it has landed.
        await server.until(lambda: len(left(anna)) == 1, 60, "Something is left in the chat", anna)
        await asyncio.wait_for(scrubbed(database, str(anna.id)), 30)
        assert await bot.terminate() == 0, bot.tail()
        assert server.violations == []
    log = bot.log.read_text()
    assert "started" in log
    assert [word for word in (*WORDS, server.token, str(anna.id)) if word in log] == []
    config.unlink()  # the token belongs there
    assert files_with((*WORDS, server.token), tmp_path, engine) == []
    assert [word for word in (*WORDS, str(anna.id)) if word in stored(engine)] == []


def left(person: Person) -> list[str]:
    """What still stands in the chat of what the bot said."""
    return [shown.text for shown in person.chat if shown.from_bot and not shown.deleted]


async def sent(engine: Engine) -> None:
    """Wait until nothing is to be sent or taken back any more: such rows delete themselves."""
    while True:
        with engine.connect().execution_options(reading=True) as tx:
            if tx.execute(select(outbox.c.id)).first() is None:
                return
        await asyncio.sleep(0.1)


async def scrubbed(database: str, address: str) -> None:
    """Wait until SQLite's log is empty: the last row carried an address."""
    while database.startswith("sqlite") and names(Path(database.removeprefix("sqlite:///") + "-wal"), address):
        await asyncio.sleep(0.2)


def names(file: Path, address: str) -> bool:
    return file.exists() and address.encode() in file.read_bytes()
