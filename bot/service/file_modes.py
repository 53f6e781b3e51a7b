"""Who may read what lies on the disk: the database, and everything in `data_dir`, are their owner's alone."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from bot import private
from bot.store.engine import sqlite_file

OTHERS = 0o077


def open_to_others(engine: Engine, data_dir: Path) -> list[Path]:
    """The files and directories that somebody else may look into."""
    return [path for path in _ours(engine, data_dir) if not path.is_symlink() and path.stat().st_mode & OTHERS]


def close_to_others(engine: Engine, data_dir: Path) -> None:
    """Close them, such as a database that was copied back by hand. What is not ours to close stays as it is."""
    for path in open_to_others(engine, data_dir):
        with contextlib.suppress(OSError):
            private.close(path)


def _ours(engine: Engine, data_dir: Path) -> Iterator[Path]:
    if (database := sqlite_file(engine)) is not None:
        yield from (path for end in ("", "-wal", "-shm") if (path := Path(f"{database}{end}")).exists())
    if data_dir.is_dir():
        yield data_dir
        with contextlib.suppress(OSError):  # removed meanwhile, as a backup that was rotated out
            yield from data_dir.rglob("*")
