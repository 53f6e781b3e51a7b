"""`worthalten run` as its users have it: a process, a configuration file, Telegram."""

import asyncio
import socket
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import Engine, select

from bot.domain.land import Land
from bot.store import outbox, workshops
from bot.store.tables import inbox, pledges
from bot.store.tables import outbox as letters
from scheduler.clock import SystemClock
from tests.system.processes import Bot, configure
from tests.telegram_server import TelegramServer

CODE = "ABCD2345"


@pytest.fixture
def workshop(engine: Engine) -> None:
    """A workshop today."""
    now = SystemClock().now()
    with engine.begin() as tx:
        workshops.add(
            tx, letters="BER", name="Werkstatt Berlin", day=now.date(), land=Land.BE, code=CODE, created_at=now
        )


async def start(config: Path, server: TelegramServer) -> Bot:
    bot = await Bot.start("bot", "run", "--config", config, log=config.with_name("log"))
    await bot.is_polling(server)
    return bot


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("workshop")
async def test_a_participants_whole_way_by_buttons(database: str, engine: Engine, tmp_path: Path) -> None:
    async with TelegramServer() as server:
        bot = await start(configure(tmp_path, database, server), server)
        anna = server.person("Anna", "en")
        anna.says(f"/start {CODE}")
        await anna.hears("Do you agree?")
        anna.taps("Yes, I agree")
        await anna.hears("What have you set out to do?")
        anna.says("We open a <citizens' office> & more")
        card = await anna.hears("BER-001")
        assert "We open a <citizens' office> & more" in card.text
        anna.says("/update")
        question = await anna.hears("How is BER-001 getting on?")
        anna.taps("🟡 Slower")
        await anna.hears("Noted: BER-001 🟡 Slower")
        await server.until(lambda: question.buttons == [], 5, "the buttons stay", anna)
        assert "➤ 🟡 Slower" in question.text
        anna.says("The council has not decided yet")
        await anna.hears()
        anna.says("/status")
        assert "🟡 Slower" in (await anna.hears("BER-001")).text
        anna.says("/my_data")
        document = await anna.hears("everything that I have stored")
        assert document.media is not None
        assert b"The council has not decided yet" in document.media.content
        anna.says("/update")
        await anna.hears("How is BER-001 getting on?")
        anna.taps("✅ Done")
        await anna.hears("What became of BER-001?")
        anna.taps("Kept")
        await anna.hears("Noted: BER-001 – Kept")
        anna.taps("Nothing to add")
        await anna.hears("May the outcome be shown to others?")
        anna.taps("Yes, with my name")
        await anna.hears("hat has lasted?")
        anna.taps("No")
        await anna.hears("BER-001 is closed")
        anna.says("/delete")
        await anna.hears("Shall I erase everything")
        anna.taps("Yes, erase everything")
        await anna.hears("Everything about you is erased")
        assert await bot.terminate() == 0, bot.tail()
        assert server.violations == []
    with engine.begin() as tx:
        assert tx.execute(select(pledges.c.text, pledges.c.outcome)).all() == [("", "kept")]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def recorded(engine: Engine) -> None:
    """Wait until it is written down what became of everything."""
    while True:
        with engine.connect().execution_options(reading=True) as tx:
            if not tx.execute(select(letters.c.id).where(letters.c.state != outbox.SENT)).first():
                return
        await asyncio.sleep(0.02)


