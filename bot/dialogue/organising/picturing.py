"""The picture that goes with a broadcast: sent with the words, before or after them, replaced or left out again."""

from dataclasses import dataclass, replace
from typing import ClassVar

from bot.dialogue.effects import Order, Redraft
from bot.dialogue.jobs import KeepPicture
from bot.dialogue.message import Choice, Fact, Kind, Say, Turn
from bot.dialogue.organising import broadcasting, previewing
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.domain.broadcast import Broadcast, Phase
from bot.domain.roles import Right


@dataclass(frozen=True, slots=True)
class AskingPicture(State):
    """Which picture?"""

    broadcast_id: int
    workshop_id: int
    takes_picture: ClassVar[bool] = True
    needs: ClassVar = Right.WRITE


def ask(scene: Scene, draft: Broadcast) -> Turn:
    """Which picture?"""
    t = scene.t
    choices = (Choice("none", t.plain("Without a picture")),)
    asks = AskingPicture(draft.id, draft.audience.workshops[0])
    return Turn((Say(t("Please send me the picture now, as a photo."), choices, asks),))


def without(state: AskingPicture, scene: Scene) -> Turn | None:
    """No picture after all."""
    draft = scene.facts.broadcast(state.broadcast_id)
    if draft is None or draft.phase is not Phase.DRAFT:
        return previewing.gone(scene)
    return go_on(scene, replace(draft, pictured=False)) if scene.choice == "none" else None


def received(scene: Scene) -> Turn | None:
    """A file has come; None where no broadcast is being written at the moment. A caption takes the place of the words
    that there were."""
    asked = scene.tapped or next(iter(scene.waiting), None)
    if asked is None or asked.settled is not None or not asked.state.takes_picture:
        return None
    t, message, caption = scene.t, scene.message, scene.text.strip()
    if message.kind is not Kind.FILE or not message.file or not message.file_mime.startswith("image/"):
        return Turn((Say(t("Only a picture can go with an announcement. Please send a photo.")),), keep=True)
    if problem := broadcasting.too_long(scene, caption):
        return Turn((Say(problem),), keep=True)
    broadcast_id = getattr(asked.state, "broadcast_id", 0)
    draft = scene.facts.broadcast(broadcast_id) if broadcast_id else broadcasting.begin(scene, "")
    if draft is None or draft.phase is not Phase.DRAFT:
        return previewing.gone(scene) if broadcast_id else broadcasting.no_workshop(scene)
    effects: tuple[Fact, ...] = (Order(KeepPicture(draft.id, message.file), t.language),)
    if caption:
        effects = (Redraft(replace(draft, text=caption)), *effects)
    said = Say(t("One moment, I am looking at the picture."), quiet=True,
               asks=AskingPicture(draft.id, draft.audience.workshops[0]))  # fmt: skip
    return Turn((said,), effects)


def kept(scene: Scene, broadcast_id: int) -> Turn:
    """The picture is there: on with what is still missing."""
    draft = scene.facts.broadcast(broadcast_id)
    return go_on(scene, draft) if draft and draft.phase is Phase.DRAFT else previewing.gone(scene)


def refused(scene: Scene, broadcast_id: int) -> Turn:
    """It cannot be opened: another one, or none."""
    draft = scene.facts.broadcast(broadcast_id)
    if draft is None or draft.phase is not Phase.DRAFT:
        return previewing.gone(scene)
    sorry = Say(scene.t("I could not open this picture."))
    return Turn((sorry, *ask(scene, draft).says))


def go_on(scene: Scene, draft: Broadcast) -> Turn:
    """The draft as it is given here, and the next thing that is missing of it; nothing is: the preview."""
    if not draft.text:
        turn = broadcasting.ask_words(scene, draft.id, pictured=draft.pictured)
    else:
        turn = broadcasting.worded(scene, draft)
    return replace(turn, effects=(Redraft(draft), *turn.effects))
