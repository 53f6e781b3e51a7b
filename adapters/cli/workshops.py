"""`worthalten workshop`: create workshops, and list them."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.failures import Misused, Refused
from adapters.cli.output import err, out, out_json, out_table, write_new
from adapters.cli.session import AsJson, Session
from bot.domain.land import Land
from bot.texts import Speaker, mark

if TYPE_CHECKING:
    from rich.table import Table

    from bot.service.hosting import Hosted

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
    as_json: AsJson = False,
) -> None:  # fmt: skip
    from adapters.cli.naming import links, without_link
    from bot.service.hosting import LETTERS, LettersTaken

    session: Session = ctx.obj
    t = session.t
    wanted = letters and letters.strip().upper()
    named, on, where = _name(name, t), read_day(day, t), _land(land, t)
    if wanted is not None and not LETTERS.fullmatch(wanted):
        raise Misused(
            t.plain("“{letters}” does not work; please take two to four letters from A to Z.", letters=letters)
        )
    try:
        workshop = session.hosting.create_workshop(named, on, where, wanted)
    except LettersTaken:
        raise Refused(
            t.plain("Another workshop has the letters {letters} already. Please choose others.", letters=wanted)
        ) from None
    urls, why = links(session, workshop.code)
    if as_json:
        out_json({
            "id": workshop.id, "letters": workshop.letters, "code": workshop.code,
            "deadline": workshop.deadline.isoformat(), "links": urls,
        })  # fmt: skip
    else:
        out(f"{workshop.name}, {t.day(workshop.day)}, {workshop.land.label}")
        out(
            t.plain(
                "Letters: {letters} · code: {code} · number {id}",
                letters=workshop.letters,
                code=workshop.code,
                id=workshop.id,
            )
        )
        out(t.plain("Pledges run until {day}.", day=t.day(workshop.deadline)))
        for url in filter(None, urls.values()):
            out(url)
        if any(session.config.channels[channel].platform == "matrix" for channel in urls):
            out(t.plain("On Matrix a link can carry no code: people write it as their first message."))
    for channel in (channel for channel, known in urls.items() if known is None):
        err(without_link(channel, why.get(channel, ""), t))
    if not urls:
        err(t.plain("There are no links: no channel is configured."))
    today = session.installation.now().astimezone(session.config.bot.timezone).date()
    if not workshop.admits(today):
        err(t.plain("The workshop was so long ago that its code does not work any more."))


@app.command("list", help=mark("List all workshops, the latest first."))
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    session: Session = ctx.obj
    t, found = session.t, session.hosting.workshops()
    if as_json:
        out_json([_as_data(one, session) for one in found])
    elif not found:
        out(t.plain("There is no workshop yet. `worthalten workshop new` makes one."))
    else:
        out_table(_table(found, t))


@app.command(help=mark("Write what its day needs into a directory: slide, cards, and the list for mail merge."))
def material(
    ctx: typer.Context,
    workshop: Annotated[str, typer.Argument(metavar="NUMBER|LETTERS", help=mark("Which workshop."))],
    into: Annotated[Path, typer.Option(metavar="DIRECTORY", help=mark("Where to, instead of here."))] = Path(),
) -> None:
    from adapters.cli.naming import links, without_link
    from bot.dialogue.jobs import MakeCards, MakeClaimList, MakeSlide
    from bot.service.preparing import TRADES
    from bot.service.working import Working

    session: Session = ctx.obj
    t, found = session.t, session.workshop(workshop)
    _, why = links(session, found.code)
    for channel, reason in why.items():
        err(without_link(channel, reason, t))
    working = Working(session.ready, TRADES)
    for job in (MakeSlide(found.id), MakeCards(found.id), MakeClaimList(found.id)):
        for said in working.at_once(job, t):
            assert said.attachment is not None
            out(str(write_new(into / said.attachment.name, said.attachment.content, t)))


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


def _as_data(one: "Hosted", session: Session) -> dict[str, Any]:
    workshop = one.workshop
    links = session.hosting.links(workshop.code)
    return {
        "id": workshop.id, "letters": workshop.letters, "name": workshop.name, "date": workshop.day.isoformat(),
        "land": workshop.land.value, "code": workshop.code, "deadline": workshop.deadline.isoformat(),
        "joined": one.joined, "pledges": one.pledges,
        "links": {channel: links.get(channel) for channel in session.config.channels},
    }  # fmt: skip


def _table(found: "Sequence[Hosted]", t: Speaker) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(t.plain("Nr"), justify="right")
    for heading in (t.plain("Letters"), t.plain("Name"), t.plain("Day"), t.plain("Land"), t.plain("Code")):
        table.add_column(heading)
    for heading in (t.plain("joined"), t.plain("pledges")):
        table.add_column(heading, justify="right")
    for one in found:
        workshop = one.workshop
        day = f"{t.short_day(workshop.day)} {workshop.day.year}"
        known = (workshop.letters, workshop.name, day, workshop.land.label, workshop.code)
        table.add_row(*(Text(str(cell)) for cell in (workshop.id, *known, one.joined, one.pledges)))
    return table