@pytest.mark.usefixtures("workshop")
async def test_sigterm_loses_nothing_and_the_next_start_goes_on(database: str, engine: Engine, tmp_path: Path) -> None:
    async with TelegramServer() as server:
        config = configure(tmp_path, database, server)
        bot = await start(config, server)
        people = [server.person(f"Person{number}", "en") for number in range(10)]
        for person in people:
            person.says(f"/start {CODE}")
        assert await bot.terminate() == 0, bot.tail()
        for person in people:
            person.says("/help")
        with engine.begin() as tx:
            assert "sending" not in {row.state for row in tx.execute(select(letters.c.state))}
        bot = await start(config, server)
        for person in people:
            await person.hears("Do you agree?")
        await server.until(lambda: not server.updates.pending, 10, "updates are left")
        assert await bot.terminate() == 0, bot.tail()
        consents = [item for item in server.deliveries if "Do you agree?" in item.text]
        assert len(consents) == len(people)
        assert server.violations == []
    with engine.begin() as tx:
        states = tx.execute(select(inbox.c.state)).scalars().all()
        assert states == ["done"] * 2 * len(people)
        assert outbox.doubtful(tx) == []


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_a_second_process_on_sqlite_is_refused_with_a_clear_sentence(database: str, tmp_path: Path) -> None:
    async with TelegramServer() as server:
        config = configure(tmp_path, database, server)
        first = await start(config, server)
        second = await Bot.start("bot", "run", "--config", config, log=tmp_path / "second")
        assert await second.ends() == 1
        said = second.tail()
        assert "PostgreSQL" in said
        assert "Traceback" not in said
        assert first.is_running
        assert await first.terminate() == 0


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
@pytest.mark.usefixtures("workshop")
async def test_two_processes_on_postgresql_answer_once_and_one_takes_over(
    database: str, engine: Engine, tmp_path: Path
) -> None:
    async with TelegramServer() as server:
        config = configure(tmp_path, database, server)
        first = await start(config, server)
        second = await Bot.start("bot", "run", "--config", config, log=tmp_path / "second")
        anna = server.person("Anna", "en")
        anna.says(f"/start {CODE}")
        await anna.hears("Do you agree?")
        await recorded(engine)  # what is on its way at a kill may come twice: that is for the crash test
        await first.kill()
        anna.taps("Yes, I agree")
        await anna.hears("What have you set out to do?", timeout=60)
        assert second.is_running
        assert await second.terminate() == 0, second.tail()
        assert server.duplicates() == []
        assert server.violations == []


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_a_wrong_token_is_named_and_the_program_lives_on(database: str, tmp_path: Path) -> None:
    async with TelegramServer() as server:
        config = configure(tmp_path, database, server)
        server.token = "999:OTHER"
        bot = await Bot.start("bot", "run", "--config", config, log=tmp_path / "log")
        refused = server.until(lambda: len(server.calls) >= 2, 30, "the bot does not call")
        await refused
        while "channel_stopped" not in bot.tail():
            await asyncio.sleep(0.02)
        said = bot.tail()
        assert "telegram is not running yet: Telegram does not accept the token" in said
        assert "Worthalten is running" not in said and "Traceback" not in said and "TEST" not in said
        assert bot.is_running and len(server.calls) < 5
        assert await bot.terminate() == 0, bot.tail()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("workshop")
async def test_the_way_to_a_webhook_and_back_loses_nothing(database: str, tmp_path: Path) -> None:
    async with TelegramServer() as server:
        config, anna = configure(tmp_path, database, server), server.person("Anna", "en")
        polling = config.read_text()
        url = f"http://127.0.0.1:{free_port()}"
        listen = f'[http]\nlisten = "{url.removeprefix("http://")}"\npublic_url = "{url}"\n'
        for mode in (f'mode = "webhook"\n{listen}', listen, f'mode = "webhook"\n{listen}'):
            config.write_text(polling + mode)
            anna.says("/help")  # while it is away
            bot = await Bot.start("bot", "run", "--config", config, log=tmp_path / "log")
            await anna.hears("code", timeout=60)
            anna.says(f"/start {CODE}")
            await anna.hears("Do you agree?")
            await server.until(lambda: not server.updates.pending, 10, "updates are left")
            async with aiohttp.ClientSession() as session:
                async with session.get(f"{url}/health") as answer:
                    assert (answer.status, (await answer.json())["channels"]["telegram"]["ok"]) == (200, True)
                async with session.get(f"{url}/metrics") as answer:
                    figures = await answer.text()
            assert 'worthalten_deliveries_total{channel="telegram",result="sent"}' in figures
            assert 'worthalten_queue_age_seconds{channel="telegram"}' in figures
            assert "worthalten_channel_update_timestamp_seconds" in figures and "Anna" not in figures
            assert await bot.terminate() == 0, bot.tail()
        assert server.violations == []
        assert not any("drop_pending_updates" in call.arguments for call in server.calls)
