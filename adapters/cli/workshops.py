"""`worthalten workshop`: create workshops, and list them."""

import json
from datetime import date, datetime
from typing import Annotated, Any

import typer

from adapters.cli.failures import Misused, Refused
from adapters.cli.output import err, out, out_json, out_table
from adapters.cli.session import Session
from bot.domain.land import Land
from bot.texts import Speaker, mark

app = typer.Typer(no_args_is_help=True, help=mark("Create workshops, and list them."))
LONGEST_NAME = 200


@app.command(help=mark("Create a workshop: its letters, its code, its links."))
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(metavar="NAME", help=mark("What it is called."))],
    day: Annotated[str, typer.Option("--date", metavar="DAY", help=mark("Its day: 21.11.2025 or 2025-11-21."))],
    land: Annotated[str, typer.Option(metavar="LAND", help=mark("The Land by name or two letters, or Bund."))],
    letters: Annotated[str | None, typer.Option(
        metavar="ABC", show_default=False, help=mark("What begins the numbers of its pledges, instead of a proposal."),
    )] = None,
    as_json: Annotated[bool, typer.Option("--json", help=mark("For programs: JSON."))] = False,
) -> None:  # fmt: skip
    from adapters.cli.naming import links
    from bot.service.hosting import LETTERS, LettersTaken

    session: Session = ctx.obj
    t = session.t
    wanted = letters and letters.strip().upper()
    named, on, where = _name(name, t), read_day(day, t), _land(land, t)
    if wanted is not None and not LETTERS.fullmatch(wanted):
        raise Misused(t.plain("“{letters}” does not work; please take two to four letters from A to Z.", letters=letters))
    try:
        workshop = session.hosting.create_workshop(named, on, where, wanted)
    except LettersTaken:
        raise Refused(t.plain("Another workshop has the letters {letters} already. Please choose others.", letters=wanted)) from None
    urls, why = links(session, workshop.code)
    if as_json:
        out_json({
            "id": workshop.id, "letters": workshop.letters, "code": workshop.code,
            "deadline": workshop.deadline.isoformat(), "links": urls,
        })  # fmt: skip
    else:
        out(t.plain("{name}, {day}, {land}", name=workshop.name, day=t.day(workshop.day), land=workshop.land.label))
        out(t.plain("Letters: {letters} · code: {code} · number {id}", letters=workshop.letters, code=workshop.code, id=workshop.id))
        out(t.plain("Pledges run until {day}.", day=t.day(workshop.deadline)))
        for url in filter(None, urls.values()):
            out(url)
    for channel, url in urls.items():
        if url is None:
            err(_without_link(channel, why.get(channel, ""), t))
    if not urls:
        err(t.plain("There are no links: no channel is configured."))
    today = session.installation.now().astimezone(session.config.bot.timezone).date()
    if not workshop.admits(today):
        err(t.plain("The workshop was so long ago that its code does not work any more."))


@app.command("list", help=mark("List all workshops, the latest first."))
def list_(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help=mark("For programs: JSON."))] = False
) -> None:
    session: Session = ctx.obj
    t, hosting = session.t, session.hosting
    found = hosting.workshops()
    if as_json:
        out(json.dumps([
            {
                "id": one.workshop.id, "letters": one.workshop.letters, "name": one.workshop.name,
                "date": one.workshop.day.isoformat(), "land": one.workshop.land.value, "code": one.workshop.code,
                "deadline": one.workshop.deadline.isoformat(), "joined": one.joined, "pledges": one.pledges,
                "links": {channel: hosting.links(one.workshop.code).get(channel) for channel in session.config.channels},
            }
            for one in found
        ], ensure_ascii=False))  # fmt: skip
    elif not found:
        out(t.plain("There is no workshop yet. `worthalten workshop new` makes one."))
    else:
        rows = [
            (
                str(one.workshop.id), one.workshop.letters, one.workshop.name, t.short_day(one.workshop.day) + f" {one.workshop.day:%Y}",
                one.workshop.land.label, one.workshop.code, str(one.joined), str(one.pledges),
            )
            for one in found
        ]  # fmt: skip
        _table(rows, t)


def read_day(text: str, t: Speaker) -> date:
    """The day that somebody typed as 21.11.2025, 21.11.25 or 2025-11-21. Raises Misused."""
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            day = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
        if 2000 <= day.year < 2100:
            return day
    raise Misused(t.plain("“{text}” is no day; please write it as 21.11.2025 or 2025-11-21.", text=text))


def _name(text: str, t: Speaker) -> str:
    from bot.documents.cells import is_broken, one_line

    name = one_line(text)
    if not name or len(name) > LONGEST_NAME or is_broken(text):
        raise Misused(t.plain("Please give the workshop a name of at most {limit} characters.", limit=LONGEST_NAME))
    return name


def _land(text: str, t: Speaker) -> Land:
    if land := Land.parse(text):
        return land
    known = ", ".join(f"{land.label} ({land})" if land is not Land.BUND else land.label for land in Land)
    raise Misused(t.plain("“{land}” is no Land; please choose one of these: {known}.", land=text, known=known))


def _without_link(channel: str, reason: str, t: Speaker) -> str:
    if reason:
        return t.plain("There is no link for {channel} yet: {reason}", channel=channel, reason=f"{reason.rstrip('.')}.")
    return t.plain("There is no link for {channel} yet: the platform does not answer. Please try again later.", channel=channel)


def _table(rows: list[tuple[str, ...]], t: Speaker) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    headings: tuple[Any, ...] = (
        "Nr", t.plain("Letters"), t.plain("Name"), t.plain("Day"), t.plain("Land"), t.plain("Code"), t.plain("joined"), t.plain("pledges"),
    )  # fmt: skip
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place in (0, 6, 7) else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    out_table(table)
