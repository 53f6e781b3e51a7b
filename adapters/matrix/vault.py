"""What a Matrix account keeps on disk: files that nobody else may read, each written whole or not at all.

`identity.json` holds the seeds of the cross-signing keys and belongs into every backup: with it a new device is
trusted at once. `device.json` and `store/` belong to one device and are worthless without each other: they are better
made anew than restored.
"""

import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot import private


@dataclass(frozen=True, slots=True)
class Device:
    """A login: the device that the homeserver knows, and the token that it is used with."""

    user_id: str
    device_id: str
    access_token: str


class Vault:
    """The files of one channel, in `data_dir/matrix/CHANNEL`, a directory that is closed to others."""

    def __init__(self, data_dir: Path, channel: str) -> None:
        self.directory = data_dir / "matrix" / channel
        self.store = self.directory / "store"
        self.identity = self.directory / "identity.json"
        self._device = self.directory / "device.json"
        self._unread = self.directory / "unread.json"

    def open(self) -> None:
        """Make the directories, closed to others."""
        private.make_directory(self.directory.parent.parent)
        for directory in (self.directory.parent, self.directory, self.store):
            private.make_directory(directory)
            private.close(directory)

    def device(self) -> Device | None:
        """The login that is kept; None where there is none that can be used."""
        found = _read(self._device)
        try:
            return Device(**found) if isinstance(found, dict) else None
        except TypeError:
            return None

    def keep_device(self, device: Device) -> None:
        """Keep a new login."""
        _write(self._device, asdict(device))

    def has_store(self, device: Device) -> bool:
        """Whether the keys of this device are there."""
        return (self.store / f"{device.user_id}_{device.device_id}.db").exists()

    def drop_device(self) -> None:
        """Forget the login with its keys: they are of no use any more."""
        self._device.unlink(missing_ok=True)
        shutil.rmtree(self.store, ignore_errors=True)
        self.open()

    def pickle_key(self) -> str:
        """What the keys in the store are encrypted with; made at the first call."""
        path = self.store / "pickle.key"
        key = _read(path)
        if not isinstance(key, str):
            key = secrets.token_urlsafe(32)
            _write(path, key)
        return key

    def close_store(self) -> None:
        """Close the store's files to others: SQLite makes them readable."""
        for file in self.store.iterdir():
            private.close(file)

    def seeds(self) -> dict[str, str] | None:
        """The seeds of the cross-signing keys by name, in unpadded base64; None where they are missing."""
        found = _read(self.identity)
        return found if isinstance(found, dict) else None

    def may_begin_anew(self) -> bool:
        """Whether the operator has put an empty file in the place of the lost seeds: then there may be new ones."""
        return self.identity.exists() and self.identity.stat().st_size == 0

    def keep_seeds(self, seeds: dict[str, str]) -> None:
        """Keep the seeds of the cross-signing keys."""
        _write(self.identity, seeds)

    def unread(self) -> list[dict[str, Any]]:
        """The messages that could not be decrypted yet."""
        found = _read(self._unread)
        return found if isinstance(found, list) else []

    def keep_unread(self, events: list[dict[str, Any]]) -> None:
        """Keep the messages that could not be decrypted yet."""
        _write(self._unread, events)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None


def _write(path: Path, content: Any) -> None:
    """Write the file whole, on the disk, closed to others from its first moment on."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with private.create(draft) as file:
        file.write(json.dumps(content).encode())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    private.to_disk(path.parent)
