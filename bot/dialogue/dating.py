"""Days as answers: typed, or picked where two readings are likely."""

from collections.abc import Iterable
from datetime import date

from bot.dialogue.dates import find_days
from bot.dialogue.message import Choice, Say
from bot.dialogue.scene import Scene
from bot.dialogue.state import State


def read_days(scene: Scene) -> tuple[date, ...]:
    """The day that was picked, or the readings of what was typed, ascending; none where no day is in it."""
    if scene.choice:
        return (date.fromisoformat(scene.choice),)
    return find_days(scene.text, scene.today)


def ask_which_day(scene: Scene, days: Iterable[date], state: State) -> Say:
    """Offer the likely readings."""
    choices = tuple(Choice(day.isoformat(), scene.t.short_day(day)) for day in days)
    return Say(scene.t("Which day do you mean?"), choices, state)
