"""What a dialogue may look up: the store behind it in the program, whatever a test likes elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.dialogue.desk_facts import DeskFacts
from bot.dialogue.message import Attachment
from bot.domain.audience import Reach
from bot.domain.broadcast import Broadcast, Progress
from bot.domain.cadence import Occasion
from bot.domain.codes import Code, Purpose
from bot.domain.company import Companion, Part, Voice
from bot.domain.land import Land
from bot.domain.pledge import Pledge
from bot.domain.proposal import Proposal
from bot.domain.roles import Right, Role
from bot.domain.workshop import Workshop
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code admits to: a workshop, one imported pledge of it, or a role in its team. `mended`: an organiser has
    confirmed that the pledge is theirs, although somebody else claimed it."""

    workshop: Workshop
    claims: Pledge | None = None
    role: Role | None = None
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A part in somebody's pledge, offered by a code. `name` is what its maker calls the one invited; `taken`:
    somebody has used the code already."""

    purpose: Purpose
    pledge: Pledge
    name: str
    taken: bool


@dataclass(frozen=True, slots=True)
class AccountOffer:
    """Another account of the same person, offered by a code. `label` is what that account is called ("Telegram");
    `own`: it is this person's already; `confirmed`: an organiser knows who it is, so that nobody has to be asked."""

    label: str
    own: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """One account of the person. `label` is what people call it, `here`: it is the one they write from."""

    id: int
    label: str
    here: bool
    preferred: bool


