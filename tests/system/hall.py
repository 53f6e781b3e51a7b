"""A hall full of people who have all joined on a strict Telegram, and a team of two who tell them something."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert, select

from bot.dialogue.joining import CONSENT_VERSION
from bot.domain.broadcast import ALONE
from bot.domain.land import Land
from bot.domain.roles import Role
from bot.store import teams, workshops
from bot.store.tables import accounts, attendances, outbox, people
from bot.store.teams import TeamCode
from tests.system.processes import Bot, configure
from tests.telegram_server import Person, TelegramServer

NOON = datetime(2025, 7, 9, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
"""On the workshop's own day its people may be written to until ten in the evening."""
WORDS = "The bus leaves at five."
PATIENCE = 60.0


class Hall:
    """`size` people besides the team; the bot runs as a process that takes the time to be `NOON`."""

    def __init__(self, engine: Engine, database: str, directory: Path, server: TelegramServer, size: int) -> None:
        self.server, self.size = server, size
        self._bots: list[Bot] = []
        self._engine, self._log = engine, directory / "log"
        self._shift = NOON - datetime.now(UTC)
        server.limits.strict = True
        self._config = configure(directory, database, server)
        self.everybody = [server.person(f"Person{number}", "en") for number in range(size)]
        self._seats = {person.id for person in self.everybody}
        with engine.begin() as tx:
            there = workshops.add(
                tx, letters="BER", name="Werkstatt Berlin", day=NOON.date(), land=Land.BE, code="ABCD2345",
                created_at=NOON,
            )  # fmt: skip
            for code in ("TEAM2345", "TEAM6789"):
                teams.invite(tx, TeamCode(code, there.id, Role.ORGANISER, NOON.date()))
            for person in self.everybody:
                person.home.refusal = ""  # they have written to the bot once
                self._seat(tx, person, there.id)

    def _seat(self, tx: object, person: Person, workshop_id: int) -> None:
        for table, values in (
            (people, {"id": person.id, "language": "en", "zone": "Europe/Berlin", "weekday": 2, "window": "morning",
                      "created_at": NOON}),
            (accounts, {"person_id": person.id, "channel": "telegram", "address": str(person.id),
                        "user": str(person.id), "reachable": True, "agreed": CONSENT_VERSION, "created_at": NOON}),
            (attendances, {"person_id": person.id, "workshop_id": workshop_id, "at": NOON}),
        ):  # fmt: skip
            tx.execute(insert(table).values(values))  # type: ignore[attr-defined]

    async def opens(self) -> Bot:
        """The bot, running."""
        bot = await Bot.start("tests.system.shifted", self._shift.total_seconds(), self._config, log=self._log)
        self._bots.append(bot)
        await bot.is_polling(self.server)
        return bot

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Whatever has happened, no bot goes on."""
        for bot in self._bots:
            if bot.is_running:
                await bot.kill()

    async def joins_team(self, name: str, code: str) -> Person:
        """Somebody who is of the team from now on."""
        person = self.server.person(name, "en")
        person.says(code)
        await person.hears("Do you agree?", PATIENCE)
        person.taps("Yes, I agree")
        await person.hears("belong to the team", PATIENCE)
        return person

    async def announces(self, send: Callable[[Person], object], picture: bytes = b"") -> Person:
        """Olga writes what `send` lets her, with a picture after it if there is one, and it is released: by Rita where
        there are too many for one. Gives Olga."""
        olga = await self.joins_team("Olga", "TEAM2345")
        rita = await self.joins_team("Rita", "TEAM6789")
        olga.says("/announce")
        await olga.hears("What do you want to say?", PATIENCE)
        send(olga)
        await olga.hears("Until which day", PATIENCE)
        olga.says("today")
        await olga.hears("To whom?", PATIENCE)
        olga.taps("On to the preview")
        await olga.hears(f"Reached: {self.size}", PATIENCE)
        if picture:
            olga.sends_photo(picture)
            await olga.hears(f"Reached: {self.size}", PATIENCE)
        if self.size <= ALONE:
            olga.taps("Release")
            return olga
        olga.taps("Ask for release")
        await rita.hears("May it leave?", PATIENCE)
        rita.taps("Release")
        return olga

    def arrived(self) -> Counter[int]:
        """How often it has reached whom."""
        return Counter(item.chat_id for item in self.server.deliveries if item.chat_id in self._seats)

    def times(self) -> list[float]:
        """When it reached them, one by one."""
        return [item.at for item in self.server.deliveries if item.chat_id in self._seats]

    def states(self) -> Counter[str]:
        """What became of its rows."""
        with self._engine.connect().execution_options(reading=True) as tx:
            mine = select(outbox.c.state).where(outbox.c.broadcast_id.is_not(None), outbox.c.action == "send")
            return Counter(tx.execute(mine).scalars())

    def fates(self) -> dict[int, str]:
        """The state of each person's row."""
        with self._engine.connect().execution_options(reading=True) as tx:
            rows = tx.execute(select(outbox.c.address, outbox.c.state).where(outbox.c.broadcast_id.is_not(None)))
            return {int(address): state for address, state in rows}

    async def until_over(self) -> None:
        """Wait until nothing of it moves any more."""
        while not (states := self.states()) or states.keys() & {"planned", "queued", "deferred", "sending"}:
            await asyncio.sleep(0.5)
