"""What may no longer be kept with a name: found in the order of its age, some at a time."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, func, or_, select

from bot.domain.pledge import Stage
from bot.store.tables import attendances, companions, people, pledges, roles, workshops

Found = Sequence[Row[*tuple[Any, ...]]]


def pledges_due_by(tx: Connection, cutoff: date, most: int) -> Found:
    """The rows of the pledges whose date was on `cutoff` or before; a bare count is none any more."""
    return tx.execute(_first(select(pledges).where(pledges.c.due <= cutoff, pledges.c.text != ""), most)).all()


def drafts_expired(tx: Connection, today: date, most: int) -> Found:
    """The rows of the proposals that nobody has claimed while the code for them worked, and that still name people."""
    named = or_(pledges.c.owner != "", pledges.c.partners != "")
    old = (pledges.c.stage == Stage.PROPOSED, pledges.c.claim_until < today)
    return tx.execute(_first(select(pledges).where(*old, named), most)).all()


def people_gone_by(tx: Connection, cutoff: date, most: int) -> list[int]:
    """The ids of the people without a pledge that is younger, an own one or one to stand beside, and without a part in
    a team, whose last workshop was on `cutoff` or before; without a workshop their joining counts."""
    last = (
        select(func.max(workshops.c.day))
        .join_from(attendances, workshops)
        .where(attendances.c.person_id == people.c.id)
        .scalar_subquery()
    )
    beside = select(companions.c.person_id).join_from(companions, pledges).where(pledges.c.due > cutoff)
    kept = (
        exists().where(pledges.c.maker_id == people.c.id, pledges.c.due > cutoff),
        people.c.id.in_(beside),
        exists().where(roles.c.person_id == people.c.id),
    )
    joined_before = datetime.combine(cutoff, time.max, UTC)
    long_ago = or_(last <= cutoff, and_(last.is_(None), people.c.created_at <= joined_before))
    query = select(people.c.id).where(long_ago, *(~one for one in kept)).order_by(people.c.id).limit(most)
    return list(tx.execute(query).scalars())


def _first(query: Select[*tuple[Any, ...]], most: int) -> Select[*tuple[Any, ...]]:
    return query.order_by(pledges.c.due, pledges.c.id).limit(most)
