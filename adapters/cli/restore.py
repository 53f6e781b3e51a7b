"""`worthalten restore`: a backup comes back, and what was due since waits for somebody to look at it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.backup import back_up
from adapters.cli.failures import Misused, Refused
from adapters.cli.output import err, out
from adapters.cli.session import Session
from adapters.cli.status import when
from bot.texts import mark

if TYPE_CHECKING:
    from bot.domain.held import Held

SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=mark("Bring a backup back. What was due since waits until somebody has looked at it."))(restore)


def restore(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(
        metavar="FILE", show_default=False, help=mark("The backup; without it the backups there are, or what waits."),
    )] = None,
    send: Annotated[bool, typer.Option("--send", help=mark("What waits is decided again and sent."))] = False,
    skip: Annotated[bool, typer.Option("--skip", help=mark("What waits counts as sent before the restore."))] = False,
) -> None:  # fmt: skip
    session: Session = ctx.obj
    t = session.t
    if send + skip + (file is not None) > 1:
        raise Misused(t.plain("Please give only one of these: FILE, --send, --skip."))
    if file is not None:
        _restore(file, session)
    elif send or skip:
        _let_go(session, send=send)
    else:
        _show(session)


def _restore(file: Path, session: Session) -> None:
    from bot.service import upgrading
    from bot.service.restoring import restore
    from bot.service.upgrading import Version
    from scheduler.ownership import JOBS, Ownership

    t, installation = session.t, session.installation
    if not file.is_file():
        raise Refused(t.plain("There is no file {file}.", file=file))
    ownership = Ownership(installation.engine)
    ownership.begin(alone={JOBS})
    try:
        if _version(session) in (Version.CURRENT, Version.OUTDATED):
            out(t.plain("Backed up: {file}", file=back_up(session)))
        done = restore(file, installation, session.config.bot.data_dir, datetime.now(UTC))
    finally:
        ownership.end()
    _drop_devices(session)
    out(t.plain("Restored: everything as it was on {when}.", when=when(done.made_at, session)))
    if done.erased:
        out(t.plural(
            "{count} person who had been erased since was erased again.",
            "{count} people who had been erased since were erased again.", done.erased,
        ))  # fmt: skip
    if not done.lists_united:
        err(t.plain("The erasure list in the backup has another key and could not be read; the one here holds."))
    assert upgrading.version(installation.engine) is Version.CURRENT
    _show(session)


def _version(session: Session) -> object:
    """The database that is there now; None where it is broken: it is replaced anyway."""
    from sqlalchemy.exc import DatabaseError

    from bot.service import upgrading

    try:
        return upgrading.version(session.installation.engine)
    except DatabaseError:
        return None


def _drop_devices(session: Session) -> None:
    """A Matrix device that comes from the past is dead: the bot logs in anew, with the kept identity."""
    from adapters.matrix.vault import Vault
    from bot.config import Matrix

    for name, settings in session.config.channels.items():
        vault = Vault(session.config.bot.keys_dir, name)
        if isinstance(settings, Matrix) and vault.directory.exists():
            vault.drop_device()


def _show(session: Session) -> None:
    """What waits; or, where nothing does, which backups there are."""
    from bot.service.backing_up import backups
    from bot.service.holding import Holding

    t, held = session.t, Holding(session.ready).held()
    if held is not None:
        _list_due(held, session)
        return
    found = backups(session.config.bot.data_dir)
    for file in found:
        out(str(file))
    if not found:
        out(t.plain("There is no backup yet. `worthalten backup` makes one."))


def _list_due(held: "Held", session: Session) -> None:
    from bot.dialogue.organising.restoring import named

    t, due = session.t, held.due
    out(t.plain("On its way then, or due since {when}: {count}", when=when(held.since, session), count=len(due)))
    for one in due[:SHOWN]:
        out(f"  {when(one.at, session)}  {one.reference or '–'}  {named(t, one.kind)}")
    if len(due) > SHOWN:
        out("  …")
    if due:
        out(t.plain("It may have been sent before the restore. Until you say what becomes of it, the bot asks nobody:"))
    else:
        out(t.plain("Until you decide, the bot asks nobody:"))
    out(f"  worthalten restore --send   {t.plain('What waits is decided again and sent.')}")
    out(f"  worthalten restore --skip   {t.plain('What waits counts as sent before the restore.')}")


def _let_go(session: Session, *, send: bool) -> None:
    from bot.service.holding import Holding

    t, holding = session.t, Holding(session.ready)
    if holding.held() is None:
        out(t.plain("Nothing is held back."))
        return
    holding.let_go(datetime.now(UTC), send=send)
    out(t.plain("The bot goes on: what waited is sent.") if send else t.plain("The bot goes on from here."))
