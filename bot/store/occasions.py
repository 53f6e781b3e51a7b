"""The one next occasion of each pledge, and what has been asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from bot.domain.cadence import Asked, Occasion
from bot.domain.kinds import Kind
from bot.store.tables import asked, lapses, occasions, pledges

_DUE_PEOPLE = (
    select(occasions.c.person_id)
    .where(occasions.c.due_at <= bindparam("now"))
    .order_by(occasions.c.due_at)
    .limit(bindparam("most"))
)
"""Without GROUP BY: the database might walk through all occasions by person, however few are due."""
_DUE_OF = select(occasions.c.pledge_id, occasions.c.kind, occasions.c.round).where(
    occasions.c.person_id.in_(bindparam("people", expanding=True)), occasions.c.due_at <= bindparam("now")
)
_UNPLAN = delete(occasions).where(occasions.c.pledge_id.in_(bindparam("pledges", expanding=True)))
_PLAN = insert(occasions)
_HISTORY = (
    select(asked.c.pledge_id, asked.c.kind, asked.c.round, asked.c.at, asked.c.answered, asked.c.person_id)
    .where(asked.c.pledge_id.in_(bindparam("pledges", expanding=True)), asked.c.kind.not_in((Kind.DECISION, Kind.NEWS)))
    .order_by(asked.c.id)
)
_RECORD = insert(asked)
_LAPSE = insert(lapses)
_ANSWERED = (
    update(asked)
    .where(
        asked.c.pledge_id == select(pledges.c.id).where(pledges.c.reference == bindparam("about")).scalar_subquery(),
        asked.c.answered.is_(False),
    )
    .values(answered=True)
)
_ASKED_PEOPLE = (
    select(asked.c.person_id).join_from(asked, pledges).where(pledges.c.reference == bindparam("about")).distinct()
)
_STARTED = (
    select(asked.c.person_id, func.min(asked.c.at))
    .where(
        asked.c.person_id.in_(bindparam("people", expanding=True)), asked.c.at >= bindparam("since"), asked.c.counted
    )
    .group_by(asked.c.person_id, asked.c.outbox_key)
)
_UNANSWERED = (
    select(asked.c.id)
    .join_from(asked, pledges)
    .where(pledges.c.reference.in_(bindparam("about", expanding=True)), asked.c.answered.is_(False))
    .limit(1)
)


def due_people(tx: Connection, now: datetime, limit: int) -> list[int]:
    """The people behind the longest due occasions, each once; looks at `limit` occasions and no more."""
    return list(dict.fromkeys(tx.execute(_DUE_PEOPLE, {"now": now, "most": limit}).scalars()))


def earliest(tx: Connection) -> datetime | None:
    """When the next occasion of all is due."""
    return tx.execute(select(func.min(occasions.c.due_at))).scalar()


def overdue(tx: Connection, now: datetime) -> int:
    """How many are due and not asked yet."""
    return tx.execute(select(func.count()).where(occasions.c.due_at <= now)).scalar_one()


def due_now(tx: Connection, now: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """All that are due and not asked yet, the longest first: with the pledge's reference."""
    query = select(occasions, pledges.c.reference).join_from(occasions, pledges)
    return tx.execute(query.where(occasions.c.due_at <= now).order_by(occasions.c.due_at)).all()


def due_of(tx: Connection, person_ids: Iterable[int], now: datetime) -> dict[int, tuple[Kind, int]]:
    """Kind and round of what is due to these people, by the pledge's id."""
    found = tx.execute(_DUE_OF, {"people": set(person_ids), "now": now})
    return {pledge_id: (Kind(kind), number) for pledge_id, kind, number in found}


def replace(tx: Connection, planned: Mapping[int, tuple[int, Occasion | None]]) -> None:
    """The next occasions of these pledges: by the pledge's id the person's id and the occasion; None for none."""
    if not planned:
        return
    tx.execute(_UNPLAN, {"pledges": list(planned)})
    rows = [
        {
            "pledge_id": pledge_id, "person_id": person_id, "kind": occasion.kind, "round": occasion.round,
            "requested": occasion.requested, "due_at": occasion.at,
        }
        for pledge_id, (person_id, occasion) in planned.items() if occasion
    ]  # fmt: skip
    if rows:
        tx.execute(_PLAN, rows)


def history(tx: Connection, pledge_ids: Iterable[int]) -> dict[int, tuple[Asked, ...]]:
    """What was asked about how these pledges stand, oldest first."""
    found: dict[int, tuple[Asked, ...]] = {}
    for pledge_id, kind, number, at, answered, person_id in tx.execute(_HISTORY, {"pledges": set(pledge_ids)}):
        found[pledge_id] = (*found.get(pledge_id, ()), Asked(Kind(kind), number, at, answered, person_id))
    return found


def record(tx: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """That these were asked: pledge_id, person_id, kind, round, at, counted, outbox_key."""
    if rows:
        tx.execute(_RECORD, [{"answered": False, **row} for row in rows])


def answered(tx: Connection, reference: str) -> None:
    """Whatever was asked about this pledge so far has its answer."""
    tx.execute(_ANSWERED, {"about": reference})


def unanswered_again(tx: Connection, outbox_key: str) -> None:
    """What stood behind this message waits for its answer again."""
    tx.execute(update(asked).where(asked.c.outbox_key == outbox_key).values(answered=False))


def asked_to_decide(tx: Connection, pledge_id: int) -> set[int]:
    """Who was asked to decide something about this pledge."""
    decisions = select(asked.c.person_id).where(asked.c.pledge_id == pledge_id, asked.c.kind == Kind.DECISION)
    return set(tx.execute(decisions).scalars())


def forget(tx: Connection, outbox_key: str) -> None:
    """What stood behind this message was never asked after all."""
    tx.execute(delete(asked).where(asked.c.outbox_key == outbox_key))


def started(tx: Connection, person_ids: Iterable[int], since: datetime) -> dict[int, list[datetime]]:
    """When the bot started something with these people that counts against their caps: each message once."""
    found: dict[int, list[datetime]] = {}
    for person_id, at in tx.execute(_STARTED, {"people": set(person_ids), "since": since}):
        found.setdefault(person_id, []).append(at)
    return found


def lapse(tx: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """That these were never asked, and why: pledge_id, kind, round, at, reason. Once said is enough."""
    if not rows:
        return
    known = select(lapses.c.pledge_id, lapses.c.kind, lapses.c.round)
    there = set(map(tuple, tx.execute(known.where(lapses.c.pledge_id.in_([row["pledge_id"] for row in rows])))))
    if new := [row for row in rows if (row["pledge_id"], row["kind"], row["round"]) not in there]:
        tx.execute(_LAPSE, new)


def asked_people(tx: Connection, reference: str) -> set[int]:
    """Everybody who was ever asked about this pledge."""
    return set(tx.execute(_ASKED_PEOPLE, {"about": reference}).scalars())


def unanswered(tx: Connection, references: Iterable[str]) -> bool:
    """Whether anything that was asked about one of these pledges waits for its answer."""
    return tx.execute(_UNANSWERED, {"about": set(references)}).first() is not None
