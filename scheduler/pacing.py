"""Even spacing: never more than the platform is content with, and never a burst.

A bucket that may be emptied at once hits the platform's limits whenever its window and ours are out of step; evenly
spaced sends cannot. All times are monotonic real seconds.
"""

from collections.abc import Callable
from time import monotonic

CHAT_BURST = 3
"""How many messages one chat may get in a row before it is held to its pace: an answer is often two or three."""
RESERVED = 1
"""How many of these are kept for new messages. Telegram counts changes of old ones like new ones, but somebody who
taps quickly waits for the next question, and not for the old one to lose its buttons."""


class Pacer:
    """Says when the next message of one channel may leave: so many a second, and to one chat one in `chat_seconds`."""

    def __init__(self, per_second: float, chat_seconds: float, seconds: Callable[[], float] = monotonic) -> None:
        self._gap = 1.0 / per_second
        self._chat_gap = chat_seconds
        self._seconds = seconds
        self._next = seconds()
        self._chats: dict[str, float] = {}

    def wait(self) -> float:
        """Seconds until the channel may send again; 0 when it may now."""
        return max(0.0, self._next - self._seconds())

    def took(self, chat: str, count: int = 1) -> None:
        """So many messages have just left for this chat."""
        now = self._seconds()
        self._next = max(self._next, now) + count * self._gap
        self._chats[chat] = max(self._chats.get(chat, 0.0), now) + count * self._chat_gap

    def hold(self, seconds: float) -> None:
        """The platform asked everything on this channel to wait."""
        self._next = max(self._next, self._seconds() + seconds)

    def held_chats(self, reserved: int = 0) -> dict[str, float]:
        """The chats that have had their burst, or all of it but `reserved`, and for how many seconds they must wait."""
        now = self._seconds()
        self._chats = {chat: full for chat, full in self._chats.items() if full > now}
        until = now + (CHAT_BURST - reserved - 1) * self._chat_gap
        return {chat: full - until for chat, full in self._chats.items() if full > until}
