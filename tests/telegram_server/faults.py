"""Ways to hurt a client, each for some calls of a method."""

import random
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong. "Before" means that Telegram did nothing, "after" that it did it all."""

    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    HANG = "hang"
    """Nothing is done and no answer ever comes."""
    HALF = "half"
    """It is done, and half of the answer's JSON arrives."""
    HTML = "html"
    """Nothing is done, and a gateway answers with a web page."""
    SLOW = "slow"
    """It is done at once, and the answer comes late."""
    TOO_MANY = "too_many"
    """429 with a `retry_after`, nothing is done."""

    @property
    def before(self) -> bool:
        """Whether nothing was done."""
        return self not in (Fault.ERROR_AFTER, Fault.CUT_AFTER, Fault.HALF, Fault.SLOW)


@dataclass
class Planned:
    """A fault for the next `times` calls of `method` ("*" for all but getUpdates).

    `status` is the HTTP status of errors and web pages, `seconds` the delay of SLOW and the `retry_after` of TOO_MANY,
    `share` the part of the calls that is hit, in a fixed random order.
    """

    fault: Fault
    method: str = "*"
    times: int = 1
    status: int = 500
    seconds: float = 1.0
    share: float = 1.0


class Faults:
    """The faults that are planned."""

    def __init__(self, seed: int = 1) -> None:
        self._planned: list[Planned] = []
        self._random = random.Random(seed)

    @property
    def pending(self) -> int:
        """How many planned faults have not all happened yet."""
        return len(self._planned)

    def plan(self, planned: Planned) -> None:
        """Let it happen, after what was planned before."""
        self._planned.append(planned)

    def clear(self) -> None:
        """Let everything go well again."""
        self._planned.clear()

    def take(self, method: str) -> Planned | None:
        """The fault that hits this call of `method`, now used up; None if it goes well."""
        for planned in self._planned:
            matches = planned.method == method or (planned.method == "*" and method != "getUpdates")
            if matches and self._random.random() < planned.share:
                planned.times -= 1
                if planned.times <= 0:
                    self._planned.remove(planned)
                return planned
        return None
