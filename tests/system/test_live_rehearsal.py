"""`worthalten run --speed`: half a year on real chats in a minute, with people of every temper, kills and restarts."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.store.engine import open_engine
from tests.system.half_year import compare, judge, rehearse, workshop, write_transcripts
from tests.system.processes import configure
from tests.system.rehearsal_cast import CAST, Somebody
from tests.telegram_server import TelegramServer

OVER = "Rehearsed until"


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("people", "kills", "patience"), [(3, 1, 0.1), pytest.param(len(CAST), 10, 1.0, marks=pytest.mark.long)]
)
async def test_half_a_year(people: int, kills: int, patience: float, tmp_path: Path) -> None:
    chance = random.Random(kills)
    async with TelegramServer() as server:
        config = configure(tmp_path, f"sqlite:///{tmp_path / 'worthalten.db'}", server)
        code = workshop(config)["code"]
        log = tmp_path / "log"
        cast = [
            Somebody(server, server.person(name), pledge, manner, seconds, random.Random(name))
            for name, pledge, manner, seconds in CAST[:people]
        ]
        over = asyncio.Event()
        bot = await rehearse(config, patience, log)
        await bot.is_polling(server)
        living = asyncio.gather(*(somebody.live(code, over) for somebody in cast))
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(1.0, 3.0))
            await bot.kill()
            bot = await rehearse(config, patience, log)
            await bot.is_polling(server)
        while OVER not in log.read_text(errors="replace"):
            assert bot.is_running, bot.tail()
            await asyncio.sleep(0.1)
        over.set()
        await living
        assert await bot.terminate() == 0, bot.tail()
        assert server.violations == []
        engine = open_engine(f"sqlite:///{tmp_path / 'worthalten-rehearsal.db'}")
        chats = {somebody.person.name: somebody.person.entries() for somebody in cast}
        write_transcripts(engine, chats, tmp_path / "transcripts")
        judge(engine)
        compare(engine, server, kills)
        engine.dispose()
    assert not (tmp_path / "worthalten.db").exists()
