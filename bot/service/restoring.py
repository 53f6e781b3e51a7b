"""A backup comes back: the database as it was, keys that are missing, and nobody who was erased since.

What was on its way or due since the backup may have been sent already, and is held back: see `holding`.
"""

import json
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from sqlalchemy import Engine

from bot import private
from bot.service import erasing, upgrading
from bot.service.backing_up import ABOUT, DATABASE, FILES
from bot.service.erasure_list import ErasureList
from bot.service.installation import Installation
from bot.service.upgrading import Version
from bot.store import outbox, restorations, snapshots
from bot.store.engine import open_engine
from bot.texts import Explained, mark

_LIST = "erasure"


class Unfit(Explained):
    """The file cannot be restored; its text says why."""


@dataclass(frozen=True, slots=True)
class Restored:
    """When the backup was made (UTC), and how many people were erased anew. `lists_united`: False where the backup's
    erasure list has another key than the one here, so that nobody can tell whom it names."""

    made_at: datetime
    erased: int
    lists_united: bool


def restore(backup: Path, installation: Installation, data_dir: Path, real_now: datetime) -> Restored:
    """Put the backup in the place of everything in the database; nobody may be at work in it. All or nothing.

    Keys and other files come back where they are missing: what is there is newer. Raises Unfit, OSError.
    """
    private.make_directory(data_dir)
    with tempfile.TemporaryDirectory(dir=data_dir, prefix="restoring-") as directory:
        place = Path(directory)
        made_at = _unpack(backup, place)
        erasures = installation.erasures
        united = erasures.unite(ErasureList(place / FILES))
        copy = open_engine(f"sqlite:///{place / DATABASE}")
        try:
            _bring_up(copy)
            erased = erasing.apply(copy, erasures, installation.now())
            with copy.begin() as tx:
                outbox.hold(tx)
                restorations.begin(tx, made_at, real_now)
        finally:
            copy.dispose()
        snapshots.fold(place / DATABASE)
        snapshots.load(place / DATABASE, installation.engine)
        _bring_back(place / FILES, data_dir)
    return Restored(made_at, erased, united)


def _unpack(backup: Path, place: Path) -> datetime:
    """Unpack it; gives when it was made. Raises Unfit."""
    try:
        with zipfile.ZipFile(backup) as pack:
            about = json.loads(pack.read(ABOUT))
            for name in pack.namelist():
                path = PurePosixPath(name)
                if path.is_absolute() or ".." in path.parts or path.parts[0] not in (ABOUT, DATABASE, FILES):
                    raise Unfit(mark("{file} is no backup of this program."), file=backup)
            pack.extractall(place)  # every name was looked at
            made_at = datetime.fromisoformat(about["made_at"])
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError):
        raise Unfit(mark("{file} is no backup of this program."), file=backup) from None
    for unpacked in (place / FILES).rglob("*"):
        private.close(unpacked)
    return made_at


def _bring_up(copy: Engine) -> None:
    """Bring the backup's database to this version. Raises Unfit."""
    match upgrading.version(copy):
        case Version.OUTDATED:
            upgrading.upgrade(copy)
        case Version.NEWER:
            raise Unfit(mark("The backup is from a later version. Please install that version of Worthalten."))
        case Version.CURRENT:
            return
        case _:
            raise Unfit(mark("There is no database of this program in the backup."))


def _bring_back(files: Path, data_dir: Path) -> None:
    for path in sorted(files.rglob("*")):
        target = data_dir / path.relative_to(files)
        if path.is_dir():
            private.make_directory(target)
        elif not target.exists() and path.relative_to(files).parts[0] != _LIST:
            with private.create(target) as new:
                new.write(path.read_bytes())
