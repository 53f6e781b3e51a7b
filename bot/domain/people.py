"""People, their accounts, and what they agreed to."""

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.quiet_times import Window

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who gave consent. `paused_until` is the first day on which they may be asked again;
    `stopped` ends all messages until they come back by themselves."""

    id: int
    language: str = "de"
    zone: ZoneInfo = field(default=BERLIN)
    weekday: int = 1
    """Their day for check-ins, Monday = 0."""
    window: Window = Window.MORNING
    paused_until: date | None = None
    paused_from: date | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One chat of one person on one channel. `reachable` is False after a block, until they write again. `agreed` is
    the version of the text that they agreed to last. `preferred`: of several, this is where they want to be written
    to."""

    id: int
    person_id: int
    channel: str
    address: str
    user: str
    reachable: bool = True
    agreed: str = ""
    preferred: bool = False
