"""A backup every day, in a thread of its own, so that nobody waits for it."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.exc import DBAPIError

from bot.service.backing_up import BackingUp

EVERY = timedelta(hours=24)
CHECK_SECONDS = 300.0
"""How often to look whether it is time; also how long until one that failed is tried again."""

log = structlog.get_logger(__name__)


async def back_up_daily(backing_up: BackingUp) -> None:
    """Make a backup where the last one is a day old."""
    last = backing_up.latest()
    if last is not None and datetime.now(UTC) - last < EVERY:
        return
    try:
        made = await asyncio.to_thread(backing_up.back_up)
    except (OSError, sqlite3.Error, DBAPIError) as problem:
        log.error("backup_failed", problem=type(problem).__name__)
    else:
        log.info("backed_up", file=made.name)
