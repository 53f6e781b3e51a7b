"""One channel's jobs, one after the other, beside everything else."""

import asyncio
import contextlib

import structlog
from sqlalchemy.exc import DBAPIError

from bot.ports import Channel
from bot.service.working import Conclude, Work, Working
from scheduler.database import Database

POLL_SECONDS = 1.0
"""How often to look for new jobs."""

TELL_SECONDS = 4.0
"""How often to say how far something is. Telegram shows for five seconds that something is being typed."""

log = structlog.get_logger(__name__)


class NotFetched(Exception):
    """The platform does not give out the file."""


class Worker:
    """Carries out the jobs that were ordered on one channel, until it is told to stop."""

    def __init__(self, channel: Channel, working: Working, database: Database) -> None:
        self._channel = channel
        self._working = working
        self._database = database
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Begin no other job; `run` returns when the present one is done."""
        self._stopping.set()

    async def run(self) -> None:
        """Work until stopped."""
        while not self._stopping.is_set():
            if not await self.work():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), POLL_SECONDS)

    async def work(self) -> bool:
        """Carry out the next job; False when there is none, or when it has to be tried again."""
        try:
            work = await self._database(self._working.next, self._channel.name)
            if work is None:
                return False
            conclude = await self._carried_out(work, await self._fetched(work.file))
            await self._database(self._working.conclude, work, conclude)
        except DBAPIError as problem:
            log.warning("job_postponed", channel=self._channel.name, problem=type(problem).__name__)
            return False
        except Exception as problem:
            # The text of an exception may hold what somebody wrote; the kind does not.
            log.error("job_failed", channel=self._channel.name, problem=type(problem).__name__)
            return False
        return True

    async def _carried_out(self, work: Work, content: bytes) -> Conclude:
        """What came of the slow part. Whoever waits for it sees that something is being typed, and how far it is."""
        far = told = (0, 0)

        def tell(done: int, total: int) -> None:
            nonlocal far
            far = (done, total)

        making = asyncio.create_task(asyncio.to_thread(work.carry_out, content, tell))
        while not making.done():
            typing = asyncio.create_task(self._channel.show_typing(work.ordered.address))
            await asyncio.wait({making}, timeout=TELL_SECONDS)
            await typing
            if far != told and (told != (0, 0) or not making.done()):
                told = far
                await self._database(self._working.tell, work, *told)
        return await making

    async def _fetched(self, file: str) -> bytes:
        """The content of a file that somebody sent. Raises NotFetched."""
        if not file:
            return b""
        content = await self._channel.fetch(file)
        if not isinstance(content, bytes):
            raise NotFetched(type(content).__name__)
        return content
