"""The SDK's bot, made discreet and tolerant: nothing of what people write reaches a log, odd updates do no harm."""

import logging
from collections.abc import Sequence
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

logging.getLogger("telegram").setLevel(logging.WARNING)  # it logs texts


class Client(Bot):
    """The SDK's bot, plus updates as they come."""

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
