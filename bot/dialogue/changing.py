"""What a maker may change about a pledge: its text, its date, its details; and taking it back."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.dialogue import proposing
from bot.dialogue.concluding import ask_new_date, closed, latest_extension, offer_undo
from bot.dialogue.dating import ask_which_day, read_days
from bot.dialogue.detailing import ask_detail, ask_value
from bot.dialogue.effects import Change
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.partnering import ask_name
from bot.dialogue.picking import ask_which
from bot.dialogue.registering import ShowingCard, card, unfit
from bot.dialogue.remarking import AskingRemark
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.domain.codes import Purpose
from bot.domain.pledge import Pledge, Stage
from bot.domain.proposal import Subject

INVITES = {"partners": Purpose.PARTNER, "deputy": Purpose.DEPUTY, "successor": Purpose.SUCCESSOR}
NOTE_LIMIT = 200
"""The longest note on a date, in characters."""


@dataclass(frozen=True, slots=True)
class AskingChange(State):
    """What about this pledge shall change?"""

    reference: str


@dataclass(frozen=True, slots=True)
class AskingText(State):
    """What shall it say from now on?"""

    reference: str
    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AskingDate(State):
    """Until when is it promised?"""

    reference: str
    context: ClassVar = Context.DATE
    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ConfirmingWithdrawal(State):
    """Really take it back?"""

    reference: str
    context: ClassVar = Context.CONSENT


def edit(scene: Scene, text: str = "") -> Turn:
    """`/aendern`."""
    running = [pledge for pledge in scene.facts.pledges() if pledge.is_open]
    if not running:
        return Turn(
            (Say(scene.t("You have no running pledge that could be changed. Register one with /new.")),), keep=True
        )
    if len(running) > 1:
        return Turn((ask_which(scene, running, "edit"),))
    return Turn((ask_change(scene, running[0]),))


def picked(scene: Scene, pledge: Pledge, text: str = "") -> Turn:
    """One of several pledges was picked to be changed."""
    own = scene.facts.pledge(pledge.reference)
    return Turn((ask_change(scene, own),)) if own else edit(scene)


def ask_change(scene: Scene, pledge: Pledge) -> Say:
    """The menu of what can be changed."""
    t = scene.t
    labels = {
        "text": t.plain("Text"), "date": t.plain("Date"), "extend": t.plain("Extend"), "partners": t.plain("Partners"),
        "deputy": t.plain("Deputy"), "successor": t.plain("Hand over"), "first_step": t.plain("First step"),
        "visibility": t.plain("Who can read it"), "add": t.plain("Details"), "withdraw": t.plain("Withdraw"),
    }  # fmt: skip
    if pledge.extended or not scene.facts.checked_in(pledge.reference):
        del labels["extend"]  # until the first check-in the date is free
    choices = tuple(Choice(key, label) for key, label in labels.items())
    ask = t("What shall change about {reference}?", reference=pledge.reference)
    return Say(ask, choices, AskingChange(pledge.reference))


def on_card(state: ShowingCard, scene: Scene) -> Turn | None:
    """[Add details] or [Change] under a card."""
    pledge = scene.facts.pledge(state.reference)
    if pledge is None or scene.choice not in ("add", "change", "decide"):
        return None
    if not pledge.is_open:
        return closed(scene, pledge)
    if scene.choice == "decide":
        return proposing.ask_to_decide(scene, pledge)
    say = ask_detail(scene, pledge) if scene.choice == "add" else ask_change(scene, pledge)
    return Turn((say,), settles=False)


def change(state: AskingChange, scene: Scene) -> Turn | None:
    """What shall change was chosen."""
    t = scene.t
    pledge = scene.facts.pledge(state.reference)
    if pledge is None or not scene.choice:
        return None
    if not pledge.is_open:
        return closed(scene, pledge)
    match scene.choice:
        case "text":
            ask = t("So far:\n<i>{text}</i>\n\nWhat shall it say from now on?", text=pledge.text)
            return Turn((Say(ask, asks=AskingText(pledge.reference)),))
        case "date":
            return Turn((ask_date(scene, pledge),))
        case "extend" if not pledge.extended:
            return Turn((ask_new_date(scene, pledge),))
        case "partners" | "deputy" | "successor":
            return Turn((ask_name(scene, pledge, INVITES[scene.choice]),))
        case "first_step" | "visibility":
            return Turn((ask_value(scene, pledge, scene.choice),))
        case "add":
            return Turn((ask_detail(scene, pledge),))
        case _:
            ask = t(
                "Would you like to withdraw {reference}? Then I will not ask about it any more.",
                reference=pledge.reference,
            )
            choices = (Choice("yes", t.plain("Yes, withdraw")), Choice("no", t.plain("No, it runs on")))
            return Turn((Say(ask, choices, ConfirmingWithdrawal(pledge.reference)),))


def text(state: AskingText, scene: Scene) -> Turn | None:
    """The new wording."""
    pledge = scene.facts.pledge(state.reference)
    if pledge is None or not pledge.is_open:
        return None
    if problem := unfit(scene, scene.text.strip()):
        return Turn((Say(problem, asks=state),))
    wording = scene.text.strip()
    if scene.facts.is_joint(pledge.reference):
        return proposing.propose(scene, pledge, Subject.TEXT, wording)
    return _changed(scene, Change(pledge.reference, text=wording), pledge)


def ask_date(scene: Scene, pledge: Pledge) -> Say:
    """Ask for the new date, and say what is possible."""
    t = scene.t
    asks = AskingDate(pledge.reference)
    if not scene.facts.checked_in(pledge.reference):
        ask = t(
            "So far: {day}. Until when is it promised from now on? For example “end of October”. "
            "The latest is {latest}.",
            day=t.day(pledge.due), latest=t.day(last_day(scene, pledge)),
        )  # fmt: skip
    elif pledge.extended:
        ask = t("So far: {day}. It has been extended already; an earlier date is possible.", day=t.day(pledge.due))
    else:
        ask = t(
            "So far: {day}. A later date is possible once, up to {latest}. Which day shall it be?",
            day=t.day(pledge.due), latest=t.day(last_day(scene, pledge)),
        )  # fmt: skip
    return Say(ask, asks=asks)


def last_day(scene: Scene, pledge: Pledge) -> date:
    """The latest date that the maker may choose now: free until the first check-in, then the one extension."""
    if not scene.facts.checked_in(pledge.reference):
        return scene.facts.workshop(pledge.workshop_id).latest
    return pledge.due if pledge.extended else latest_extension(pledge)


def new_date(state: AskingDate, scene: Scene) -> Turn | None:
    """The new date, typed or picked from two readings. Words without a day are kept as a note."""
    t = scene.t
    pledge = scene.facts.pledge(state.reference)
    if pledge is None or not pledge.is_open:
        return None
    days = read_days(scene)
    latest = last_day(scene, pledge)
    if not days:
        note = " ".join(scene.text.split())[:NOTE_LIMIT]
        noted = t(
            "I find no day in that, so I have noted “{note}”; the date stays {day}.\n"
            "For another date name a day, for example “{example}”.",
            note=note, day=t.day(pledge.due), example=t.short_day(latest).split(", ")[1],
        )  # fmt: skip
        return Turn((Say(noted, asks=state),), (Change(pledge.reference, due_note=note),))
    allowed = [day for day in days if scene.today < day <= latest]
    if not allowed:
        hint = t(
            "I read {read}. Please choose a day after today and up to {latest}.",
            read=t.day(days[-1]), latest=t.day(latest),
        )  # fmt: skip
        return Turn((Say(hint, asks=state),))
    if len(allowed) > 1:
        return Turn((ask_which_day(scene, allowed, state),))
    extends = allowed[0] > pledge.due and scene.facts.checked_in(pledge.reference)
    if scene.facts.is_joint(pledge.reference):
        turn = proposing.propose(scene, pledge, Subject.DUE, allowed[0].isoformat(), extends=extends)
    else:
        effect = Change(pledge.reference, due=allowed[0], due_note="", extended=pledge.extended or extends)
        turn = _changed(scene, effect, pledge)
    if not extends:
        return turn
    ask = Say(t("What makes it take longer? A sentence is enough."), asks=AskingRemark(pledge.reference))
    return Turn((*turn.says, ask), turn.effects)


def _changed(scene: Scene, effect: Change, pledge: Pledge) -> Turn:
    return Turn(
        (card(scene, effect.applied_to(pledge), intro=scene.t("Changed. This is how it stands now:")),), (effect,)
    )


def withdrawal(state: ConfirmingWithdrawal, scene: Scene) -> Turn | None:
    """Withdrawn, or not."""
    t = scene.t
    pledge = scene.facts.pledge(state.reference)
    if scene.choice == "no":
        return Turn((Say(t("Good, {reference} runs on.", reference=state.reference), quiet=True),))
    if scene.choice != "yes" or pledge is None:
        return None
    if not pledge.is_open:
        return closed(scene, pledge)
    done = t("{reference} is withdrawn. I will not ask about it any more.", reference=state.reference)
    return Turn((offer_undo(scene, done, pledge),), (Change(state.reference, stage=Stage.WITHDRAWN),))
