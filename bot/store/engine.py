"""The database, opened the way the rest of the store counts on."""

from contextlib import closing
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

_QUIET: dict[str, Any] = {"hide_parameters": True}
"""What people wrote is never part of an error's text."""
PATIENCE = 30
"""How long to wait for somebody else's transaction on SQLite, in seconds."""


def open_engine(url: str, *, pool_size: int = 1) -> Engine:
    """An engine for `sqlite:///file` or `postgresql://…`.

    SQLite: write-ahead log, and a commit is on the disk when it returns (`synchronous=FULL`), so that what was
    acknowledged survives a power cut. Transactions take the write lock at once (`BEGIN IMMEDIATE`): two that read
    first and write later would otherwise fail each other. Connections with the execution option `reading` do not.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_size=pool_size, max_overflow=2, **_QUIET)
    engine = create_engine(parsed, connect_args={"timeout": PATIENCE}, **_QUIET)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def sqlite_file(engine: Engine) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL, and for one in memory."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Path(name)


def scrub(engine: Engine) -> bool:
    """Leave nothing of what was deleted in SQLite's write-ahead log; False where somebody is reading just now, so that
    it has to be tried again. PostgreSQL sees to its own."""
    if engine.dialect.name != "sqlite":
        return True
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=200")  # whoever reads at length must not hold up what comes in
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
    return not busy


def _prepare(connection: SqliteConnection, record: Any) -> None:
    # The driver would begin transactions by itself, and not the way we want them.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    # Straight to the driver: every transaction begins here.
    connection.connection.cursor().execute("BEGIN" if reading else "BEGIN IMMEDIATE")
