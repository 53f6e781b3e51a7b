"""The audit log: what members of a team and administrators did, by ids only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.store.tables import audit

COMMAND_LINE = "command line"
"""Who acted, where it was somebody with access to the machine."""
ERASED = "erased"
"""Who acted, where that person has been erased since."""

_WRITE = insert(audit)
_BY = select(audit).where(audit.c.actor == bindparam("who")).order_by(audit.c.id)


@dataclass(frozen=True, slots=True)
class Entry:
    """One action. `workshop_id` is None where it was about none, or about all; `subject` is an id or a key."""

    at: datetime
    actor: str
    action: str
    workshop_id: int | None
    subject: str


def person(person_id: int) -> str:
    """How the log names a person."""
    return f"person {person_id}"


def account(channel: str, user: str) -> str:
    """How the log names an administrator who is known by the configuration alone."""
    return f"{channel} {user}"


def write(
    tx: Connection, at: datetime, actor: str, action: str, workshop_id: int | None = None, subject: str = ""
) -> None:
    """Somebody did something."""
    values = {"at": at, "actor": actor, "action": action, "workshop_id": workshop_id, "subject": subject}
    tx.execute(_WRITE, values)


def by(tx: Connection, actor: str) -> Sequence[Entry]:
    """What this actor did, oldest first."""
    return [
        Entry(row.at, row.actor, row.action, row.workshop_id, row.subject) for row in tx.execute(_BY, {"who": actor})
    ]


def anonymise(tx: Connection, person_id: int) -> None:
    """What this person did stays, without saying who it was: numbers may be given out again."""
    tx.execute(update(audit).where(audit.c.actor == person(person_id)).values(actor=ERASED))
    tx.execute(update(audit).where(audit.c.subject == person(person_id)).values(subject=ERASED))
