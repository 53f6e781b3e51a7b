"""One sentence more: the follow-up that nobody has to answer and that is never reminded."""

from dataclasses import dataclass
from typing import ClassVar

from bot.dialogue.effects import Remark
from bot.dialogue.message import Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State


@dataclass(frozen=True, slots=True)
class AskingRemark(State):
    """One sentence more, if you like."""

    reference: str
    takes_text: ClassVar[bool] = True
    optional: ClassVar[bool] = True


def remark(state: AskingRemark, scene: Scene) -> Turn | None:
    """The sentence has come."""
    return Turn((Say(scene.t("Thank you, that is kept with it."), quiet=True),), (Remark(state.reference, scene.text),))
