"""upgrade, backup and restore, as whoever runs an installation has them."""

import shutil
import sqlite3
import stat
import zipfile
from pathlib import Path

import pytest

from tests.system.commands import ROOT, CommandLine, checks, line

BERLIN = ("--name", "Werkstatt Berlin", "--date", "09.07.2025", "--land", "BE")


@pytest.fixture
def tomorrow(worthalten: CommandLine, tmp_path: Path) -> CommandLine:
    """The command line of a later version, which has one migration more."""
    code = tmp_path / "code"
    for package in ("bot", "adapters", "scheduler"):
        shutil.copytree(ROOT / package, code / package, ignore=shutil.ignore_patterns("__pycache__"))
    versions = code / "bot" / "store" / "migrations" / "versions"
    latest = max(path.stem.split("_")[0] for path in versions.glob("[0-9]*.py"))
    (versions / "9999_tomorrow.py").write_text(
        f"from alembic import op\nrevision, down_revision = '9999', {latest!r}\nbranch_labels = depends_on = None\n"
        "def upgrade():\n    op.execute('CREATE TABLE tomorrow (id INTEGER)')\n",
        encoding="utf-8",
    )
    return CommandLine(worthalten.directory, code_in=code)


def test_the_way_to_a_later_version(worthalten: CommandLine, tomorrow: CommandLine, tmp_path: Path) -> None:
    worthalten.configure()
    assert worthalten("workshop", "new", *BERLIN).code == 0
    for command in (("status",), ("workshop", "list"), ("run",), ("import", "config.toml", "--workshop", "BER")):
        refused = tomorrow(*command)
        assert refused.code == 1
        assert refused.err == "The database is from an earlier version. Please run `worthalten upgrade` first.\n"
    assert checks(tomorrow, 1)["migrations"]["ok"] is False

    done = tomorrow("upgrade")
    assert done.code == 0
    assert "The database is up to date now." in done.out
    [backup] = (worthalten.directory / "data" / "backups").iterdir()
    assert backup.suffix == ".zip"
    assert str(backup.relative_to(worthalten.directory)) in done.out
    assert [stat.S_IMODE(path.stat().st_mode) for path in (backup, backup.parent, backup.parent.parent)] == [
        0o600, 0o700, 0o700,
    ]  # fmt: skip
    with zipfile.ZipFile(backup) as packed, sqlite3.connect(packed.extract("worthalten.db", tmp_path / "out")) as copy:
        assert copy.execute("SELECT name FROM workshops").fetchall() == [("Werkstatt Berlin",)]
        assert copy.execute("SELECT name FROM sqlite_master WHERE name = 'tomorrow'").fetchall() == []
    copy.close()
    assert len(tomorrow("workshop", "list", "--json").json) == 1

    again = tomorrow("upgrade")
    assert (again.code, again.out) == (0, "The database is up to date.\n")
    assert list(backup.parent.iterdir()) == [backup]

    back = worthalten("status")
    assert back.code == 1
    assert back.err == "The database is from a later version. Please install that version of Worthalten again.\n"


def test_upgrade_sets_an_empty_database_up(worthalten: CommandLine) -> None:
    worthalten.configure()
    assert worthalten("upgrade").out == "The database is set up.\n"
    assert worthalten("upgrade").out == "The database is up to date.\n"


def test_upgrade_waits_for_the_bot_to_stop(worthalten: CommandLine, tomorrow: CommandLine, telegram: str) -> None:
    worthalten.configure(telegram)
    with worthalten.running("run") as bot:
        line(bot)
        refused = tomorrow("upgrade")
        assert refused.code == 1
        assert "Another process runs on worthalten.db already" in refused.err
        bot.terminate()
        assert bot.wait(timeout=30) == 0


def test_the_database_of_another_program_is_left_alone(worthalten: CommandLine) -> None:
    worthalten.configure()
    with sqlite3.connect(worthalten.directory / "worthalten.db") as other:
        other.execute("CREATE TABLE theirs (id INTEGER)")
    other.close()
    for command in ("status", "upgrade"):
        refused = worthalten(command)
        assert refused.code == 1
        assert "belongs to another program" in refused.err
    with sqlite3.connect(worthalten.directory / "worthalten.db") as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    other.close()


@pytest.mark.timeout(300)  # it starts the program twenty times
def test_a_backup_comes_back(worthalten: CommandLine, telegram: str) -> None:
    worthalten.configure(telegram)
    assert worthalten("restore").out == "There is no backup yet. `worthalten backup` makes one.\n"
    assert worthalten("workshop", "new", *BERLIN).code == 0
    made = worthalten("backup").out.removeprefix("Backed up: ").strip()
    assert worthalten("restore").out.strip() == made
    assert worthalten("workshop", "new", "--name", "Eutin", *BERLIN[2:]).code == 0
    device = worthalten.directory / "data" / "matrix" / "main" / "device.json"
    device.parent.mkdir(parents=True)
    device.write_text("{}")
    with (worthalten.directory / "config.toml").open("a") as config:
        config.write(
            '[channels.main]\nplatform = "matrix"\nhomeserver = "https://a.b"\nuser = "@a:b"\npassword = "x"\n'
        )
    with worthalten.running("run") as bot:
        line(bot)
        refused = worthalten("restore", made)
        assert refused.code == 1 and "Another process runs on worthalten.db already" in refused.err
    done = worthalten("restore", made)
    assert done.code == 0, done.err
    assert "Restored: everything as it was on" in done.out and "worthalten restore --send" in done.out
    assert [one["name"] for one in worthalten("workshop", "list", "--json").json] == ["Werkstatt Berlin"]
    assert not device.exists()
    assert "worthalten restore --skip" in worthalten("restore").out
    assert checks(worthalten, 1)["restore"]["ok"] is False
    assert worthalten("restore", "--skip", "--send").code == 2
    assert worthalten("restore", "--skip").out == "The bot goes on from here.\n"
    assert worthalten("restore", "--skip").out == "Nothing is held back.\n"
    assert "restore" not in checks(worthalten, 1)
    assert len(worthalten("restore").out.splitlines()) == 2  # the other one was made before the restore
    for wrong, said in (("config.toml", "is no backup of this program"), ("nowhere", "There is no file nowhere")):
        refused = worthalten("restore", wrong)
        assert refused.code == 1 and said in refused.err


@pytest.mark.timeout(300)
@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_postgresql_is_backed_up_upgraded_and_restored(
    database: str, worthalten: CommandLine, tomorrow: CommandLine, telegram: str
) -> None:
    worthalten.configure(telegram, bot=f'database = "{database}"')
    assert worthalten("workshop", "new", *BERLIN).code == 0
    with worthalten.running("run") as bot:
        line(bot)
        refused = tomorrow("upgrade")
        assert refused.code == 1 and "The bot is running on" in refused.err
        assert worthalten("backup").code == 0
        bot.terminate()
        assert bot.wait(timeout=30) == 0
    assert worthalten("status").code == 0
    done = tomorrow("upgrade")
    assert done.code == 0, done.err
    assert "Backed up: " in done.out and "The database is up to date now." in done.out
    made = done.out.splitlines()[0].removeprefix("Backed up: ")
    assert worthalten("status").code == 1
    assert tomorrow("workshop", "new", "--name", "Eutin", *BERLIN[2:]).code == 0
    done = tomorrow("restore", made)
    assert done.code == 0, done.err
    assert [one["name"] for one in tomorrow("workshop", "list", "--json").json] == ["Werkstatt Berlin"]
    assert tomorrow("workshop", "new", "--name", "Husum", *BERLIN[2:]).code == 0
