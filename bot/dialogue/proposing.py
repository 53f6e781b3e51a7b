"""A joint pledge changes only when its partners had time to object: what is proposed, objected to and decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.effects import CallForHelp, Object, Propose, Settle
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.words import shorten
from bot.domain.pledge import Pledge, Shown
from bot.domain.proposal import Proposal, Subject
from bot.texts import Speaker, mark

OBJECTIONS = {
    Subject.TEXT: mark("Object to the new text"),
    Subject.DUE: mark("Object to the new date"),
    Subject.SHOWN: mark("Object to showing it"),
}
WAITING = {
    Subject.TEXT: mark("The new text for {reference} holds after {day}, unless somebody who carries it objects."),
    Subject.DUE: mark("The new date for {reference} holds after {day}, unless somebody who carries it objects."),
    Subject.SHOWN: mark("The outcome of {reference} is shown after {day}, unless somebody who carries it objects."),
}
OBJECTED = {
    Subject.TEXT: mark("{who} objects to the new text for {reference}. So far the old one holds. What shall I do?"),
    Subject.DUE: mark("{who} objects to the new date for {reference}. So far the old one holds. What shall I do?"),
    Subject.SHOWN: mark(
        "{who} objects to showing the outcome of {reference}. It can be shown with both versions only. What shall I do?"
    ),
}


@dataclass(frozen=True, slots=True)
class DecidingProposal(State):
    """What shall become of a change that somebody objected to?"""

    reference: str
    subject: str


@dataclass(frozen=True, slots=True)
class ShowingJoint(State):
    """A pledge of several, with what somebody may object to or say about its outcome."""

    reference: str
    optional: ClassVar[bool] = True


def propose(scene: Scene, pledge: Pledge, subject: Subject, value: str, *, extends: bool = False) -> Turn:
    """Nothing changes yet; everybody has time to object."""
    until = scene.facts.objection_until()
    said = scene.t(WAITING[subject], reference=pledge.reference, day=scene.t.day(until, scene.today))
    return Turn((Say(said),), (Propose(pledge.reference, subject, value, until, extends),))


ANNOUNCED = {
    Subject.TEXT: mark("A new text for {reference} is proposed:"),
    Subject.DUE: mark("A new date for {reference} is proposed:"),
    Subject.SHOWN: mark("It is proposed for {reference}:"),
}


def announcement(t: Speaker, pledge: Pledge, proposal: Proposal, today: date) -> Say:
    """What is proposed, told in a message of its own to somebody who may object."""
    head = t(ANNOUNCED[proposal.subject], reference=pledge.reference)
    holds = t("It holds unless somebody objects by {day}.", day=t.day(proposal.until, today))
    text = Markup("{}\n<i>{}</i>\n\n{}").format(head, worded(t, proposal), holds)
    object_ = Choice(f"object {proposal.subject}", t.plain(OBJECTIONS[proposal.subject]))
    return Say(text, (object_,), ShowingJoint(pledge.reference))


def lines(scene: Scene, pledge: Pledge) -> Iterator[Markup]:
    """What is proposed for a pledge, a line each."""
    t = scene.t
    for proposal in scene.facts.proposals(pledge.reference):
        value = worded(t, proposal)
        if proposal.objector is None:
            yield t("Proposed: {value} (holds after {day})", value=value, day=t.day(proposal.until, scene.today))
        else:
            yield t("Proposed: {value} ({who} objects)", value=value, who=objector(t, proposal))


def worded(t: Speaker, proposal: Proposal) -> str:
    """What is proposed, in a few words."""
    match proposal.subject:
        case Subject.TEXT:
            return t.plain("“{text}”", text=shorten(proposal.value, 300))
        case Subject.DUE:
            return t.plain("date {day}", day=t.day(date.fromisoformat(proposal.value)))
        case Subject.SHOWN:
            named = proposal.value == Shown.WITH_NAME
            return t.plain("show the outcome with the name") if named else t.plain("show the outcome without a name")


def objector(t: Speaker, proposal: Proposal) -> str:
    """What whoever objects is called."""
    return proposal.objector or t.plain("A partner")


def choices(scene: Scene, pledge: Pledge) -> tuple[Choice, ...]:
    """What somebody beside the maker can object to, or the maker has to decide."""
    t = scene.t
    open_ = scene.facts.proposals(pledge.reference)
    if scene.facts.pledge(pledge.reference):
        return (Choice("decide", t.plain("Decide")),) if any(one.objector is not None for one in open_) else ()
    return tuple(
        Choice(f"object {one.subject}", t.plain(OBJECTIONS[one.subject])) for one in open_ if one.objector is None
    )


def object_to(scene: Scene, pledge: Pledge, which: str) -> Turn:
    """Somebody beside the maker objects."""
    t = scene.t
    open_ = [one.subject for one in scene.facts.proposals(pledge.reference) if one.objector is None]
    if which not in open_:
        return Turn((Say(t("That has been decided meanwhile. With /status you see how it stands.")),))
    said = t("Your objection is noted. Until it is settled everything stays as it is, and the contact person is told.")
    return Turn((Say(said),), (Object(pledge.reference, Subject(which)),))


def ask_maker(t: Speaker, pledge: Pledge, subject: Subject, who: str) -> Say:
    """Who objects, and what can be done."""
    ask = t(OBJECTED[subject], who=who or t.plain("A partner"), reference=pledge.reference)
    if subject is Subject.SHOWN:
        yes, no = t.plain("Show both versions"), t.plain("Show nothing")
    else:
        yes, no = t.plain("Change it all the same"), t.plain("Leave it as it was")
    offers = (Choice("make", yes), Choice("leave", no), Choice("team", t.plain("Bring the team in")))
    return Say(ask, offers, DecidingProposal(pledge.reference, subject))


def ask_to_decide(scene: Scene, pledge: Pledge) -> Turn | None:
    """The first objection that waits for the maker."""
    waiting = (one for one in scene.facts.proposals(pledge.reference) if one.objector is not None)
    first = next(waiting, None)
    if first is None:
        return None
    return Turn((ask_maker(scene.t, pledge, first.subject, first.objector or ""),), settles=False)


def decided(state: DecidingProposal, scene: Scene) -> Turn | None:
    """The maker has decided."""
    t = scene.t
    pledge, subject = scene.facts.pledge(state.reference), Subject(state.subject)
    if pledge is None or not scene.choice:
        return None
    if not any(one.subject is subject and one.objector is not None for one in scene.facts.proposals(state.reference)):
        return Turn((Say(t("That has been decided meanwhile. With /status you see how it stands.")),))
    if scene.choice == "team":
        said = t("Your team will help to settle it. Until then everything stays as it is.")
        concern = t.plain("An objection to a change of {reference}", reference=state.reference)
        return Turn((Say(said),), (CallForHelp(state.reference, concern, wanted=True),), settles=False)
    made = scene.choice == "make"
    if not made:
        said = t("Good, {reference} stays as it was.", reference=state.reference)
    elif subject is Subject.SHOWN:
        said = t("Good, the outcome of {reference} is shown with both versions.", reference=state.reference)
    else:
        said = t("Good, the change of {reference} holds from now on.", reference=state.reference)
    return Turn((Say(said),), (Settle(state.reference, subject, made),))
