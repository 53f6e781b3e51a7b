"""Partners and deputies of pledges."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select

from bot.domain.company import Companion, Part
from bot.store.tables import companions, pledges

_OF_PLEDGES = (
    select(companions)
    .where(companions.c.pledge_id.in_(bindparam("pledges", expanding=True)))
    .order_by(companions.c.since, companions.c.person_id)
)
_PLEDGES_OF = select(companions.c.person_id, companions.c.pledge_id).where(
    companions.c.person_id.in_(bindparam("people", expanding=True))
)


def add(tx: Connection, pledge_id: int, person_id: int, part: Part, now: datetime, name: str = "") -> None:
    """This person stands beside the maker from now on; somebody who did already takes the new part."""
    leave(tx, pledge_id, person_id)
    values = {"pledge_id": pledge_id, "person_id": person_id, "part": part, "since": now, "name": name}
    tx.execute(companions.insert().values(**values))


def leave(tx: Connection, pledge_id: int, person_id: int) -> None:
    """This person no longer stands beside the maker."""
    mine = companions.c.pledge_id == pledge_id, companions.c.person_id == person_id
    tx.execute(delete(companions).where(*mine))


def of_pledges(tx: Connection, pledge_ids: Iterable[int]) -> dict[int, tuple[Companion, ...]]:
    """The companions of each of these pledges that has any, the longest first."""
    found: defaultdict[int, tuple[Companion, ...]] = defaultdict(tuple)
    for row in tx.execute(_OF_PLEDGES, {"pledges": set(pledge_ids)}):
        found[row.pledge_id] += (Companion(row.person_id, Part(row.part), row.since, row.name),)
    return dict(found)


def pledges_of(tx: Connection, person_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The pledges beside whose makers each of these people stands."""
    found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
    for person_id, pledge_id in tx.execute(_PLEDGES_OF, {"people": set(person_ids)}):
        found[person_id] |= {pledge_id}
    return dict(found)


def parts_of(tx: Connection, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """What a person is to the pledges of others: reference, part, name, since; the longest first."""
    columns = (pledges.c.reference, companions.c.part, companions.c.name, companions.c.since)
    mine = select(*columns).join_from(companions, pledges).where(companions.c.person_id == person_id)
    return tx.execute(mine.order_by(companions.c.since)).all()
