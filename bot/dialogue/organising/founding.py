"""A new workshop: in one line, or question by question where something is missing."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from bot.dialogue.dates import find_days
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.organising.workshop_card import card
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.domain.land import Land
from bot.domain.roles import Right

NAME_LIMIT = 200
_DAY = re.compile(r"\b(\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Founding(State):
    """What is known of a new workshop: `day` in ISO form; what is "" is asked for next."""

    name: str = ""
    day: str = ""
    land: str = ""
    takes_text: ClassVar[bool] = True
    needs: ClassVar = Right.CREATE


def begin(scene: Scene, text: str) -> Turn:
    """`/werkstatt neu Name 21.11.2025 Land`; each of the three may be missing."""
    known = Founding()
    day = _DAY.search(text)
    if day is None:
        known = replace(known, name=_name(text))
    else:
        land = Land.parse(text[day.end() :].strip(" ,"))
        known = Founding(_name(text[: day.start()]), _iso(scene, day[0]), land.value if land else "")
    return _next(scene, known)


def answered(state: Founding, scene: Scene) -> Turn | None:
    """One more thing is known."""
    if not state.name:
        return _next(scene, replace(state, name=_name(scene.text)))
    if not state.day:
        day = _iso(scene, scene.text)
        return _next(scene, replace(state, day=day), again=not day)
    land = Land.parse(scene.choice or scene.text)
    return _next(scene, replace(state, land=land.value if land else ""), again=True)


def _next(scene: Scene, known: Founding, again: bool = False) -> Turn:
    """Ask for what is missing, or make the workshop; `again` when an answer has just not been understood."""
    t = scene.t
    if not known.name:
        return Turn((Say(t("What is the new workshop called?"), asks=known),))
    if not known.day:
        said = t("I find no day in that. Please write it like this: 21.11.2025.") if again else (
            t("On which day is it? For example 21.11.2025.")
        )  # fmt: skip
        return Turn((Say(said, asks=known),))
    if not known.land:
        choices = tuple(Choice(land.value, land.label) for land in Land)
        said = t("I do not know that Land. Please choose one.") if again else (
            t("In which Land is it? Nobody is asked on its holidays.")
        )  # fmt: skip
        return Turn((Say(said, choices, known),))
    made = scene.facts.reserve_workshop(known.name, date.fromisoformat(known.day), Land(known.land))
    intro = t("The workshop is ready.") if made.admits(scene.today) else (
        t("The workshop is ready, but it was so long ago that its code does not work any more.")
    )  # fmt: skip
    return Turn((card(scene, made, intro),))


def _name(text: str) -> str:
    return " ".join(text.split()).strip(" ,")[:NAME_LIMIT]


def _iso(scene: Scene, text: str) -> str:
    days = find_days(text, scene.today)
    return days[0].isoformat() if len(days) == 1 and 2000 <= days[0].year < 2100 else ""
