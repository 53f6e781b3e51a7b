"""Backups: the database and the keys as they are at one instant, in one file. Made while the bot runs."""

import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath

from bot import private
from bot.service.installation import Installation
from bot.store import snapshots

DIRECTORY = "backups"
"""Where in the data directory they are."""
DATABASE, FILES, ABOUT = "worthalten.db", "files", "backup.json"
"""What is in a backup: the database as SQLite, the files of the data directory below `FILES`, and when it was made."""
STALE = timedelta(hours=26)
"""A last backup that is older than this says that the daily one failed."""
KEPT = 14
"""How many backups are kept; the oldest go first."""
_NAME = "worthalten-%Y%m%d-%H%M%S-%f.zip"


class BackingUp:
    """Makes backups in `data_dir/backups`. `leave_out` are patterns of files in `data_dir` that are better made anew
    than restored."""

    def __init__(self, installation: Installation, data_dir: Path, leave_out: Sequence[str] = ()) -> None:
        self._installation = installation
        self._data_dir = data_dir
        self._leave_out = leave_out

    def back_up(self) -> Path:
        """Make a backup and remove the oldest beyond `KEPT`; gives its file, readable for its owner alone.

        Raises OSError, sqlite3.Error or DBAPIError where it cannot be made; a half one is never left under the name of
        a backup.
        """
        folder, now = self._data_dir / DIRECTORY, datetime.now(UTC)
        for place in (self._data_dir, folder):  # both hold what is nobody else's business
            private.make_directory(place)
        for left in folder.glob("*.part"):  # of one that was broken off
            left.unlink()
        made = folder / now.strftime(_NAME)
        database, draft = made.with_suffix(".db.part"), made.with_suffix(".zip.part")
        try:
            snapshots.export(self._installation.engine, database)
            self._pack(draft, database, now)
            draft.replace(made)
        finally:
            for rest in (database, draft):
                rest.unlink(missing_ok=True)
        for old in backups(self._data_dir)[:-KEPT]:
            old.unlink(missing_ok=True)
        return made

    def latest(self) -> datetime | None:
        """When the last backup was made (UTC); None where there is none."""
        return latest(self._data_dir)

    def _pack(self, draft: Path, database: Path, now: datetime) -> None:
        with private.create(draft) as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as pack:
                pack.writestr(ABOUT, json.dumps({"made_at": now.isoformat()}))
                pack.write(database, DATABASE)
                for path in self._files():
                    with suppress(FileNotFoundError):  # it was there a moment ago
                        pack.write(path, PurePath(FILES, path.relative_to(self._data_dir)))
            file.flush()
            os.fsync(file.fileno())

    def _files(self) -> Iterator[Path]:
        database = self._installation.engine.url.database
        for path in sorted(self._data_dir.rglob("*")):
            within = path.relative_to(self._data_dir)
            ours = within.parts[0] == DIRECTORY or any(within.match(pattern) for pattern in self._leave_out)
            live = database is not None and str(path.absolute()).startswith(str(Path(database).absolute()))
            if path.is_file() and not (ours or live):
                yield path


def backups(data_dir: Path) -> list[Path]:
    """All backups, the oldest first."""
    return sorted((data_dir / DIRECTORY).glob("worthalten-*.zip"))


def is_at_work(data_dir: Path) -> bool:
    """Whether the first backup of all is being made, or not begun yet."""
    folder = data_dir / DIRECTORY
    return not folder.exists() or any(folder.glob("*.part"))


def latest(data_dir: Path) -> datetime | None:
    """When the last backup was made (UTC); None where there is none."""
    for file in reversed(backups(data_dir)):
        with suppress(ValueError):
            return datetime.strptime(file.name, _NAME).replace(tzinfo=UTC)
    return None
