"""Messages come in: in order, several in one commit, and nobody overtakes one that has to come again."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from scheduler.database import Database
from scheduler.receiving import AT_ONCE, Reception
from tests.stage import Person, Stage


@pytest.fixture
def thread() -> Iterator[Database]:
    """One, as for SQLite."""
    thread = Database()
    yield thread
    thread.close()


@pytest.fixture
def anna(stage: Stage) -> Person:
    return stage.maker("Anna")


@pytest.fixture
def woken() -> list[str]:
    return []


@pytest.fixture
def reception(stage: Stage, thread: Database, woken: list[str]) -> Reception:
    return Reception(stage.receiving, thread, woken.extend)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_what_waits_is_committed_together_and_in_order(
    stage: Stage, anna: Person, reception: Reception, woken: list[str], engine: Engine
) -> None:
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    said = [anna.incoming(f"/new Pledge {number}") for number in range(AT_ONCE + 3)]
    await asyncio.gather(*map(reception.receive, said))
    assert len(commits) == 2
    assert set(woken) == {"telegram"}
    stage.deliver()
    cards = anna.hears()
    assert [f"Pledge {number}" in card for number, card in enumerate(cards)] == [True] * len(said)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_while_the_database_is_away_nobody_gets_ahead(
    stage: Stage, anna: Person, reception: Reception, engine: Engine
) -> None:
    said = [anna.incoming(f"/new Pledge {number}") for number in range(AT_ONCE + 3)]
    with engine.begin() as tx:
        tx.execute(text("ALTER TABLE inbox RENAME TO away"))
    outcomes = await asyncio.gather(*map(reception.receive, said), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} <= {OperationalError, ProgrammingError}
    with engine.begin() as tx:
        tx.execute(text("ALTER TABLE away RENAME TO inbox"))
    await asyncio.gather(*map(reception.receive, said))
    stage.deliver()
    assert len(anna.hears()) == len(said)


async def test_who_does_not_wait_any_more_holds_nobody_up(stage: Stage, anna: Person, reception: Reception) -> None:
    first, second = (asyncio.create_task(reception.receive(anna.incoming(word))) for word in ("/status", "/help"))
    await asyncio.sleep(0)
    first.cancel()
    await second
    stage.deliver()
    assert len(anna.hears()) == 2  # it was on its way to the disk already
