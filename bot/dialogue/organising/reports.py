"""`/bericht`: what became of the pledges of a workshop, in the chat and as files that can be passed on."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.effects import Order
from bot.dialogue.jobs import MakeReport
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.words import VERDICTS, shorten
from bot.domain.roles import Right
from bot.domain.tally import Tally, Verdict
from bot.texts import mark

FILES = {
    "png": mark("Picture"),
    "dark.png": mark("Picture, dark"),
    "pdf": mark("Closing report"),
    "xlsx": mark("Excel"),
    "csv": mark("CSV"),
}
"""What can be had of a report, by the endings of the files."""


EARLIER = 8
"""So many earlier reports are offered."""


@dataclass(frozen=True, slots=True)
class PickingReport(State):
    """About which workshop?"""

    needs: ClassVar = Right.READ


@dataclass(frozen=True, slots=True)
class ShowingReport(State):
    """A frozen report, with the files that can be had."""

    report_id: int
    workshop_id: int
    needs: ClassVar = Right.READ
    optional: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PickingEarlier(State):
    """Of which day?"""

    workshop_id: int
    needs: ClassVar = Right.READ


def report(scene: Scene, text: str) -> Turn:
    """`/bericht` or `/bericht BER`."""
    t, found = scene.t, scene.facts.workshops_with(Right.READ)
    if text:
        found = [one for one in found if text.casefold() in (one.letters.casefold(), one.name.casefold())]
    if not found and not text:
        return Turn((Say(t("There is no workshop yet. With /workshop new you make one.")),), keep=True)
    if not found:
        return Turn((Say(t("I find no workshop of yours under “{text}”.", text=shorten(text, 40))),), keep=True)
    if len(found) == 1:
        return Turn((_show(scene, found[0].id),))
    choices = tuple(Choice(str(one.id), f"{one.letters} {shorten(one.name, 40)}") for one in found)
    return Turn((Say(t("Which workshop do you mean?"), choices, PickingReport()),))


def picked(state: PickingReport, scene: Scene) -> Turn | None:
    """The workshop was chosen."""
    found = next((one for one in scene.facts.workshops_with(Right.READ) if str(one.id) == scene.choice), None)
    return Turn((_show(scene, found.id),)) if found else None


def _show(scene: Scene, workshop_id: int) -> Say:
    """How it stands now."""
    report_id, counted = scene.facts.desk.freeze(workshop_id)
    return _shown(scene, report_id, workshop_id, scene.today, counted)


def _shown(scene: Scene, report_id: int, workshop_id: int, day: date, counted: Tally) -> Say:
    """A report as it was kept."""
    t, overall, counts = scene.t, counted.overall, counted.overall.counts
    head = t("<b>{name}</b>, as of {day}", name=scene.facts.workshop(workshop_id).name,
             day=t.day(day, scene.today))  # fmt: skip
    said = t("{n} of {all} have answered (self-reported).", n=overall.answered, all=overall.total)
    classes = " · ".join(f"{t.plain(VERDICTS[verdict])} {counts[verdict]}" for verdict in Verdict if counts[verdict])
    lines = (head, said, *((Markup.escape(classes),) if classes else ()))
    if not overall.total:
        return Say(Markup("\n").join((head, t("There are no pledges yet."))))
    last = t("By role, topic, Land and obstacle it is in the files; there small numbers are hidden.")
    choices = [Choice(form, t.plain(label)) for form, label in FILES.items()]
    if _earlier(scene, report_id, workshop_id):
        choices.append(Choice("earlier", t.plain("Earlier reports")))
    return Say(Markup("\n").join((*lines, last)), tuple(choices), ShowingReport(report_id, workshop_id))


def _earlier(scene: Scene, report_id: int, workshop_id: int) -> dict[date, int]:
    """The reports that were kept on other days than this one, the latest of each day and the latest first."""
    kept = [(one, scene.facts.day_of(at)) for one, at in scene.facts.desk.frozen_reports(workshop_id)]
    own = next((day for one, day in kept if one == report_id), None)
    found: dict[date, int] = {}
    for one, day in kept:
        if day != own:
            found.setdefault(day, one)
    return dict(list(found.items())[:EARLIER])


def picked_earlier(state: PickingEarlier, scene: Scene) -> Turn | None:
    """An earlier report is shown as it was."""
    found = scene.facts.desk.frozen_report(int(scene.choice)) if scene.choice.isdecimal() else None
    if found is None or found[0] != state.workshop_id:
        return None
    workshop_id, at, counted = found
    return Turn((_shown(scene, int(scene.choice), workshop_id, scene.facts.day_of(at), counted),))


def offered(state: ShowingReport, scene: Scene) -> Turn | None:
    """A file was chosen, or an earlier report is wanted; the report stays as it is."""
    if scene.choice == "earlier":
        t, earlier = scene.t, _earlier(scene, state.report_id, state.workshop_id)
        choices = tuple(Choice(str(one), t.day(day, scene.today)) for day, one in earlier.items())
        return Turn((Say(t("Of which day?"), choices, PickingEarlier(state.workshop_id)),), settles=False)
    if scene.choice not in FILES:
        return None
    said = Say(scene.t("One moment, it is being made."), quiet=True)
    order = Order(MakeReport(state.report_id, scene.choice), scene.t.language)
    return Turn((said,), (order,), keep=True, settles=False)
