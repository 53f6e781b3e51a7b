"""What the team does for others and what others do with the team, as effects; see `effects`."""

from dataclasses import dataclass
from datetime import date

from bot.dialogue.message import Fact
from bot.domain.pledge import Outcome, Standing


@dataclass(frozen=True, slots=True)
class TakeCall(Fact):
    """The person looks after this call from now on, instead of whoever did before."""

    call_id: int


@dataclass(frozen=True, slots=True)
class HandOnCall(Fact):
    """The person looks after this call no longer; the others of the team are asked to."""

    call_id: int


@dataclass(frozen=True, slots=True)
class TellCaller(Fact):
    """The team says this to whoever called."""

    call_id: int
    text: str


@dataclass(frozen=True, slots=True)
class TellTeam(Fact):
    """Whoever called says this to the team."""

    call_id: int
    text: str


@dataclass(frozen=True, slots=True)
class NoteCall(Fact):
    """Something that the team wants to remember about a call."""

    call_id: int
    text: str


@dataclass(frozen=True, slots=True)
class PromiseDay(Fact):
    """Until that day the team gets in touch with whoever called."""

    call_id: int
    day: date


@dataclass(frozen=True, slots=True)
class CloseCall(Fact):
    """The call is done with; whoever called is asked whether it helped."""

    call_id: int


@dataclass(frozen=True, slots=True)
class RateHelp(Fact):
    """Whether it helped; where it did not, the call is open again."""

    call_id: int
    helped: bool


@dataclass(frozen=True, slots=True)
class AskBothSides(Fact):
    """The caller and the maker of this kept pledge are asked whether they want to get to know each other."""

    call_id: int
    reference: str


@dataclass(frozen=True, slots=True)
class AgreeToMeet(Fact):
    """One side wants to get to know the other, or would rather not."""

    introduction_id: int
    willing: bool
    caller: bool


@dataclass(frozen=True, slots=True)
class WriteDown(Fact):
    """What was said about a pledge on the telephone: how it stands, or what became of it."""

    reference: str
    standing: Standing | None = None
    outcome: Outcome | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoOnAfterRestore(Fact):
    """What is held back since a backup was brought back is decided again and sent; or it counts as sent."""

    send: bool
