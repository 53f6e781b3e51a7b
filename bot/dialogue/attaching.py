"""Pictures and voice messages: kept for the team with a pledge, where that is wished."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.effects import Order
from bot.dialogue.jobs import KeepFile
from bot.dialogue.message import Choice, Kind, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State

MOST = 10
"""So many files are kept with one pledge."""


@dataclass(frozen=True, slots=True)
class OfferingToKeep(State):
    """A voice message has come: shall the team have it? `file` is what its channel fetches it by."""

    reference: str
    file: str
    mime: str
    optional: ClassVar[bool] = True


def received(scene: Scene) -> Turn:
    """A file has come: a picture after an answer is kept, a voice message if it is wished, nothing else."""
    t, message, reference = scene.t, scene.message, _subject(scene)
    if message.kind is Kind.VOICE:
        said = t("I cannot listen to voice messages. Please write one sentence, or tap an answer.")
        if scene.person is None or not message.file or not reference:
            return Turn((Say(said),), keep=True)
        asks = OfferingToKeep(reference, message.file, message.file_mime)
        return Turn((Say(said, (Choice("keep", t.plain("Keep it for the team")),), asks),), keep=True)
    if not message.file or not message.file_mime.startswith("image/"):
        return _refused(t("I can only keep pictures. Please send a photo, or write one sentence."))
    if scene.person is None or not reference:
        return _refused(t("A photo can go with an answer: write /update first, then send it."))
    return _keep(scene, reference, message.file, message.file_mime, scene.text.strip())


def keep(state: OfferingToKeep, scene: Scene) -> Turn | None:
    """The voice message shall be kept."""
    if scene.choice != "keep":
        return None
    return _keep(scene, state.reference, state.file, state.mime)


def _keep(scene: Scene, reference: str, file: str, mime: str, caption: str = "") -> Turn:
    assert scene.person is not None
    if scene.facts.attachments(reference) >= MOST:
        return _refused(scene.t(
            "There are {count} files with {reference} already; there is room for no more.",
            count=MOST, reference=reference,
        ))  # fmt: skip
    job = KeepFile(reference, scene.person.id, file, mime, caption)
    return Turn(effects=(Order(job, scene.t.language),), keep=True)


def _refused(why: Markup) -> Turn:
    return Turn((Say(why),), keep=True)


def _subject(scene: Scene) -> str:
    """The pledge that a file belongs to: the one being talked about, else the only open one that has an answer."""
    mine = {pledge.reference: pledge for pledge in (*scene.facts.pledges(), *scene.facts.beside())}
    about = (getattr(asked.state, "reference", "") for asked in (scene.tapped, *scene.waiting) if asked)
    if talked := next((reference for reference in about if reference in mine), ""):
        return talked
    answered = [reference for reference, pledge in mine.items() if pledge.is_open and pledge.standing]
    return answered[0] if len(answered) == 1 else ""
