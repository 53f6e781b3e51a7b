"""Pledges, what was answered about them, and calls for help."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, or_, select, update

from bot.domain.land import Land
from bot.domain.pledge import Confidence, Lasting, Outcome, Pledge, Shown, Side, Stage, Standing, Topic, Visibility
from bot.store.tables import answers, calls, pledges

_SELECT = select(pledges)
_ADD = insert(pledges).returning(pledges.c.id)
_BY_REFERENCE = _SELECT.where(pledges.c.reference == bindparam("named"))
_BY_CLAIM_CODE = _SELECT.where(pledges.c.claim_code == bindparam("typed"))
_BY_IDS = _SELECT.where(pledges.c.id.in_(bindparam("pledges", expanding=True))).order_by(pledges.c.id)
_OF_MAKERS = _SELECT.where(pledges.c.maker_id.in_(bindparam("people", expanding=True))).order_by(pledges.c.id)
_SHARED = _SELECT.where(
    pledges.c.stage.in_((Stage.RUNNING, Stage.CLOSED)),
    pledges.c.registered.is_not(None),
    or_(
        pledges.c.visibility == Visibility.PUBLIC,
        (pledges.c.visibility == Visibility.WORKSHOP)
        & pledges.c.workshop_id.in_(bindparam("workshops", expanding=True)),
        pledges.c.maker_id == bindparam("person"),
    ),
).order_by(pledges.c.id)
_CHANGE = update(pledges).where(pledges.c.reference == bindparam("named"))
_id = select(pledges.c.id).where(pledges.c.reference == bindparam("named")).scalar_subquery()
_ANSWER = insert(answers).values(pledge_id=_id)
_LATEST_ANSWER = (
    select(answers.c.id, answers.c.note)
    .where(answers.c.pledge_id == _id, answers.c.person_id == bindparam("person"))
    .order_by(answers.c.id.desc())
    .limit(1)
)
_REMARK = update(answers).where(answers.c.id == bindparam("latest"))


def add(tx: Connection, pledge: Pledge, now: datetime, **more: Any) -> int:
    """A new pledge; gives its id. `more` are values that are no part of the domain's: claim_code, imported."""
    values = {name: getattr(pledge, name) for name in pledge.__slots__}
    return int(tx.execute(_ADD, {**values, **more, "created_at": now}).scalar_one())


def by_reference(tx: Connection, reference: str) -> tuple[int, Pledge] | None:
    """The pledge under that number, with its id."""
    row = tx.execute(_BY_REFERENCE, {"named": reference}).one_or_none()
    return (row.id, _pledge(row)) if row else None


def by_claim_code(tx: Connection, code: str) -> tuple[Pledge, date] | None:
    """The pledge that this code claims, and until when it does."""
    row = tx.execute(_BY_CLAIM_CODE, {"typed": code}).one_or_none()
    return (_pledge(row), row.claim_until) if row else None


def of_makers(tx: Connection, person_ids: Iterable[int]) -> dict[int, dict[int, Pledge]]:
    """The pledges of these makers by person, then by id, oldest first."""
    found: dict[int, dict[int, Pledge]] = {}
    for row in tx.execute(_OF_MAKERS, {"people": set(person_ids)}):
        found.setdefault(row.maker_id, {})[row.id] = _pledge(row)
    return found


def by_ids(tx: Connection, ids: Iterable[int]) -> dict[int, Pledge]:
    """These pledges by their ids, oldest first."""
    return {row.id: _pledge(row) for row in tx.execute(_BY_IDS, {"pledges": set(ids)})}


def shared(tx: Connection, person_id: int, workshop_ids: Iterable[int]) -> Sequence[Pledge]:
    """The confirmed pledges that a participant of these workshops may read, oldest first."""
    rows = tx.execute(_SHARED, {"person": person_id, "workshops": list(workshop_ids)})
    return [_pledge(row) for row in rows]


