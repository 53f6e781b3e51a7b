"""After a backup was brought back: administrators see what may have been sent already, and say what becomes of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.team_effects import GoOnAfterRestore
from bot.domain.held import Due, Held
from bot.domain.roles import Right
from bot.texts import Speaker, mark

MOST = 30
"""So many are listed in one message."""
KINDS = {
    "reply": mark("an answer"), "work": mark("a message to the team"), "check_in": mark("check-in"),
    "first_step": mark("question for the first step"), "nudge": mark("reminder of a check-in"),
    "partner": mark("question to a partner"), "decision": mark("question about a change"),
    "last_call": mark("last call"), "outcome": mark("question for the outcome"),
    "reminder": mark("reminder of the outcome"), "close": mark("the end of a pledge without an answer"),
    "lasting": mark("question for what has lasted"), "broadcast": mark("announcement"),
    "urgent": mark("urgent announcement"), "recall": mark("an announcement taken back"),
    "retraction": mark("a message taken back"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DecidingRestore(State):
    """What becomes of what is held back?"""

    optional: ClassVar[bool] = True
    needs: ClassVar = Right.CREATE


def ask(t: Speaker, held: Held, made: datetime) -> Say:
    """Told by itself, once. `made` is when the backup was made, on the reader's clock."""
    count = len(held.due)
    said = t(
        "<b>A backup of {day}, {time}, was brought back.</b>", day=t.day(made.date()), time=t.time(made)
    )  # fmt: skip
    if not count:
        rest = t("Nothing has become due since. Until you say so, I ask nobody.")
        return Say(Markup("{}\n{}").format(said, rest), (Choice("send", t.plain("Go on")),), DecidingRestore())
    rest = t.plural(
        "{count} message was on its way then or has become due since; it may have arrived already.",
        "{count} messages were on their way then or have become due since; some may have arrived already.", count,
    )  # fmt: skip
    until = t("Until you decide, I ask nobody.")
    choices = (Choice("show", t.plain("Show the list")), *_ways(t))
    return Say(Markup("{}\n{}\n{}").format(said, rest, until), choices, DecidingRestore())


def _ways(t: Speaker) -> tuple[Choice, ...]:
    return Choice("send", t.plain("Decide again and send")), Choice("skip", t.plain("Count as sent"))


def decided(state: DecidingRestore, scene: Scene) -> Turn | None:
    """Look at it, or let it go."""
    t, held = scene.t, scene.facts.desk.held()
    if not scene.choice:
        return None
    if held is None:
        return Turn((Say(t("That is decided already."), quiet=True),), keep=True)
    match scene.choice:
        case "show":
            return Turn((Say(_listed(scene, held), _ways(t), DecidingRestore()),), keep=True)
        case "send":
            said = t("Good, I decide again what is still to be sent, and go on.")
        case _:
            said = t("Good, that counts as sent. I go on from here.")
    return Turn((Say(said),), (GoOnAfterRestore(send=scene.choice == "send"),), keep=True)


def _listed(scene: Scene, held: Held) -> Markup:
    t = scene.t
    lines = [_line(scene, due) for due in held.due[:MOST]]
    if len(held.due) > MOST:
        lines.append(t("and {count} more", count=len(held.due) - MOST))
    return Markup("\n").join(lines)


def _line(scene: Scene, due: Due) -> Markup:
    t, at = scene.t, scene.facts.local(due.at)
    what = named(t, due.kind)
    about = Markup("{} · {}").format(due.reference, what) if due.reference else Markup.escape(what)
    return Markup("{}, {} · {}").format(t.short_day(at.date()), t.time(at), about)


def named(t: Speaker, kind: str) -> str:
    """What people call this kind of message."""
    return t.plain(KINDS[kind]) if kind in KINDS else kind
