"""Whose occasions, or slots, are due: one look a second, and as many transactions as it takes."""

from collections.abc import Callable, Iterable
from typing import Protocol

import structlog
from sqlalchemy.exc import DBAPIError

from scheduler.database import Database

log = structlog.get_logger(__name__)


class Some(Protocol):
    """What came of one transaction: the channels that have something to send, and whether there is more to do."""

    @property
    def channels(self) -> frozenset[str]: ...

    @property
    def more(self) -> bool: ...


async def tick(step: Callable[[], Some], database: Database, wake: Callable[[Iterable[str]], None]) -> None:
    """Do all that is due, a hundred at a time, so that messages coming in get their turn between them."""
    more = True
    while more:
        try:
            done = await database(step)
        except DBAPIError as problem:
            log.warning("asking_postponed", problem=type(problem).__name__)
            return
        wake(done.channels)
        more = done.more
