"""What every service is given: the database, the clock and the rules of this installation."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.domain.kinds import DEFAULT, Cadence
from bot.domain.people import BERLIN
from bot.domain.quiet_times import RestPeriod
from bot.ports import Clock
from bot.service.erasure_list import ErasureList


@dataclass(frozen=True, slots=True)
class Rules:
    """What the configuration says about how people are treated."""

    language: str = "de"
    zone: ZoneInfo = BERLIN
    responsible: str = ""
    cadence: Cadence = DEFAULT
    rests: tuple[RestPeriod, ...] = ()
    administrators: frozenset[tuple[str, str]] = frozenset()
    """Channel and platform's id of everybody who runs the installation."""


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation. Its engine, clock and rules are shared by all services."""

    engine: Engine
    clock: Clock
    rules: Rules
    erasures: ErasureList = field(default_factory=ErasureList)
    """Who was erased; where no list is given it is forgotten with the program."""

    def now(self) -> datetime:
        """The present instant for people, in UTC."""
        return self.clock.now()

    def today(self) -> date:
        """The present day where the installation is."""
        return self.now().astimezone(self.rules.zone).date()
