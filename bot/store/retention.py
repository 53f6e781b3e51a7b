"""What may no longer be kept with a name: found in the order of its age, some at a time."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, exists, or_, select, union

from bot.domain.pledge import Stage
from bot.store.tables import attendances, companions, people, pledges, roles, workshops

Found = Sequence[Row[*tuple[Any, ...]]]


def pledges_due_by(tx: Connection, cutoff: date, most: int) -> Found:
    """The rows of the pledges whose date was on `cutoff` or before; a bare count is none any more."""
    old = select(pledges).where(pledges.c.due <= cutoff, pledges.c.text != "")
    return tx.execute(old.order_by(pledges.c.due, pledges.c.id).limit(most)).all()


def drafts_expired(tx: Connection, today: date, most: int) -> Found:
    """The rows of the proposals that nobody has claimed while the code for them worked, and that still name people."""
    named = or_(pledges.c.owner != "", pledges.c.partners != "")
    old = select(pledges).where(pledges.c.stage == Stage.PROPOSED, pledges.c.claim_until < today, named)
    return tx.execute(old.order_by(pledges.c.claim_until, pledges.c.id).limit(most)).all()


def people_gone_by(tx: Connection, cutoff: date, most: int) -> list[int]:
    """The ids of the people without a pledge that is younger, an own one or one to stand beside, and without a part in
    a team, whose last workshop was on `cutoff` or before; without a workshop their joining counts."""
    past, to_come = (
        select(workshops.c.id).where(which) for which in (workshops.c.day <= cutoff, workshops.c.day > cutoff)
    )
    attended = select(attendances.c.person_id)
    joined_before = datetime.combine(cutoff, time.max, UTC)
    without = select(people.c.id).where(
        people.c.created_at <= joined_before, ~exists().where(attendances.c.person_id == people.c.id)
    )
    long_ago = people.c.id.in_(union(attended.where(attendances.c.workshop_id.in_(past)), without))
    beside = select(companions.c.person_id).join_from(companions, pledges).where(pledges.c.due > cutoff)
    kept = (
        attended.where(attendances.c.person_id == people.c.id, attendances.c.workshop_id.in_(to_come)).exists(),
        exists().where(pledges.c.maker_id == people.c.id, pledges.c.due > cutoff),
        beside.where(companions.c.person_id == people.c.id).exists(),
        exists().where(roles.c.person_id == people.c.id),
    )
    query = select(people.c.id).where(long_ago, *(~one for one in kept)).order_by(people.c.id).limit(most)
    return list(tx.execute(query).scalars())
