"""A message in and its answer out, through the whole bot, against python-telegram-bot echoing what it hears.

All talk to the same Telegram server of the tests, a process of its own without rate limits. Hundreds of people write
`/status` and `/hilfe` before a bot starts; the time runs from its start until the last answer has arrived. More
messages from fewer people would measure our pacing, which holds a chat to one message a second after three.

Ours commits each message with its answer, and leases and settles each row on disk. Two baselines keep nothing and echo
the words, ten sends at a time: python-telegram-bot's Application with its Updater, and a bare loop around its Bot. The
faster of the two counts.
"""

import asyncio
import logging
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import perf_counter
from typing import Any

import aiohttp
import structlog
from telegram import Bot, Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from adapters import wiring
from adapters.telegram.channel import TelegramChannel
from adapters.telegram.polling import poll
from benchmarks.databases import CHANNEL, filled
from benchmarks.figures import Figure
from bot.ports import Delivery, Gone, Outgoing
from bot.service.installation import Installation
from scheduler.database import Database
from scheduler.ownership import Ownership
from scheduler.runner import Intake, Line

TOKEN = "123456:TEST"
PEOPLE = 450
WORDS = ("/status", "/hilfe")
MESSAGES = PEOPLE * len(WORDS)
ROUNDS = 5
AT_ONCE = 10
UNPACED = 1_000_000.0


class Count:
    """Counts answers; `all` is set with the last."""

    def __init__(self) -> None:
        self.all = asyncio.Event()
        self._so_far = 0

    def one(self) -> None:
        """One more has arrived."""
        self._so_far += 1
        if self._so_far == MESSAGES:
            self.all.set()


EchoBot = Callable[[str, Count], Awaitable[None]]
"""Talks to the server at an address until everything is answered."""


def main() -> None:
    """Measure and print."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    for name in ("httpx", "telegram", "apscheduler"):
        logging.getLogger(name).setLevel(logging.ERROR)
    with subprocess.Popen(
        (sys.executable, "-m", "tests.telegram_server", "--port", "0", "--token", TOKEN), stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        url = server.stdout.readline().decode().strip()
        try:
            times = asyncio.run(measured(url))
        finally:
            server.terminate()
    best = {name: min(found) for name, found in times.items()}
    ours = best.pop("ours")
    name, theirs = min(best.items(), key=lambda pair: pair[1])
    each = ", ".join(f"{key} {MESSAGES / took:.0f}" for key, took in {"ours": ours, **best}.items())
    Figure(
        "echo", theirs / ours, 0.5,
        f"Against the {name}. Messages a second: {each}; the best of {ROUNDS} rounds of {MESSAGES}.", most=False,
    ).print()  # fmt: skip


async def measured(url: str) -> dict[str, list[float]]:
    """Seconds for all messages, of each bot in each round."""
    installed = filled(PEOPLE).copy("echo").installation()

    async def ours(url: str, count: Count) -> None:
        await worthalten(installed, url, count)

    bots: dict[str, EchoBot] = {"ours": ours, "bare loop": bare_loop, "Application": application}
    times: dict[str, list[float]] = {name: [] for name in bots}
    for number in range(ROUNDS + 1):
        for name, bot in bots.items():
            await people_write(url)
            count, began = Count(), perf_counter()
            running = asyncio.create_task(_until_answered(bot(url, count)))
            await asyncio.wait({running, asyncio.create_task(count.all.wait())}, return_when=asyncio.FIRST_COMPLETED)
            if number:  # the first warms up
                times[name].append(perf_counter() - began)
            await running
    return times


async def _until_answered(bot: Awaitable[None]) -> None:
    await bot


async def people_write(url: str) -> None:
    """Everybody writes, in turn; what was written before is done with."""
    async with aiohttp.ClientSession(url) as session:
        async with session.get(f"/bot{TOKEN}/getUpdates", params={"offset": 2**52}) as answer:
            answer.raise_for_status()
        for text in WORDS:
            for person in range(PEOPLE):
                async with session.post(f"/_control/people/{person}/says", json={"text": text}) as answer:
                    answer.raise_for_status()


class CountingChannel(TelegramChannel):
    """The channel as it is, but that it counts what has arrived."""

    def __init__(self, url: str, count: Count) -> None:
        super().__init__(CHANNEL, TOKEN, url, per_second=UNPACED)
        self._count = count

    async def send(self, message: Outgoing) -> Delivery:
        """As in the channel."""
        delivery = await super().send(message)
        self._count.one()
        return delivery


async def worthalten(installed: Installation, url: str, count: Count) -> None:
    """The whole bot."""
    channel = CountingChannel(url, count)

    async def listen(intake: Intake, stop: asyncio.Event) -> Gone | None:
        return await poll(channel, intake.receive, stop)

    ownership = Ownership(installed.engine)
    runner = wiring.assemble(installed, [Line(channel, listen, channel.close)], ownership, Database())
    running = asyncio.create_task(runner.run())
    await count.all.wait()
    runner.stopping.set()
    await running


async def bare_loop(url: str, count: Count) -> None:
    """`Bot.get_updates`, and at most ten `Bot.send_message` at once."""
    request, polling = HTTPXRequest(connection_pool_size=AT_ONCE), HTTPXRequest(connection_pool_size=1)
    turns = asyncio.Semaphore(AT_ONCE)

    async def echo(bot: Bot, update: Update) -> None:
        assert update.message is not None
        async with turns:
            await bot.send_message(update.message.chat_id, update.message.text or "")
        count.one()

    bot = Bot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=polling)
    async with bot, asyncio.TaskGroup() as echoes:
        offset = None
        while not count.all.is_set():
            for update in await bot.get_updates(offset, timeout=1):
                offset = update.update_id + 1
                echoes.create_task(echo(bot, update))


async def application(url: str, count: Count) -> None:
    """The Application of the guide's echo bot, with updates handled concurrently."""

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "")
        count.one()

    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot")
    app: Any = builder.concurrent_updates(AT_ONCE).connection_pool_size(AT_ONCE).pool_timeout(30).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    async with app:
        await app.updater.start_polling()
        await app.start()
        await count.all.wait()
        with suppress(asyncio.CancelledError):
            await app.updater.stop()
        await app.stop()


if __name__ == "__main__":
    main()
