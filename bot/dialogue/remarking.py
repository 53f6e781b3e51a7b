"""One sentence more: the follow-up that nobody has to answer and that is never reminded."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.answering import gone
from bot.dialogue.effects import Remark, Share
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State


@dataclass(frozen=True, slots=True)
class AskingRemark(State):
    """One sentence more, if you like."""

    reference: str
    takes_text: ClassVar[bool] = True
    optional: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class OfferingToShare(State):
    """The others of the pledge may read these words, too, if you like."""

    reference: str
    optional: ClassVar[bool] = True


def remark(state: AskingRemark, scene: Scene) -> Turn | None:
    """The sentence has come; nobody takes it any more where the pledge is not theirs now."""
    if scene.facts.answerable(state.reference) is None:
        return gone(scene)
    thanks = scene.t("Thank you, that is kept with it.")
    return Turn((offer_to_share(scene, state.reference, thanks),), (Remark(state.reference, scene.text),))


def offer_to_share(scene: Scene, reference: str, text: Markup) -> Say:
    """Say something about words that were kept; where the pledge has partners, offer that they may read them."""
    t = scene.t
    if not scene.facts.is_joint(reference):
        return Say(text, quiet=True)
    only = t("So far only the team reads it.")
    choices = (Choice("share", t.plain("Show it to the others, too")),)
    return Say(Markup("{} {}").format(text, only), choices, OfferingToShare(reference), quiet=True)


def share(state: OfferingToShare, scene: Scene) -> Turn | None:
    """They may read it."""
    if scene.choice != "share" or scene.facts.answerable(state.reference) is None:
        return None
    said = scene.t("Good, the others of {reference} can read it now.", reference=state.reference)
    return Turn((Say(said, quiet=True),), (Share(state.reference),))
