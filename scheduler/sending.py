"""One channel's outbox: lease a row, send it, record what became of it, a few at a time and never two to one chat."""

import asyncio
import contextlib
import random
from collections.abc import Iterator
from functools import partial

import structlog
from sqlalchemy.exc import DBAPIError

from bot.ports import Channel, Delivery, Gone, RetryAfter, Sent, Uncertain
from bot.service.delivering import OUTAGE, Delivering, Landed, outgoing
from bot.store.outbox import EDIT, RETRACT, SEND, Letter
from bot.tracing import told
from scheduler.database import Database
from scheduler.pacing import RESERVED, Pacer

AT_ONCE = 8
"""Sends in flight on one channel; more make each slower."""
POLL_SECONDS = 1.0
"""How often to look for rows that another process has written, and whether a database that was away is back."""
BREATH = 0.02
"""The shortest wait for a chat that has just been written to."""
AT_LEISURE = 0.1
"""In a longer pause what has landed is recorded at once, in a shorter one with the next lease: one commit for both."""
FIRST_HOLD, LONGEST_HOLD = 0.5, 60.0
"""How long the channel rests when its platform is out of reach, in seconds; each failure in a row doubles it."""
LONGEST_DOUBT = 300.0
"""How long it rests at most where nobody can know what has arrived: each attempt then may be shown twice."""

log = structlog.get_logger(__name__)


