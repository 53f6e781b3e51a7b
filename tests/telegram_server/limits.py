"""Telegram's limits on sending: off by default, exact when switched on."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Limits:
    """What a token may send. Over any limit the whole token is in penalty: 429 to every call until it has passed.

    All times are seconds of `clock`. `refused` counts the calls answered 429 so far.
    """

    clock: Callable[[], float]
    strict: bool = False
    per_second: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 5
    group_per_minute: int = 20
    penalty: float = 5.0
    refused: int = 0
    _until: float = float("-inf")
    _sent: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _tokens: dict[int, tuple[float, float]] = field(default_factory=dict)

    def punish(self, seconds: float) -> None:
        """Put the token in penalty for `seconds`, whatever it did."""
        self._until = self.clock() + seconds

    def refuses(self, chat: int | None) -> int | None:
        """The `retry_after` for a call now, or None if it may pass. `chat` is where it sends to, None for no send."""
        now = self.clock()
        if now >= self._until and self.strict and chat is not None and not self._admits(chat, now):
            self._until = now + self.penalty
        if now < self._until:
            self.refused += 1
            return max(1, -int(-(self._until - now) // 1))
        return None

    def _admits(self, chat: int, now: float) -> bool:
        _forget(self._sent, now - 1)
        group = self._groups[chat] if chat < 0 else None
        if group is not None:
            _forget(group, now - 60)
        tokens, since = self._tokens.get(chat, (float(self.chat_burst), now))
        tokens = min(float(self.chat_burst), tokens + (now - since) * self.chat_per_second)
        too_many = len(self._sent) >= self.per_second or tokens < 1
        if too_many or (group is not None and len(group) >= self.group_per_minute):
            return False
        self._sent.append(now)
        self._tokens[chat] = (tokens - 1, now)
        if group is not None:
            group.append(now)
        return True


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
