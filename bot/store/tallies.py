"""Counting: what there is of everything, in one statement each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from bot.store.outbox import FAILED, UNCERTAIN
from bot.store.tables import accounts, calls, outbox, people, pledges


def pledges_by_state(tx: Connection) -> Sequence[Row[*tuple[Any, ...]]]:
    """How many pledges there are (n) by workshop_id, stage, standing, outcome and whether somebody is their maker."""
    columns = (pledges.c.workshop_id, pledges.c.stage, pledges.c.standing, pledges.c.outcome)
    made = pledges.c.maker_id.is_not(None)
    query = select(*columns, made.label("made"), func.count().label("n"))
    return tx.execute(query.group_by(*columns, made)).all()


def everybody(tx: Connection) -> tuple[int, int, int]:
    """How many people there are, how many of them want no messages, and how many cannot be reached on any account."""
    there = tx.execute(select(func.count()).select_from(people)).scalar_one()
    stopped = tx.execute(select(func.count()).select_from(people).where(people.c.stopped)).scalar_one()
    reachable = select(accounts.c.person_id).where(accounts.c.reachable)
    lost = select(func.count()).select_from(people).where(people.c.id.not_in(reachable))
    return there, stopped, tx.execute(lost).scalar_one()


def undelivered(tx: Connection) -> Sequence[Row[*tuple[Any, ...]]]:
    """What nobody knows to have arrived, or was refused: id, channel, person_id, stands_for, state, reason."""
    columns = (outbox.c.id, outbox.c.channel, outbox.c.person_id, outbox.c.stands_for, outbox.c.state, outbox.c.reason)
    where = outbox.c.state.in_((UNCERTAIN, FAILED))
    return tx.execute(select(*columns).where(where).order_by(outbox.c.id)).all()


def open_calls(tx: Connection) -> Sequence[Row[*tuple[Any, ...]]]:
    """The open calls for help, the oldest first: id, reference (None without a pledge), at, wanted."""
    query = select(calls.c.id, pledges.c.reference, calls.c.at, calls.c.wanted)
    joined = query.join_from(calls, pledges, calls.c.pledge_id == pledges.c.id, isouter=True)
    return tx.execute(joined.where(calls.c.closed_at.is_(None)).order_by(calls.c.at, calls.c.id)).all()
