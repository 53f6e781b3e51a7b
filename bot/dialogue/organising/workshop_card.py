"""The card of a workshop: everything about it, and how it goes."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.facts import Headcount
from bot.dialogue.message import Choice, Say
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.domain.roles import Right
from bot.domain.workshop import Workshop
from bot.texts import Speaker, mark

OFFERS = {
    "slide": mark("Slide"),
    "cards": mark("Cards"),
    "list": mark("Mail merge"),
    "export": mark("Export"),
    "count": mark("Live count"),
}
"""What organisers can have for a workshop, by the keys of the choices."""


@dataclass(frozen=True, slots=True)
class ShowingWorkshop(State):
    """The card of a workshop, with what can be had for it."""

    workshop_id: int
    needs: ClassVar = Right.HOST
    optional: ClassVar[bool] = True


def card(scene: Scene, workshop: Workshop, intro: Markup | None = None) -> Say:
    """Everything about one workshop; for its organisers with what can be had."""
    t = scene.t
    lines = [intro] if intro else []
    lines += [
        t("<b>{name}</b> ({letters})", name=workshop.name, letters=workshop.letters),
        t("{day}, {land} · pledges run until {deadline}", day=t.day(workshop.day), land=workshop.land.label,
          deadline=t.day(workshop.deadline)),
        t("Code: <code>{code}</code>", code=workshop.code),
        *(Markup("{}: {}").format(way.messenger, way.address) for way in scene.facts.ways(workshop.code)),
        counted(t, scene.facts.headcount(workshop.id)),
    ]  # fmt: skip
    if Right.HOST not in scene.facts.rights(workshop.id):
        return Say(Markup("\n").join(lines))
    choices = [Choice(key, t.plain(label)) for key, label in OFFERS.items()]
    if Right.APPOINT in scene.facts.rights(workshop.id):
        choices.append(Choice("invite", t.plain("Invite to the team")))
    return Say(Markup("\n").join(lines), tuple(choices), ShowingWorkshop(workshop.id))


def counted(t: Speaker, headcount: Headcount) -> Markup:
    """How many have joined, and how many pledges there are."""
    joined = t.plural("<b>{count}</b> person is in", "<b>{count}</b> people are in", headcount.joined)
    parts = [
        joined if headcount.joined else t("Nobody is in yet"),
        t.plural("<b>{count}</b> pledge", "<b>{count}</b> pledges", headcount.pledges),
    ]
    if headcount.unclaimed:
        parts.append(t("<b>{count}</b> not claimed yet", count=headcount.unclaimed))
    return Markup(" · ").join(parts)
