"""A backup comes back: nothing that was due is sent unseen, nobody who was erased since is there again."""

import stat
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.service.backing_up import BackingUp
from bot.service.holding import Holding
from bot.service.installation import Installation
from bot.service.restoring import Unfit, restore
from tests.service.test_broadcasting import WORDS, write
from tests.service.test_rights import join_team
from tests.stage import Stage

REAL = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def data(data_dir: Path) -> Path:
    """Where the keys and the erasure list are."""
    return data_dir


@pytest.fixture
def backing_up(installation: Installation, data: Path) -> BackingUp:
    return BackingUp(installation, data)


def questions(stage: Stage, name: str) -> int:
    return stage.person(name).transcript().count("How is BER-001")


@pytest.fixture
def asked_since(stage: Stage, backing_up: BackingUp) -> Path:
    """A backup from before a check-in that was asked since."""
    stage.maker("Anna")
    backup = backing_up.back_up()
    stage.until_asked()
    assert questions(stage, "Anna") == 1
    return backup


def test_nothing_is_sent_until_somebody_has_seen_what_was_due(
    stage: Stage, installation: Installation, asked_since: Path, data: Path
) -> None:
    done = restore(asked_since, installation, data, REAL)
    assert done.erased == 0 and done.lists_united
    held = Holding(installation).held()
    assert held is not None and held.since == done.made_at
    assert [(due.kind, due.reference) for due in held.due] == [("check_in", "BER-001")]
    for _ in range(3):
        stage.sleeps(days=1)
        assert not stage.asking.ask_due().channels
    assert questions(stage, "Anna") == 1
    assert "BER-001" in said_to(stage, "Anna", "/status")  # answers are given all the same


def test_it_can_be_sent_again(stage: Stage, installation: Installation, asked_since: Path, data: Path) -> None:
    restore(asked_since, installation, data, REAL)
    Holding(installation).let_go(REAL, send=True)
    assert Holding(installation).held() is None
    stage.until_asked()
    assert questions(stage, "Anna") == 2


def test_it_can_count_as_sent(stage: Stage, installation: Installation, asked_since: Path, data: Path) -> None:
    asked_at = stage.clock.now()
    restore(asked_since, installation, data, stage.clock.now())
    Holding(installation).let_go(REAL, send=False)
    stage.until_asked()  # the nudge, because nobody knows of an answer
    assert stage.clock.now() - asked_at >= timedelta(days=5)
    assert "once more" in stage.person("Anna").transcript()


def test_what_was_on_its_way_waits_too(
    stage: Stage, installation: Installation, backing_up: BackingUp, data: Path
) -> None:
    anna = stage.maker("Anna")
    stage.delivers = False
    anna.says("/status")
    backup = backing_up.back_up()
    restore(backup, installation, data, REAL)
    assert stage.delivering.lease("telegram", 1, ()) is None
    held = Holding(installation).held()
    assert held is not None and [due.kind for due in held.due] == ["reply"]
    Holding(installation).let_go(REAL, send=True)
    assert stage.delivering.lease("telegram", 1, ()) is not None


@pytest.mark.parametrize("send", [True, False])
def test_an_announcement_that_was_to_come_still_comes(
    stage: Stage, installation: Installation, backing_up: BackingUp, data: Path, send: bool
) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    stage.clock.set(datetime(2025, 7, 10, 17, 0, tzinfo=UTC))  # in the evening: it waits for the morning
    write(olga, WORDS, "Release")
    stage.announce()
    restore(backing_up.back_up(), installation, data, stage.clock.now())
    stage.tick()
    assert "Still to come: 1" in olga.newest.text
    held = Holding(installation).held()
    assert held is not None and held.due == ()
    Holding(installation).let_go(stage.clock.now(), send=send)
    stage.jump(days=1)
    assert "".join(anna.hears()).count(WORDS) == 1
    assert "Arrived at 1 of 1" in olga.newest.text


def test_the_teams_work_waits_too(stage: Stage, installation: Installation, backing_up: BackingUp, data: Path) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    anna.says("/human")
    anna.says("The office has no room for us")
    olga.hears()
    stage.clock.set(datetime(2025, 7, 14, 8, 0, tzinfo=UTC))  # a Monday, when the week is told
    backup = backing_up.back_up()
    stage.tick()
    assert len(olga.hears()) == 1
    restore(backup, installation, data, stage.clock.now())
    stage.tick()
    assert olga.hears() == []


def test_who_was_erased_since_stays_erased(
    stage: Stage, installation: Installation, backing_up: BackingUp, data: Path
) -> None:
    anna = stage.maker("Anna", "We plant a hundred trees")
    stage.maker("Bert", "We open a repair café")
    backup = backing_up.back_up()
    anna.says("/delete")
    anna.taps(0)
    done = restore(backup, installation, data, REAL)
    assert done.erased == 1
    assert "BER-002" in said_to(stage, "Bert", "/status")
    assert "BER-001" not in said_to(stage, "Anna", "/status")


def said_to(stage: Stage, name: str, command: str) -> str:
    person = stage.person(name)
    person.says(command)
    return "\n".join(person.hears())


def test_missing_keys_come_back_and_newer_ones_stay(
    installation: Installation, backing_up: BackingUp, data: Path
) -> None:
    place = data / "matrix" / "main"
    place.mkdir(parents=True)
    (place / "identity.json").write_text("old")
    (place / "more").write_text("old")
    backup = backing_up.back_up()
    (place / "identity.json").write_text("new")
    (place / "more").unlink()
    restore(backup, installation, data, REAL)
    assert (place / "identity.json").read_text() == "new"
    assert (place / "more").read_text() == "old"
    assert stat.S_IMODE((place / "more").stat().st_mode) == 0o600
    assert not list(data.glob("restoring-*"))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_broken_database_is_replaced(installation: Installation, backing_up: BackingUp, data: Path) -> None:
    backup = backing_up.back_up()
    installation.engine.dispose()
    Path(str(installation.engine.url.database)).write_bytes(b"no database at all" * 1000)
    restore(backup, installation, data, REAL)
    assert Holding(installation).held() is not None


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["../evil", "/evil", "other/evil"])
def test_a_file_that_is_no_backup_changes_nothing(
    stage: Stage, installation: Installation, tmp_path: Path, data: Path, name: str
) -> None:
    stage.maker("Anna")
    (tmp_path / "words").write_text("words")
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as pack:
        pack.writestr("backup.json", '{"made_at": "2026-01-01T00:00:00+00:00"}')
        pack.writestr(name, "evil")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as pack:
        pack.writestr("backup.json", '{"made_at": "2026-01-01T00:00:00+00:00"}')
    for file in ("words", "evil.zip", "empty.zip"):
        with pytest.raises(Unfit):
            restore(tmp_path / file, installation, data, REAL)
    assert "BER-001" in said_to(stage, "Anna", "/status")
    assert not (tmp_path / "evil").exists()
