"""What a dialogue wants written down. The service applies them in order, in the transaction of the message."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.dialogue.facts import Headcount
from bot.dialogue.jobs import Job
from bot.dialogue.message import Fact
from bot.domain.broadcast import Broadcast
from bot.domain.codes import Purpose
from bot.domain.land import Land
from bot.domain.pledge import Confidence, Lasting, Outcome, Pledge, Shown, Side, Stage, Standing, Topic, Visibility
from bot.domain.proposal import Subject
from bot.domain.quiet_times import Window


@dataclass(frozen=True, slots=True)
class Join(Fact):
    """This chat agreed to `consent_version` and belongs to the workshop from now on; to none, where it came to be of
    a team, or for a pledge of somebody else."""

    workshop_id: int | None
    consent_version: str
    language: str


@dataclass(frozen=True, slots=True)
class Attend(Fact):
    """Somebody who agreed earlier belongs to one more workshop."""

    workshop_id: int


@dataclass(frozen=True, slots=True)
class JoinTeam(Fact):
    """The person takes the role that this one-time code invites to."""

    code: str


@dataclass(frozen=True, slots=True)
class Order(Fact):
    """This is to be done outside of the message's transaction; the result comes into this chat."""

    job: Job
    language: str


@dataclass(frozen=True, slots=True)
class Watch(Fact):
    """The live count of the workshop stands in this chat from now on, instead of an earlier one. `shown` are its first
    numbers."""

    workshop_id: int
    language: str
    shown: Headcount


@dataclass(frozen=True, slots=True)
class Unwatch(Fact):
    """The live count in this chat ends."""


@dataclass(frozen=True, slots=True)
class Acted(Fact):
    """Somebody used a right: a line of the audit log, by ids and names of commands only. The router sees to it."""

    action: str
    workshop_id: int | None = None
    subject: str = ""


class Step(StrEnum):
    """What is done with a broadcast."""

    SUBMIT = "submit"
    """Somebody else is asked to release it."""
    RELEASE = "release"
    REJECT = "reject"
    """It is not released, or withdrawn by its author before it was."""
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    REPEAT = "repeat"
    """Those of whom nobody knows whether they got it get it again."""
    SEND_LATE = "send_late"
    """What is past its slot is sent all the same."""


@dataclass(frozen=True, slots=True)
class Steer(Fact):
    """A step of a broadcast. `expected`: the number of people that its author saw."""

    broadcast_id: int
    step: Step
    expected: int = 0


@dataclass(frozen=True, slots=True)
class Redraft(Fact):
    """A draft is changed to what it is here."""

    broadcast: Broadcast


@dataclass(frozen=True, slots=True)
class Register(Fact):
    """A new pledge under a number that was reserved for it."""

    reference: str
    workshop_id: int
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class Claim(Fact):
    """The person is the maker of this imported pledge. `code`: used up with it."""

    reference: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Agree(Fact):
    """This chat agreed to a later version of the text, too."""

    consent_version: str


