"""Builds everything from the configuration; the only place that knows everything."""

import asyncio
import logging
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from bot.config import Config, Matrix, Telegram
from bot.ports import Clock, Gone
from bot.service.alerting import Alerting
from bot.service.asking import Asking
from bot.service.backing_up import BackingUp
from bot.service.broadcasting import Broadcasting
from bot.service.delivering import Delivering
from bot.service.digesting import Digesting
from bot.service.erasure_list import ErasureList
from bot.service.help_desk import PromiseWatch
from bot.service.holding import Holding
from bot.service.housekeeping import Housekeeping
from bot.service.installation import Installation, Rules
from bot.service.menus import Menus
from bot.service.monitoring import Monitoring
from bot.service.preparing import TRADES
from bot.service.receiving import Receiving
from bot.service.rehearsing import Rehearsing
from bot.service.watching import Watching
from bot.service.working import Working
from bot.store.channels import CHANNEL
from bot.store.engine import open_engine
from bot.texts import Explained, mark
from bot.tracing import told
from scheduler import teamwork
from scheduler.alarm import LOOK_SECONDS, Alarm
from scheduler.backing_up import CHECK_SECONDS, back_up_daily
from scheduler.clock import RehearsalClock, SystemClock
from scheduler.database import Database
from scheduler.ownership import JOBS, Ownership
from scheduler.rehearsing import CARD_SECONDS, STROKE_SECONDS, Rehearsal
from scheduler.runner import Chore, Contact, Intake, Line, Runner
from scheduler.teamwork import tell_teams

if TYPE_CHECKING:
    from adapters.web import Doors

POSTGRES_THREADS = 4
MADE_ANEW = ("matrix/*/device.json", "matrix/*/unread.json", "matrix/*/store/*")
"""What of the data directory is in no backup: a Matrix device that comes back from the past is dead."""


class Unwired(Explained):
    """The configuration asks for what this version cannot do; its text says what to change."""

    misused = True


def installation(config: Config, clock: Clock | None = None, *, pool_size: int = 1) -> Installation:
    """The installation that a configuration describes, on the system's clock unless another is given."""
    rules = Rules(
        language=config.bot.language, zone=config.bot.timezone, responsible=config.bot.responsible,
        cadence=config.rules, rests=config.rests,
        administrators=frozenset((name, user) for name in config.channels for user in config.administrators_of(name)),
    )  # fmt: skip
    engine = open_engine(config.bot.database, pool_size=pool_size)
    return Installation(engine, clock or SystemClock(), rules, ErasureList(config.bot.data_dir))


def runner(config: Config, clock: Clock | None = None) -> Runner:
    """All loops of one process, for all configured channels, on the system's clock unless another is given.

    Raises Unwired, and AlreadyRunning on SQLite.
    """
    from adapters.web import Doors

    on_postgres = config.bot.database.startswith("postgresql")
    threads = POSTGRES_THREADS if on_postgres else 1
    installed = installation(config, clock, pool_size=threads + 1)
    doors = Doors(config.http)
    configured = lines(config, doors)
    ownership = Ownership(installed.engine)
    ownership.begin()
    built = assemble(installed, configured, ownership, Database(threads))
    monitoring = _watched(built, config, installed, doors)
    alarm = Alarm(configured, monitoring, Alerting(installed), built.database, built.owns)
    built.chores = (
        *_menus(built, installed),
        Chore(partial(back_up_daily, backing_up(config, installed)), CHECK_SECONDS),
        Chore(alarm.look, LOOK_SECONDS, everywhere=True),
        Chore(
            partial(
                tell_teams,
                (Holding(installed).tell, PromiseWatch(installed).remind, Digesting(installed).send),
                built.database,
                built.wake,
            ),
            teamwork.LOOK_SECONDS,
        ),
    )
    return built


def _menus(built: Runner, installed: Installation) -> list[Chore]:
    """On Telegram members of a team have a menu of their own."""
    from adapters.telegram import TelegramChannel
    from adapters.telegram.menus import LOOK_SECONDS, TeamMenus

    channels = [line.channel for line in built.lines if isinstance(line.channel, TelegramChannel)]
    return [Chore(TeamMenus(one, Menus(installed), built.database).refresh, LOOK_SECONDS) for one in channels]


