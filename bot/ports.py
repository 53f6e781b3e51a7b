"""The two seams of the house: what is outside (a channel) and what time it is (a clock)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialogue.message import Attachment, Choice


class Clock(Protocol):
    """Says what time it is for people: the instant that cadence, windows and dates are computed from."""

    def now(self) -> datetime:
        """The present instant, in UTC and aware of it."""
        ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message as it leaves. `key` is unique and stays the same over all attempts: a channel that can make
    repeats harmless uses it. `text` holds our four tags only. `prompt` names the prompt that the choices belong to."""

    key: str
    address: str
    text: str
    prompt: str = ""
    choices: tuple[Choice, ...] = ()
    quiet: bool = False
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it, under `message_id` ("" where an edit or a retraction has none). Where it became several
    messages, that is the last one, and `parts` are those before it."""

    message_id: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """Not delivered, and safe to repeat after `seconds` of real time. `whole_channel`: everything on it must wait."""

    seconds: float
    reason: str
    whole_channel: bool = False


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Not delivered, and no use to repeat until the person comes back: blocked, left, deactivated."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Not delivered: the chat has the new address `address`."""

    address: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Nobody can know whether it was delivered: cut or timed out on the way. `ours`: something of our own went wrong,
    so that it says nothing about the platform."""

    reason: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """Not delivered, and never will be as it is: the platform refuses this message."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The channel itself is out of order (its token is revoked): nothing was delivered, the operator must act."""

    reason: str


Delivery = Sent | RetryAfter | Unreachable | Moved | Uncertain | Failed | Gone


FILE_LIMIT = 10_000_000
"""The biggest file that is fetched, in bytes."""


class Channel(Protocol):
    """One bot account on one platform. Expected failures are values (`Delivery`); an exception is a bug."""

    name: str
    """Its name in the configuration."""
    per_second: float
    """How many messages a second the platform is content with."""
    chat_seconds: float
    """Seconds between two messages to one chat, after the first few; 0 where the platform sets no such limit."""
    repeats_harmless: bool
    """Whether a repeat under the same key is shown once."""

    async def bot_name(self) -> str | Delivery:
        """What the bot is called there, as links need it; or, when the platform does not tell, why."""
        ...

    def count(self, message: Outgoing) -> int:
        """How many messages of the platform it becomes: a long text, or a picture with one, may be several."""
        ...

    async def send(self, message: Outgoing) -> Delivery:
        """Deliver a new message."""
        ...

    async def edit(self, message: Outgoing, message_id: str) -> Delivery:
        """Put `message` in the place of an earlier one."""
        ...

    async def show_typing(self, address: str) -> None:
        """Let a chat see for a few seconds that an answer is on its way. A failure is of no consequence."""
        ...

    async def fetch(self, file: str) -> bytes | Delivery:
        """The content of a file that somebody sent (`Incoming.file`), of at most `FILE_LIMIT` bytes; or, when the
        platform does not give it or it is bigger, why."""
        ...

    async def retract(self, address: str, message_id: str) -> Delivery:
        """Take an earlier message back, as far as the platform allows."""
        ...
