"""Getting a person to help."""

from dataclasses import dataclass
from typing import ClassVar

from bot.dialogue.effects import CallForHelp
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State


@dataclass(frozen=True, slots=True)
class AskingConcern(State):
    """What is it about?"""

    takes_text: ClassVar[bool] = True


def human(scene: Scene, text: str = "") -> Turn:
    """`/mensch`, with the concern or without."""
    if text:
        return _called(scene, text)
    t = scene.t
    ask = t("What is it about? Write it in a sentence; I will pass it on to your team.")
    return Turn((Say(ask, (Choice("none", t.plain("Please get in touch")),), AskingConcern()),))


def concern(state: AskingConcern, scene: Scene) -> Turn | None:
    """The concern has come, or is to be told by word of mouth."""
    return _called(scene, "" if scene.choice == "none" else scene.text)


def _called(scene: Scene, text: str) -> Turn:
    said = scene.t(
        "That is with your workshop's team now. Somebody will write to you here. "
        "Until then everything goes on as before."
    )
    return Turn((Say(said),), (CallForHelp("", text, wanted=True),))
