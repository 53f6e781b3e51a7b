"""A bot's account under test, without the bot: what comes in is kept, and can be waited for."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from adapters.matrix.channel import MatrixChannel
from adapters.matrix.session import Session
from adapters.matrix.sync import Pace, listen
from bot.dialogue.message import Incoming
from bot.ports import Gone
from tests.homeserver.server import Homeserver

QUICK = Pace(wait=10, first_pause=0.01, longest_pause=0.1)


class Account:
    """One account with what it has taken in. `refuses` says how often the next things cannot be stored."""

    def __init__(self, homeserver: Homeserver, user: str, directory: Path, password: str = "geheim") -> None:
        self.homeserver = homeserver
        self.user = user
        self.directory = directory
        self.password = password
        self.invite_allow: tuple[str, ...] = ()
        self.heard: list[Incoming] = []
        self.refuses = 0
        self.position: str | None = None
        self.ended: Gone | None = None
        self._known: set[str] = set()
        self._news = asyncio.Condition()

    @contextlib.asynccontextmanager
    async def listening(self, pace: Pace = QUICK) -> AsyncIterator[MatrixChannel]:
        """Listen, until the block ends; gives the channel that sends."""
        session = Session("matrix", self.homeserver.url, self.user, self.password, self.directory, self.invite_allow)
        channel, stop = MatrixChannel(session), asyncio.Event()
        task = asyncio.create_task(listen(session, self._receive, stop, self._load, self._save, pace))
        try:
            ready = asyncio.create_task(session.ready.wait())
            await asyncio.wait({ready, task}, timeout=20, return_when=asyncio.FIRST_COMPLETED)
            ready.cancel()
            self.session = session
            yield channel
        finally:
            stop.set()
            self.ended = await asyncio.wait_for(task, 20)
            await channel.close()

    async def hears(self, condition: Callable[[Incoming], bool] | str) -> Incoming:
        """Wait for something that fits (or has that text), also in what was heard before."""
        fits = (lambda told: told.text == condition) if isinstance(condition, str) else condition
        await self.until(lambda: any(fits(told) for told in self.heard))
        return next(told for told in self.heard if fits(told))

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something has come true of what was heard."""
        try:
            async with asyncio.timeout(20), self._news:
                await self._news.wait_for(condition)
        except TimeoutError:
            raise AssertionError(f"heard only {self.heard}") from None

    async def _receive(self, incoming: Incoming) -> None:
        if self.refuses:
            self.refuses -= 1
            raise OSError("disk full")
        if incoming.update_id not in self._known:
            self._known.add(incoming.update_id)
            self.heard.append(incoming)
        await self._told()

    async def _load(self) -> str | None:
        return self.position

    async def _save(self, position: str) -> None:
        self.position = position
        await self._told()

    async def _told(self) -> None:
        async with self._news:
            self._news.notify_all()
