"""The one table of commands: by which names, for whom, and which words mean one without a slash."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.dialogue import (
    calling,
    changing,
    checking_in,
    finding,
    joining,
    partnering,
    picking,
    preferring,
    privacy,
    registering,
    searching,
)
from bot.dialogue.effects import Forget
from bot.dialogue.message import Say, Turn
from bot.dialogue.organising import broadcasting, help_desk, reports, stalled, telephone, workshops
from bot.dialogue.scene import Scene
from bot.dialogue.understanding import Intent
from bot.domain.roles import Right
from bot.domain.words import fold
from bot.texts import mark

Command = Callable[[Scene, str], Turn]


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: its names (German first, the last one English), what it does, and whether it is for strangers, too.

    With `needs` it does not exist for anybody without that right in some workshop; in which one is for the command to
    ask. Administrators need not have joined for those. `does` says in a few words what it is for, in `/hilfe`.
    """

    names: tuple[str, ...]
    run: Command
    for_strangers: bool = False
    needs: Right | None = None
    does: str = ""


def _update(scene: Scene, text: str) -> Turn:
    running = [pledge for pledge in (*scene.facts.pledges(), *scene.facts.beside()) if pledge.is_open]
    if not running:
        return finding.overview(scene)
    first, _, rest = text.partition(" ")
    if pledge := picking.named(running, first) if first else None:
        return checking_in.update(scene, pledge, rest)
    if len(running) > 1:
        return Turn((picking.ask_which(scene, running, "update", text),))
    return checking_in.update(scene, running[0], text)


def _cancel(scene: Scene, text: str) -> Turn:
    forget = () if scene.person else (Forget(),)
    if not scene.waiting:
        return Turn((Say(scene.t("There is nothing open at the moment."), quiet=True),), forget)
    return Turn((Say(scene.t("Good, let us leave it at that."), quiet=True),), forget)


def _help(scene: Scene, text: str) -> Turn:
    """`/hilfe`; whoever is of a team sees those commands as well."""
    t, rights = scene.t, scene.facts.rights()
    lines = [
        t("/{name} – {does}", name=entry.names[0 if t.locale == "de" else -1], does=t(entry.does))
        for entry in COMMANDS
        if entry.needs in rights
    ]
    turn = finding.help_(scene)
    if not lines:
        return turn
    if Right.HOST in rights:
        lines.append(t("For an import just send me the sheet, as CSV or XLSX."))
    team = Say(t("As a member of the team:") + Markup("\n") + Markup("\n").join(lines))
    return replace(turn, says=(*turn.says, team) if scene.person else (team,), keep=True)


def _later(scene: Scene, text: str) -> Turn:
    """ "Später", where nothing was asked that can wait."""
    return Turn((Say(scene.t("That is fine. I will ask again as planned."), quiet=True),), keep=True)


COMMANDS = (
    Entry(("start",), joining.start, for_strangers=True),
    Entry(("neu", "new"), registering.new),
    Entry(("status",), finding.status),
    Entry(("update",), _update),
    Entry(("aendern", "ändern", "edit"), changing.edit),
    Entry(("partner",), partnering.partner),
    Entry(("hilfe", "help"), _help, for_strangers=True),
    Entry(("suche", "search"), searching.search),
    Entry(("kalender", "calendar"), finding.calendar),
    Entry(("mensch", "human"), calling.human),
    Entry(("pause",), preferring.pause),
    Entry(("weiter", "resume"), preferring.resume),
    Entry(("einstellungen", "settings"), preferring.settings),
    Entry(("datenschutz", "privacy"), privacy.policy, for_strangers=True),
    Entry(("meine_daten", "my_data"), privacy.my_data),
    Entry(("loeschen", "löschen", "delete"), privacy.delete),
    Entry(("abbrechen", "cancel"), _cancel, for_strangers=True),
    Entry(("stop", "stopp"), preferring.stop),
    Entry(("werkstatt", "workshop"), workshops.workshops, needs=Right.READ, does=mark("your workshops")),
    Entry(("ansage", "announce"), broadcasting.announce, needs=Right.WRITE, does=mark("tell everyone something")),
    Entry(("hilferufe", "calls"), help_desk.calls, needs=Right.HELP, does=mark("who calls for help")),
    Entry(
        ("antwort", "answer"), telephone.answer, needs=Right.HELP, does=mark("write down what was said by telephone")
    ),
    Entry(("bericht", "report"), reports.report, needs=Right.READ, does=mark("what became of the pledges")),
    Entry(("offen", "open"), stalled.stalled, needs=Right.READ, does=mark("of whom nothing is heard")),
)
BY_NAME = {name: entry for entry in COMMANDS for name in entry.names}

EVERYWHERE = {
    Intent.STOP: ("stop", "stopp"),
    Intent.CANCEL: ("abbrechen", "abbruch", "cancel"),
    Intent.HELP: ("hilfe", "help"),
    Intent.LATER: ("später", "spaeter", "later"),
}
"""The bare words that are commands in every state, even where any other words would be taken as text."""
BARE_WORDS = {fold(word): intent for intent, words in EVERYWHERE.items() for word in words}

BY_INTENT: dict[Intent, Command] = {
    Intent.STATUS: finding.status,
    Intent.NEW: registering.new,
    Intent.UPDATE: _update,
    Intent.EDIT: changing.edit,
    Intent.HELP: _help,
    Intent.HUMAN: calling.human,
    Intent.PAUSE: preferring.pause,
    Intent.RESUME: preferring.resume,
    Intent.STOP: preferring.stop,
    Intent.DELETE: privacy.delete,
    Intent.MY_DATA: privacy.my_data,
    Intent.SETTINGS: preferring.settings,
    Intent.CANCEL: _cancel,
    Intent.PRIVACY: privacy.policy,
    Intent.SEARCH: searching.search,
    Intent.CALENDAR: finding.calendar,
    Intent.LATER: _later,
    Intent.PARTNER: partnering.partner,
}
