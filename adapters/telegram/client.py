"""The SDK's bot, made discreet and tolerant: nothing of what people write reaches a log, odd updates do no harm."""

import json
import logging
from collections.abc import Sequence
from typing import Any

from telegram import Bot
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

for _logger in ("httpx", "httpcore", "telegram"):  # they log addresses with the token in them, and texts
    logging.getLogger(_logger).setLevel(logging.WARNING)

_NO_BACKEND = (502, 504)


class GatewayError(NetworkError):
    """A gateway answered 502 or 504: the call did not get through to Telegram."""


class Request(HTTPXRequest):
    """The SDK's HTTP client, which says when a gateway answered and does not log an answer that is no JSON."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As in the SDK. Raises GatewayError on 502 and 504."""
        code, payload = await super().do_request(*args, **kwargs)
        if code in _NO_BACKEND:
            raise GatewayError(f"gateway answered {code}")
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON. Raises TelegramError when it is none, without a word of it."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or ("result" not in answer and "error_code" not in answer):
            raise TelegramError("Invalid server response")
        return answer


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
