"""Pledges that nobody hears of: why, what was tried, and what a person can do where the bot cannot."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """Why nobody hears of a pledge; the order in which they are told."""

    UNREACHABLE = "unreachable"
    """None of its maker's accounts can be reached."""
    STOPPED = "stopped"
    """Its maker wants no messages."""
    SILENT = "silent"
    """Its maker was asked more than once and has not answered, perhaps to the end."""
    UNCERTAIN = "uncertain"
    """Nobody knows whether a message to its maker arrived, or it was refused."""
    UNCLAIMED = "unclaimed"
    """It was imported, and nobody has said that it is theirs."""


@dataclass(frozen=True, slots=True)
class Stalled:
    """One such pledge: how often its people were asked since they last answered, and the day of the last time.

    `owner` is the name that the sheet gives, for whoever telephones; "" where there is none. Then its `text` may tell.
    `ended` is the day that it was promised for, once it has closed.
    """

    reference: str
    workshop_id: int
    why: Why
    owner: str = ""
    asked: int = 0
    last: date | None = None
    text: str = ""
    ended: date | None = None

    def is_fresh(self, since: date) -> bool:
        """Whether somebody was asked after that day, or it was promised for a later one; or it is still to come."""
        return max(filter(None, (self.last, self.ended)), default=date.max) > since
