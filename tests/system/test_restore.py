"""A backup comes back into a bot that people have talked with since: who decides, and the new Matrix device."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Engine

from bot.domain.land import Land
from bot.store import workshops
from scheduler.clock import SystemClock
from tests.homeserver import Homeserver
from tests.system.commands import CommandLine
from tests.system.matrix import Installation, joins
from tests.system.processes import Bot, configure
from tests.telegram_server import TelegramServer

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.parametrize("backend", ["sqlite"], indirect=True),
]
CODE = "ABCD2345"


async def restores(worthalten: CommandLine, backup: str) -> None:
    """Bring it back, while nobody runs."""
    done = await asyncio.to_thread(worthalten, "restore", backup)
    assert done.code == 0, done.err


async def backs_up(worthalten: CommandLine) -> str:
    """Make a backup; gives where it is."""
    done = await asyncio.to_thread(worthalten, "backup")
    assert done.code == 0, done.err
    return done.out.removeprefix("Backed up: ").strip()


async def test_the_administrator_decides_in_the_chat(
    worthalten: CommandLine, database: str, engine: Engine, tmp_path: Path
) -> None:
    now = SystemClock().now()
    with engine.begin() as tx:
        workshops.add(
            tx, letters="BER", name="Werkstatt Berlin", day=now.date(), land=Land.BE, code=CODE, created_at=now
        )
    async with TelegramServer() as server:
        anna, lisa = server.person("Anna", "en"), server.person("Lisa", "en")
        config = configure(tmp_path, database, server)
        config.write_text(config.read_text() + f"\n[administrators]\ntelegram = [{lisa.id}]\n")
        bot = await Bot.start("bot", "run", "--config", config, log=tmp_path / "log")
        lisa.says("/start")
        await lisa.hears()
        anna.says(f"/start {CODE}")
        await anna.hears("Do you agree?")
        backup = await backs_up(worthalten)
        anna.taps("Yes, I agree")
        await anna.hears("What have you set out to do?")
        assert await bot.terminate() == 0, bot.tail()
        await restores(worthalten, backup)
        bot = await Bot.start("bot", "run", "--config", config, log=tmp_path / "log")
        told = await lisa.hears("was brought back", timeout=30)
        assert "Nothing has become due since" in told.text and told.buttons == ["Go on"]
        lisa.taps("Go on")
        await lisa.hears("Good, I decide again what is still to be sent")
        anna.says(f"/start {CODE}")
        await anna.hears("Do you agree?")
        assert await bot.terminate() == 0, bot.tail()
        assert (await asyncio.to_thread(worthalten, "restore", "--skip")).out == "Nothing is held back.\n"
        assert server.violations == []


@pytest_asyncio.fixture(loop_scope="module")
async def homeserver() -> AsyncIterator[Homeserver]:
    async with Homeserver() as homeserver:
        yield homeserver


async def test_on_matrix_a_new_device_is_signed(
    worthalten: CommandLine, homeserver: Homeserver, database: str, engine: Engine, tmp_path: Path
) -> None:
    installed = Installation(tmp_path, database, engine)
    account, anna = await homeserver.register("bot"), await homeserver.person("anna")
    bot = await installed.run(homeserver, account)
    await joins(anna, account)
    backup = await backs_up(worthalten)
    [before] = anna.devices_of(account)
    await anna.says("!status")
    await anna.hears("BER-001")
    assert await bot.terminate() == 0, bot.tail()
    await restores(worthalten, backup)
    bot = await installed.run(homeserver, account)
    async with asyncio.timeout(30):  # what is written to no device can be read by none
        while anna.devices_of(account) in ([], [before]):
            await asyncio.sleep(0.05)
    await anna.says("!hilfe")
    await anna.hears("!pause")
    found = (await asyncio.to_thread(worthalten, "check", "--json")).json["checks"]
    assert {check["name"]: check["ok"] for check in found}["encryption matrix"]
    assert not anna.unreadable
    assert await bot.terminate() == 0, bot.tail()
