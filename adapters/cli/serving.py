"""`worthalten run`: the bot on all configured channels, until it is told to stop; with --speed as a live rehearsal."""

import asyncio
import contextlib
import os
import signal
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.failures import FAILED, Misused
from adapters.cli.output import err, out
from adapters.cli.session import Session
from bot.texts import Speaker, mark
from scheduler.clock import PATIENCE_SECONDS

if TYPE_CHECKING:
    from bot.ports import Delivery
    from scheduler.rehearsing import Rehearsal
    from scheduler.runner import Line, Runner

FASTEST = 1e7
"""At this speed half a year takes two seconds; more makes no difference."""
AFTERNOON = time(14)
"""When a rehearsal begins on its first day, at the place of the installation."""
LOOK_SECONDS = 0.1
"""How often to look which day it is in a rehearsal."""
ASK_AGAIN, ASK_AGAIN_IF_GONE = 30.0, 300.0
"""Seconds between two attempts to learn the bot's own name; where the platform does not accept it, the second."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", help=mark("Run the bot on all configured channels."))(run)


def run(
    ctx: typer.Context,
    speed: Annotated[float | None, typer.Option(
        min=1, max=FASTEST, metavar="N", show_default=False,
        help=mark("A live rehearsal: the calendar runs N times as fast, in a database of its own."),
    )] = None,
    start: Annotated[datetime | None, typer.Option(
        formats=["%Y-%m-%d", "%d.%m.%Y"], metavar="DAY", show_default=False,
        help=mark("The first day of a rehearsal, instead of today; one that has begun goes on where it was."),
    )] = None,
    patience: Annotated[float, typer.Option(
        min=0, metavar="SECONDS", help=mark("How long the calendar of a rehearsal waits for an answer."),
    )] = PATIENCE_SECONDS,
) -> None:  # fmt: skip
    from adapters import wiring

    session: Session = ctx.obj
    if speed is None and (start or session.rehearsal):
        raise Misused(session.t.plain("A rehearsal needs a speed, as in: worthalten run --speed 5000"))
    session.rehearsal = speed is not None
    wiring.log_to_stderr(verbose=session.verbose)
    _ = session.ready
    session.installation.engine.dispose()  # the runner opens the database for itself
    if speed is None:
        asyncio.run(_serve(session, wiring.runner(session.config)))
        return
    zone = session.config.bot.timezone
    first = datetime.combine(start.date() if start else datetime.now(zone).date(), AFTERNOON, zone)
    asyncio.run(_serve(session, *wiring.rehearsal(session.real_config, speed, first, patience)))


async def _serve(session: Session, runner: "Runner", rehearsal: "Rehearsal | None" = None) -> None:
    """Run until a signal comes."""
    t = session.t
    _listen_to_signals(session, runner.stopping)
    beside = [asyncio.create_task(_learn_name(session, runner, line)) for line in runner.lines]
    if rehearsal:
        beside.append(asyncio.create_task(_tell_days(session, runner, rehearsal)))
    try:
        await runner.run()
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
    if rehearsal:
        out(_closing(session, rehearsal))
    out(t.plain("Worthalten has stopped."))


async def _tell_days(session: Session, runner: "Runner", rehearsal: "Rehearsal") -> None:
    """Say which day it is in the rehearsal, once a day, and when nothing is to come any more."""
    t, zone = session.t, session.config.bot.timezone
    told: date | None = None
    idle = False
    while not runner.stopping.is_set():
        today = rehearsal.clock.now().astimezone(zone).date()
        if today != told:
            told = today
            out(f"{t.short_day(today)} {today.year}")
        if rehearsal.idle and not idle:
            out(await runner.database(_standing_still, session, rehearsal))
        idle = rehearsal.idle
        await asyncio.sleep(LOOK_SECONDS)


def _standing_still(session: Session, rehearsal: "Rehearsal") -> str:
    """Why the calendar stands still: before the first pledge or after the last one."""
    from bot.service.surveying import Surveying

    if any(
        one.stages.get("running") or one.stages.get("closed") for one in Surveying(session.ready).survey().workshops
    ):
        return _closing(session, rehearsal)
    return session.t.plain(
        "The calendar stands still until somebody makes a pledge. Workshops, imports and the rest for this rehearsal: "
        "with --rehearsal, as in `worthalten workshop list --rehearsal`."
    )


def _closing(session: Session, rehearsal: "Rehearsal") -> str:
    """How far the rehearsal has come."""
    from bot.service.surveying import Surveying

    t, survey = session.t, Surveying(session.ready).survey()
    stages = [one.stages for one in survey.workshops]
    return t.plain(
        "Rehearsed until {day}: {pledges} pledges, {closed} of them closed; {messages} messages sent.",
        day=t.day(rehearsal.clock.now().astimezone(session.config.bot.timezone).date()),
        pledges=sum(sum(stage.values()) for stage in stages), closed=sum(stage.get("closed", 0) for stage in stages),
        messages=sum(states.get("sent", 0) for states in survey.queue.values()),
    )  # fmt: skip


def _listen_to_signals(session: Session, stopping: asyncio.Event) -> None:
    """The first signal stops cleanly, the second at once: what is on its way then is settled at the next start."""

    def stop() -> None:
        if stopping.is_set():
            os._exit(FAILED)
        err(session.t.plain("Stopping; a second Ctrl-C ends at once."))
        stopping.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)


async def _learn_name(session: Session, runner: "Runner", line: "Line") -> None:
    """Ask for the bot's own name until the platform says it, and keep it: links need it. Only then it is running."""
    from bot.ports import Gone

    t, channel, said = session.t, line.channel, False
    platform = session.config.channels[channel.name].platform
    while not runner.stopping.is_set():
        answer = await channel.bot_name()
        if isinstance(answer, str):
            await runner.database(session.hosting.remember, channel.name, platform, answer)
            out(t.plain("Worthalten is running on {channel}. Ctrl-C stops it.", channel=channel.name))
            return
        if not said:
            err(_not_yet(answer, channel.name, t))
        said = True
        pause = ASK_AGAIN_IF_GONE if isinstance(answer, Gone) else ASK_AGAIN
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(runner.stopping.wait(), pause)


def _not_yet(answer: "Delivery", channel: str, t: Speaker) -> str:
    """Why the channel does not run yet."""
    from adapters.cli.naming import reason

    why = (reason(answer, t) or t.plain("The platform does not answer.")).rstrip(".")
    return t.plain("{channel} is not running yet: {reason}. I keep trying.", channel=channel, reason=why)
