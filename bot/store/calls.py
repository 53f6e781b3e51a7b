"""Calls for help: who calls, who looks after it, and what the team writes down."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, insert, or_, select, update

from bot.domain.call import Call, Note, Reach
from bot.domain.pledge import Outcome, Stage
from bot.store.tables import (
    accounts,
    answers,
    assignments,
    attendances,
    call_notes,
    calls,
    companions,
    introductions,
    people,
    pledges,
)

_reachable = select(accounts.c.id).where(accounts.c.person_id == calls.c.person_id, accounts.c.reachable).exists()
_SELECT = (
    select(
        calls.c.id, calls.c.person_id, calls.c.workshop_id, calls.c.at, calls.c.obstacle, calls.c.closed_at,
        calls.c.helped, pledges.c.reference, assignments.c.person_id.label("organiser_id"), assignments.c.promised,
        people.c.stopped, _reachable.label("reachable"),
    )
    .join_from(calls, people)
    .join(pledges, pledges.c.id == calls.c.pledge_id, isouter=True)
    .join(assignments, assignments.c.call_id == calls.c.id, isouter=True)
    .where(calls.c.wanted)
)  # fmt: skip
_BY_ID = _SELECT.where(calls.c.id == bindparam("call"))
_OPEN = _SELECT.where(calls.c.closed_at.is_(None)).order_by(calls.c.at, calls.c.id)

_LONGEST = 10_000
"""So many characters of one call are kept."""
KEPT = (Outcome.KEPT, Outcome.PARTLY, Outcome.DIFFERENTLY)
"""The outcomes after which something can be said about how it went well."""


def place(tx: Connection, person_id: int, reference: str, obstacle: str, wanted: bool, now: datetime) -> int | None:
    """A call for help; to one that is open about the same pledge, or about none, it adds what is new; what was only
    noted becomes one on the day on which help is wanted. Gives its number where the team has to hear of it."""
    pledge_id = workshop_id = None
    about: ColumnElement[bool] = calls.c.pledge_id.is_(None)
    if reference:
        pledge = tx.execute(select(pledges).where(pledges.c.reference == reference)).one()
        pledge_id, workshop_id = pledge.id, pledge.workshop_id
        about = calls.c.pledge_id == pledge_id
    mine = (about, calls.c.person_id == person_id, calls.c.closed_at.is_(None))
    if row := tx.execute(select(calls).where(*mine)).first():
        text = "\n".join(filter(None, (row.obstacle, obstacle)))[:_LONGEST]
        begins = wanted and not row.wanted
        change = update(calls).where(calls.c.id == row.id)
        tx.execute(change.values(obstacle=text, wanted=row.wanted or wanted, at=now if begins else row.at))
        return row.id if (row.wanted and obstacle) or begins else None
    values = {
        "person_id": person_id, "pledge_id": pledge_id, "at": now, "obstacle": obstacle, "wanted": wanted,
        "workshop_id": workshop_id or _workshop_of(tx, person_id),
    }  # fmt: skip
    new = tx.execute(insert(calls).values(**values).returning(calls.c.id)).scalar_one()
    return new if wanted else None


def _workshop_of(tx: Connection, person_id: int) -> int | None:
    """The workshop whose team somebody turns to: the one they joined last, else that of a pledge they are part of."""
    joined = select(attendances.c.workshop_id).where(attendances.c.person_id == person_id)
    beside = select(pledges.c.workshop_id).join(companions).where(companions.c.person_id == person_id)
    found = tx.execute(joined.order_by(attendances.c.at.desc()).limit(1)).scalar()
    return found or tx.execute(beside.order_by(companions.c.since.desc()).limit(1)).scalar()


def calls_of(tx: Connection, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """A person's calls for help: reference, at, obstacle, wanted, closed_at."""
    query = select(pledges.c.reference, calls.c.at, calls.c.obstacle, calls.c.wanted, calls.c.closed_at)
    joined = query.join_from(calls, pledges, calls.c.pledge_id == pledges.c.id, isouter=True)
    return tx.execute(joined.where(calls.c.person_id == person_id).order_by(calls.c.id)).all()


def by_id(tx: Connection, call_id: int) -> Call | None:
    """The call of that number, open or closed."""
    row = tx.execute(_BY_ID, {"call": call_id}).one_or_none()
    return _call(row) if row else None


def open_ones(tx: Connection, workshop_ids: Collection[int], *, nobodys: bool) -> Sequence[Call]:
    """The open calls to the teams of these workshops, the oldest first; with `nobodys` those to no team, too."""
    theirs = calls.c.workshop_id.in_(workshop_ids)
    mine = or_(theirs, calls.c.workshop_id.is_(None)) if nobodys else theirs
    return [_call(row) for row in tx.execute(_OPEN.where(mine))]


