"""Which of several pledges is meant?"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.message import Choice, Say
from bot.dialogue.scene import Asked, Scene
from bot.dialogue.state import State
from bot.dialogue.words import shorten
from bot.domain.pledge import Pledge


@dataclass(frozen=True, slots=True)
class Picking(State):
    """Which pledge? `command` is what to do with it, `text` what was typed with the command."""

    command: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PickingQuestion(State):
    """Which of the open questions do these words answer?"""

    text: str


def ask_which_question(scene: Scene, questions: Sequence[Asked], text: str) -> Say:
    """Offer the questions that these words could answer, each by its first line."""
    choices = tuple(Choice(asked.key, shorten(asked.headline, 60)) for asked in questions)
    said = scene.t("Several questions are open. Which one is “{text}” the answer to?", text=shorten(text, 40))
    return Say(said, choices, PickingQuestion(text))


def ask_which(scene: Scene, pledges: Sequence[Pledge], command: str, text: str = "") -> Say:
    """Offer the pledges, each with its first words."""
    choices = tuple(Choice(pledge.reference, f"{pledge.reference} {shorten(pledge.text, 30)}") for pledge in pledges)
    return Say(scene.t("Which pledge do you mean?"), choices, Picking(command, text))


def named(pledges: Sequence[Pledge], text: str) -> Pledge | None:
    """The pledge that these words name: `BER-042`, `ber 42` or just `42`."""
    wanted = "".join(text.upper().split())
    for pledge in pledges:
        letters, _, number = pledge.reference.partition("-")
        if wanted in (
            pledge.reference,
            letters + number,
            f"{letters}-{int(number)}",
            f"{letters}{int(number)}",
            number,
        ):
            return pledge
        if wanted.isdigit() and int(wanted) == int(number):
            return pledge
    return None
