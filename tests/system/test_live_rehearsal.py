"""`worthalten run --speed`: an evening and half a year on real chats of both platforms, with people of every temper,
kills at random moments, and restarts."""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.store.engine import open_engine
from bot.store.tables import answers, calls, inbox, pledges
from tests.homeserver import Homeserver
from tests.system.evening_cast import Organiser
from tests.system.guests import Guest
from tests.system.half_year import (
    BERLIN,
    START,
    calendar,
    command,
    compare,
    compare_matrix,
    judge,
    rehearse,
    workshop,
    write_transcripts,
)
from tests.system.phones import OnMatrix, OnTelegram
from tests.system.processes import Bot, configure_both
from tests.system.rehearsal_cast import CAST, guests
from tests.telegram_server import TelegramServer

OVER = "Geprobt bis"
HALF = timedelta(days=184)
EVENING_KILLS = 0.2
"""How many of the kills happen on the evening, while people join."""


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("people", "kills", "patience"), [(3, 1, 0.5), pytest.param(len(CAST), 10, 0.4, marks=pytest.mark.long)]
)
async def test_half_a_year(people: int, kills: int, patience: float, tmp_path: Path) -> None:
    chance = random.Random(kills)
    async with TelegramServer() as telegram, Homeserver(message_limit=True) as homeserver, AsyncExitStack() as stack:
        account = await homeserver.register("versprechen")
        await homeserver.unlimit(account)
        config = configure_both(tmp_path, f"sqlite:///{tmp_path / 'worthalten.db'}", telegram, (homeserver, account))
        everyone = await guests(CAST[:people], telegram, homeserver)
        olga = Organiser(OnTelegram("Olga", telegram), lambda _: True)
        installation = Killed(config, tmp_path / "log", patience, chance)

        await stack.enter_async_context(aclosing(installation))
        await installation.starts(speed=1)
        await installation.until(lambda: installation.log.read_text().count("Worthalten läuft") == 2)
        invited = workshop(config)
        code, links = str(invited["code"]), invited["links"]
        team = command(config, "organiser", "invite", "--workshop", invited["letters"])["code"]
        await olga.joins({channel: link.replace(code, team) for channel, link in links.items()}, team)
        engine = open_engine(f"sqlite:///{tmp_path / 'worthalten-rehearsal.db'}")

        over = asyncio.Event()

        async def takes_part(guest: Guest) -> None:
            if guest.pledge:
                await guest.comes(links, code, arriving=0.8 * people)
            await guest.lives(over)

        living = asyncio.gather(olga.works(over), *map(takes_part, everyone))
        evening = int(kills * EVENING_KILLS)
        for _ in range(evening):
            await asyncio.sleep(chance.uniform(0.5, people))
            await installation.is_killed(speed=1)
        await installation.until(lambda: living.done() or all(map(_is_settled, everyone)))
        await installation.is_killed()
        begun = datetime.combine(START, time(14), BERLIN)
        for moment in sorted(begun + chance.uniform(0.0, 1.0) * HALF for _ in range(kills - evening - 1)):
            await installation.until(partial(_is_past, engine, moment, living))
            await asyncio.sleep(chance.uniform(0.0, 1.0))
            await installation.is_killed()
        await installation.until(lambda: living.done() or OVER in installation.told)
        over.set()
        await living
        assert await installation.bot.terminate() == 0, installation.bot.tail()

        phones = [*(guest.phone for guest in everyone), olga.phone]
        write_transcripts(engine, {phone.name: phone.entries() for phone in phones}, tmp_path / "transcripts")
        assert telegram.violations == []
        assert "Traceback" not in installation.log.read_text(errors="replace")
        judge(engine)
        compare(engine, telegram, kills)
        compare_matrix(engine, [phone.person for phone in phones if isinstance(phone, OnMatrix)])
        _nothing_is_lost(engine, everyone)
        _what_came_of_it_is_what_they_said(engine, everyone)
        engine.dispose()
    assert not (tmp_path / "worthalten.db").exists()


class Killed:
    """A rehearsal that is killed every now and then, and goes on."""

    def __init__(self, config: Path, log: Path, patience: float, chance: random.Random) -> None:
        self.log = log
        self._config, self._patience, self._chance = config, patience, chance
        self._read = 0
        self.bot: Bot

    async def aclose(self) -> None:
        """Whatever has happened, no bot goes on."""
        if self.bot.is_running:
            await self.bot.kill()

    async def starts(self, speed: float | None = None) -> None:
        """Begin, or go on, as fast as it can be or at this speed."""
        self._read = self.log.stat().st_size if self.log.exists() else 0
        further = {} if speed is None else {"speed": speed}
        self.bot = await rehearse(self._config, self._patience, self.log, **further)

    async def is_killed(self, speed: float | None = None) -> None:
        """kill -9 and another start."""
        await self.bot.kill()
        await self.starts(speed)

    @property
    def told(self) -> str:
        """What it has said since it was started last."""
        return self.log.read_bytes()[self._read :].decode(errors="replace")

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something. Raises AssertionError when the bot ends instead."""
        while not condition():
            assert self.bot.is_running, self.bot.tail()
            await asyncio.sleep(0.1)


def _is_past(engine: Engine, moment: datetime, living: asyncio.Future[list[None]]) -> bool:
    """Whether the calendar has come to this moment, or everybody is done before."""
    return living.done() or calendar(engine) >= moment


def _is_settled(guest: Guest) -> bool:
    """Whether everything is done that they do on the evening."""
    told = "\n".join(one.text for one in guest.phone.told())
    if not guest.pledge:
        return "dabei sind." in told
    changed = "Geändert." in told if "Was soll sich an" in guest.manner else True
    return bool(guest.reference) and changed


def _nothing_is_lost(engine: Engine, everyone: Sequence[Guest]) -> None:
    """Everything that came in was handled, and every sentence is kept, unless they had it deleted."""
    with engine.begin() as tx:
        assert set(tx.execute(select(inbox.c.state)).scalars()) <= {"done"}
        kept = {
            *tx.execute(select(answers.c.note)).scalars(),
            *tx.execute(select(calls.c.obstacle)).scalars(),
            *tx.execute(select(pledges.c.outcome_note)).scalars(),
        }
    for guest in everyone:
        assert set(guest.sentences) <= kept, guest.phone.name
        assert not (isinstance(guest.phone, OnMatrix) and guest.phone.person.unreadable), guest.phone.name


def _what_came_of_it_is_what_they_said(engine: Engine, everyone: Sequence[Guest]) -> None:
    with engine.begin() as tx:
        outcomes = {row.reference: row.outcome for row in tx.execute(select(pledges.c.reference, pledges.c.outcome))}
    expected = {part.name: part.outcome for part in CAST}
    said = {guest.phone.name: outcomes.get(guest.reference) for guest in everyone if guest.pledge}
    assert said == {name: expected[name] for name in said}
