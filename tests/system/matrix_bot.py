"""A whole bot on one Matrix account, as a process of its own that tests can kill: `python -m tests.system.matrix_bot
DIRECTORY HOMESERVER USER PASSWORD`. It ends in order on SIGTERM."""

import asyncio
import signal
import sys
from functools import partial
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import Engine

from adapters.matrix import Pace, matrix_line
from adapters.wiring import assemble
from bot.config import Matrix
from bot.domain.land import Land
from bot.ports import Clock
from bot.service.installation import Installation, Rules
from bot.store import channels, migrations, workshops
from bot.store.engine import open_engine
from scheduler.clock import SystemClock
from scheduler.database import Database
from scheduler.ownership import Ownership
from scheduler.runner import Runner

CODE = "ABCD2345"
PASSWORD = "geheim"


def prepare(directory: Path, clock: Clock | None = None) -> None:
    """A database with one workshop, today, whose code is CODE."""
    engine = _engine(directory)
    clock = clock or SystemClock()
    with engine.begin() as tx:
        migrations.upgrade(tx)
        workshops.add(
            tx, letters="BER", name="Werkstatt Berlin", day=clock.now().date(), land=Land.BE, code=CODE,
            created_at=clock.now(),
        )  # fmt: skip
    engine.dispose()


def whole_bot(
    directory: Path, homeserver: str, user: str, clock: Clock | None = None, pace: Pace | None = None
) -> Runner:
    """All loops of a bot on one account."""
    engine = _engine(directory)
    installed = Installation(engine, clock or SystemClock(), Rules(responsible="Stadt Musterhausen"))
    ownership, database = Ownership(engine), Database()
    ownership.begin()

    async def load() -> str | None:
        return await database(partial(_load, engine))

    async def save(position: str) -> None:
        await database(partial(_save, engine, position))

    settings = Matrix(platform="matrix", homeserver=homeserver, user=user, password=SecretStr(PASSWORD))
    line = matrix_line("matrix", settings, directory, load, save, pace)
    return assemble(installed, [line], ownership, database)


def _engine(directory: Path) -> Engine:
    return open_engine(f"sqlite:///{directory / 'worthalten.db'}", pool_size=2)


def _load(engine: Engine) -> str | None:
    with engine.begin() as tx:
        return channels.position(tx, "matrix")


def _save(engine: Engine, position: str) -> None:
    with engine.begin() as tx:
        channels.move_on(tx, "matrix", position)


async def main(directory: Path, homeserver: str, user: str) -> None:
    """Run until SIGTERM."""
    runner = whole_bot(directory, homeserver, user)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, runner.stopping.set)
    await runner.run()
    if runner.gone:
        sys.exit(str(runner.gone))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
