"""`worthalten check`: whether everything is in order, a line each, with the remedy where it is not."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from adapters.cli.failures import DONE, FAILED, Misused, reason_of
from adapters.cli.output import out, out_json
from adapters.cli.session import AsJson, Session
from bot.texts import mark

if TYPE_CHECKING:
    from scheduler.runner import Line

ALIVE = timedelta(minutes=5)
"""A sign of life is written every half minute."""


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
    from bot.config import ConfigError

    t = session.t
    try:
        config = session.config
    except ConfigError as error:
        what = t.plain("There is a mistake in the configuration.")
        yield Check("config", False, what, str(error))
        return
    yield Check("config", True, str(session.file or "config.toml"))
    yield _time_zone(session)
    yield _data_dir(config.bot.data_dir, session)
    checks, usable = _database(session)
    yield from checks
    yield from _channels(session, usable=usable)
    if usable:
        yield from _heartbeats(session)


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

    t = session.t
    try:
        engine = session.installation.engine
        version = upgrading.version(engine)
    except Misused as error:
        return [Check("database", False, t.plain("There is no such kind of database."), str(error))], False
    except SQLAlchemyError as error:
        remedy = t.plain("Please start the database, or mend `database` in the configuration.")
        return [Check("database", False, reason_of(error), remedy)], False
    file = upgrading.sqlite_file(engine)
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


def _channels(session: Session, *, usable: bool) -> Iterator[Check]:
    from adapters.wiring import Unwired, lines

    try:
        found = lines(session.config)
    except Unwired as error:
        yield Check("channels", False, session.t.plain("The bot has no channel to run on."), str(error))
        return
    for checks in asyncio.run(_ask(found, session, usable=usable)):
        yield from checks


async def _ask(found: "list[Line]", session: Session, *, usable: bool) -> list[list[Check]]:
    return await asyncio.gather(*(_channel(line, session, usable=usable) for line in found))


async def _channel(line: "Line", session: Session, *, usable: bool) -> list[Check]:
    """Whether the platform knows the bot, and whether messages come to us."""
    from adapters.cli.naming import PATIENCE, Named, reason

    t, channel, label = session.t, line.channel, f"channel {line.channel.name}"
    remedy = t.plain("Please check the token and the way to the platform (network, `api_url`).")
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await channel.bot_name() if isinstance(channel, Named) else None
            if not isinstance(answer, str):
                return [Check(label, False, reason(answer) or t.plain("The platform does not answer."), remedy)]
            if usable:
                session.hosting.remember(channel.name, session.config.channels[channel.name].platform, answer)
            return [Check(label, True, f"@{answer}"), *await _webhook(line, session)]
    except TimeoutError:
        return [Check(label, False, t.plain("The platform does not answer."), remedy)]
    finally:
        await line.close()


async def _webhook(line: "Line", session: Session) -> list[Check]:
    """A webhook that somebody has set takes the messages away from a bot that polls."""
    from telegram.error import TelegramError

    from adapters.telegram.channel import TelegramChannel

    t, channel, label = session.t, line.channel, f"webhook {line.channel.name}"
    if not isinstance(channel, TelegramChannel):
        return []
    try:
        info = await channel.client.get_webhook_info()
    except TelegramError as error:
        return [Check(label, False, type(error).__name__, t.plain("Please try again later."))]
    if not info.url:
        return [Check(label, True, t.plain("None is set; messages are fetched."))]
    remedy = t.plain(
        "`worthalten run` removes it. If another program uses this bot, please give one of them a token of its own."
    )
    return [Check(label, False, t.plain("A webhook is set: messages go elsewhere."), remedy)]


def _heartbeats(session: Session) -> Iterator[Check]:
    from bot.service.surveying import Surveying

    t, now = session.t, datetime.now(UTC)
    beats = Surveying(session.installation).heartbeats()
    latest = max(beats.values(), default=None)
    if latest is None:
        yield Check("heartbeat", True, t.plain("The bot has not run yet."))
        return
    local = latest.astimezone(session.config.bot.timezone)
    detail = t.plain("The last sign of life: {day}, {time}", day=t.day(local.date()), time=t.time(local))
    alive = now - latest < ALIVE
    yield Check(
        "heartbeat", alive, detail, "" if alive else t.plain("The bot is not running. Please start it: worthalten run")
    )
