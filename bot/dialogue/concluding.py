"""The end of a pledge: its outcome, what helped or hindered, and whether it may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue import proposing
from bot.dialogue.answering import gone
from bot.dialogue.dating import ask_which_day, read_days
from bot.dialogue.due import Due
from bot.dialogue.effects import Annotate, Change, Conclude, Remark, Reopen
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.postponing import postpone
from bot.dialogue.proposing import ShowingJoint
from bot.dialogue.remarking import AskingRemark
from bot.dialogue.scene import Scene
from bot.dialogue.showing import ask_shown
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import OUTCOMES, outcome_choices, shorten
from bot.domain.cadence import Kind
from bot.domain.pledge import Outcome, Pledge, Stage, Standing
from bot.domain.proposal import Subject
from bot.domain.workshop import EXTENSION_MONTHS, months_after
from bot.texts import Speaker

UNDO_FOR = timedelta(minutes=1)
"""How long an outcome, a withdrawal or a stop can be taken back with one tap."""


@dataclass(frozen=True, slots=True)
class AskingOutcome(State):
    """What became of this pledge?"""

    reference: str
    asked: bool = False
    """Asked when its date had come, so that "Später" is possible."""
    context: ClassVar = Context.OUTCOME


@dataclass(frozen=True, slots=True)
class ListingOutcomes(State):
    """What became of these pledges? One is picked after the other. The date of those that are `called` is only near:
    they are asked about once more."""

    references: tuple[str, ...]
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskingReason(State):
    """What helped, or got in the way? `undo_before` (ISO, UTC) ends the minute in which the outcome can be undone."""

    reference: str
    undo_before: str
    standing: str
    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AskingNewDate(State):
    """Until when does it go on?"""

    reference: str
    context: ClassVar = Context.DATE
    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class OfferingUndo(State):
    """The minute in which something can be taken back."""

    reference: str
    undo_before: str
    standing: str
    optional: ClassVar[bool] = True


def question(t: Speaker, due: Sequence[Due]) -> Say:
    """The outcome question, its reminder or the last call, about the pledges of one person."""
    if len(due) > 1:
        return _about_several(t, due)
    [one] = due
    pledge, asked = one.pledge, one.kind is not Kind.LAST_CALL
    later = (Choice("later", t.plain("Later")),) if asked else ()
    text = Markup("{}\n<i>{}</i>").format(_ask(t, one), shorten(pledge.text, 160))
    if not asked:
        text += "\n\n" + t("If it is clear already what becomes of it, one tap is enough. Else I ask on the day.")
    return Say(text, (*outcome_choices(t, pledge, own=one.own), *later), AskingOutcome(pledge.reference, asked))


def _ask(t: Speaker, due: Due) -> Markup:
    reference = due.pledge.reference
    if due.kind is Kind.LAST_CALL:
        return t.plural(
            "{count} day left: {reference} runs until {day}.", "{count} days left: {reference} runs until {day}.",
            due.days_left, reference=reference, day=t.day(due.pledge.due, due.today),
        )  # fmt: skip
    if due.kind is Kind.REMINDER:
        return t(
            "One last time: what became of {reference}? Any answer is welcome, and one tap is enough.",
            reference=reference,
        )
    if due.requested:
        return t("As agreed I ask once more: what became of {reference}?", reference=reference)
    return t("The date has come. What became of {reference}?", reference=reference)


def _about_several(t: Speaker, due: Sequence[Due]) -> Say:
    called = tuple(one.pledge.reference for one in due if one.kind is Kind.LAST_CALL)
    if len(called) == len(due):
        lines = [t("The date of your pledges is near. Is it clear already what becomes of them?")]
    elif all(one.requested for one in due):
        lines = [t("As agreed I ask once more: what became of your pledges?")]
    else:
        lines = [t("The date of your pledges has come. What became of them?")]
    for one in due:
        line = Markup("<b>{}</b> {}").format(one.pledge.reference, shorten(one.pledge.text, 60))
        if one.pledge.reference in called:
            line += Markup(" · ") + t.plural("{count} day left", "{count} days left", one.days_left)
        lines.append(line)
    references = tuple(one.pledge.reference for one in due)
    choices = tuple(Choice(reference, reference) for reference in references)
    return Say(Markup("\n").join(lines), choices, ListingOutcomes(references, called))


def ask_outcome(scene: Scene, pledge: Pledge) -> Say:
    """The outcome question, straight after somebody said that it is done."""
    text = scene.t("That is good news. What became of {reference}?", reference=pledge.reference)
    choices = outcome_choices(scene.t, pledge, own=_own(scene, pledge))
    return Say(text, choices, AskingOutcome(pledge.reference))


def _own(scene: Scene, pledge: Pledge) -> bool:
    return scene.facts.pledge(pledge.reference) is not None


def on_joint(state: ShowingJoint, scene: Scene) -> Turn | None:
    """Somebody objects, decides, or answers for themselves what became of it."""
    what, _, which = scene.choice.partition(" ")
    pledge = scene.facts.answerable(state.reference)
    if pledge is None:
        return None
    own = scene.facts.pledge(state.reference)
    if what == "decide" and own:
        return proposing.ask_to_decide(scene, pledge)
    if what == "object" and not own:
        return proposing.object_to(scene, pledge, which)
    if what == "answer":
        ask = scene.t("What became of {reference}?", reference=pledge.reference)
        choices = outcome_choices(scene.t, replace(pledge, extended=True))  # it has ended: no new date any more
        return Turn((Say(ask, choices, AskingOutcome(pledge.reference)),), settles=False)
    return None


def closed(scene: Scene, pledge: Pledge) -> Turn:
    """Nothing about a pledge changes once it has ended."""
    return Turn((Say(scene.t("{reference} has ended and stays as it is.", reference=pledge.reference)),))


def listed(state: ListingOutcomes, scene: Scene) -> Turn | None:
    """One of several pledges was picked."""
    pledge = scene.facts.answerable(scene.choice) if scene.choice in state.references else None
    if pledge is None:
        return None
    text = scene.t("What became of {reference}?", reference=pledge.reference)
    choices, asked = outcome_choices(scene.t, pledge, own=_own(scene, pledge)), pledge.reference not in state.called
    if asked:
        choices = (*choices, Choice("later", scene.t.plain("Later")))
    return Turn((Say(text, choices, AskingOutcome(pledge.reference, asked)),), settles=False)


def outcome(state: AskingOutcome, scene: Scene) -> Turn | None:
    """What became of it."""
    t = scene.t
    if scene.choice == "later" and state.asked:
        return postpone(scene, (state.reference,))
    pledge = scene.facts.answerable(state.reference)
    if scene.choice not in set(Outcome) or pledge is None:
        return None
    again = pledge.stage is Stage.CLOSED and scene.facts.is_joint(pledge.reference)
    if not pledge.is_open and not again:
        return closed(scene, pledge)
    outcome = Outcome(scene.choice)
    if outcome is Outcome.ONGOING and not pledge.extended and not again:
        # A new date is up to the maker.
        return Turn((ask_new_date(scene, pledge),)) if _own(scene, pledge) else None
    achieved = outcome in (Outcome.KEPT, Outcome.DIFFERENTLY, Outcome.PARTLY)
    text = Markup("\n\n").join((
        t("Noted: {reference} – {outcome}.", reference=state.reference, outcome=t(OUTCOMES[outcome]))
        + " " + (t("Thank you for staying with it.") if achieved else t("Thank you for the clear answer.")),
        t("What helped, what got in the way? A sentence is enough."),
    ))  # fmt: skip
    choices: tuple[Choice, ...] = (Choice("skip", t.plain("Nothing to add")),)
    if not again:  # what others had answered before is not to be undone
        choices += (Choice("undo", t.plain("Undo")),)
    asks = AskingReason(state.reference, _undo_before(scene), pledge.standing or "")
    return Turn((Say(text, choices, asks),), (Conclude(state.reference, outcome),))


def ask_new_date(scene: Scene, pledge: Pledge) -> Say:
    """Until when it goes on: the one extension."""
    text = scene.t(
        "Until when? You can extend {reference} once, to {day} at the latest.",
        reference=pledge.reference, day=scene.t.day(latest_extension(pledge)),
    )  # fmt: skip
    return Say(text, asks=AskingNewDate(pledge.reference))


def latest_extension(pledge: Pledge) -> date:
    """The latest day that the one extension may reach."""
    return months_after(pledge.due, EXTENSION_MONTHS)


def new_date(state: AskingNewDate, scene: Scene) -> Turn | None:
    """The day until which it goes on, typed or picked from two readings."""
    t = scene.t
    pledge = scene.facts.pledge(state.reference)
    if pledge is None or pledge.extended:
        return None
    days = read_days(scene)
    allowed = [day for day in days if scene.today < day <= latest_extension(pledge) and day > pledge.due]
    if not allowed:
        hint = t(
            "Please name a day after {first} and up to {last}, for example “{example}”.",
            first=t.day(max(pledge.due, scene.today)), last=t.day(latest_extension(pledge)),
            example=t.short_day(latest_extension(pledge)).split(", ")[1],
        )  # fmt: skip
        return Turn((Say(hint, asks=state),))
    if len(allowed) > 1:
        return Turn((ask_which_day(scene, allowed, state),))
    day = allowed[0]
    if scene.facts.is_joint(pledge.reference):
        turn = proposing.propose(scene, pledge, Subject.DUE, day.isoformat(), extends=True)
        ask = Say(t("What makes it take longer? A sentence is enough."), asks=AskingRemark(pledge.reference))
        return Turn((*turn.says, ask), turn.effects)
    text = t(
        "{reference} now runs until {day}. I will go on asking.\nWhat makes it take longer? A sentence is enough.",
        reference=state.reference, day=t.day(day),
    )  # fmt: skip
    return Turn((Say(text, asks=AskingRemark(state.reference)),), (Change(state.reference, due=day, extended=True),))


def reason(state: AskingReason, scene: Scene) -> Turn | None:
    """What helped or got in the way, or that the outcome was a slip of the finger."""
    t = scene.t
    if scene.choice == "undo":
        return undo(OfferingUndo(state.reference, state.undo_before, state.standing), scene)
    if scene.facts.answerable(state.reference) is None:
        return gone(scene)
    if scene.facts.pledge(state.reference) is None:  # whether it is shown is up to the maker
        remark = () if scene.choice == "skip" else (Remark(state.reference, scene.text),)
        done = t("Then {reference} is closed. Thank you, and all the best!", reference=state.reference)
        return Turn((Say(done),), remark)
    return Turn(
        (ask_shown(t, state.reference),),
        () if scene.choice == "skip" else (Annotate(state.reference, note=scene.text),),
    )


def offer_undo(scene: Scene, text: Markup, pledge: Pledge) -> Say:
    """Say that something is done, with the way back for a minute."""
    asks = OfferingUndo(pledge.reference, _undo_before(scene), pledge.standing or "")
    return Say(text, (Choice("undo", scene.t.plain("Undo")),), asks)


def undo(state: OfferingUndo, scene: Scene) -> Turn | None:
    """Take it back, if the minute is not over."""
    t = scene.t
    if scene.choice != "undo":
        return None
    pledge = scene.facts.answerable(state.reference)
    if pledge is None or pledge.stage not in (Stage.CLOSED, Stage.WITHDRAWN):
        return Turn((Say(t("There is nothing to undo any more."), quiet=True),))
    if scene.now > datetime.fromisoformat(state.undo_before):
        return Turn((
            Say(t("The minute is over. If it was a mistake, your organisers can put it right: write /human.")),
        ))  # fmt: skip
    standing = Standing(state.standing) if state.standing else None
    return Turn((Say(t("Taken back. {reference} runs on as before.", reference=state.reference), quiet=True),),
                (Reopen(state.reference, standing),))  # fmt: skip


def _undo_before(scene: Scene) -> str:
    return (scene.now + UNDO_FOR).isoformat()
