"""How a database fits to this program."""

import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.service import upgrading
from bot.service.upgrading import Version
from bot.store.engine import open_engine

NOW = datetime(2025, 7, 9, 12, tzinfo=UTC)


def test_an_empty_one_becomes_current(empty_database) -> None:
    engine = open_engine(empty_database)
    assert upgrading.version(engine) is Version.EMPTY
    upgrading.upgrade(engine)
    upgrading.upgrade(engine)
    assert upgrading.version(engine) is Version.CURRENT
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "version"),
    [
        ("UPDATE alembic_version SET version_num = 'later'", Version.NEWER),
        ("DELETE FROM alembic_version", Version.FOREIGN),
    ],
)
def test_one_that_is_not_ours(engine, change, statement, version) -> None:
    change(statement)
    assert upgrading.version(engine) is version


def test_asking_makes_no_file(tmp_path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/new.db")
    assert upgrading.version(engine) is Version.EMPTY
    assert list(tmp_path.iterdir()) == []
    upgrading.upgrade(engine)
    engine.dispose()
    assert stat.S_IMODE((tmp_path / "new.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_backup_is_complete_while_somebody_writes(engine, change, tmp_path) -> None:
    insert = "INSERT INTO channels VALUES (:name, 'telegram', 'bot')"
    change(insert, name="before")
    with engine.begin() as tx:
        tx.execute(text(insert), {"name": "not yet"})
        copy = upgrading.back_up(engine, tmp_path / "data" / "backups", NOW)
    other = upgrading.back_up(engine, tmp_path / "data" / "backups", NOW.replace(second=1))
    for file, names in ((copy, ["before"]), (other, ["before", "not yet"])):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        with closing(sqlite3.connect(file)) as backup:
            assert [name for (name,) in backup.execute("SELECT name FROM channels ORDER BY name")] == names
            assert backup.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_postgresql_is_backed_up_by_its_own_tools(engine, tmp_path) -> None:
    with pytest.raises(ValueError, match="SQLite"):
        upgrading.back_up(engine, tmp_path, NOW)
