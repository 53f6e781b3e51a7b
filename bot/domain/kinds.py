"""What is asked, and the cadence as data: a row for each kind says how far from its anchor it comes."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.quiet_times import Calendar
from bot.domain.workshop import months_after


class Kind(StrEnum):
    """What is asked, each with the anchor that its row counts from."""

    FIRST_STEP = "first_step"
    """Is the first step done? On the day that was named for it, else counted from the workshop's day."""
    CHECK_IN = "check_in"
    """How does it stand? Again and again, counted from the workshop's day."""
    NUDGE = "nudge"
    """Once more, when the check-in that it counts from got no answer."""
    PARTNER = "partner"
    """How does it stand? Asked of somebody beside the maker, when the check-in that it counts from got no answer."""
    LAST_CALL = "last_call"
    """The date is near: counted back from it."""
    OUTCOME = "outcome"
    """What became of it? Counted from the pledge's date."""
    REMINDER = "reminder"
    """Once more, while there is no outcome; counted from the outcome question."""
    DECISION = "decision"
    """Something about the people of a pledge that waits for one of them: an objection, a handover. No row: it comes as
    soon as there is room for it."""
    NEWS = "news"
    """A change of a joint pledge that somebody may object to, and has not heard of yet. No row: it comes in time for
    that."""
    CLOSE = "close"
    """Nothing is said: the pledge closes without an answer; counted from the last question about its outcome."""
    LASTING = "lasting"
    """What has lasted? For those who wished to be asked; counted from their answer about the outcome."""
    BROADCAST = "broadcast"
    """Something that organisers tell; it has no row, and is nothing that is asked about a pledge."""


NEEDED = (Kind.DECISION, Kind.NEWS, Kind.BROADCAST)
"""What comes when it is needed, and has no row in a cadence."""


class Unit(StrEnum):
    """What a row of the cadence counts in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"

    def after(self, day: date, amount: int, calendar: Calendar) -> date:
        """The day that lies `amount` units after `day`; month ends clip, and what a rest period or a pause covers is
        no working day."""
        match self:
            case Unit.DAYS:
                return day + timedelta(days=amount)
            case Unit.WORKING_DAYS:
                return calendar.add_working_days(day, amount)
            case Unit.MONTHS:
                return months_after(day, amount)

    def before(self, day: date, amount: int, calendar: Calendar) -> date:
        """The day that lies `amount` units before `day`; rest periods hold working days here."""
        if self is Unit.WORKING_DAYS:
            return calendar.working_day_before(day, amount)
        return self.after(day, -amount, calendar)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a cadence: `kind` comes so many units after its anchor, the last call so many before it. Check-ins
    come every so many units.

    Raises ValueError for a number below 0, or below 1 for check-ins and the last call, and for a kind that
    has no row.
    """

    kind: Kind
    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.kind in NEEDED:
            raise ValueError(f"A {self.kind} comes when it is needed, and has no row.")
        least = 1 if self.kind in (Kind.CHECK_IN, Kind.LAST_CALL) else 0
        if self.amount < least:
            raise ValueError(f"{self.amount} is too small a number of {self.unit} for {self.kind}.")

    @property
    def counts_back(self) -> bool:
        """Whether it lies before its anchor."""
        return self.kind is Kind.LAST_CALL

    def day(self, anchor: date, calendar: Calendar, times: int = 1) -> date:
        """The day that the row names, counted `times` over; not yet shifted to an allowed one."""
        if self.counts_back:
            return self.unit.before(anchor, self.amount * times, calendar)
        return self.unit.after(anchor, self.amount * times, calendar)


Cadence = tuple[Rule, ...]
"""One row for each kind at most. A kind without a row is not asked, but for the outcome, which needs one."""

DEFAULT: Cadence = (
    Rule(Kind.FIRST_STEP, 14, Unit.DAYS),
    Rule(Kind.CHECK_IN, 1, Unit.MONTHS),
    Rule(Kind.NUDGE, 5, Unit.WORKING_DAYS),
    Rule(Kind.PARTNER, 10, Unit.WORKING_DAYS),
    Rule(Kind.LAST_CALL, 5, Unit.WORKING_DAYS),
    Rule(Kind.OUTCOME, 0, Unit.DAYS),
    Rule(Kind.REMINDER, 5, Unit.WORKING_DAYS),
    Rule(Kind.CLOSE, 10, Unit.WORKING_DAYS),
    Rule(Kind.LASTING, 3, Unit.MONTHS),
)
