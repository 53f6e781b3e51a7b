"""The chats in which a workshop's live count stands, one at most in each."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.store.tables import watches


@dataclass(frozen=True, slots=True)
class Watched:
    """A live count; `shown` are the numbers that its message shows."""

    channel: str
    address: str
    person_id: int | None
    workshop_id: int
    language: str
    shown: tuple[int, ...]


def begin(tx: Connection, watch: Watched, until: datetime) -> None:
    """A live count in this chat until then, instead of the one before it."""
    end(tx, watch.channel, watch.address)
    tx.execute(insert(watches).values(**asdict(watch), until=until))


def end(tx: Connection, channel: str, address: str) -> None:
    """No live count in this chat any more."""
    tx.execute(delete(watches).where(watches.c.channel == channel, watches.c.address == address))


def all_(tx: Connection, now: datetime) -> Sequence[Watched]:
    """All live counts that go on."""
    rows = tx.execute(select(watches).where(watches.c.until > now))
    return [
        Watched(row.channel, row.address, row.person_id, row.workshop_id, row.language, tuple(row.shown))
        for row in rows
    ]


def showing(tx: Connection, watch: Watched, numbers: Sequence[int]) -> None:
    """The message shows these numbers from now on."""
    here = (watches.c.channel == watch.channel, watches.c.address == watch.address)
    tx.execute(update(watches).where(*here).values(shown=list(numbers)))


def forget_ended(tx: Connection, now: datetime) -> None:
    """Live counts whose time is over."""
    tx.execute(delete(watches).where(watches.c.until <= now))
