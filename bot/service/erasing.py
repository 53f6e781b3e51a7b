"""Taking somebody out of the database."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, select

from bot.domain.pledge import Stage, Visibility
from bot.store import audit
from bot.store.tables import accounts, answers, messages, outbox, people, pledges, prompts


def erase(tx: Connection, person_id: int) -> None:
    """Everything about this person goes: chats, questions, answers, pledges, queued rows. What is sent after it (the
    confirmation) carries only an address and deletes itself. What others wrote about a pledge goes with the pledge.
    Of an imported pledge the bare number stays, and what tells its row of the sheet when that is imported again.
    """
    chats = tx.execute(select(accounts.c.channel, accounts.c.address).where(accounts.c.person_id == person_id)).all()
    for channel, address in chats:
        for table in (messages, prompts):
            tx.execute(delete(table).where(table.c.channel == channel, table.c.address == address))
    tx.execute(delete(outbox).where(outbox.c.person_id == person_id, outbox.c.keep))
    tx.execute(delete(answers).where(answers.c.person_id == person_id))
    mine = tx.execute(select(pledges).where(pledges.c.maker_id == person_id)).all()
    tx.execute(delete(pledges).where(pledges.c.maker_id == person_id))
    for row in mine:
        if row.imported is not None:
            tx.execute(pledges.insert().values(
                reference=row.reference, workshop_id=row.workshop_id, text="", due=row.due, stage=Stage.WITHDRAWN,
                visibility=Visibility.TEAM, imported=_trace(row.imported), created_at=row.created_at,
            ))  # fmt: skip
    audit.anonymise(tx, person_id)
    tx.execute(delete(people).where(people.c.id == person_id))


def is_erased(imported: Mapping[str, Any] | None) -> bool:
    """Whether this is all that is left of an erased pledge (see `pledges.imported`)."""
    return imported is not None and "erased" in imported


def was_erased(imported: Mapping[str, Any], text: str) -> bool:
    """Whether the erased pledge had this text in the sheet."""
    return bool(imported["erased"] == _digest(text, imported["salt"]))


def _trace(imported: Mapping[str, Any]) -> dict[str, str]:
    salt = secrets.token_hex(16)
    return {"salt": salt, "erased": _digest(imported["text"], salt)}


def _digest(text: str, salt: str) -> str:
    return hashlib.blake2b(text.encode(), key=salt.encode()).hexdigest()
