"""`worthalten rehearse`: the whole half-year with invented people, in a minute."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.failures import Refused
from adapters.cli.output import err, out, out_json, out_table
from adapters.cli.session import AsJson, Session
from bot.texts import Speaker, mark

if TYPE_CHECKING:
    from adapters.rehearsal.tally import Tally
    from bot.service.installation import Rules

MOST = 20_000
"""More pledges than this are no rehearsal."""
KINDS = {
    "check_in": mark("check-in"), "nudge": mark("nudge"), "first_step": mark("first step"),
    "partner": mark("question to a partner"), "last_call": mark("last call"), "outcome": mark("outcome"),
    "reminder": mark("reminder"), "lasting": mark("what has lasted"), "broadcast": mark("broadcast"),
}  # fmt: skip
OUTCOMES = {
    "kept": mark("kept"), "partly": mark("in part"), "differently": mark("solved differently"),
    "not_kept": mark("not kept"), "ongoing": mark("going on"), "moot": mark("moot"), "unanswered": mark("no answer"),
}  # fmt: skip
REASONS = {
    "no room": mark("no room"), "overtaken": mark("overtaken by something newer"), "too late": mark("too late"),
    "answered meanwhile": mark("answered meanwhile"), "paused": mark("in a pause"),
    "stopped": mark("no messages wanted"), "no messages wanted": mark("no messages wanted"),
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=mark("Simulate the whole half-year with invented people, and show who would get what when."))(
        rehearse
    )


def rehearse(
    ctx: typer.Context,
    pledges: Annotated[int, typer.Option(min=1, max=MOST, help=mark("How many pledges."))] = 160,
    start: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d", "%d.%m.%Y"], help=mark("The day of the workshop."))
    ] = None,
    seed: Annotated[int, typer.Option(help=mark("Other people for another number."))] = 1,
    chart: Annotated[
        Path | None, typer.Option(metavar="FILE", help=mark("Draw the messages by day into this PNG file."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    session: Session = ctx.obj
    tally = _rehearsed(session, pledges, start.date() if start else date(2025, 7, 9), seed)
    if chart:
        _draw(tally, chart, session.t)
    if as_json:
        out_json(tally.as_data())
    else:
        _show(tally, session.t)


def _rehearsed(session: Session, pledges: int, start: date, seed: int) -> "Tally":
    import sys

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from adapters.rehearsal.play import rehearse as play

    t, rules = session.t, _rules(session)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty(),
    ) as progress:  # fmt: skip
        task = progress.add_task(t.plain("Rehearsing {count} pledges", count=pledges), total=1)
        return play(pledges, start, seed, rules, lambda done, of: progress.update(task, completed=done, total=of))


def _rules(session: Session) -> "Rules":
    """The cadence and the rest periods of the configuration, where there is one."""
    from bot.service.installation import Rules

    if session.file is None and not Path("config.toml").exists():
        return Rules(responsible="–")
    return Rules(responsible="–", cadence=session.config.rules, rests=session.config.rests)


def _draw(tally: "Tally", file: Path, t: Speaker) -> None:
    from bot.documents.day_chart import Chart, day_chart

    names = {kind: t.plain(name) for kind, name in KINDS.items() if tally.by_kind.get(kind)}
    title = t.plain("{pledges} pledges of {people} people", pledges=tally.pledges, people=tally.people)
    try:
        file.write_bytes(day_chart(Chart(title, t.plain("messages a day"), tally.by_day, names)))
    except OSError as error:
        raise Refused(t.plain("{file} cannot be written: {reason}.", file=file, reason=error.strerror)) from None
    err(t.plain("The chart is in {file}.", file=file))


def _show(tally: "Tally", t: Speaker) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", show_header=False)
    most = tally.max_per_person
    rows = (
        (t.plain("Pledges, people"), f"{tally.pledges}, {tally.people}"),
        (t.plain("Messages"), f"{tally.messages}: {_counted(tally.by_kind, KINDS, t)}"),
        (t.plain("On the busiest day"), _busiest_day(tally, t)),
        (t.plain("The most for one person"), t.plain(
            "{day} a day, {week} in seven days, {month} in thirty",
            day=most["day"], week=most["week"], month=most["month"],
        )),
        (t.plain("On blocked days, outside of windows"), f"{tally.on_blocked_days}, {tally.outside_window}"),
        (t.plain("Never sent, and why"), _counted(tally.dropped, REASONS, t)),
        (t.plain("What became of the pledges"), _counted(tally.outcomes, OUTCOMES, t)),
        (t.plain("Never asked for the outcome"), str(tally.never_asked)),
        (t.plain("Took"), t.plain("{seconds} seconds", seconds=round(tally.seconds))),
    )  # fmt: skip
    for row in rows:
        table.add_row(*map(Text, row))
    out_table(table)
    out("")
    out(t.plain("The calendar of the person who got most:"))
    for message in tally.busiest:
        out(f"  {t.short_day(message.day)} {message.day.year}  {t.plain(KINDS[message.kind])}")


def _busiest_day(tally: "Tally", t: Speaker) -> str:
    totals = Counter({day: sum(kinds.values()) for day, kinds in tally.by_day.items()})
    [(day, count)] = totals.most_common(1)
    return t.plain("{count} on {day}", count=count, day=t.day(day))


def _counted(counts: Mapping[str, int], names: Mapping[str, str], t: Speaker) -> str:
    parts = [f"{count} {t.plain(names.get(key, key))}" for key, count in sorted(counts.items(), key=lambda kv: -kv[1])]
    return ", ".join(parts) or "–"