def rehearsal(config: Config, speed: float, start: datetime, patience: float) -> tuple[Runner, Rehearsal]:
    """All loops of a live rehearsal of the installation that `config` describes, and its calendar, `speed` times as
    fast as real time; it goes on where it was, or begins at `start`. The rehearsal's database has to be ready.

    The real bot cannot run meanwhile: it would talk on the same accounts. Nothing is backed up, nobody is alarmed, and
    nothing is tidied away: a rehearsal is thrown away as a whole, and what platforms repeat comes in real time, when
    the calendar has long moved on. Raises Unwired, and AlreadyRunning where the bot or another rehearsal runs.
    """
    from adapters.web import Doors

    alone = {JOBS, *(f"{CHANNEL}{name}" for name in config.channels)}
    real = Ownership(open_engine(config.bot.database))
    real.begin(alone=alone)
    config = config.rehearsing()
    threads = POSTGRES_THREADS if config.bot.database.startswith("postgresql") else 1
    begun = Rehearsing(installation(config)).begin(start)
    clock = RehearsalClock(begun, speed)
    installed = installation(config, clock, pool_size=threads + 1)
    doors = Doors(config.http)
    ownership = Ownership(installed.engine)
    ownership.begin(alone=alone)
    built = assemble(installed, lines(config, doors), ownership, Database(threads))
    _watched(built, config, installed, doors)
    playing = Rehearsal(clock, Rehearsing(installed), patience)
    built.housekeeping = None
    built.tick_seconds = STROKE_SECONDS
    built.count_seconds = CARD_SECONDS
    built.beside = (*built.beside, partial(playing.run, built.database, built.wake))
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that is left out for the one before is no news
    return built, playing


def _watched(built: Runner, config: Config, installed: Installation, doors: "Doors") -> Monitoring:
    """Add what is to be seen from outside: health, figures, and the way in for webhooks."""
    from adapters.metrics import Metrics
    from adapters.web import serve

    monitoring = Monitoring(installed, config.bot.data_dir)
    metrics = Metrics(built.lines, monitoring, built.database)
    built.delivering.note = metrics.delivered
    built.beside = (partial(serve, config.http, doors, metrics),)
    return monitoring


def assemble(installed: Installation, lines: Sequence[Line], ownership: Ownership, database: Database) -> Runner:
    """The loops around an installation and its channels."""
    return Runner(
        lines, Receiving(installed), Asking(installed), Broadcasting(installed), Delivering(installed),
        Housekeeping(installed), Working(installed, TRADES), Watching(installed), ownership, database,
    )  # fmt: skip


def backing_up(config: Config, installed: Installation) -> BackingUp:
    """Makes the backups of an installation."""
    return BackingUp(installed, config.bot.data_dir, MADE_ANEW)


def lines(config: Config, doors: "Doors | None" = None) -> list[Line]:
    """The configured channels, each with the way it listens; without `doors` nobody is listened to by a webhook."""
    if not config.channels:
        raise Unwired(mark(
            "No channel is configured. Add a [channels.telegram] table with the token of your bot, or "
            "[channels.matrix] with the account of your bot."
        ))  # fmt: skip
    built = []
    for name, settings in config.channels.items():
        if isinstance(settings, Matrix):
            built.append(matrix_line(name, settings, config.bot.keys_dir))
            continue
        built.append(telegram_line(name, settings, doors))
    return built


def telegram_line(name: str, settings: Telegram, doors: "Doors | None" = None) -> Line:
    """One bot account on Telegram, listened to by polling or by a webhook; at each start its menu and profile are
    brought up to date."""
    from adapters.telegram import TelegramChannel, poll, serve
    from adapters.telegram.face import show
    from bot.dialogue.menu import face
    from bot.texts import LANGUAGES, speaker

    channel = TelegramChannel(name, settings.token.get_secret_value(), settings.api_url)
    contact = Contact()
    faces = {language: face(speaker(language)) for language in LANGUAGES if len(language) == 2}

    async def listen(intake: Intake, stop: asyncio.Event) -> Gone | None:
        showing = asyncio.create_task(show(channel, {"": faces["en"], **faces}))
        try:
            if settings.mode == "webhook" and doors:
                return await serve(channel, doors.open, intake.receive, stop, contacted=contact.made)
            return await poll(channel, intake.receive, stop, contacted=contact.made)
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)

    return Line(channel, listen, channel.close, contact)


def matrix_line(name: str, settings: Matrix, data_dir: Path) -> Line:
    """One account on Matrix, listened to by syncing; its keys are kept in `data_dir`."""
    from adapters.matrix import MatrixChannel, Session, listen

    password = settings.password.get_secret_value()
    session = Session(name, settings.homeserver, settings.user, password, data_dir, settings.invite_allow)
    channel, contact = MatrixChannel(session), Contact()

    async def listening(intake: Intake, stop: asyncio.Event) -> Gone | None:
        return await listen(session, intake.receive, stop, intake.position, intake.move_on, contacted=contact.made)

    return Line(channel, listening, channel.close, contact)


def log_to_stderr(*, verbose: bool = False) -> None:
    """Structured log lines on standard error; from other libraries only warnings, because they name addresses."""
    level = logging.DEBUG if verbose else logging.INFO
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_Discreet())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


class _Discreet(logging.Formatter):
    """Says which library complains, and where, without its words: they name people, and some the token."""

    def format(self, record: logging.LogRecord) -> str:
        where = f"{record.levelname}:{record.name}:{record.module}:{record.lineno}"
        return f"{where}\n{self.formatException(record.exc_info)}" if record.exc_info else where

    def formatException(self, ei: Any) -> str:  # noqa: N802  # the library's name for it
        return "{trace}{problem}".format(**told(ei[1]))
