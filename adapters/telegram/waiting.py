"""Waiting out what goes wrong with Telegram, for polling and for the webhook."""

import asyncio
import contextlib
import random
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from telegram import error
from telegram.error import Conflict, TelegramError

from adapters.telegram.errors import delivery_of
from bot.ports import Gone, RetryAfter

_log = structlog.get_logger()
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Pace:
    """How patiently to listen, in seconds. `wait` is how long one poll waits for news; after a fault the pause doubles
    from `first_pause` to `longest_pause`; `conflict_pause` is for another program that polls with the same token;
    `look` is the time between two looks whether our webhook is still set."""

    wait: int = 30
    first_pause: float = 0.5
    longest_pause: float = 30.0
    conflict_pause: float = 30.0
    look: float = 300.0


class Waiting:
    """How long to wait after a fault; every wait ends when `stop` is set."""

    def __init__(self, channel: str, stop: asyncio.Event, pace: Pace) -> None:
        self._channel = channel
        self._stop = stop
        self._pace = pace
        self._failures = 0

    def well(self) -> None:
        """Everything works again: the next pause is a short one."""
        self._failures = 0

    def longer(self) -> float:
        """The pause after one more failure in a row, in seconds, with jitter."""
        longest = min(self._pace.longest_pause, self._pace.first_pause * 2.0 ** min(self._failures, 16))
        self._failures += 1
        return longest * random.uniform(0.5, 1.0)

    async def out(self, problem: TelegramError) -> Gone | None:
        """Wait until it is worth trying again after this problem; Gone, at once, where it never is."""
        if isinstance(problem, Conflict):
            _log.warning(
                "Another program receives this bot's messages: stop it or remove its webhook, or give this bot a"
                " token of its own.",
                channel=self._channel,
                pause=self._pace.conflict_pause,
            )
            await self.sleep(self._pace.conflict_pause)
            return None
        meaning = delivery_of(problem)
        if isinstance(meaning, Gone):
            return meaning
        pause = self.longer()
        if isinstance(problem, error.RetryAfter) and isinstance(meaning, RetryAfter):
            pause = max(pause, meaning.seconds)
        _log.warning(
            "Telegram did not answer as it should; it is tried again after a pause.",
            channel=self._channel,
            problem=type(problem).__name__,
            pause=pause,
        )
        await self.sleep(pause)
        return None

    async def sleep(self, seconds: float) -> None:
        """Wait so long, or until `stop` is set."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)

    async def unless_stopped(self, work: Coroutine[Any, Any, _T]) -> _T | None:
        """The result of `work`; None if it was cancelled because of `stop`."""
        task, stopped = asyncio.create_task(work), asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            task.cancel()
            stopped.cancel()
            await asyncio.gather(task, stopped, return_exceptions=True)
