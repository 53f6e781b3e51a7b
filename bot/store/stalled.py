"""The pledges that nobody hears of, from what was asked, answered and sent."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from bot.domain.kinds import Kind
from bot.domain.pledge import Stage
from bot.domain.stalled import Stalled, Why
from bot.store.outbox import FAILED, UNCERTAIN
from bot.store.tables import accounts, asked, outbox, people, pledges

TOLERATED = 1
"""So many questions without an answer are nothing to worry about."""
_SILENT = (Kind.CHECK_IN, Kind.NUDGE, Kind.PARTNER, Kind.LAST_CALL, Kind.OUTCOME, Kind.REMINDER)


def in_workshops(tx: Connection, workshop_ids: Sequence[int]) -> Sequence[Stalled]:
    """Those of these workshops: by the reason, then by number. A pledge is told once, for its first reason."""
    reachable = select(accounts.c.id).where(accounts.c.person_id == pledges.c.maker_id, accounts.c.reachable)
    query = (
        select(pledges, people.c.stopped, reachable.exists().label("reachable"))
        .join_from(pledges, people, people.c.id == pledges.c.maker_id, isouter=True)
        .where(pledges.c.workshop_id.in_(workshop_ids), pledges.c.text != "")
        .where(pledges.c.stage.in_((Stage.PROPOSED, Stage.RUNNING, Stage.CLOSED)))
        .order_by(func.length(pledges.c.reference), pledges.c.reference)
    )
    rows = tx.execute(query).all()
    tried = _tried(tx, workshop_ids)
    doubtful = _doubtful(tx, workshop_ids)
    found = []
    for row in rows:
        times, last = tried.get(row.id, (0, None))
        if why := _why(row, times, row.id in doubtful):
            found.append(Stalled(
                row.reference, row.workshop_id, why, row.owner, times, last.date() if last else None, row.text,
                row.due if row.stage == Stage.CLOSED else None,
            ))  # fmt: skip
    order = list(Why)
    return sorted(found, key=lambda one: order.index(one.why))


def _why(row: Row[*tuple[Any, ...]], times: int, doubtful: bool) -> Why | None:
    if row.stage == Stage.PROPOSED:
        return Why.UNCLAIMED if row.outcome is None and row.standing is None else None
    if row.maker_id is None or row.outcome is not None:
        return None
    if row.stopped:
        return Why.STOPPED
    if not row.reachable:
        return Why.UNREACHABLE
    if times > TOLERATED or row.stage == Stage.CLOSED:
        return Why.SILENT
    return Why.UNCERTAIN if doubtful else None


def _tried(tx: Connection, workshop_ids: Sequence[int]) -> dict[int, tuple[int, Any]]:
    """By pledge how often its people were asked since they last answered, and when the last time was."""
    query = (
        select(asked.c.pledge_id, asked.c.answered, asked.c.at)
        .join_from(asked, pledges)
        .where(pledges.c.workshop_id.in_(workshop_ids), asked.c.kind.in_(_SILENT))
        .order_by(asked.c.id)
    )
    found: dict[int, tuple[int, Any]] = {}
    for row in tx.execute(query):
        times, _ = found.get(row.pledge_id, (0, None))
        found[row.pledge_id] = (0, None) if row.answered else (times + 1, row.at)
    return found


def _doubtful(tx: Connection, workshop_ids: Sequence[int]) -> set[int]:
    """The pledges about which a question was refused, or nobody knows whether it arrived."""
    query = select(asked.c.pledge_id).join_from(asked, outbox, outbox.c.key == asked.c.outbox_key)
    here = query.join(pledges, pledges.c.id == asked.c.pledge_id).where(pledges.c.workshop_id.in_(workshop_ids))
    return set(tx.execute(here.where(outbox.c.state.in_((UNCERTAIN, FAILED)), ~asked.c.answered)).scalars())
