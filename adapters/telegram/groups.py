"""Groups: Telegram takes at most twenty messages a minute to one, whatever the bot may send elsewhere."""

from collections import deque
from collections.abc import Callable
from time import monotonic

PER_MINUTE = 18
"""A little less than Telegram's limit: its minute and ours are never quite the same."""
MINUTE = 60.0


class GroupQuota:
    """How much each group has had in the last minute. `seconds` is monotonic real time."""

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        self._seconds = seconds
        self._sent: dict[int, deque[float]] = {}

    def wait(self, chat: int) -> float:
        """Seconds until the next message to this chat; 0 when it may go now, as it always may in private. Where it
        may go it counts as sent."""
        if chat > 0:
            return 0.0
        now = self._seconds()
        self._sent = {group: sent for group, sent in self._sent.items() if sent[-1] > now - MINUTE}
        sent = self._sent.setdefault(chat, deque(maxlen=PER_MINUTE))
        if len(sent) == PER_MINUTE and sent[0] > now - MINUTE:
            return sent[0] + MINUTE - now
        sent.append(now)
        return 0.0
