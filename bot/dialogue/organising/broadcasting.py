"""Writing a broadcast: what is to be said, and until when it is of use."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.dating import ask_which_day, read_days
from bot.dialogue.effects import Redraft
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.organising import addressing, previewing, steering
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import shorten
from bot.domain.audience import Audience
from bot.domain.broadcast import TEXT_LIMIT, Broadcast, Phase
from bot.domain.roles import Right
from bot.texts import Speaker

USES = (0, 3, 7, 14, 30)
"""The days from today that are offered as the last on which it is of use."""
LONGEST_USE = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class PickingBroadcast(State):
    """A new one, or one that is under way?"""

    needs: ClassVar = Right.WRITE


@dataclass(frozen=True, slots=True)
class AskingWords(State):
    """What is to be said? `broadcast_id` 0 is a new one."""

    broadcast_id: int = 0
    takes_text: ClassVar[bool] = True
    takes_picture: ClassVar[bool] = True
    needs: ClassVar = Right.WRITE


@dataclass(frozen=True, slots=True)
class AskingUse(State):
    """Until when is it of use?"""

    broadcast_id: int
    workshop_id: int
    context: ClassVar = Context.DATE
    takes_text: ClassVar[bool] = True
    takes_picture: ClassVar[bool] = True
    needs: ClassVar = Right.WRITE


def announce(scene: Scene, text: str) -> Turn:
    """`/ansage`, with the words or without. Where others are open, they are offered first."""
    if text:
        return _drafted(scene, text)
    t = scene.t
    others = [one for one in scene.facts.open_broadcasts() if previewing.has(scene, one, Right.READ)]
    if not others:
        return ask_words(scene)
    choices = (
        Choice("new", t.plain("New announcement")),
        *(Choice(str(one.id), title(t, one, 40)) for one in others),
    )
    return Turn((Say(t("A new announcement, or one of these?"), choices, PickingBroadcast()),))


def picked(state: PickingBroadcast, scene: Scene) -> Turn | None:
    """One of them was chosen: it is shown as it stands."""
    if scene.choice == "new":
        return ask_words(scene)
    found = scene.facts.broadcast(int(scene.choice)) if scene.choice.isdecimal() else None
    if found is None or not previewing.has(scene, found, Right.READ):
        return None
    if found.phase is Phase.WAITING:
        return Turn(previewing.to_release(scene, found))
    return Turn((steering.card(scene.t, found, scene.facts.progress(found.id)),))


def ask_words(scene: Scene, broadcast_id: int = 0, *, pictured: bool = False) -> Turn:
    """What is to be said? With a picture there may be nothing."""
    t = scene.t
    if pictured:
        said, choices = t("What is to stand under the picture?"), (Choice("none", t.plain("The picture alone")),)
        return Turn((Say(said, choices, AskingWords(broadcast_id)),))
    said = t("What do you want to say? Please write it just as it is to arrive. A photo can go with it.")
    return Turn((Say(said, asks=AskingWords(broadcast_id)),))


def words(state: AskingWords, scene: Scene) -> Turn | None:
    """The words have come, or there are none."""
    if scene.choice != "none":
        return _drafted(scene, scene.text.strip(), state.broadcast_id)
    draft = scene.facts.broadcast(state.broadcast_id)
    if draft is None or draft.phase is not Phase.DRAFT or not draft.pictured:
        return previewing.gone(scene)
    draft = replace(draft, text="")
    turn = worded(scene, draft)
    return replace(turn, effects=(Redraft(draft), *turn.effects))


def title(t: Speaker, broadcast: Broadcast, longest: int) -> str:
    """Its first words; of a picture alone, that it is one."""
    return shorten(broadcast.text, longest) or t.plain("a picture")


def too_long(scene: Scene, text: str) -> Markup | None:
    """What to say where the text is too long for one message."""
    if len(text) <= TEXT_LIMIT:
        return None
    return scene.t(
        "That is {count} characters; up to {most} fit into one message. Please shorten it.",
        count=len(text), most=TEXT_LIMIT,
    )  # fmt: skip


def _drafted(scene: Scene, text: str, broadcast_id: int = 0) -> Turn:
    if problem := too_long(scene, text):
        return Turn((Say(problem, asks=AskingWords(broadcast_id)),))
    if broadcast_id:
        draft = scene.facts.broadcast(broadcast_id)
        if draft is None or draft.phase is not Phase.DRAFT:
            return previewing.gone(scene)
        draft = replace(draft, text=text)
        turn = worded(scene, draft)
        return replace(turn, effects=(Redraft(draft), *turn.effects))
    draft = begin(scene, text)
    return worded(scene, draft) if draft else no_workshop(scene)


def begin(scene: Scene, text: str) -> Broadcast | None:
    """A new draft, for the latest workshop; None where there is none."""
    mine = scene.facts.workshops_with(Right.WRITE)
    if not mine:
        return None
    return scene.facts.reserve_broadcast(Broadcast(0, text, Audience((mine[0].id,)), scene.facts.actor))


def no_workshop(scene: Scene) -> Turn:
    """There is nobody to write to yet."""
    return Turn((Say(scene.t("There is no workshop yet. With /workshop new you make one.")),))


def worded(scene: Scene, draft: Broadcast) -> Turn:
    """What is to be said is clear: on with what is missing beyond it. Once seen in full, it is shown again."""
    if draft.useful_until is None:
        return _ask_use(scene, AskingUse(draft.id, draft.audience.workshops[0]))
    return previewing.preview(scene, draft) if draft.body else Turn((addressing.ask(scene, draft),))


def _ask_use(scene: Scene, state: AskingUse, again: bool = False) -> Turn:
    t = scene.t
    days = [scene.today + timedelta(days=number) for number in USES]
    choices = tuple(Choice(day.isoformat(), t.short_day(day)) for day in days)
    said = t("Please name a day within the next six months, for example “in two weeks”.") if again else (
        t("Until which day is it of use? Nobody gets it later than that.")
    )  # fmt: skip
    return Turn((Say(said, choices, state),))


def use(state: AskingUse, scene: Scene) -> Turn | None:
    """The last day on which it is of use, picked or typed."""
    draft = scene.facts.broadcast(state.broadcast_id)
    if draft is None or draft.phase is not Phase.DRAFT:
        return previewing.gone(scene)
    days = [day for day in read_days(scene) if scene.today <= day <= scene.today + LONGEST_USE]
    if not days:
        return _ask_use(scene, state, again=True)
    if len(days) > 1:
        return Turn((ask_which_day(scene, days, state),))
    draft = replace(draft, useful_until=_end_of(scene, days[0]))
    return Turn((addressing.ask(scene, draft),), (Redraft(draft),))


def _end_of(scene: Scene, day: date) -> datetime:
    """The first moment after that day."""
    zone = scene.facts.local(scene.now).tzinfo
    return datetime.combine(day + timedelta(days=1), time(), zone)