def of_workshop(tx: Connection, workshop_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The rows of a workshop's pledges by number."""
    return tx.execute(_SELECT.where(pledges.c.workshop_id == workshop_id).order_by(pledges.c.reference)).all()


def told_of(tx: Connection, workshop_id: int) -> Sequence[Pledge]:
    """The pledges of a workshop by number, without those of which only a count is left."""
    here = (pledges.c.workshop_id == workshop_id, pledges.c.text != "")
    rows = tx.execute(_SELECT.where(*here).order_by(func.length(pledges.c.reference), pledges.c.reference))
    return [_pledge(row) for row in rows]


def proposed(tx: Connection, workshop_id: int) -> Sequence[tuple[Pledge, str, date]]:
    """The imported pledges of a workshop that nobody has claimed, by number, with the code for it and its last day."""
    here = (pledges.c.workshop_id == workshop_id, pledges.c.stage == Stage.PROPOSED)
    query = _SELECT.where(*here, pledges.c.claim_code.is_not(None))
    rows = tx.execute(query.order_by(func.length(pledges.c.reference), pledges.c.reference))
    return [(_pledge(row), row.claim_code, row.claim_until) for row in rows]


def change(tx: Connection, reference: str, values: Mapping[str, Any]) -> None:
    """New values for a pledge."""
    tx.execute(_CHANGE, {**values, "named": reference})


def answer(
    tx: Connection,
    reference: str,
    person_id: int | None,
    now: datetime,
    *,
    standing: Standing | None = None,
    outcome: Outcome | None = None,
    note: str = "",
    by_team: bool = False,
) -> None:
    """Somebody answered about a pledge; `by_team`: on the telephone, so that it is nobody's own."""
    values = {
        "by_team": by_team,
        "person_id": person_id,
        "at": now,
        "standing": standing,
        "outcome": outcome,
        "note": note,
    }
    tx.execute(_ANSWER, {**values, "named": reference})


def remark(tx: Connection, reference: str, person_id: int, note: str, now: datetime) -> None:
    """One more sentence to somebody's latest answer; an answer of its own where there is none yet."""
    latest = tx.execute(_LATEST_ANSWER, {"named": reference, "person": person_id}).one_or_none()
    if latest is None:
        return answer(tx, reference, person_id, now, note=note)
    both = f"{latest.note}\n{note}" if latest.note else note
    tx.execute(_REMARK, {"latest": latest.id, "note": both})


def unanswer(tx: Connection, reference: str, person_id: int, at: datetime) -> None:
    """What somebody answered about a pledge at that instant was never answered: all is as the answers before it say."""
    row = tx.execute(_BY_REFERENCE, {"named": reference}).one_or_none()
    if row is None:
        return
    given = (answers.c.pledge_id == row.id, answers.c.person_id == person_id, answers.c.at == at)
    taken = tx.execute(delete(answers).where(*given).returning(answers.c.standing, answers.c.outcome)).all()
    called = (calls.c.pledge_id == row.id, calls.c.person_id == person_id, calls.c.at == at, ~calls.c.wanted)
    tx.execute(delete(calls).where(*called))
    if any(one.standing for one in taken):
        before = select(answers).where(answers.c.pledge_id == row.id, answers.c.standing.is_not(None))
        latest = tx.execute(before.order_by(answers.c.id.desc()).limit(1)).one_or_none()
        standing = {"standing": latest and latest.standing, "standing_at": latest and latest.at}
        change(tx, reference, standing)
    if any(one.outcome for one in taken):
        change(tx, reference, {"stage": Stage.RUNNING, "outcome": None, "outcome_at": None})


def answers_of(tx: Connection, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """What a person has answered: reference, at, standing, outcome, note, shared; oldest first."""
    said = (answers.c.at, answers.c.standing, answers.c.outcome, answers.c.note, answers.c.shared)
    query = select(pledges.c.reference, *said)
    return tx.execute(
        query.join_from(answers, pledges).where(answers.c.person_id == person_id).order_by(answers.c.id)
    ).all()


def share(tx: Connection, reference: str, person_id: int) -> None:
    """The others of the pledge may read what somebody wrote last about it."""
    if latest := tx.execute(_LATEST_ANSWER, {"named": reference, "person": person_id}).one_or_none():
        tx.execute(update(answers).where(answers.c.id == latest.id).values(shared=True))


def latest_answers(tx: Connection, pledge_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The latest standing or outcome that each of its people gave, the oldest first: person_id, at, standing,
    outcome, note, shared."""
    latest = (
        select(func.max(answers.c.id))
        .where(answers.c.pledge_id == pledge_id, or_(answers.c.standing.is_not(None), answers.c.outcome.is_not(None)))
        .group_by(answers.c.person_id)
    )
    return tx.execute(select(answers).where(answers.c.id.in_(latest)).order_by(answers.c.id)).all()


def _pledge(row: Row[*tuple[Any, ...]]) -> Pledge:
    return Pledge(
        reference=row.reference,
        workshop_id=row.workshop_id,
        text=row.text,
        due=row.due,
        stage=Stage(row.stage),
        maker_id=row.maker_id,
        registered=row.registered,
        claimed=row.claimed,
        due_note=row.due_note,
        owner=row.owner,
        place=row.place,
        land=Land(row.land) if row.land else None,
        topic=Topic(row.topic) if row.topic else None,
        side=Side(row.side) if row.side else None,
        partners=row.partners,
        first_step=row.first_step,
        visibility=Visibility(row.visibility),
        extended=row.extended,
        standing=Standing(row.standing) if row.standing else None,
        standing_at=row.standing_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        outcome_at=row.outcome_at,
        outcome_note=row.outcome_note,
        outcome_shown=Shown(row.outcome_shown),
        disputed=row.disputed,
        later=row.later,
        first_step_day=row.first_step_day,
        first_step_done=row.first_step_done,
        confidence=Confidence(row.confidence) if row.confidence else None,
        only_at_end=row.only_at_end,
        delegated=row.delegated,
        recalled=row.recalled,
        lasting=Lasting(row.lasting) if row.lasting else None,
    )


def all_of_workshop(tx: Connection, workshop_id: int) -> Sequence[Pledge]:
    """The pledges of a workshop by number."""
    return [_pledge(row) for row in of_workshop(tx, workshop_id)]
