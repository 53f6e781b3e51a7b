""" "Später": another day for the same question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.dates import find_days
from bot.dialogue.effects import Postpone
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State

_NEAR = timedelta(days=2)
"""How much later than the day that somebody named it may become without asking them."""


@dataclass(frozen=True, slots=True)
class AskingLater(State):
    """On which day shall I ask again?"""

    references: tuple[str, ...]
    takes_text: ClassVar[bool] = True


def postpone(scene: Scene, references: tuple[str, ...]) -> Turn:
    """Another day: the one that the words name ("frag mich am Donnerstag"), else one of those that are offered."""
    offered = scene.facts.postponements(references)
    return _named(scene, references, offered) or _offer(scene, references, offered, scene.t("When shall I ask again?"))


def later(state: AskingLater, scene: Scene) -> Turn | None:
    """The day was chosen or named. The offer is computed anew: an old button may name a day that is gone."""
    if not scene.choice:
        return _named(scene, state.references, scene.facts.postponements(state.references))
    day = date.fromisoformat(scene.choice)
    if day not in scene.facts.postponements(state.references):
        return postpone(scene, state.references)
    return _put_off(scene, state.references, day)


def _named(scene: Scene, references: tuple[str, ...], offered: Sequence[date]) -> Turn | None:
    """What becomes of the one day that the words name: the offered day that comes nearest to it, and not before it;
    where none comes near, the offer. None where they name none or several."""
    named = find_days(scene.text, scene.today, language=scene.t.locale)
    if len(named) != 1:
        return None
    for day in offered:
        if named[0] <= day <= named[0] + _NEAR:
            return _put_off(scene, references, day)
    return _offer(scene, references, offered, scene.t("That day is not possible. These are:"))


def _offer(scene: Scene, references: tuple[str, ...], offered: Sequence[date], said: Markup) -> Turn:
    """The days on which the question may come again."""
    t = scene.t
    if not offered:
        soon = t("The next question comes soon anyway. Until then you can answer at any time with /update.")
        return Turn((Say(soon),))
    choices = tuple(Choice(day.isoformat(), t.short_day(day)) for day in offered)
    return Turn((Say(said, choices, AskingLater(references)),))


def _put_off(scene: Scene, references: tuple[str, ...], day: date) -> Turn:
    said = Say(scene.t("Good, I will ask again: {day}.", day=scene.t.day(day, scene.today)), quiet=True)
    return Turn((said,), (Postpone(references, day),))
