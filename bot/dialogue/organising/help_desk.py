"""The help desk: the open calls, one of them with all that is known, and what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.dating import ask_which_day, read_days
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.organising.dossier import FILES, files_choice, show_files
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.team_effects import AskBothSides, CloseCall, HandOnCall, NoteCall, PromiseDay, TakeCall
from bot.dialogue.words import shorten
from bot.domain.call import Call, Reach
from bot.domain.roles import Right
from bot.texts import Speaker, mark

MOST = 8
"""So many calls are offered at once; the oldest, because they have waited longest."""
NOTES = 3
"""So many notes stand on a card."""
MEETING = "meet "
"""How the choices begin that ask both sides."""
FURTHEST = timedelta(days=90)
"""A promise further ahead than this is none."""

ACTIONS = {
    "write": mark("Write"),
    "note": mark("Note"),
    "promise": mark("Promise a day"),
    "hand_on": mark("Hand on"),
    "close": mark("Close"),
}
"""What whoever looks after a call can do, by the keys of the choices."""


@dataclass(frozen=True, slots=True)
class ListingCalls(State):
    """The open calls."""

    needs: ClassVar = Right.HELP
    optional: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ShowingCall(State):
    """One call, with what can be done."""

    call_id: int
    workshop_id: int | None
    needs: ClassVar = Right.HELP
    optional: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class TalkingToCaller(State):
    """Whatever is written goes to whoever called."""

    call_id: int
    workshop_id: int | None
    takes_text: ClassVar[bool] = True
    talks: ClassVar[bool] = True
    needs: ClassVar = Right.HELP


@dataclass(frozen=True, slots=True)
class WritingNote(State):
    """What shall be remembered?"""

    call_id: int
    workshop_id: int | None
    takes_text: ClassVar[bool] = True
    needs: ClassVar = Right.HELP


@dataclass(frozen=True, slots=True)
class PromisingDay(State):
    """Until when?"""

    call_id: int
    workshop_id: int | None
    takes_text: ClassVar[bool] = True
    needs: ClassVar = Right.HELP


def calls(scene: Scene, text: str) -> Turn:
    """`/hilferufe`."""
    t, found = scene.t, scene.facts.desk.calls()
    if not found:
        return Turn((Say(t("Nobody is calling for help at the moment.")),))
    lines = [t.plural("<b>{count}</b> open call for help", "<b>{count}</b> open calls for help", len(found))]
    lines += [_line(scene, call) for call in found[:MOST]]
    if len(found) > MOST:
        lines.append(t("These have waited longest."))
    choices = tuple(Choice(str(call.id), name_of(t, call)) for call in found[:MOST])
    return Turn((Say(Markup("\n").join(lines), choices, ListingCalls()),))


def listed(state: ListingCalls, scene: Scene) -> Turn | None:
    """One was chosen; the list stays."""
    call = scene.facts.desk.call(int(scene.choice)) if scene.choice else None
    return Turn((card(scene, call),), settles=False) if call else None


def on_card(state: ShowingCall, scene: Scene) -> Turn | None:
    """Something on the card was chosen; the card stays."""
    t, desk = scene.t, scene.facts.desk
    call = desk.call(state.call_id)
    if call is None or not scene.choice:
        return None
    if not call.open:
        return Turn((Say(t("This call is closed."), quiet=True),))
    if scene.choice == "show":
        return Turn((card(scene, call),), settles=False)
    if scene.choice == FILES:
        return show_files(scene, call.reference)
    if scene.choice == "note":
        return Turn(
            (Say(t("What shall be remembered? Only the team reads it."), asks=WritingNote(call.id, call.workshop_id)),),
            settles=False,
        )
    if scene.choice in ("take", "stand_in"):
        return _take(scene, call)
    if not desk.looks_after(call):
        return Turn((Say(t("Somebody else of the team looks after this call by now.")), card(scene, call)))
    match scene.choice:
        case "write":
            return Turn((talk(scene, call),), settles=False)
        case "promise":
            return Turn((_ask_day(scene, call),), settles=False)
        case "hand_on":
            said = t("Good, I ask the others of the team to take it over.")
            return Turn((Say(said),), (HandOnCall(call.id),))
        case "close":
            said = t("The call is closed. I ask whether it helped.")
            return Turn((Say(said),), (CloseCall(call.id),))
    reference = scene.choice.removeprefix(MEETING)
    if any(one.reference == reference and not one.asked for one in desk.likenesses(call)):
        said = t("I ask both sides whether they want to get to know each other. I tell no names before.")
        return Turn((Say(said),), (AskBothSides(call.id, reference),), keep=True, settles=False)
    return None


def _take(scene: Scene, call: Call) -> Turn:
    t = scene.t
    if scene.person is None:
        return Turn(
            (Say(t("To talk with people you have to be in here yourself: please join the team with a code.")),),
            keep=True,
            settles=False,
        )
    if scene.facts.desk.looks_after(call):
        return Turn((card(scene, call),))
    if scene.choice == "take" and call.organiser_id is not None:
        return Turn((Say(t("Somebody else of the team was quicker.")), card(scene, call)))
    return Turn((card(scene, call, taken=True),), (TakeCall(call.id),))


def note(state: WritingNote, scene: Scene) -> Turn | None:
    """The note has come."""
    call = scene.facts.desk.call(state.call_id)
    if call is None:
        return None
    if scene.person is None:
        return Turn((Say(scene.t("To write notes you have to be in the team yourself.")),))
    return Turn((Say(scene.t("That is noted for the team."), quiet=True),), (NoteCall(call.id, scene.text),))


def day(state: PromisingDay, scene: Scene) -> Turn | None:
    """A day was picked or typed."""
    t, call = scene.t, scene.facts.desk.call(state.call_id)
    if call is None or not scene.facts.desk.looks_after(call):
        return None
    days = [one for one in read_days(scene) if scene.today <= one <= scene.today + FURTHEST]
    if not days:
        return Turn((Say(t("Please name a day within the next three months, for example: next Friday."), asks=state),))
    if len(days) > 1:
        return Turn((ask_which_day(scene, days, state),))
    named = t.day(days[0], scene.today)
    said = t("Promised until {day}: I have told it, and I will remind you that day.", day=named)
    return Turn((Say(said),), (PromiseDay(call.id, days[0]),))


def talk(scene: Scene, call: Call) -> Say:
    """Where a talk begins; or why there can be none."""
    t = scene.t
    if call.reach is Reach.STOPPED:
        return Say(t("They want no messages any more. Perhaps you have a telephone number."))
    if call.reach is Reach.LOST:
        return Say(t("They cannot be reached here at the moment. Perhaps you have a telephone number."))
    said = t("Whatever you write now goes to them, in the name of the team.")
    return Say(said, (Choice("leave", t.plain("Leave the talk")),), TalkingToCaller(call.id, call.workshop_id))


def card(scene: Scene, call: Call, *, taken: bool = False) -> Say:
    """All that the team knows of one call. `taken`: the writer looks after it from now on."""
    t, desk = scene.t, scene.facts.desk
    mine = taken or desk.looks_after(call)
    likenesses = desk.likenesses(call)
    since = t.day(scene.facts.day_of(call.at), scene.today)
    lines = [t("<b>{name}</b>, since {day}", name=name_of(t, call), day=since)]
    if call.obstacle:
        lines.append(Markup("<i>{}</i>").format(shorten(call.obstacle, 400)))
    lines.append(_carer(scene, call, mine=mine))
    for written in desk.notes(call)[-NOTES:]:
        lines.append(t("Note: {text}", text=shorten(written.text, 200)))
    for like in likenesses:
        lines.append(t("{reference} was kept with something like it in the way: {words}", reference=like.reference,
                       words=shorten(like.words, 160)))  # fmt: skip
    keys = list(ACTIONS) if mine else ["stand_in" if call.organiser_id else "take", "note"]
    labels = {**ACTIONS, "take": mark("I take it"), "stand_in": mark("Stand in")}
    choices = [Choice(key, t.plain(labels[key])) for key in keys]
    if mine:
        choices += [
            Choice(MEETING + like.reference, t.plain("Bring together with {reference}", reference=like.reference))
            for like in likenesses if not like.asked
        ]  # fmt: skip
    choices += files_choice(scene, call.reference)
    return Say(Markup("\n").join(lines), tuple(choices), ShowingCall(call.id, call.workshop_id))


def name_of(t: Speaker, call: Call) -> str:
    """What a call is called: nobody's name."""
    if call.reference:
        return call.reference
    return t.plain("Call {number}", number=call.id)


