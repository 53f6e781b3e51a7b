"""Hours of trouble with Telegram, in seconds: the server's clock, our pacing and our backoff go by one clock that the
test moves. Nothing is lost, nothing is sent twice, and the limits are never exceeded."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial

import pytest
import pytest_asyncio

from adapters.telegram import TelegramChannel, Timeouts
from adapters.telegram.waiting import Pace, Waiting
from bot.ports import Delivery, Gone, RetryAfter, Uncertain
from bot.service.delivering import Delivering
from bot.service.installation import Installation
from bot.store import outbox
from bot.store.outbox import Letter
from bot.store.tables import outbox as letters
from scheduler import sending
from scheduler.database import Database
from scheduler.pacing import Pacer
from tests.telegram_server import Fault, TelegramServer

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
PEOPLE, EACH = 12, 3
HOUR = 3600.0


class World:
    """A strict Telegram, a sender at work on it, and the time for both in seconds."""

    def __init__(self, installation: Installation) -> None:
        self.now = 1_760_000_000.0
        self.server = TelegramServer(clock=lambda: self.now)
        self.server.limits.strict = True
        self.outcomes: Counter[type[Delivery]] = Counter()
        self.database = Database()
        self._installation = installation
        self._delivering = Delivering(installation, real=lambda: self.now, note=self._note)

    def _note(self, channel: str, delivery: Delivery) -> None:
        self.outcomes[type(delivery)] += 1

    async def begin(self) -> None:
        """Let everybody write once, put everything in, and let the sender run."""
        self.channel = TelegramChannel("telegram", self.server.token, self.server.url, Timeouts(read=1))
        self.people = [self.server.person(f"Person{number}") for number in range(PEOPLE)]
        for person in self.people:
            person.says("/start")
        with self._installation.engine.begin() as tx:
            outbox.post(tx, [
                Letter(
                    f"{person.id} {number}", "telegram", str(person.id), None, f"Frage {number}",
                    self._installation.now(),
                )
                for number in range(EACH) for person in self.people
            ])  # fmt: skip
        self.sender = sending.Sender(self.channel, self._delivering, self.database, epoch=1)
        self.running = asyncio.create_task(self.sender.run())

    async def passes(self, seconds: float, step: float) -> None:
        """Let that much time pass."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + step)
            await asyncio.sleep(0.004)

    async def until_all_is_sent(self) -> None:
        """Let time pass until nothing waits any more."""
        while self._waiting():
            await self.passes(0.5, 0.05)

    def _waiting(self) -> bool:
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return tx.execute(letters.select().where(letters.c.state != outbox.SENT)).first() is not None

    def got_everything_once_and_in_order(self) -> bool:
        """Whether each of them has everything."""
        wanted = [f"Frage {number}" for number in range(EACH)]
        return all([said.text for said in person.chat if said.from_bot] == wanted for person in self.people)

    async def end(self) -> object:
        self.sender.stop()
        return await self.running


@pytest_asyncio.fixture
async def world(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    world = World(installation)
    monkeypatch.setattr(sending, "POLL_SECONDS", 0.002)
    monkeypatch.setattr(sending, "Pacer", partial(Pacer, seconds=lambda: world.now))
    await world.server.start()
    await world.begin()
    yield world
    await world.end()
    await world.channel.close()
    await world.server.stop()
    world.database.close()
    assert world.server.violations == []


async def test_a_pause_of_ten_minutes_is_kept(world: World) -> None:
    world.server.limits.punish(600)
    await world.passes(1, 0.05)
    refused = world.server.limits.refused
    assert 1 <= refused <= sending.AT_ONCE
    await world.passes(590, 2)
    assert world.server.limits.refused == refused
    await world.until_all_is_sent()
    assert world.server.limits.refused == refused
    assert world.got_everything_once_and_in_order()


async def test_an_outage_of_six_hours(world: World) -> None:
    await world.passes(0.5, 0.05)
    arrived = -1
    while arrived != len(world.server.deliveries):  # time stands still, so nothing leaves any more; what has left lands
        arrived = len(world.server.deliveries)
        await asyncio.sleep(0.2)
    await world.server.stop()
    await world.passes(1, 0.05)
    world.outcomes.clear()
    await world.passes(6 * HOUR, 20)
    tries = world.outcomes.total()
    assert world.outcomes.keys() <= {RetryAfter} and 100 < tries < 6 * HOUR / 40
    await world.server.start()
    await world.until_all_is_sent()
    assert world.server.limits.refused == 0
    assert world.got_everything_once_and_in_order()


@pytest.mark.parametrize("status", [200, 502])
async def test_two_hours_of_web_pages(world: World, status: int) -> None:
    world.server.fail(Fault.HTML, times=100_000, status=status)
    await world.passes(2 * HOUR, 20)
    assert world.outcomes.keys() <= {RetryAfter} and world.outcomes.total() < 2 * HOUR / 40
    world.server.faults.clear()
    await world.until_all_is_sent()
    assert world.server.limits.refused == 0
    assert world.got_everything_once_and_in_order()


async def test_six_hours_of_errors(world: World) -> None:
    """Telegram answers, but with nothing than errors: what may have arrived is sent again, the rest waits untouched."""
    world.server.fail(Fault.ERROR_BEFORE, times=100_000)
    await world.passes(6 * HOUR, 20)
    assert world.outcomes.keys() <= {Uncertain} and world.outcomes.total() < 6 * HOUR / 200
    world.server.faults.clear()
    await world.until_all_is_sent()
    assert world.server.limits.refused == 0
    assert world.got_everything_once_and_in_order()


async def test_a_token_that_is_revoked_and_replaced(world: World) -> None:
    await world.passes(0.3, 0.05)
    world.server.token = "123456:NEW"
    while not world.running.done():
        await world.passes(1, 0.05)
    assert isinstance(await world.running, Gone)
    before, calls = world.server.deliveries[:], len(world.server.calls)
    await world.channel.close()
    world.channel = TelegramChannel("telegram", world.server.token, world.server.url)
    world.sender = sending.Sender(world.channel, world._delivering, world.database, epoch=2)
    world.running = asyncio.create_task(world.sender.run())
    await world.until_all_is_sent()
    assert len(world.server.calls) - calls == PEOPLE * EACH - len(before)
    assert world.got_everything_once_and_in_order()


async def test_who_blocks_deactivates_or_returns_does_not_hold_the_others(world: World) -> None:
    anna, bert, *others = world.people
    anna.blocks()
    bert.vanishes()
    while any(len(person.chat) <= EACH for person in others):
        await world.passes(0.5, 0.05)
    assert len([call for call in world.server.calls if call.status == 403]) <= 2
    anna.returns()
    anna.says("/start")
    await world.passes(5, 0.05)
    with world._installation.engine.connect().execution_options(reading=True) as tx:
        states = Counter(row.state for row in tx.execute(letters.select()))
    assert states == {outbox.SENT: (PEOPLE - 2) * EACH, outbox.UNREACHABLE: 2 * EACH}


@pytest.mark.usefixtures("backend")
async def test_polling_does_not_spin() -> None:
    """Six hours without Telegram are a few hundred attempts, and the first comes soon."""
    waiting, waited, attempts = Waiting("telegram", asyncio.Event(), Pace()), 0.0, 0
    assert waiting.longer() <= 0.5
    while waited < 6 * HOUR:
        pause = waiting.longer()
        assert pause <= 30
        waited, attempts = waited + pause, attempts + 1
    assert attempts < 1500
    waiting.well()
    assert waiting.longer() <= 0.5
