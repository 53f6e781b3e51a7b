"""What the team's dialogues may look up: see `facts`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.call import Call, Likeness, Note
from bot.domain.company import Voice
from bot.domain.held import Held
from bot.domain.pledge import Pledge
from bot.domain.stalled import Stalled
from bot.domain.tally import Tally


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture or a voice message that was kept with a pledge. `at` is in UTC."""

    at: datetime
    mime: str
    content: bytes


class DeskFacts(Protocol):
    """Everything here is limited to the workshops in which the writer of the message has the right to it."""

    def calls(self) -> Sequence[Call]:
        """The open calls that the writer may answer, the oldest first."""
        ...

    def call(self, call_id: int) -> Call | None:
        """A call that the writer may answer, open or closed."""
        ...

    def looks_after(self, call: Call) -> bool:
        """Whether it is the writer who looks after this call."""
        ...

    def own_call(self, call_id: int) -> Call | None:
        """A call that the writer made."""
        ...

    def notes(self, call: Call) -> Sequence[Note]:
        """What the team wrote down about it, the oldest first."""
        ...

    def likenesses(self, call: Call) -> Sequence[Likeness]:
        """Kept pledges of the same workshop with a like obstacle, the likest first."""
        ...

    def pledge(self, text: str) -> Pledge | None:
        """The pledge that these words name (`BER-042`), where the writer may write down what its maker says."""
        ...

    def seen(self, text: str) -> Pledge | None:
        """The pledge that these words name (`BER-042`), where the writer may see where it stands."""
        ...

    def voices(self, reference: str) -> Sequence[Voice]:
        """What the people of a pledge said last, the oldest first, without their names; nothing where the writer may
        not help them."""
        ...

    def files(self, reference: str) -> Sequence[Kept]:
        """What was kept with a pledge, the oldest first; nothing where the writer may not help its people."""
        ...

    def freeze(self, workshop_id: int) -> tuple[int, Tally]:
        """The counts of a workshop as they are now, kept under a number from which files can be made."""
        ...

    def frozen_reports(self, workshop_id: int) -> Sequence[tuple[int, datetime]]:
        """The reports of a workshop that were kept: their numbers and when that was (UTC), the latest first."""
        ...

    def frozen_report(self, report_id: int) -> tuple[int, datetime, Tally] | None:
        """A report that was kept, where the writer may see it: the workshop, when that was, and the counts of then."""
        ...

    def stalled(self) -> Sequence[Stalled]:
        """The pledges that nobody hears of, in the workshops whose pledges the writer may see."""
        ...

    def held(self) -> Held | None:
        """What is held back since a backup was brought back; None where nothing is."""
        ...
