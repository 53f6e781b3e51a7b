"""Even spacing: never more than the platform is content with, and never a burst.

A bucket that may be emptied at once hits the platform's limits whenever its window and ours are out of step; evenly
spaced sends cannot. All times are monotonic real seconds.
"""

from collections.abc import Callable
from time import monotonic

CHAT_BURST = 3
"""How many messages one chat may get in a row before it is held to one a second: an answer is often two or three."""
CHAT_SECONDS = 1.0
FORGET_AT = 10_000


class Pacer:
    """Says when the next message of one channel may leave."""

    def __init__(self, per_second: float, seconds: Callable[[], float] = monotonic) -> None:
        self._gap = 1.0 / per_second
        self._seconds = seconds
        self._next = seconds()
        self._chats: dict[str, float] = {}

    def wait(self) -> float:
        """Seconds until the channel may send again; 0 when it may now."""
        return max(0.0, self._next - self._seconds())

    def took(self, chat: str) -> None:
        """A message has just left for this chat."""
        now = self._seconds()
        self._next = max(self._next, now) + self._gap
        if len(self._chats) > FORGET_AT:
            self._chats = {key: full for key, full in self._chats.items() if full > now}
        self._chats[chat] = max(self._chats.get(chat, 0.0), now) + CHAT_SECONDS

    def hold(self, seconds: float) -> None:
        """The platform asked everything on this channel to wait."""
        self._next = max(self._next, self._seconds() + seconds)

    def held_chats(self) -> list[str]:
        """The chats that have had their burst and must wait a moment."""
        now = self._seconds()
        return [chat for chat, full in self._chats.items() if full - now > (CHAT_BURST - 1) * CHAT_SECONDS]
