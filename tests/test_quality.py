"""What every change keeps to: style, types, the arrows between the rooms, complete catalogues, pinned versions."""

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from bot.texts import LANGUAGES, catalogue

ROOT = Path(__file__).parents[1]


@pytest.mark.timeout(300)  # mypy reads everything anew on a clean checkout
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "."], id="style"),
        pytest.param(["ruff", "format", "--check", "."], id="format"),
        pytest.param(["mypy"], id="types"),
        pytest.param(["lint-imports"], id="arrows"),
    ],
)
def test_the_code_keeps_to(command: list[str]) -> None:
    program = Path(sys.executable).with_name(command[0])
    result = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_message_has_its_translation(language: str) -> None:
    assert catalogue.problems(language) == []


def test_every_library_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {_normal(line.partition("==")[0]) for line in lines if "==" in line}
    assert _needed(Requirement("worthalten[test]"), set()) - pinned - {"worthalten"} == set()


def _needed(wanted: Requirement, known: set[str]) -> set[str]:
    """The names of everything that a requirement brings along on this machine."""
    name = _normal(wanted.name)
    if name in known and not wanted.extras:
        return known
    known.add(name)
    for text in metadata.requires(name) or ():
        part = Requirement(text)
        if part.marker is None or any(part.marker.evaluate({"extra": extra}) for extra in ("", *wanted.extras)):
            _needed(part, known)
    return known


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
