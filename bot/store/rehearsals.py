"""How far the calendar of a rehearsal has come, and what it must not run past."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.domain.codes import AT_ONCE, Purpose
from bot.store import occasions, proposals, recipients
from bot.store.outbox import SEND, SENT
from bot.store.tables import WAITING, codes, outbox, prompts, rehearsals

_UNANSWERED = (
    select(outbox.c.id)
    .join(prompts, prompts.c.key == outbox.c.prompt)
    .where(
        outbox.c.state == SENT, outbox.c.action == SEND, outbox.c.sent_at >= bindparam("since"),
        prompts.c.settled_at.is_(None),
    )
)  # fmt: skip
_AT_HAND = select(codes.c.code).where(
    codes.c.purpose.in_([purpose for purpose in Purpose if purpose.life == AT_ONCE]),
    codes.c.expires_at > bindparam("now"), codes.c.taken_at.is_(None),
)  # fmt: skip


def instant(tx: Connection) -> datetime | None:
    """Where the calendar stands (UTC); None where nobody has rehearsed here."""
    return tx.execute(select(rehearsals.c.at)).scalar()


def keep(tx: Connection, at: datetime) -> None:
    """The calendar has come so far."""
    if not tx.execute(update(rehearsals).values(at=at)).rowcount:
        tx.execute(insert(rehearsals).values(id=1, at=at))


def earliest(tx: Connection) -> datetime | None:
    """When the next thing is due: a question, a change that nobody has objected to, an announcement's slot, a message
    that waits; None where nothing is to come. That an old question still has to show its answer holds nobody up."""
    waiting = tx.execute(select(func.min(outbox.c.due_at)).where(WAITING, outbox.c.action == SEND)).scalar()
    dues = (occasions.earliest(tx), proposals.earliest(tx), recipients.earliest(tx), waiting)
    return min(filter(None, dues), default=None)


def unanswered(tx: Connection, since: datetime) -> frozenset[int]:
    """The ids of the questions that were sent since then and can still be answered."""
    return frozenset(tx.execute(_UNANSWERED, {"since": since}).scalars())


def codes_at_hand(tx: Connection, now: datetime) -> frozenset[str]:
    """The codes that somebody is just about to type, and that run out within minutes."""
    return frozenset(tx.execute(_AT_HAND, {"now": now}).scalars())
