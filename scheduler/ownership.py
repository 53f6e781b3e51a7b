"""Which process owns a channel or the clock's jobs. What the database can say, it says; nothing home-made beneath.

PostgreSQL: a session advisory lock for each name; it falls when its process dies, and another takes over. SQLite: a
lock on a file beside the database, held by the one process that may run. Each ownership has an epoch, which counts up:
a lease of an earlier epoch belongs to nobody any more.
"""

import contextlib
import fcntl
import os
import socket
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from bot.store import channels

JOBS = "jobs"
"""The name under which the clock's jobs are owned; channels are owned under `channel:NAME`."""


class AlreadyRunning(Exception):
    """Another process runs on this database. Only PostgreSQL can be shared."""


class Ownership:
    """What this process owns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._session: Connection | None = None
        self._file: IO[bytes] | None = None
        self.worker = f"{socket.gethostname()}:{os.getpid()}"

    def begin(self) -> None:
        """Make sure that this process may run. Raises AlreadyRunning on SQLite when another one does."""
        database = self._engine.url.database
        if self._engine.dialect.name == "sqlite" and database and database != ":memory:":
            self._file = Path(f"{database}.lock").open("ab")  # noqa: SIM115  # held until the process ends
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                self._file.close()
                raise AlreadyRunning(
                    f"Another process runs on {database} already. Stop it first, or use PostgreSQL for several."
                ) from None

    def take(self, name: str) -> int | None:
        """Own `name` from now on; gives the epoch, or None where another process owns it."""
        if self._engine.dialect.name == "postgresql" and not self._lock(name):
            return None
        with self._engine.begin() as tx:
            return channels.take_over(tx, name, self.worker, datetime.now(UTC))

    def _lock(self, name: str) -> bool:
        if self._session is None:
            self._session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        key = zlib.crc32(f"worthalten:{name}".encode())
        return bool(self._session.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}).scalar())

    def beat(self) -> None:
        """A sign of life, in real time."""
        with self._engine.begin() as tx:
            channels.beat(tx, self.worker, datetime.now(UTC))

    def end(self) -> None:
        """Give everything up and close the database; the last to leave a SQLite file folds its log into it."""
        if self._session is not None:
            with contextlib.suppress(DBAPIError):  # a database that is gone holds no locks of ours
                self._session.execute(text("SELECT pg_advisory_unlock_all()"))
            self._session.close()
        self._engine.dispose()
        if self._file is not None:
            self._file.close()
