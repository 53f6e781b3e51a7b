""" "Später": another day for the same question."""

from dataclasses import dataclass
from datetime import date

from bot.dialogue.effects import Postpone
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State


@dataclass(frozen=True, slots=True)
class AskingLater(State):
    """On which day shall I ask again?"""

    references: tuple[str, ...]


def ask_later(scene: Scene, references: tuple[str, ...]) -> Say:
    """The days on which the question may come again."""
    t = scene.t
    days = scene.facts.postponements(references)
    if not days:
        return Say(t("The next question comes soon anyway. Until then you can answer at any time with /update."))
    choices = tuple(Choice(day.isoformat(), t.short_day(day)) for day in days)
    return Say(t("When shall I ask again?"), choices, AskingLater(references))


def later(state: AskingLater, scene: Scene) -> Turn | None:
    """The day was chosen. The offer is computed anew: an old button may name a day that is gone."""
    if not scene.choice:
        return None
    day = date.fromisoformat(scene.choice)
    if day not in scene.facts.postponements(state.references):
        return Turn((ask_later(scene, state.references),))
    said = Say(scene.t("Good, I will ask again: {day}.", day=scene.t.day(day, scene.today)), quiet=True)
    return Turn((said,), (Postpone(state.references, day),))
