"""Broadcasts: their drafts, and where each is on its way. Their recipients are rows of the outbox only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, update

from bot.dialogue.message import Attachment
from bot.domain.audience import Audience
from bot.domain.broadcast import Broadcast, Phase, Purpose
from bot.store.outbox import DEFERRED, LATE, PLANNED, QUEUED, SENDING, UNCERTAIN
from bot.store.tables import broadcasts, outbox

_COLUMNS = [column for column in broadcasts.c if column is not broadcasts.c.file_content]
"""All but the picture itself, which only its recipients need."""
_BY_ID = select(*_COLUMNS).where(broadcasts.c.id == bindparam("broadcast"))
_CONTENT = select(
    broadcasts.c.body, broadcasts.c.file_name, broadcasts.c.file_mime, broadcasts.c.file_content
).where(broadcasts.c.id == bindparam("broadcast"))  # fmt: skip
_UNDER_WAY = select(*_COLUMNS).where(broadcasts.c.phase.in_((Phase.RUNNING, Phase.PAUSED))).order_by(broadcasts.c.id)
_MAY_LEAVE = (PLANNED, QUEUED, DEFERRED, SENDING, LATE, UNCERTAIN)
ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Card:
    """The chat in which a broadcast's card stands, and the numbers that it shows."""

    channel: str
    address: str
    person_id: int | None
    language: str
    shown: tuple[int, ...] = ()


def add(tx: Connection, draft: Broadcast, card: Card, now: datetime) -> int:
    """Keep a new draft; gives its id. Its own `id` does not matter."""
    values: dict[str, Any] = {
        "purpose": draft.purpose, "phase": draft.phase, "text": draft.text, "body": draft.body,
        "audience": draft.audience.packed(), "useful_until": draft.useful_until, "about": draft.about,
        "author": draft.author, "channel": card.channel, "address": card.address, "person_id": card.person_id,
        "language": card.language, "shown": [], "created_at": now,
    }  # fmt: skip
    return int(tx.execute(insert(broadcasts).values(values).returning(broadcasts.c.id)).scalar_one())


def by_id(tx: Connection, broadcast_id: int) -> Broadcast | None:
    """The broadcast of that id."""
    row = tx.execute(_BY_ID, {"broadcast": broadcast_id}).one_or_none()
    return _broadcast(row) if row else None


def content(tx: Connection, broadcast_id: int) -> tuple[str, Attachment | None]:
    """What people see of it: the text, and the picture if there is one."""
    row = tx.execute(_CONTENT, {"broadcast": broadcast_id}).one()
    if row.file_content is None:
        return row.body, None
    return row.body, Attachment(row.file_name or "", row.file_mime or "", row.file_content)


def change(tx: Connection, broadcast_id: int, **values: Any) -> None:
    """New values for a draft: text, body, audience, purpose, useful_until, at."""
    if isinstance(audience := values.get("audience"), Audience):
        values["audience"] = audience.packed()
    drafts = (broadcasts.c.id == broadcast_id, broadcasts.c.phase == Phase.DRAFT)
    tx.execute(update(broadcasts).where(*drafts).values(**values))


def illustrate(tx: Connection, broadcast_id: int, picture: Attachment | None) -> None:
    """This picture goes with it, while it is a draft; None: none does any more."""
    file = {
        "file_name": picture and picture.name, "file_mime": picture and picture.mime,
        "file_content": picture and picture.content,
    }  # fmt: skip
    open_ = (broadcasts.c.phase == Phase.DRAFT) if picture else (broadcasts.c.file_content.is_not(None))
    tx.execute(update(broadcasts).where(broadcasts.c.id == broadcast_id, open_).values(file))


