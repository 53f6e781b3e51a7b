"""What the server writes down of calls and deliveries."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Call:
    """A call as it came in, and the HTTP status that it was answered with (0: no answer)."""

    method: str
    arguments: dict[str, Any]
    status: int
    description: str = ""


@dataclass(frozen=True)
class Delivery:
    """Something that reached a chat, whether or not the bot was told so. `at` is in seconds since the epoch."""

    method: str
    chat_id: int
    message_id: int
    text: str
    at: float
