"""What was asked in a chat, and what its answers mean: the state of every dialogue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, insert, or_, select, update

from bot.dialogue.message import Choice
from bot.dialogue.scene import Asked
from bot.dialogue.state import State, pack, unpack
from bot.store.tables import messages, prompts

_IN_CHAT = (prompts.c.channel == bindparam("chat_channel")) & (prompts.c.address == bindparam("chat_address"))
_OF_PERSON = prompts.c.person_id == bindparam("person")
"""Nobody's where the person is None: nothing equals NULL."""
_earlier = prompts.alias("earlier")
_UNSETTLED = prompts.c.settled_at.is_(None)

_OPEN = insert(prompts)
_BY_KEY = select(prompts).where(prompts.c.key == bindparam("prompt"), or_(_IN_CHAT, _OF_PERSON))
_WAITING = (
    select(prompts)
    .where(
        or_(
            _IN_CHAT & prompts.c.current & (prompts.c.opened_at >= bindparam("since")),
            _OF_PERSON & prompts.c.occasion & (prompts.c.opened_at <= bindparam("until")),
        ),
        _UNSETTLED,
    )
    .order_by(prompts.c.opened_at.desc())
)
_LEAVE = update(prompts).where(_IN_CHAT, prompts.c.current).values(current=False)
_SETTLE = (
    update(prompts)
    .where(prompts.c.key == bindparam("prompt"), _UNSETTLED)
    .values(settled_at=bindparam("now"), answer=bindparam("said"), current=False)
    .returning(prompts)
)
_OPEN_OCCASIONS = select(prompts.c.person_id, prompts.c.key, prompts.c.state).where(
    prompts.c.person_id.in_(bindparam("people", expanding=True)), prompts.c.occasion, _UNSETTLED
)
_ANSWERED_SINCE = (
    select(prompts.c.key)
    .where(
        or_(_IN_CHAT, _OF_PERSON),
        prompts.c.settled_at
        > select(_earlier.c.settled_at).where(_earlier.c.key == bindparam("prompt")).scalar_subquery(),
    )
    .limit(1)
)
_IS_OPEN = select(prompts.c.key).where(prompts.c.key == bindparam("prompt"), _UNSETTLED)
_EXISTS = select(prompts.c.key).where(prompts.c.key == bindparam("prompt"))


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt to be kept. `person_id` is None before consent; `occasion`: it was not part of a dialogue."""

    key: str
    channel: str
    address: str
    person_id: int | None
    state: State
    choices: tuple[Choice, ...]
    text: str
    occasion: bool
    opened_at: datetime
    aside: bool = False
    """Something else is under way in the chat: only who taps it or replies to it answers it."""

    def values(self) -> dict[str, Any]:
        """The prompt as a row."""
        return {
            "key": self.key, "channel": self.channel, "address": self.address, "person_id": self.person_id,
            "state": pack(self.state), "choices": [[choice.key, choice.label] for choice in self.choices],
            "text": self.text, "occasion": self.occasion, "current": not (self.occasion or self.aside),
            "opened_at": self.opened_at,
        }  # fmt: skip


def open_(tx: Connection, new: Sequence[Prompt]) -> None:
    """Keep these prompts."""
    if new:
        tx.execute(_OPEN, [prompt.values() for prompt in new])


def by_key(tx: Connection, key: str, channel: str, address: str, person_id: int | None) -> Asked | None:
    """The prompt of that key, if it was shown in this chat or to this person."""
    values = {"prompt": key, "chat_channel": channel, "chat_address": address, "person": person_id}
    return _asked(tx.execute(_BY_KEY, values).one_or_none())


def of_message(tx: Connection, channel: str, address: str, message_id: str) -> Asked | None:
    """The prompt that this message of ours showed."""
    joined = select(prompts).join_from(messages, prompts, messages.c.prompt == prompts.c.key)
    where = (messages.c.channel == channel, messages.c.address == address, messages.c.message_id == message_id)
    return _asked(tx.execute(joined.where(*where)).one_or_none())


def waiting(
    tx: Connection, channel: str, address: str, person_id: int | None, since: datetime, now: datetime
) -> tuple[Asked, ...]:
    """What waits for typed words in this chat, the latest first: the dialogue's place, unless it was left alone
    before `since`, and the open questions to the person; not those that come only later than `now`."""
    chat = {"chat_channel": channel, "chat_address": address}
    values = {**chat, "person": person_id, "since": since, "until": now}
    return tuple(found for row in tx.execute(_WAITING, values) if (found := _asked(row)))


def leave(tx: Connection, channel: str, address: str) -> None:
    """The dialogue in this chat has moved on: typed words are no answer to its earlier prompts any more."""
    tx.execute(_LEAVE, {"chat_channel": channel, "chat_address": address})


def settle(tx: Connection, key: str, answer: str, now: datetime) -> Row[*tuple[Any, ...]] | None:
    """The prompt has its answer; gives its row, or None where it had one before."""
    return tx.execute(_SETTLE, {"prompt": key, "said": answer, "now": now}).one_or_none()


def settled(tx: Connection, key: str) -> Row[*tuple[Any, ...]] | None:
    """The row of a prompt that has its answer; None while it waits."""
    return tx.execute(select(prompts).where(prompts.c.key == key, prompts.c.settled_at.is_not(None))).one_or_none()


def reopen(tx: Connection, key: str) -> None:
    """The prompt waits for its answer again."""
    again = {"settled_at": None, "answer": "", "current": ~prompts.c.occasion}
    tx.execute(update(prompts).where(prompts.c.key == key).values(**again))


def answered_since(tx: Connection, key: str, channel: str, address: str, person_id: int | None) -> bool:
    """Whether another prompt in this chat or to this person has got its answer after this one."""
    values = {"prompt": key, "chat_channel": channel, "chat_address": address, "person": person_id}
    return tx.execute(_ANSWERED_SINCE, values).first() is not None


def opened_at(tx: Connection, channel: str, address: str, at: datetime) -> Sequence[str]:
    """The keys of the prompts that were opened in this chat at that instant and wait for their answer."""
    here = (prompts.c.channel == channel, prompts.c.address == address, prompts.c.opened_at == at)
    return tx.execute(select(prompts.c.key).where(*here, _UNSETTLED)).scalars().all()


def open_occasions(tx: Connection, person_ids: Iterable[int]) -> dict[int, dict[str, State]]:
    """The states of the open questions to these people, by person and key."""
    found: dict[int, dict[str, State]] = {}
    for person_id, key, data in tx.execute(_OPEN_OCCASIONS, {"people": set(person_ids)}):
        if person_id is not None and (state := unpack(State, data)):
            found.setdefault(person_id, {})[key] = state
    return found


def keys_of(tx: Connection, person_id: int, kind: type[State]) -> list[str]:
    """The keys of all questions of this kind that the bot asked a person by itself, answered or not."""
    query = select(prompts.c.key, prompts.c.state).where(prompts.c.person_id == person_id, prompts.c.occasion)
    return [key for key, data in tx.execute(query) if isinstance(unpack(State, data), kind)]


def is_open(tx: Connection, key: str) -> bool:
    """Whether this prompt waits for its answer."""
    return tx.execute(_IS_OPEN, {"prompt": key}).first() is not None


def open_in(tx: Connection, channel: str, address: str, kind: type[State]) -> str | None:
    """The key of the newest prompt of that kind in this chat, unless it is settled."""
    query = select(prompts.c.key, prompts.c.state).where(prompts.c.channel == channel, prompts.c.address == address)
    rows = tx.execute(query.where(_UNSETTLED).order_by(prompts.c.opened_at.desc()))
    return next((row.key for row in rows if row.state.get("type") == kind.__name__), None)


def open_about(tx: Connection, channel: str, address: str, kind: type[State], broadcast_id: int) -> list[str]:
    """The keys of the prompts of that kind in this chat that are about that broadcast and not settled, the newest
    first."""
    query = select(prompts.c.key, prompts.c.state).where(prompts.c.channel == channel, prompts.c.address == address)
    rows = tx.execute(query.where(_UNSETTLED).order_by(prompts.c.opened_at.desc()))
    wanted = {"type": kind.__name__, "broadcast_id": broadcast_id}
    return [row.key for row in rows if {name: row.state.get(name) for name in wanted} == wanted]


def place(tx: Connection, channel: str, address: str, since: datetime) -> State | None:
    """What the dialogue in this chat waits for, unless it was left alone before `since`."""
    here = (prompts.c.channel == channel, prompts.c.address == address, prompts.c.current, _UNSETTLED)
    query = select(prompts.c.state).where(*here, prompts.c.opened_at >= since).order_by(prompts.c.opened_at.desc())
    data = tx.execute(query.limit(1)).scalar()
    return unpack(State, data) if data else None


def change_text(tx: Connection, key: str, text: str) -> None:
    """The prompt says something else from now on."""
    tx.execute(update(prompts).where(prompts.c.key == key).values(text=text))


def exists(tx: Connection, key: str) -> bool:
    """Whether this prompt is kept, whatever became of it."""
    return tx.execute(_EXISTS, {"prompt": key}).first() is not None


def forget(tx: Connection, key: str) -> None:
    """This prompt was never shown."""
    tx.execute(delete(prompts).where(prompts.c.key == key))


def move(tx: Connection, channel: str, address: str, new_address: str) -> None:
    """The chat has a new address."""
    chat = (prompts.c.channel == channel, prompts.c.address == address)
    tx.execute(update(prompts).where(*chat).values(address=new_address))


def belong_to(tx: Connection, channel: str, address: str, person_id: int) -> None:
    """What was asked in this chat was asked of this person."""
    chat = (prompts.c.channel == channel, prompts.c.address == address)
    tx.execute(update(prompts).where(*chat).values(person_id=person_id))


def forget_chat(tx: Connection, channel: str, address: str) -> None:
    """Nothing was ever asked here."""
    tx.execute(delete(prompts).where(prompts.c.channel == channel, prompts.c.address == address))


def forget_strangers(tx: Connection, before: datetime, most: int) -> int:
    """Prompts to people who never agreed, `most` at once. Gives how many went."""
    return _forget_old(tx, prompts.c.person_id.is_(None), before, most)


def forget_dialogues(tx: Connection, before: datetime, most: int) -> int:
    """Prompts of old dialogues, `most` at once. Gives how many went."""
    return _forget_old(tx, prompts.c.occasion.is_(False), before, most)


def _forget_old(tx: Connection, which: ColumnElement[bool], before: datetime, most: int) -> int:
    old = select(prompts.c.key).where(which, prompts.c.opened_at < before).limit(most)
    return tx.execute(delete(prompts).where(prompts.c.key.in_(old))).rowcount


def _asked(row: Row[*tuple[Any, ...]] | None) -> Asked | None:
    state = unpack(State, row.state) if row else None
    if row is None or state is None:
        return None
    settled = None if row.settled_at is None else row.answer
    lines = [str(Markup(line).striptags()) for line in row.text.split("\n")]
    asking = (line[: line.rindex("?") + 1] for line in lines if "?" in line)
    headline = next(asking, lines[0])  # news may stand above the question
    return Asked(row.key, state, choices_of(row), settled, headline, row.occasion)


def choices_of(row: Row[*tuple[Any, ...]]) -> tuple[Choice, ...]:
    """The choices of a prompt's row."""
    return tuple(Choice(key, label) for key, label in row.choices)
