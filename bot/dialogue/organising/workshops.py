"""Workshops, as their teams see them: which there are, what can be printed, and the live count."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from bot.dialogue.effects import Order, Unwatch, Watch
from bot.dialogue.facts import Headcount
from bot.dialogue.jobs import Job, MakeCards, MakeClaimList, MakeExport, MakeSlide
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.organising import founding
from bot.dialogue.organising.teams import ask_role
from bot.dialogue.organising.underway import begun
from bot.dialogue.organising.workshop_card import ShowingWorkshop, card, counted
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.words import shorten
from bot.domain.roles import Right
from bot.texts import Speaker, mark

NEW = ("neu", "new")
MATERIAL: dict[str, Callable[[int], Job]] = {
    "slide": MakeSlide, "cards": MakeCards, "list": MakeClaimList,
}  # fmt: skip


FORMS = {"xlsx": mark("Excel"), "csv": mark("CSV"), "json": mark("JSON")}
"""The kinds of file that the pledges can be had as, by their endings."""


@dataclass(frozen=True, slots=True)
class PickingForm(State):
    """The pledges of a workshop as which kind of file?"""

    workshop_id: int
    needs: ClassVar = Right.HOST
    optional: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PickingWorkshop(State):
    """Which workshop?"""

    needs: ClassVar = Right.READ


@dataclass(frozen=True, slots=True)
class Counting(State):
    """The live count of a workshop."""

    workshop_id: int
    needs: ClassVar = Right.READ
    optional: ClassVar[bool] = True


def workshops(scene: Scene, text: str) -> Turn:
    """`/werkstatt`, `/werkstatt BER` or `/werkstatt neu Name 21.11.2025 Land`."""
    creates = Right.CREATE in scene.facts.rights()
    word, _, rest = text.partition(" ")
    if creates and word.casefold() in NEW:
        return founding.begin(scene, rest)
    t, found = scene.t, scene.facts.workshops_with(Right.READ)
    if text:
        found = [one for one in found if text.casefold() in (one.letters.casefold(), one.name.casefold())]
    if text and not found:
        return Turn((Say(t("I find no workshop of yours under “{text}”.", text=shorten(text, 40))),), keep=True)
    if not found:
        return Turn((Say(t("There is no workshop yet. With /workshop new you make one.")),), keep=True)
    if len(found) == 1:
        return Turn((card(scene, found[0]),))
    choices = tuple(Choice(str(one.id), f"{one.letters} {shorten(one.name, 40)}") for one in found)
    return Turn((Say(t("Which workshop do you mean?"), choices, PickingWorkshop()),))


def picked(state: PickingWorkshop, scene: Scene) -> Turn | None:
    """The workshop was chosen."""
    found = next((one for one in scene.facts.workshops_with(Right.READ) if str(one.id) == scene.choice), None)
    return Turn((card(scene, found),)) if found else None


def offered(state: ShowingWorkshop, scene: Scene) -> Turn | None:
    """Something on the card was chosen; the card stays as it is."""
    t = scene.t
    if scene.choice == "count":
        headcount = scene.facts.headcount(state.workshop_id)
        watch = Watch(state.workshop_id, t.language, headcount)
        return Turn((count(t, state.workshop_id, headcount),), (watch,), keep=True, settles=False)
    if scene.choice == "invite" and Right.APPOINT in scene.facts.rights(state.workshop_id):
        return Turn((ask_role(scene, state.workshop_id),), settles=False)
    if scene.choice == "export":
        forms = tuple(Choice(form, t.plain(label)) for form, label in FORMS.items())
        return Turn((Say(t("As which kind of file?"), forms, PickingForm(state.workshop_id)),), settles=False)
    if scene.choice not in MATERIAL:
        return None
    if scene.choice == "list" and not scene.facts.headcount(state.workshop_id).unclaimed:
        said = Say(t("No imported pledge waits for its maker."), quiet=True)
        return Turn((said,), keep=True, settles=False)
    said = Say(t("One moment, it is being made."), quiet=True)
    order = Order(MATERIAL[scene.choice](state.workshop_id), t.language)
    return Turn((said,), (order,), keep=True, settles=False)


def form_picked(state: PickingForm, scene: Scene) -> Turn | None:
    """The kind of file was chosen."""
    if scene.choice not in FORMS:
        return None
    return Turn((begun(scene.t),), (Order(MakeExport(state.workshop_id, scene.choice), scene.t.language),))


def count(t: Speaker, workshop_id: int, headcount: Headcount) -> Say:
    """The live count: one message that changes as people join."""
    return Say(counted(t, headcount), (Choice("end", t.plain("End the count")),), Counting(workshop_id))


def counting(state: Counting, scene: Scene) -> Turn | None:
    """The live count ends; its last numbers stay."""
    return Turn(effects=(Unwatch(),), keep=True) if scene.choice == "end" else None
