"""Updates delivered by webhook: in order, again until they are answered 2xx."""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp

from tests.telegram_server.updates import Updates


class Webhook:
    """Where updates go when they are not polled. `retry` is the pause after a failure, in seconds."""

    def __init__(self, updates: Updates, retry: float = 0.1) -> None:
        self._updates = updates
        self._retry = retry
        self._task: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._arguments: dict[str, Any] = {}
        self._error = ""

    @property
    def url(self) -> str:
        """Where to; "" when there is no webhook."""
        return str(self._arguments.get("url", ""))

    def set(self, arguments: Mapping[str, Any]) -> bool:
        """setWebhook."""
        if not arguments["url"]:
            return self.delete(arguments)
        self.close()
        self._arguments = dict(arguments)
        if "allowed_updates" in arguments:
            self._updates.allowed = list(arguments["allowed_updates"])
        self._drop(arguments)
        self._task = asyncio.create_task(self._deliver())
        return True

    def delete(self, arguments: Mapping[str, Any]) -> bool:
        """deleteWebhook."""
        self.close()
        self._arguments = {}
        self._drop(arguments)
        return True

    def info(self) -> dict[str, Any]:
        """getWebhookInfo."""
        told = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
            "allowed_updates": self._updates.allowed,
        }
        return told | ({"last_error_message": self._error} if self._error else {})

    def wake(self) -> None:
        """There are new updates."""
        self._news.set()

    def close(self) -> None:
        """Deliver nothing more."""
        if self._task:
            self._task.cancel()
            self._task = None

    def _drop(self, arguments: Mapping[str, Any]) -> None:
        if arguments.get("drop_pending_updates"):
            self._updates.pending.clear()

    async def _deliver(self) -> None:
        secret = self._arguments.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        async with aiohttp.ClientSession(headers=headers) as session:
            while True:
                self._news.clear()
                for update in list(self._updates.pending):
                    while not await self._accepted(session, update):
                        await asyncio.sleep(self._retry)
                    self._updates.confirm(update["update_id"] + 1)
                if not self._updates.pending:
                    await self._news.wait()

    async def _accepted(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        try:
            async with session.post(self.url, json=update) as answer:
                self._error = "" if answer.ok else f"Wrong response from the webhook: {answer.status} {answer.reason}"
                return answer.ok
        except aiohttp.ClientError as problem:
            self._error = type(problem).__name__
            return False
