"""Who was erased, remembered outside the database, so that neither a backup nor a sheet brings anybody back.

A line holds an instant and a hash that nobody can compute without the key beside it: the list says of somebody who is
named whether they were erased, and names nobody by itself. Lines are only ever added.
"""

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot import private

KEY_BYTES = 32


class ErasureList:
    """The list in `data_dir`/erasure, two files that only their owner may read; without a directory in memory.

    Entries are tuples of words, such as `("account", "telegram", "17")`. Files are made when they are needed first.
    """

    def __init__(self, data_dir: Path | None = None) -> None:
        self.directory = data_dir and data_dir / "erasure"
        self._memory: dict[str, bytes] = {}
        self._hashes: dict[bytes, datetime] = {}
        self._size = 0

    def add(self, now: datetime, *entries: tuple[str, ...]) -> None:
        """These are erased from now (UTC) on. When this returns they are on the disk. Raises OSError."""
        self._append("list", b"".join(_line(now, self._hash(entry)) for entry in entries))

    def erased_at(self, *entry: str) -> datetime | None:
        """When this was erased, the last time; None where it never was. Raises OSError."""
        known = self._known()
        return known.get(self._hash(entry)) if known else None

    def unite(self, other: "ErasureList") -> bool:
        """Take over what another list of the same installation knows, as one in a backup. False, and nothing is
        changed, where its key is another one. Raises OSError."""
        if not other._read("list"):
            return True
        if not self._read("key"):
            self._make("key", other._key())
        if self._key() != other._key():
            return False
        known = self._known()
        new = [(digest, at) for digest, at in other._known().items() if digest not in known or known[digest] < at]
        self._append("list", b"".join(_line(at, digest) for digest, at in new))
        return True

    def _known(self) -> dict[bytes, datetime]:
        """The hashes with their instants, read anew when the file has grown."""
        if self.directory is not None:
            file = self.directory / "list"
            size = file.stat().st_size if file.exists() else 0
        else:
            size = len(self._memory.get("list", b""))
        if size != self._size:
            self._hashes, self._size = dict(_lines(self._read("list"))), size
        return self._hashes

    def _hash(self, entry: tuple[str, ...]) -> bytes:
        words = json.dumps(entry).encode()
        return hashlib.blake2b(words, key=self._key(), digest_size=KEY_BYTES).hexdigest().encode()

    def _key(self) -> bytes:
        if not (key := self._read("key")):
            self._make("key", secrets.token_bytes(KEY_BYTES))
            key = self._read("key")
        return key

    def _read(self, name: str) -> bytes:
        if self.directory is None:
            return self._memory.get(name, b"")
        try:
            return (self.directory / name).read_bytes()
        except FileNotFoundError:
            return b""

    def _append(self, name: str, content: bytes) -> None:
        if self.directory is None:
            self._memory[name] = self._memory.get(name, b"") + content
        elif content:
            self._open_directory(self.directory)
            _write(self.directory / name, content, os.O_APPEND)

    def _make(self, name: str, content: bytes) -> None:
        """Make the file whole; where another process was quicker, its file stays."""
        if self.directory is None:
            self._memory[name] = content
            return
        self._open_directory(self.directory)
        draft = self.directory / f"{name}.{secrets.token_hex(4)}"
        _write(draft, content, os.O_EXCL)
        with contextlib.suppress(FileExistsError):
            os.link(draft, self.directory / name)
        draft.unlink()
        private.to_disk(self.directory)

    def _open_directory(self, directory: Path) -> None:
        for place in (directory.parent, directory):
            private.make_directory(place)


def _line(at: datetime, digest: bytes) -> bytes:
    """A line on its own, whatever stands before it: one that a crash has cut off must not swallow the next."""
    return b"\n%s %s\n" % (at.isoformat().encode(), digest)


def _lines(content: bytes) -> Iterator[tuple[bytes, datetime]]:
    for line in content.splitlines():
        at, _, digest = line.partition(b" ")
        with contextlib.suppress(ValueError):
            if len(digest) == 2 * KEY_BYTES:
                yield digest, datetime.fromisoformat(at.decode())


def _write(path: Path, content: bytes, how: int) -> None:
    new = not path.exists()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | how, private.FILE), "ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if new:
        private.to_disk(path.parent)
