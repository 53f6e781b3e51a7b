"""Runs everything on one event loop until it is told to stop. The only file that knows APScheduler, which holds a
handful of in-memory ticks and nothing else: what is to come is in the database."""

import asyncio
import contextlib
import gc
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DBAPIError

from bot.dialogue.message import Incoming
from bot.ports import Channel, Gone
from bot.service.asking import Asking
from bot.service.delivering import Delivering
from bot.service.housekeeping import Housekeeping
from bot.service.receiving import Received, Receiving
from scheduler import asking as asking_loop
from scheduler.database import Database
from scheduler.ownership import JOBS, Ownership
from scheduler.sending import Sender

TICK_SECONDS = 1.0
BEAT_SECONDS = 30.0
RETRY_SECONDS = 5.0
"""How long to wait before trying again to own what another process owns."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Intake:
    """Where one channel hands in what it hears. Each of the three returns when it is committed."""

    receive: Callable[[Incoming], Awaitable[Received]]
    position: Callable[[], Awaitable[str | None]]
    """How far everything is taken in, where the platform's stream has positions; None at the beginning."""
    move_on: Callable[[str], Awaitable[None]]
    """Everything up to this position is taken in."""


Listen = Callable[[Intake, asyncio.Event], Coroutine[None, None, Gone | None]]
"""Hands everything that comes in to the intake until the event is set; Gone when the platform knows the bot no more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One channel of the configuration, with the way it listens."""

    channel: Channel
    listen: Listen
    close: Callable[[], Awaitable[None]]


@dataclass
class Runner:
    """All loops of one process."""

    lines: Sequence[Line]
    receiving: Receiving
    asking: Asking
    delivering: Delivering
    housekeeping: Housekeeping
    ownership: Ownership
    database: Database
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    gone: dict[str, Gone] = field(default_factory=dict)
    _senders: dict[str, Sender] = field(default_factory=dict)

    async def run(self) -> None:
        """Run until `stopping` is set, or until every channel is gone; then stop cleanly: nothing more is taken in,
        what is on its way is recorded."""
        ticks = AsyncIOScheduler(timezone="UTC")
        jobs = asyncio.create_task(self._own_jobs(ticks))
        lines = [asyncio.create_task(self._run_line(line)) for line in self.lines]
        ticks.start()
        gc.freeze()  # the program itself is no garbage: looking through it would hold the loop for tens of milliseconds
        log.info("started", channels=[line.channel.name for line in self.lines])
        try:
            await asyncio.gather(*lines)
        finally:
            self.stopping.set()
            jobs.cancel()
            await asyncio.gather(jobs, *lines, return_exceptions=True)
            ticks.shutdown(wait=False)
            await self.database(self.ownership.end)
            self.database.close()
            log.info("stopped")

    async def receive(self, incoming: Incoming) -> Received:
        """Take a message in; returns when it is committed."""
        received = await self.database(self.receiving.receive, incoming)
        self.wake(received.channels)
        return received

    def intake(self, channel: str) -> Intake:
        """Where the channel of that name hands in what it hears."""
        return Intake(
            self.receive,
            position=lambda: self.database(self.receiving.position, channel),
            move_on=lambda position: self.database(self.receiving.move_on, channel, position),
        )

    def wake(self, channels: Iterable[str]) -> None:
        """These channels have something to send."""
        for name in channels:
            if sender := self._senders.get(name):
                sender.wake()

    async def _own_jobs(self, ticks: AsyncIOScheduler) -> None:
        if await self._own(JOBS) is None:
            return
        job = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        ticks.add_job(self._ask, "interval", seconds=TICK_SECONDS, **job)
        ticks.add_job(self._beat, "interval", seconds=BEAT_SECONDS, **job)
        ticks.add_job(self._tidy, "interval", hours=24, **job)
        await self._tidy()

    async def _ask(self) -> None:
        await asking_loop.tick(self.asking, self.database, self.wake)

    async def _beat(self) -> None:
        with contextlib.suppress(DBAPIError):
            await self.database(self.ownership.beat)

    async def _tidy(self) -> None:
        with contextlib.suppress(DBAPIError):
            await self.database(self.housekeeping.tidy)

    async def _own(self, name: str) -> int | None:
        """The epoch of the ownership, as soon as it can be had; None when the program stops before."""
        while not self.stopping.is_set():
            with contextlib.suppress(DBAPIError):
                if epoch := await self.database(self.ownership.take, name):
                    return epoch
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), RETRY_SECONDS)
        return None

    async def _run_line(self, line: Line) -> None:
        """Receive and send on one channel while this process owns it."""
        name = line.channel.name
        epoch = await self._own(f"channel:{name}")
        if epoch is None:
            return
        sender = Sender(line.channel, self.delivering, self.database, epoch)
        self._senders[name] = sender
        ended = asyncio.Event()
        sending = asyncio.create_task(sender.run())
        listening = asyncio.create_task(line.listen(self.intake(name), ended))
        stopped = asyncio.create_task(self.stopping.wait())
        await asyncio.wait({sending, listening, stopped}, return_when=asyncio.FIRST_COMPLETED)
        ended.set()
        heard = await listening
        sender.stop()
        if gone := (await sending) or heard:
            self.gone[name] = gone
            log.error("channel_stopped", channel=name, reason=gone.reason)
        stopped.cancel()
        await line.close()
