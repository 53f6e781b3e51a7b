"""A messenger in memory: a channel that keeps what it was told to send, as people see it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.dialogue.message import Choice
from bot.ports import Delivery, Failed, Outgoing, Sent, Unreachable


@dataclass
class Shown:
    """One message of the bot in a chat. `original` is how it was sent, `message` how it stands there now."""

    id: str
    original: Outgoing
    message: Outgoing

    @property
    def first(self) -> str:
        """Its words as they were sent, without markup."""
        return plain(self.original.text)

    @property
    def offered(self) -> tuple[Choice, ...]:
        """Its choices as they were sent."""
        return self.original.choices

    @property
    def text(self) -> str:
        """Its words now, without markup."""
        return plain(self.message.text)

    @property
    def labels(self) -> list[str]:
        """The labels of its choices now."""
        return [choice.label for choice in self.message.choices]


@dataclass
class Platform:
    """A channel (`bot.ports.Channel`). `next_deliveries` are what becomes of the next calls instead of success;
    "nothing was shown" but for an `Uncertain` that comes with `shows`."""

    name: str = "telegram"
    per_second: float = 1000.0
    chat_seconds: float = 1.0
    repeats_harmless: bool = False
    next_deliveries: list[Delivery] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    """What people have sent, by the id that the platform gave it."""
    sends: int = 0
    """How many new messages have been shown."""

    def __post_init__(self) -> None:
        self._told: dict[str, list[Shown]] = {}
        self._gone: set[str] = set()
        self._refusing: set[str] = set()

    def told(self, address: str) -> list[Shown]:
        """All messages ever shown in a chat, oldest first."""
        return self._told.get(address, [])

    def chat(self, address: str) -> list[Shown]:
        """The messages that stand in a chat now."""
        return [shown for shown in self.told(address) if shown.id not in self._gone]

    def refuse(self, address: str) -> None:
        """Whoever has this chat blocks the bot."""
        self._refusing.add(address)

    def admit(self, address: str) -> None:
        """They unblock it."""
        self._refusing.discard(address)

    async def bot_name(self) -> str | Delivery:
        return "worthalten_bot"

    def count(self, message: Outgoing) -> int:
        return 1

    async def send(self, message: Outgoing) -> Delivery:
        if refusal := self._refusal(message.address):
            return refusal
        self.sends += 1
        shown = Shown(str(self.sends), message, message)
        self._told.setdefault(message.address, []).append(shown)
        return Sent(shown.id)

    async def show_typing(self, address: str) -> None:
        pass

    async def edit(self, message: Outgoing, message_id: str) -> Delivery:
        if refusal := self._refusal(message.address):
            return refusal
        for shown in self._named(message.address, message_id):
            shown.message = message
            return Sent(message_id)
        return Failed("message to edit not found")

    async def fetch(self, file: str) -> bytes | Delivery:
        return self.files.get(file, Failed("no such file"))

    async def retract(self, address: str, message_id: str) -> Delivery:
        if refusal := self._refusal(address):
            return refusal
        self._gone.update(shown.id for shown in self._named(address, message_id))
        return Sent(message_id)

    def _named(self, address: str, message_id: str) -> Iterator[Shown]:
        return (shown for shown in self.chat(address) if shown.id == message_id)

    def _refusal(self, address: str) -> Delivery | None:
        if self.next_deliveries:
            return self.next_deliveries.pop(0)
        return Unreachable("blocked") if address in self._refusing else None


def plain(text: str) -> str:
    """Words without our four tags."""
    return html.unescape(re.sub(r"</?(?:b|i|code|a)\b[^>]*>", "", text))
