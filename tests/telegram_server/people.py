"""People with Telegram on their phones, as a test moves them."""

from typing import TYPE_CHECKING, Any

from tests.telegram_server.chats import Button, Chat, Media, Message, Tapped, line
from tests.telegram_server.entities import plain_entities

if TYPE_CHECKING:
    from tests.telegram_server.server import TelegramServer


class Tap:
    """One tap on a button. `notice` is the toast that the bot answered with."""

    def __init__(self, server: "TelegramServer", query_id: str) -> None:
        self._server = server
        self.id = query_id

    @property
    def answered(self) -> bool:
        """Whether the button has stopped spinning."""
        return self.id in self._server.answers

    @property
    def notice(self) -> str:
        """What the bot showed for the tap."""
        return self._server.answers.get(self.id, "")

    async def is_answered(self, timeout: float = 30.0) -> str:
        """Wait until the bot has answered the tap; the notice."""
        await self._server.until(lambda: self.answered, timeout, "no answer to the tap")
        return self.notice


class Person:
    """Somebody who can talk with the bot. Their private chat is `home`; `chat=` moves an action to a group."""

    def __init__(self, server: "TelegramServer", person_id: int, name: str, language: str, username: str) -> None:
        self._server = server
        self.id = person_id
        self.name = name
        self.user: dict[str, Any] = {"id": person_id, "is_bot": False, "first_name": name}
        if language:
            self.user["language_code"] = language
        if username:
            self.user["username"] = username
        self.home = Chat(person_id, "private", name, refusal="bot can't initiate conversation with a user")
        self._heard = 0

    @property
    def chat(self) -> list[Message]:
        """All messages of the private chat, both ways, edits applied, without deleted ones."""
        return [message for message in self.home.messages if not message.deleted]

    @property
    def newest(self) -> Message:
        """The bot's newest message to them."""
        return next(message for message in reversed(self.chat) if message.from_bot)

    def transcript(self) -> str:
        """The private chat as text; see `Chat.transcript`."""
        return self.home.transcript()

    def entries(self) -> list[tuple[str, str]]:
        """The private chat entry by entry: the id of the bot's message ("" for what they did), and the line."""
        return [
            (str(event.id) if isinstance(event, Message) and event.from_bot else "", line(event))
            for event in self.home.events
        ]

    def says(self, text: str, chat: Chat | None = None) -> Message:
        """Write to the bot. The first time is what lets the bot write back."""
        return self._write(chat, text)

    def replies(self, message: Message, text: str) -> Message:
        """Write as a reply to `message`, in its chat."""
        return self._write(message.chat, text, reply_to=message)

    def edits(self, message: Message, text: str) -> Message:
        """Change a message of their own."""
        if message.sender != self.user:
            raise AssertionError(f"{self.name} cannot edit what somebody else wrote")
        message.text, message.entities = text, plain_entities(text)
        message.edited = self._server.date()
        self._server.push({"edited_message": message.as_json()})
        return message

    def taps(self, label: str, message: Message | None = None) -> Tap:
        """Tap the button with this label, on the newest message of the private chat that has it (or on `message`)."""
        message, button = self._find(label, message)
        message.chat.events.append(Tapped(label))
        return self.taps_data(message, button.data or "")

    def taps_data(self, message: Message, data: str) -> Tap:
        """Send a tap with any data, also from a button that is no longer there."""
        query_id = self._server.new_query()
        query = {"id": query_id, "from": self.user, "message": message.as_json(), "chat_instance": str(message.chat.id)}
        self._server.push({"callback_query": query | {"data": data}})
        return Tap(self._server, query_id)

    def sends(self, media: Media, caption: str = "", chat: Chat | None = None) -> Message:
        """Send anything that is no text."""
        return self._write(chat, caption, media=media)

    def sends_voice(self) -> Message:
        """Send a voice message."""
        return self.sends(Media("voice", self._server.store(b"OggS", "voice.oga") | {"duration": 3}))

    def sends_photo(self, content: bytes = b"\x89PNG", caption: str = "") -> Message:
        """Send a photo."""
        sizes = [self._server.store(content, "photo.jpg") | {"width": 90, "height": 90}]
        return self.sends(Media("photo", sizes, "", content), caption)

    def sends_document(self, name: str, content: bytes, caption: str = "", mime: str = "text/csv") -> Message:
        """Send a file."""
        fields = self._server.store(content, name) | {"file_name": name, "mime_type": mime}
        return self.sends(Media("document", fields, name, content), caption)

    def sends_sticker(self) -> Message:
        """Send a sticker."""
        file = self._server.store(b"RIFF", "sticker.webp")
        kind = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self.sends(Media("sticker", file | kind))

    def reacts(self, message: Message, emoji: str) -> None:
        """React to a message; "" takes the reaction back."""
        before, after = self._server.react(message, self.id, emoji)
        told = {
            "chat": message.chat.as_json(),
            "message_id": message.id,
            "user": self.user,
            "date": self._server.date(),
            "old_reaction": before,
            "new_reaction": after,
        }
        self._server.push({"message_reaction": told})

    def blocks(self) -> None:
        """Block the bot."""
        self.home.refusal = "bot was blocked by the user"
        self._member("member", "kicked")

    def returns(self) -> None:
        """Unblock the bot."""
        self.home.refusal = ""
        self._member("kicked", "member")

    def vanishes(self) -> None:
        """Delete the Telegram account; the bot is not told."""
        self.home.refusal = "user is deactivated"

    async def hears(self, containing: str = "", timeout: float = 30.0) -> Message:
        """Wait for the next message of the bot in the private chat that was not heard before and contains the words.

        Raises AssertionError with the transcript when none comes within `timeout` seconds.
        """
        found: list[Message] = []

        def heard() -> bool:
            while self._heard < len(self.home.messages) and not found:
                message = self.home.messages[self._heard]
                self._heard += 1
                if message.from_bot and not message.deleted and containing in message.text:
                    found.append(message)
            return bool(found)

        await self._server.until(heard, timeout, f"{self.name} heard no {containing!r}", self)
        return found[0]

    async def sees(self, containing: str, timeout: float = 30.0) -> Message:
        """Wait until the bot's newest message, with edits, contains the words."""

        def seen() -> bool:
            return any(message.from_bot for message in self.chat) and containing in self.newest.text

        await self._server.until(seen, timeout, f"{self.name} saw no {containing!r}", self)
        return self.newest

    def _find(self, label: str, message: Message | None) -> tuple[Message, Button]:
        for candidate in [message] if message else reversed(self.chat):
            for button in (button for row in candidate.rows for button in row):
                if button.text == label:
                    return candidate, button
        raise AssertionError(f"no button {label!r} for {self.name}:\n{self.transcript()}")

    def _write(
        self, chat: Chat | None, text: str, media: Media | None = None, reply_to: Message | None = None
    ) -> Message:
        place = chat or self.home
        if place is self.home:
            if "blocked" in place.refusal or "deactivated" in place.refusal:
                raise AssertionError(f"{self.name} cannot write: {place.refusal}")
            place.refusal = ""
        message = self._server.add(place, self.user, text, plain_entities(text), media=media, reply_to=reply_to)
        self._server.push({"message": message.as_json()})
        return message

    def _member(self, before: str, after: str) -> None:
        self._server.push(
            {
                "my_chat_member": {
                    "chat": self.home.as_json(),
                    "from": self.user,
                    "date": self._server.date(),
                    "old_chat_member": self._server.membership(before),
                    "new_chat_member": self._server.membership(after),
                }
            }
        )
