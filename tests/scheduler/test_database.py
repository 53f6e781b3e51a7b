import asyncio
import threading

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from scheduler import asking
from scheduler.database import Database
from tests.stage import Stage


async def test_results_and_exceptions_come_back() -> None:
    database = Database()
    assert await database(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        await database(divmod, 7, 0)
    database.close()


async def test_one_thread_runs_one_thing_at_a_time_in_order() -> None:
    database, seen = Database(), list[int]()
    await asyncio.gather(*(database(seen.append, number) for number in range(50)))
    assert seen == list(range(50))
    database.close()


async def test_what_has_begun_runs_to_its_end() -> None:
    """A transaction is never torn by a cancelled task."""
    database, begun, go, done = Database(), threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go.wait()
        done.set()

    task = asyncio.create_task(database(work))
    while not begun.is_set():
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go.set()
    database.close()
    assert done.is_set()


async def test_a_tick_asks_whoever_is_due_and_wakes_the_channel(stage: Stage) -> None:
    anna, database, woken = stage.maker("Anna"), Database(), list[str]()
    await asking.tick(stage.asking.ask_due, database, woken.extend)
    assert woken == []
    stage.clock.set(stage.next_due)
    await asking.tick(stage.asking.ask_due, database, woken.extend)
    assert woken == ["telegram"]
    stage.deliver()
    assert "BER-001" in anna.hears()[-1]
    database.close()


async def test_a_tick_without_a_database_is_made_up_for(stage: Stage) -> None:
    anna, database = stage.maker("Anna"), Database()
    stage.clock.set(stage.next_due)
    for old, new, heard in (("occasions", "away", 0), ("away", "occasions", 1)):
        with stage.installation.engine.begin() as tx:
            tx.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))
        with capture_logs() as log:
            await asking.tick(stage.asking.ask_due, database, lambda _: None)
        assert [entry["event"] for entry in log] == ["asking_postponed"] * (1 - heard)
        stage.deliver()
        assert len(anna.hears()) == heard
    database.close()
