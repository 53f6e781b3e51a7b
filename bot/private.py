"""What lies on the disk is its owner's alone, from its first moment on."""

import os
from pathlib import Path
from typing import IO

FILE, DIRECTORY = 0o600, 0o700


def create(path: Path) -> IO[bytes]:
    """A new file, open for reading and writing. Raises FileExistsError: what is there stays."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE), "w+b")


def close(path: Path) -> None:
    """Close a file or directory that is there to others. Raises OSError where it is not ours."""
    path.chmod(DIRECTORY if path.is_dir() else FILE)


def make_directory(path: Path) -> None:
    """Make a directory that only its owner can look into; one that is there stays as it is."""
    path.mkdir(mode=DIRECTORY, parents=True, exist_ok=True)


def to_disk(directory: Path) -> None:
    """A new name is on the disk only when its directory is."""
    number = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
