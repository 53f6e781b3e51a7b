"""A hundred people are due: our tick against a hundred jobs of APScheduler that write a row each.

Ours asks a hundred people: loads them, decides with today's facts, composes the question, and writes prompt, outbox
row, history and next occasion, in the database's thread. The baseline is APScheduler 3.11 as its guide shows it:
AsyncIOScheduler with an SQLAlchemyJobStore on a SQLite file, everything as it comes, and a hundred interval jobs that
are due; each job appends one row to a write-ahead-logged SQLite file over one connection that stays open. Only
`misfire_grace_time` is lifted: with its default of a second some of the jobs would be dropped instead of run.
"""

import asyncio
import contextlib
import logging
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import func, select

from benchmarks.databases import CHECK_IN, SECOND, filled
from benchmarks.figures import Figure, milliseconds
from bot.service.asking import Asking
from bot.service.installation import Installation
from bot.store import tables
from scheduler import asking as asking_loop
from scheduler.clock import ManualClock
from scheduler.database import Database

DUE, ROUNDS, WARMING_UP = 100, 21, 2
TICKER = 0.001

_written = threading.Condition()
_rows: sqlite3.Connection | None = None
_count = 0


@dataclass(frozen=True, slots=True)
class Run:
    """How long it took, and the longest that the event loop was late for something due every millisecond; seconds."""

    took: float
    delay: float


def main() -> None:
    """Measure and print."""
    rounds = ROUNDS + WARMING_UP
    clock = ManualClock(CHECK_IN - SECOND)
    installation = filled(rounds * DUE, rounds * DUE).copy("due").installation(clock)
    ours_runs, theirs_runs = [], []
    for _ in range(rounds):
        theirs_runs.append(asyncio.run(theirs(filled(0).file.parent)))
        clock.advance(SECOND)
        ours_runs.append(asyncio.run(ours(installation)))
    for name, figure in (("due_tick time", "took"), ("due_tick loop delay", "delay")):
        candidate, baseline = (
            median(getattr(run, figure) for run in runs[WARMING_UP:]) for runs in (ours_runs, theirs_runs)
        )
        Figure(
            name, candidate / baseline, 0.2,
            f"{milliseconds(candidate)} for {DUE} people, {milliseconds(baseline)} for {DUE} jobs of APScheduler;"
            f" medians of {ROUNDS}.",
        ).print()  # fmt: skip


async def ours(installation: Installation) -> Run:
    """One tick of our loop with a hundred people due."""
    asking, database = Asking(installation), Database()
    before = await database(asked, installation)
    run = await watched(lambda: asking_loop.tick(asking, database, lambda channels: None))
    assert await database(asked, installation) == before + DUE
    database.close()
    installation.engine.dispose()
    return run


def asked(installation: Installation) -> int:
    """How many questions there are in all."""
    with installation.engine.connect() as tx:
        return int(tx.execute(select(func.count()).select_from(tables.asked)).scalar_one())


async def theirs(folder: Path) -> Run:
    """A hundred jobs that are due, from waking the scheduler until the last has written its row and its next time."""
    global _rows, _count
    files = folder / "jobs.db", folder / "rows.db"
    for file in files:
        file.unlink(missing_ok=True)
    _rows, _count = sqlite3.connect(files[1], isolation_level=None, check_same_thread=False), 0
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE rows (person INTEGER, at TEXT)"):
        _rows.execute(statement)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = AsyncIOScheduler(jobstores={"default": SQLAlchemyJobStore(f"sqlite:///{files[0]}")}, timezone="UTC")
    scheduler.start(paused=True)
    for person in range(DUE):
        scheduler.add_job(
            write_row, "interval", (person,), weeks=4, next_run_time=datetime.now(UTC), misfire_grace_time=None
        )

    async def run_due() -> None:
        scheduler.resume()
        await asyncio.to_thread(_all_written)

    run = await watched(run_due)
    scheduler.shutdown()
    _rows.close()
    return run


def write_row(person: int) -> None:
    """What each job of the baseline does."""
    global _count
    with _written:
        assert _rows is not None
        _rows.execute("INSERT INTO rows VALUES (?, ?)", (person, datetime.now(UTC).isoformat()))
        _count += 1
        _written.notify_all()


def _all_written() -> None:
    with _written:
        _written.wait_for(lambda: _count == DUE)


async def watched(work: Callable[[], Awaitable[None]]) -> Run:
    """Do the work while a ticker on the loop notes by how much it is late."""
    latest = 0.0

    async def tick() -> None:
        nonlocal latest
        while True:
            before = perf_counter()
            await asyncio.sleep(TICKER)
            latest = max(latest, perf_counter() - before - TICKER)

    ticker = asyncio.create_task(tick())
    await asyncio.sleep(0.05)
    latest = 0.0
    began = perf_counter()
    await work()
    took = perf_counter() - began
    await asyncio.sleep(TICKER * 3)  # lets the ticker see the end of the work
    ticker.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await ticker
    return Run(took, latest)


if __name__ == "__main__":
    main()
