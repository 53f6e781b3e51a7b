"""`worthalten upgrade`: the database becomes what this version needs."""

import sqlite3
from typing import Annotated

import typer

from adapters.cli.failures import Refused
from adapters.cli.output import out
from adapters.cli.session import Session
from bot.texts import mark


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=mark("Bring the database up to this version. It is backed up first."))(upgrade)


def upgrade(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help=mark("PostgreSQL: I have made a backup myself."))] = False,
) -> None:
    from bot.service import upgrading
    from bot.service.upgrading import Version
    from scheduler.ownership import Ownership

    session: Session = ctx.obj
    t, engine = session.t, session.installation.engine
    match upgrading.version(engine):
        case Version.CURRENT:
            out(t.plain("The database is up to date."))
        case Version.EMPTY:
            session.set_up()
            out(t.plain("The database is set up."))
        case Version.OUTDATED:
            ownership = Ownership(engine)
            ownership.begin()  # nobody may be at work in it meanwhile
            try:
                _back_up(session, yes=yes)
                session.set_up()
            finally:
                ownership.end()
            out(t.plain("The database is up to date now."))
        case unfit:
            raise Refused(session.unfit(unfit))


def _back_up(session: Session, *, yes: bool) -> None:
    from bot.service import upgrading

    t, engine = session.t, session.installation.engine
    if upgrading.sqlite_file(engine) is None:
        if not yes:
            raise Refused(t.plain(
                "Please back the database up with pg_dump and stop the bot; then run `worthalten upgrade --yes`."
            ))  # fmt: skip
        return
    directory = session.config.bot.data_dir / "backups"
    try:
        copy = upgrading.back_up(engine, directory, session.installation.now())
    except (OSError, sqlite3.Error) as error:
        raise Refused(t.plain(
            "The backup in {directory} failed ({reason}), so nothing was changed. Please check space and permissions.",
            directory=directory, reason=getattr(error, "strerror", None) or error,
        )) from None  # fmt: skip
    out(t.plain("Backed up: {file}", file=copy))
