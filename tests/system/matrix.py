"""The bot on Matrix as a process, and what people do first with it."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from bot.domain.land import Land
from bot.store import workshops
from scheduler.clock import SystemClock
from tests.homeserver import Homeserver, Person
from tests.system.processes import Bot, configure_matrix

CODE = "ABCD2345"
PLEDGE = "Wir eröffnen bis Ende Oktober ein Bürgerbüro"


class Installation:
    """A database with a workshop of today, or of the day of `now`, whose code is CODE, and the bots that run on it."""

    def __init__(self, directory: Path, database: str, engine: Engine, now: datetime | None = None) -> None:
        self.engine = engine
        self.directory, self._database = directory, database
        self._started: list[Bot] = []
        now = now or SystemClock().now()
        with engine.begin() as tx:
            workshops.add(
                tx, letters="BER", name="Werkstatt Berlin", day=now.date(), land=Land.BE, code=CODE, created_at=now
            )

    async def run(self, homeserver: Homeserver, account: str, ahead: timedelta | None = None) -> Bot:
        """`worthalten run` with this account; `ahead` of the machine's clock."""
        return await self.run_all(ahead, matrix=(homeserver, account))

    async def run_all(self, ahead: timedelta | None = None, **accounts: tuple[Homeserver, str]) -> Bot:
        """`worthalten run` with these accounts by channel; `ahead` of the machine's clock."""
        config = configure_matrix(self.directory, self._database, **accounts)
        log = self.directory / "log"
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


async def joins(person: Person, bot: str, pledge: str = PLEDGE, timeout: float = 60.0) -> None:
    """Invite the bot, agree, and register a pledge; `timeout` is how long to wait for each answer."""
    await person.invites(bot, joined=False)
    await person.hears("Code", timeout)
    await person.says(CODE)
    await person.reacts(1, await person.hears("einverstanden", timeout))
    await person.hears("vorgenommen", timeout)
    await person.says(pledge)
    await person.hears("BER-0", timeout)


def said(person: Person, words: str) -> int:
    """How many messages with these words they have got from the bot."""
    return sum(words in message.text for message in person.messages if message.sender == person.bot)
