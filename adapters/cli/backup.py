"""`worthalten backup`: everything as it is now in one file, while the bot runs. The bot makes one daily by itself."""

import sqlite3
from pathlib import Path

import typer

from adapters.cli.failures import Refused
from adapters.cli.output import out
from adapters.cli.session import Session
from bot.texts import mark


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=mark("Put everything as it is now into one file, also while the bot runs."))(backup)


def backup(ctx: typer.Context) -> None:
    session: Session = ctx.obj
    _ = session.ready
    out(session.t.plain("Backed up: {file}", file=back_up(session)))


def back_up(session: Session) -> Path:
    """Make a backup. Raises Refused where it cannot be made."""
    from sqlalchemy.exc import DBAPIError

    from adapters.wiring import backing_up

    try:
        return backing_up(session.config, session.installation).back_up()
    except (OSError, sqlite3.Error, DBAPIError) as error:
        raise Refused(session.t.plain(
            "The backup in {directory} failed ({reason}). Please check space and permissions.",
            directory=session.config.bot.data_dir / "backups", reason=getattr(error, "strerror", None) or error,
        )) from None  # fmt: skip
