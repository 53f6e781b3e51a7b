"""The list of those who were erased: it survives crashes and restores, and names nobody."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.service.erasure_list import ErasureList

NOW = datetime(2025, 7, 9, 12, tzinfo=UTC)
ANNA = ("account", "telegram", "1001")
BERT = ("account", "telegram", "1002")


def test_it_knows_whom_it_is_told_and_nobody_else(data_dir: Path) -> None:
    ErasureList(data_dir).add(NOW, ANNA)
    later = ErasureList(data_dir)
    assert later.erased_at(*ANNA) == NOW
    assert later.erased_at(*BERT) is None
    assert later.erased_at("account", "telegram1", "001") is None


def test_asking_an_empty_one_makes_no_file(data_dir: Path) -> None:
    assert ErasureList(data_dir).erased_at(*ANNA) is None
    assert not data_dir.exists()


def test_the_files_are_their_owners_alone_and_name_nobody(data_dir: Path) -> None:
    ErasureList(data_dir).add(NOW, ANNA)
    found = {path.name: path.stat().st_mode & 0o777 for path in data_dir.rglob("*")}
    assert found == {"erasure": 0o700, "key": 0o600, "list": 0o600}
    assert b"1001" not in (data_dir / "erasure" / "list").read_bytes()


def test_another_key_says_nothing_about_it(data_dir: Path, tmp_path: Path) -> None:
    first, second = ErasureList(data_dir), ErasureList(tmp_path / "other")
    first.add(NOW, ANNA)
    second.add(NOW, BERT)
    (tmp_path / "other" / "erasure" / "list").write_bytes((data_dir / "erasure" / "list").read_bytes())
    assert second.erased_at(*ANNA) is None


def test_what_another_process_adds_is_known_at_once(data_dir: Path) -> None:
    first, second = ErasureList(data_dir), ErasureList(data_dir)
    first.add(NOW, ANNA)
    assert second.erased_at(*ANNA) == NOW
    second.add(NOW, BERT)
    assert first.erased_at(*BERT) == NOW


@pytest.mark.parametrize("cut", range(1, 100, 7))
def test_a_line_that_a_crash_has_cut_off_costs_no_other(data_dir: Path, cut: int) -> None:
    ErasureList(data_dir).add(NOW, ANNA)
    file = data_dir / "erasure" / "list"
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:cut])
    ErasureList(data_dir).add(NOW, BERT)
    assert ErasureList(data_dir).erased_at(*ANNA) == ErasureList(data_dir).erased_at(*BERT) == NOW


def test_the_last_time_counts(data_dir: Path) -> None:
    listed = ErasureList(data_dir)
    listed.add(NOW, ANNA)
    listed.add(NOW + timedelta(days=1), ANNA)
    assert listed.erased_at(*ANNA) == NOW + timedelta(days=1)


def test_two_states_of_one_list_unite(data_dir: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    now = ErasureList(data_dir)
    now.add(NOW, ANNA)
    (backup / "erasure").mkdir(parents=True)
    for name in ("key", "list"):
        (backup / "erasure" / name).write_bytes((data_dir / "erasure" / name).read_bytes())
    now.add(NOW, BERT)
    restored = ErasureList(backup)
    assert restored.unite(now)
    assert restored.erased_at(*BERT) == NOW
    fresh = ErasureList(tmp_path / "fresh")
    assert fresh.unite(now)
    assert fresh.erased_at(*ANNA) == fresh.erased_at(*BERT) == NOW
    stranger = ErasureList(tmp_path / "stranger")
    stranger.add(NOW, ANNA)
    assert not stranger.unite(now)
