"""One update after another: read it, hand it in, acknowledge the tap. For polling and for the webhook."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from adapters.telegram.channel import TelegramChannel
from adapters.telegram.reading import query_id, read
from bot.dialogue.message import Incoming


class Received(Protocol):
    """What became of an `Incoming` once it is committed."""

    @property
    def notice(self) -> str:
        """A few words for the tap itself, or ""."""
        ...


Receive = Callable[[Incoming], Awaitable[Received]]
"""Takes what somebody did; returns only when it is committed. What it raises means: not committed, hand it in again."""


class Receiver:
    """Hands the updates of one channel to `receive`."""

    def __init__(self, channel: TelegramChannel, receive: Receive) -> None:
        self._channel = channel
        self._receive = receive
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def take(self, update: Mapping[str, Any]) -> None:
        """Have one update committed; afterwards it may be confirmed to Telegram. Taps are acknowledged in the
        background, whatever they meant. Raises what `receive` raises, and TelegramError while the bot does not yet
        know its own name."""
        incoming = read(update, self._channel.name, await self._channel.me())
        notice = (await self._receive(incoming)).notice if incoming else ""
        query = query_id(update)
        if query is not None:
            task = asyncio.create_task(self._channel.acknowledge(query, notice))
            self._acknowledging.add(task)
            task.add_done_callback(self._acknowledging.discard)

    async def close(self, patience: float = 2.0) -> None:
        """Let running acknowledgements end, for at most `patience` seconds."""
        if self._acknowledging:
            _, late = await asyncio.wait(self._acknowledging, timeout=patience)
            for task in late:
                task.cancel()
