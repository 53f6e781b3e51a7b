"""Whose occasions are due: one look a second, and as many transactions as it takes."""

from collections.abc import Callable, Iterable

import structlog
from sqlalchemy.exc import DBAPIError

from bot.service.asking import Asking
from scheduler.database import Database

log = structlog.get_logger(__name__)


async def tick(asking: Asking, database: Database, wake: Callable[[Iterable[str]], None]) -> None:
    """Ask everybody who is due, a hundred at a time, so that messages coming in get their turn between them."""
    more = True
    while more:
        try:
            asked = await database(asking.ask_due)
        except DBAPIError as problem:
            log.warning("asking_postponed", problem=type(problem).__name__)
            return
        wake(asked.channels)
        more = asked.more
