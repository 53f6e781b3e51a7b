"""Inviting somebody into the team of a workshop."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.words import ROLES
from bot.domain.roles import INVITED, Right, Role


@dataclass(frozen=True, slots=True)
class PickingRole(State):
    """What is the new member to do?"""

    workshop_id: int
    needs: ClassVar = Right.APPOINT


def ask_role(scene: Scene, workshop_id: int) -> Say:
    """Which role is the invitation for?"""
    choices = tuple(Choice(role, scene.t.plain(ROLES[role])) for role in INVITED)
    return Say(scene.t("What is the new member to do?"), choices, PickingRole(workshop_id))


def picked(state: PickingRole, scene: Scene) -> Turn | None:
    """The one-time code, to be passed on."""
    if scene.choice not in INVITED:
        return None
    t, role = scene.t, Role(scene.choice)
    code, until = scene.facts.reserve_team_code(state.workshop_id, role)
    lines = [
        t("This code works once, until {day}. Please pass it on to one person only.", day=t.day(until, scene.today)),
        t("Code: <code>{code}</code>", code=code),
        *(Markup("{}: {}").format(way.messenger, way.address) for way in scene.facts.ways(code)),
    ]
    return Turn((Say(Markup("\n").join(lines)),))
