"""Who stands beside the maker of a pledge, and what they should know of each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.pledge import Outcome, Standing


class Part(StrEnum):
    """What somebody is to a pledge that another person made. Both may answer for it; neither may change it."""

    PARTNER = "partner"
    """One of several who keep the promise together."""
    DEPUTY = "deputy"
    """Asked instead of the maker, during a pause or when the maker cannot be reached, and before any partner."""


@dataclass(frozen=True, slots=True)
class Companion:
    """A person beside the maker, since this instant (UTC); the longest partner is asked first. `name` is what the
    maker wrote on the invitation ("Bauhof")."""

    person_id: int
    part: Part
    since: datetime
    name: str = ""


class About(StrEnum):
    """What a quiet line tells the others of a pledge."""

    JOINED = "joined"
    LEFT = "left"
    STANDING = "standing"
    OUTCOME = "outcome"
    TEXT = "text"
    DUE = "due"
    WITHDRAWN = "withdrawn"
    RESUMED = "resumed"
    TAKEN_OVER = "taken_over"
    RECEIVED = "received"
    """The pledge is the reader's now."""
    NEW_TEXT = "new_text"
    """A text is proposed."""
    NEW_DUE = "new_due"
    NEW_SHOWN = "new_shown"
    """It is proposed to show the outcome."""

    @property
    def is_proposal(self) -> bool:
        """Whether the reader may object to it, until a certain day."""
        return self in (About.NEW_TEXT, About.NEW_DUE, About.NEW_SHOWN)


@dataclass(frozen=True, slots=True)
class News:
    """One thing that somebody should know about a pledge, told with the next message to them.

    `teller` is the name of who did it, as the others know them; "" for the maker without a name. `from_maker` says
    whether it was the maker. `value` is what it became: a standing, an outcome, an ISO day. `at` is in UTC.
    """

    reference: str
    about: About
    teller: str
    from_maker: bool
    value: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Voice:
    """The latest that one of its people said of a pledge. `name` is "" where none is known; `part` None: the maker.

    `mine`: whoever looks said it. `note` is "" unless it may be read by whoever looks. `at` is in UTC.
    """

    name: str
    part: Part | None
    mine: bool
    standing: Standing | None
    outcome: Outcome | None
    note: str
    at: datetime


def in_order(companions: Iterable[Companion]) -> Sequence[Companion]:
    """In the order in which they are asked: deputies before partners, the longest first."""
    return sorted(companions, key=lambda one: (one.part is not Part.DEPUTY, one.since, one.person_id))
