"""The words of the cadence: what is asked when, what was asked, and the numbers that hold for every cadence.

course          what one pledge wants by itself: its end, its first step, what follows on silence
check_in_days   the days on which a person is asked how their pledges stand
agenda          one person: all their pledges together, within the caps
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.kinds import DEFAULT, Cadence, Kind, Rule, Unit
from bot.domain.pledge import Pledge

__all__ = ["DEFAULT", "Asked", "Aspect", "Cadence", "Kind", "Matter", "Occasion", "Rule", "Unit"]

APART = timedelta(days=21)
"""The least time between two check-ins of one pledge."""
NEAR = timedelta(days=10)
"""A first step so near to a check-in is asked about in it."""
BEFORE_LAST_CALL = timedelta(days=11)
"""How long before the last call there is no check-in any more."""
BEFORE_OUTCOME = timedelta(days=7)
"""How long before the outcome question there is nothing but the last call."""
LAST_CALL_DAYS = 5
"""On so many days the last call may come, before it has to come still earlier."""
LAST_CALL_EARLIEST = timedelta(days=25)
"""A last call that would have to come longer before the date is left out."""
SETTLING_IN = timedelta(days=10)
"""How long somebody who came after the workshop is left alone at first; so soon after that no last call comes."""
TOGETHER = 5
"""Outcome questions of one person within so many working days are asked together."""
OUTCOME_PUT_OFF = 10
"""How many working days the outcome question can be put off."""
PATIENCE = 2
"""After so many silent rounds it is asked how to go on."""
ANSWERING = 5
"""How many working days somebody needs to be silent."""
LATER = ((1, Unit.DAYS), (3, Unit.WORKING_DAYS), (7, Unit.DAYS))
"""What "Später" offers."""


class Aspect(StrEnum):
    """What a check-in asks besides how it stands."""

    GOING_ON = "going_on"
    """Nothing else: how shall I go on? After two silent rounds."""
    STEP = "step"
    """Is the first step done?"""
    CONFIDENCE = "confidence"
    """How confident are you? In the third."""
    MISSING = "missing"
    """What is missing? In the last one planned."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """That the pledge `reference` is to be asked about `at` (UTC).

    `round` counts its check-ins from 1, with what follows on each; for the last call it is 1 once the pledge is
    extended; else it is 0. `requested`: the person asked for this day themselves, so that it counts against no cap.
    """

    reference: str
    kind: Kind
    round: int
    at: datetime
    requested: bool = False
    aspects: frozenset[Aspect] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """That a pledge was asked about `at` (UTC), and whether this was answered; "Später" is an answer.

    `person_id` is who was asked, where that matters.
    """

    kind: Kind
    round: int
    at: datetime
    answered: bool
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """One pledge with all that was asked about it. `joint`: there is somebody else who could be asked. `unasked`:
    nobody is asked any more, because its maker wants no messages or gets none; it only closes."""

    pledge: Pledge
    workshop_day: date
    asked: tuple[Asked, ...] = ()
    joint: bool = False
    unasked: bool = False
