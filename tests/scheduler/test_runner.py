"""All loops of a process: what they do when something is taken from them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio
from sqlalchemy import Engine, select
from structlog.testing import capture_logs
from structlog.typing import EventDict

from adapters import wiring
from bot.ports import Gone
from bot.service.installation import Installation
from bot.store import outbox
from bot.store.engine import open_engine
from bot.store.outbox import Letter
from bot.store.tables import owners
from scheduler import runner as module
from scheduler.database import Database
from scheduler.ownership import Ownership
from scheduler.runner import Intake, Line, Runner
from tests.scheduler.desk import NOW, Scripted
from tests.scheduler.test_ownership import end_sessions_with_locks, only_postgres


class Hearing:
    """A scripted channel with a way to listen. It notes each beginning and end of listening; `faults` are raised by the
    next beginnings."""

    def __init__(self, faults: list[Exception]) -> None:
        self.channel = Scripted()
        self.faults = list(faults)
        self.noted: list[str] = []
        self.line = Line(self.channel, self._listen, self._close)

    async def _listen(self, intake: Intake, ended: asyncio.Event) -> Gone | None:
        if self.faults:
            raise self.faults.pop()
        self.noted.append("listens")
        await ended.wait()
        self.noted.append("ends")
        return None

    async def _close(self) -> None:
        self.noted.append("closed")


@pytest.fixture
def faults() -> list[Exception]:
    return []


@pytest.fixture
def hearing(faults: list[Exception]) -> Hearing:
    return Hearing(faults)


@pytest.fixture
def log() -> Iterator[list[EventDict]]:
    """What is logged."""
    with capture_logs() as log:
        yield log


@pytest_asyncio.fixture
async def running(
    installation: Installation, hearing: Hearing, database: str, log: list[EventDict], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Runner]:
    """A process at work on that channel; it beats and tries again every few milliseconds."""
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.02)
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(module, "SHARE_SECONDS", 0.0)
    engine = open_engine(database, pool_size=3)
    own = Installation(engine, installation.clock, installation.rules)
    runner = wiring.assemble(own, [hearing.line], Ownership(engine), Database(2 if "postgres" in database else 1))
    task = asyncio.create_task(runner.run())
    yield runner
    runner.stopping.set()
    await task


async def until(happened: Callable[[], object]) -> None:
    while not happened():
        await asyncio.sleep(0.005)


def epochs(engine: Engine) -> dict[str, int]:
    with engine.connect().execution_options(reading=True) as tx:
        return {row.name: row.epoch for row in tx.execute(select(owners))}


def post(engine: Engine, key: str) -> None:
    with engine.begin() as tx:
        outbox.post(tx, [Letter(key, "telegram", "1", None, key, NOW)])


async def test_it_stops_when_told_and_closes_its_channels(running: Runner, hearing: Hearing) -> None:
    await until(lambda: hearing.noted)
    running.stopping.set()
    await until(lambda: "closed" in hearing.noted)
    assert hearing.noted == ["listens", "ends", "closed"]


@only_postgres
async def test_what_the_database_does_not_know_any_more_is_given_up_and_taken_again(
    running: Runner, hearing: Hearing, engine: Engine, log: list[EventDict]
) -> None:
    await until(lambda: hearing.noted and len(epochs(engine)) == 2)
    assert epochs(engine) == {"channel:telegram": 1, "jobs": 1}
    end_sessions_with_locks(engine)
    await until(lambda: hearing.noted == ["listens", "ends", "listens"] and epochs(engine)["jobs"] == 2)
    assert epochs(engine) == {"channel:telegram": 2, "jobs": 2}
    assert "ownership_lost" in {entry["event"] for entry in log}
    post(engine, "a")
    await until(lambda: hearing.channel.calls)
    assert not running.gone


@only_postgres
async def test_while_another_has_it_nothing_is_sent(running: Runner, hearing: Hearing, engine: Engine) -> None:
    await until(lambda: hearing.noted and len(epochs(engine)) == 2)
    other = Ownership(engine)
    end_sessions_with_locks(engine)
    while (epoch := other.take("channel:telegram")) is None:
        end_sessions_with_locks(engine)  # it was quicker to take it again
    post(engine, "a")
    await until(lambda: hearing.noted[-1] == "ends")
    await asyncio.sleep(0)
    assert hearing.channel.calls == []
    other.end()
    await until(lambda: hearing.channel.calls)
    assert epochs(engine)["channel:telegram"] > epoch


@only_postgres
async def test_processes_that_start_together_share_the_channels(
    installation: Installation, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(module, "SHARE_SECONDS", 0.5)
    names = ("north", "east", "south", "west")
    runners = []
    for _ in range(2):
        hearings = [Hearing([]) for _ in names]
        for name, hearing in zip(names, hearings, strict=True):
            hearing.channel.name = name
        own = Installation(open_engine(database, pool_size=3), installation.clock, installation.rules)
        lines = [hearing.line for hearing in hearings]
        runners.append(wiring.assemble(own, lines, Ownership(own.engine), Database(2)))
    tasks = [asyncio.create_task(runner.run()) for runner in runners]

    def share(runner: Runner) -> int:
        return sum(runner.owns(f"channel:{name}") for name in names)

    await until(lambda: sum(map(share, runners)) == len(names))
    assert [share(runner) for runner in runners] == [2, 2]
    runners[0].stopping.set()
    await until(lambda: share(runners[1]) == len(names))
    runners[1].stopping.set()
    await asyncio.gather(*tasks)


@pytest.mark.parametrize("faults", [[ConnectionError("something of what was written")] * 3])
@pytest.mark.usefixtures("running")
async def test_listening_that_fails_begins_again_and_is_told_once(hearing: Hearing, log: list[EventDict]) -> None:
    await until(lambda: hearing.noted == ["listens"])
    [told] = [entry for entry in log if entry["event"] == "listening_failed"]
    assert (told["channel"], told["problem"]) == ("telegram", "ConnectionError")
    assert "something" not in str(told)
