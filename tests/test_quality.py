"""What every change keeps to: style, types, the arrows between the rooms, complete catalogues, pinned versions."""

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

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
    pinned = {
        _normal(line.split("==")[0])
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if "==" in line and not line.startswith("#")
    }
    missing = _needed("worthalten", {"test"}, set()) - pinned - {"worthalten"}
    assert missing == set(), "Add them to constraints.txt."


def _needed(name: str, extras: set[str], seen: set[str]) -> set[str]:
    """Everything that a distribution needs here, with what that needs in turn."""
    from packaging.requirements import Requirement

    if name in seen:
        return seen
    seen.add(name)
    for text in metadata.requires(name) or ():
        requirement = Requirement(text)
        wanted = (
            [requirement.marker.evaluate({"extra": extra}) for extra in (extras or {""}) | {""}]
            if requirement.marker
            else [True]
        )
        if not any(wanted):
            continue
        needed = _normal(requirement.name)
        if needed == "worthalten":
            _needed_extras(requirement.extras, seen)
        else:
            _needed(needed, set(requirement.extras), seen)
    return seen


def _needed_extras(extras: set[str], seen: set[str]) -> None:
    from packaging.requirements import Requirement

    for text in metadata.requires("worthalten") or ():
        requirement = Requirement(text)
        if requirement.marker and any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            _needed(_normal(requirement.name), set(requirement.extras), seen)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
