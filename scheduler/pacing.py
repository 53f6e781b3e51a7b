"""Even spacing: never more than the platform is content with, and never a burst.

A bucket that may be emptied at once hits the platform's limits whenever its window and ours are out of step; evenly
spaced sends cannot. A message that comes late gives what it is late by, three gaps at most, to those after it:
otherwise the little that each takes to be got ready would add up to a third of the pace.

Whatever happens on the way, no second of the platform's own clock holds more than it allows: a message reaches it some
time between leaving and landing, so that those which have not landed, or within the last second, are never more.
All times are monotonic real seconds.
"""

from collections import deque
from collections.abc import Callable
from time import monotonic

ALLOWED = 1.2
"""What the platform allows in a second, in parts of the pace."""
LATE = 3
"""What is late by so many gaps at most is made good by what follows."""
QUIET = 1.0
"""After so many seconds without a message nothing is late any more."""
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
        self._allowed = max(1, round(per_second * ALLOWED))
        self._flying = 0
        self._landed: deque[float] = deque()
        """When those landed that did so within the last second."""
        self._chats: dict[str, float] = {}

    def wait(self) -> float:
        """Seconds until the channel may send again; 0 when it may now."""
        now = self._seconds()
        while self._landed and self._landed[0] <= now - 1.0:
            self._landed.popleft()
        pause = max(0.0, self._next - now)
        if self._flying + len(self._landed) < self._allowed:
            return pause
        return max(pause, self._landed[0] + 1.0 - now if self._landed else self._gap)

    def took(self, chat: str, count: int = 1) -> None:
        """So many messages have just left for this chat."""
        now = self._seconds()
        owed = LATE * self._gap if now - self._next < QUIET else 0.0
        self._next = max(self._next, now - owed) + count * self._gap
        self._flying += count
        self._chats[chat] = max(self._chats.get(chat, 0.0), now) + count * self._chat_gap

    def landed(self, count: int = 1) -> None:
        """What became of so many of them is known."""
        self._flying -= count
        self._landed.extend([self._seconds()] * count)

    def hold(self, seconds: float) -> None:
        """The platform asked everything on this channel to wait."""
        self._next = max(self._next, self._seconds() + seconds)

    def held_chats(self, reserved: int = 0) -> dict[str, float]:
        """The chats that have had their burst, or all of it but `reserved`, and for how many seconds they must wait."""
        now = self._seconds()
        self._chats = {chat: full for chat, full in self._chats.items() if full > now}
        until = now + (CHAT_BURST - reserved - 1) * self._chat_gap
        return {chat: full - until for chat, full in self._chats.items() if full > until}
