"""Which process owns a channel or the clock's jobs. What the database can say, it says; nothing home-made beneath.

PostgreSQL: a session advisory lock for each name; it falls when its process dies or loses its session, and another
takes over. SQLite: a lock on a file beside the database, held by the one process that may run. Each ownership has an
epoch, which counts up: a lease of an earlier epoch belongs to nobody any more.
"""

import contextlib
import fcntl
import os
import socket
import threading
import zlib
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.store import channels
from bot.texts import Explained, mark

JOBS = "jobs"
"""The name under which the clock's jobs are owned; channels are owned under `channel:NAME`."""


class AlreadyRunning(Explained):
    """Another process runs on this database. Only PostgreSQL can be shared."""


_LOCK = text("SELECT pg_try_advisory_lock(:key)")
_LOCKS = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()")


class Ownership:
    """What this process owns. May be used from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._session: Connection | None = None
        self._locked: set[str] = set()
        self._using = threading.Lock()
        self._file: IO[bytes] | None = None
        self.worker = f"{socket.gethostname()}:{os.getpid()}"

    @property
    def shared(self) -> bool:
        """Whether several processes may run on this database."""
        return self._engine.dialect.name == "postgresql"

    def begin(self, *, alone: Collection[str] = ()) -> None:
        """Make sure that this process may run. Raises AlreadyRunning on SQLite when another one does; for work during
        which nobody else may own the names in `alone`, on PostgreSQL too."""
        if self.shared and not all(map(self._lock, alone)):
            self.end()
            raise AlreadyRunning(
                mark("The bot is running on {database}. Stop it first."), database=self._engine.url.database
            )
        database = self._engine.url.database
        if self._engine.dialect.name == "sqlite" and database and database != ":memory:":
            self._file = Path(f"{database}.lock").open("ab")  # noqa: SIM115  # held until the process ends
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                self._file.close()
                raise AlreadyRunning(
                    mark("Another process runs on {database} already. Stop it first, or use PostgreSQL for several."),
                    database=database,
                ) from None

    def take(self, name: str) -> int | None:
        """Own `name` from now on; gives the epoch, or None where another process owns it."""
        if self.shared and not self._lock(name):
            return None
        with self._engine.begin() as tx:
            return channels.take_over(tx, name, self.worker, datetime.now(UTC))

    def _lock(self, name: str) -> bool:
        key = zlib.crc32(f"worthalten:{name}".encode())
        with self._using:
            try:
                if self._session is None:
                    self._session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                locked = bool(self._session.execute(_LOCK, {"key": key}).scalar())
            except SQLAlchemyError:
                self._end_session()
                raise
            if locked:
                self._locked.add(name)
            return locked

    def holds(self) -> bool:
        """Whether everything that was taken is still owned. If not, nothing is any more, and all may be taken anew."""
        with self._using:
            if not self._locked:
                return True
            with contextlib.suppress(SQLAlchemyError):
                if self._session and self._session.execute(_LOCKS).scalar() == len(self._locked):
                    return True
            self._end_session()
            self._locked.clear()
            return False

    def _end_session(self) -> None:
        """Give up the session, and with it whatever it may still hold."""
        if self._session is not None:
            with contextlib.suppress(SQLAlchemyError):
                self._session.invalidate()
                self._session.close()
        self._session = None

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
