"""A channel whose every call the test decides on, and a sender at work on it."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from sqlalchemy import Engine

from bot.ports import Delivery, Outgoing, Sent
from bot.service.delivering import Delivering
from bot.service.installation import Installation
from bot.store import outbox
from bot.store.outbox import Letter
from bot.store.tables import outbox as table
from scheduler.database import Database
from scheduler.sending import Sender

NOW = datetime(2025, 7, 9, 12, 0, tzinfo=UTC)


class Scripted:
    """A channel (`bot.ports.Channel`). `answer` says what becomes of a message; while `open` is not set, all calls
    wait. It notes what was on its way at once."""

    name = "telegram"
    per_second = 2000.0
    chat_seconds = 1.0
    repeats_harmless = False

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.calls: list[tuple[str, str]] = []
        self.flying: list[str] = []
        self.most = 0
        self.two_to_one_chat = False
        self.answer: Callable[[str], Delivery] = lambda text: Sent(f"id of {text}")

    def count(self, message: Outgoing) -> int:
        return 1

    async def send(self, message: Outgoing) -> Delivery:
        return await self._call("send", message.address, message.text)

    async def show_typing(self, address: str) -> None:
        pass

    async def edit(self, message: Outgoing, message_id: str) -> Delivery:
        return await self._call(f"edit {message_id}", message.address, message.text)

    async def retract(self, address: str, message_id: str) -> Delivery:
        return await self._call(f"retract {message_id}", address, "")

    async def _call(self, what: str, address: str, text: str) -> Delivery:
        self.calls.append((what, text))
        self.two_to_one_chat |= address in self.flying
        self.flying.append(address)
        self.most = max(self.most, len(self.flying))
        try:
            await self.open.wait()
            await asyncio.sleep(0)
            return self.answer(text)
        finally:
            self.flying.remove(address)

    @property
    def texts(self) -> list[str]:
        """What was sent, in order."""
        return [text for _, text in self.calls]


class Desk:
    """A sender at work on a scripted channel, and the outbox that it works on."""

    def __init__(self, installation: Installation, channel: Scripted, epoch: int = 1) -> None:
        self.engine: Engine = installation.engine
        self.channel = channel
        self.database = Database()
        self.sender = Sender(channel, Delivering(installation), self.database, epoch)
        self.running: asyncio.Future[object] = asyncio.get_running_loop().create_future()

    def post(self, *texts: str, **more: object) -> None:
        """Put these in; a text is the chat before its first blank and whatever else."""
        with self.engine.begin() as tx:
            outbox.post(tx, [
                Letter(text, "telegram", text.split()[0], None, text, NOW, **more)  # type: ignore[arg-type]
                for text in texts
            ])  # fmt: skip
        self.sender.wake()

    def states(self) -> dict[str, str]:
        """The state of each row by its text."""
        with self.engine.begin() as tx:
            return {row.text: row.state for row in tx.execute(table.select().order_by(table.c.id))}

    def start(self) -> None:
        """Let it run."""
        self.running = asyncio.create_task(self.sender.run())

    async def settled(self) -> None:
        """Let everything that is under way go as far as it can."""
        for _ in range(30):
            await self.database(lambda: None)
            await asyncio.sleep(0)

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something; the test's own time limit is the end of patience."""
        while not happened():
            await asyncio.sleep(0.002)

    async def until_done(self, texts: Iterable[str]) -> None:
        """Wait until these are done with."""
        wanted = set(texts)
        await self.until(lambda: all(self.states()[text] not in ("queued", "sending", "deferred") for text in wanted))

    async def end(self) -> object:
        """Stop, and give what `run` gave."""
        self.sender.stop()
        return await self.running
