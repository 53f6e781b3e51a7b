"""One update after another: read it, hand it in, acknowledge the tap. For polling and for the webhook."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Protocol

from adapters.telegram.channel import TelegramChannel
from adapters.telegram.reading import query_id, read
from bot.dialogue.message import Incoming

PATIENCE = 1.0
"""After so many seconds without an answer the chat sees that it is being written."""


class Received(Protocol):
    """What became of an `Incoming` once it is committed."""

    @property
    def notice(self) -> str:
        """A few words for the tap itself, or ""."""
        ...


Receive = Callable[[Incoming], Awaitable[Received]]
"""Takes what somebody did; returns only when it is committed. What it raises means: neither this nor anything handed in
after it is committed, hand it in again."""


class Receiver:
    """Hands the updates of one channel to `receive`."""

    def __init__(self, channel: TelegramChannel, receive: Receive, patience: float = PATIENCE) -> None:
        self._channel = channel
        self._receive = receive
        self._patience = patience
        self._aside: set[asyncio.Task[None]] = set()

    async def take(self, update: Mapping[str, Any]) -> None:
        """Have one update committed; afterwards it may be confirmed to Telegram. Taps are acknowledged in the
        background, whatever they meant. Raises what `receive` raises, and TelegramError while the bot does not yet
        know its own name."""
        incoming = read(update, self._channel.name, await self._channel.me())
        notice = await self._hand_in(incoming) if incoming else ""
        query = query_id(update)
        if query is not None:
            self._in_background(self._channel.acknowledge(query, notice))

    async def close(self, patience: float = 2.0) -> None:
        """Let running acknowledgements end, for at most `patience` seconds."""
        if self._aside:
            _, late = await asyncio.wait(self._aside, timeout=patience)
            for task in late:
                task.cancel()

    async def _hand_in(self, incoming: Incoming) -> str:
        slow = asyncio.get_running_loop().call_later(self._patience, self._type, incoming)
        try:
            return (await self._receive(incoming)).notice
        finally:
            slow.cancel()

    def _type(self, incoming: Incoming) -> None:
        if incoming.private:
            self._in_background(self._channel.show_typing(incoming.address))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
