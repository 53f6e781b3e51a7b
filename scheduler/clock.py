"""What time it is for people. Nobody else asks; pacing, leases and backoff use real time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

PATIENCE_SECONDS = 5.0
"""How long the calendar of a rehearsal waits for an answer, in seconds of real time."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """Stands still until it is moved: for tests and for the demo."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        """Let that much time pass."""
        self._now += by

    def set(self, instant: datetime) -> None:
        """Move to `instant`; never back."""
        self._now = max(self._now, instant.astimezone(UTC))


class KeptClock:
    """Stands where somebody else's calendar has come to: `kept` gives that instant (UTC), or None where there is no
    such calendar yet; then it is the machine's clock."""

    def __init__(self, kept: Callable[[], datetime | None]) -> None:
        self._kept = kept

    def now(self) -> datetime:
        return self._kept() or datetime.now(UTC)


class RehearsalClock:
    """Runs `speed` times as fast as real time, in strokes: between two of them it stands still, so that whatever is
    handled meanwhile belongs to one instant of the calendar. `seconds` is monotonic real time.
    """

    def __init__(self, start: datetime, speed: float, seconds: Callable[[], float] = monotonic) -> None:
        if speed <= 0:
            raise ValueError("The speed of a rehearsal must be above 0.")
        self._now = start.astimezone(UTC)
        self._speed = speed
        self._seconds = seconds
        self._since = seconds()

    def now(self) -> datetime:
        return self._now

    def reach(self, horizon: datetime) -> datetime:
        """Where the next stroke leads: as far as the time since the last one allows, but never past `horizon` and
        never back. Time that was held is not caught up."""
        before, self._since = self._since, self._seconds()
        stroke = (self._since - before) * self._speed
        if stroke >= (horizon - self._now).total_seconds():
            return max(self._now, horizon)
        return self._now + timedelta(seconds=stroke)

    def set(self, instant: datetime) -> None:
        """Carry out a stroke."""
        self._now = instant.astimezone(UTC)
