"""Four processes on one PostgreSQL with four channels, against one: messages in and answered, and questions asked.

Each channel is a bot account of its own on a Telegram server of the tests, all of them processes on this machine and
without rate limits; ours are not paced, either, as that would be all that is measured. When the processes have found
their share of the channels everybody writes `/status`; then, with new processes, half get a check-in, half a broadcast
at one moment. The time runs from the first message that arrives to the last; each is done anew for each number of
processes, on a database of their own.
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import aiohttp

from adapters import wiring
from benchmarks.figures import Figure
from bot.config import load
from bot.store.engine import open_engine
from tests.databases import Postgres
from tests.system.population import FIRST, JOINED, MORNING, fill
from tests.system.shifted import ShiftedClock

CHANNELS = ("north", "east", "south", "west")
EACH, ROUNDS, MANY = 200, 3, 4
UNPACED = 1_000_000.0
TOGETHER = 12.0
"""Seconds from the start until all processes are ready and have their share of the channels."""


def main() -> None:
    """Measure and print; with arguments be one of the processes."""
    if sys.argv[1:]:
        be(Path(sys.argv[1]), float(sys.argv[2]))
        return
    server = Postgres()
    try:
        rates: dict[int, list[tuple[float, float]]] = {1: [], MANY: []}
        for _ in range(ROUNDS):
            for count, measured in rates.items():
                with server.fresh() as database:
                    measured.append(asyncio.run(measure(database, count)))
    finally:
        server.stop()
    cores = os.cpu_count()
    for place, what in enumerate(("answers to what comes in", "questions and announcements")):
        one, many = (median(rate[place] for rate in rates[count]) for count in (1, MANY))
        Figure(
            f"processes {('in and out', 'out')[place]}", many / one, 1.0,
            f"{what}: {many:.0f} a second from {MANY} processes, {one:.0f} from one, on {cores} cores;"
            f" medians of {ROUNDS}.", most=False,
        ).print()  # fmt: skip


async def measure(database: str, processes: int) -> tuple[float, float]:
    """Answers a second to what people write, and questions and announcements a second."""
    engine = open_engine(database)
    fill(engine, CHANNELS, EACH)
    engine.dispose()
    with servers() as urls, tempfile.TemporaryDirectory() as directory:
        config = Path(directory) / "config.toml"
        config.write_text(f'[bot]\ndatabase = "{database}"\nresponsible = "x"\ndata_dir = "{directory}/data"\n'
                          '[http]\nlisten = "127.0.0.1:0"\n'
                          + "".join(
                              f'[channels.{name}]\nplatform = "telegram"\ntoken = "{token(name)}"\napi_url = "{url}"\n'
                              for name, url in urls.items()
                          ))  # fmt: skip
        async with aiohttp.ClientSession() as session:
            began = JOINED + timedelta(hours=8)
            async with running(config, began, processes):
                await asyncio.sleep(TOGETHER)
                await asyncio.gather(*(everybody_writes(session, url) for url in urls.values()))
                answered = await rate(session, urls, 0)
            async with running(config, MORNING - timedelta(seconds=TOGETHER), processes):
                asked = await rate(session, urls, EACH)
        return answered, asked


@asynccontextmanager
async def running(config: Path, moment: datetime, count: int) -> AsyncIterator[None]:
    """So many processes that begin at that moment."""
    shift = (moment - datetime.now(UTC)).total_seconds()
    command = (sys.executable, "-m", "benchmarks.processes", config, str(shift))
    bots = [await asyncio.create_subprocess_exec(*command, stderr=subprocess.DEVNULL) for _ in range(count)]
    yield
    for bot in bots:
        bot.terminate()
    for bot in bots:
        await bot.wait()


async def everybody_writes(session: aiohttp.ClientSession, url: str) -> None:
    """`/status` from everybody, in turn."""
    for number in range(EACH):
        path = f"{url}/_control/people/{FIRST + number}/says"
        async with session.post(path, json={"text": "/status"}) as answer:
            answer.raise_for_status()


async def rate(session: aiohttp.ClientSession, urls: dict[str, str], before: int) -> float:
    """How many messages a second arrive, until everybody has one more than the `before` on each channel."""
    arrived: list[float] = []
    while len(arrived) < len(CHANNELS) * EACH:
        await asyncio.sleep(1)
        arrived = sorted([at for url in urls.values() for at in (await arrivals(session, url))[before:]])
    return len(arrived) / (arrived[-1] - arrived[0])


async def arrivals(session: aiohttp.ClientSession, url: str) -> list[float]:
    """When messages arrived at this server."""
    async with session.get(f"{url}/_control/log") as answer:
        told = await answer.json()
    return [delivery["at"] for delivery in told["deliveries"] if delivery["method"] == "sendMessage"]


def token(channel: str) -> str:
    """The token of this channel's bot."""
    return f"{1000 + CHANNELS.index(channel)}:TEST"


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """A Telegram for each channel; gives their addresses."""
    commands = {name: [sys.executable, "-m", "tests.telegram_server", "--token", token(name)] for name in CHANNELS}
    running = {name: subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for name, command in commands.items()}
    yield {name: server.stdout.readline().strip() for name, server in running.items() if server.stdout}
    for server in running.values():
        server.terminate()
        server.wait()


def be(config: Path, shift: float) -> None:
    """One of the processes."""
    wiring.log_to_stderr()
    asyncio.run(_run(config, timedelta(seconds=shift)))


async def _run(config: Path, shift: timedelta) -> None:
    runner = wiring.runner(load(config, {}), ShiftedClock(shift))
    for line in runner.lines:
        line.channel.per_second = UNPACED
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, runner.stopping.set)
    await runner.run()


if __name__ == "__main__":
    main()
