"""What people see of the bot before they write to it: its menu, and who it says it is."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.dialogue.commands import COMMANDS
from bot.domain.roles import Right
from bot.texts import Speaker, mark

MENU = (
    ("update", "update", mark("Say what is new")),
    ("status", "status", mark("See where things stand")),
    ("neu", "new", mark("Register a pledge")),
    ("pause", "pause", mark("Be left alone until a date")),
    ("hilfe", "help", mark("What I can do, and how to reach a person")),
    ("datenschutz", "privacy", mark("What is stored, and how it is erased")),
)
"""The six commands that matter: German name, English name, what it does. All others work, too."""


def team_menu(t: Speaker, rights: Collection[Right]) -> tuple[tuple[str, str], ...]:
    """The menu of somebody with these rights, (command, what it does): first the commands of the team, then what
    everybody has."""
    german = t.locale == "de"
    team = tuple((one.names[0 if german else -1], t.plain(one.does)) for one in COMMANDS if one.needs in rights)
    return (*team, *face(t).menu)


@dataclass(frozen=True, slots=True)
class Face:
    """How the bot introduces itself in one language: `menu` is (command, what it does); `description` stands in an
    empty chat (512 characters at most), `short` in its profile (120)."""

    menu: tuple[tuple[str, str], ...]
    description: str
    short: str


def face(t: Speaker) -> Face:
    """The bot's face in the language of `t`."""
    german = t.locale == "de"
    return Face(
        menu=tuple((name if german else english, t.plain(does)) for name, english, does in MENU),
        description=t.plain(
            "I ask how your pledge is getting on: once a month, at a time that suits you, and one tap is an answer.\n\n"
            "You come in with the code or the link from your workshop. Before I store anything, I ask you. "
            "/privacy says what that would be, and /stop ends everything."
        ),
        short=t.plain("I follow up on the pledges of your workshop. You come in with its code. Privacy: /privacy"),
    )
