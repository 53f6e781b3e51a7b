"""`worthalten run`: the bot on all configured channels, until it is told to stop."""

import asyncio
import contextlib
import os
import signal
from typing import TYPE_CHECKING

import typer

from adapters.cli.failures import FAILED, Refused
from adapters.cli.output import err, out
from adapters.cli.session import Session
from bot.texts import mark

if TYPE_CHECKING:
    from scheduler.runner import Line, Runner

ASK_AGAIN = 30.0
"""Seconds between two attempts to learn the bot's own name."""


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
    """Run until a signal comes or every channel is gone. Raises Refused in the latter case."""
    t = session.t
    _listen_to_signals(session, runner.stopping)
    names = [asyncio.create_task(_learn_name(session, runner, line)) for line in runner.lines]
    running = asyncio.create_task(runner.run())
    await asyncio.sleep(0)  # now it runs
    channels = ", ".join(line.channel.name for line in runner.lines)
    out(t.plain("Worthalten is running on {channels}. Ctrl-C stops it.", channels=channels))
    try:
        await running
    finally:
        for task in names:
            task.cancel()
        await asyncio.gather(*names, return_exceptions=True)
    out(t.plain("Worthalten has stopped."))
    if len(runner.gone) == len(runner.lines):
        reasons = "; ".join(f"{name}: {gone.reason}" for name, gone in runner.gone.items())
        raise Refused(t.plain("No channel is left to run on ({reasons}).", reasons=reasons))


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
    """Ask for the bot's own name until the platform says it, and keep it: links need it."""
    from bot.ports import Gone

    channel = line.channel
    platform = session.config.channels[channel.name].platform
    while not runner.stopping.is_set():
        answer = await channel.bot_name()
        if isinstance(answer, Gone):
            return
        if isinstance(answer, str):
            await runner.database(session.hosting.remember, channel.name, platform, answer)
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(runner.stopping.wait(), ASK_AGAIN)
