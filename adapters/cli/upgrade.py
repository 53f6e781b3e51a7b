"""`worthalten upgrade`: the database becomes what this version needs."""

import typer

from adapters.cli.backup import back_up
from adapters.cli.failures import Refused
from adapters.cli.output import out
from adapters.cli.session import Session
from bot.texts import mark


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=mark("Bring the database up to this version. It is backed up first."))(upgrade)


def upgrade(ctx: typer.Context) -> None:
    from bot.service import upgrading
    from bot.service.upgrading import Version
    from scheduler.ownership import JOBS, Ownership

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
            ownership.begin(alone={JOBS})  # nobody may be at work in it meanwhile
            try:
                out(t.plain("Backed up: {file}", file=back_up(session)))
                session.set_up()
            finally:
                ownership.end()
            out(t.plain("The database is up to date now."))
        case unfit:
            raise Refused(session.unfit(unfit))