@dataclass(frozen=True, slots=True)
class Company:
    """Who stands beside the maker of a pledge, the longest first, and whose invitation is still open."""

    members: tuple[Companion, ...] = ()
    invited: tuple[Code, ...] = ()

    def deputy(self) -> Companion | None:
        """Who answers for the maker."""
        return next((member for member in self.members if member.part is Part.DEPUTY), None)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the bot: the messenger's name, and the address that opens the chat there."""

    messenger: str
    address: str


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many have joined a workshop, how many of its pledges are in their makers' hands, and how many imported ones
    wait for theirs."""

    joined: int
    pledges: int
    unclaimed: int


class Facts(Protocol):
    """Answers are those of this moment, in the transaction of the message."""

    responsible: str
    """Who is responsible for the data, as the configuration says it."""
    actor: str
    """Who writes this message, as the audit log names them."""

    @property
    def desk(self) -> DeskFacts:
        """What the team may look up."""
        ...

    def invitation(self, code: str) -> Invitation | Offer | AccountOffer | None:
        """What a code admits to today; None for an unknown or expired one."""
        ...

    def reserve_code(self) -> str:
        """A new code that admits to nothing yet."""
        ...

    def expiry(self, purpose: Purpose) -> date:
        """The last day on which a code issued now for that purpose works."""
        ...

    def accounts(self) -> Sequence[Contact]:
        """The person's accounts: the preferred one, then the oldest first."""
        ...

    def asking_to_link(self, code: str) -> str | None:
        """What the chat that asks to be connected by this code is called; None where none does any more."""
        ...

    def admits(self, code: str) -> bool:
        """Whether this is a code that works. Looking counts as a try."""
        ...

    def too_many_codes(self) -> bool:
        """Whether this account has tried so many wrong codes that it has to wait."""
        ...

    def workshops(self) -> Sequence[Workshop]:
        """The person's workshops, the latest joined first."""
        ...

    def workshop(self, workshop_id: int) -> Workshop:
        """The workshop of that id."""
        ...

    def rights(self, workshop_id: int | None = None) -> frozenset[Right]:
        """What the writer of this message may do in that workshop; None: in at least one workshop, or outside of
        them. Administrators may do everything, whether they have joined or not."""
        ...

    def workshops_with(self, right: Right) -> Sequence[Workshop]:
        """The workshops in which the writer of this message has that right, the latest first."""
        ...

    def reserve_workshop(self, name: str, day: date, land: Land) -> Workshop:
        """A new workshop, with free letters and a code of its own. It is there from now on."""
        ...

    def reserve_team_code(self, workshop_id: int, role: Role) -> tuple[str, date]:
        """A code that admits one person to that role, and the last day on which it does. It works from now on."""
        ...

    def headcount(self, workshop_id: int) -> Headcount:
        """How it goes in that workshop."""
        ...

    def ways(self, code: str) -> Sequence[Way]:
        """The ways to the bot, with that code in their addresses where a messenger can do that."""
        ...

    def pledges(self) -> Sequence[Pledge]:
        """The person's own pledges, oldest first, whatever became of them."""
        ...

    def beside(self) -> Sequence[Pledge]:
        """The pledges beside whose makers the person stands, oldest first, whatever became of them."""
        ...

    def pledge(self, reference: str) -> Pledge | None:
        """The person's own pledge under that number; None where there is none, or it is not theirs."""
        ...

    def answerable(self, reference: str) -> Pledge | None:
        """The pledge under that number that the person may answer for: their own, or one beside whose maker they
        stand."""
        ...

    def is_joint(self, reference: str) -> bool:
        """Whether somebody stands beside the maker of this pledge, which the person may answer for."""
        ...

    def company(self, reference: str) -> Company:
        """Who is in it, besides its maker."""
        ...

    def proposals(self, reference: str) -> Sequence[Proposal]:
        """What is to change about a pledge that the person may see, the oldest first."""
        ...

    def objection_until(self) -> date:
        """The last day on which others can object to what is proposed now: five working days on."""
        ...

    def voices(self, reference: str) -> Sequence[Voice]:
        """What its people said last, the oldest first."""
        ...

    def reserve_reference(self, workshop_id: int) -> str:
        """The next free number of that workshop. It is taken from now on."""
        ...

    def next_question(self, pledge: Pledge) -> Occasion | None:
        """When the person will be asked next about `pledge` as it is given here (it need not be stored yet)."""
        ...

    def planned(self, pledge: Pledge) -> Sequence[Occasion]:
        """All that is to come about `pledge` as it is given here, in order, if it is always answered."""
        ...

    def postponements(self, references: Sequence[str]) -> Sequence[date]:
        """The days that "Später" may offer for these pledges."""
        ...

    def day_of(self, instant: datetime) -> date:
        """The wall-clock day of an instant where the person is."""
        ...

    def answered_since(self, prompt: str) -> bool:
        """Whether another question in this chat or to the person has got its answer after that prompt."""
        ...

    def checked_in(self, reference: str) -> bool:
        """Whether the first check-in of this pledge has been asked."""
        ...

    def shared(self) -> Sequence[Pledge]:
        """The confirmed pledges that the person may read, by number: their own, those of their workshops that are
        shared there, and the public ones. Withdrawn ones are not among them."""
        ...

    def attachments(self, reference: str) -> int:
        """How many files are kept with this pledge."""
        ...

    def calendar(self, t: Speaker) -> bytes:
        """The dates of the person's open pledges as a calendar file; b"" where they have none."""
        ...

    def everything(self) -> Mapping[str, Any]:
        """All that is stored about the person, as data for JSON."""
        ...

    def local(self, instant: datetime) -> datetime:
        """The instant on the wall clock where the person is, aware of its zone."""
        ...

    def platforms(self) -> Sequence[str]:
        """The platforms on which people can be written to."""
        ...

    def reserve_broadcast(self, draft: Broadcast) -> Broadcast:
        """The draft, kept under an id of its own, with its card in this chat."""
        ...

    def broadcast(self, broadcast_id: int) -> Broadcast | None:
        """The broadcast of that id; None where there is none any more."""
        ...

    def picture(self, broadcast_id: int) -> Attachment | None:
        """The picture that goes with a broadcast, as people get it."""
        ...

    def appearance(self, body: str, platform: str) -> str:
        """How markup reads on that platform."""
        ...

    def open_broadcasts(self) -> Sequence[Broadcast]:
        """Those that wait for their release or are under way, the latest first."""
        ...

    def reach(self, broadcast: Broadcast) -> Reach:
        """How many it reaches as it is given here (it need not be stored yet), and who is left out."""
        ...

    def progress(self, broadcast_id: int) -> Progress:
        """How far it is."""
        ...

    def retractable(self, broadcast_id: int) -> int:
        """How many of its messages can still be taken back."""
        ...
