"""A broadcast before it leaves: how it arrives, whom it reaches, a test, its time, and its release."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from html import unescape
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.dating import read_days
from bot.dialogue.effects import Redraft, Steer, Step
from bot.dialogue.message import Attachment, Choice, Platform, Say, Turn
from bot.dialogue.organising import addressing, broadcasting, picturing
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.domain.audience import LeftOut, Reach
from bot.domain.broadcast import CAPTION_LIMIT, Broadcast, Phase, Purpose
from bot.domain.roles import Right
from bot.texts import Speaker

OPENING = time(9)
"""When it starts where only a day was named."""
_TIME = re.compile(
    r"\b(?:um |at )?([01]?\d|2[0-3])(?:(?::|\.)([0-5]\d)\b(?! ?\.)(?: ?uhr)?| ?uhr(?: ([0-5]\d))?\b)", re.I
)
_YEAR = re.compile(r"\d{4}$")
_TAG = re.compile(r"<[^>]*>")
_COUNT = re.compile(r"\d[\d. ]*")


@dataclass(frozen=True, slots=True)
class Previewing(State):
    """Is it right like this?"""

    broadcast_id: int
    workshop_id: int
    takes_picture: ClassVar[bool] = True
    needs: ClassVar = Right.WRITE


@dataclass(frozen=True, slots=True)
class AskingStart(State):
    """From when on?"""

    broadcast_id: int
    workshop_id: int
    takes_text: ClassVar[bool] = True
    needs: ClassVar = Right.WRITE


@dataclass(frozen=True, slots=True)
class AwaitingRelease(State):
    """Its author waits until somebody else releases it, or types the number of people."""

    broadcast_id: int
    workshop_id: int
    takes_text: ClassVar[bool] = True
    optional: ClassVar[bool] = True
    needs: ClassVar = Right.WRITE


@dataclass(frozen=True, slots=True)
class Releasing(State):
    """Somebody else is asked: may it leave?"""

    broadcast_id: int
    workshop_id: int
    optional: ClassVar[bool] = True
    needs: ClassVar = Right.RELEASE


def has(scene: Scene, broadcast: Broadcast, right: Right) -> bool:
    """Whether the writer of the message has that right in all workshops that the broadcast goes to."""
    return all(right in scene.facts.rights(workshop_id) for workshop_id in broadcast.audience.workshops)


def gone(scene: Scene) -> Turn:
    """It is no draft any more."""
    return Turn((Say(scene.t("This announcement can no longer be changed. With /announce you write a new one.")),))


def body(scene: Scene, broadcast: Broadcast) -> Markup:
    """What people see: whose words it is, and the words."""
    names = " · ".join(scene.facts.workshop(key).name for key in broadcast.audience.workshops[:3])
    heading = Markup("📣 <b>{}</b>").format(names)
    return Markup("{}\n{}").format(heading, broadcast.text) if broadcast.text else heading


def is_caption(broadcast: Broadcast) -> bool:
    """Whether its text stands under its picture on Telegram."""
    return broadcast.pictured and len(unescape(_TAG.sub("", broadcast.body)).encode("utf-16-le")) // 2 <= CAPTION_LIMIT


def shown(broadcast: Broadcast, picture: Attachment | None) -> Say:
    """The message as people get it."""
    return Say(Markup(broadcast.body), attachment=picture)


def preview(scene: Scene, draft: Broadcast) -> Turn:
    """The message itself, and below it whom it reaches and what can be done with it."""
    draft = replace(draft, body=str(body(scene, draft)))
    t, reach = scene.t, scene.facts.reach(draft)
    arriving, says = _arriving(scene, draft, [name for name in sorted(reach.by_platform, reverse=True) if name])
    lines = [arriving, *reached(t, reach), *_terms(scene, draft)]
    choices = [Choice("test", t.plain("Test to myself"))]
    if reach.reached:
        alone = has(scene, draft, Right.RELEASE) and not draft.needs_another(reach.reached)
        label = t.plain("Release") if alone else t.plain("Ask for release")
        choices += [Choice("release", label), Choice("start", t.plain("Another time"))]
        urgent = draft.purpose is Purpose.URGENT
        choices.append(Choice("calm", t.plain("Not urgent")) if urgent else Choice("urgent", t.plain("Urgent")))
    choices += [
        Choice("words", t.plain("Other words")),
        Choice("picture", t.plain("Another picture") if draft.pictured else t.plain("Add a picture")),
        *((Choice("unpicture", t.plain("Without a picture")),) if draft.pictured else ()),
        Choice("audience", t.plain("Other people")),
        Choice("discard", t.plain("Discard")),
    ]
    card = Say(Markup("\n").join(lines), tuple(choices), Previewing(draft.id, draft.audience.workshops[0]))
    return Turn((*says, card), (Redraft(draft),))


def _arriving(scene: Scene, draft: Broadcast, platforms: Sequence[str]) -> tuple[Markup, tuple[Say, ...]]:
    """How it arrives on these platforms, in words and as it reads there: once where all show the same."""
    t, facts, picture = scene.t, scene.facts, scene.facts.picture(draft.id) if draft.pictured else None
    platforms = platforms or (scene.message.platform,)
    readings: dict[str, list[str]] = {}
    for name in platforms:
        readings.setdefault(facts.appearance(draft.body, name), []).append(name)
    apart = [name for name in platforms if not (name == Platform.TELEGRAM and is_caption(draft))]
    names = {reading: t.listed([name.capitalize() for name in there]) for reading, there in readings.items()}
    [first, *others] = (
        Markup("{}\n\n{}").format(t("<i>On {platforms}:</i>", platforms=names[reading]), Markup(reading))
        if len(readings) > 1 else Markup(reading) for reading in readings
    )  # fmt: skip
    said = t("This is how it arrives.") if others else t("This is how it arrives on {platforms}.", platforms=(
        names[next(iter(readings))]
    ))  # fmt: skip
    if draft.pictured and draft.text and apart:
        said += Markup(" ") + t("On {platforms} the text follows the picture as a message of its own.", platforms=(
            t.listed([name.capitalize() for name in apart])
        ))  # fmt: skip
    return said, (Say(first, attachment=picture), *map(Say, others))


def reached(t: Speaker, reach: Reach) -> list[Markup]:
    """How many are reached, and who is left out, and why."""
    platforms = ", ".join(f"{name.capitalize()} {count}" for name, count in sorted(reach.by_platform.items()) if name)
    lines = [
        t("Reached: <b>{count}</b> ({platforms})", count=reach.reached, platforms=platforms)
        if platforms else t("Reached: <b>{count}</b>", count=reach.reached)
    ]  # fmt: skip
    reasons = {
        LeftOut.STOPPED: t("want no messages"),
        LeftOut.UNREACHABLE: t("cannot be reached"),
        LeftOut.NOT_AGREED: t("have yet to agree to the new text"),
        LeftOut.PAUSED: t("pause until after that"),
    }
    left = [Markup("{} {}").format(reach.left_out[why], said) for why, said in reasons.items() if why in reach.left_out]
    return [*lines, t("Left out: {reasons}", reasons=Markup(", ").join(left))] if left else lines


def _terms(scene: Scene, draft: Broadcast) -> list[Markup]:
    """From when until when, and what that means for whoever has had enough messages."""
    t, facts = scene.t, scene.facts
    assert draft.useful_until is not None
    last = facts.day_of(draft.useful_until - datetime.resolution)
    begins = t("at once")
    if draft.at and draft.at > scene.now:
        local = facts.local(draft.at)
        begins = Markup("{}, {}").format(t.day(local.date(), scene.today), t.time(local))
    lines = [t("Begins: {begins} · of use until {day}", begins=begins, day=t.day(last, scene.today))]
    if draft.purpose is Purpose.URGENT:
        lines.append(
            t("Urgent: also to those who have had enough messages this week. Somebody else has to release it.")
        )
    else:
        lines.append(t("Everybody gets it on their next free day."))
    return lines


def chosen(state: Previewing, scene: Scene) -> Turn | None:
    """What is to be done with the draft."""
    draft, t = scene.facts.broadcast(state.broadcast_id), scene.t
    if draft is None or draft.phase is not Phase.DRAFT:
        return gone(scene)
    match scene.choice:
        case "test":
            return Turn((shown(draft, scene.facts.picture(draft.id)),), keep=True, settles=False)
        case "release":
            return _release(scene, draft)
        case "start":
            said = t("From when on? For example “tomorrow 9:00” or “14 July, 18:30”.")
            return Turn((Say(said, asks=AskingStart(draft.id, state.workshop_id)),))
        case "urgent":
            return preview(scene, replace(draft, purpose=Purpose.URGENT))
        case "calm":
            return preview(scene, replace(draft, purpose=Purpose.NEWS))
        case "words":
            return broadcasting.ask_words(scene, draft.id, pictured=draft.pictured)
        case "picture":
            return picturing.ask(scene, draft)
        case "unpicture" if draft.text:
            return preview(scene, replace(draft, pictured=False))
        case "unpicture":
            return picturing.go_on(scene, replace(draft, pictured=False))
        case "audience":
            return Turn((addressing.ask(scene, draft),))
        case "discard":
            said = t("Good, nothing is sent.")
            return Turn((Say(said, quiet=True),), (Steer(draft.id, Step.REJECT),))
    return None


def start(state: AskingStart, scene: Scene) -> Turn | None:
    """The day and the time were typed."""
    draft, t = scene.facts.broadcast(state.broadcast_id), scene.t
    if draft is None or draft.phase is not Phase.DRAFT:
        return gone(scene)
    at = _moment(scene)
    if at is None or at <= scene.now or (draft.useful_until and at >= draft.useful_until):
        said = t("Please name a day and a time that lie ahead and before its use ends, for example “tomorrow 9:00”.")
        return Turn((Say(said, asks=state),))
    return preview(scene, replace(draft, at=at))


def _moment(scene: Scene) -> datetime | None:
    """The instant that was typed; None where it is none, or may be several."""
    clock = _TIME.search(scene.text)
    if clock is None and scene.text.rstrip()[-1:].isdigit() and not _YEAR.search(scene.text):
        return None  # "tomorrow 8": an hour, perhaps
    rest = scene.text[: clock.start()] + scene.text[clock.end() :] if clock else scene.text
    days = read_days(replace(scene, message=replace(scene.message, text=rest), choice=""))
    if len(days) > 1 or not (days or clock):
        return None
    at = time(int(clock[1]), int(clock[2] or clock[3] or 0)) if clock else OPENING
    return datetime.combine(days[0] if days else scene.today, at, scene.facts.local(scene.now).tzinfo)


def _release(scene: Scene, draft: Broadcast) -> Turn:
    """It leaves at once where its author may do that alone; otherwise somebody else is asked."""
    reach = scene.facts.reach(draft)
    if not reach.reached:
        return preview(scene, draft)
    if has(scene, draft, Right.RELEASE) and not draft.needs_another(reach.reached):
        return Turn(effects=(Steer(draft.id, Step.RELEASE, reach.reached),))
    return submit(scene, draft, reach.reached)


def submit(scene: Scene, draft: Broadcast, count: int) -> Turn:
    """Somebody else is asked to release it; its author learns what may be done meanwhile."""
    waiting = replace(draft, asked_at=scene.now, expected=count)
    lines = [scene.t.plural(
        "That goes to {count} person. Somebody else of the team is asked to release it.",
        "That goes to {count} people. Somebody else of the team is asked to release it.", count,
    )]  # fmt: skip
    if own := _own_release(scene, waiting):
        lines.append(own)
    choices = (Choice("withdraw", scene.t.plain("Withdraw it")),)
    said = Say(Markup("\n").join(lines), choices, AwaitingRelease(draft.id, draft.audience.workshops[0]))
    return Turn((said,), (Steer(draft.id, Step.SUBMIT, count),))


def _own_release(scene: Scene, broadcast: Broadcast) -> Markup | None:
    """When its author may release it; None where that is for others only."""
    since = broadcast.own_release_from
    if since is None or not has(scene, broadcast, Right.RELEASE):
        return None
    return scene.t(
        "Or you do it yourself: from {time} on, write the number {count}.",
        time=scene.t.time(scene.facts.local(since)), count=broadcast.expected,
    )  # fmt: skip


def awaited(state: AwaitingRelease, scene: Scene) -> Turn | None:
    """Withdrawn by its author, or the number was typed."""
    t, broadcast = scene.t, scene.facts.broadcast(state.broadcast_id)
    if broadcast is None or broadcast.phase is not Phase.WAITING:
        return Turn((Say(t("This announcement waits no longer."), quiet=True),), keep=True) if scene.choice else None
    if scene.choice == "withdraw":
        return Turn((Say(t("Good, nothing is sent."), quiet=True),), (Steer(broadcast.id, Step.REJECT),))
    if not _COUNT.fullmatch(scene.text.strip()):
        return None
    since = broadcast.own_release_from
    if since is None or not has(scene, broadcast, Right.RELEASE):
        return Turn((Say(t("Somebody else has to release this announcement.")),), keep=True, settles=False)
    if scene.now < since:
        said = t("That is possible from {time} on. Until then somebody else can release it.",
                 time=t.time(scene.facts.local(since)))  # fmt: skip
        return Turn((Say(said),), keep=True, settles=False)
    if int(re.sub(r"\D", "", scene.text)) != broadcast.expected:
        said = t("That is not the number. It goes to {count} people.", count=broadcast.expected)
        return Turn((Say(said),), keep=True, settles=False)
    return Turn(effects=(Steer(broadcast.id, Step.RELEASE),))


def to_release(scene: Scene, broadcast: Broadcast) -> tuple[Say, ...]:
    """A broadcast that waits, as it is shown to somebody of the team."""
    picture = scene.facts.picture(broadcast.about or broadcast.id)
    if scene.facts.actor == broadcast.author:
        lines = [scene.t("This announcement waits for its release."), _own_release(scene, broadcast)]
        choices = (Choice("withdraw", scene.t.plain("Withdraw it")),)
        asks = AwaitingRelease(broadcast.id, broadcast.audience.workshops[0])
        return shown(broadcast, picture), Say(Markup("\n").join(filter(None, lines)), choices, asks)
    if not has(scene, broadcast, Right.RELEASE):
        return shown(broadcast, picture), Say(scene.t("This announcement waits for its release."))
    return ask_release(scene.t, broadcast, picture)


def ask_release(t: Speaker, broadcast: Broadcast, picture: Attachment | None) -> tuple[Say, ...]:
    """The question to somebody else of the team: may it leave?"""
    asked = {
        Purpose.CORRECTION: t("Somebody of your team wants to correct an announcement for {count} people. "
                              "May it leave like this?", count=broadcast.expected),
        Purpose.URGENT: t("Somebody of your team wants to send this to {count} people, as urgent: also to those who "
                          "have had enough messages this week. May it leave?", count=broadcast.expected),
    }.get(broadcast.purpose, t("Somebody of your team wants to send this to {count} people. May it leave?",
                               count=broadcast.expected))  # fmt: skip
    choices = (Choice("release", t.plain("Release")), Choice("reject", t.plain("Do not release")))
    return shown(broadcast, picture), Say(asked, choices, Releasing(broadcast.id, broadcast.audience.workshops[0]))


def released(state: Releasing, scene: Scene) -> Turn | None:
    """Somebody else has decided."""
    t, broadcast = scene.t, scene.facts.broadcast(state.broadcast_id)
    if scene.choice not in ("release", "reject"):
        return None
    if broadcast is None or broadcast.phase is not Phase.WAITING:
        return Turn((Say(t("This announcement waits no longer."), quiet=True),), keep=True)
    if broadcast.author == scene.facts.actor or not has(scene, broadcast, Right.RELEASE):
        return Turn((Say(t("Somebody else has to release this announcement.")),), keep=True, settles=False)
    if scene.choice == "reject":
        return Turn((Say(t("Good, nothing is sent. Its author is told."), quiet=True),),
                    (Steer(broadcast.id, Step.REJECT),), keep=True)  # fmt: skip
    said = t("Released. How it goes is told to whoever wrote it.")
    return Turn((Say(said, quiet=True),), (Steer(broadcast.id, Step.RELEASE),), keep=True)
