"""The database itself: which version it has, and how it becomes the one that this program needs."""

import os
from enum import Enum, auto

from sqlalchemy import Engine, inspect

from bot import private
from bot.store import migrations
from bot.store.engine import sqlite_file


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
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, private.FILE))
    with engine.begin() as tx:
        migrations.upgrade(tx)
