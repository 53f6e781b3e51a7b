"""`worthalten check`: whether everything is in order, a line each, with the remedy where it is not."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer

from adapters.cli.failures import DONE, FAILED, Misused, reason_of
from adapters.cli.output import out, out_json
from adapters.cli.session import AsJson, Session
from bot.texts import mark

ALIVE = timedelta(minutes=5)
"""A sign of life is written every ten seconds."""
RUNNING = timedelta(seconds=30)
"""Whoever gave a sign of life so lately is at work."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `remedy` is "" where it is in order."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=mark("Say whether everything is in order, and what to do where it is not."))(check)


def check(ctx: typer.Context, as_json: AsJson = False) -> None:
    found = list(_all(ctx.obj))
    ok = all(check.ok for check in found)
    if as_json:
        out_json({"ok": ok, "checks": [asdict(check) for check in found]})
    else:
        for check in found:
            out(f"{'✓' if check.ok else '✗'} {check.name}: {check.detail}")
            if check.remedy:
                out(f"  → {check.remedy}")
    raise typer.Exit(DONE if ok else FAILED)


def _all(session: Session) -> Iterator[Check]:
    from adapters.cli.channel_checks import channels
    from bot.config import ConfigError

    t = session.t
    try:
        config = session.config
    except ConfigError as error:
        what = t.plain("There is a mistake in the configuration.")
        yield Check("config", False, what, error.said(t))
        return
    yield Check("config", True, str(session.file or "config.toml"))
    yield _time_zone(session)
    yield _data_dir(config.bot.data_dir, session)
    checks, usable = _database(session)
    yield from checks
    if usable:
        yield _files(session)
    beats = _heartbeats(session) if usable else {}
    running = {name for name, at in beats.items() if datetime.now(UTC) - at < RUNNING}
    yield from channels(session, usable=usable, running=running)
    yield _backup(session, has_run=bool(beats))
    if usable:
        yield from _held_back(session)
        yield _heartbeat(max(beats.values(), default=None), session)


def _time_zone(session: Session) -> Check:
    zone = session.config.bot.timezone
    now = datetime.now(UTC).astimezone(zone)
    detail = session.t.plain("{zone}, {time} at this moment", zone=zone.key, time=session.t.time(now))
    return Check("timezone", True, detail)


def _data_dir(directory: Path, session: Session) -> Check:
    t = session.t
    there = next(place for place in (directory, *directory.absolute().parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        remedy = t.plain(
            "Please create {directory} for the user that the bot runs as: chown and chmod 700.", directory=directory
        )
        return Check("data_dir", False, t.plain("{directory} cannot be written to.", directory=there), remedy)
    if there == directory and directory.stat().st_mode & 0o007:
        remedy = t.plain("Please close it: chmod 700 {directory}", directory=directory)
        return Check(
            "data_dir",
            False,
            t.plain("Everybody on this machine can look into {directory}.", directory=directory),
            remedy,
        )
    return Check(
        "data_dir",
        True,
        str(directory) if there == directory else t.plain("{directory} is made when needed.", directory=directory),
    )


def _database(session: Session) -> tuple[list[Check], bool]:
    """The checks of the database, and whether it can be used."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.service import upgrading
    from bot.service.upgrading import Version
    from bot.store.engine import sqlite_file

    t = session.t
    try:
        engine = session.installation.engine
        version = upgrading.version(engine)
    except Misused as error:
        return [Check("database", False, t.plain("There is no such kind of database."), str(error))], False
    except SQLAlchemyError as error:
        remedy = t.plain("Please start the database, or mend `database` in the configuration.")
        return [Check("database", False, reason_of(error), remedy)], False
    file = sqlite_file(engine)
    if file is not None and not os.access(file.absolute().parent, os.W_OK | os.X_OK):
        what = t.plain("{directory} cannot be written to.", directory=file.absolute().parent)
        remedy = t.plain("Please create the directory for the user that the bot runs as, or change `database`.")
        return [Check("database", False, what, remedy)], False
    reached = Check("database", True, engine.url.render_as_string(hide_password=True))
    match version:
        case Version.EMPTY:
            fits = Check("migrations", True, t.plain("The database is empty and set up at the first use."))
        case Version.CURRENT:
            fits = Check("migrations", True, t.plain("The database is up to date."))
        case _:
            what = t.plain("The database does not fit to this version.")
            fits = Check("migrations", False, what, session.unfit(version))
    return [reached, fits], version is Version.CURRENT


def _files(session: Session) -> Check:
    from bot.service import file_modes

    t = session.t
    found = file_modes.open_to_others(session.installation.engine, session.config.bot.data_dir)
    if not found:
        return Check("files", True, t.plain("Only their owner can read the database and the keys."))
    detail = t.plain("Others on this machine can look into {files}.", files=", ".join(map(str, found[:3])))
    return Check("files", False, detail, t.plain("`worthalten run` closes them, as their owner: chown, then start it."))


def _backup(session: Session, *, has_run: bool) -> Check:
    from bot.service.backing_up import DIRECTORY, STALE, is_at_work, latest

    t, data_dir = session.t, session.config.bot.data_dir
    last = latest(data_dir)
    if last is None and (not has_run or is_at_work(data_dir)):
        return Check("backup", True, t.plain("The bot makes one every day; the first at its first start."))
    if last is not None and datetime.now(UTC) - last < STALE:
        return Check("backup", True, t.plain("The last backup: {when}", when=_when(last, session)))
    what = t.plain("The last backup: {when}", when=_when(last, session)) if last else t.plain("There is no backup.")
    remedy = t.plain(
        "Please make one: worthalten backup. If that fails, look at space and permissions in {directory}.",
        directory=data_dir / DIRECTORY,
    )
    return Check("backup", False, what, remedy)


def _held_back(session: Session) -> Iterator[Check]:
    from bot.service.holding import Holding

    t = session.t
    if Holding(session.installation).held():
        what = t.plain("After a restore the bot asks nobody until somebody has looked at what was due.")
        yield Check("restore", False, what, t.plain("Please look and decide: worthalten restore"))


def _heartbeats(session: Session) -> Mapping[str, datetime]:
    from bot.service.surveying import Surveying

    return Surveying(session.installation).heartbeats()


def _heartbeat(latest: datetime | None, session: Session) -> Check:
    t = session.t
    if latest is None:
        return Check("heartbeat", True, t.plain("The bot has not run yet."))
    detail = t.plain("The last sign of life: {when}", when=_when(latest, session))
    alive = datetime.now(UTC) - latest < ALIVE
    remedy = "" if alive else t.plain("The bot is not running. Please start it: worthalten run")
    return Check("heartbeat", alive, detail, remedy)


def _when(instant: datetime, session: Session) -> str:
    local = instant.astimezone(session.config.bot.timezone)
    return f"{session.t.day(local.date())}, {session.t.time(local)}"
