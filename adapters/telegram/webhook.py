"""Telegram brings the updates: our address is set as the bot's webhook, and each call is answered after the commit.

Telegram repeats a call until it is answered 200, keeps each chat's order, and keeps for a day what it cannot hand
over. Setting and removing a webhook never drops what waits.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

import structlog
from telegram.error import TelegramError

from adapters.telegram.channel import TelegramChannel
from adapters.telegram.reading import ALLOWED_UPDATES
from adapters.telegram.receiving import Receive, Receiver
from adapters.telegram.waiting import Pace, Waiting
from bot.ports import Gone

Take = Callable[[Mapping[str, Any]], Awaitable[None]]
"""Takes one call; returns only when it is committed."""
Open = Callable[[str, str, Take], AbstractContextManager[str]]
"""Opens the door for calls to the channel of that name with that secret, and gives the address that leads to it."""

AT_ONCE = 20
"""How many calls Telegram may make at once; never two of one chat."""

_log = structlog.get_logger()


async def serve(
    channel: TelegramChannel,
    open_: Open,
    receive: Receive,
    stop: asyncio.Event,
    pace: Pace | None = None,
    contacted: Callable[[], None] = lambda: None,
) -> Gone | None:
    """Hand everything that Telegram brings to `receive` until `stop` is set.

    `contacted` is called whenever Telegram has said that our webhook is set. Now and then it is looked whether it still
    is. Faults are waited out; Gone is returned only when Telegram does not accept the token.
    """
    pace = pace or Pace()
    waiting = Waiting(channel.name, stop, pace)
    receiver = Receiver(channel, receive)
    secret = secret_of(channel.client.token)
    try:
        with open_(channel.name, secret, receiver.take) as address:
            first = True
            while not stop.is_set():
                try:
                    await waiting.unless_stopped(_set(channel, address, secret, first=first))
                except TelegramError as problem:
                    if gone := await waiting.out(problem):
                        return gone
                else:
                    first = False
                    waiting.well()
                    contacted()
                    await waiting.sleep(pace.look)
    finally:
        await receiver.close()
    return None


def secret_of(token: str) -> str:
    """What Telegram has to say with each call. It follows from the token: it is the same in every process, need not
    be kept, and changes with the token."""
    return hmac.digest(token.encode(), b"worthalten webhook", hashlib.sha256).hex()


async def _set(channel: TelegramChannel, address: str, secret: str, *, first: bool) -> None:
    """Make sure that our webhook is set. At `first` it is set anew: the secret is not to be seen from outside."""
    await channel.me()
    info = await channel.client.get_webhook_info()
    if not first and info.url == address:
        if info.last_error_message and info.pending_update_count:
            _log.warning("Telegram cannot hand messages over.", channel=channel.name, reason=info.last_error_message)
        return
    if info.url != address and (info.url or not first):
        _log.warning(
            "Another program had taken this bot's messages over; they are fetched back. Stop it, or give this bot a"
            " token of its own.",
            channel=channel.name,
        )
    await channel.client.set_webhook(
        address, allowed_updates=ALLOWED_UPDATES, secret_token=secret, max_connections=AT_ONCE
    )
