"""Who may do what: roles in a workshop, and the rights that come with them.

Administrators are named in the configuration and nowhere else, and hold every right in every workshop. The other roles
belong to one person in one workshop; somebody may have several.
"""

from collections.abc import Iterable
from enum import StrEnum


class Right(StrEnum):
    """Something that not everybody may do."""

    CREATE = "create"
    """Create workshops."""
    APPOINT = "appoint"
    """Invite people into a workshop's team, and remove them."""
    READ = "read"
    """See where the pledges of a workshop stand, and its reports."""
    HOST = "host"
    """Everything that a workshop's day needs: cards, lists with codes, import and export."""
    HELP = "help"
    """Answer calls for help, and record what was said on the telephone."""
    WRITE = "write"
    """Write broadcasts."""
    RELEASE = "release"
    """Release broadcasts that are written."""


class Role(StrEnum):
    """What somebody is in a workshop."""

    ADMINISTRATOR = "administrator"
    """Runs the installation. Never stored: the configuration says who."""
    ORGANISER = "organiser"
    READER = "reader"
    WRITER = "writer"
    RELEASER = "releaser"


INVITED = (Role.ORGANISER, Role.READER, Role.WRITER, Role.RELEASER)
"""The roles that somebody is invited to."""

RIGHTS = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.ORGANISER: frozenset(Right) - {Right.CREATE, Right.APPOINT},
    Role.READER: frozenset({Right.READ}),
    Role.WRITER: frozenset({Right.READ, Right.WRITE}),
    Role.RELEASER: frozenset({Right.READ, Right.RELEASE}),
}


def may(role: Role, right: Right) -> bool:
    """Whether that right comes with this role."""
    return right in RIGHTS[role]


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """All rights of somebody with these roles."""
    return frozenset().union(*(RIGHTS[role] for role in roles))
