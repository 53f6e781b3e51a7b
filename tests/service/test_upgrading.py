"""How a database fits to this program."""

import stat

import pytest

from bot.service import upgrading
from bot.service.upgrading import Version
from bot.store.engine import open_engine


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
