"""Getting to know a bot account before there is a configuration: its name, and who writes to it."""

from dataclasses import dataclass

from telegram.error import TelegramError

from adapters.telegram.channel import TelegramChannel
from bot.ports import Delivery

API_URL = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who wrote to the bot: their number, and the name that they go by."""

    id: int
    name: str


async def name_of(token: str, api_url: str = "") -> str | Delivery:
    """The bot's user name; or why Telegram does not tell."""
    channel = TelegramChannel("new", token, api_url or API_URL)
    try:
        return await channel.bot_name()
    finally:
        await channel.close()


async def latest_writer(token: str, api_url: str = "") -> Writer | None:
    """Who wrote to the bot last, in private; None where nobody did. Nothing is confirmed: the bot will answer them."""
    channel = TelegramChannel("new", token, api_url or API_URL)
    try:
        updates = await channel.updates(None, 0)
    except TelegramError:
        return None
    finally:
        await channel.close()
    for update in reversed(updates):
        message = update.get("message") or {}
        if message.get("chat", {}).get("type") == "private" and message.get("from"):
            return Writer(message["from"]["id"], message["from"].get("first_name", ""))
    return None
