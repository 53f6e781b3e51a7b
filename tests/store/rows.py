"""Rows to begin with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from bot.domain.land import Land
from bot.domain.pledge import Pledge, Stage
from bot.store import people, pledges, workshops

NOW = datetime(2025, 7, 9, 12, 0, tzinfo=UTC)
DAY, DUE = date(2025, 7, 9), date(2026, 1, 9)
PERSON = {"language": "de", "zone": "Europe/Berlin", "weekday": 1, "window": "morning"}


@dataclass
class Rows:
    """Makes rows in one transaction. `now` is when everything happens."""

    tx: Connection
    now: datetime = NOW

    def workshop(self, letters: str = "BER", day: date = DAY) -> int:
        """A workshop, on 9 July 2025 unless said otherwise; its id."""
        code = f"{letters}23456"
        made = workshops.add(
            self.tx, letters=letters, name=letters, day=day, land=Land.BE, code=code, created_at=self.now
        )
        return made.id

    def person(self, address: str = "1", channel: str = "telegram") -> int:
        """A person with one account; their id."""
        return people.add(self.tx, PERSON, channel, address, f"user {address}", self.now)

    def pledge(
        self, reference: str, workshop_id: int, maker_id: int | None, due: date = DUE, registered: date = DAY
    ) -> int:
        """A running pledge; its id."""
        pledge = Pledge(reference, workshop_id, "Ein Wort", due, Stage.RUNNING, maker_id, registered)
        return pledges.add(self.tx, pledge, self.now)
