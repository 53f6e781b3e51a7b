"""A pledge passes to somebody else: by a code, to a companion, or because its maker is gone."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.concluding import closed
from bot.dialogue.effects import AskToTakeOver, HandOver, TakeOver
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.registering import card
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import shorten
from bot.domain.pledge import Pledge
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class ConfirmingHandover(State):
    """Shall the pledge really be theirs? Asked of its maker, when somebody has agreed to take it over."""

    reference: str
    code: str
    who: str
    context: ClassVar = Context.CONSENT


@dataclass(frozen=True, slots=True)
class AskingToTakeOver(State):
    """Will you take the pledge over? Asked of somebody who stands beside its maker."""

    reference: str
    context: ClassVar = Context.CONSENT


def ask_maker(t: Speaker, reference: str, name: str, code: str) -> Say:
    """Both sides confirm: the maker comes last."""
    ask = t("{name} would take {reference} over. Shall it be theirs from now on?", name=name, reference=reference)
    choices = (Choice("yes", t.plain("Yes, hand it over")), Choice("no", t.plain("No, it stays with me")))
    return Say(ask, choices, ConfirmingHandover(reference, code, name))


def handed_over(state: ConfirmingHandover, scene: Scene) -> Turn | None:
    """The maker has decided."""
    t = scene.t
    pledge = scene.facts.pledge(state.reference)
    if pledge is None or scene.choice not in ("yes", "no"):
        return None
    if not pledge.is_open:
        return closed(scene, pledge)
    effect = HandOver(state.reference, state.code, confirmed=scene.choice == "yes")
    if scene.choice == "no":
        return Turn((Say(t("Good, {reference} stays with you.", reference=state.reference), quiet=True),), (effect,))
    done = t("{reference} is with {name} now. Thank you for all you did.", reference=state.reference, name=state.who)
    return Turn((Say(done),), (effect,))


def ask_member(scene: Scene, pledge: Pledge, person_id: int, name: str) -> Turn:
    """The maker would like somebody to take over who stands beside them already."""
    said = scene.t(
        "Good, I will ask {name}. Until there is an answer, {reference} stays with you.",
        name=name, reference=pledge.reference,
    )  # fmt: skip
    return Turn((Say(said),), (AskToTakeOver(pledge.reference, person_id),))


def ask_companion(t: Speaker, pledge: Pledge, *, left: bool) -> Say:
    """The question to somebody who stands beside the maker; `left`: there is no maker any more."""
    why = (
        t("{reference} has no contact person any more. Would you take it over?", reference=pledge.reference)
        if left
        else t("The contact person of {reference} would like you to take it over. Will you?",
               reference=pledge.reference)
    )  # fmt: skip
    text = Markup("{}\n<i>{}</i>").format(why, shorten(pledge.text, 160))
    choices = (Choice("yes", t.plain("Yes, I take it over")), Choice("no", t.plain("No, rather not")))
    return Say(text, choices, AskingToTakeOver(pledge.reference))


def taken_over(state: AskingToTakeOver, scene: Scene) -> Turn | None:
    """They take it over, or rather not."""
    t = scene.t
    pledge = scene.facts.answerable(state.reference)
    if pledge is None or scene.facts.pledge(state.reference) or scene.choice not in ("yes", "no"):
        return None
    if not pledge.is_open:
        return closed(scene, pledge)
    effect = TakeOver(state.reference, willing=scene.choice == "yes")
    if scene.choice == "no":
        return Turn((Say(t("That is fine. You stay in as before."), quiet=True),), (effect,))
    return Turn((card(scene, pledge, intro=t("Thank you. This is your pledge now:"), asked=False),), (effect,))