def forget_pictures(tx: Connection, before: datetime, most: int) -> int:
    """Pictures that nobody will be sent any more, `most` at once: what they went with is over, and nobody is left whom
    it may be sent to all the same, or it was created before. Gives how many went."""
    open_ = select(outbox.c.id).where(outbox.c.broadcast_id == broadcasts.c.id, outbox.c.state.in_(_MAY_LEAVE))
    over = (broadcasts.c.file_content.is_not(None), broadcasts.c.phase.in_((Phase.DONE, Phase.CANCELLED)))
    useless = select(broadcasts.c.id).where(*over, or_(~open_.exists(), broadcasts.c.created_at < before)).limit(most)
    none = {"file_name": None, "file_mime": None, "file_content": None}
    return tx.execute(update(broadcasts).where(broadcasts.c.id.in_(useless)).values(none)).rowcount


def replace_body(tx: Connection, broadcast_id: int, text: str, body: str) -> None:
    """Whoever has not got it yet gets it in these words."""
    tx.execute(update(broadcasts).where(broadcasts.c.id == broadcast_id).values(text=text, body=body))


def move_on(tx: Connection, broadcast_id: int, phase: Phase, *before: Phase, **values: Any) -> bool:
    """It is in another phase from now on; False where it was in none of those `before`: somebody was quicker."""
    mine = (broadcasts.c.id == broadcast_id, broadcasts.c.phase.in_(before))
    return bool(tx.execute(update(broadcasts).where(*mine).values(phase=phase, **values)).rowcount)


def under_way(tx: Connection) -> Sequence[tuple[Broadcast, Card]]:
    """All that are released and not done with, each with its card."""
    return [(_broadcast(row), _card(row)) for row in tx.execute(_UNDER_WAY)]


def open_for(tx: Connection) -> Sequence[Broadcast]:
    """All that wait for their release or are under way, the latest first."""
    phases = (Phase.WAITING, Phase.RUNNING, Phase.PAUSED)
    query = select(*_COLUMNS).where(broadcasts.c.phase.in_(phases)).order_by(broadcasts.c.id.desc())
    return [_broadcast(row) for row in tx.execute(query)]


def card(tx: Connection, broadcast_id: int) -> Card:
    """Where its card stands. Raises NoResultFound where there is no such broadcast."""
    return _card(tx.execute(_BY_ID, {"broadcast": broadcast_id}).one())


def showing(tx: Connection, broadcast_id: int, numbers: Sequence[int]) -> None:
    """Its card shows these numbers from now on."""
    tx.execute(update(broadcasts).where(broadcasts.c.id == broadcast_id).values(shown=list(numbers)))


def move(tx: Connection, channel: str, address: str, new_address: str) -> None:
    """The chat has a new address."""
    chat = (broadcasts.c.channel == channel, broadcasts.c.address == address)
    tx.execute(update(broadcasts).where(*chat).values(address=new_address))


def anonymise(tx: Connection, person_id: int) -> None:
    """What this person told people stays, without saying who it was."""
    gone = {"author": ERASED, "address": "", "person_id": None}
    tx.execute(update(broadcasts).where(broadcasts.c.person_id == person_id).values(gone))


def forget_drafts(tx: Connection, before: datetime, most: int) -> int:
    """Drafts that were left alone, `most` at once. Gives how many went."""
    old = select(broadcasts.c.id).where(broadcasts.c.phase == Phase.DRAFT, broadcasts.c.created_at < before).limit(most)
    return tx.execute(delete(broadcasts).where(broadcasts.c.id.in_(old))).rowcount


def _broadcast(row: Row[*tuple[Any, ...]]) -> Broadcast:
    return Broadcast(
        row.id, row.text, Audience.unpacked(row.audience), row.author, Purpose(row.purpose), Phase(row.phase),
        row.body, row.useful_until, row.at, row.expected, row.asked_at, row.about, row.file_mime is not None,
    )  # fmt: skip


def _card(row: Row[*tuple[Any, ...]]) -> Card:
    return Card(row.channel, row.address, row.person_id, row.language, tuple(row.shown))
