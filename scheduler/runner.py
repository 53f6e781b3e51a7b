"""Runs everything on one event loop until it is told to stop. The only file that knows APScheduler, which holds a
handful of in-memory ticks and nothing else: what is to come is in the database."""

import asyncio
import contextlib
import gc
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import structlog
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DBAPIError

from bot.dialogue.message import Incoming
from bot.ports import Channel, Gone
from bot.service.asking import Asking
from bot.service.broadcasting import Broadcasting
from bot.service.delivering import Delivering
from bot.service.housekeeping import Housekeeping
from bot.service.receiving import Received, Receiving
from bot.service.watching import Watching
from bot.service.working import Working
from bot.store.channels import CHANNEL
from bot.tracing import told
from scheduler import asking as asking_loop
from scheduler.database import Database
from scheduler.ownership import JOBS, Ownership
from scheduler.receiving import Reception
from scheduler.sending import Sender
from scheduler.working import Worker

TICK_SECONDS = 1.0
BEAT_SECONDS = 10.0
"""How often to leave a sign of life and to see whether what was taken is still owned."""
COUNT_SECONDS = 10.0
"""How often a live count changes at most."""
RETRY_SECONDS = 5.0
"""How long to wait before trying again to own what another process owns, or to listen."""
SHARE_SECONDS = 1.0
"""How long a process leaves the other channels to others after it has taken one, so that they find their share."""
GONE_SECONDS = 300.0
"""How long a channel rests whose platform does not know the bot any more, until it is tried again."""
_TICK: dict[str, Any] = {"trigger": "interval", "max_instances": 1, "coalesce": True, "misfire_grace_time": None}

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


Beside = Callable[[asyncio.Event], Coroutine[None, None, None]]
"""Something that runs beside the channels until the event is set."""


@dataclass(slots=True)
class Contact:
    """Whether a platform answers. Instants are real time, in UTC."""

    at: datetime | None = None
    """When it did last."""
    heard: datetime | None = None
    """When somebody last wrote or tapped."""
    lost: str = ""
    """Why the channel has stopped, if it has."""
    serving: datetime | None = None
    """Since when this process sends and listens there."""

    def made(self) -> None:
        """The platform has just answered."""
        self.at, self.lost = datetime.now(UTC), ""


@dataclass(frozen=True, slots=True)
class Line:
    """One channel of the configuration, with the way it listens."""

    channel: Channel
    listen: Listen
    close: Callable[[], Awaitable[None]]
    contact: Contact = field(default_factory=Contact)


