"""Starting the bot on a database with a million pledges against starting it on an empty one.

Each start is a process of its own: it wires everything together as `worthalten run` does, with a channel that hears
and says nothing in place of Telegram, and is ready once it listens and has looked for what is due. The time
counts from the wiring on, so that the imports, the same for both, do not flatter the ratio.
"""

import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import structlog

from adapters import wiring
from benchmarks.databases import CHANNEL, Stored, filled
from benchmarks.figures import Figure, milliseconds
from bot.ports import Delivery, Gone, Outgoing, Sent
from scheduler.database import Database
from scheduler.ownership import Ownership
from scheduler.runner import Intake, Line

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
    times = {name: min(start["seconds"] for start in found) for name, found in starts.items()}
    memory = {name: min(start["bytes"] for start in found) / MEBIBYTE for name, found in starts.items()}
    against = f"with {MANY:,} pledges, {{}} with none; minima of {ROUNDS} processes each."
    Figure(
        "start time", times["many"] / times["none"], 1.1,
        f"{milliseconds(times['many'])} {against.format(milliseconds(times['none']))}",
    ).print()  # fmt: skip
    Figure(
        "start memory", round(memory["many"] - memory["none"], 1) + 0.0, 10,
        f"{memory['many']:.1f} MB {against.format(_megabytes(memory['none']))}", unit=" MB",
    ).print()  # fmt: skip


def _megabytes(size: float) -> str:
    return f"{size:.1f} MB"


@dataclass
class Silence:
    """A channel on which nothing happens."""

    listening: asyncio.Event = field(default_factory=asyncio.Event)
    name: str = CHANNEL
    per_second: float = 28.0
    chat_seconds: float = 1.0
    repeats_harmless: bool = True

    async def bot_name(self) -> str | Delivery:
        return "bot"

    def count(self, message: Outgoing) -> int:
        return 1

    async def send(self, message: Outgoing) -> Delivery:
        return Sent()

    async def show_typing(self, address: str) -> None:
        pass

    async def edit(self, message: Outgoing, message_id: str) -> Delivery:
        return Sent()

    async def retract(self, address: str, message_id: str) -> Delivery:
        return Sent()

    async def listen(self, intake: Intake, stop: asyncio.Event) -> Gone | None:
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
    return {"seconds": took, "bytes": peak_memory()}


def peak_memory() -> int:
    """The most bytes of memory that this process has held. `ru_maxrss` would begin with what its parent held."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(asyncio.run(start(Path(sys.argv[1])))))
    else:
        main()
