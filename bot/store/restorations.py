"""Which backups were restored, and whether an administrator has seen what was due meanwhile."""

from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from bot.store.tables import restorations

_UNSEEN = select(restorations).where(restorations.c.seen_at.is_(None)).order_by(restorations.c.id.desc()).limit(1)


def begin(tx: Connection, snapshot_at: datetime, restored_at: datetime) -> None:
    """A backup was restored. Both instants are real time."""
    tx.execute(insert(restorations).values(snapshot_at=snapshot_at, restored_at=restored_at))


def unseen(tx: Connection) -> Row[*tuple[object, ...]] | None:
    """The restoration (id, snapshot_at, restored_at) that nobody has looked at yet; None where there is none."""
    return tx.execute(_UNSEEN).one_or_none()


def untold(tx: Connection) -> bool:
    """Whether nobody has looked at a restoration yet, nor has been told of it."""
    found = tx.execute(_UNSEEN).one_or_none()
    return found is not None and found.told_at is None


def told(tx: Connection, now: datetime) -> None:
    """The administrators were told what waits for them."""
    tx.execute(update(restorations).where(restorations.c.seen_at.is_(None)).values(told_at=now))


def seen(tx: Connection, now: datetime) -> None:
    """An administrator has seen what was due."""
    tx.execute(update(restorations).where(restorations.c.seen_at.is_(None)).values(seen_at=now))
