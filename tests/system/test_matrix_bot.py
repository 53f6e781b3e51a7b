"""The whole bot on a real homeserver, encrypted: with its database, its loops and its answers."""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from scheduler.clock import ManualClock
from scheduler.runner import Runner
from tests.homeserver import Homeserver, Person
from tests.system.matrix_bot import CODE, prepare, whole_bot

pytestmark = pytest.mark.asyncio(loop_scope="module")
KILLS = 5


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def homeserver() -> AsyncIterator[Homeserver]:
    async with Homeserver() as homeserver:
        yield homeserver


class Processes:
    """Bots in processes of their own; none outlives its test."""

    def __init__(self) -> None:
        self._started: list[Process] = []

    async def start(self, directory: Path, homeserver: Homeserver, bot: str) -> Process:
        """A bot on this account."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.system.matrix_bot", str(directory), homeserver.url, bot,
            stdout=asyncio.subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
        self._started.append(process)
        return process

    async def end(self) -> None:
        """Kill those that still run."""
        for process in self._started:
            if process.returncode is None:
                process.kill()
                await process.wait()


@pytest_asyncio.fixture(loop_scope="module")
async def processes() -> AsyncIterator[Processes]:
    processes = Processes()
    yield processes
    await processes.end()


@asynccontextmanager
async def running(runner: Runner) -> AsyncIterator[None]:
    task = asyncio.create_task(runner.run())
    try:
        yield
    finally:
        runner.stopping.set()
        await asyncio.wait_for(task, 30)
    assert runner.gone == {}


async def joins(person: Person, bot: str) -> None:
    """Invite the bot, agree, and register a pledge."""
    await person.invites(bot)
    await person.hears("Code")
    await person.says(CODE)
    await person.reacts(1, await person.hears("einverstanden"))
    await person.hears("vorgenommen")
    await person.says("Wir eröffnen bis Ende Oktober ein Bürgerbüro")
    await person.hears("BER-0")


@pytest.mark.parametrize(("answer", "shown"), [(3, "Hängt fest"), ("1", "Läuft"), ("laeuft gut", "Läuft")])
async def test_from_the_invitation_to_the_answer(
    homeserver: Homeserver, tmp_path: Path, answer: int | str, shown: str
) -> None:
    clock = ManualClock(datetime(2026, 7, 8, 12, tzinfo=UTC))
    bot = await homeserver.register("bot")
    prepare(tmp_path, clock)
    runner = whole_bot(tmp_path, homeserver.url, bot, clock)
    async with running(runner):
        anna = await homeserver.person("anna")
        await joins(anna, bot)
        due = runner.asking.next_due()
        assert due
        clock.set(due)
        question = await anna.hears("Wie steht es")
        await anna.until(lambda: len(question.reactions) == 5)
        await (anna.reacts(answer, question) if isinstance(answer, int) else anna.says(answer))
        await anna.until(lambda: question.edits == 1 and shown in question.text)
    assert question.rings and all(message.encrypted for message in anna.messages) and not anna.unreadable


async def test_homeserver_with_its_own_limits_gets_everything(tmp_path: Path) -> None:
    bot_says = 0
    async with Homeserver(open_limits=False) as homeserver:
        bot = await homeserver.register("bot")
        prepare(tmp_path)
        people = [await homeserver.person("anna"), await homeserver.person("bert")]
        async with running(whole_bot(tmp_path, homeserver.url, bot)):
            for person in people:
                await person.invites(bot)
                for _ in range(7):
                    await person.says("hallo")
            for person in people:
                for _ in range(8):
                    await person.hears("Code", timeout=60)
                    bot_says += 1
    assert bot_says == 16
    assert [Counter(message.sender for message in person.messages)[bot] for person in people] == [8, 8]


async def test_the_homeserver_is_killed(homeserver: Homeserver, tmp_path: Path) -> None:
    bot = await homeserver.register("bot")
    prepare(tmp_path)
    anna = await homeserver.person("anna")
    async with running(whole_bot(tmp_path, homeserver.url, bot)):
        await joins(anna, bot)
        for _ in range(5):
            await anna.says("!status")
        await homeserver.kill()
        await homeserver.start()
        await anna.says("!status")
        for _ in range(6):
            await anna.hears("BER-001", timeout=60)
        await anna.says("!hilfe")
        await anna.hears("!pause")
    assert answers(anna, "noch keine Antwort") == 6


@pytest.mark.parametrize("kills", [KILLS, pytest.param(50, marks=pytest.mark.long)])
@pytest.mark.timeout(900)
async def test_the_bot_is_killed_at_any_moment(
    homeserver: Homeserver, tmp_path: Path, processes: Processes, kills: int
) -> None:
    bot = await homeserver.register("bot")
    prepare(tmp_path)
    anna, bert = await homeserver.person("anna"), await homeserver.person("bert")
    process = await processes.start(tmp_path, homeserver, bot)
    await joins(anna, bot)
    await bert.invites(bot)
    asked, patience = 0, 60.0 + 5 * kills  # one chat gets a message a second
    for _ in range(kills):
        before = answers(anna, "noch keine Antwort")
        for _ in range(4):
            await anna.says("!status")
            await bert.says("hallo")
            asked += 1
        moment = before + random.randrange(4)
        await anna.until(lambda moment=moment: answers(anna, "noch keine Antwort") > moment, patience)  # type: ignore[misc]
        await asyncio.sleep(random.random() * 0.1)  # any moment
        process.kill()
        await process.wait()
        process = await processes.start(tmp_path, homeserver, bot)
    await anna.says("!hilfe")
    await bert.says("ende")
    await anna.until(lambda: answers(anna, "!pause") == 1, patience)
    await bert.until(lambda: answers(bert, "Code") == asked + 2, patience)
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 30) == 0
    assert answers(anna, "noch keine Antwort") == asked
    assert answers(anna, "!pause") == 1
    assert not anna.unreadable and not bert.unreadable


def answers(person: Person, words: str) -> int:
    """How many messages with these words they have got."""
    return sum(words in message.text for message in person.messages if message.sender == person.bot)
