"""Workshops and people on a temporary database, with the services of a live bot and a mailbox for everybody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import event, text

from adapters.rehearsal.people import Cast, Pledge, Somebody
from bot.dialogue.message import Incoming, Kind, Tap
from bot.domain.company import Part
from bot.domain.workshop import Workshop
from bot.ports import Sent
from bot.service import planning
from bot.service.asking import Asking
from bot.service.broadcasting import Broadcasting
from bot.service.delivering import Delivering
from bot.service.installation import Installation, Rules
from bot.service.receiving import Receiving
from bot.store import companions, migrations, people, pledges, workshops
from bot.store.engine import open_engine
from bot.store.outbox import SEND, Letter
from scheduler.clock import ManualClock

CHANNEL = "telegram"
ZONE = ZoneInfo("Europe/Berlin")


class Stage:
    """An installation whose messages arrive at once, and whose calendar moves when it is told to."""

    def __init__(self, folder: Path, start: date, rules: Rules) -> None:
        self.clock = ManualClock(datetime.combine(start, time(14, 30), ZONE))
        self.installation = Installation(open_engine(f"sqlite:///{folder / 'rehearsal.db'}"), self.clock, rules)
        event.listen(self.installation.engine, "connect", _nothing_to_lose)
        with self.installation.engine.begin() as tx:
            migrations.upgrade(tx)
        self.broadcasting = Broadcasting(self.installation)
        self.asking = Asking(self.installation)
        self._receiving = Receiving(self.installation)
        self._delivering = Delivering(self.installation, real=lambda: self.clock.now().timestamp())
        self.workshops: dict[str, Workshop] = {}
        self.ids: dict[str, int] = {}
        self._updates = 0

    def hold(self, cast: Cast) -> None:
        """Set up the workshops."""
        with self.installation.engine.begin() as tx:
            for number, one in enumerate(cast.events):
                self.workshops[one.letters] = workshops.add(
                    tx, letters=one.letters, name=one.name, day=one.day, land=one.land, code=f"REHEAR{number + 22}",
                    created_at=self.clock.now(),
                )  # fmt: skip

    def join(self, somebody: Somebody, letters: str) -> None:
        """Somebody comes to a workshop, as they would: by its code."""
        joined = somebody.address in self.ids
        self.say(somebody, f"/start {self.workshops[letters].code}")
        if joined:
            return
        self.say(somebody, "ja")
        with self.installation.engine.begin() as tx:
            found = people.at(tx, CHANNEL, somebody.address)
            assert found is not None
            self.ids[somebody.address] = found[0].id
            people.change(tx, found[0].id, window=somebody.window, weekday=somebody.weekday)

    def promise(self, somebody: Somebody, made: Pledge) -> str:
        """Somebody makes a pledge by typing it; gives its number."""
        me, workshop = self.ids[somebody.address], self.workshops[made.letters]
        before = self._pledges(me)
        asked = self.say(somebody, f"/neu {made.text}")
        if self._pledges(me) == before:  # for which workshop?
            keys = [choice.key for choice in asked[-1].choices]
            self.tap(somebody, asked[-1], keys.index(str(workshop.id)))
        [reference] = self._pledges(me) - before
        with self.installation.engine.begin() as tx:
            changed: dict[str, Any] = {"land": somebody.land} | ({"due": made.due} if made.due else {})
            pledges.change(tx, reference, changed)
            self.replan(tx, somebody)
        return reference

    def _pledges(self, person_id: int) -> set[str]:
        with self.installation.engine.begin() as tx:
            return {pledge.reference for pledge in pledges.of_makers(tx, [person_id]).get(person_id, {}).values()}

    def replan(self, tx: Any, somebody: Somebody) -> None:
        """What comes next follows from what was changed behind the dialogues' back."""
        planning.replan(tx, self.installation.rules, [self.ids[somebody.address]], self.clock.now())

    def stand_beside(self, reference: str, partner: Somebody, maker: Somebody) -> None:
        """A partner joins a pledge."""
        with self.installation.engine.begin() as tx:
            found = pledges.by_reference(tx, reference)
            assert found is not None
            companions.add(tx, found[0], self.ids[partner.address], Part.PARTNER, self.clock.now())
            self.replan(tx, maker)

    def say(self, somebody: Somebody, words: str) -> list[Letter]:
        """Somebody types; gives what they are answered."""
        return self._receive(somebody, {"text": words})

    def tap(self, somebody: Somebody, letter: Letter, choice: int) -> list[Letter]:
        """Somebody taps a choice; gives what they are answered."""
        tap = Tap(letter.prompt or "", choice)
        return self._receive(somebody, {"kind": Kind.TAP, "tap": tap, "message_id": f"out-{letter.id}"})

    def _receive(self, somebody: Somebody, did: dict[str, Any]) -> list[Letter]:
        self._updates += 1
        update = str(self._updates)
        self._receiving.receive(Incoming(**{
            "channel": CHANNEL, "update_id": update, "address": somebody.address, "user": somebody.address,
            "message_id": f"in-{update}", "language": "de", **did,
        }))  # fmt: skip
        return self.deliver()

    def deliver(self) -> list[Letter]:
        """Hand over all that waits; gives the new messages."""
        sent = []
        while letter := self._delivering.lease(CHANNEL, 1, ()):
            self._delivering.settle(letter, 1, Sent(f"out-{letter.id}"))
            if letter.action == SEND:
                sent.append(letter)
        return sent

    def ask(self) -> list[Letter]:
        """Ask and tell whoever is due now; gives the new messages."""
        while self.asking.ask_due().more:
            pass
        while self.broadcasting.place().more:
            pass
        return self.deliver()

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Look into the database."""
        with self.installation.engine.connect() as tx:
            return [tuple(row) for row in tx.execute(text(statement))]


@contextmanager
def staged(start: date, rules: Rules, clean_up: Callable[[], None] = lambda: None) -> Iterator[Stage]:
    """A stage that leaves nothing behind."""
    with TemporaryDirectory(prefix="worthalten-rehearsal-") as folder:
        stage = Stage(Path(folder), start, rules)
        try:
            yield stage
        finally:
            stage.installation.engine.dispose()
            clean_up()


def _nothing_to_lose(connection: Any, record: object) -> None:
    """After a power cut nobody looks for a rehearsal."""
    connection.execute("PRAGMA synchronous=OFF")
