"""What tests of the whole program are given."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.commands import ROOT, TOKEN, CommandLine


@pytest.fixture
def worthalten(tmp_path: Path) -> CommandLine:
    """The command line in an empty directory."""
    return CommandLine(tmp_path)


@pytest.fixture
def telegram() -> Iterator[str]:
    """The address of a Telegram that runs as a process; it knows the token `TOKEN`."""
    command = [sys.executable, "-m", "tests.telegram_server", "--token", TOKEN]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()
