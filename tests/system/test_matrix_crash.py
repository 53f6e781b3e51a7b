"""kill -9 of the bot, of one of two, and of the homeserver at any moment: nothing is lost, and nothing shown twice."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Engine, select

from bot.store.tables import answers, inbox
from tests.homeserver import Homeserver, Person
from tests.system.matrix import Installation, joins, said
from tests.system.processes import owner

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(1800),
]
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("backend", ["postgres"], indirect=True)
STANDINGS = {"1": "on_track", "2": "slow"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def homeserver() -> AsyncIterator[Homeserver]:
    async with Homeserver() as homeserver:
        yield homeserver


@pytest_asyncio.fixture(loop_scope="module")
async def installed(tmp_path: Path, database: str, engine: Engine) -> AsyncIterator[Installation]:
    installed = Installation(tmp_path, database, engine)
    yield installed
    await installed.end()


class Talker:
    """Somebody who goes on reporting how it stands, whatever happens to the bot. `answered` is what they have said."""

    def __init__(self, person: Person, account: str) -> None:
        self.person, self._account = person, account
        self.answered: list[tuple[str, str]] = []
        self.glances = 0

    async def live(self, over: asyncio.Event, patience: float) -> None:
        """Join, then report and glance until it is over."""
        person = self.person
        await joins(person, self._account, timeout=patience)
        while not over.is_set():
            note = f"Bericht {len(self.answered)} von {person.name}"
            await person.says(f"!update {note}")
            question = await person.hears("Wie steht es um", timeout=patience)
            answer = random.choice(list(STANDINGS))
            await (person.reacts(answer, question) if random.random() < 0.5 else person.says(answer))
            await person.until(lambda question=question: question.edits == 1, patience)  # type: ignore[misc]
            self.answered.append((STANDINGS[answer], note))
            self.glances += 1
            await person.says("!hilfe")
            await person.hears("!pause", timeout=patience)
            await asyncio.sleep(random.random() * 0.5)


async def judged(installed: Installation, homeserver: Homeserver, talkers: list[Talker]) -> None:
    """What people said is in the database in their order, and they have seen every answer once."""
    with installed.engine.begin() as tx:
        rows = tx.execute(select(answers.c.standing, answers.c.note).order_by(answers.c.id)).all()
        assert set(tx.execute(select(inbox.c.state)).scalars()) == {"done"}
    for talker in talkers:
        person = talker.person
        mine = [(row.standing, row.note) for row in rows if row.note.endswith(f" {person.name}")]
        assert mine == talker.answered, person.transcript()
        assert said(person, "!pause") == talker.glances, person.transcript()
        assert said(person, "Notiert: ") == len(talker.answered), person.transcript()
        questions = [message for message in person.messages if "Wie steht es um" in message.text]
        assert len(questions) == len(talker.answered), person.transcript()
        signs = Counter((message.id, sign) for message in person.messages for who, sign in message.reactions
                        if who == person.bot)  # fmt: skip
        assert set(signs.values()) <= {1}
        assert not person.unreadable


@on_sqlite
@pytest.mark.parametrize("kills", [10, pytest.param(50, marks=pytest.mark.long)])
async def test_the_bot_is_killed(homeserver: Homeserver, installed: Installation, kills: int) -> None:
    account = await homeserver.register("bot")
    talkers = [Talker(await homeserver.person(name), account) for name in ("anna", "bert", "cara")]
    over = asyncio.Event()
    talking = asyncio.gather(*(talker.live(over, 60.0) for talker in talkers))
    for _ in range(kills):
        bot = await installed.run(homeserver, account)
        await asyncio.sleep(random.uniform(0.5, 5.0))  # from the middle of its start to the middle of a talk
        assert bot.is_running, bot.tail()
        await bot.kill()
    bot = await installed.run(homeserver, account)
    over.set()
    await talking
    assert await bot.terminate() == 0, bot.tail()
    await judged(installed, homeserver, talkers)


@on_sqlite
@pytest.mark.parametrize("kills", [2, pytest.param(10, marks=pytest.mark.long)])
async def test_the_homeserver_is_killed(homeserver: Homeserver, installed: Installation, kills: int) -> None:
    account = await homeserver.register("bot")
    talkers = [Talker(await homeserver.person(name), account) for name in ("anna", "bert", "cara")]
    bot = await installed.run(homeserver, account)
    over = asyncio.Event()
    talking = asyncio.gather(*(talker.live(over, 60.0) for talker in talkers))
    for _ in range(kills):
        await asyncio.sleep(random.uniform(1.0, 5.0))
        await homeserver.kill()
        await homeserver.start()
    over.set()
    await talking
    assert await bot.terminate() == 0, bot.tail()
    await judged(installed, homeserver, talkers)


@on_postgres
@pytest.mark.parametrize("kills", [2, pytest.param(10, marks=pytest.mark.long)])
async def test_one_of_two_processes_is_killed(homeserver: Homeserver, installed: Installation, kills: int) -> None:
    account = await homeserver.register("bot")
    talkers = [Talker(await homeserver.person(name), account) for name in ("anna", "bert", "cara")]
    over = asyncio.Event()
    talking = asyncio.gather(*(talker.live(over, 60.0) for talker in talkers))
    bots = [await installed.run(homeserver, account) for _ in range(2)]
    for _ in range(kills):
        bot = await owner(installed.engine, "matrix", bots)
        await asyncio.sleep(random.uniform(0.5, 5.0))
        await bot.kill()
        bots[bots.index(bot)] = await installed.run(homeserver, account)
    over.set()
    await talking
    for bot in bots:
        assert await bot.terminate() in (0, -signal.SIGTERM), bot.tail()  # the last one may be starting still
    await judged(installed, homeserver, talkers)