@dataclass(frozen=True, slots=True)
class Chore:
    """What whoever owns the clock's jobs does at the start and every so many seconds; `everywhere`: every process."""

    do: Callable[[], Awaitable[None]]
    seconds: float
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """An ownership: its epoch, and when it is over because the database does not know it any more."""

    epoch: int
    over: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Runner:
    """All loops of one process."""

    lines: Sequence[Line]
    receiving: Receiving
    asking: Asking
    broadcasting: Broadcasting
    delivering: Delivering
    housekeeping: Housekeeping | None
    working: Working
    watching: Watching
    ownership: Ownership
    database: Database
    chores: Sequence[Chore] = ()
    beside: Sequence[Beside] = ()
    tick_seconds: float = TICK_SECONDS
    count_seconds: float = COUNT_SECONDS
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    gone: dict[str, Gone] = field(default_factory=dict)
    _senders: dict[str, Sender] = field(default_factory=dict)
    _terms: dict[str, Term] = field(default_factory=dict)
    _taking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _content_until: float = 0.0
    """On the loop's clock, until when no further channel is taken."""

    async def run(self) -> None:
        """Run until `stopping` is set; then stop cleanly: nothing more is taken in, what is on its way is recorded."""
        ticks = AsyncIOScheduler(timezone="UTC")
        ticks.add_job(self._beat, seconds=BEAT_SECONDS, **_TICK)
        for chore in self.chores:
            if chore.everywhere:
                self._begin(chore, ticks)
        jobs = asyncio.create_task(self._own_jobs(ticks))
        lines = [asyncio.create_task(self._run_line(line)) for line in self.lines]
        beside = [asyncio.create_task(run(self.stopping)) for run in self.beside]
        ticks.start()
        gc.freeze()  # the program itself is no garbage: looking through it would hold the loop for tens of milliseconds
        log.info("started", channels=[line.channel.name for line in self.lines])
        try:
            await asyncio.gather(*lines)
        finally:
            self.stopping.set()
            jobs.cancel()
            await asyncio.gather(jobs, *lines, *beside, return_exceptions=True)
            ticks.shutdown(wait=False)
            await self.database(self.ownership.end)
            self.database.close()
            log.info("stopped")

    def intake(self, line: Line) -> Intake:
        """Where a channel hands in what it hears."""
        channel = line.channel.name

        reception = Reception(self.receiving, self.database, self.wake)

        async def receive(incoming: Incoming) -> Received:
            received = await reception.receive(incoming)
            line.contact.heard = datetime.now(UTC)
            return received

        async def move_on(position: str) -> None:
            line.contact.made()
            await self.database(self.receiving.move_on, channel, position)

        return Intake(
            receive,
            position=lambda: self.database(self.receiving.position, channel),
            move_on=move_on,
        )

    def wake(self, channels: Iterable[str]) -> None:
        """These channels have something to send."""
        for name in channels:
            if sender := self._senders.get(name):
                sender.wake()

    def owns(self, name: str) -> bool:
        """Whether this process owns the clock's jobs or a channel, as `ownership` names them."""
        return name in self._terms

    async def _own_jobs(self, ticks: AsyncIOScheduler) -> None:
        """Do the clock's work whenever this process owns it."""
        while term := await self._own(JOBS):
            jobs = [
                ticks.add_job(self._ask, seconds=self.tick_seconds, **_TICK),
                ticks.add_job(self._count, seconds=self.count_seconds, **_TICK),
                ticks.add_job(self._tidy, hours=24, **_TICK),
                *(self._begin(chore, ticks) for chore in self.chores if not chore.everywhere),
            ]
            await self._tidy()
            await term.over.wait()
            for job in jobs:
                job.remove()

    @staticmethod
    def _begin(chore: Chore, ticks: AsyncIOScheduler) -> Job:
        return ticks.add_job(chore.do, seconds=chore.seconds, next_run_time=datetime.now(UTC), **_TICK)

    async def _ask(self) -> None:
        await asking_loop.tick(self.asking.ask_due, self.database, self.wake)
        await asking_loop.tick(self.broadcasting.place, self.database, self.wake)

    async def _count(self) -> None:
        with contextlib.suppress(DBAPIError):
            self.wake(await self.database(self.watching.refresh))
            self.wake(await self.database(self.broadcasting.refresh))

    async def _beat(self) -> None:
        if not await self.database(self.ownership.holds):
            log.warning("ownership_lost")
            while self._terms:
                self._terms.popitem()[1].over.set()
        with contextlib.suppress(DBAPIError):
            await self.database(self.ownership.beat)

    async def _tidy(self) -> None:
        if self.housekeeping is None:
            return
        with contextlib.suppress(DBAPIError):
            while await self.database(self.housekeeping.tidy) and not self.stopping.is_set():
                pass

    async def _own(self, name: str) -> Term | None:
        """The ownership, as soon as it can be had; None when the program stops before."""
        while not self.stopping.is_set():
            with contextlib.suppress(DBAPIError):
                if epoch := await self._take(name):
                    term = self._terms[name] = Term(epoch)
                    return term
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), RETRY_SECONDS)
        return None

    async def _take(self, name: str) -> int | None:
        """Try once. Where others may run, channels are taken one by one, with a pause for them."""
        if name == JOBS or not self.ownership.shared:
            return await self.database(self.ownership.take, name)
        async with self._taking:
            loop = asyncio.get_running_loop()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), max(0.0, self._content_until - loop.time()))
            epoch = await self.database(self.ownership.take, name)
            if epoch:
                self._content_until = loop.time() + SHARE_SECONDS
            return epoch

    async def _run_line(self, line: Line) -> None:
        """Receive and send on one channel whenever this process owns it. Where its platform does not know the bot any
        more, try again after a long pause."""
        name = line.channel.name
        while term := await self._own(f"{CHANNEL}{name}"):
            while gone := await self._serve(line, term):
                self.gone[name] = gone
                line.contact.lost = gone.reason
                log.error("channel_stopped", channel=name, reason=gone.reason, pause=GONE_SECONDS)
                await self._first_of(self.stopping, term.over, seconds=GONE_SECONDS)
                if self.stopping.is_set() or term.over.is_set():
                    break
        await line.close()

    async def _serve(self, line: Line, term: Term) -> Gone | None:
        """Receive and send for one term."""
        self.gone.pop(line.channel.name, None)
        line.contact.serving = datetime.now(UTC)
        sender = Sender(line.channel, self.delivering, self.database, term.epoch)
        self._senders[line.channel.name] = sender
        ended = asyncio.Event()
        sending = asyncio.create_task(sender.run())
        worker = Worker(line.channel, self.working, self.database)
        working = asyncio.create_task(worker.run())
        listening = asyncio.create_task(self._listen(line, ended))
        ends = [asyncio.create_task(event.wait()) for event in (self.stopping, term.over)]
        await asyncio.wait({sending, listening, *ends}, return_when=asyncio.FIRST_COMPLETED)
        ended.set()
        heard = await listening
        sender.stop()
        worker.stop()
        await working
        line.contact.serving = None
        gone = await sending or heard
        for end in ends:
            end.cancel()
        return gone

    async def _listen(self, line: Line, ended: asyncio.Event) -> Gone | None:
        """Listen until `ended` is set. What goes wrong is waited out, and the log is told once."""
        before = ""
        while not ended.is_set():
            try:
                if gone := await line.listen(self.intake(line), ended):
                    return gone
            except Exception as problem:
                if before != (before := type(problem).__name__):
                    log.error("listening_failed", channel=line.channel.name, **told(problem))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), RETRY_SECONDS)
        return None

    @staticmethod
    async def _first_of(*events: asyncio.Event, seconds: float) -> None:
        """Wait until one of the events is set, at most so long."""
        waiting = [asyncio.create_task(event.wait()) for event in events]
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for each in waiting:
            each.cancel()
