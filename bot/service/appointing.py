"""Teams: inviting people to a role in a workshop, and taking it back."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from bot.domain.roles import INVITED, Role
from bot.domain.workshop import CODE_LIFE, Workshop
from bot.service.codes import unused_code
from bot.service.installation import Installation
from bot.store import audit, teams
from bot.store.teams import Member, TeamCode


class Appointing:
    """Looks after the teams of the workshops. `by` is who does it, as the audit log names them."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def invite(self, workshop: Workshop, role: Role, by: str = audit.COMMAND_LINE) -> TeamCode:
        """A one-time code for that role, working for 60 days. Raises ValueError for `Role.ADMINISTRATOR`."""
        with self._installation.engine.begin() as tx:
            code = invite(tx, workshop.id, role, self._installation.today())
            audit.write(tx, self._installation.now(), by, "invite to team", workshop.id, role)
        return code

    def team(self, workshop: Workshop) -> Sequence[Member]:
        """Who has a role in the workshop. Administrators have none: the configuration names them."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return teams.members(tx, workshop.id)

    def dismiss(self, workshop: Workshop, person_id: int, by: str = audit.COMMAND_LINE) -> bool:
        """Take all roles in the workshop from a person; False where there were none."""
        with self._installation.engine.begin() as tx:
            gone = teams.dismiss(tx, workshop.id, person_id)
            if gone:
                audit.write(tx, self._installation.now(), by, "dismiss from team", workshop.id, audit.person(person_id))
        return gone


def invite(tx: Connection, workshop_id: int, role: Role, today: date) -> TeamCode:
    """See `Appointing.invite`."""
    if role not in INVITED:
        raise ValueError(f"Nobody is invited to be {role}.")
    code = TeamCode(unused_code(tx), workshop_id, role, today + CODE_LIFE)
    teams.invite(tx, code)
    return code
