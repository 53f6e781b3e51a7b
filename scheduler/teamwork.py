"""What the team is told because of the day: that somebody was promised an answer by today, and how
the week was."""

from collections.abc import Callable, Iterable

import structlog
from sqlalchemy.exc import DBAPIError

from scheduler.database import Database

LOOK_SECONDS = 60.0
"""How often to look whether there is something to tell."""

log = structlog.get_logger(__name__)


async def tell_teams(
    tellers: Iterable[Callable[[], frozenset[str]]], database: Database, wake: Callable[[Iterable[str]], None]
) -> None:
    """Let each of them tell what there is to tell."""
    for tell in tellers:
        try:
            wake(await database(tell))
        except DBAPIError as problem:
            log.warning("telling_postponed", problem=type(problem).__name__)
