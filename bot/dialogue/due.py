"""What a question that the bot asks by itself is about."""

from dataclasses import dataclass
from datetime import date

from bot.domain.cadence import Aspect
from bot.domain.kinds import Kind
from bot.domain.pledge import Pledge


@dataclass(frozen=True, slots=True)
class Due:
    """That this pledge is asked about `today`, what is asked, and what besides. `own`: of its maker; `joint`: others
    stand beside the maker; `requested`: they asked for this day with "Später"."""

    pledge: Pledge
    kind: Kind
    today: date
    aspects: frozenset[Aspect] = frozenset()
    own: bool = True
    joint: bool = False
    requested: bool = False

    @property
    def days_left(self) -> int:
        """How many days there are until its date."""
        return (self.pledge.due - self.today).days
