"""`worthalten organiser`: invite people into the team of a workshop, list it, remove somebody."""

from typing import Annotated

import typer

from adapters.cli.failures import Misused, Refused
from adapters.cli.output import err, out, out_json, out_table
from adapters.cli.session import AsJson, Session
from bot.domain.roles import INVITED, Role
from bot.texts import Speaker, mark

app = typer.Typer(no_args_is_help=True, help=mark("Invite people into the team of a workshop, and look after it."))

OfWorkshop = Annotated[str, typer.Option("--workshop", metavar="NUMBER|LETTERS", help=mark("Which workshop."))]


@app.command(help=mark("Make a one-time code that invites somebody into the team."))
def invite(
    ctx: typer.Context,
    workshop: OfWorkshop,
    role: Annotated[str, typer.Option(
        metavar="ROLE", help=mark("organiser (everything), reader, writer or releaser (of announcements)."),
    )] = Role.ORGANISER,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    from adapters.cli.naming import links, without_link
    from bot.service.appointing import Appointing

    session: Session = ctx.obj
    t = session.t
    wanted = _role(role, t)
    found = session.workshop(workshop)
    code = Appointing(session.ready).invite(found, wanted)
    urls, why = links(session, code.code)
    if as_json:
        out_json({
            "workshop": found.id, "role": wanted.value, "code": code.code, "until": code.until.isoformat(),
            "links": urls,
        })  # fmt: skip
    else:
        out(t.plain("Code: {code} · {role} of {workshop}", code=code.code, role=wanted.value, workshop=found.name))
        out(t.plain("It works once, until {day}. Whoever has it belongs to the team.", day=t.day(code.until)))
        for url in filter(None, urls.values()):
            out(url)
    for channel in (channel for channel, known in urls.items() if known is None):
        err(without_link(channel, why.get(channel, ""), t))


@app.command("list", help=mark("List the team of a workshop."))
def list_(ctx: typer.Context, workshop: OfWorkshop, as_json: AsJson = False) -> None:
    from bot.service.appointing import Appointing

    session: Session = ctx.obj
    t = session.t
    team = Appointing(session.ready).team(session.workshop(workshop))
    if as_json:
        out_json([
            {
                "person": member.person_id, "roles": [role.value for role in member.roles],
                "accounts": [{"channel": channel, "user": user} for channel, user in member.accounts],
            }
            for member in team
        ])  # fmt: skip
        return
    if not team:
        out(t.plain("Nobody belongs to the team yet. `worthalten organiser invite` makes a code for the first one."))
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(t.plain("Nr"), justify="right")
    table.add_column(t.plain("Roles"))
    table.add_column(t.plain("Accounts"))
    for member in team:
        accounts = ", ".join(f"{channel} {user}" for channel, user in member.accounts)
        table.add_row(str(member.person_id), ", ".join(member.roles), Text(accounts))
    out_table(table)


@app.command(help=mark("Take all roles in the workshop from somebody."))
def remove(
    ctx: typer.Context,
    person: Annotated[int, typer.Argument(metavar="NR", help=mark("The number that `organiser list` shows."))],
    workshop: OfWorkshop,
) -> None:
    from bot.service.appointing import Appointing

    session: Session = ctx.obj
    t = session.t
    if not Appointing(session.ready).dismiss(session.workshop(workshop), person):
        raise Refused(t.plain(
            "Nobody with the number {person} belongs to the team. `worthalten organiser list` shows who does.",
            person=person,
        ))  # fmt: skip
    out(t.plain("Number {person} does not belong to the team any more.", person=person))


def _role(text: str, t: Speaker) -> Role:
    wanted = text.strip().casefold()
    if wanted in INVITED:
        return Role(wanted)
    known = ", ".join(INVITED)
    raise Misused(t.plain("“{role}” is no role; please choose one of these: {known}.", role=text, known=known))
