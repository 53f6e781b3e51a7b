"""The text that people agreed to has changed: they are asked anew, before anything else goes on."""

from dataclasses import dataclass
from typing import ClassVar

from bot.dialogue.effects import Agree, Stop
from bot.dialogue.joining import CONSENT_VERSION, terms
from bot.dialogue.message import Choice, Platform, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class AskingRenewal(State):
    """Do you agree to the new text as well?"""

    context: ClassVar = Context.CONSENT


def ask(t: Speaker, responsible: str, platform: Platform) -> Say:
    """The question, to somebody who agreed to an earlier version."""
    heading = t("<b>The rules for your data have changed.</b> Before we go on, briefly:")
    choices = (Choice("yes", t.plain("Yes, I agree")), Choice("no", t.plain("No")))
    return Say(heading + "\n\n" + terms(t, responsible, platform), choices, AskingRenewal())


def renewal(state: AskingRenewal, scene: Scene) -> Turn | None:
    """The answer to that. Whatever was open before is still open."""
    t = scene.t
    if scene.choice == "no":
        said = t(
            "That is fine, I will not write to you any more. /delete erases what is stored. "
            "If you change your mind, just write to me."
        )
        return Turn((Say(said),), (Stop(True),))
    if scene.choice != "yes":
        return None
    said = t("Thank you, then let us go on. If you were just answering me, please do so once more.")
    if scene.person is not None and scene.person.stopped:
        said += "\n" + t("At the moment I do not write to you by myself. With /resume I go on asking.")
    return Turn((Say(said),), () if scene.agreed else (Agree(CONSENT_VERSION),), keep=True)
