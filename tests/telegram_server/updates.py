"""The queue of updates: handed out by long polling, confirmed by offset."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


class Superseded(Exception):
    """Another getUpdates began while this one was waiting."""


class Updates:
    """What happened and was not yet confirmed. Ids are sequential from `first_id`."""

    def __init__(self, first_id: int = 730_000_001) -> None:
        self._next_id = first_id
        self.pending: list[dict[str, Any]] = []
        self.allowed: list[str] = []
        """The kinds asked for last; empty means all but those that must be asked for."""
        self.changed: Callable[[], None] = lambda: None
        """Called after each new update and when a poll begins to wait."""
        self._waiting: asyncio.Future[bool] | None = None

    @property
    def is_polled(self) -> bool:
        """Whether somebody waits for updates right now."""
        return self._waiting is not None and not self._waiting.done()

    def push(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Queue an update of the form `{kind: content}`; None if the bot did not ask for its kind."""
        kind = next(iter(body), "")
        if (kind not in self.allowed) if self.allowed else (kind in _ON_REQUEST):
            return None
        update = {"update_id": self._next_id} | body
        self._next_id += 1
        self.pending.append(update)
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(True)
        self.changed()
        return update

    def skip_ids(self, count: int) -> None:
        """Go on `count` ids later (or earlier, if negative), as Telegram does after a week without updates."""
        self._next_id += count

    def confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps that many from the end."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    async def poll(
        self, offset: int = 0, limit: int = 100, timeout: float = 0, allowed: Sequence[str] | None = None
    ) -> list[dict[str, Any]]:
        """The next updates; waits up to `timeout` seconds for the first. Raises Superseded."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(False)
        if allowed is not None:
            self.allowed = list(allowed)
        self.confirm(offset)
        if not self.pending and timeout > 0:
            self._waiting = waiting = asyncio.get_running_loop().create_future()
            self.changed()
            try:
                if not await asyncio.wait_for(waiting, timeout):
                    raise Superseded
            except TimeoutError:
                pass
        return self.pending[:limit]
