"""Monday's digest: the week of a workshop in five lines."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.dialogue.message import Say
from bot.domain.workshop import Workshop
from bot.texts import Speaker

MOST = 6
"""So many pledges are named by their numbers."""


@dataclass(frozen=True, slots=True)
class Week:
    """New calls for help in the last seven days; whom to telephone, by the numbers of their pledges; how many calls and
    pledges were solved; how many pledges are asked about in the coming seven days; about how many there was news."""

    calls: int = 0
    telephone: tuple[str, ...] = ()
    solved: int = 0
    coming: int = 0
    changed: int = 0


def digest(t: Speaker, workshop: Workshop, week: Week) -> Say:
    """The five lines under the name of the workshop."""
    named = ", ".join(week.telephone[:MOST]) + (" …" if len(week.telephone) > MOST else "")
    lines = [
        t("<b>{name}</b>: your week", name=workshop.name),
        t("New calls for help: {count} (/calls)", count=week.calls),
        t("To telephone: {references} (/open)", references=named) if named else t("To telephone: nobody"),
        t("Solved last week: {count}", count=week.solved),
        t("Asked about this week: {count}", count=week.coming),
        t("News last week: {count} (/report)", count=week.changed),
    ]
    return Say(Markup("\n").join(lines))
