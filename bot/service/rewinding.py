"""Taking back what a message has changed, so that its corrected words can be read in its place.

What a typed answer changes is compared before and after, row by row, and kept with the message. Taken back is only
what still is as the message left it; whoever has answered since has the last word.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, select, update

from bot.dialogue.message import Fact, Incoming, Kind, Turn
from bot.dialogue.registering import ShowingCard
from bot.dialogue.scene import Asked
from bot.service.recording import Recorder
from bot.store import messages, prompts
from bot.store.tables import answers, calls, pledges

Rows = dict[tuple[str, int], dict[str, Any]]
_TABLES: dict[str, Table] = {"pledges": pledges, "answers": answers, "calls": calls}
_UNCHANGED_BY_ANSWERS = ("claim_code", "claim_until", "imported", "created_at")


@dataclass(frozen=True, slots=True)
class Rewound:
    """Everything is as it was before a message: the prompt that it answered waits again. `freed` is the number of a
    pledge that it had registered, `remarks` is what was added later to the answer that it gave, by pledge."""

    asked: Asked
    freed: str = ""
    remarks: tuple[tuple[str, str], ...] = ()


@contextmanager
def noting(
    tx: Connection, turn: Turn, incoming: Incoming, effects: Iterable[Fact], recorder: Recorder
) -> Iterator[None]:
    """Keep with a typed message what is written down inside because of it, or that it meant nothing."""
    typed = incoming.kind is Kind.TEXT and incoming.message_id and (turn.answered or turn.puzzled)
    touched = references(effects) if typed else set()
    before = snapshot(tx, touched, recorder.person_id)
    yield
    if typed and recorder.person_id is not None:
        changed = difference(before, snapshot(tx, touched, recorder.person_id))
        chat = (incoming.channel, incoming.address, incoming.message_id)
        messages.remember(tx, *chat, recorder.now, ours=False, prompt=turn.answered or None, changed=changed)


def references(effects: Iterable[Fact]) -> set[str]:
    """The pledges that these effects change."""
    named = {reference for effect in effects if isinstance(reference := getattr(effect, "reference", ""), str)}
    several = (getattr(effect, "references", ()) for effect in effects)
    return (named | {reference for some in several for reference in some}) - {""}


def snapshot(tx: Connection, wanted: set[str], person_id: int | None) -> Rows:
    """What an answer of this person can change: these pledges, the latest answers to them, the open calls for help."""
    if not wanted or person_id is None:
        return {}
    found: Rows = {}
    ids = {}
    for row in tx.execute(select(pledges).where(pledges.c.reference.in_(wanted))).mappings():
        ids[row["id"]] = row["reference"]
        found["pledges", row["id"]] = {k: v for k, v in row.items() if k not in _UNCHANGED_BY_ANSWERS}
    latest = select(func.max(answers.c.id)).where(answers.c.pledge_id.in_(ids)).group_by(answers.c.pledge_id)
    for row in tx.execute(select(answers).where(answers.c.id.in_(latest))).mappings():
        found["answers", row["id"]] = dict(row)
    mine = (calls.c.pledge_id.in_(ids), calls.c.person_id == person_id, calls.c.closed_at.is_(None))
    for row in tx.execute(select(calls).where(*mine)).mappings():
        found["calls", row["id"]] = dict(row)
    return found


def difference(before: Rows, after: Rows) -> list[Any]:
    """What changed between two snapshots, as data for JSON: table, id, the values before (None: a new row), after."""
    changed = []
    for place, now in after.items():
        then = before.get(place)
        differing = [name for name in now if then is None or now[name] != then[name]]
        if differing:
            was = then and {name: _plain(then[name]) for name in differing}
            changed.append([*place, was, {name: _plain(now[name]) for name in differing}])
    return changed


def rewind(tx: Connection, incoming: Incoming, waiting: Iterable[Asked]) -> Rewound | None:
    """Take back what the message changed that is being corrected; None, with nothing settled about the transaction,
    where it answered nothing or was overtaken. `waiting` are the prompts that wait in the chat."""
    told = messages.theirs(tx, incoming.channel, incoming.address, incoming.message_id)
    if told is None or told.prompt is None or told.changed is None:
        return None
    freed, remarks = "", []
    for name, key, before, after in reversed(told.changed):
        table = _TABLES[name]
        row = tx.execute(select(table).where(table.c.id == key)).mappings().one_or_none()
        if row is None:
            return None
        if table is calls:
            if row["wanted"] and not after.get("wanted", False):
                continue  # the team has been asked since: that stands
        elif not _still(row, after):
            return None
        if before is not None:
            values = {column: _typed(table, column, value) for column, value in before.items()}
            tx.execute(update(table).where(table.c.id == key).values(values))
            continue
        if table is pledges:
            if not any(asked.state == ShowingCard(row["reference"]) for asked in waiting):
                return None
            freed = row["reference"]
        elif table is answers:
            if row["id"] != tx.execute(_LATEST, {"pledge": row["pledge_id"]}).scalar_one():
                return None
            if later := row["note"][len(after["note"]) :].strip():
                remarks.append((row["pledge_id"], later))
        tx.execute(delete(table).where(table.c.id == key))
    prompts.reopen(tx, told.prompt)
    asked = prompts.by_key(tx, told.prompt, incoming.channel, incoming.address, None)
    named = {key: tx.execute(select(pledges.c.reference).where(pledges.c.id == key)).scalar_one() for key, _ in remarks}
    return Rewound(asked, freed, tuple((named[key], note) for key, note in remarks)) if asked else None


_LATEST = select(func.max(answers.c.id)).where(answers.c.pledge_id == bindparam("pledge"))


def _still(row: Any, after: dict[str, Any]) -> bool:
    """Whether a row has the values that the message gave it; a note may have grown since."""
    return all(
        _plain(row[name]) == value or (name == "note" and str(row[name]).startswith(value))
        for name, value in after.items()
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _typed(table: Table, column: str, value: Any) -> Any:
    kind = table.c[column].type.python_type
    return kind.fromisoformat(value) if isinstance(value, str) and kind in (date, datetime) else value
