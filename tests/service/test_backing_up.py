"""Backups: complete at one instant, also while somebody writes; nobody else's business; not without end."""

import json
import os
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from bot.service.backing_up import KEPT, BackingUp, backups
from bot.service.installation import Installation
from bot.store import migrations, snapshots
from bot.store.engine import open_engine
from bot.store.tables import metadata
from scheduler.backing_up import back_up_daily
from tests.databases import Fresh
from tests.stage import Stage

INSERT = "INSERT INTO channels VALUES (:name, 'telegram', 'bot')"


def unpacked(backup: Path, where: Path) -> Path:
    with zipfile.ZipFile(backup) as packed:
        packed.extractall(where)
    return where


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    with engine.connect() as tx:
        return {
            table.name: sorted((tuple(row) for row in tx.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


@pytest.fixture
def played(stage: Stage) -> Stage:
    """An installation with people, pledges, prompts, and umlauts and emoji in all of them."""
    anna = stage.maker("Änne", "Wir eröffnen bis Ende Oktober ein Bürgerbüro 🏛", "de")
    anna.says("/update")
    return stage


def test_it_holds_what_was_committed_while_somebody_writes(
    installation: Installation, engine: Engine, change: Callable[..., None], tmp_path: Path
) -> None:
    change(INSERT, name="before")
    with engine.begin() as tx:
        tx.execute(text(INSERT), {"name": "not yet"})
        made = BackingUp(installation, tmp_path / "data").back_up()
    for path, mode in ((made, 0o600), (made.parent, 0o700), (made.parent.parent, 0o700)):
        assert stat.S_IMODE(path.stat().st_mode) == mode
    files = unpacked(made, tmp_path / "out")
    with closing(sqlite3.connect(files / "worthalten.db")) as copy:
        assert copy.execute("SELECT name FROM channels").fetchall() == [("before",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    made_at = datetime.fromisoformat(json.loads((files / "backup.json").read_text())["made_at"])
    assert made_at == BackingUp(installation, tmp_path / "data").latest()
    assert [path.name for path in made.parent.iterdir()] == [made.name]


def test_everything_comes_back_into_either_database(
    played: Stage, engine: Engine, backend: Fresh, tmp_path: Path
) -> None:
    before = everything(engine)
    assert before["people"] and before["pledges"] and before["prompts"] and before["outbox"]
    snapshots.export(engine, tmp_path / "snapshot")
    copy = open_engine(f"sqlite:///{tmp_path}/snapshot")
    assert everything(copy) == before
    copy.dispose()
    with backend(empty=True) as url:
        other = open_engine(url)
        for _ in range(2):
            snapshots.load(tmp_path / "snapshot", other)
        assert everything(other) == before
        with other.begin() as tx:
            assert migrations.current(tx) == migrations.latest()
            tx.execute(metadata.tables["outbox"].insert(), [{**before_row(engine), "key": "new"}])
        assert len(everything(other)["outbox"]) == len(before["outbox"]) + 1
        other.dispose()


def before_row(engine: Engine) -> dict[str, object]:
    """A row of the outbox, without its number."""
    outbox = metadata.tables["outbox"]
    with engine.connect() as tx:
        row = tx.execute(select(outbox).limit(1)).mappings().one()
    return {name: value for name, value in row.items() if name != "id"}


def test_keys_are_in_it_and_what_is_made_anew_is_not(installation: Installation, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("matrix/main/identity.json", "matrix/main/device.json", "matrix/main/store/x.db", "erased"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("secret")
    backing_up = BackingUp(installation, data, ("matrix/*/device.json", "matrix/*/store/*"))
    backing_up.back_up()
    with zipfile.ZipFile(backing_up.back_up()) as packed:
        assert sorted(packed.namelist()) == [
            "backup.json", "files/erased", "files/matrix/main/identity.json", "worthalten.db",
        ]  # fmt: skip


def test_one_that_fails_leaves_nothing_that_looks_like_one(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "data" / "backups").mkdir(parents=True)
    (tmp_path / "data" / "backups" / "worthalten-broken.zip.part").write_text("of a kill")
    (tmp_path / "data" / "loop").symlink_to("loop")
    installation.engine.dispose()
    unusable = Installation(open_engine("sqlite:////nowhere/at/all.db"), installation.clock, installation.rules)
    with pytest.raises(sqlite3.Error):
        BackingUp(unusable, tmp_path / "data").back_up()
    assert list((tmp_path / "data" / "backups").iterdir()) == []


async def test_daily_and_the_oldest_go(installation: Installation, tmp_path: Path) -> None:
    backing_up = BackingUp(installation, tmp_path)
    await back_up_daily(backing_up)
    await back_up_daily(backing_up)
    [first] = backups(tmp_path)
    yesterday = datetime.now(UTC) - timedelta(hours=25)
    for number in range(KEPT):
        old = yesterday - timedelta(days=number)
        os.close(os.open(first.with_name(old.strftime("worthalten-%Y%m%d-%H%M%S-%f.zip")), os.O_CREAT))
    first.unlink()
    await back_up_daily(backing_up)
    assert len(backups(tmp_path)) == KEPT
    assert backing_up.latest() > datetime.now(UTC) - timedelta(minutes=5)  # type: ignore[operator]
