"""What is printed: results on standard output, everything about them on standard error."""

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from unicodedata import category

from adapters.cli.failures import Refused
from bot import private
from bot.texts import Speaker

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 120
"""Columns of a table that goes into a file or a pipe."""


def out(text: str) -> None:
    """Print a result."""
    _write(sys.stdout, harmless(text))


def err(text: str) -> None:
    """Say something about the work."""
    _write(sys.stderr, harmless(text))


def out_json(value: Any) -> None:
    """Print a result for programs: one line of JSON in UTF-8."""
    out(json.dumps(value, ensure_ascii=False))


def out_table(table: "RenderableType") -> None:
    """Print a table, in colours where somebody looks at it."""
    from rich.console import Console

    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    with console.capture() as captured:
        console.print(table)
    _write(sys.stdout, "\n".join(line.rstrip() for line in captured.get().splitlines()))


def harmless(text: str) -> str:
    """The text without what a terminal would take for an order; arguments and cells of a sheet may hold anything."""
    return "".join("\N{REPLACEMENT CHARACTER}" if category(c) == "Cc" and c not in "\n\t" else c for c in text)


def write_new(file: Path, content: bytes, t: Speaker) -> Path:
    """Write a new file that only its owner can read, and give its path. Raises Refused where there is one already."""
    try:
        with private.create(file) as target:
            target.write(content)
    except FileExistsError:
        raise Refused(
            t.plain("{file} exists already, and I overwrite nothing. Please choose another name.", file=file)
        ) from None
    return file


def speak_utf8() -> None:
    """Read and write UTF-8, whatever the machine's locale is: data for programs must not depend on it."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # somebody put another kind of stream there
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _write(stream: IO[str], text: str) -> None:
    """Whoever reads through a pipe may have had enough: the work goes on, unheard."""
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except BrokenPipeError:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, stream.fileno())
        os.close(silence)