def assign(tx: Connection, call_id: int, person_id: int | None, now: datetime) -> None:
    """This person looks after the call from now on, None: nobody. A promised day stays."""
    mine = assignments.c.call_id == call_id
    if person_id is None:
        tx.execute(delete(assignments).where(mine))
    elif not tx.execute(update(assignments).where(mine).values(person_id=person_id, since=now)).rowcount:
        tx.execute(insert(assignments).values(call_id=call_id, person_id=person_id, since=now))


def promise(tx: Connection, call_id: int, day: date) -> None:
    """Until that day somebody gets in touch."""
    tx.execute(update(assignments).where(assignments.c.call_id == call_id).values(promised=day, reminded=0))


def promised_by(tx: Connection, day: date) -> Sequence[tuple[Call, int]]:
    """The open calls about which somebody was to get in touch until `day`, and how often the team was reminded."""
    query = _OPEN.add_columns(assignments.c.reminded).where(assignments.c.promised <= day)
    return [(_call(row), row.reminded) for row in tx.execute(query)]


def reminded(tx: Connection, call_id: int, times: int) -> None:
    """The team was reminded of the promised day so often."""
    tx.execute(update(assignments).where(assignments.c.call_id == call_id).values(reminded=times))


def note(tx: Connection, call_id: int, author_id: int, text: str, now: datetime) -> None:
    """Write something down about a call."""
    tx.execute(insert(call_notes).values(call_id=call_id, author_id=author_id, at=now, text=text))


def notes(tx: Connection, call_id: int) -> Sequence[Note]:
    """What was written down about a call, the oldest first."""
    query = select(call_notes.c.at, call_notes.c.text).where(call_notes.c.call_id == call_id)
    return [Note(row.at, row.text) for row in tx.execute(query.order_by(call_notes.c.id))]


def close(tx: Connection, call_id: int, at: datetime | None) -> None:
    """The call is closed; with None it is open again."""
    tx.execute(update(calls).where(calls.c.id == call_id).values(closed_at=at))


def rate(tx: Connection, call_id: int, helped: bool) -> None:
    """Whether it helped, as the caller says."""
    tx.execute(update(calls).where(calls.c.id == call_id).values(helped=helped))


def kept_in(tx: Connection, workshop_id: int, but: int) -> dict[str, str]:
    """What was in the way of the kept pledges of a workshop and what was said about it, by their numbers; without
    those of the person `but`, and those that have nobody any more."""
    kept = (
        pledges.c.workshop_id == workshop_id, pledges.c.stage == Stage.CLOSED, pledges.c.outcome.in_(KEPT),
        pledges.c.maker_id.is_not(None), pledges.c.maker_id != but,
    )  # fmt: skip
    said = {row.id: [row.outcome_note] for row in tx.execute(select(pledges).where(*kept))}
    for table, words in ((calls, calls.c.obstacle), (answers, answers.c.note)):
        for pledge_id, text in tx.execute(select(table.c.pledge_id, words).where(table.c.pledge_id.in_(list(said)))):
            said[pledge_id].append(text)
    named = tx.execute(select(pledges.c.id, pledges.c.reference).where(pledges.c.id.in_(list(said))))
    return {row.reference: "\n".join(dict.fromkeys(filter(None, said[row.id]))) for row in named}


def introduce(tx: Connection, call_id: int, pledge_id: int) -> int | None:
    """The two sides are asked whether they want to get to know each other; None where they were before."""
    twin = (introductions.c.call_id == call_id, introductions.c.pledge_id == pledge_id)
    if tx.execute(select(introductions.c.id).where(*twin)).first():
        return None
    new = insert(introductions).values(call_id=call_id, pledge_id=pledge_id).returning(introductions.c.id)
    return int(tx.execute(new).scalar_one())


def introduced(tx: Connection, call_id: int) -> set[str]:
    """The numbers of the pledges whose makers were asked because of this call."""
    query = select(pledges.c.reference).join(introductions).where(introductions.c.call_id == call_id)
    return set(tx.execute(query).scalars())


def consent(tx: Connection, introduction_id: int, willing: bool, *, caller: bool) -> Row[*tuple[Any, ...]] | None:
    """One side wants to, or would rather not. Gives the row as it is now: call_id, caller_willing, maker_willing and
    the pledge's reference."""
    mine = introductions.c.id == introduction_id
    said = {"caller_willing" if caller else "maker_willing": willing}
    tx.execute(update(introductions).where(mine).values(**said))
    told = (introductions.c.call_id, introductions.c.caller_willing, introductions.c.maker_willing)
    return tx.execute(select(*told, pledges.c.reference).join_from(introductions, pledges).where(mine)).one_or_none()


def _call(row: Row[*tuple[Any, ...]]) -> Call:
    reach = Reach.STOPPED if row.stopped else Reach.REACHED if row.reachable else Reach.LOST
    return Call(
        id=row.id, person_id=row.person_id, reference=row.reference or "", workshop_id=row.workshop_id, at=row.at,
        obstacle=row.obstacle, organiser_id=row.organiser_id, promised=row.promised, open=row.closed_at is None,
        helped=row.helped, reach=reach,
    )  # fmt: skip
