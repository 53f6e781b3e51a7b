"""Codes that one person hands to another, or to themselves on another device."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from bot.domain.codes import Chat, Code, Purpose
from bot.store.tables import codes

_BY_CODE = select(codes).where(codes.c.code == bindparam("typed"))


def issue(tx: Connection, code: Code) -> None:
    """The code works from now on."""
    values = {name: getattr(code, name) for name in code.__slots__}
    tx.execute(codes.insert().values(**values | {"chat": code.chat and asdict(code.chat)}))


def by_code(tx: Connection, code: str) -> Code | None:
    """What is known of this code, whether it still works or not."""
    row = tx.execute(_BY_CODE, {"typed": code}).one_or_none()
    return _code(row) if row else None


def take(tx: Connection, code: str, person_id: int | None, now: datetime) -> bool:
    """Somebody uses it; False where somebody did before."""
    free = update(codes).where(codes.c.code == code, codes.c.taken_at.is_(None))
    return bool(tx.execute(free.values(taken_at=now, taken_by=person_id)).rowcount)


def ask(tx: Connection, code: str, chat: Chat, until: datetime) -> None:
    """This chat asks to be connected, and can be until then; a later one takes its place."""
    tx.execute(update(codes).where(codes.c.code == code).values(chat=asdict(chat), expires_at=until))


def withdraw(tx: Connection, code: str) -> None:
    """The code works no longer, and nothing of it is kept."""
    tx.execute(delete(codes).where(codes.c.code == code))


def withdraw_all(tx: Connection, person_id: int, purpose: Purpose) -> None:
    """No code that this person issued for that purpose works any longer."""
    tx.execute(delete(codes).where(codes.c.person_id == person_id, codes.c.purpose == purpose))


def open_for(tx: Connection, pledge_id: int, now: datetime) -> Sequence[Code]:
    """The codes for a pledge that nobody has used and that still work, the oldest first."""
    here = (codes.c.pledge_id == pledge_id, codes.c.taken_at.is_(None), codes.c.expires_at > now)
    return [_code(row) for row in tx.execute(select(codes).where(*here).order_by(codes.c.expires_at, codes.c.code))]


def of_person(tx: Connection, person_id: int) -> Sequence[Code]:
    """The codes that a person issued or was issued, the oldest first."""
    mine = select(codes).where(codes.c.person_id == person_id)
    return [_code(row) for row in tx.execute(mine.order_by(codes.c.expires_at, codes.c.code))]


def forget_before(tx: Connection, before: datetime) -> None:
    """Codes that ran out before then are forgotten, with the chats that wanted to be connected by them."""
    tx.execute(delete(codes).where(codes.c.expires_at < before))


def _code(row: Row[*tuple[Any, ...]]) -> Code:
    return Code(
        code=row.code, purpose=Purpose(row.purpose), expires_at=row.expires_at, person_id=row.person_id,
        account_id=row.account_id, pledge_id=row.pledge_id, name=row.name, taken_at=row.taken_at,
        taken_by=row.taken_by, chat=Chat(**row.chat) if row.chat else None,
    )  # fmt: skip
