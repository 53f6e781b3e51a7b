"""What was ordered and is not done yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.dialogue.jobs import Job, packed, unpacked
from bot.store.tables import jobs

_ADD = insert(jobs)
_NEXT = select(jobs).where(jobs.c.channel == bindparam("on")).order_by(jobs.c.id).limit(1)
_TRY = update(jobs).where(jobs.c.id == bindparam("row")).values(attempts=jobs.c.attempts + 1)
_DONE = delete(jobs).where(jobs.c.id == bindparam("row"))


@dataclass(frozen=True, slots=True)
class Ordered:
    """A job, and the chat that its result goes to. `person_id` is None for somebody without consent (an
    administrator); `attempts` counts those before this one. `job` is None where the program knows it no more."""

    id: int
    channel: str
    address: str
    person_id: int | None
    language: str
    job: Job | None
    attempts: int


def add(
    tx: Connection, channel: str, address: str, person_id: int | None, language: str, job: Job, now: datetime
) -> None:
    """This is to be done."""
    chat = {"channel": channel, "address": address, "person_id": person_id, "language": language}
    tx.execute(_ADD, {**chat, "job": packed(job), "at": now})


def next_(tx: Connection, channel: str) -> Ordered | None:
    """The oldest job of a channel; an attempt is counted."""
    row = tx.execute(_NEXT, {"on": channel}).one_or_none()
    if row is None:
        return None
    tx.execute(_TRY, {"row": row.id})
    return Ordered(row.id, row.channel, row.address, row.person_id, row.language, unpacked(row.job), row.attempts)


def done(tx: Connection, job_id: int) -> bool:
    """It is done with; False where it was before, or where its person has been erased meanwhile."""
    return bool(tx.execute(_DONE, {"row": job_id}).rowcount)
