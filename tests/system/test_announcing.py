"""Announcements to a whole hall: at Telegram's pace, with a picture, and through kill -9."""

import asyncio
import io
import random
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Engine

from adapters.telegram.channel import PER_SECOND
from tests.system.hall import WORDS, Hall
from tests.telegram_server import Fault, TelegramServer

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("size", [90, pytest.param(3_000, marks=pytest.mark.long)])
async def test_a_hall_is_told_at_the_pace_that_telegram_allows(
    size: int, database: str, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with TelegramServer() as server, Hall(engine, database, tmp_path, server, size) as hall:
        bot = await hall.opens()
        await hall.announces(lambda olga: olga.says(WORDS))
        await hall.until_over()
        first, last = min(told := hall.times()), max(told)
        sent = sum(first < item.at <= last for item in server.deliveries)  # with the changes of the card
        rate = sent / (last - first)
        with capsys.disabled():
            print(f"\n{size} people in {last - first:.1f} s: {rate:.2f} messages a second of {PER_SECOND}, "
                  f"{server.limits.refused} refused")  # fmt: skip
        assert hall.states() == {"sent": size}
        assert set(hall.arrived().values()) == {1}
        assert server.limits.refused == 0
        if size > 1_000:  # over two minutes a busy machine evens out
            assert rate >= 0.99 * PER_SECOND
        assert await bot.terminate() == 0, bot.tail()
        assert server.violations == []


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("size", "kills"), [(60, 2), pytest.param(1_000, 20, marks=pytest.mark.long)])
async def test_kill_nine_in_the_middle(
    size: int, kills: int, database: str, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Everybody gets it once, or is listed as uncertain; it goes on by itself."""
    chance = random.Random(size)
    async with TelegramServer() as server, Hall(engine, database, tmp_path, server, size) as hall:
        # Telegram shows a message at once and says so late: that is when a kill leaves something in doubt.
        server.fail(Fault.SLOW, "sendMessage", times=1_000_000, seconds=0.15, share=0.5)
        bot = await hall.opens()
        olga = await hall.announces(lambda olga: olga.says(WORDS))
        for number in range(1, kills + 1):
            wanted = size * number // (kills + 1)
            await server.until(lambda wanted=wanted: hall.arrived().total() >= wanted, 120, "nobody is told")  # type: ignore[misc]
            await asyncio.sleep(chance.uniform(0.0, 0.1))
            await bot.kill()
            bot = await hall.opens()
        await hall.until_over()
        arrived, fates = hall.arrived(), hall.fates()
        uncertain = [chat for chat, state in fates.items() if state == "uncertain"]
        with capsys.disabled():
            print(f"\n{size} people, {kills} kills: {len(uncertain)} uncertain, of these "
                  f"{sum(arrived[chat] for chat in uncertain)} arrived")  # fmt: skip
        assert set(fates.values()) <= {"sent", "uncertain"} and len(fates) == size
        assert all(arrived[chat] == 1 for chat, state in fates.items() if state == "sent")
        assert all(arrived[chat] <= 1 for chat in uncertain)
        assert server.limits.refused == 0
        if uncertain:
            await olga.sees(f"Uncertain, perhaps arrived: {len(uncertain)}", 60)
            olga.taps("Send the uncertain ones again")
        await olga.sees(f"Arrived at {size} of {size}", 60)
        assert min(hall.arrived().values()) == 1
        assert {chat for chat, count in hall.arrived().items() if count > 1} <= set(uncertain)
        assert await bot.terminate() == 0, bot.tail()
        assert server.violations == []


@pytest.mark.parametrize("text", [pytest.param(WORDS, marks=pytest.mark.long), "Please come on foot. " * 60])
async def test_a_picture_goes_with_it(text: str, database: str, engine: Engine, tmp_path: Path) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(photo, "JPEG")
    caption = text if len(text) < 1000 else ""

    async with TelegramServer() as server, Hall(engine, database, tmp_path, server, size=12) as hall:
        bot = await hall.opens()
        olga = server.person("Olga", "en")
        if caption:
            olga = await hall.announces(lambda olga: olga.sends_photo(photo.getvalue(), caption))
        else:
            olga = await hall.announces(lambda olga: olga.says(text.strip()), photo.getvalue())
        await hall.until_over()
        for person in hall.everybody:
            pictures = [said for said in person.chat if said.media]
            assert len(pictures) == 1
            told = pictures[0].text if caption else person.newest.text
            assert told == f"📣 Werkstatt Berlin\n{text.strip()}"
            assert len(person.chat) == (1 if caption else 2)
        assert server.limits.refused == 0
        assert len({said.media.fields[0]["file_id"] for said in hall.everybody[-1].chat if said.media}) == 1
        await olga.sees("Arrived at 12 of 12", 30)
        olga.taps("Take back")
        await olga.hears("Delete it at 12 of 12?", 30)
        olga.taps("Yes, delete it")
        await olga.hears("Deleted at 12 of 12", 30)
        assert not any(person.chat for person in hall.everybody)
        assert await bot.terminate() == 0, bot.tail()
        assert server.violations == []
