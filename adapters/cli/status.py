"""`worthalten status`: the installation at a glance."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from adapters.cli.output import out, out_json, out_table
from adapters.cli.session import AsJson, Session
from bot.texts import Speaker, mark

if TYPE_CHECKING:
    from bot.service.surveying import Survey, WorkshopSurvey

SHOWN = 10
"""How many messages of a list are named; the rest is counted."""

WORDS = {
    "proposed": mark("unclaimed"), "running": mark("running"), "closed": mark("closed"), "withdrawn": mark("withdrawn"),
    "erased": mark("erased"), "on_track": mark("on track"), "slow": mark("slower"), "stuck": mark("stuck"),
    "done": mark("done"), "unanswered": mark("no answer"), "kept": mark("kept"), "partly": mark("in part"),
    "differently": mark("solved differently"), "not_kept": mark("not kept"), "ongoing": mark("going on"),
    "moot": mark("moot"), "queued": mark("waiting"), "sending": mark("being sent"), "sent": mark("sent"),
    "deferred": mark("put off"), "unreachable": mark("unreachable"), "uncertain": mark("uncertain"),
    "dropped": mark("dropped"), "failed": mark("failed"), "held": mark("held back"),
    "perhaps_twice": mark("perhaps arrived twice"),
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=mark("Show the installation at a glance: pledges, people, messages, channels."))(status)


def status(ctx: typer.Context, as_json: AsJson = False) -> None:
    from bot.service.surveying import Surveying

    session: Session = ctx.obj
    survey = Surveying(session.ready).survey()
    if as_json:
        out_json(_as_data(survey, session))
        return
    _pledges(survey, session.t)
    _messages(survey, session)


def _as_data(survey: "Survey", session: Session) -> dict[str, Any]:
    return {
        "workshops": [_workshop(one) for one in survey.workshops],
        "people": {"joined": survey.people, "stopped": survey.stopped, "unreachable": survey.unreachable},
        "queue": survey.queue,
        "channels": [
            {"name": name, "handle": survey.handles.get(name), "heartbeat": _iso(survey.heartbeats.get(name))}
            for name in _names(survey, session)
        ],
        "heartbeat": _iso(max(survey.heartbeats.values(), default=None)),
        "doubts": [
            asdict(doubt) for doubt in survey.doubts
        ],
        "set_aside": [
            {"channel": channel, "update": update, "at": _iso(at)} for channel, update, at in survey.set_aside
        ],
        "calls_for_help": [
            {"pledge": call.reference or None, "at": _iso(call.at), "wanted": call.wanted} for call in survey.calls
        ],
        "next_question": _iso(survey.next_due),
    }  # fmt: skip


def _workshop(one: "WorkshopSurvey") -> dict[str, Any]:
    workshop = one.workshop
    return {
        "id": workshop.id, "letters": workshop.letters, "name": workshop.name, "date": workshop.day.isoformat(),
        "joined": one.joined, "pledges": sum(one.stages.values()), "by_stage": one.stages,
        "by_standing": one.standings, "by_outcome": one.outcomes,
    }  # fmt: skip


def _names(survey: "Survey", session: Session) -> list[str]:
    known = set(survey.handles) | set(survey.queue) | (set(survey.heartbeats) - {"jobs"})
    return [*session.config.channels, *sorted(known - set(session.config.channels))]


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _pledges(survey: "Survey", t: Speaker) -> None:
    if not survey.workshops:
        out(t.plain("There is no workshop yet. `worthalten workshop new` makes one."))
        return
    headings = (
        t.plain("Workshop"),
        t.plain("joined"),
        t.plain("pledges"),
        t.plain("of these"),
        t.plain("running: how it stands"),
        t.plain("closed: what became of it"),
    )
    _table(headings, (
        (
            f"{one.workshop.letters}  {one.workshop.name}", str(one.joined), str(sum(one.stages.values())),
            _counted(one.stages, t), _counted(one.standings, t), _counted(one.outcomes, t),
        )
        for one in survey.workshops
    ))  # fmt: skip
    out("")
    out(t.plain(
        "People: {people}, of these {stopped} without messages and {unreachable} unreachable.",
        people=survey.people, stopped=survey.stopped, unreachable=survey.unreachable,
    ))  # fmt: skip


def _messages(survey: "Survey", session: Session) -> None:
    t = session.t
    out("")
    _table((t.plain("Channel"), t.plain("Bot"), t.plain("last sign of life"), t.plain("messages")), (
        (
            name, survey.handles.get(name, "–"), when(survey.heartbeats.get(name), session),
            _counted(survey.queue.get(name, {}), t),
        )
        for name in _names(survey, session)
    ))  # fmt: skip
    out("")
    out(t.plain("The next question is due: {when}", when=when(survey.next_due, session)))
    _listed(t.plain("Open calls for help: {count}", count=len(survey.calls)), (
        f"{call.reference or '–'}, {when(call.at, session)}" for call in survey.calls
    ))  # fmt: skip
    _listed(t.plain("Messages nobody can be sure of: {count}", count=len(survey.doubts)), (
        f"{doubt.id} ({doubt.channel}): {t.plain(WORDS[doubt.what])}{f', {doubt.reason}' if doubt.reason else ''}"
        for doubt in survey.doubts
    ))  # fmt: skip
    _listed(t.plain("Messages set aside: {count}", count=len(survey.set_aside)), (
        f"{update} ({channel}), {when(at, session)}" for channel, update, at in survey.set_aside
    ))  # fmt: skip


def _counted(counts: Mapping[str, int], t: Speaker) -> str:
    return ", ".join(f"{counts[key]} {t.plain(word)}" for key, word in WORDS.items() if counts.get(key)) or "–"


def when(instant: datetime | None, session: Session) -> str:
    """An instant on the team's clock: "Mo, 3. November 2025, 09:30"."""
    if instant is None:
        return "–"
    local = instant.astimezone(session.config.bot.timezone)
    return f"{session.t.short_day(local.date())} {local.year}, {session.t.time(local)}"


def _listed(heading: str, lines: Iterable[str]) -> None:
    out(heading)
    shown = list(lines)
    for line in shown[:SHOWN]:
        out(f"  {line}")
    if len(shown) > SHOWN:
        out("  …")


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*map(Text, row))
    out_table(table)
