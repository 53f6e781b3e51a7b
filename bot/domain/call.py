"""A call for help, and who looks after it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Reach(StrEnum):
    """Whether whoever called can be written to."""

    REACHED = "reached"
    STOPPED = "stopped"
    """They want no messages."""
    LOST = "lost"
    """None of their accounts can be reached."""


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody is stuck and wants help.

    `reference` is "" where it is about no pledge, `workshop_id` None where it goes to no team. `organiser_id` is who
    of the team looks after it, `promised` the day until which they have said to get in touch. `at` is in UTC.
    """

    id: int
    person_id: int
    reference: str
    workshop_id: int | None
    at: datetime
    obstacle: str
    organiser_id: int | None = None
    promised: date | None = None
    open: bool = True
    helped: bool | None = None
    reach: Reach = Reach.REACHED


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody of the team wrote down about a call; for the team only."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """A pledge that was kept though something like it was in the way. `words` are what its people said about it, for
    the team only; `asked`: both sides have been asked whether they want to get to know each other."""

    reference: str
    words: str
    asked: bool
