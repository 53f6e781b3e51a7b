"""What organisers tell many people at once: its way from the draft to the last recipient, and who may release it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.audience import Audience

TEXT_LIMIT = 3_500
"""The longest text, in characters: with its heading it is one message on every platform."""
CAPTION_LIMIT = 1024
"""The longest text that stands under a picture on Telegram, in UTF-16 code units; a longer one follows it."""
ALONE = 100
"""Up to so many people its author may release it alone."""
SECOND_THOUGHTS = timedelta(minutes=10)
"""After so long its author may release it for more people, too, by typing their number."""
TOO_LATE = timedelta(hours=2)
"""What is later than its slot by as much is not sent before the team has said so."""


class Purpose(StrEnum):
    """What it is for."""

    NEWS = "news"
    URGENT = "urgent"
    """It may exceed the caps, and two people must want it."""
    CORRECTION = "correction"
    """Another text in the place of one that was sent."""
    RECALL = "recall"
    """What was sent is taken back."""


class Phase(StrEnum):
    """Where it is on its way."""

    DRAFT = "draft"
    WAITING = "waiting"
    """Somebody has to release it."""
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One broadcast. `text` is what its author typed, `body` what people see (our four tags). Instants are UTC.

    `expected` is the number of people that its author saw when the release was asked for, at `asked_at`. `author` is
    somebody as the audit log names them. A correction or a recall is about the broadcast `about`.
    """

    id: int
    text: str
    audience: Audience
    author: str
    purpose: Purpose = Purpose.NEWS
    phase: Phase = Phase.DRAFT
    body: str = ""
    useful_until: datetime | None = None
    at: datetime | None = None
    expected: int = 0
    asked_at: datetime | None = None
    about: int | None = None
    pictured: bool = False
    """A picture goes with it."""

    @property
    def is_under_way(self) -> bool:
        """Whether it is released and some of it may still have to be sent."""
        return self.phase in (Phase.RUNNING, Phase.PAUSED)

    def needs_another(self, reached: int) -> bool:
        """Whether its author may not release it for so many people at once and alone."""
        return self.purpose is Purpose.URGENT or reached > ALONE

    @property
    def own_release_from(self) -> datetime | None:
        """When its author may release it by typing the number; None where that is not possible at all."""
        if self.purpose is Purpose.URGENT or self.asked_at is None:
            return None
        return self.asked_at + SECOND_THOUGHTS


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a broadcast's messages are in which state."""

    planned: int = 0
    """They wait for their slot."""
    leaving: int = 0
    """They are being sent, or will be within minutes."""
    sent: int = 0
    unreachable: int = 0
    uncertain: int = 0
    """Nobody knows whether they arrived."""
    late: int = 0
    """Past their use or their slot: somebody has to say whether they are still to be sent."""
    unwanted: int = 0
    """Dropped, because somebody wants no messages any more, or because it was cancelled."""
    failed: int = 0

    @property
    def total(self) -> int:
        """How many there are in all."""
        return (
            self.planned + self.leaving + self.sent + self.unreachable + self.uncertain + self.late + self.unwanted
            + self.failed
        )  # fmt: skip

    @property
    def is_over(self) -> bool:
        """Whether nothing moves any more by itself."""
        return not self.planned and not self.leaving
