"""A workshop: where pledges are made, and the dates that follow from its day."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from bot.domain.land import Land

PLEDGE_MONTHS = 6
"""A pledge runs six calendar months unless its maker says otherwise."""
LATEST_MONTHS = 12
"""The latest date that a maker may choose freely, in calendar months after the workshop."""
EXTENSION_MONTHS = 3
"""The one extension, in calendar months after the date before it."""
CODE_LIFE = timedelta(days=60)
"""How long a workshop's codes work after its day, and codes issued later after their issue."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """One event. `day` is a wall-clock day where it took place; `letters` begin the numbers of its pledges."""

    id: int
    letters: str
    name: str
    day: date
    land: Land
    code: str

    @property
    def deadline(self) -> date:
        """The default date of its pledges: six calendar months on, month ends clipped (31 August: 28 February)."""
        return months_after(self.day, PLEDGE_MONTHS)

    @property
    def latest(self) -> date:
        """The latest date that a pledge may be given without using its extension."""
        return months_after(self.day, LATEST_MONTHS)

    def admits(self, today: date) -> bool:
        """Whether its codes still work on `today`."""
        return today <= self.day + CODE_LIFE


@lru_cache(maxsize=10_000)
def months_after(day: date, months: int) -> date:
    """`day` moved by calendar months, clipped at the end of a shorter month."""
    return day + relativedelta(months=months)
