"""The teams of the workshops: who has which role, and the one-time codes that invite to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.domain.roles import Role
from bot.store.tables import accounts, roles, team_codes

_OF_PERSON = select(roles.c.workshop_id, roles.c.role).where(roles.c.person_id == bindparam("person"))
_BY_CODE = select(team_codes).where(team_codes.c.code == bindparam("typed"))


@dataclass(frozen=True, slots=True)
class TeamCode:
    """A code that makes whoever uses it first a member of a team; it works until the day `until`."""

    code: str
    workshop_id: int
    role: Role
    until: date


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team. Names are not stored; `accounts` are the channel and the platform's id of each account."""

    person_id: int
    roles: tuple[Role, ...]
    accounts: tuple[tuple[str, str], ...]


def invite(tx: Connection, code: TeamCode) -> None:
    """From now on this code works."""
    values = {"code": code.code, "workshop_id": code.workshop_id, "role": code.role, "until": code.until}
    tx.execute(insert(team_codes).values(values))


def by_code(tx: Connection, code: str) -> TeamCode | None:
    """What this code invites to, whether it has expired or not."""
    row = tx.execute(_BY_CODE, {"typed": code}).one_or_none()
    return TeamCode(row.code, row.workshop_id, Role(row.role), row.until) if row else None


def redeem(tx: Connection, code: str, person_id: int, at: datetime) -> TeamCode | None:
    """The person takes the role that the code invites to, and the code is used up; None where it was before."""
    invited = by_code(tx, code)
    if invited is None or not tx.execute(delete(team_codes).where(team_codes.c.code == code)).rowcount:
        return None
    if invited.role not in roles_of(tx, person_id).get(invited.workshop_id, frozenset()):
        values = {"person_id": person_id, "workshop_id": invited.workshop_id, "role": invited.role, "at": at}
        tx.execute(insert(roles).values(values))
    return invited


def roles_of(tx: Connection, person_id: int) -> dict[int, frozenset[Role]]:
    """The roles of a person, by workshop."""
    found: dict[int, frozenset[Role]] = {}
    for workshop_id, role in tx.execute(_OF_PERSON, {"person": person_id}):
        found[workshop_id] = found.get(workshop_id, frozenset()) | {Role(role)}
    return found


def members(tx: Connection, workshop_id: int) -> Sequence[Member]:
    """The team of a workshop, by the numbers of its people."""
    query = (
        select(roles.c.person_id, roles.c.role, accounts.c.channel, accounts.c.user)
        .join_from(roles, accounts, accounts.c.person_id == roles.c.person_id)
        .where(roles.c.workshop_id == workshop_id)
        .order_by(roles.c.person_id, roles.c.at, accounts.c.id)
    )
    found: dict[int, tuple[dict[Role, None], dict[tuple[str, str], None]]] = {}
    for person_id, role, channel, user in tx.execute(query):
        has, reached = found.setdefault(person_id, ({}, {}))
        has[Role(role)] = None
        reached[channel, user] = None
    return [Member(person_id, tuple(has), tuple(reached)) for person_id, (has, reached) in found.items()]


def dismiss(tx: Connection, workshop_id: int, person_id: int) -> bool:
    """The person has no role in the workshop any more; False where there was none."""
    theirs = (roles.c.workshop_id == workshop_id, roles.c.person_id == person_id)
    return bool(tx.execute(delete(roles).where(*theirs)).rowcount)


def forget_expired(tx: Connection, today: date) -> None:
    """Codes that nobody used in time go."""
    tx.execute(delete(team_codes).where(team_codes.c.until < today))
