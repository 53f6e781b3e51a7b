"""What goes out, and what became of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Update,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy import text as sql

from bot.dialogue.message import Attachment, Choice
from bot.store.channels import CHANNEL
from bot.store.tables import PAST, WAITING, messages, outbox, owners

QUEUED, SENDING, SENT, DEFERRED, HELD = "queued", "sending", "sent", "deferred", "held"
UNREACHABLE, UNCERTAIN, DROPPED, FAILED = "unreachable", "uncertain", "dropped", "failed"
PLANNED, LATE = "planned", "late"
"""Rows of broadcasts: they wait for their slot; it is past, and somebody has to say whether they are still wanted."""
SEND, EDIT, RETRACT = "send", "edit", "retract"

BROADCAST, URGENT, RECALL = "broadcast", "urgent", "recall"
"""What organisers tell people, and take back. A broadcast keeps to their caps; an urgent notice need not."""
WORK = "work"
"""What an organiser has to know to do their work. It does not count against their caps."""
PRIORITIES = {
    "reply": 0, WORK: 0, EDIT: 1, URGENT: 2, RECALL: 2, "outcome": 2, "reminder": 2, "last_call": 2, "check_in": 3,
    "first_step": 3, "decision": 3, "news": 3, "partner": 4, BROADCAST: 5, "nudge": 6, "lasting": 7, "retraction": 8,
}  # fmt: skip
"""Replies first: somebody is waiting for them. That an old question shows its answer comes after the reply to it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the outbox. `keep` False: it deletes itself once it is done with. `parts` are the ids of the messages
    before `message_id`, where it became several. Instants are UTC."""

    key: str
    channel: str
    address: str
    person_id: int | None
    text: str
    due_at: datetime
    stands_for: str = "reply"
    action: str = SEND
    choices: tuple[Choice, ...] = ()
    prompt: str | None = None
    quiet: bool = False
    file: Attachment | None = None
    useless_after: datetime | None = None
    keep: bool = True
    message_id: str | None = None
    parts: tuple[str, ...] = ()
    broadcast_id: int | None = None
    id: int = 0
    attempts: int = 0
    doubts: int = 0

    def values(self) -> dict[str, Any]:
        """The letter as a new row."""
        file = self.file
        return {
            "key": self.key, "channel": self.channel, "address": self.address, "person_id": self.person_id,
            "action": self.action, "text": self.text, "choices": [[c.key, c.label] for c in self.choices],
            "prompt": self.prompt, "quiet": self.quiet, "file_name": file and file.name,
            "file_mime": file and file.mime, "file_content": file and file.content, "stands_for": self.stands_for,
            "priority": PRIORITIES.get(EDIT if self.action == EDIT else self.stands_for, 0), "due_at": self.due_at,
            "useless_after": self.useless_after, "keep": self.keep, "state": QUEUED, "message_id": self.message_id,
            "parts": " ".join(self.parts),
            "broadcast_id": self.broadcast_id,
        }  # fmt: skip


def post(tx: Connection, letters: Sequence[Letter]) -> None:
    """Put these in."""
    if letters:
        tx.execute(_POST, [letter.values() for letter in letters])


_POST = insert(outbox)
_EMPTY: dict[str, Any] = {"address": "", "text": "", "choices": [], "prompt": None, "message_id": None, "parts": ""}
"""What is left of a row whose addressee agreed to nothing, but which is to be counted."""

_earlier = outbox.alias("earlier")
_blocked = exists().where(
    _earlier.c.channel == outbox.c.channel,
    _earlier.c.address == outbox.c.address,
    sql("earlier.state IN ('queued', 'deferred', 'sending')"),
    _earlier.c.id < outbox.c.id,
    _earlier.c.priority <= outbox.c.priority,
    _earlier.c.due_at <= bindparam("now"),
)
_NEXT_DUE = (
    select(outbox)
    .where(
        WAITING, outbox.c.channel == bindparam("on"), outbox.c.state != SENDING, outbox.c.due_at <= bindparam("now"),
        outbox.c.retry_at <= bindparam("real_now"), ~_blocked,
        outbox.c.address.not_in(bindparam("busy", expanding=True)),
        or_(outbox.c.action != EDIT, outbox.c.address.not_in(bindparam("lively", expanding=True))),
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(1)
)  # fmt: skip
_LEASE = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("row"),
        outbox.c.state != SENDING,
        ~exists().where(owners.c.name == CHANNEL + outbox.c.channel, owners.c.epoch > bindparam("owner")),
    )
    .values(state=SENDING, epoch=bindparam("owner"), attempts=outbox.c.attempts + 1)
)
_mine = (outbox.c.id == bindparam("row"), outbox.c.state == SENDING, outbox.c.epoch == bindparam("owner"))
_SETTLE = update(outbox).where(*_mine)
_SETTLE_FOR_GOOD = delete(outbox).where(*_mine)


def next_due(
    tx: Connection, channel: str, now: datetime, real_now: float, busy: Collection[str], lively: Collection[str] = ()
) -> Letter | None:
    """What is to be sent next on a channel: due, not held back, and the first of its chat among what is as urgent.

    Nothing is sent to the chats that are `busy`, and nothing is changed in those that are `lively`.
    """
    values = {"on": channel, "now": now, "real_now": real_now, "busy": list(busy), "lively": list(lively)}
    row = tx.execute(_NEXT_DUE, values).one_or_none()
    return letter_of(row) if row else None


def lease(tx: Connection, letter_id: int, epoch: int) -> bool:
    """It is about to be sent by the owner of this epoch; False where another one is, or has come after it."""
    return bool(tx.execute(_LEASE, {"row": letter_id, "owner": epoch}).rowcount)


def settle(tx: Connection, letter: Letter, epoch: int, **values: Any) -> bool:
    """Write down what became of a leased row; False where the lease is no longer this epoch's.

    A row that is not to be kept goes away when it is done with; where it may have arrived twice, all that it holds.
    """
    mine = {"row": letter.id, "owner": epoch}
    done = values["state"] not in (QUEUED, DEFERRED, SENDING)
    if done:
        values["file_content"] = None
    if done and not letter.keep:
        if not values.get("doubts", letter.doubts):
            return bool(tx.execute(_SETTLE_FOR_GOOD, mine).rowcount)
        values |= _EMPTY
    return bool(tx.execute(_SETTLE, {**mine, **values, "epoch": None}).rowcount)


def set_aside(tx: Connection, letter: Letter, state: str, **values: Any) -> None:
    """It is not to be sent as it is, and in that state from now on."""
    tx.execute(update(outbox).where(outbox.c.id == letter.id).values(state=state, **values))


def broadcasts(tx: Connection, person_ids: Iterable[int], since: datetime) -> dict[int, list[tuple[datetime, bool]]]:
    """The broadcasts to these people since then: when (UTC), and whether it was sent; others wait for their slot."""
    found: dict[int, list[tuple[datetime, bool]]] = {}
    for person_id, sent_at, due_at in tx.execute(_BROADCASTS, {"people": set(person_ids), "since": since}):
        assert person_id is not None
        found.setdefault(person_id, []).append((sent_at or due_at, sent_at is not None))
    return found


_BROADCASTS = select(outbox.c.person_id, outbox.c.sent_at, outbox.c.due_at).where(
    outbox.c.person_id.in_(bindparam("people", expanding=True)), outbox.c.stands_for == BROADCAST,
    outbox.c.action == SEND, outbox.c.due_at >= bindparam("since"),
    outbox.c.state.in_((SENT, PLANNED, QUEUED, DEFERRED, SENDING)),
)  # fmt: skip


def drop(tx: Connection, letter: Letter, reason: str) -> None:
    """It is not sent, for this reason."""
    if not letter.keep:  # only changes of older messages: those are never in doubt
        tx.execute(delete(outbox).where(outbox.c.id == letter.id))
        return
    tx.execute(update(outbox).where(outbox.c.id == letter.id).values(state=DROPPED, reason=reason, file_content=None))


def is_gone(tx: Connection, letter: Letter) -> bool:
    """Whether the row was taken away while it was on its way: its addressee was erased."""
    return tx.execute(select(outbox.c.id).where(outbox.c.id == letter.id)).first() is None


def perhaps_shown(tx: Connection, channel: str, address: str) -> str | None:
    """The prompt that may stand in this chat already though nobody has recorded under which id: its message is on its
    way, or was when somebody died. No other message is sent to the chat before that one."""
    unknown = or_(outbox.c.state.in_((QUEUED, SENDING)), outbox.c.doubts > 0)
    here = (WAITING, outbox.c.channel == channel, outbox.c.address == address, outbox.c.action == SEND)
    query = select(outbox.c.prompt).where(*here, outbox.c.attempts > 0, unknown, outbox.c.prompt.is_not(None))
    return tx.execute(query.order_by(outbox.c.id).limit(1)).scalar()


def left_behind(tx: Connection, channel: str, epoch: int) -> Sequence[Letter]:
    """What an earlier owner of the channel had on its way when it died."""
    query = select(outbox).where(WAITING, outbox.c.channel == channel, outbox.c.state == SENDING)
    return [letter_of(row) for row in tx.execute(query.where(outbox.c.epoch < epoch))]


def put_back(tx: Connection, letter: Letter, *, doubtful: bool) -> None:
    """It will be sent again; `doubtful`: perhaps it had arrived."""
    values: dict[str, Any] = {"state": QUEUED, "epoch": None}
    if doubtful:
        values["doubts"] = outbox.c.doubts + 1
    tx.execute(update(outbox).where(outbox.c.id == letter.id).values(**values))


Question = tuple[str, str | None]
"""The key of a row that asks something, and its prompt."""


def unreachable(tx: Connection, channel: str, address: str, reason: str) -> list[Question]:
    """Nothing that waits for this chat can be sent. Gives the questions among it."""
    waiting = (WAITING, outbox.c.channel == channel, outbox.c.address == address, outbox.c.state != SENDING)
    nobodys = (*waiting, outbox.c.keep.is_(False))
    tx.execute(delete(outbox).where(*nobodys, outbox.c.doubts == 0))
    tx.execute(update(outbox).where(*nobodys).values(state=UNREACHABLE, reason=reason, **_EMPTY))
    return _end(tx, update(outbox).where(*waiting).values(state=UNREACHABLE, reason=reason, file_content=None))


def forget_chat(tx: Connection, channel: str, address: str) -> list[Question]:
    """Nothing that went to this chat or waits for it is kept. Gives the questions among it that nobody can have
    seen."""
    here = (outbox.c.channel == channel, outbox.c.address == address)
    waiting = [QUEUED, DEFERRED]
    unseen = select(outbox.c.key, outbox.c.prompt).where(
        *here, outbox.c.state.in_(waiting), outbox.c.stands_for != "reply", outbox.c.doubts == 0
    )
    found = [(row.key, row.prompt) for row in tx.execute(unseen)]
    tx.execute(delete(outbox).where(*here))
    return found


def move(tx: Connection, channel: str, address: str, new_address: str) -> None:
    """What waits for this chat goes to its new address."""
    waiting = (WAITING, outbox.c.channel == channel, outbox.c.address == address)
    tx.execute(update(outbox).where(*waiting).values(address=new_address))


def drop_waiting(tx: Connection, person_id: int, reason: str) -> list[Question]:
    """Nothing that the bot started by itself and that still waits is sent to this person. Gives those questions."""
    waiting = (WAITING, outbox.c.person_id == person_id, outbox.c.state != SENDING, outbox.c.stands_for != "reply")
    return _end(tx, update(outbox).where(*waiting).values(state=DROPPED, reason=reason))


def _end(tx: Connection, change: Update) -> list[Question]:
    """Carry out the change; the questions among its rows that nobody can have seen."""
    rows = tx.execute(change.returning(outbox.c.key, outbox.c.prompt, outbox.c.stands_for, outbox.c.doubts))
    return [(row.key, row.prompt) for row in rows if row.stands_for != "reply" and not row.doubts]


def lock_chat(tx: Connection, channel: str, address: str) -> None:
    """Nobody settles a row of this chat before the transaction ends; SQLite has one writer at a time anyway."""
    tx.execute(select(outbox.c.id).where(outbox.c.channel == channel, outbox.c.address == address).with_for_update())


def shown(tx: Connection, channel: str, address: str, since: datetime | None) -> set[str]:
    """The ids of our messages that stand in this chat, as far as they are still known; since an instant, or all."""
    here = (outbox.c.channel == channel, outbox.c.address == address, outbox.c.message_id.is_not(None))
    sent = select(outbox.c.message_id, outbox.c.parts).where(*here, outbox.c.action == SEND)
    ours = (messages.c.channel == channel, messages.c.address == address, messages.c.ours)
    asked = select(messages.c.message_id, literal("")).where(*ours)
    if since:
        sent, asked = sent.where(outbox.c.sent_at >= since), asked.where(messages.c.at >= since)
    return {each for message_id, parts in tx.execute(sent.union(asked)) for each in (str(message_id), *parts.split())}


def try_now(tx: Connection, channel: str) -> None:
    """Whatever on this channel waits to be tried again need not wait any longer."""
    deferred = (outbox.c.channel == channel, outbox.c.state == DEFERRED)
    tx.execute(update(outbox).where(*deferred).values(retry_at=0))


def is_waiting(tx: Connection, prompt: str) -> bool:
    """Whether something that shows or changes this prompt is still to be sent."""
    return tx.execute(select(outbox.c.id).where(WAITING, outbox.c.prompt == prompt).limit(1)).first() is not None


def counts(tx: Connection) -> Mapping[tuple[str, str], int]:
    """How many rows there are by channel and state."""
    query = select(outbox.c.channel, outbox.c.state, func.count()).group_by(outbox.c.channel, outbox.c.state)
    return {(channel, state): count for channel, state, count in tx.execute(query)}


def hold(tx: Connection) -> None:
    """Hold back everything that waits: the database comes from a backup, and it may have been sent since."""
    waiting = or_(WAITING, outbox.c.broadcast_id.is_not(None) & (outbox.c.state == PLANNED))
    tx.execute(update(outbox).where(waiting).values(state=HELD, epoch=None))


def held(tx: Connection, now: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """What is held back and due by now: id, channel, stands_for, due_at."""
    query = select(outbox.c.id, outbox.c.channel, outbox.c.stands_for, outbox.c.due_at)
    return tx.execute(query.where(outbox.c.state == HELD, outbox.c.due_at <= now).order_by(outbox.c.id)).all()


def let_go(tx: Connection, restored_at: datetime, *, send: bool) -> None:
    """What is held back waits again to be sent, broadcasts for their slots; without `send` what was due before the
    restore is dropped."""
    mine = outbox.c.state == HELD
    if not send:
        passed = (mine, outbox.c.due_at <= restored_at)
        tx.execute(delete(outbox).where(*passed, outbox.c.keep.is_(False)))
        tx.execute(update(outbox).where(*passed).values(state=DROPPED, reason="before a restore", file_content=None))
    told = outbox.c.broadcast_id.is_not(None)
    tx.execute(update(outbox).where(mine).values(state=case((told, PLANNED), else_=QUEUED)))


def waiting_since(tx: Connection, now: datetime) -> Mapping[str, datetime]:
    """By channel, since when the oldest row that is due by now has been waiting."""
    query = select(outbox.c.channel, func.min(outbox.c.due_at)).where(WAITING, outbox.c.due_at <= now)
    return {row[0]: row[1] for row in tx.execute(query.group_by(outbox.c.channel))}


def doubtful(tx: Connection) -> Sequence[Row[*tuple[Any, ...]]]:
    """What may have arrived twice: id, channel, person_id, stands_for, doubts, sent_at."""
    columns = (outbox.c.id, outbox.c.channel, outbox.c.person_id, outbox.c.stands_for, outbox.c.doubts)
    return tx.execute(select(*columns, outbox.c.sent_at).where(outbox.c.doubts > 0).order_by(outbox.c.id)).all()


def forget_before(tx: Connection, before: datetime, most: int) -> int:
    """What was sent long ago needs no row any more, `most` at once; what may have arrived twice and what failed stays
    listed. Gives how many went."""
    old = select(outbox.c.id).where(PAST, outbox.c.due_at < before, outbox.c.doubts == 0).limit(most)
    return tx.execute(delete(outbox).where(outbox.c.id.in_(old))).rowcount


def letter_of(row: Row[*tuple[Any, ...]]) -> Letter:
    """The letter that a row is."""
    file = None
    if row.file_content is not None:
        file = Attachment(row.file_name, row.file_mime, row.file_content)
    return Letter(
        key=row.key, channel=row.channel, address=row.address, person_id=row.person_id, text=row.text,
        due_at=row.due_at, stands_for=row.stands_for, action=row.action,
        choices=tuple(Choice(key, label) for key, label in row.choices), prompt=row.prompt, quiet=row.quiet,
        file=file, useless_after=row.useless_after, keep=row.keep, message_id=row.message_id,
        parts=tuple(row.parts.split()),
        broadcast_id=row.broadcast_id, id=row.id, attempts=row.attempts, doubts=row.doubts,
    )  # fmt: skip
