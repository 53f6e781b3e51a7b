"""The bot as a process of its own."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine, select

from bot.store.channels import CHANNEL
from bot.store.tables import owners
from tests.homeserver import PASSWORD, Homeserver
from tests.telegram_server import TelegramServer

ROOT = Path(__file__).parents[2]


def configure(directory: Path, database: str, telegram: TelegramServer, **others: TelegramServer) -> Path:
    """A configuration file for a bot on this database and this Telegram; `others` are further channels by name."""
    file = directory / "config.toml"
    channels = "".join(
        f"""
[channels.{name}]
platform = "telegram"
token = "{server.token}"
api_url = "{server.url}"
"""
        for name, server in {"telegram": telegram, **others}.items()
    )
    file.write_text(f"""
[bot]
database = "{database}"
language = "en"
responsible = "Stadt Musterhausen"
data_dir = "{directory}/data"
{channels}""")
    return file


def configure_matrix(directory: Path, database: str, **accounts: tuple[Homeserver, str]) -> Path:
    """A configuration file for a bot on this database, with these accounts on their homeservers, by channel."""
    file = directory / "config.toml"
    channels = "".join(
        f"""
[channels.{name}]
platform = "matrix"
homeserver = "{server.url}"
user = "{user}"
password = "{PASSWORD}"
"""
        for name, (server, user) in accounts.items()
    )
    file.write_text(f"""
[bot]
database = "{database}"
responsible = "Stadt Musterhausen"
data_dir = "{directory}/data"
{channels}""")
    return file


def configure_both(directory: Path, database: str, telegram: TelegramServer, matrix: tuple[Homeserver, str]) -> Path:
    """A configuration file for a bot on this Telegram and with this account on its homeserver, in German."""
    file = configure_matrix(directory, database, matrix=matrix)
    with file.open("a", encoding="utf-8") as config:
        config.write(f"""
[channels.telegram]
platform = "telegram"
token = "{telegram.token}"
api_url = "{telegram.url}"
""")
    return file


class Bot:
    """A process that runs the bot. What it logs is kept in `log`."""

    def __init__(self, process: Process, log: Path) -> None:
        self._process = process
        self.log = log

    @classmethod
    async def start(cls, module: str, *arguments: object, log: Path) -> "Bot":
        """Run `python -m module arguments…` in the project's directory, in an environment without settings."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("WORTHALTEN")}
        with log.open("ab") as file:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", module, *map(str, arguments), cwd=ROOT, env=environment, stdout=file, stderr=file
            )
        return cls(process, log)

    async def is_polling(self, server: TelegramServer) -> None:
        """Wait until it has asked this Telegram for updates. Raises AssertionError when it ends instead."""
        seen = len(server.calls)

        def polls() -> bool:
            return server.updates.is_polled or any(call.method == "getUpdates" for call in server.calls[seen:])

        ended = asyncio.create_task(self._process.wait())
        polling = asyncio.create_task(server.until(polls, 30, "the bot does not poll"))
        await asyncio.wait({ended, polling}, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            polling.cancel()
            raise AssertionError(f"The bot ended by itself:\n{self.tail()}")
        ended.cancel()
        await polling

    async def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        await self._process.wait()

    async def terminate(self) -> int:
        """SIGTERM; the exit code."""
        self._process.send_signal(signal.SIGTERM)
        return await self._process.wait()

    async def ends(self) -> int:
        """Wait until it ends by itself; the exit code."""
        return await self._process.wait()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.returncode is None

    def tail(self) -> str:
        """The end of what it logged."""
        return self.log.read_text(errors="replace")[-4000:]


async def owner(engine: Engine, channel: str, bots: Sequence[Bot]) -> Bot:
    """Whichever of these processes owns the channel, as soon as one does."""
    query = select(owners.c.worker).where(owners.c.name == CHANNEL + channel)
    async with asyncio.timeout(60):
        while True:
            with engine.connect().execution_options(reading=True) as tx:
                worker = tx.execute(query).scalar() or ""
            for bot in bots:
                if bot.is_running and worker.endswith(f":{bot.pid}"):
                    return bot
            await asyncio.sleep(0.05)
