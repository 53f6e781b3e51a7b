"""Chats and their messages, as Telegram keeps them."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    """A button under a message. `data` comes back when it is tapped."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Media:
    """A file, or anything else that is no text. `fields` is what the message's JSON says of it under `kind`."""

    kind: str
    fields: Any
    name: str = ""
    content: bytes = b""


@dataclass
class Message:
    """One message of a chat, with all edits applied. `text` is plain; with `media` it is the caption."""

    id: int
    chat: "Chat"
    sender: dict[str, Any]
    date: int
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    markup: dict[str, Any] | None = None
    media: Media | None = None
    reply_to: "Message | None" = None
    quiet: bool = False
    edited: int | None = None
    deleted: bool = False
    reaction: str = ""
    """The bot's reaction."""

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.sender["is_bot"])

    @property
    def rows(self) -> list[list[Button]]:
        """The buttons under it, row by row."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [[Button(key["text"], key.get("callback_data"), key.get("url")) for key in row] for row in rows]

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return [button.text for row in self.rows for button in row]

    def as_json(self, with_reply: bool = True) -> dict[str, Any]:
        """The message as the Bot API shows it."""
        told: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender,
            "chat": self.chat.as_json(),
            "date": self.date,
        }
        if self.media:
            told[self.media.kind] = self.media.fields
        if self.text:
            told["caption" if self.media else "text"] = self.text
            if self.entities:
                told["caption_entities" if self.media else "entities"] = self.entities
        if self.edited:
            told["edit_date"] = self.edited
        if self.markup and "inline_keyboard" in self.markup:
            told["reply_markup"] = self.markup
        if self.reply_to and with_reply:
            told["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        return told


@dataclass(frozen=True)
class Tapped:
    """That somebody tapped a button, for the transcript."""

    label: str


@dataclass
class Chat:
    """A private chat (its id is the person's) or a group. `refusal` is why the bot may not write here, if so."""

    id: int
    type: str
    name: str
    messages: list[Message] = field(default_factory=list)
    events: list[Message | Tapped] = field(default_factory=list)
    refusal: str = ""
    moved_to: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The chat as the Bot API shows it."""
        return {"id": self.id, "type": self.type, "first_name" if self.type == "private" else "title": self.name}

    def find(self, message_id: int) -> Message | None:
        """The message with this id, unless it was deleted."""
        return next((found for found in self.messages if found.id == message_id and not found.deleted), None)

    def transcript(self) -> str:
        """The chat as text: "> " what people said or tapped, "< " what the bot said, its buttons in brackets."""
        return "\n".join(line(event) for event in self.events)


def line(event: Message | Tapped) -> str:
    """One thing that somebody said or tapped, as a line of a transcript."""
    if isinstance(event, Tapped):
        return f"> [{event.label}]"
    said = "(deleted)" if event.deleted else event.text
    if event.media and not event.deleted:
        name = f" {event.media.name}" if event.media.name else ""
        said = f"({event.media.kind}{name}) {said}".rstrip()
    buttons = "" if event.deleted else " ".join(f"[{label}]" for label in event.buttons)
    text = said.replace("\n", "\n  ") + (f"  {buttons}" if buttons else "")
    return ("< " if event.from_bot else "> ") + text
