"""Changes of joint pledges that wait for an objection."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from bot.domain.proposal import Proposal, Subject
from bot.store.tables import companions, proposals

Due = tuple[int, Proposal]
"""The pledge's id and what is to change."""

_OF_PLEDGE = (
    select(proposals, companions.c.name.label("called"))
    .join(
        companions,
        (companions.c.pledge_id == proposals.c.pledge_id) & (companions.c.person_id == proposals.c.objector_id),
        isouter=True,
    )
    .where(proposals.c.pledge_id == bindparam("pledge"))
    .order_by(proposals.c.id)
)
_DUE = select(proposals).where(proposals.c.due_at <= bindparam("now")).order_by(proposals.c.due_at).limit(100)
_TO_TELL = select(proposals).where(proposals.c.tell_at <= bindparam("now")).order_by(proposals.c.tell_at).limit(100)
_EARLIEST = select(func.min(proposals.c.due_at), func.min(proposals.c.tell_at))


def put(tx: Connection, pledge_id: int, proposal: Proposal, due_at: datetime, tell_at: datetime) -> None:
    """This is to change, unless somebody objects before `due_at`; it replaces what was proposed for the same. At
    `tell_at` it is looked at who has not heard of it."""
    remove(tx, pledge_id, proposal.subject)
    values = {"kind": proposal.subject, "value": proposal.value, "extends": proposal.extends, "until": proposal.until}
    tx.execute(proposals.insert().values(**values, pledge_id=pledge_id, due_at=due_at, tell_at=tell_at))


def of_pledge(tx: Connection, pledge_id: int) -> Sequence[Proposal]:
    """What is to change about a pledge, the oldest first."""
    return [_proposal(row, row.called) for row in tx.execute(_OF_PLEDGE, {"pledge": pledge_id})]


def due(tx: Connection, now: datetime) -> Sequence[Due]:
    """What nobody has objected to in time; a hundred at most."""
    return [(row.pledge_id, _proposal(row, None)) for row in tx.execute(_DUE, {"now": now})]


def to_tell(tx: Connection, now: datetime) -> Sequence[Due]:
    """Of what it is time to look who has not heard of it; a hundred at most."""
    return [(row.pledge_id, _proposal(row, None)) for row in tx.execute(_TO_TELL, {"now": now})]


def tell_again(tx: Connection, pledge_id: int, subject: Subject, at: datetime | None) -> None:
    """When to look next; None: everybody knows."""
    mine = (proposals.c.pledge_id == pledge_id, proposals.c.kind == subject)
    tx.execute(update(proposals).where(*mine).values(tell_at=at))


def earliest(tx: Connection) -> datetime | None:
    """When the next of them holds, or somebody is to be told of one."""
    return min(filter(None, tx.execute(_EARLIEST).one()), default=None)


def object_to(tx: Connection, pledge_id: int, subject: Subject, person_id: int) -> bool:
    """Somebody objects: everything stays as it is until the maker decides. False where it is too late."""
    open_ = (proposals.c.pledge_id == pledge_id, proposals.c.kind == subject, proposals.c.due_at.is_not(None))
    changed = update(proposals).where(*open_).values(due_at=None, tell_at=None, objector_id=person_id)
    return bool(tx.execute(changed).rowcount)


def remove(tx: Connection, pledge_id: int, subject: Subject) -> None:
    """It has been decided, or is not wanted any more."""
    tx.execute(delete(proposals).where(proposals.c.pledge_id == pledge_id, proposals.c.kind == subject))


def _proposal(row: Row[*tuple[Any, ...]], called: str | None) -> Proposal:
    objected = row.due_at is None
    return Proposal(Subject(row.kind), row.value, row.extends, row.until, (called or "") if objected else None)
