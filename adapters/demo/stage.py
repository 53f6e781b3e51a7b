"""The same engine as a live bot's, on a temporary database and a clock that only moves when it is told to."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from adapters.terminal import TerminalChannel
from bot.dialogue.message import Incoming
from bot.domain.land import Land
from bot.domain.workshop import Workshop
from bot.service.asking import Asking
from bot.service.delivering import Delivering, outgoing
from bot.service.installation import Installation, Rules
from bot.service.receiving import Receiving
from bot.store import migrations, workshops
from bot.store.engine import open_engine
from bot.store.outbox import EDIT
from bot.texts import speaker
from scheduler.clock import ManualClock

ZONE = ZoneInfo("Europe/Berlin")
START = datetime(2025, 7, 9, 14, 30, tzinfo=ZONE)
"""The afternoon of the second Werkstatt der Mutigen."""
CODE = "MUTG2345"


class Demo:
    """One workshop, its people on one terminal, and the calendar in our hands."""

    def __init__(self, folder: Path, console: Console, language: str) -> None:
        self.clock = ManualClock(START)
        rules = Rules(language=language, zone=ZONE, responsible="ProjectTogether gGmbH, Berlin")
        self.installation = Installation(open_engine(f"sqlite:///{folder / 'demo.db'}"), self.clock, rules)
        with self.installation.engine.begin() as tx:
            migrations.upgrade(tx)
            self.workshop: Workshop = workshops.add(
                tx, letters="BER", name="Werkstatt der Mutigen, Berlin", day=START.date(), land=Land.BUND, code=CODE,
                created_at=self.clock.now(),
            )  # fmt: skip
        self.channel = TerminalChannel(console, speaker(language), self.clock.now, ZONE)
        self._receiving = Receiving(self.installation)
        self._asking = Asking(self.installation)
        self._delivering = Delivering(self.installation)
        self._language = language
        self._updates = 0

    def say(self, text: str, address: str = "1") -> None:
        """Somebody says something, and the bot answers."""
        self._updates += 1
        self._receiving.receive(Incoming(
            channel=self.channel.name, update_id=str(self._updates), address=address, user=address, text=text,
            message_id=f"in-{self._updates}", language=self._language,
        ))  # fmt: skip
        self._deliver()

    def jump(self, until: datetime) -> bool:
        """Let time pass until `until`, or until the bot asks something; True when it did."""
        while (due := self._asking.next_due()) and due <= until:
            self.clock.set(due)
            while self._asking.ask_due().more:
                pass
            if self._deliver():
                return True
        self.clock.set(until)
        return False

    def pass_time(self) -> bool:
        """Let time pass until somebody is asked something; False when nothing is left to ask, and nothing changes."""
        due = self._asking.next_due()
        return due is not None and (self.jump(due) or self.pass_time())

    @property
    def today(self) -> date:
        """The day it is."""
        return self.clock.now().astimezone(ZONE).date()

    def _deliver(self) -> int:
        return asyncio.run(self._send_all())

    async def _send_all(self) -> int:
        """Hand over all that waits; gives how many new messages there were."""
        sent = 0
        while letter := self._delivering.lease(self.channel.name, 1, ()):
            if letter.action == EDIT:
                delivery = await self.channel.edit(outgoing(letter), letter.message_id or "")
            else:
                delivery = await self.channel.send(outgoing(letter))
                sent += 1
            self._delivering.settle(letter, 1, delivery)
        return sent

    def close(self) -> None:
        """Close the database."""
        self.installation.engine.dispose()


@contextmanager
def demo(console: Console, language: str) -> Iterator[Demo]:
    """A demo that leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="worthalten-demo-") as folder:
        stage = Demo(Path(folder), console, language)
        try:
            yield stage
        finally:
            stage.close()


def later(now: datetime, amount: int, unit: str) -> datetime:
    """`now` moved on by so many days (d), weeks (w), months (m) or hours (h)."""
    match unit:
        case "h":
            return now + timedelta(hours=amount)
        case "w":
            return now + timedelta(weeks=amount)
        case "m":
            return now + timedelta(days=30 * amount)
        case _:
            return now + timedelta(days=amount)
