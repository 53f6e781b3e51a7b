"""`/offen BER-042`: one pledge as the team knows it, with the pictures and voice messages that were kept with it."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.message import Attachment, Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.words import OUTCOMES, shorten, standing_label, state_of
from bot.domain.company import Voice
from bot.domain.pledge import Pledge
from bot.domain.roles import Right

ENDINGS = {
    "image/jpeg": ".jpg", "audio/ogg": ".ogg", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/aac": ".aac",
    "audio/webm": ".webm",
}  # fmt: skip
"""What a kept file is called, by what it is; what else somebody's app may have called it is not handed on."""
FILES = "files"
"""The key of the choice that shows what was kept."""


@dataclass(frozen=True, slots=True)
class ShowingDossier(State):
    """One pledge as the team knows it."""

    reference: str
    workshop_id: int
    needs: ClassVar = Right.HELP
    optional: ClassVar[bool] = True


def dossier(scene: Scene, pledge: Pledge) -> Say:
    """Where it stands; for whoever helps people also what was said and kept."""
    t = scene.t
    head = t("<b>{reference}</b> {text}", reference=pledge.reference, text=shorten(pledge.text, 300))
    day = t.day(pledge.due, scene.today)
    lines = [head, state_of(t, pledge) + t(" · until {day}", day=day)]
    if pledge.owner:
        lines.append(Markup.escape(pledge.owner))
    if Right.HELP not in scene.facts.rights(pledge.workshop_id):
        return Say(Markup("\n").join(lines))
    lines += [_said(scene, voice) for voice in scene.facts.desk.voices(pledge.reference)]
    asks = ShowingDossier(pledge.reference, pledge.workshop_id)
    choices = files_choice(scene, pledge.reference)
    return Say(Markup("\n").join(lines), choices, asks if choices else None)


def on_dossier(state: ShowingDossier, scene: Scene) -> Turn | None:
    """The files were wished; the dossier stays."""
    pledge = scene.facts.desk.pledge(state.reference)
    return show_files(scene, pledge.reference) if pledge and scene.choice == FILES else None


def files_choice(scene: Scene, reference: str) -> tuple[Choice, ...]:
    """The offer to see what was kept with a pledge; nothing where that is nothing."""
    count = scene.facts.attachments(reference) if reference else 0
    label = scene.t.plural("Show {count} file", "Show {count} files", count)
    return (Choice(FILES, str(label.striptags())),) if count else ()


def show_files(scene: Scene, reference: str) -> Turn:
    """Everything that was kept with this pledge, a message each. The right to it must have been checked."""
    t = scene.t
    says = []
    for number, kept in enumerate(scene.facts.desk.files(reference), 1):
        mime = kept.mime.partition(";")[0]
        name, mime = (
            f"{reference}-{number}{ENDINGS.get(mime, '')}",
            mime if mime in ENDINGS else "application/octet-stream",
        )
        day = t.day(scene.facts.day_of(kept.at), scene.today)
        caption = Markup("<b>{}</b> · {}").format(reference, day)
        says.append(Say(caption, quiet=True, attachment=Attachment(name, mime, kept.content)))
    return Turn(tuple(says), keep=True, settles=False)


def _said(scene: Scene, voice: Voice) -> Markup:
    """What one of its people said last."""
    t = scene.t
    label = t.plain(OUTCOMES[voice.outcome]) if voice.outcome else ""
    if voice.standing and not voice.outcome:
        label = standing_label(t, voice.standing)
    line = Markup("{} · {}").format(t.day(scene.facts.day_of(voice.at), scene.today), label)
    return line + t(" – “{note}”", note=shorten(voice.note, 400)) if voice.note else line
