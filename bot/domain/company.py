"""Who stands beside the maker of a pledge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Part(StrEnum):
    """What somebody is to a pledge that another person made. Both may answer for it; neither may change it."""

    PARTNER = "partner"
    """One of several who keep the promise together."""
    DEPUTY = "deputy"
    """Asked instead of the maker, during a pause or when the maker cannot be reached, and before any partner."""


@dataclass(frozen=True, slots=True)
class Companion:
    """A person beside the maker, since this instant (UTC); the longest partner is asked first."""

    person_id: int
    part: Part
    since: datetime


def in_order(companions: Iterable[Companion]) -> Sequence[Companion]:
    """In the order in which they are asked: deputies before partners, the longest first."""
    return sorted(companions, key=lambda one: (one.part is not Part.DEPUTY, one.since, one.person_id))
