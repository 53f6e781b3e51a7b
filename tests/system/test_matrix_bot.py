"""`worthalten run` on a real homeserver, encrypted: a process, a configuration file, people with their own clients."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Engine, func, select

from bot.domain.land import Land
from bot.store import workshops
from bot.store.tables import occasions
from scheduler.clock import SystemClock
from tests.homeserver import Homeserver, Person
from tests.system.processes import Bot, configure_matrix

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.parametrize("backend", ["sqlite"], indirect=True),
]
CODE = "ABCD2345"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def homeserver() -> AsyncIterator[Homeserver]:
    async with Homeserver() as homeserver:
        yield homeserver


class Installation:
    """A database with a workshop of today, whose code is CODE, and the bots that run on it."""

    def __init__(self, directory: Path, database: str, engine: Engine) -> None:
        self.engine = engine
        self._directory, self._database = directory, database
        self._started: list[Bot] = []
        now = SystemClock().now()
        with engine.begin() as tx:
            workshops.add(
                tx, letters="BER", name="Werkstatt Berlin", day=now.date(), land=Land.BE, code=CODE, created_at=now
            )

    async def run(self, homeserver: Homeserver, ahead: timedelta | None = None, **accounts: str) -> Bot:
        """`worthalten run` with these accounts by channel; `ahead` of the machine's clock."""
        config = configure_matrix(self._directory, self._database, homeserver, **accounts)
        log = self._directory / "log"
        if ahead is None:
            bot = await Bot.start("bot", "run", "--config", config, log=log)
        else:
            bot = await Bot.start("tests.system.shifted", ahead.total_seconds(), config, log=log)
        self._started.append(bot)
        return bot

    async def end(self) -> None:
        """No bot outlives its test."""
        for bot in self._started:
            if bot.is_running:
                await bot.kill()


@pytest_asyncio.fixture(loop_scope="module")
async def installed(tmp_path: Path, database: str, engine: Engine) -> AsyncIterator[Installation]:
    installed = Installation(tmp_path, database, engine)
    yield installed
    await installed.end()


async def joins(person: Person, bot: str) -> None:
    """Invite the bot, agree, and register a pledge."""
    await person.invites(bot)
    await person.hears("Code")
    await person.says(CODE)
    await person.reacts(1, await person.hears("einverstanden"))
    await person.hears("vorgenommen")
    await person.says("Wir eröffnen bis Ende Oktober ein Bürgerbüro")
    await person.hears("BER-0")


async def test_from_the_invitation_to_the_answer(homeserver: Homeserver, installed: Installation) -> None:
    account = await homeserver.register("bot")
    people = [await homeserver.person(name) for name in ("anna", "bert", "cara")]
    bot = await installed.run(homeserver, matrix=account)
    for person in people:
        await joins(person, account)
    assert await bot.terminate() == 0, bot.tail()
    with installed.engine.begin() as tx:
        due = tx.execute(select(func.max(occasions.c.due_at))).scalar_one()
    bot = await installed.run(homeserver, due - datetime.now(UTC), matrix=account)
    answers: list[tuple[int | str, str]] = [(3, "Hängt fest"), ("1", "Läuft"), ("laeuft gut", "Läuft")]
    for person, (answer, shown) in zip(people, answers, strict=True):
        question = await person.hears("Wie steht es")
        await person.until(lambda question=question: len(question.reactions) == 5)  # type: ignore[misc]
        await (person.reacts(answer, question) if isinstance(answer, int) else person.says(answer))
        await person.until(lambda question=question, shown=shown: question.edits == 1 and shown in question.text)  # type: ignore[misc]
        assert question.rings and all(message.encrypted for message in person.messages) and not person.unreadable
    assert await bot.terminate() == 0, bot.tail()


@pytest_asyncio.fixture(loop_scope="module")
async def limited() -> AsyncIterator[Homeserver]:
    async with Homeserver(open_limits=False) as homeserver:
        yield homeserver


async def test_a_homeserver_with_its_own_limits_gets_everything(limited: Homeserver, installed: Installation) -> None:
    account = await limited.register("bot")
    people = [await limited.person("anna"), await limited.person("bert")]
    await installed.run(limited, matrix=account)
    for person in people:
        await person.invites(account)
        for _ in range(7):
            await person.says("hallo")
    for person in people:
        for _ in range(8):
            await person.hears("Code", timeout=60)
    assert [Counter(message.sender for message in person.messages)[account] for person in people] == [8, 8]


async def test_the_homeserver_is_killed(homeserver: Homeserver, installed: Installation) -> None:
    account, anna = await homeserver.register("bot"), await homeserver.person("anna")
    bot = await installed.run(homeserver, matrix=account)
    await joins(anna, account)
    for _ in range(5):
        await anna.says("!status")
    await homeserver.kill()
    await homeserver.start()
    await anna.says("!status")
    for _ in range(6):
        await anna.hears("BER-001", timeout=60)
    await anna.says("!hilfe")
    await anna.hears("!pause")
    assert said(anna, "noch keine Antwort") == 6
    assert await bot.terminate() == 0, bot.tail()


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.long)])
@pytest.mark.timeout(900)
async def test_the_bot_is_killed_at_any_moment(homeserver: Homeserver, installed: Installation, kills: int) -> None:
    account = await homeserver.register("bot")
    anna, bert = await homeserver.person("anna"), await homeserver.person("bert")
    bot = await installed.run(homeserver, matrix=account)
    await joins(anna, account)
    await bert.invites(account)
    asked, patience = 0, 60.0 + 5 * kills  # one chat gets a message a second
    for _ in range(kills):
        before = said(anna, "noch keine Antwort")
        for _ in range(4):
            await anna.says("!status")
            await bert.says("hallo")
            asked += 1
        moment = before + random.randrange(4)
        await anna.until(lambda moment=moment: said(anna, "noch keine Antwort") > moment, patience)  # type: ignore[misc]
        await asyncio.sleep(random.random() * 0.1)  # any moment
        await bot.kill()
        bot = await installed.run(homeserver, matrix=account)
    await anna.says("!hilfe")
    await bert.says("ende")
    await anna.until(lambda: said(anna, "!pause") == 1, patience)
    await bert.until(lambda: said(bert, "Code") == asked + 2, patience)
    assert await bot.terminate() == 0, bot.tail()
    assert said(anna, "noch keine Antwort") == asked
    assert said(anna, "!pause") == 1
    assert not anna.unreadable and not bert.unreadable


def said(person: Person, words: str) -> int:
    """How many messages with these words they have got from the bot."""
    return sum(words in message.text for message in person.messages if message.sender == person.bot)
