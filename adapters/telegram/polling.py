"""Our own polling loop: an update is confirmed to Telegram only when it is committed here.

The SDK's own loop confirms updates while they are still on a queue in memory; killed at that moment they are lost.
"""

import asyncio
import contextlib
import random
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from telegram import error
from telegram.error import Conflict, TelegramError

from adapters.telegram.channel import TelegramChannel
from adapters.telegram.errors import delivery_of
from adapters.telegram.receiving import Receive, Receiver
from bot.ports import Gone, RetryAfter

_log = structlog.get_logger()
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Pace:
    """How patiently to poll, in seconds. `wait` is how long one poll waits for news; after a fault the pause doubles
    from `first_pause` to `longest_pause`; `conflict_pause` is for another program that polls with the same token."""

    wait: int = 30
    first_pause: float = 0.5
    longest_pause: float = 30.0
    conflict_pause: float = 30.0


async def poll(
    channel: TelegramChannel,
    receive: Receive,
    stop: asyncio.Event,
    pace: Pace | None = None,
    contacted: Callable[[], None] = lambda: None,
) -> Gone | None:
    """Hand everything that comes in to `receive`, in order, until `stop` is set; a waiting poll ends at once then.

    `contacted` is called after every poll that Telegram answered. Faults are waited out; Gone is returned only when
    Telegram does not accept the token. A webhook that is set is removed first: the two exclude each other.
    """
    poller = _Poller(channel, receive, stop, pace or Pace(), contacted)
    try:
        return await poller.run()
    finally:
        await poller.receiver.close()


class _Poller:
    def __init__(
        self,
        channel: TelegramChannel,
        receive: Receive,
        stop: asyncio.Event,
        pace: Pace,
        contacted: Callable[[], None],
    ) -> None:
        self.receiver = Receiver(channel, receive)
        self._channel = channel
        self._stop = stop
        self._pace = pace
        self._contacted = contacted
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> Gone | None:
        prepared = False
        while not self._stop.is_set():
            try:
                if not prepared:
                    await self._unless_stopped(self._prepare())
                    prepared = True
                    continue
                updates = await self._unless_stopped(self._channel.updates(self._offset, self._pace.wait))
            except TelegramError as problem:
                if gone := await self._recover(problem):
                    return gone
            else:
                self._contacted()
                await self._take(updates or ())
        return None

    async def _prepare(self) -> None:
        await self._channel.me()
        await self._channel.client.delete_webhook()

    async def _take(self, updates: Sequence[dict[str, Any]]) -> None:
        """Have the updates committed, in order, and move the offset behind each."""
        if not updates:
            # Everything is confirmed. After a week without updates Telegram starts again with any id, perhaps a lower
            # one, which an old offset would hide.
            self._offset = None
        for update in updates:
            if self._stop.is_set():
                return None
            try:
                await self.receiver.take(update)
            except Exception as problem:  # not committed: Telegram keeps it and everything after it
                self._failures += 1
                pause = self._backoff()
                _log.error(
                    "An update could not be stored; it stays with Telegram and is tried again.",
                    channel=self._channel.name,
                    update_id=update["update_id"],
                    problem=type(problem).__name__,
                    pause=pause,
                )
                return await self._sleep(pause)
            self._offset = update["update_id"] + 1
        self._failures = 0

    async def _recover(self, problem: TelegramError) -> Gone | None:
        """Wait out a fault; Gone if that is no use."""
        if isinstance(problem, Conflict):
            _log.warning(
                "Another program receives this bot's messages: stop it or remove its webhook, or give this bot a"
                " token of its own.",
                channel=self._channel.name,
                pause=self._pace.conflict_pause,
            )
            await self._sleep(self._pace.conflict_pause)
            return None
        meaning = delivery_of(problem)
        if isinstance(meaning, Gone):
            _log.error(f"The channel stops: {meaning.reason}.", channel=self._channel.name)
            return meaning
        self._failures += 1
        pause = self._backoff()
        if isinstance(problem, error.RetryAfter) and isinstance(meaning, RetryAfter):
            pause = max(pause, meaning.seconds)
        _log.warning(
            "Telegram did not answer; polling goes on after a pause.",
            channel=self._channel.name,
            problem=type(problem).__name__,
            pause=pause,
        )
        await self._sleep(pause)
        return None

    def _backoff(self) -> float:
        """The pause after so many failures in a row, with jitter."""
        longest = min(self._pace.longest_pause, self._pace.first_pause * 2.0 ** min(self._failures - 1, 16))
        return longest * random.uniform(0.5, 1.0)

    async def _sleep(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)

    async def _unless_stopped(self, work: Coroutine[Any, Any, _T]) -> _T | None:
        """The result of `work`; None if it was cancelled because of `stop`."""
        task, stopped = asyncio.create_task(work), asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            task.cancel()
            stopped.cancel()
            await asyncio.gather(task, stopped, return_exceptions=True)
