"""Two processes on one PostgreSQL: whoever owns a channel is killed, the other goes on, and nothing is sent twice but
what was on its way."""

import asyncio
import json
import random
import subprocess
import sys
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Row, func, select

from bot.store import outbox
from bot.store.tables import asked, occasions
from bot.store.tables import outbox as letters
from scheduler.sending import AT_ONCE
from tests.messenger import plain
from tests.system.population import FIRST, MORNING, NEWS, fill
from tests.system.processes import ROOT, Bot, configure, owner
from tests.telegram_server import Fault, TelegramServer

pytestmark = pytest.mark.parametrize("backend", ["postgres"], indirect=True)
CHANNELS = ("telegram", "north", "east", "south")
PATIENCE = 600.0


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("each", "kills"), [(100, 2), pytest.param(2500, 10, marks=pytest.mark.long)])
async def test_whoever_owns_the_channels_is_killed(
    each: int, kills: int, database: str, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(engine, CHANNELS, each)
    async with AsyncExitStack() as stack:
        servers = {}
        for number, name in enumerate(CHANNELS):
            server = servers[name] = await stack.enter_async_context(TelegramServer(f"{1000 + number}:TEST"))
            server.limits.strict = True
            for chat in range(each):
                server.person(str(FIRST + chat)).home.refusal = ""  # they have written to the bot at some time
            # Telegram shows a message at once and says so late: that is when a kill makes it come twice.
            server.fail(Fault.SLOW, "sendMessage", times=1_000_000, seconds=0.15, share=0.5)
        config = configure(tmp_path, database, **servers)
        pair = Pair(config, engine, servers, random.Random(kills))
        await pair.start()
        for kill in range(kills):
            await pair.until_shown(1 + kill * len(CHANNELS) * each // kills)
            await pair.kill_an_owner()
        await pair.until_sent()
        await pair.stop()
    figures = judge(engine, servers, kills)
    assert figures["messages"] + figures["uncertain"] == len(CHANNELS) * each
    listed = json.loads(
        subprocess.run(
            [sys.executable, "-m", "bot", "status", "--json", "--config", config],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout
    )["doubts"]  # fmt: skip
    assert len(listed) == figures["rows listed"]
    with capsys.disabled():
        words = ", ".join(f"{count} {what}" for what, count in figures.items())
        print(f"\nTwo processes on PostgreSQL, {len(CHANNELS)} channels: {words}, {pair.seconds:.0f} seconds")


class Pair:
    """Two processes that run on the same configuration; one that is killed is started anew."""

    def __init__(self, config: Path, engine: Engine, servers: dict[str, TelegramServer], chance: random.Random) -> None:
        self._config, self._engine, self._servers, self._chance = config, engine, servers, chance
        self._shift = (MORNING - datetime.now(UTC)).total_seconds()
        self._bots: list[Bot] = []
        self.seconds = 0.0

    async def start(self) -> None:
        """Start both."""
        self._began = asyncio.get_running_loop().time()
        self._bots = [await self._one(), await self._one()]

    async def _one(self) -> Bot:
        return await Bot.start("tests.system.shifted", self._shift, self._config, log=self._config.with_name("log"))

    async def until_shown(self, count: int) -> None:
        """Wait until so many messages have been shown, on all channels together."""
        async with asyncio.timeout(PATIENCE):
            while sum(len(server.deliveries) for server in self._servers.values()) < count:
                assert all(bot.is_running for bot in self._bots), self._bots[0].tail()
                await asyncio.sleep(0.01)

    async def kill_an_owner(self) -> None:
        """kill -9 whoever owns one of the channels, and start another process in its place."""
        bot = await owner(self._engine, self._chance.choice(CHANNELS), self._bots)
        await asyncio.sleep(self._chance.uniform(0, 0.5))
        await bot.kill()
        self._bots[self._bots.index(bot)] = await self._one()

    async def until_sent(self) -> None:
        """Wait until everybody was asked or told, as far as anybody knows."""
        due = select(func.count()).where(occasions.c.due_at <= MORNING)
        moving = (outbox.QUEUED, outbox.SENDING, outbox.DEFERRED, outbox.PLANNED)
        waiting = select(func.count()).where(letters.c.state.in_(moving))
        async with asyncio.timeout(PATIENCE):
            while True:
                with self._engine.begin() as tx:
                    if not tx.execute(due).scalar() and not tx.execute(waiting).scalar():
                        break
                await asyncio.sleep(0.05)
        self.seconds = asyncio.get_running_loop().time() - self._began

    async def stop(self) -> None:
        """SIGTERM to both."""
        for bot in self._bots:
            assert await bot.terminate() == 0, bot.tail()


def judge(engine: Engine, servers: dict[str, TelegramServer], kills: int) -> dict[str, int]:
    """Compare what was shown with what the database says. Gives the figures."""
    assert [server.violations for server in servers.values()] == [[]] * len(servers)
    with engine.begin() as tx:
        rows = tx.execute(select(letters).where(letters.c.action == outbox.SEND)).all()
        questions = Counter(
            row.person_id for row in tx.execute(select(asked.c.person_id, asked.c.outbox_key).distinct())
        )
    broadcast = {row.person_id for row in rows if row.broadcast_id is not None}
    assert set(questions.values()) == {1} and broadcast.isdisjoint(questions)
    twice = compare(servers, rows)
    uncertain = [row for row in rows if row.state == outbox.UNCERTAIN]
    listed = [row for row in rows if row.doubts or row.state == outbox.UNCERTAIN]
    assert len(listed) <= kills * len(servers) * AT_ONCE  # what was on its way
    return {
        "messages": sum(row.state == outbox.SENT for row in rows), "kills": kills, "lost": 0, "shown twice": twice,
        "uncertain": len(uncertain), "rows listed": len(listed),
        "calls refused with 429": sum(server.limits.refused for server in servers.values()),
    }  # fmt: skip


def compare(servers: dict[str, TelegramServer], rows: Any) -> int:
    """Each row that counts as sent was shown once, an uncertain one once at most, and oftener only what is listed as
    perhaps doubled. Gives how many copies there were."""
    shown = Counter(
        (name, str(item.chat_id), item.text)
        for name, server in servers.items() for item in server.deliveries if item.method == "sendMessage"
    )  # fmt: skip
    assert {row.state for row in rows} <= {outbox.SENT, outbox.UNCERTAIN}
    copies = 0
    for row in rows:
        count = shown.pop(_key(row), 0)
        assert count >= (row.state == outbox.SENT), "lost"
        assert count <= 1 + row.doubts, "shown twice and not listed"
        copies += max(0, count - 1)
    assert not shown, "nobody has written this"
    return copies


def _key(row: Row[*tuple[Any, ...]]) -> tuple[str, str, str]:
    return row.channel, row.address, plain(row.text) if row.broadcast_id is None else NEWS
