"""A live rehearsal: the calendar runs ahead, from one thing that is due to the next."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from time import monotonic

import structlog
from sqlalchemy.exc import DBAPIError

from bot.service.rehearsing import Rehearsing
from scheduler.clock import PATIENCE_SECONDS, RehearsalClock
from scheduler.database import Database

STROKE_SECONDS = 0.1
"""How often the calendar moves."""
CARD_SECONDS = 1.0
"""How often the live count and the cards of announcements are renewed: in the time of other bots a month would pass."""
CODE_SECONDS = 60.0
"""How long it waits for a code that works for a quarter of an hour, at the least: somebody takes up another device."""

log = structlog.get_logger(__name__)


class Rehearsal:
    """Moves the calendar on, never past the earliest thing that is due and unhandled.

    A question is handled when it is answered, or when the person had `patience` seconds of real time for it. Where
    nothing is to come the calendar stands still: before the first pledge, and after the last one is closed.
    """

    def __init__(
        self,
        clock: RehearsalClock,
        rehearsing: Rehearsing,
        patience: float = PATIENCE_SECONDS,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self.clock = clock
        self._rehearsing = rehearsing
        self._patience = patience
        self._seconds = seconds
        self._since: dict[int | str, float] = {}
        """When it was seen first, in real time, by what the calendar waits for."""
        self.idle = False
        """Whether nothing is to come."""

    def strike(self) -> frozenset[str]:
        """Move the calendar on as far as it may go. It is kept before anybody lives by it, and on each new instant the
        teams are told what there is to tell. Gives the channels that have something to send."""
        ahead, real = self._rehearsing.ahead(), self._seconds()
        patience: dict[int | str, float] = dict.fromkeys(ahead.unanswered, self._patience)
        patience |= dict.fromkeys(ahead.codes, max(self._patience, CODE_SECONDS))
        self._since = {one: self._since.get(one, real) for one in patience}
        waits = any(real - self._since[one] < seconds for one, seconds in patience.items())
        self.idle = ahead.next is None and not waits
        now = self.clock.now()
        instant = self.clock.reach(now if waits or ahead.next is None else ahead.next)
        if instant == now:
            return frozenset()
        self._rehearsing.keep(instant)
        self.clock.set(instant)
        return self._rehearsing.tell_teams()

    async def run(self, database: Database, wake: Callable[[Iterable[str]], None], stop: asyncio.Event) -> None:
        """Strike until the event is set."""
        away = False
        while not stop.is_set():
            try:
                wake(await database(self.strike))
                away = False
            except DBAPIError as problem:
                if not away:
                    log.warning("calendar_stands", problem=type(problem).__name__)
                away = True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), STROKE_SECONDS)
