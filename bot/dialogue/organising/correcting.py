"""What was sent is put right, or taken back, as far as the messengers allow."""

from dataclasses import dataclass, replace
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.effects import Steer, Step
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.organising import broadcasting, previewing
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.domain.broadcast import ALONE, Broadcast, Purpose
from bot.domain.roles import Right


@dataclass(frozen=True, slots=True)
class AskingCorrection(State):
    """How is it to read?"""

    broadcast_id: int
    workshop_id: int
    takes_text: ClassVar[bool] = True
    needs: ClassVar = Right.READ


@dataclass(frozen=True, slots=True)
class ConfirmingRecall(State):
    """Really take it back?"""

    broadcast_id: int
    workshop_id: int
    context: ClassVar = Context.CONSENT
    needs: ClassVar = Right.READ


def ask(scene: Scene, broadcast: Broadcast) -> Turn:
    """How is it to read?"""
    said = scene.t(
        "How is it to read? Please write the whole text anew. Everybody who has it sees the new words in the old place."
    )
    return Turn((Say(said, asks=AskingCorrection(broadcast.id, broadcast.audience.workshops[0])),), settles=False)


def corrected(state: AskingCorrection, scene: Scene) -> Turn | None:
    """The new text: it leaves at once where its author may do that alone, otherwise somebody else is asked."""
    about, text = scene.facts.broadcast(state.broadcast_id), scene.text.strip()
    if about is None or not text:
        return None
    if problem := broadcasting.too_long(scene, text):
        return Turn((Say(problem, asks=state),))
    count = scene.facts.progress(about.id).sent
    draft = Broadcast(0, text, about.audience, scene.facts.actor, Purpose.CORRECTION, about=about.id)
    draft = replace(draft, body=str(previewing.body(scene, draft)), pictured=about.pictured)
    if previewing.is_caption(about) and not previewing.is_caption(draft):
        said = scene.t("That is too long to stand under the picture. Please shorten it.")
        return Turn((Say(said, asks=state),))
    draft = scene.facts.reserve_broadcast(draft)
    if count > ALONE or not previewing.has(scene, draft, Right.RELEASE):
        return previewing.submit(scene, draft, count)
    return Turn((previewing.shown(draft, scene.facts.picture(about.id)),), (Steer(draft.id, Step.RELEASE, count),))


def ask_recall(scene: Scene, broadcast: Broadcast) -> Turn:
    """Really take it back? With what cannot be."""
    t = scene.t
    if not previewing.has(scene, broadcast, Right.RELEASE):
        return Turn((Say(t("Only somebody who releases announcements can take one back.")),), keep=True, settles=False)
    sent, possible = scene.facts.progress(broadcast.id).sent, scene.facts.retractable(broadcast.id)
    lines = [t("Delete it at {count} of {total}?", count=possible, total=sent)]
    if possible < sent:
        lines.append(t("The others got it more than 48 hours ago on Telegram: there it stays."))
    lines.append(t("Whoever has read it has read it."))
    choices = (Choice("yes", t.plain("Yes, delete it")), Choice("no", t.plain("No, leave it")))
    asks = ConfirmingRecall(broadcast.id, broadcast.audience.workshops[0])
    return Turn((Say(Markup("\n").join(lines), choices, asks),), settles=False)


def recalled(state: ConfirmingRecall, scene: Scene) -> Turn | None:
    """Take it back, or leave it."""
    about = scene.facts.broadcast(state.broadcast_id)
    if scene.choice == "no":
        return Turn((Say(scene.t("Good, it stays."), quiet=True),))
    if scene.choice != "yes" or about is None or not previewing.has(scene, about, Right.RELEASE):
        return None
    recall = Broadcast(0, about.text, about.audience, scene.facts.actor, Purpose.RECALL, about=about.id)
    recall = scene.facts.reserve_broadcast(recall)
    return Turn(effects=(Steer(recall.id, Step.RELEASE),))
