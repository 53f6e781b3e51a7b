"""Standing beside the maker of a pledge: being invited, agreeing to it, and leaving again."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.effects import Accept, Leave
from bot.dialogue.facts import Company, Offer
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import shorten, state_of
from bot.domain.codes import Purpose
from bot.domain.company import Companion, Part
from bot.domain.pledge import Pledge
from bot.texts import Speaker, mark

OFFERS = {
    Purpose.PARTNER: mark("You are invited to carry this pledge together with others:"),
    Purpose.DEPUTY: mark("You are asked to answer for this pledge when its contact person cannot:"),
    Purpose.SUCCESSOR: mark("You are asked to take this pledge over:"),
}
QUESTIONS = {
    Purpose.PARTNER: mark("Are you in?"),
    Purpose.DEPUTY: mark("Will you stand in?"),
    Purpose.SUCCESSOR: mark("Will you take it over?"),
}
WELCOMES = {
    Purpose.PARTNER: mark("Good that you are in on {reference}."),
    Purpose.DEPUTY: mark("Thank you for standing in on {reference}. I will ask you when the contact person cannot."),
}


@dataclass(frozen=True, slots=True)
class AskingToJoin(State):
    """Are you in?"""

    code: str
    context: ClassVar = Context.CONSENT


@dataclass(frozen=True, slots=True)
class AskingToLeave(State):
    """Do you want to leave?"""

    reference: str
    context: ClassVar = Context.CONSENT


def introduce(scene: Scene, offer: Offer) -> Markup:
    """What somebody is invited to."""
    t = scene.t
    parts = [Markup("<b>{}</b>").format(t(OFFERS[offer.purpose]))]
    parts.append(Markup("<b>{}</b> {}").format(offer.pledge.reference, shorten(offer.pledge.text, 300)))
    if offer.name and offer.purpose is not Purpose.SUCCESSOR:
        parts.append(t("You are called “{name}” there.", name=offer.name))
    return Markup("\n").join(parts)


def offered(scene: Scene, code: str, offer: Offer) -> Turn:
    """Somebody known used the code."""
    t = scene.t
    if problem := refused(scene, offer):
        return problem
    ask = Markup("{}\n\n{}").format(introduce(scene, offer), t(QUESTIONS[offer.purpose]))
    choices = (Choice("yes", t.plain("Yes")), Choice("no", t.plain("No")))
    return Turn((Say(ask, choices, AskingToJoin(code)),))


def refused(scene: Scene, offer: Offer) -> Turn | None:
    """Why the code is of no use to this person; None when it is."""
    t = scene.t
    reference = offer.pledge.reference
    if scene.facts.pledge(reference):
        said = t("{reference} is your own. Please forward the code to the one it is for.", reference=reference)
    elif offer.taken and scene.facts.answerable(reference):
        said = t("You are in on {reference} already. With /status you see how it stands.", reference=reference)
    elif offer.taken:
        said = t("Somebody has used this code already. Please ask for one of your own.")
    elif not offer.pledge.is_open:
        said = t("{reference} has ended meanwhile. Thank you all the same.", reference=reference)
    else:
        return None
    return Turn((Say(said),), keep=True)


def answered(state: AskingToJoin, scene: Scene) -> Turn | None:
    """They are in, or not."""
    t = scene.t
    if scene.choice == "no":
        return Turn((Say(t("That is fine."), quiet=True),))
    offer = scene.facts.invitation(state.code)
    if scene.choice != "yes" or not isinstance(offer, Offer):
        return None
    return refused(scene, offer) or accepted(scene, state.code, offer)


def accepted(scene: Scene, code: str, offer: Offer) -> Turn:
    """They are in, and see how it stands."""
    t = scene.t
    pledge = offer.pledge
    if offer.purpose is Purpose.SUCCESSOR:
        said = t("Thank you. I ask the contact person whether that is right; then {reference} is yours.",
                 reference=pledge.reference)  # fmt: skip
        return Turn((Say(said),), (Accept(code),))
    said = Markup("\n").join((
        t(WELCOMES[offer.purpose], reference=pledge.reference),
        t("How it stands: {state} · until {day}", state=state_of(t, pledge), day=t.day(pledge.due, scene.today)),
        t("You tell what is new with /update and see more with /status. With /partner you can leave at any time."),
    ))  # fmt: skip
    return Turn((Say(said),), (Accept(code),))


def ask_to_stay(scene: Scene, pledge: Pledge) -> Turn:
    """Whoever stands beside the maker can leave."""
    t = scene.t
    ask = t("You are in on {reference}. Would you like to leave?", reference=pledge.reference)
    choices = (Choice("yes", t.plain("Yes, leave")), Choice("no", t.plain("No, stay")))
    return Turn((Say(ask, choices, AskingToLeave(pledge.reference)),))


def leaving(state: AskingToLeave, scene: Scene) -> Turn | None:
    """They leave, or stay."""
    t = scene.t
    if scene.choice == "no":
        return Turn((Say(t("Good, you stay in."), quiet=True),))
    if scene.choice != "yes" or scene.facts.answerable(state.reference) is None or scene.facts.pledge(state.reference):
        return None
    done = t("You are no longer in on {reference}. Thank you for having been part of it.", reference=state.reference)
    return Turn((Say(done),), (Leave(state.reference),))


def roll(scene: Scene, pledge: Pledge, company: Company) -> Markup:
    """Who has come, and who not yet."""
    t = scene.t
    lines = []
    if company.members:
        here = ", ".join(title(t, member) for member in company.members)
        lines.append(t("In on {reference}: {names}", reference=pledge.reference, names=here))
    waiting = [code.name for code in company.invited if code.purpose is not Purpose.SUCCESSOR]
    if waiting:
        lines.append(t("Invited, not here yet: {names}", names=", ".join(waiting)))
    return Markup("\n").join(lines)


def title(t: Speaker, member: Companion) -> str:
    """A companion as the others read it."""
    name = member.name or t.plain("A partner")
    return t.plain("{name} (deputy)", name=name) if member.part is Part.DEPUTY else name
