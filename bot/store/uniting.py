"""Two people turn out to be one: everything that names the one names the other afterwards."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    and_,
    delete,
    exists,
    func,
    select,
    update,
)

from bot.store.tables import attendances, companions, metadata, news, people, pledges


def unite(tx: Connection, kept: int, gone: int) -> None:
    """Whatever belongs to the person `gone` belongs to `kept`; whatever names `gone` names `kept`; `gone` is no more.

    It goes through the tables themselves, so that none is forgotten. Where both have a row and there can be only one,
    the older stays. The stricter of two settings wins: who wants no messages gets none, the longer pause holds.
    """
    _keep_the_older(tx, companions, companions.c.pledge_id, companions.c.since, kept, gone)
    _keep_the_older(tx, attendances, attendances.c.workshop_id, attendances.c.at, kept, gone)
    for table, column in _naming_people():
        for key in _unique_with(table, column):
            twin = table.alias()
            same = and_(twin.c[column.name] == kept, *(twin.c[other.name] == other for other in key))
            tx.execute(delete(table).where(column == gone, exists(select(1).select_from(twin).where(same))))
        tx.execute(update(table).where(column == gone).values({column.name: kept}))
    own = select(pledges.c.id).where(pledges.c.maker_id == kept)
    tx.execute(delete(companions).where(companions.c.person_id == kept, companions.c.pledge_id.in_(own)))
    tx.execute(delete(news).where(news.c.person_id == news.c.teller_id))
    tx.execute(update(people).where(people.c.id == kept).values(**_stricter(tx, kept, gone)))
    tx.execute(delete(people).where(people.c.id == gone))


def _stricter(tx: Connection, *both: int) -> dict[str, Any]:
    rows = tx.execute(select(people).where(people.c.id.in_(both))).all()
    pauses = [row for row in rows if row.paused_until]
    return {
        "stopped": any(row.stopped for row in rows),
        "paused_until": max((row.paused_until for row in pauses), default=None),
        "paused_from": min((row.paused_from for row in pauses if row.paused_from), default=None),
        "created_at": min(row.created_at for row in rows),
    }


def _keep_the_older(tx: Connection, table: Table, about: Column[Any], since: Column[Any], kept: int, gone: int) -> None:
    """Of two rows about the same thing the younger goes."""
    mine = table.c.person_id.in_((kept, gone))
    first = select(about, func.min(since).label("first")).where(mine).group_by(about).having(func.count() > 1)
    for thing, earliest in tx.execute(first).all():
        twice = (mine, about == thing)
        keeps = tx.execute(select(table.c.person_id).where(*twice, since == earliest).limit(1)).scalar_one()
        tx.execute(delete(table).where(*twice, table.c.person_id != keeps))


def _naming_people() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that refers to a person."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is people.c.id for key in column.foreign_keys):
                yield table, column


def _unique_with(table: Table, column: Column[Any]) -> Iterator[list[Column[Any]]]:
    """The other columns of each key that this column is part of."""
    unique = (PrimaryKeyConstraint, UniqueConstraint)
    keys = [list(key.columns) for key in table.constraints if isinstance(key, unique)]
    keys += [list(index.columns) for index in table.indexes if index.unique]
    for key in keys:
        if column in key:
            yield [other for other in key if other is not column]
