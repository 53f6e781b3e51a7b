"""Whom a broadcast reaches: counted for its preview, written into the outbox with one statement at its release, and
looked through while it is under way."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.audience import Audience, LeftOut, Reach
from bot.domain.broadcast import Broadcast, Phase, Progress, Purpose
from bot.domain.pledge import Stage
from bot.store.outbox import (
    BROADCAST,
    DEFERRED,
    DROPPED,
    EDIT,
    FAILED,
    LATE,
    PLANNED,
    PRIORITIES,
    QUEUED,
    RECALL,
    RETRACT,
    SEND,
    SENDING,
    SENT,
    UNCERTAIN,
    UNREACHABLE,
    URGENT,
    Letter,
    letter_of,
)
from bot.store.tables import (
    WAITING,
    Instant,
    accounts,
    attendances,
    broadcasts,
    channels,
    companions,
    outbox,
    people,
    pledges,
    workshops,
)

_NOT_ON_THEIR_WAY = (PLANNED, QUEUED, DEFERRED, LATE)
_one = accounts.alias("one")
_any = select(func.min(_one.c.id)).where(_one.c.person_id == people.c.id)
_CHOSEN = func.coalesce(_any.where(_one.c.reachable).scalar_subquery(), _any.scalar_subquery())
"""The account that somebody is written to; where none can be reached, any of theirs."""
_DUE = (
    select(outbox)
    .join(broadcasts, outbox.c.broadcast_id == broadcasts.c.id)
    .where(
        broadcasts.c.phase == Phase.RUNNING,
        outbox.c.state == PLANNED,
        outbox.c.due_at <= bindparam("now"),
        outbox.c.channel.not_in(bindparam("but", expanding=True)),
    )
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
)
_LEAVING = (
    select(outbox.c.channel, func.count()).where(WAITING, outbox.c.broadcast_id.is_not(None)).group_by(outbox.c.channel)
)
_COUNT = (
    select(outbox.c.state, func.count()).where(outbox.c.broadcast_id == bindparam("broadcast")).group_by(outbox.c.state)
)
_FIELDS = {
    PLANNED: "planned", QUEUED: "leaving", DEFERRED: "leaving", SENDING: "leaving", SENT: "sent",
    UNREACHABLE: "unreachable", UNCERTAIN: "uncertain", LATE: "late", DROPPED: "unwanted", FAILED: "failed",
}  # fmt: skip


def reach(tx: Connection, audience: Audience, consent: str, until: date) -> Reach:
    """How many an audience reaches, and why others are left out. `consent` is the present version of the text that
    people agree to, `until` the last day on which the broadcast is of use."""
    reason = _left_out(consent, until)
    query = _members(audience, reason, channels.c.platform, func.count()).group_by(reason, channels.c.platform)
    by_platform: dict[str, int] = {}
    left_out: dict[LeftOut, int] = {}
    for why, platform, count in tx.execute(query):
        if why is None:
            by_platform[platform or ""] = count
        else:
            left_out[LeftOut(why)] = left_out.get(LeftOut(why), 0) + count
    return Reach(by_platform, left_out)


def queue(tx: Connection, broadcast: Broadcast, consent: str, until: date, start: datetime) -> int:
    """Write a row for everybody whom the broadcast reaches now, to be sent from `start` on; gives how many. A repeat
    adds nobody a second time."""
    stands_for = URGENT if broadcast.purpose is Purpose.URGENT else BROADCAST
    values = _row(broadcast, SEND, stands_for, PLANNED) | {
        "key": literal(f"broadcast:{broadcast.id}:") + cast(people.c.id, String),
        "channel": accounts.c.channel, "address": accounts.c.address, "person_id": people.c.id,
        "due_at": literal(start, Instant()), "useless_after": literal(broadcast.useful_until, Instant()),
        "message_id": null(),
    }  # fmt: skip
    reached = _members(broadcast.audience, *values.values()).where(_left_out(consent, until).is_(None))
    return _insert(tx, list(values), reached.order_by(people.c.id))


def queue_changes(tx: Connection, broadcast: Broadcast, limits: Mapping[str, timedelta], now: datetime) -> int:
    """Write a row for every message that a correction changes, or a recall takes back, of the broadcast that it is
    about; gives how many. `limits` say how long a platform lets a bot take its own messages back."""
    recalls = broadcast.purpose is Purpose.RECALL
    sent = outbox.alias("told")
    action, stands_for = (RETRACT, RECALL) if recalls else (EDIT, BROADCAST)
    values = _row(broadcast, action, stands_for, QUEUED) | {
        "key": literal(f"broadcast:{broadcast.id}:") + cast(sent.c.id, String),
        "channel": sent.c.channel, "address": sent.c.address, "person_id": sent.c.person_id,
        "due_at": literal(now, Instant()), "useless_after": null(), "message_id": sent.c.message_id,
        "parts": sent.c.parts,
    }  # fmt: skip
    changed = select(*(value.label(name) for name, value in values.items())).where(
        *_arrived(sent, broadcast.about or 0), _can_change(sent, limits if recalls else {}, now)
    )
    return _insert(tx, list(values), changed.order_by(sent.c.id))


def changeable(tx: Connection, broadcast_id: int, limits: Mapping[str, timedelta], now: datetime) -> int:
    """How many of its messages can still be changed or taken back."""
    sent = outbox.alias("told")
    query = select(func.count()).select_from(sent).where(*_arrived(sent, broadcast_id), _can_change(sent, limits, now))
    return int(tx.execute(query).scalar_one())


def progress(tx: Connection, broadcast_id: int) -> Progress:
    """How far it is."""
    found: dict[str, int] = {}
    for state, count in tx.execute(_COUNT, {"broadcast": broadcast_id}):
        if field := _FIELDS.get(state):
            found[field] = found.get(field, 0) + count
    return Progress(**found)


def due(tx: Connection, now: datetime, most: int, but: Collection[str] = ()) -> Sequence[Letter]:
    """Whose slot has come, or is still to be found, of the broadcasts that are running, on all channels but these; the
    longest due first."""
    return [letter_of(row) for row in tx.execute(_DUE, {"now": now, "most": most, "but": list(but)})]


def leaving(tx: Connection) -> Mapping[str, int]:
    """How many rows of broadcasts are on their way, by channel."""
    return {row[0]: row[1] for row in tx.execute(_LEAVING)}


def earliest(tx: Connection) -> datetime | None:
    """When the first slot comes of all broadcasts that are running; None where none is waited for."""
    running = select(func.min(outbox.c.due_at)).join_from(outbox, broadcasts, outbox.c.broadcast_id == broadcasts.c.id)
    return tx.execute(running.where(broadcasts.c.phase == Phase.RUNNING, outbox.c.state == PLANNED)).scalar()


def hold_back(tx: Connection, broadcast_id: int) -> None:
    """What was about to be sent waits again."""
    _change(tx, broadcast_id, (QUEUED, DEFERRED), state=PLANNED)


def go_on(tx: Connection, broadcast_id: int, now: datetime) -> None:
    """What has become due meanwhile is not late: its slot is looked for anew."""
    mine = (outbox.c.broadcast_id == broadcast_id, outbox.c.state == PLANNED, outbox.c.due_at < now)
    tx.execute(update(outbox).where(*mine).values(due_at=now))


def drop(tx: Connection, broadcast_id: int, reason: str) -> None:
    """Nobody else gets it."""
    _change(tx, broadcast_id, _NOT_ON_THEIR_WAY, state=DROPPED, reason=reason)


def send_again(tx: Connection, broadcast_id: int, now: datetime) -> None:
    """Those of whom nobody knows whether they got it get it again, perhaps twice."""
    again = {"state": PLANNED, "due_at": now, "doubts": outbox.c.doubts + 1, "attempts": 0}
    _change(tx, broadcast_id, (UNCERTAIN,), **again)


def send_late(tx: Connection, broadcast_id: int, now: datetime) -> None:
    """What is late is sent all the same, whenever there is room for it."""
    _change(tx, broadcast_id, (LATE,), state=PLANNED, due_at=now, useless_after=None)


def _change(tx: Connection, broadcast_id: int, states: Collection[str], **values: Any) -> None:
    mine = (outbox.c.broadcast_id == broadcast_id, outbox.c.state.in_(states))
    tx.execute(update(outbox).where(*mine).values(**values))


def _row(broadcast: Broadcast, action: str, stands_for: str, state: str) -> dict[str, ColumnElement[Any]]:
    """What is the same in all rows of a broadcast."""
    priority = PRIORITIES[EDIT if action == EDIT else stands_for]
    return {
        "broadcast_id": literal(broadcast.id), "action": literal(action), "text": literal(""),
        "choices": type_coerce(literal([], JSON), JSON), "quiet": literal(action != SEND),
        "stands_for": literal(stands_for), "priority": literal(priority), "keep": literal(True),
        "state": literal(state),
    }  # fmt: skip


def _insert(tx: Connection, columns: list[str], rows: Select[Any]) -> int:
    insert = _dialects()[tx.dialect.name](outbox).from_select(columns, rows)
    once = insert.on_conflict_do_nothing(index_elements=[outbox.c.key])
    return int(tx.execute(once, execution_options={"preserve_rowcount": True}).rowcount)


@cache
def _dialects() -> dict[str, Any]:
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def _members(audience: Audience, *columns: Any) -> Select[Any]:
    """These columns of everybody in an audience, with the account that they are written to and its channel."""
    members = (
        select(*columns)
        .select_from(people)
        .join(accounts, accounts.c.id == _CHOSEN)
        .outerjoin(channels, channels.c.name == accounts.c.channel)
        .where(people.c.id.in_(_belonging(audience)))
    )
    return members.where(channels.c.platform.in_(audience.platforms)) if audience.platforms else members


def _belonging(audience: Audience) -> Any:
    """The ids of everybody in an audience."""
    about = _about(audience)
    makers = select(pledges.c.maker_id).join_from(pledges, workshops).where(pledges.c.maker_id.is_not(None), about)
    together = select(companions.c.person_id).join_from(companions, pledges)
    beside = together.join(workshops, pledges.c.workshop_id == workshops.c.id).where(about)
    if audience.needs_pledge:
        return makers.union(beside)
    joined = select(attendances.c.person_id).where(attendances.c.workshop_id.in_(audience.workshops))
    return joined.union(makers, beside)


def _about(audience: Audience) -> ColumnElement[bool]:
    """What is true of a pledge that makes its people belong to an audience."""
    wanted: list[ColumnElement[bool]] = [
        pledges.c.workshop_id.in_(audience.workshops), pledges.c.stage.in_((Stage.RUNNING, Stage.CLOSED)),
    ]  # fmt: skip
    if audience.laender:
        wanted.append(func.coalesce(pledges.c.land, workshops.c.land).in_(audience.laender))
    for column, values in (
        (pledges.c.topic, audience.topics), (pledges.c.side, audience.sides), (pledges.c.standing, audience.standings),
    ):  # fmt: skip
        if values:
            wanted.append(column.in_(values))
    if audience.unanswered:
        wanted += [pledges.c.stage == Stage.RUNNING, pledges.c.standing.is_(None)]
    return and_(*wanted)


def _left_out(consent: str, until: date) -> ColumnElement[str | None]:
    return case(
        (people.c.stopped, LeftOut.STOPPED.value),
        (~accounts.c.reachable, LeftOut.UNREACHABLE.value),
        (accounts.c.agreed != consent, LeftOut.NOT_AGREED.value),
        (people.c.paused_until > until, LeftOut.PAUSED.value),
        else_=None,
    )


def _arrived(sent: Any, broadcast_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        sent.c.broadcast_id == broadcast_id, sent.c.action == SEND, sent.c.state == SENT, sent.c.message_id.is_not(None)
    )  # fmt: skip


def _can_change(sent: Any, limits: Mapping[str, timedelta], now: datetime) -> ColumnElement[bool]:
    """Whether the platform still allows it; without `limits` it always does."""
    on = {name: select(channels.c.name).where(channels.c.platform == name) for name in limits}
    too_old = [and_(sent.c.channel.in_(on[name]), sent.c.sent_at < now - limit) for name, limit in limits.items()]
    return ~or_(*too_old) if too_old else and_(True)
