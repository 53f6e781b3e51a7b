"""How does it stand? The question at the right moment, its answers, and the one follow-up to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue import continuing, following_up
from bot.dialogue.answering import gone
from bot.dialogue.concluding import ask_outcome, closed
from bot.dialogue.due import Due
from bot.dialogue.effects import CallForHelp, Remark, Report
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.postponing import postpone
from bot.dialogue.registering import NOTHING
from bot.dialogue.remarking import AskingRemark, offer_to_share
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import shorten, standing_choices, standing_label
from bot.domain.cadence import Aspect, Kind
from bot.domain.pledge import Pledge, Standing
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class CheckingIn(State):
    """How does this pledge stand? `note` was typed with `/update`; `aspects` is what is asked after it."""

    reference: str
    note: str = ""
    aspects: tuple[str, ...] = ()
    context: ClassVar = Context.CHECKIN


@dataclass(frozen=True, slots=True)
class CheckingInAll(State):
    """How do these pledges stand? One of them can be picked, or all answered at once. `going_on` are those of which
    it is asked how to go on, `stepping` those of which only the first step is; `aspects` holds "BER-042 confidence"
    for what is asked besides."""

    references: tuple[str, ...]
    going_on: tuple[str, ...] = ()
    stepping: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskingObstacle(State):
    """What is in the way?"""

    reference: str
    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class OfferingHelp(State):
    """Shall the team help? Words that are no answer say more about what is in the way."""

    reference: str
    context: ClassVar = Context.CONSENT
    takes_text: ClassVar[bool] = True


def question(t: Speaker, due: Sequence[Due]) -> Say:
    """What is due about the pledges of one person while they run: check-in, nudge, first step, how to go on."""
    if all(Aspect.GOING_ON in one.aspects for one in due):
        return continuing.question(t, due)
    if all(one.kind is Kind.FIRST_STEP for one in due):
        return following_up.question(t, due)
    if len(due) > 1:
        return _about_several(t, due)
    [one] = due
    text = Markup("{}\n<i>{}</i>\n\n{}").format(_ask(t, one), shorten(one.pledge.text, 160), who_reads(t, due))
    asks = CheckingIn(one.pledge.reference, aspects=tuple(sorted(one.aspects)))
    return Say(text, (*standing_choices(t), Choice("later", t.plain("Later"))), asks)


def _ask(t: Speaker, due: Due) -> Markup:
    """How it stands. What is asked besides comes after the answer: one question a message."""
    reference = due.pledge.reference
    if due.kind is Kind.NUDGE:
        return t("A short question once more: how is {reference} getting on? One tap is enough.", reference=reference)
    if due.requested:
        return t("As agreed I ask once more: how is {reference} getting on?", reference=reference)
    return t("How is {reference} getting on?", reference=reference)


def _about_several(t: Speaker, due: Sequence[Due]) -> Say:
    references = tuple(one.pledge.reference for one in due)
    stepping = tuple(one.pledge.reference for one in due if one.kind is Kind.FIRST_STEP)
    state = CheckingInAll(
        references,
        going_on=tuple(one.pledge.reference for one in due if Aspect.GOING_ON in one.aspects),
        stepping=stepping,
        aspects=tuple(f"{one.pledge.reference} {aspect}" for one in due for aspect in sorted(one.aspects)),
    )
    lines = [t("How are your pledges getting on?")]
    lines += [Markup("<b>{}</b> {}").format(one.pledge.reference, shorten(one.pledge.text, 60)) for one in due]
    choices = (
        Choice("all", t.plain("🟢 All on track")),
        *(Choice(reference, reference) for reference in references),
        Choice("later", t.plain("Later")),
    )
    return Say(Markup("\n").join((*lines, "", who_reads(t, due))), choices, state)


def who_reads(t: Speaker, due: Sequence[Due]) -> Markup:
    """Who sees the answer: of a joint pledge its people see how it stands, and the words only when they are shared."""
    if all(one.joint for one in due):
        return t("The team and everybody who carries it see how it stands; what you write, only the team.")
    if any(one.joint for one in due):
        return t("The team will read your answer; where others carry it with you, they see how it stands, too.")
    return t("Your workshop's team will read your answer.")


def update(scene: Scene, pledge: Pledge, note: str = "", aspects: tuple[str, ...] = ()) -> Turn:
    """`/update`: the same question, asked by the maker. The words typed with it are kept as the remark."""
    text = scene.t("How is {reference} getting on?", reference=pledge.reference)
    asks = CheckingIn(pledge.reference, note, aspects)
    return Turn((Say(text, standing_choices(scene.t), asks),))


def standing(state: CheckingIn, scene: Scene) -> Turn | None:
    """An answer to the check-in."""
    t = scene.t
    if scene.choice == "later":
        return postpone(scene, (state.reference,))
    pledge = scene.facts.answerable(state.reference)
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
        thanks = t("Thank you for telling me.")
        ask = _offer_help(t, state.reference, thanks) if note else _ask_obstacle(t, state.reference, thanks)
        return Turn((ask,), (report, CallForHelp(state.reference, note)), chosen=label)
    thanks = t("Noted: {reference} {standing}. Thank you.", reference=state.reference, standing=label)
    if ask_besides := following_up.follow_up(scene, pledge, state.aspects, thanks):
        return Turn((ask_besides,), (report,), chosen=label)
    if note:
        return Turn((offer_to_share(scene, state.reference, thanks),), (report,), chosen=label)
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
        open_ = [one for one in state.references if scene.facts.answerable(one)]
        if not open_:
            return gone(scene)
        reports = tuple(Report(reference, Standing.ON_TRACK) for reference in open_)
        return Turn((Say(t("Noted: all on track. Thank you."), quiet=True),), reports)
    if scene.choice == "later":
        return postpone(scene, state.references)
    pledge = scene.facts.answerable(scene.choice) if scene.choice in state.references else None
    if pledge is None:
        return None
    if pledge.reference in state.going_on:
        return Turn((continuing.ask_how(t, [pledge]),), settles=False)
    if pledge.reference in state.stepping:
        return Turn((following_up.step_question(t, pledge),), settles=False)
    besides = (entry.split() for entry in state.aspects)
    aspects = tuple(aspect for reference, aspect in besides if reference == pledge.reference)
    return Turn(update(scene, pledge, aspects=aspects).says, settles=False)


def _ask_obstacle(t: Speaker, reference: str, thanks: Markup) -> Say:
    ask = t("What is in the way of {reference}? One sentence is enough.", reference=reference)
    return Say(thanks + " " + ask, (Choice("skip", t.plain("I would rather not say")),), AskingObstacle(reference))


def obstacle(state: AskingObstacle, scene: Scene) -> Turn | None:
    """What is in the way, or that it stays unsaid."""
    if scene.facts.answerable(state.reference) is None:
        return gone(scene)
    offer = _offer_help(scene.t, state.reference)
    if scene.choice == "skip":
        return Turn((offer,))
    return Turn((offer,), (CallForHelp(state.reference, scene.text), Remark(state.reference, scene.text)))


def _offer_help(t: Speaker, reference: str, thanks: Markup = NOTHING) -> Say:
    ask = t("Would you like your workshop's team to help, or shall I just note it?")
    ask = thanks + " " + ask if thanks else ask
    choices = (Choice("yes", t.plain("Yes, please help")), Choice("no", t.plain("Just note it")))
    return Say(ask, choices, OfferingHelp(reference))


def help_wanted(state: OfferingHelp, scene: Scene) -> Turn | None:
    """Whether the team shall help."""
    t = scene.t
    if scene.facts.answerable(state.reference) is None:
        return gone(scene)
    if scene.choice == "yes":
        done = t(
            "Your call for help about {reference} is with the team. Somebody will get in touch.",
            reference=state.reference,
        )
        return Turn((offer_to_share(scene, state.reference, done),), (CallForHelp(state.reference, wanted=True),))
    if scene.choice == "no":
        noted = t("Noted. Good luck with the next step.")
        return Turn((offer_to_share(scene, state.reference, noted),))
    if not scene.text:
        return None
    kept = (CallForHelp(state.reference, scene.text), Remark(state.reference, scene.text))
    return Turn((_offer_help(t, state.reference, t("Thank you, that is kept with it.")),), kept)