class Sender:
    """Sends what waits for one channel, until it is told to stop or the channel is gone."""

    def __init__(self, channel: Channel, delivering: Delivering, database: Database, epoch: int) -> None:
        self._channel = channel
        self._delivering = delivering
        self._database = database
        self._epoch = epoch
        self._pacer = Pacer(channel.per_second, channel.chat_seconds)
        self._wake = asyncio.Event()
        self._flying: dict[str, asyncio.Task[None]] = {}
        """By chat what is on its way, or has landed and is not recorded yet."""
        self._landed: list[Landed] = []
        self._refusals, self._doubts = 0, 0
        """How many deliveries in a row were refused for now, and of how many nobody knows what became of them."""
        self._stopping = False
        self._away = False
        """Whether the database was out of reach the last time."""
        self.gone: Gone | None = None

    def wake(self) -> None:
        """There is something to send."""
        self._wake.set()

    def stop(self) -> None:
        """Take no more rows; `run` returns when those in flight are recorded."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> Gone | None:
        """Send until stopped; Gone when the platform knows this bot no longer."""
        await self._take_over()
        while not self._stopping and self.gone is None:
            self._wake.clear()
            if pause := self._pacer.wait():
                if pause > AT_LEISURE:
                    self._record()
                await self._rest(pause)
            elif letter := await self._go_on():
                count = self._count(letter)
                self._pacer.took(letter.address, count)
                self._flying[letter.address] = asyncio.create_task(self._deliver(letter, count))
            else:
                soonest = min(self._pacer.held_chats(RESERVED).values(), default=POLL_SECONDS)
                await self._rest(max(BREATH, soonest))
        while self._flying:
            self._wake.clear()
            self._record()
            await self._wake.wait()
        return self.gone

    async def _rest(self, seconds: float) -> None:
        """Wait so long, but not longer than until anything happens."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), min(seconds, POLL_SECONDS))

    async def _take_over(self) -> None:
        """Settle what an earlier owner had on its way, as soon as the database is there."""
        harmless = self._channel.repeats_harmless
        while not self._stopping:
            with self._reaching():
                await self._database(self._delivering.take_over, self._channel.name, self._epoch, harmless)
                return
            await asyncio.sleep(POLL_SECONDS)

    async def _go_on(self) -> Letter | None:
        """Record what has landed and take the next row, with one commit."""
        flying = self._flying.keys() - {letter.address for letter, _ in self._landed}
        if len(flying) >= AT_ONCE:
            return None
        landed, self._landed = self._landed, []
        busy, lively = {*flying, *self._pacer.held_chats()}, self._pacer.held_chats(RESERVED)
        try:
            with self._reaching():
                following = await self._database(
                    self._delivering.go_on, landed, self._channel.name, self._epoch, busy, lively
                )
                for letter, _ in landed:
                    del self._flying[letter.address]
                return following
        except Exception as problem:
            if not landed:
                raise
            log.error("recording_failed", channel=self._channel.name, **told(problem))
        self._landed += landed
        self._record()
        return None

    def _record(self) -> None:
        """Record what has landed, each row on its own and as often as it takes."""
        for letter, delivery in self._landed:
            task = asyncio.create_task(self._settle(letter, delivery))
            self._flying[letter.address] = task
            task.add_done_callback(partial(self._recorded, letter.address))
        self._landed = []

    async def _settle(self, letter: Letter, delivery: Delivery) -> None:
        while True:
            with self._reaching():
                return await self._database(self._delivering.settle, letter, self._epoch, delivery)
            await asyncio.sleep(POLL_SECONDS)  # what was sent must be written down, or it would be sent again

    def _recorded(self, address: str, _: asyncio.Task[None]) -> None:
        del self._flying[address]
        self._wake.set()

    @contextlib.contextmanager
    def _reaching(self) -> Iterator[None]:
        """Goes on where the database is away; the log is told once, and once more when it is back."""
        try:
            yield
        except DBAPIError as problem:
            if not self._away:
                log.warning("outbox_unavailable", channel=self._channel.name, problem=type(problem).__name__)
            self._away = True
        else:
            if self._away:
                log.info("outbox_available", channel=self._channel.name)
            self._away = False

    async def _deliver(self, letter: Letter, count: int) -> None:
        try:
            delivery = await self._send(letter)
        except Exception as problem:
            # A bug in an adapter must not stop the channel, nor repeat for ever: it counts as an unknown fate.
            log.error("send_failed", channel=self._channel.name, row=letter.id, **told(problem))
            delivery = Uncertain(f"internal error: {type(problem).__name__}", ours=True)
        self._pacer.landed(count)
        self._hold(delivery)
        self._landed.append((letter, delivery))
        self._wake.set()

    def _count(self, letter: Letter) -> int:
        """How many messages leave with this row."""
        return self._channel.count(outgoing(letter)) if letter.action == SEND else 1

    async def _send(self, letter: Letter) -> Delivery:
        message_id = letter.message_id or ""
        if letter.action == EDIT:
            return await self._channel.edit(outgoing(letter), message_id)
        if letter.action == RETRACT:
            for part in letter.parts:
                if not isinstance(deleted := await self._channel.retract(letter.address, part), Sent):
                    return deleted
            return await self._channel.retract(letter.address, message_id)
        return await self._channel.send(outgoing(letter))

    def _hold(self, delivery: Delivery) -> None:
        """Let the whole channel wait where the platform asks for it, cannot be reached, or is in trouble: then what
        waits is not put in doubt, too."""
        match delivery:
            case RetryAfter(seconds, _, whole_channel=True):
                self._refusals += 1
                rest = _rest(self._refusals, LONGEST_HOLD)
                self._pacer.hold(max(seconds, rest) if seconds < LONGEST_HOLD else seconds)
            case Uncertain(ours=False):
                self._doubts += 1
                if self._doubts >= OUTAGE:
                    self._pacer.hold(_rest(self._doubts - OUTAGE + 1, LONGEST_DOUBT))
            case Uncertain():
                pass
            case Gone():
                self.gone = delivery
                self._wake.set()
            case _:
                self._refusals = self._doubts = 0


def _rest(failures: int, longest: float) -> float:
    """How long to rest after so many failures in a row, in seconds."""
    return min(longest, FIRST_HOLD * 2.0 ** min(failures - 1, 10)) * random.uniform(0.75, 1.25)
