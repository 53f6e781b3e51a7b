"""Which updates of a platform are known. It is no queue: a known update is done with."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, delete, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from bot.store.tables import inbox

DONE, TRYING, FAILED = "done", "trying", "failed"


def enter(tx: Connection, channel: str, update_id: str, now: datetime) -> bool:
    """Take the update in, in the transaction of its effects; False where it is known already."""
    values = {"channel": channel, "update_id": update_id, "at": now, "state": DONE}
    return tx.execute(_entering(tx.dialect.name), values).first() is not None


@cache
def _entering(dialect: str) -> ReturningInsert[str]:
    retried = _insert(dialect)(inbox).on_conflict_do_update(
        index_elements=(inbox.c.channel, inbox.c.update_id), set_={"state": DONE}, where=inbox.c.state == TRYING
    )
    return retried.returning(inbox.c.state)  # type: ignore[no-any-return]


def failed_once_more(tx: Connection, channel: str, update_id: str, now: datetime) -> int:
    """It could not be handled; gives how often by now."""
    insert = _insert(tx.dialect.name)(inbox).values(channel=channel, update_id=update_id, at=now, state=TRYING)
    index = (inbox.c.channel, inbox.c.update_id)
    counted = insert.on_conflict_do_update(index_elements=index, set_={"attempts": inbox.c.attempts + 1})
    return int(tx.execute(counted.returning(inbox.c.attempts)).scalar_one())


def set_aside(tx: Connection, channel: str, update_id: str) -> None:
    """It is given up, for a person to look at."""
    where = (inbox.c.channel == channel, inbox.c.update_id == update_id)
    tx.execute(update(inbox).where(*where).values(state=FAILED))


def failures(tx: Connection) -> Sequence[tuple[str, str, datetime]]:
    """Channel, id and time of what was set aside."""
    query = select(inbox.c.channel, inbox.c.update_id, inbox.c.at).where(inbox.c.state == FAILED)
    return list(tx.execute(query.order_by(inbox.c.at)))


def forget_before(tx: Connection, before: datetime, most: int) -> int:
    """Platforms repeat an update for a day at most; what was set aside stays. `most` at once; gives how many went."""
    key = (inbox.c.channel, inbox.c.update_id)
    old = select(*key).where(inbox.c.at < before, inbox.c.state == DONE).limit(most)
    return tx.execute(delete(inbox).where(tuple_(*key).in_(old))).rowcount


def _insert(dialect: str):  # type: ignore[no-untyped-def]  # the two dialects' inserts share no public base
    return postgresql.insert if dialect == "postgresql" else sqlite.insert
