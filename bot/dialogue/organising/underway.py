"""Something large is being made: one message says how far it is, and changes as it grows."""

from dataclasses import dataclass
from typing import ClassVar

from bot.dialogue.message import Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.domain.roles import Right
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class Underway(State):
    """The message that says how far it is. It asks nothing."""

    needs: ClassVar = Right.READ
    optional: ClassVar[bool] = True


def begun(t: Speaker) -> Say:
    """It has just been ordered."""
    return Say(t("One moment, it is being made."), asks=Underway(), quiet=True)


def so_far(t: Speaker, done: int, total: int) -> Say:
    """So many of so many parts of it are made."""
    if done >= total:
        return Say(t("Done: {done} of {total}.", done=done, total=total), quiet=True)
    said = t("One moment, it is being made: {done} of {total}.", done=done, total=total)
    return Say(said, asks=Underway(), quiet=True)


def nothing(state: Underway, scene: Scene) -> Turn | None:
    """There is nothing to be answered."""
    return None
