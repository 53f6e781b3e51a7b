"""How the installation is: what waits, for how long, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.service.backing_up import latest
from bot.service.installation import Installation
from bot.store import channels, occasions, outbox
from bot.store.channels import CHANNEL


@dataclass(frozen=True, slots=True)
class Vitals:
    """What there is at the instant `at` of the clock that people live by. Instants are UTC."""

    at: datetime
    queue: Mapping[tuple[str, str], int]
    """How many messages by channel and state."""
    oldest: Mapping[str, datetime]
    """By channel, since when the oldest message that is due has been waiting."""
    next_due: datetime | None
    """When the next question is due."""
    overdue: int
    """How many questions are due and not asked yet."""
    backup: datetime | None
    """When the last backup was made, in real time."""
    heartbeats: Mapping[str, datetime]
    """By channel the last sign of life of whoever owns it, in real time."""

    def waited(self, channel: str) -> timedelta:
        """How long the oldest message that is due on a channel has waited; 0 where none does."""
        return self.at - self.oldest.get(channel, self.at)


class Monitoring:
    """Looks at the installation. `data_dir` is where its backups are."""

    def __init__(self, installation: Installation, data_dir: Path) -> None:
        self._installation = installation
        self._data_dir = data_dir

    def vitals(self) -> Vitals:
        """How it is at this moment."""
        now = self._installation.now()
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return Vitals(
                at=now, queue=outbox.counts(tx), oldest=outbox.waiting_since(tx, now),
                next_due=occasions.earliest(tx), overdue=occasions.overdue(tx, now), backup=latest(self._data_dir),
                heartbeats={name.removeprefix(CHANNEL): at for name, at in channels.heartbeats(tx).items()},
            )  # fmt: skip
