"""Workshops, and the numbers of their pledges."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from bot.dialogue.facts import Headcount
from bot.domain.land import Land
from bot.domain.pledge import Stage
from bot.domain.workshop import Workshop
from bot.store.tables import attendances, pledges, workshops

_SELECT = select(workshops)
_BY_ID = _SELECT.where(workshops.c.id == bindparam("workshop"))
_BY_IDS = _SELECT.where(workshops.c.id.in_(bindparam("workshops", expanding=True)))
_BY_CODE = _SELECT.where(workshops.c.code == bindparam("typed"))
_OF_PERSON = (
    _SELECT.join(attendances).where(attendances.c.person_id == bindparam("person")).order_by(attendances.c.at.desc())
)
_ATTEND_AGAIN = (
    update(attendances)
    .where(attendances.c.person_id == bindparam("person"), attendances.c.workshop_id == bindparam("workshop"))
    .values(at=bindparam("now"))
)
_ATTEND = insert(attendances)
_NEXT_NUMBER = (
    update(workshops)
    .where(workshops.c.id == bindparam("workshop"))
    .values(last_number=workshops.c.last_number + 1)
    .returning(workshops.c.letters, workshops.c.last_number)
)
_TAKEN = select(pledges.c.id).where(pledges.c.reference == bindparam("wanted"))


def add(tx: Connection, *, letters: str, name: str, day: date, land: Land, code: str, created_at: datetime) -> Workshop:
    """A new workshop. Raises IntegrityError where the letters or the code are taken."""
    values = {"letters": letters, "name": name, "day": day, "land": land, "code": code, "created_at": created_at}
    new_id = tx.execute(workshops.insert().values(values).returning(workshops.c.id)).scalar_one()
    return Workshop(new_id, letters, name, day, land, code)


def everyone(tx: Connection) -> Sequence[Workshop]:
    """All workshops, the latest first."""
    return [_workshop(row) for row in tx.execute(_SELECT.order_by(workshops.c.day.desc(), workshops.c.id.desc()))]


def by_id(tx: Connection, workshop_id: int) -> Workshop | None:
    """The workshop of that id."""
    row = tx.execute(_BY_ID, {"workshop": workshop_id}).one_or_none()
    return _workshop(row) if row else None


def existing(tx: Connection, workshop_id: int) -> Workshop:
    """The workshop of that id. Raises LookupError where there is none."""
    found = by_id(tx, workshop_id)
    if found is None:
        raise LookupError(f"There is no workshop {workshop_id}.")
    return found


def by_ids(tx: Connection, ids: Iterable[int]) -> dict[int, Workshop]:
    """These workshops by their ids."""
    rows = tx.execute(_BY_IDS, {"workshops": set(ids)})
    return {row.id: _workshop(row) for row in rows}


def by_code(tx: Connection, code: str) -> Workshop | None:
    """The workshop that this code invites to."""
    row = tx.execute(_BY_CODE, {"typed": code}).one_or_none()
    return _workshop(row) if row else None


def letters_taken(tx: Connection) -> set[str]:
    """The letters of all workshops."""
    return set(tx.execute(select(workshops.c.letters)).scalars())


def of_person(tx: Connection, person_id: int) -> Sequence[Workshop]:
    """The workshops that a person belongs to, the latest joined first."""
    return [_workshop(row) for row in tx.execute(_OF_PERSON, {"person": person_id})]


def days_of(tx: Connection, person_ids: Iterable[int]) -> dict[int, frozenset[date]]:
    """The days of the workshops that these people belong to."""
    query = select(attendances.c.person_id, workshops.c.day).join_from(attendances, workshops)
    found: dict[int, frozenset[date]] = {}
    for person_id, day in tx.execute(query.where(attendances.c.person_id.in_(set(person_ids)))):
        found[person_id] = found.get(person_id, frozenset()) | {day}
    return found


def attend(tx: Connection, person_id: int, workshop_id: int, at: datetime) -> None:
    """The person belongs to the workshop; joined again, it becomes the latest."""
    if not tx.execute(_ATTEND_AGAIN, {"person": person_id, "workshop": workshop_id, "now": at}).rowcount:
        tx.execute(_ATTEND, {"person_id": person_id, "workshop_id": workshop_id, "at": at})


def reserve_number(tx: Connection, workshop_id: int) -> int:
    """The next free number of the workshop. Numbers that an import has taken are passed over."""
    while True:
        letters, number = tx.execute(_NEXT_NUMBER, {"workshop": workshop_id}).one()
        if tx.execute(_TAKEN, {"wanted": reference(letters, number)}).first() is None:
            return int(number)


def pass_over(tx: Connection, workshop_id: int, number: int) -> None:
    """Never give this number out again, though no pledge has it any more."""
    mine = (workshops.c.id == workshop_id, workshops.c.last_number < number)
    tx.execute(update(workshops).where(*mine).values(last_number=number))


def reference(letters: str, number: int) -> str:
    """What people call a pledge: `BER-042`."""
    return f"{letters}-{number:03}"


def counts(tx: Connection) -> dict[int, tuple[int, int]]:
    """For each workshop how many have joined, and how many pledges there are."""
    joined = dict(tx.execute(select(attendances.c.workshop_id, func.count()).group_by(attendances.c.workshop_id)).all())
    made = dict(tx.execute(select(pledges.c.workshop_id, func.count()).group_by(pledges.c.workshop_id)).all())
    return {key: (joined.get(key, 0), made.get(key, 0)) for key in joined.keys() | made.keys()}


def headcounts(tx: Connection, ids: Collection[int]) -> dict[int, Headcount]:
    """How it goes in these workshops, by id."""
    joined = select(attendances.c.workshop_id, func.count()).where(attendances.c.workshop_id.in_(ids))
    here = dict(tx.execute(joined.group_by(attendances.c.workshop_id)).all())
    counted = select(
        pledges.c.workshop_id,
        func.count().filter(pledges.c.maker_id.is_not(None)).label("made"),
        func.count().filter(pledges.c.stage == Stage.PROPOSED).label("waiting"),
    )
    rows = tx.execute(counted.where(pledges.c.workshop_id.in_(ids)).group_by(pledges.c.workshop_id))
    made = {row.workshop_id: (row.made, row.waiting) for row in rows}
    return {key: Headcount(here.get(key, 0), *made.get(key, (0, 0))) for key in ids}


def _workshop(row: Row[*tuple[object, ...]]) -> Workshop:
    return Workshop(row.id, row.letters, row.name, row.day, Land(row.land), row.code)
