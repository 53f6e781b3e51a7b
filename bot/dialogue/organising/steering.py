"""A broadcast under way: its card, pause, resume and cancel, and what its end leaves to decide."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.effects import Steer, Step
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.organising import broadcasting, correcting, previewing
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.domain.broadcast import Broadcast, Phase, Progress, Purpose
from bot.domain.roles import Right
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class Progressing(State):
    """The card of a broadcast that is being sent."""

    broadcast_id: int
    workshop_id: int
    optional: ClassVar[bool] = True
    needs: ClassVar = Right.READ


@dataclass(frozen=True, slots=True)
class Halted(State):
    """The card of a broadcast that rests."""

    broadcast_id: int
    workshop_id: int
    optional: ClassVar[bool] = True
    needs: ClassVar = Right.READ


@dataclass(frozen=True, slots=True)
class AskingLate(State):
    """Is it still to be sent where it is late?"""

    broadcast_id: int
    workshop_id: int
    optional: ClassVar[bool] = True
    needs: ClassVar = Right.READ


@dataclass(frozen=True, slots=True)
class Finished(State):
    """The final numbers, and what can still be done."""

    broadcast_id: int
    workshop_id: int
    optional: ClassVar[bool] = True
    needs: ClassVar = Right.READ


def card(t: Speaker, broadcast: Broadcast, progress: Progress) -> Say:
    """How far it is, with what can be done."""
    text = Markup("\n").join((_title(t, broadcast), *_numbers(t, broadcast, progress)))
    place = (broadcast.id, broadcast.audience.workshops[0])
    match broadcast.phase:
        case Phase.RUNNING:
            choices = (Choice("pause", t.plain("Halt")), Choice("cancel", t.plain("Stop for good")))
            return Say(text, choices, Progressing(*place))
        case Phase.PAUSED:
            choices = (Choice("resume", t.plain("Go on")), Choice("cancel", t.plain("Stop for good")))
            return Say(text, choices, Halted(*place))
    return _final(t, broadcast, progress, text)


def _final(t: Speaker, broadcast: Broadcast, progress: Progress, text: Markup) -> Say:
    choices = []
    if progress.uncertain:
        choices.append(Choice("again", t.plain("Send the uncertain ones again")))
    if progress.late:
        choices.append(Choice("late", t.plain("Send the late ones")))
    if progress.sent and broadcast.purpose in (Purpose.NEWS, Purpose.URGENT):
        choices += [Choice("correct", t.plain("Correct")), Choice("recall", t.plain("Take back"))]
    if not choices:
        return Say(text)
    return Say(text, tuple(choices), Finished(broadcast.id, broadcast.audience.workshops[0]))


def ask_late(t: Speaker, broadcast: Broadcast, progress: Progress) -> Say:
    """Is it still to be sent where it is late?"""
    said = t.plural(
        "{count} person could not get it in time. Shall I still send it?",
        "{count} people could not get it in time. Shall I still send it?", progress.late,
    )  # fmt: skip
    choices = (Choice("late", t.plain("Yes, send it")), Choice("leave", t.plain("No, leave it")))
    text = Markup("{}\n{}").format(_title(t, broadcast), said)
    return Say(text, choices, AskingLate(broadcast.id, broadcast.audience.workshops[0]))


def _title(t: Speaker, broadcast: Broadcast) -> Markup:
    words = broadcasting.title(t, broadcast, 50)
    match broadcast.phase, broadcast.purpose:
        case Phase.PAUSED, _:
            return t("<b>Halted:</b> {words}", words=words)
        case Phase.CANCELLED, _:
            return t("<b>Stopped:</b> {words}", words=words)
        case Phase.DONE, Purpose.CORRECTION:
            return t("<b>Correction done:</b> {words}", words=words)
        case Phase.DONE, Purpose.RECALL:
            return t("<b>Taken back:</b> {words}", words=words)
        case Phase.DONE, _:
            return t("<b>Done:</b> {words}", words=words)
        case _, Purpose.CORRECTION:
            return t("<b>Correction under way:</b> {words}", words=words)
        case _, Purpose.RECALL:
            return t("<b>Being taken back:</b> {words}", words=words)
    return t("<b>Under way:</b> {words}", words=words)


def _numbers(t: Speaker, broadcast: Broadcast, progress: Progress) -> list[Markup]:
    """What became of how many, a line each; at most five in all, as those that are none are left out."""
    count, total = progress.sent, progress.total
    lines = [{
        Purpose.CORRECTION: t("Corrected at {count} of {total}", count=count, total=total),
        Purpose.RECALL: t("Deleted at {count} of {total}", count=count, total=total),
    }.get(broadcast.purpose, t("Arrived at {count} of {total}", count=count, total=total))]  # fmt: skip
    if progress.planned or progress.leaving:
        lines.append(t("Still to come: {count}", count=progress.planned + progress.leaving))
    missed = [
        (progress.unreachable, t("not reachable")), (progress.unwanted, t("no longer wanted")),
        (progress.failed, t("refused by the messenger")), (progress.late, t("too late")),
    ]  # fmt: skip
    if said := [Markup("{} {}").format(number, reason) for number, reason in missed if number]:
        lines.append(t("Not reached: {reasons}", reasons=Markup(", ").join(said)))
    if progress.uncertain:
        lines.append(t("Uncertain, perhaps arrived: {count}", count=progress.uncertain))
    return lines


def _of(scene: Scene, broadcast_id: int) -> Broadcast | None:
    """The broadcast, for whoever may steer it: its author, and who releases."""
    broadcast = scene.facts.broadcast(broadcast_id)
    if broadcast is None:
        return None
    mine = broadcast.author == scene.facts.actor and previewing.has(scene, broadcast, Right.WRITE)
    return broadcast if mine or previewing.has(scene, broadcast, Right.RELEASE) else None


def progressing(state: Progressing, scene: Scene) -> Turn | None:
    """Halt it, or stop it for good."""
    broadcast = _of(scene, state.broadcast_id)
    if broadcast is None or scene.choice not in ("pause", "cancel"):
        return None
    if not broadcast.is_under_way:
        return _over(scene, broadcast)
    return _step(broadcast, Step.PAUSE if scene.choice == "pause" else Step.CANCEL)


def halted(state: Halted, scene: Scene) -> Turn | None:
    """Let it go on, or stop it for good."""
    broadcast = _of(scene, state.broadcast_id)
    if broadcast is None or scene.choice not in ("resume", "cancel"):
        return None
    if not broadcast.is_under_way:
        return _over(scene, broadcast)
    return _step(broadcast, Step.RESUME if scene.choice == "resume" else Step.CANCEL)


def late(state: AskingLate, scene: Scene) -> Turn | None:
    """Send it all the same, or leave it."""
    broadcast = _of(scene, state.broadcast_id)
    if broadcast is None or scene.choice not in ("late", "leave"):
        return None
    if scene.choice == "leave":
        return Turn((Say(scene.t("Good, they do not get it."), quiet=True),), keep=True)
    return _step(broadcast, Step.SEND_LATE)


def finished(state: Finished, scene: Scene) -> Turn | None:
    """What is still to be done with it."""
    broadcast = _of(scene, state.broadcast_id)
    if broadcast is None:
        return None
    match scene.choice:
        case "again":
            return _step(broadcast, Step.REPEAT)
        case "late":
            return _step(broadcast, Step.SEND_LATE)
        case "correct":
            return correcting.ask(scene, broadcast)
        case "recall":
            return correcting.ask_recall(scene, broadcast)
    return None


def _step(broadcast: Broadcast, step: Step) -> Turn:
    """The card that follows is posted with the step: it shows the numbers after it."""
    return Turn(effects=(Steer(broadcast.id, step),), keep=True)


def _over(scene: Scene, broadcast: Broadcast) -> Turn:
    return Turn((card(scene.t, broadcast, scene.facts.progress(broadcast.id)),), keep=True)
