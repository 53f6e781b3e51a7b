"""What belongs to a person, in whatever table: found by the foreign keys, so that a new table is not forgotten.

A row belongs to whom it points at, whose chat it is about, or whose row it hangs on. `person_id` says whose a row is
where it hangs on somebody else's: the answer of a partner is theirs, not the maker's.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, or_, select, tuple_

from bot.store.tables import accounts, metadata, people

Rows = Sequence[Row[*tuple[Any, ...]]]


def of(tx: Connection, person_id: int) -> dict[str, Rows]:
    """All rows of a person by the name of their table, tables with none left out."""
    found: dict[str, Rows] = {}
    for table in _ORDER:
        ways = [*_pointing(table, person_id, found), *_chats(table, found)]
        if ways:
            order = list(table.primary_key.columns)
            found[table.name] = tx.execute(select(table).where(or_(*ways)).order_by(*order)).all()
    return {name: rows for name, rows in found.items() if rows}


def reachable() -> set[str]:
    """The names of all tables that may hold something of a person."""
    names = {people.name}
    for table in _ORDER:
        parents = {key.column.table.name for key in table.foreign_keys}
        if parents & names or _names_chats(table):
            names.add(table.name)
    return names


def _pointing(table: Table, person_id: int, found: dict[str, Rows]) -> list[ColumnElement[bool]]:
    if table is people:
        return [people.c.id == person_id]
    ways: list[ColumnElement[bool]] = []
    for column in table.c:
        for key in column.foreign_keys:
            if key.column.table is people:
                ways.append(column == person_id)
            elif parents := found.get(key.column.table.name):
                hangs = column.in_([row._mapping[key.column.name] for row in parents])
                ways.append(and_(hangs, _nobody_elses(table, person_id)))
    return ways


def _nobody_elses(table: Table, person_id: int) -> ColumnElement[bool]:
    owner = table.c.get("person_id")
    return or_(owner.is_(None), owner == person_id) if owner is not None else and_(True)


def _chats(table: Table, found: dict[str, Rows]) -> list[ColumnElement[bool]]:
    chats = [(row.channel, row.address) for row in found.get(accounts.name, ())]
    if table is accounts or not chats or not _names_chats(table):
        return []
    return [tuple_(table.c.channel, table.c.address).in_(chats)]


def _names_chats(table: Table) -> bool:
    return {"channel", "address"} <= set(table.c.keys())


_ORDER = [people, accounts, *(table for table in metadata.sorted_tables if table not in (people, accounts))]
"""What is pointed at comes first, and the chats that others name."""
