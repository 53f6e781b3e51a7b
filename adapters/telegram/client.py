"""The SDK's bot, made discreet and tolerant: nothing of what people write reaches a log, odd updates do no harm."""

import logging
from collections.abc import Sequence
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

logging.getLogger("telegram").setLevel(logging.WARNING)  # it logs texts


class Client(Bot):
    """The SDK's bot, plus updates as they come, and texts without reading more of the answer than is needed."""

    async def say(self, chat: int, text: str, **how: Any) -> int:
        """Send a text; gives its number. Raises TelegramError.

        The SDK's own way makes a whole `Message` of the answer, and would take one that it cannot parse for a failure.
        """
        result: Any = await self._post("sendMessage", {"chat_id": chat, "text": text, **how})
        if not isinstance(result, dict) or not isinstance(number := result.get("message_id"), int):
            raise TelegramError("Invalid server response")
        return number

    async def updates(
        self, offset: int | None, wait: int, allowed: Sequence[str], read_timeout: float
    ) -> list[dict[str, Any]]:
        """The next updates, unparsed: one that the SDK cannot parse must not hide the others.

        Everything before `offset` is confirmed. Telegram waits up to `wait` seconds for the first; `read_timeout` is
        how long we wait for Telegram. Raises TelegramError.
        """
        data = {"offset": offset, "timeout": wait, "allowed_updates": list(allowed)}
        result: Any = await self._post("getUpdates", data, read_timeout=read_timeout)
        if not isinstance(result, list):
            raise TelegramError("Invalid server response")
        return [update for update in result if isinstance(update, dict) and isinstance(update.get("update_id"), int)]
