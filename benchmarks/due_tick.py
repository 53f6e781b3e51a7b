"""A hundred people are due: our tick against a hundred jobs of APScheduler that write a row each.

Ours asks a hundred people: loads them, decides with today's facts, composes the question, and writes prompt, outbox
row, history and next occasion, in the database's thread. The baseline is APScheduler 3.11 as its guide shows it:
AsyncIOScheduler with an SQLAlchemyJobStore on a SQLite file, everything as it comes, and a hundred interval jobs that
are due; each job appends one row with SQLAlchemy Core, in a transaction of its own, to a SQLite file opened as ours is,
over one connection that stays open. Only `misfire_grace_time` is lifted: with its default of a second some of the jobs
would be dropped instead of run.

The ticker that measures the loop's delay also slows down whatever leaves the loop alone, so that time and delay are
taken in runs of their own.
"""

import asyncio
import contextlib
import gc
import logging
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, func, select

from benchmarks.databases import CHECK_IN, SECOND, filled
from benchmarks.figures import Figure, milliseconds
from bot.service.asking import Asking
from bot.service.installation import Installation
from bot.store import tables
from bot.store.engine import open_engine
from scheduler import asking as asking_loop
from scheduler.clock import ManualClock
from scheduler.database import Database

DUE, ROUNDS, WARMING_UP = 100, 15, 2
TICKER = 0.001

_written = threading.Condition()
_rows: Connection | None = None
_count = 0
_table = Table("rows", MetaData(), Column("person", Integer), Column("at", String))


Work = Callable[[], Awaitable[None]]


def main() -> None:
    """Measure and print."""
    asyncio.run(measured())


async def measured() -> None:
    """Both, in turns."""
    rounds = 2 * (ROUNDS + WARMING_UP)
    clock = ManualClock(CHECK_IN - SECOND)
    installation = filled(rounds * DUE, rounds * DUE).copy("due").installation(clock)
    asking, database = Asking(installation), Database()

    async def tick() -> None:
        await asking_loop.tick(asking.ask_due, database, lambda channels: None)

    found: dict[str, dict[str, list[float]]] = {"time": {}, "loop delay": {}}
    gc.freeze()  # as a bot does when it starts
    for number in range(rounds):
        figure, measure = (("time", seconds), ("loop delay", delay))[number % 2]
        clock.advance(SECOND)
        before = asked(installation)
        ours = await measure(tick)
        assert asked(installation) == before + DUE
        with due_jobs(filled(0).file.parent) as run_jobs:
            theirs = await measure(run_jobs)
        if number >= 2 * WARMING_UP:
            found[figure].setdefault("ours", []).append(ours)
            found[figure].setdefault("theirs", []).append(theirs)
    database.close()
    for figure, taken in found.items():
        candidate, baseline = min(taken["ours"]), min(taken["theirs"])
        Figure(
            f"due_tick {figure}", candidate / baseline, 0.2,
            f"{milliseconds(candidate)} for {DUE} people, {milliseconds(baseline)} for {DUE} jobs of APScheduler;"
            f" minima of {ROUNDS}. Ratio of the medians: {median(taken['ours']) / median(taken['theirs']):.2f}.",
        ).print()  # fmt: skip


def asked(installation: Installation) -> int:
    """How many messages asked something."""
    with installation.engine.connect() as tx:
        return int(tx.execute(select(func.count(tables.asked.c.outbox_key.distinct()))).scalar_one())


@contextlib.contextmanager
def due_jobs(folder: Path) -> Iterator[Work]:
    """A hundred jobs that are due; the work is over when the last has written its row and its next time is stored."""
    global _rows, _count
    files = folder / "jobs.db", folder / "rows.db"
    for file in files:
        file.unlink(missing_ok=True)
    engine = open_engine(f"sqlite:///{files[1]}")
    _table.create(engine)
    _rows, _count = engine.connect(), 0
    _rows.rollback()
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

    yield run_due
    scheduler.shutdown()
    _rows.close()
    engine.dispose()


def write_row(person: int) -> None:
    """What each job of the baseline does."""
    global _count
    with _written:
        assert _rows is not None
        with _rows.begin():
            _rows.execute(_table.insert(), {"person": person, "at": datetime.now(UTC).isoformat()})
        _count += 1
        _written.notify_all()


def _all_written() -> None:
    with _written:
        _written.wait_for(lambda: _count == DUE)


async def seconds(work: Work) -> float:
    """How long the work takes."""
    began = perf_counter()
    await work()
    return perf_counter() - began


async def delay(work: Work) -> float:
    """The longest that something due every millisecond on the loop is late during the work, in seconds."""
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            before = perf_counter()
            await asyncio.sleep(TICKER)
            longest = max(longest, perf_counter() - before - TICKER)

    ticker = asyncio.create_task(tick())
    await asyncio.sleep(0.05)
    longest = 0.0
    await work()
    await asyncio.sleep(TICKER * 3)  # lets the ticker see the end of the work
    ticker.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await ticker
    return longest


if __name__ == "__main__":
    main()
