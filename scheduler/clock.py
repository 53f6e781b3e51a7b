"""What time it is for people. Nobody else asks; pacing, leases and backoff use real time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic


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


class RehearsalClock:
    """Runs `speed` times as fast as real time, but never past the earliest thing that is due and unhandled.

    `horizon` gives that instant (UTC), or None. It is looked up at each reading, so that a slow machine or a person
    who needs a few seconds to answer holds the calendar, instead of being run over by it. Time that was held is not
    caught up. `seconds` is monotonic real time.
    """

    def __init__(
        self,
        start: datetime,
        speed: float,
        horizon: Callable[[], datetime | None],
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        if speed <= 0:
            raise ValueError("The speed of a rehearsal must be above 0.")
        self._anchor = start.astimezone(UTC)
        self._speed = speed
        self._horizon = horizon
        self._seconds = seconds
        self._since = seconds()

    def now(self) -> datetime:
        real = self._seconds()
        wanted = self._anchor + timedelta(seconds=(real - self._since) * self._speed)
        horizon = self._horizon()
        if horizon is not None and wanted > horizon:
            wanted = max(horizon, self._anchor)
        self._anchor, self._since = wanted, real
        return wanted
