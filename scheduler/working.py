"""One channel's jobs, one after the other, beside everything else."""

import asyncio
import contextlib

import structlog
from sqlalchemy.exc import DBAPIError

from bot.ports import Channel
from bot.service.working import Working
from scheduler.database import Database

POLL_SECONDS = 1.0
"""How often to look for new jobs."""

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
            conclude = await asyncio.to_thread(work.carry_out, await self._fetched(work.file))
            await self._database(self._working.conclude, work, conclude)
        except DBAPIError as problem:
            log.warning("job_postponed", channel=self._channel.name, problem=type(problem).__name__)
            return False
        except Exception as problem:
            # The text of an exception may hold what somebody wrote; the kind does not.
            log.error("job_failed", channel=self._channel.name, problem=type(problem).__name__)
            return False
        return True

    async def _fetched(self, file: str) -> bytes:
        """The content of a file that somebody sent. Raises NotFetched."""
        if not file:
            return b""
        content = await self._channel.fetch(file)
        if not isinstance(content, bytes):
            raise NotFetched(type(content).__name__)
        return content
