"""What is asked, and the cadence as data: a row for each kind says how far from its anchor it comes."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.quiet_times import Calendar
from bot.domain.workshop import months_after


class Kind(StrEnum):
    """What is asked, each with the anchor that its row counts from."""

    CHECK_IN = "check_in"
    """How does it stand? Again and again, counted from the workshop's day."""
    NUDGE = "nudge"
    """Once more, when the check-in that it counts from got no answer."""
    OUTCOME = "outcome"
    """What became of it? Counted from the pledge's date."""
    REMINDER = "reminder"
    """Once more, while there is no outcome; counted from the outcome question."""
    CLOSE = "close"
    """Nothing is said: the pledge closes without an answer; counted from the last question about its outcome."""


class Unit(StrEnum):
    """What a row of the cadence counts in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"

    def after(self, day: date, amount: int, calendar: Calendar) -> date:
        """The day that lies `amount` units after `day`, or before it when negative; month ends clip."""
        match self:
            case Unit.DAYS:
                return day + timedelta(days=amount)
            case Unit.WORKING_DAYS:
                return calendar.add_working_days(day, amount)
            case Unit.MONTHS:
                return months_after(day, amount)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a cadence: `kind` comes `after` so many units after its anchor. Check-ins come every so many units.

    Raises ValueError for a number below 0, or below 1 for check-ins.
    """

    kind: Kind
    after: int
    unit: Unit

    def __post_init__(self) -> None:
        least = 1 if self.kind is Kind.CHECK_IN else 0
        if self.after < least:
            raise ValueError(f"{self.after} is too small a number of {self.unit} for {self.kind}.")

    def day(self, anchor: date, calendar: Calendar, times: int = 1) -> date:
        """The day that the row names, counted `times` over; not yet shifted to an allowed one."""
        return self.unit.after(anchor, self.after * times, calendar)


Cadence = tuple[Rule, ...]
"""One row for each kind at most. A kind without a row is not asked, but for the outcome, which needs one."""

DEFAULT: Cadence = (
    Rule(Kind.CHECK_IN, 1, Unit.MONTHS),
    Rule(Kind.NUDGE, 5, Unit.WORKING_DAYS),
    Rule(Kind.OUTCOME, 0, Unit.DAYS),
    Rule(Kind.REMINDER, 5, Unit.WORKING_DAYS),
    Rule(Kind.CLOSE, 10, Unit.WORKING_DAYS),
)
