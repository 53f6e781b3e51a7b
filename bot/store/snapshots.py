"""The whole database in one SQLite file, as it is at one instant, and back again. Whatever wrote it can read it.

SQLite copies itself. From PostgreSQL all rows are read in one transaction that sees a single instant, into tables that
the migrations have made in the file: so the file is a database of the same version like any other.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Integer, Select, column, select, table, text

from bot import private
from bot.store import migrations
from bot.store.engine import open_engine, sqlite_file
from bot.store.tables import metadata

ROWS_AT_ONCE = 500


def export(engine: Engine, file: Path) -> None:
    """Write the database as it is now into the new `file`, readable for its owner alone, even while somebody writes.

    Raises OSError, sqlite3.Error or DBAPIError where that cannot be done, and leaves no half file then.
    """
    private.create(file).close()
    try:
        source = sqlite_file(engine)
        if source is not None:
            with closing(sqlite3.connect(source)) as ours, closing(sqlite3.connect(file)) as copy:
                ours.backup(copy)
        else:
            _read_out(engine, file)
        fold(file)
    except BaseException:
        file.unlink()
        raise


def load(file: Path, engine: Engine) -> None:
    """Put what is in `file`, a snapshot of this program's version, in the place of everything in the database.

    All or nothing; nobody else may be at work in the database. It need not exist before.
    """
    target = sqlite_file(engine)
    if target is not None:
        engine.dispose()
        _replace(target, file)
        return
    source = open_engine(f"sqlite:///{file}")
    try:
        with source.connect().execution_options(reading=True) as rows, engine.begin() as tx:
            migrations.upgrade(tx)
            _write_in(rows, tx)
    finally:
        source.dispose()


def _replace(target: Path, file: Path) -> None:
    """A copy of `file` becomes `target`, whatever that was, even a broken one."""
    new = target.with_name(f"{target.name}.new")
    new.unlink(missing_ok=True)
    with private.create(new) as copy:
        with file.open("rb") as source:
            shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())
    for log in ("-wal", "-shm"):  # they would be taken for the new one's
        target.with_name(target.name + log).unlink(missing_ok=True)
    new.replace(target)


def _read_out(engine: Engine, file: Path) -> None:
    snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**snapshot) as tx:
        made = open_engine(f"sqlite:///{file}")
        with made.begin() as new:
            migrations.upgrade(new, migrations.current(tx) or "head")
        made.dispose()
        with closing(sqlite3.connect(file)) as copy, copy:
            names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in names:
                if name not in ("alembic_version", "sqlite_sequence"):
                    _copy(tx, copy, name)


def _copy(tx: Connection, copy: sqlite3.Connection, name: str) -> None:
    columns = [row[1] for row in copy.execute(f"PRAGMA table_info({name})")]
    places = ", ".join("?" for _ in columns)
    named = ", ".join(f'"{one}"' for one in columns)
    insert = f'INSERT INTO "{name}" ({named}) VALUES ({places})'  # noqa: S608  # names of our own tables
    query: Select[*tuple[Any, ...]] = select(*(column(one) for one in columns)).select_from(table(name))
    with tx.execution_options(yield_per=ROWS_AT_ONCE).execute(query) as rows:
        for part in rows.partitions():
            copy.executemany(insert, ([_plain(value) for value in row] for row in part))


def _plain(value: Any) -> Any:
    """A value as SQLAlchemy keeps it in SQLite."""
    match value:
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        case date():
            return value.isoformat()
        case dict() | list():
            return json.dumps(value)
    return value


def _write_in(rows: Connection, tx: Connection) -> None:
    tables = metadata.sorted_tables
    for each in reversed(tables):
        tx.execute(each.delete())
    for each in tables:
        for part in rows.execution_options(yield_per=ROWS_AT_ONCE).execute(select(each)).mappings().partitions():
            tx.execute(each.insert(), [dict(row) for row in part])
    _count_on(tx, (each.name for each in tables if isinstance(each.c.get("id", column("")).type, Integer)))


def _count_on(tx: Connection, names: Iterable[str]) -> None:
    """Let new rows get the numbers behind those that are there."""
    for name in names:
        last = f'(SELECT COALESCE(MAX(id), 0) + 1 FROM "{name}")'  # noqa: S608  # names of our own tables
        tx.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last}, false)"))


def fold(file: Path) -> None:
    """Leave one file that is complete by itself and on the disk."""
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
