"""Messages come in: those of one channel in their order, and what waits for the disk is committed together."""

import asyncio
from collections.abc import Callable, Iterable

from bot.dialogue.message import Incoming
from bot.service.receiving import Received, Receiving
from scheduler.database import Database

AT_ONCE = 10
"""Messages in one commit; few enough that what goes out gets its turn between."""


class Reception:
    """Takes in what one channel hears."""

    def __init__(self, receiving: Receiving, database: Database, wake: Callable[[Iterable[str]], None]) -> None:
        self._receiving = receiving
        self._database = database
        self._wake = wake
        self._waiting: list[tuple[Incoming, asyncio.Future[Received]]] = []
        self._working: asyncio.Task[None] | None = None

    async def receive(self, incoming: Incoming) -> Received:
        """Take a message in, after those handed in before it; returns when it is committed. What this raises is raised
        to all that wait: nobody may overtake a message that has to be handed in again."""
        taken: asyncio.Future[Received] = asyncio.get_running_loop().create_future()
        self._waiting.append((incoming, taken))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        return await taken

    async def _work(self) -> None:
        while self._waiting:
            group = self._waiting[:AT_ONCE]
            try:
                received = await self._database(self._receiving.receive_all, [incoming for incoming, _ in group])
            except Exception as problem:
                for _, taken in self._waiting:
                    if not taken.done():
                        taken.set_exception(problem)
                self._waiting = []
                return
            del self._waiting[: len(group)]
            for (_, taken), one in zip(group, received, strict=True):
                self._wake(one.channels)
                if not taken.done():
                    taken.set_result(one)
