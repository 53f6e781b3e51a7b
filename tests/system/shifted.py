"""`python -m tests.system.shifted SECONDS CONFIG`: what `worthalten run` does, so many seconds away from now.

Questions are asked on working mornings, tests run at any hour. Nothing but the clock is another.
"""

import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters import wiring
from bot.config import Config, load
from scheduler.database import Database
from scheduler.ownership import Ownership
from scheduler.runner import Runner


class ShiftedClock:
    """The machine's clock, moved by a fixed amount."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return datetime.now(UTC) + self._by


def runner(config: Config, by: timedelta) -> Runner:
    """All loops of one process, as `wiring.runner` builds them."""
    threads = wiring.POSTGRES_THREADS if config.bot.database.startswith("postgresql") else 1
    installed = wiring.installation(config, ShiftedClock(by), pool_size=threads + 1)
    ownership = Ownership(installed.engine)
    ownership.begin()
    return wiring.assemble(installed, wiring.lines(config), ownership, Database(threads))


async def serve(config: Config, by: timedelta) -> None:
    """Run until told to stop."""
    running = runner(config, by)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.stopping.set)
    await running.run()


if __name__ == "__main__":
    wiring.log_to_stderr()
    asyncio.run(serve(load(Path(sys.argv[2]), {}), timedelta(seconds=float(sys.argv[1]))))
