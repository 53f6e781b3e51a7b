"""What tests are given: a fresh database, an installation on it with a clock that stands still, and a stage.

`backend` says on which database a test runs: on both, each in a run of its own. One is enough for a module with
`pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import Engine

from bot.service.erasure_list import ErasureList
from bot.service.installation import Installation, Rules
from bot.store.engine import open_engine
from scheduler.clock import ManualClock
from tests.databases import Fresh, Postgres, Sqlite
from tests.stage import Stage

settings.register_profile("worthalten", deadline=None)  # machines may be slow
settings.load_profile("worthalten")


@pytest.fixture(scope="session", autouse=True)
def plain_log() -> None:
    """Log lines on standard output, where pytest keeps them for failures; short traces without local variables."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    """SQLite files."""
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, started by the first test that needs it."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgres"])
def backend(request: pytest.FixtureRequest) -> Fresh:
    """Makes databases of one kind."""
    server: Sqlite | Postgres = request.getfixturevalue(request.param)
    return server.fresh


@pytest.fixture
def database(backend: Fresh) -> Iterator[str]:
    """The URL of a fresh database, migrated."""
    with backend() as url:
        yield url


@pytest.fixture
def empty_database(backend: Fresh) -> Iterator[str]:
    """The URL of a database without a table."""
    with backend(empty=True) as url:
        yield url


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """The fresh database, opened."""
    engine = open_engine(database, pool_size=5)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> ManualClock:
    """Stands at the afternoon of the workshop in Berlin, 9 July 2025."""
    return ManualClock(datetime(2025, 7, 9, 12, 0, tzinfo=UTC))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Where an installation keeps what is not in its database."""
    return tmp_path / "data"


@pytest.fixture
def installation(engine: Engine, clock: ManualClock, data_dir: Path) -> Installation:
    """An installation without anybody."""
    return Installation(engine, clock, Rules(responsible="Stadt Musterhausen"), ErasureList(data_dir))


@pytest.fixture
def stage(installation: Installation, clock: ManualClock) -> Stage:
    """People can come on; the workshop in Berlin with the code ABCD2345 exists."""
    stage = Stage(installation, clock)
    stage.workshop()
    return stage
