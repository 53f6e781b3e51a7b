"""`worthalten run`: the bot on all configured channels, until it is told to stop."""

import asyncio
import contextlib
import os
import signal
from typing import TYPE_CHECKING

import typer

from adapters.cli.failures import FAILED
from adapters.cli.output import err, out
from adapters.cli.session import Session
from bot.texts import Speaker, mark

if TYPE_CHECKING:
    from bot.ports import Delivery
    from scheduler.runner import Line, Runner

ASK_AGAIN, ASK_AGAIN_IF_GONE = 30.0, 300.0
"""Seconds between two attempts to learn the bot's own name; where the platform does not accept it, the second."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", help=mark("Run the bot on all configured channels."))(run)


def run(ctx: typer.Context) -> None:
    from adapters import wiring

    session: Session = ctx.obj
    wiring.log_to_stderr(verbose=session.verbose)
    _ = session.ready
    session.installation.engine.dispose()  # the runner opens the database for itself
    asyncio.run(_serve(session, wiring.runner(session.config)))


async def _serve(session: Session, runner: "Runner") -> None:
    """Run until a signal comes."""
    t = session.t
    _listen_to_signals(session, runner.stopping)
    names = [asyncio.create_task(_learn_name(session, runner, line)) for line in runner.lines]
    try:
        await runner.run()
    finally:
        for task in names:
            task.cancel()
        await asyncio.gather(*names, return_exceptions=True)
    out(t.plain("Worthalten has stopped."))


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
