"""Which process does what."""

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from bot.store import channels
from bot.store.engine import open_engine
from scheduler.ownership import JOBS, AlreadyRunning, Ownership
from tests.databases import Fresh

only_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
only_postgres = pytest.mark.parametrize("backend", ["postgres"], indirect=True)

TAKE = """
import sys, time
from bot.store.engine import open_engine
from scheduler.ownership import Ownership
ownership = Ownership(open_engine(sys.argv[1]))
ownership.begin()
print(ownership.take("channel:telegram"), flush=True)
time.sleep(600)
"""


def end_sessions_with_locks(engine: Engine) -> None:
    """What an administrator, a failover or a firewall does."""
    here = "(SELECT oid FROM pg_database WHERE datname = current_database())"
    end = text(
        f"SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND database = {here}"
    )
    with engine.begin() as tx:
        tx.execute(end)


@pytest.fixture
def other(database: str) -> Iterator[Engine]:
    """Another process's engine on the same database."""
    engine = open_engine(database)
    yield engine
    engine.dispose()


def test_each_taking_has_a_higher_epoch(engine: Engine) -> None:
    epochs = []
    for _ in range(3):
        ownership = Ownership(engine)
        epochs.append(ownership.take("channel:telegram"))
        ownership.end()
    assert epochs == [1, 2, 3]


def test_names_are_owned_apart(engine: Engine) -> None:
    ownership = Ownership(engine)
    assert [ownership.take(name) for name in ("channel:telegram", "channel:second", JOBS)] == [1, 1, 1]
    ownership.end()


def test_a_beat_is_a_sign_of_life_of_all_that_is_owned(engine: Engine) -> None:
    ownership = Ownership(engine)
    ownership.take(JOBS)
    with engine.begin() as tx:
        before = channels.heartbeats(tx)
    ownership.beat()
    with engine.begin() as tx:
        assert channels.heartbeats(tx)[JOBS] > before[JOBS]
    ownership.end()


@only_postgres
def test_a_second_owner_has_to_wait_until_the_first_ends(engine: Engine, other: Engine) -> None:
    first, second = Ownership(engine), Ownership(other)
    for ownership in (first, second):
        ownership.begin()
    assert first.take("channel:telegram") == 1
    assert second.take("channel:telegram") is None
    assert second.take(JOBS) == 1
    assert first.take(JOBS) is None
    first.end()
    assert second.take("channel:telegram") == 2
    second.end()


@only_postgres
def test_two_databases_on_one_server_do_not_know_each_other(engine: Engine, backend: Fresh) -> None:
    with backend() as url:
        stranger = open_engine(url)
        first, second = Ownership(engine), Ownership(stranger)
        assert first.take(JOBS) == second.take(JOBS) == 1
        first.end()
        second.end()
        stranger.dispose()


@only_postgres
def test_when_a_process_is_killed_another_takes_over(engine: Engine, database: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", TAKE, database], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "1\n"
    ownership = Ownership(engine)
    assert ownership.take("channel:telegram") is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    while (epoch := ownership.take("channel:telegram")) is None:
        pass  # until the server has noticed
    assert epoch == 2
    ownership.end()


@only_postgres
def test_what_fell_with_the_session_is_noticed_and_can_be_taken_again(engine: Engine, other: Engine) -> None:
    first, second = Ownership(engine), Ownership(other)
    assert first.take("channel:telegram") == first.take(JOBS) == 1
    assert first.holds()
    end_sessions_with_locks(other)
    assert second.take(JOBS) == 2
    assert not first.holds()
    assert first.holds()  # nothing, and that is no news
    assert first.take(JOBS) is None
    assert first.take("channel:telegram") == 2
    assert first.holds() and second.holds()
    for ownership in (first, second):
        ownership.end()


@only_postgres
def test_a_session_that_fell_between_two_takings_is_noticed(engine: Engine, other: Engine) -> None:
    first, second = Ownership(engine), Ownership(other)
    first.take("channel:telegram")
    end_sessions_with_locks(other)
    with pytest.raises(OperationalError):
        first.take(JOBS)
    assert first.take(JOBS) == 1
    assert second.take("channel:telegram") == 2
    assert not first.holds()
    for ownership in (first, second):
        ownership.end()


@only_sqlite
def test_a_second_process_on_sqlite_is_refused_and_told_what_to_do(engine: Engine, other: Engine) -> None:
    first, second = Ownership(engine), Ownership(other)
    first.begin()
    with pytest.raises(AlreadyRunning, match=r"runs on .*\.db already\. Stop it first, or use PostgreSQL"):
        second.begin()
    first.end()
    second.begin()
    second.end()


@only_sqlite
def test_a_killed_process_leaves_no_lock_on_sqlite(engine: Engine, database: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", TAKE, database], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "1\n"
    ownership = Ownership(engine)
    with pytest.raises(AlreadyRunning):
        ownership.begin()
    process.kill()
    process.wait()
    process.stdout.close()
    ownership.begin()
    assert ownership.take("channel:telegram") == 2
    ownership.end()
