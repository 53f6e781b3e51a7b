"""What is held back after a backup was brought back, until an administrator has said what becomes of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Due:
    """Something that may have been sent since the backup: what it is, when it was due (UTC), and about which pledge
    ("" for what is about none)."""

    kind: str
    at: datetime
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """When the backup was made (UTC), and what was on its way then or has become due since, the oldest first."""

    since: datetime
    due: tuple[Due, ...]
