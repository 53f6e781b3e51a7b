"""Our own polling loop: an update is confirmed to Telegram only when it is committed here.

The SDK's own loop confirms updates while they are still on a queue in memory; killed at that moment they are lost.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from telegram.error import TelegramError

from adapters.telegram.channel import TelegramChannel
from adapters.telegram.receiving import Receive, Receiver
from adapters.telegram.waiting import Pace, Waiting
from bot.ports import Gone

AT_ONCE = 10
"""Updates that are handed in together, so that they can be committed together."""

_log = structlog.get_logger()


async def poll(
    channel: TelegramChannel,
    receive: Receive,
    stop: asyncio.Event,
    pace: Pace | None = None,
    contacted: Callable[[], None] = lambda: None,
) -> Gone | None:
    """Hand everything that comes in to `receive`, in order, until `stop` is set; a waiting poll ends at once then.

    `contacted` is called after every poll that Telegram answered. Faults are waited out; Gone is returned only when
    Telegram does not accept the token. A webhook that is set is removed first, without losing what waits for it: the
    two exclude each other.
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
        self._waiting = Waiting(channel.name, stop, pace)
        self._contacted = contacted
        self._offset: int | None = None

    async def run(self) -> Gone | None:
        prepared = False
        while not self._stop.is_set():
            try:
                if not prepared:
                    await self._waiting.unless_stopped(self._prepare())
                    prepared = True
                    continue
                updates = await self._waiting.unless_stopped(self._channel.updates(self._offset, self._pace.wait))
            except TelegramError as problem:
                if gone := await self._waiting.out(problem):
                    return gone
            else:
                self._contacted()
                await self._take(updates or ())
        return None

    async def _prepare(self) -> None:
        await self._channel.me()
        if (await self._channel.client.get_webhook_info()).url:
            _log.warning("A webhook was set for this bot; it is removed.", channel=self._channel.name)
            await self._channel.client.delete_webhook()

    async def _take(self, updates: Sequence[dict[str, Any]]) -> None:
        """Have the updates committed, in order, and move the offset behind each."""
        if not updates:
            # Everything is confirmed. After a week without updates Telegram starts again with any id, perhaps a lower
            # one, which an old offset would hide.
            self._offset = None
        for begin in range(0, len(updates), AT_ONCE):
            if self._stop.is_set():
                return None
            some = updates[begin : begin + AT_ONCE]
            problems = await asyncio.gather(*map(self.receiver.take, some), return_exceptions=True)
            for update, problem in zip(some, problems, strict=True):
                if problem:  # not committed: Telegram keeps it and everything after it
                    return await self._come_again(update, problem)
                self._offset = update["update_id"] + 1
        self._waiting.well()

    async def _come_again(self, update: Mapping[str, Any], problem: BaseException) -> None:
        pause = self._waiting.longer()
        _log.error(
            "An update could not be stored; it stays with Telegram and is tried again.",
            channel=self._channel.name,
            update_id=update["update_id"],
            problem=type(problem).__name__,
            pause=pause,
        )
        await self._waiting.sleep(pause)
