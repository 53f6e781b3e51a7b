"""Pictures and voice messages that are kept with a pledge."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from bot.store.tables import attachments, pledges


def add(tx: Connection, reference: str, person_id: int, mime: str, content: bytes, now: datetime) -> None:
    """Keep a file of this person with the pledge."""
    pledge_id = select(pledges.c.id).where(pledges.c.reference == reference).scalar_subquery()
    values = {"person_id": person_id, "at": now, "mime": mime, "content": content}
    tx.execute(insert(attachments).values(pledge_id=pledge_id, **values))


def count(tx: Connection, reference: str) -> int:
    """How many files are kept with a pledge."""
    query = select(func.count()).select_from(attachments).join(pledges).where(pledges.c.reference == reference)
    return int(tx.execute(query).scalar_one())


def of_pledge(tx: Connection, reference: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """What is kept with a pledge: at, mime, content; oldest first."""
    query = select(attachments.c.at, attachments.c.mime, attachments.c.content).join_from(attachments, pledges)
    return tx.execute(query.where(pledges.c.reference == reference).order_by(attachments.c.id)).all()


def of_person(tx: Connection, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """A person's files: reference, at, mime, content; oldest first."""
    query = select(pledges.c.reference, attachments.c.at, attachments.c.mime, attachments.c.content)
    return tx.execute(
        query.join_from(attachments, pledges).where(attachments.c.person_id == person_id).order_by(attachments.c.id)
    ).all()
