"""How does it stand? The question at the right moment, its answers, and the one follow-up to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.concluding import ask_outcome, closed
from bot.dialogue.effects import CallForHelp, Remark, Report
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.postponing import ask_later
from bot.dialogue.registering import NOTHING
from bot.dialogue.remarking import AskingRemark
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import shorten, standing_choices, standing_label
from bot.domain.cadence import Kind
from bot.domain.pledge import Pledge, Standing
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class CheckingIn(State):
    """How does this pledge stand? `note` was typed with `/update`. `of_own_accord`: not asked, so no "Später"."""

    reference: str
    note: str = ""
    of_own_accord: bool = False
    context: ClassVar = Context.CHECKIN


@dataclass(frozen=True, slots=True)
class CheckingInAll(State):
    """How do these pledges stand? One of them can be picked, or all answered at once."""

    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskingObstacle(State):
    """What is in the way?"""

    reference: str
    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class OfferingHelp(State):
    """Shall the team help?"""

    reference: str
    context: ClassVar = Context.YESNO


def question(t: Speaker, due: Sequence[tuple[Pledge, Kind]]) -> Say:
    """The check-in, or its nudge, about the pledges of one person. All are due for a check-in or a nudge."""
    if len(due) > 1:
        return _about_several(t, due)
    pledge, kind = due[0]
    if kind is Kind.NUDGE:
        ask = t(
            "A short question once more: how is {reference} getting on? One tap is enough.", reference=pledge.reference
        )
    else:
        ask = t("How is {reference} getting on?", reference=pledge.reference)
    text = Markup("{}\n<i>{}</i>\n\n{}").format(ask, shorten(pledge.text, 160), _who_reads(t))
    return Say(text, (*standing_choices(t), Choice("later", t.plain("Later"))), CheckingIn(pledge.reference))


def _about_several(t: Speaker, due: Sequence[tuple[Pledge, Kind]]) -> Say:
    lines = [t("How are your pledges getting on?")]
    lines += [Markup("<b>{}</b> {}").format(pledge.reference, shorten(pledge.text, 60)) for pledge, _ in due]
    choices = (
        Choice("all", t.plain("🟢 All on track")),
        *(Choice(pledge.reference, pledge.reference) for pledge, _ in due),
        Choice("later", t.plain("Later")),
    )
    text = Markup("\n").join((*lines, "", _who_reads(t)))
    return Say(text, choices, CheckingInAll(tuple(pledge.reference for pledge, _ in due)))


def _who_reads(t: Speaker) -> Markup:
    return t("Your answer is read by your workshop's team.")


def update(scene: Scene, pledge: Pledge, note: str = "") -> Turn:
    """`/update`: the same question, asked by the maker. The words typed with it are kept as the remark."""
    text = scene.t("How is {reference} getting on?", reference=pledge.reference)
    return Turn((Say(text, standing_choices(scene.t), CheckingIn(pledge.reference, note, of_own_accord=True)),))


def standing(state: CheckingIn, scene: Scene) -> Turn | None:
    """An answer to the check-in."""
    t = scene.t
    if scene.choice == "later":
        return Turn((ask_later(scene, (state.reference,)),))
    pledge = scene.facts.pledge(state.reference)
    if scene.choice not in set(Standing) or pledge is None:
        return None
    if not pledge.is_open:
        return closed(scene, pledge)
    standing = Standing(scene.choice)
    note = state.note or (scene.text if len(scene.text.split()) > 3 else "")
    report = Report(state.reference, standing, note)
    label = standing_label(t, standing)
    if standing is Standing.DONE:
        return Turn((ask_outcome(scene, pledge),), (report,), chosen=label)
    if standing is Standing.STUCK:
        # What is in the way is asked only where it has not been said.
        thanks = t("Thank you for saying so.")
        ask = _offer_help(t, state.reference, thanks) if note else _ask_obstacle(t, state.reference, thanks)
        return Turn((ask,), (report, CallForHelp(state.reference, note)), chosen=label)
    if note:
        thanks = t("Noted: {reference} {standing}. Thank you.", reference=state.reference, standing=label)
        return Turn((Say(thanks, quiet=True),), (report,), chosen=label)
    thanks = t(
        "Noted: {reference} {standing}. Thank you.\n"
        "If you like, write a sentence about it: what has worked, what comes next?",
        reference=state.reference, standing=label,
    )  # fmt: skip
    return Turn((Say(thanks, asks=AskingRemark(state.reference), quiet=True),), (report,), chosen=label)


def all_standings(state: CheckingInAll, scene: Scene) -> Turn | None:
    """An answer to the question about several pledges."""
    t = scene.t
    if scene.choice == "all":
        reports = tuple(Report(reference, Standing.ON_TRACK) for reference in state.references)
        return Turn((Say(t("Noted: all on track. Thank you."), quiet=True),), reports)
    if scene.choice == "later":
        return Turn((ask_later(scene, state.references),))
    pledge = scene.facts.pledge(scene.choice) if scene.choice in state.references else None
    if pledge is None:
        return None
    return Turn(update(scene, pledge).says, settles=False)


def _ask_obstacle(t: Speaker, reference: str, thanks: Markup) -> Say:
    ask = t("What is in the way of {reference}? One sentence is enough.", reference=reference)
    return Say(thanks + " " + ask, (Choice("skip", t.plain("I would rather not say")),), AskingObstacle(reference))


def obstacle(state: AskingObstacle, scene: Scene) -> Turn | None:
    """What is in the way, or that it stays unsaid."""
    offer = _offer_help(scene.t, state.reference)
    if scene.choice == "skip":
        return Turn((offer,))
    return Turn((offer,), (CallForHelp(state.reference, scene.text), Remark(state.reference, scene.text)))


def _offer_help(t: Speaker, reference: str, thanks: Markup = NOTHING) -> Say:
    ask = t("Shall your workshop's team help with it, or shall I only note it?")
    ask = thanks + " " + ask if thanks else ask
    choices = (Choice("yes", t.plain("Yes, please help")), Choice("no", t.plain("Only note it")))
    return Say(ask, choices, OfferingHelp(reference))


def help_wanted(state: OfferingHelp, scene: Scene) -> Turn | None:
    """Whether the team shall help."""
    t = scene.t
    if scene.choice == "yes":
        done = t(
            "Your call for help about {reference} is with the team. Somebody will get in touch.",
            reference=state.reference,
        )
        return Turn((Say(done),), (CallForHelp(state.reference, wanted=True),))
    if scene.choice == "no":
        return Turn((Say(t("It is noted. Good luck with the next step."), quiet=True),))
    return None
