"""A sheet of pledges sent into the chat: first what would come of it, then it is imported."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.effects import Order
from bot.dialogue.jobs import ImportSheet, PreviewSheet
from bot.dialogue.message import Attachment, Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import shorten
from bot.domain.roles import Right
from bot.domain.workshop import Workshop
from bot.texts import Speaker

SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
"""How the names of sheets end. Those that cannot be read get an answer that says what can."""
SHOWN = 5
"""So many faulty rows are told in the message; all of them come in a file."""


@dataclass(frozen=True, slots=True)
class PickingForSheet(State):
    """For which workshop is this sheet?"""

    file: str
    needs: ClassVar = Right.HOST


@dataclass(frozen=True, slots=True)
class ConfirmingImport(State):
    """Import it?"""

    workshop_id: int
    file: str
    context: ClassVar = Context.CONSENT
    needs: ClassVar = Right.HOST


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of a sheet, or would come of it."""

    new: int
    changed: int
    unchanged: int
    faulty: int

    @property
    def valid(self) -> int:
        """How many rows can be imported."""
        return self.new + self.changed + self.unchanged


def received(scene: Scene) -> Turn | None:
    """An organiser sent a file; None where it is no sheet."""
    message, t = scene.message, scene.t
    if PurePath(message.file_name).suffix.casefold() not in SHEETS:
        return None
    hosted = scene.facts.workshops_with(Right.HOST)
    if len(hosted) == 1:
        return _preview(scene, hosted[0].id, message.file)
    choices = tuple(Choice(str(one.id), f"{one.letters} {shorten(one.name, 40)}") for one in hosted)
    return Turn((Say(t("For which workshop is this sheet?"), choices, PickingForSheet(message.file)),))


def picked(state: PickingForSheet, scene: Scene) -> Turn | None:
    """The workshop was chosen."""
    hosted = {str(one.id): one for one in scene.facts.workshops_with(Right.HOST)}
    return _preview(scene, hosted[scene.choice].id, state.file) if scene.choice in hosted else None


def _preview(scene: Scene, workshop_id: int, file: str) -> Turn:
    said = Say(scene.t("One moment, I am reading the sheet."), quiet=True)
    return Turn((said,), (Order(PreviewSheet(workshop_id, file), scene.t.language),))


def confirmed(state: ConfirmingImport, scene: Scene) -> Turn | None:
    """Import it, or leave it."""
    t = scene.t
    if scene.choice == "no":
        return Turn((Say(t("Good, nothing is imported."), quiet=True),))
    if scene.choice != "yes":
        return None
    said = Say(t("One moment, it is being imported."), quiet=True)
    return Turn((said,), (Order(ImportSheet(state.workshop_id, state.file), t.language),))


def preview(t: Speaker, workshop: Workshop, file: str, counts: Counts, problems: Sequence[str]) -> Say:
    """What would come of the sheet, each faulty row with its reason, and the question. `problems` are sentences."""
    text = Markup("\n").join((
        t("<b>{name}</b>: this would come of the sheet:", name=workshop.name), counted(t, counts),
        *(Markup.escape(shorten(problem, 200)) for problem in problems[:SHOWN]),
    ))  # fmt: skip
    report = None
    if len(problems) > SHOWN:
        text += Markup("\n") + t("All faulty rows are in the file.")
        name = t.plain("faulty-rows") + ".txt"
        report = Attachment(name, "text/plain", "\ufeff".encode() + "\r\n".join(problems).encode())
    if not counts.valid:
        nothing = t("So there is nothing to import. Please mend the sheet and send it again.")
        return Say(Markup("{}\n\n{}").format(text, nothing), attachment=report)
    yes = t.plain("Import the valid rows") if problems else t.plain("Import")
    choices = (Choice("yes", yes), Choice("no", t.plain("No, leave it")))
    return Say(text, choices, ConfirmingImport(workshop.id, file), attachment=report)


def imported(t: Speaker, workshop: Workshop, counts: Counts) -> Say:
    """What came of it, and what is next."""
    done = t("<b>{name}</b>: imported.", name=workshop.name)
    following = t("Nobody is written to before they claim. Cards and the list for mail merge are at /workshop.")
    return Say(Markup("\n").join((done, counted(t, counts), following)))


def counted(t: Speaker, counts: Counts) -> Markup:
    """The numbers in a line."""
    return t(
        "{new} new · {changed} changed · {unchanged} unchanged · {faulty} faulty",
        new=counts.new, changed=counts.changed, unchanged=counts.unchanged, faulty=counts.faulty,
    )  # fmt: skip
