"""`/offen`: of whom nothing is heard, what was tried, and what a person can do next."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from bot.dialogue.message import Say, Turn
from bot.dialogue.organising.dossier import dossier
from bot.dialogue.scene import Scene
from bot.dialogue.words import shorten
from bot.domain.stalled import Stalled, Why
from bot.texts import Speaker, mark

MOST = 8
"""So many pledges are told for one reason."""

HEADINGS = {
    Why.UNREACHABLE: mark("Cannot be reached"),
    Why.STOPPED: mark("No messages wanted"),
    Why.SILENT: mark("Silent"),
    Why.UNCERTAIN: mark("A message perhaps did not arrive"),
    Why.UNCLAIMED: mark("Not claimed yet"),
}
NEXT = {
    Why.UNREACHABLE: mark("Next: telephone, and offer the code once more (/workshop)."),
    Why.STOPPED: mark("Next: leave them alone; what you hear of them goes in with /answer."),
    Why.SILENT: mark("Next: telephone, and write it down with /answer."),
    Why.UNCERTAIN: mark("Next: wait for the next question, or telephone."),
    Why.UNCLAIMED: mark("Next: pass the links on; cards and the list are at /workshop."),
}


def stalled(scene: Scene, text: str) -> Turn:
    """`/offen`; with a number one pledge in detail."""
    if text:
        return _one(scene, text)
    t, found = scene.t, scene.facts.desk.stalled()
    if not found:
        return Turn((Say(t("Nothing is open: all are heard of.")),))
    parts = []
    for why, group in groupby(found, key=lambda one: one.why):
        some = list(group)
        lines = [Markup("<b>{}: {}</b>").format(t.plain(HEADINGS[why]), len(some)), *_lines(t, why, some)]
        parts.append(Markup("\n").join((*lines, t(NEXT[why]))))
    return Turn((Say(Markup("\n\n").join(parts)),))


def _one(scene: Scene, text: str) -> Turn:
    pledge = scene.facts.desk.seen(text.split()[0].upper())
    if pledge is None:
        said = scene.t("I find no pledge of your workshops under “{text}”.", text=shorten(text, 40))
        return Turn((Say(said),), keep=True)
    return Turn((dossier(scene, pledge),))


def _lines(t: Speaker, why: Why, some: Sequence[Stalled]) -> list[Markup]:
    if why is Why.UNCLAIMED:
        return []
    lines = [_line(t, one) for one in some[:MOST]]
    if len(some) > MOST:
        lines.append(t("and {count} more", count=len(some) - MOST))
    return lines


def _line(t: Speaker, one: Stalled) -> Markup:
    line = Markup("{} {}").format(one.reference, one.owner or shorten(one.text, 60))
    if not one.last:
        return line
    day = t.short_day(one.last)
    times = t("asked {count} times, last on {day}", count=one.asked, day=day) if one.asked > 1 else (
        t("asked on {day}", day=day)
    )  # fmt: skip
    return Markup("{} · {}").format(line, times)
