"""Three months later: what has lasted? Asked only of those who wished to be asked once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.due import Due
from bot.dialogue.effects import Change
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.remarking import AskingRemark
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import LASTINGS, shorten
from bot.domain.pledge import Lasting, Pledge
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class AskingRecall(State):
    """Shall I ask once more, three months on?"""

    reference: str
    context: ClassVar = Context.CONSENT


@dataclass(frozen=True, slots=True)
class AskingLasting(State):
    """What has lasted?"""

    reference: str
    context: ClassVar = Context.LASTING


@dataclass(frozen=True, slots=True)
class ListingLasting(State):
    """What has lasted of these? One is picked after the other."""

    references: tuple[str, ...]


def ask_recall(t: Speaker, reference: str) -> Say:
    """Whether to ask once more."""
    choices = (Choice("yes", t.plain("Yes, please")), Choice("no", t.plain("No")))
    return Say(t("Shall I ask once more in three months what has lasted?"), choices, AskingRecall(reference))


def recall(state: AskingRecall, scene: Scene) -> Turn | None:
    """Whether it is asked once more: the last question of a pledge."""
    t = scene.t
    if scene.choice == "yes":
        said = t(
            "Good, I will be in touch in three months. {reference} is closed. Thank you, and all the best!",
            reference=state.reference,
        )
        return Turn((Say(said),), (Change(state.reference, recalled=True),))
    if scene.choice == "no":
        return Turn((Say(scene.t("Then {reference} is closed. Thank you, and all the best!",
                                 reference=state.reference)),))  # fmt: skip
    return None


def question(t: Speaker, due: Sequence[Due]) -> Say:
    """What has lasted of the pledges of one person."""
    if len(due) == 1:
        return _ask(t, due[0].pledge)
    lines = [t("Some time ago you told me what became of your pledges. What has lasted?")]
    lines += [Markup("<b>{}</b> {}").format(one.pledge.reference, shorten(one.pledge.text, 60)) for one in due]
    references = tuple(one.pledge.reference for one in due)
    choices = tuple(Choice(reference, reference) for reference in references)
    return Say(Markup("\n").join(lines), choices, ListingLasting(references))


def _ask(t: Speaker, pledge: Pledge) -> Say:
    ask = t("Three months ago {reference} came to its end. What has lasted?", reference=pledge.reference)
    text = Markup("{}\n<i>{}</i>").format(ask, shorten(pledge.text, 160))
    choices = tuple(Choice(key, t.plain(label)) for key, label in LASTINGS.items())
    return Say(text, choices, AskingLasting(pledge.reference))


def listed(state: ListingLasting, scene: Scene) -> Turn | None:
    """One of several pledges was picked."""
    pledge = scene.facts.pledge(scene.choice) if scene.choice in state.references else None
    return Turn((_ask(scene.t, pledge),), settles=False) if pledge else None


def lasting(state: AskingLasting, scene: Scene) -> Turn | None:
    """What has lasted."""
    if scene.choice not in set(Lasting):
        return None
    thanks = scene.t("Noted, thank you. If you like, write a sentence about it.")
    effect = Change(state.reference, lasting=Lasting(scene.choice))
    return Turn((Say(thanks, asks=AskingRemark(state.reference), quiet=True),), (effect,))