class Unchanged(StrEnum):
    """Says of a field that it stays as it is, where None is a value of its own."""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class Change(Fact):
    """New values for what a maker may change about a pledge."""

    reference: str
    text: str | Unchanged = UNCHANGED
    due: date | Unchanged = UNCHANGED
    due_note: str | Unchanged = UNCHANGED
    extended: bool | Unchanged = UNCHANGED
    stage: Stage | Unchanged = UNCHANGED
    partners: str | Unchanged = UNCHANGED
    first_step: str | Unchanged = UNCHANGED
    topic: Topic | Unchanged = UNCHANGED
    side: Side | Unchanged = UNCHANGED
    place: str | Unchanged = UNCHANGED
    land: Land | Unchanged = UNCHANGED
    visibility: Visibility | Unchanged = UNCHANGED
    first_step_day: date | Unchanged | None = UNCHANGED
    confidence: Confidence | Unchanged = UNCHANGED
    recalled: bool | Unchanged = UNCHANGED
    lasting: Lasting | Unchanged = UNCHANGED

    def values(self) -> dict[str, Any]:
        """The new values by the name of their field."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in given.items() if name != "reference" and value is not UNCHANGED}

    def applied_to(self, pledge: Pledge) -> Pledge:
        """The pledge as it is afterwards."""
        return replace(pledge, **self.values())


@dataclass(frozen=True, slots=True)
class Report(Fact):
    """How it stands, in answer to a check-in or told at any time."""

    reference: str
    standing: Standing
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stepped(Fact):
    """Whether the first step is done."""

    reference: str
    done: bool


@dataclass(frozen=True, slots=True)
class GoOn(Fact):
    """How its maker wants to be asked about these from now on, until their next answer: every month, towards the end
    only, or not by themselves (`delegated`)."""

    references: tuple[str, ...]
    only_at_end: bool = False
    delegated: bool = False


@dataclass(frozen=True, slots=True)
class Remark(Fact):
    """One sentence to the latest answer about this pledge."""

    reference: str
    note: str


@dataclass(frozen=True, slots=True)
class CallForHelp(Fact):
    """The organisers should know: what is in the way, and whether help is wanted. One open call a pledge: a later
    one adds to it. `reference` "" is a call that is about no pledge."""

    reference: str
    obstacle: str = ""
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Conclude(Fact):
    """The outcome, which closes the pledge."""

    reference: str
    outcome: Outcome
    note: str = ""
    shown: Shown = Shown.NOT


@dataclass(frozen=True, slots=True)
class Annotate(Fact):
    """What is said about an outcome that stands already."""

    reference: str
    note: str | Unchanged = UNCHANGED
    shown: Shown | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True)
class Answered(Fact):
    """The prompt of that key has its answer, though another one was answered with it."""

    prompt: str
    answer: str


@dataclass(frozen=True, slots=True)
class Reopen(Fact):
    """An outcome or a withdrawal is taken back; the pledge runs again, with its standing from before."""

    reference: str
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class TakeBack(Fact):
    """The answer to this prompt about these pledges was none: the prompt waits again. `unsaid` are the fields of the
    pledges that it had set; none where it was how they stand or what became of them."""

    prompt: str
    references: tuple[str, ...]
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Postpone(Fact):
    """ "Später": ask about these pledges on that day instead."""

    references: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Prefer(Fact):
    """How somebody wants to be spoken to and when to be asked."""

    language: str | Unchanged = UNCHANGED
    weekday: int | Unchanged = UNCHANGED
    window: Window | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True)
class Pause(Fact):
    """Ask nothing before that day; None ends the pause."""

    until: date | None


@dataclass(frozen=True, slots=True)
class Stop(Fact):
    """All messages end, or begin again."""

    stopped: bool


@dataclass(frozen=True, slots=True)
class Reachable(Fact):
    """The account can be written to again, or no longer."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class Move(Fact):
    """The chat has a new address."""

    address: str


@dataclass(frozen=True, slots=True)
class Invite(Fact):
    """A code that was reserved admits somebody to a part in this pledge. `name` is what the maker calls them."""

    reference: str
    code: str
    purpose: Purpose
    name: str = ""


@dataclass(frozen=True, slots=True)
class Uninvite(Fact):
    """The code works no longer."""

    code: str


@dataclass(frozen=True, slots=True)
class Accept(Fact):
    """The person stands beside the maker of the pledge that this code is for."""

    code: str


@dataclass(frozen=True, slots=True)
class Leave(Fact):
    """Somebody stands beside the maker no longer: the person, or the one whom the maker takes out."""

    reference: str
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Propose(Fact):
    """A change of a joint pledge, which holds after the day `until` (the maker's) unless somebody objects."""

    reference: str
    subject: Subject
    value: str
    until: date
    extends: bool = False


@dataclass(frozen=True, slots=True)
class Object(Fact):
    """The person objects to a change of this pledge."""

    reference: str
    subject: Subject


@dataclass(frozen=True, slots=True)
class Settle(Fact):
    """The maker decides about a change that somebody objected to: it is made all the same, or not."""

    reference: str
    subject: Subject
    made: bool


@dataclass(frozen=True, slots=True)
class AskToTakeOver(Fact):
    """The maker would like this companion to take the pledge over."""

    reference: str
    person_id: int


@dataclass(frozen=True, slots=True)
class TakeOver(Fact):
    """The person is the pledge's maker from now on, or would rather not be."""

    reference: str
    willing: bool


@dataclass(frozen=True, slots=True)
class HandOver(Fact):
    """Whoever accepted by this code is the pledge's maker from now on, or is not after all."""

    reference: str
    code: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Share(Fact):
    """The others of the pledge may read what the person wrote last about it."""

    reference: str


@dataclass(frozen=True, slots=True)
class OfferLink(Fact):
    """This code, which was reserved for it, connects another account with this person's."""

    code: str


@dataclass(frozen=True, slots=True)
class RequestLink(Fact):
    """This chat asks to be connected by this code. `consent_version` is what a chat agreed to that was nobody's yet."""

    code: str
    consent_version: str = ""


@dataclass(frozen=True, slots=True)
class Link(Fact):
    """The chat that asked by this code is the person's, too."""

    code: str


@dataclass(frozen=True, slots=True)
class RefuseLink(Fact):
    """The chat that asked by this code is not the person's, or does not want to be."""

    code: str


@dataclass(frozen=True, slots=True)
class Unlink(Fact):
    """This account is not the person's any more; nothing of it is kept."""

    account_id: int


@dataclass(frozen=True, slots=True)
class WriteTo(Fact):
    """The person wants to be written to on this account."""

    account_id: int


@dataclass(frozen=True, slots=True)
class Erase(Fact):
    """Everything about this person goes."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Forget(Fact):
    """Everything about this chat goes: nobody agreed to anything."""
