"""The database itself: which version it has, and how it becomes the one that this program needs."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import Engine, inspect

from bot.store import migrations

PRIVATE_FILE, PRIVATE_DIRECTORY = 0o600, 0o700


class Version(Enum):
    """How a database fits to this program."""

    EMPTY = auto()
    CURRENT = auto()
    OUTDATED = auto()
    NEWER = auto()
    """A later version of the program has been at work here."""
    FOREIGN = auto()
    """It belongs to another program."""


def version(engine: Engine) -> Version:
    """How the database fits. A file of SQLite that does not exist yet is empty, and is not made by asking."""
    file = sqlite_file(engine)
    if file is not None and not file.exists():
        return Version.EMPTY
    with engine.connect().execution_options(reading=True) as tx:
        current = migrations.current(tx)
        if current is None:
            return Version.FOREIGN if inspect(tx).get_table_names() else Version.EMPTY
    if current == migrations.latest():
        return Version.CURRENT
    return Version.OUTDATED if migrations.knows(current) else Version.NEWER


def upgrade(engine: Engine) -> None:
    """Bring the database to the version of this program; a new file of SQLite is its owner's alone."""
    file = sqlite_file(engine)
    if file is not None and not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, PRIVATE_FILE))
    with engine.begin() as tx:
        migrations.upgrade(tx)


def back_up(engine: Engine, directory: Path, now: datetime) -> Path:
    """A consistent copy of an SQLite database in a new file in `directory`, readable for its owner alone, even while
    somebody writes. Raises OSError or sqlite3.Error where it cannot be made, ValueError for another database."""
    file = sqlite_file(engine)
    if file is None:
        raise ValueError("Only SQLite can be copied like this.")
    for place in (directory.parent, directory):  # both hold what is nobody else's business
        place.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    copy = directory / f"{file.stem}-{now:%Y%m%d-%H%M%S-%f}.db"
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def sqlite_file(engine: Engine) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL, and for one in memory."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Path(name)