def _line(scene: Scene, call: Call) -> Markup:
    carer = _carer(scene, call, mine=scene.facts.desk.looks_after(call))
    words = Markup(" {}").format(shorten(call.obstacle, 60)) if call.obstacle else Markup()
    return Markup("<b>{}</b>{} · {}").format(name_of(scene.t, call), words, carer)


def _carer(scene: Scene, call: Call, *, mine: bool) -> Markup:
    """Who looks after it, and until when something was promised."""
    t = scene.t
    if mine:
        said = t("You look after it.")
    elif call.organiser_id is None:
        said = t("Nobody looks after it yet.")
    else:
        said = t("Somebody else of the team looks after it.")
    if call.promised:
        said += " " + t("Promised until {day}.", day=t.day(call.promised, scene.today))
    return said


def _ask_day(scene: Scene, call: Call) -> Say:
    t = scene.t
    offered = [scene.today + timedelta(days=days) for days in _ahead(scene.today.weekday())]
    choices = tuple(Choice(one.isoformat(), t.short_day(one)) for one in offered)
    asks = PromisingDay(call.id, call.workshop_id)
    return Say(t("Until when do you get in touch? I tell them the day."), choices, asks)


def _ahead(weekday: int) -> Sequence[int]:
    """In so many days are the next working day, the one after it, and the same day next week (or its Monday)."""
    ahead = [days for days in range(1, 7) if (weekday + days) % 7 < 5][:2]
    week = 7 if weekday < 5 else 7 + (7 - weekday)
    return (*ahead, week)
