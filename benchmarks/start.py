"""Starting the bot on a database with a million pledges against starting it on an empty one.

Each start is a process of its own: it wires everything together as `worthalten run` does, with a channel that hears
and says nothing in place of Telegram, and is ready once it listens and has looked for what is due. The time
counts from the wiring on, so that the imports, the same for both, do not flatter the ratio.
"""

import asyncio
import json
import resource
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

import structlog

from adapters import wiring
from benchmarks.databases import CHANNEL, Stored, filled
from benchmarks.figures import Figure, milliseconds
from bot.ports import Delivery, Gone, Outgoing, Sent
from scheduler.database import Database
from scheduler.ownership import Ownership
from scheduler.runner import Line, Receive

MANY = 1_000_000
ROUNDS = 21
MEBIBYTE = 1024 * 1024


def main() -> None:
    """Measure and print."""
    stored = {"many": filled(MANY).copy("start-many"), "none": filled(0).copy("start-none")}
    starts: dict[str, list[dict[str, float]]] = {"many": [], "none": []}
    for number in range(ROUNDS + 1):
        for name, database in stored.items():
            command = (sys.executable, "-m", "benchmarks.start", str(database.file))
            told = subprocess.run(command, check=True, capture_output=True).stdout
            if number:  # the first brings the files into memory
                starts[name].append(json.loads(told))
    times = {name: median(start["seconds"] for start in found) for name, found in starts.items()}
    memory = {name: median(start["bytes"] for start in found) / MEBIBYTE for name, found in starts.items()}
    for name, value, target, unit, many, none in (
        ("start time", times["many"] / times["none"], 1.1, "", *map(milliseconds, (times["many"], times["none"]))),
        ("start memory", memory["many"] - memory["none"], 10, " MB", *map(_megabytes, (memory["many"], memory["none"]))),
    ):
        what = f"{many} with {MANY:,} pledges, {none} with none; medians of {ROUNDS} processes each."
        Figure(name, value, target, what, unit=unit).print()


def _megabytes(size: float) -> str:
    return f"{size:.1f} MB"


@dataclass
class Silence:
    """A channel on which nothing happens."""

    listening: asyncio.Event = field(default_factory=asyncio.Event)
    name: str = CHANNEL
    per_second: float = 28.0
    repeats_harmless: bool = True

    async def send(self, message: Outgoing) -> Delivery:
        return Sent()

    async def edit(self, message: Outgoing, message_id: str) -> Delivery:
        return Sent()

    async def retract(self, address: str, message_id: str) -> Delivery:
        return Sent()

    async def listen(self, receive: Receive, stop: asyncio.Event) -> Gone | None:
        self.listening.set()
        await stop.wait()
        return None

    async def close(self) -> None:
        pass


async def start(file: Path) -> dict[str, float]:
    """Start, stop once ready, and tell how many seconds and bytes it took."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    began = perf_counter()
    installed = Stored(file).installation()
    ownership, database, silence = Ownership(installed.engine), Database(), Silence()
    ownership.begin()
    runner = wiring.assemble(installed, [Line(silence, silence.listen, silence.close)], ownership, database)
    running = asyncio.create_task(runner.run())
    await silence.listening.wait()
    await database(runner.asking.ask_due)  # behind everything that the start has to do with the database
    took = perf_counter() - began
    runner.stopping.set()
    await running
    return {"seconds": took, "bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(asyncio.run(start(Path(sys.argv[1])))))
    else:
        main()
