"""People with Matrix on their phones, as a test moves them: a device and keys of their own each."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from nio import (
    AsyncClient,
    AsyncClientConfig,
    Event,
    LoginResponse,
    MegolmEvent,
    MemoryDownloadResponse,
    ReactionEvent,
    RedactionEvent,
    RoomEncryptedMedia,
    RoomKeyEvent,
    RoomMessage,
    RoomMessageMedia,
    RoomSendResponse,
    UploadResponse,
)
from nio.crypto.attachments import decrypt_attachment
from nio.store import SqliteMemoryStore

if TYPE_CHECKING:
    from tests.homeserver.server import Homeserver

_ENCRYPTION = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
DIGITS = {str(number): f"{number}\ufe0f\u20e3" for number in range(10)}
"""The keycap that people tap for a number."""


@dataclass
class Message:
    """One message as it stands in a room now, edits applied. `reactions` are (who, sign)."""

    id: str
    room: str
    sender: str
    content: dict[str, Any]
    encrypted: bool
    deleted: bool = False
    edits: int = 0
    reactions: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its plain words."""
        return str(self.content.get("body", ""))

    @property
    def rings(self) -> bool:
        """Whether a client tells people of it."""
        return bool(self.content.get("msgtype") != "m.notice")


class Person:
    """Somebody who can talk with the bot. `room` is where they met it last; `room=` moves an action elsewhere."""

    def __init__(self, server: "Homeserver", name: str, user: str, *, encrypted: bool) -> None:
        self._server = server
        self.name = name
        self.user = user
        self.room = ""
        self.bot = ""
        self.messages: list[Message] = []
        """Everything that was said in all rooms, oldest first."""
        self.unreadable: list[str] = []
        """The ids of messages that could not be decrypted."""
        self._encrypted = encrypted
        self._heard = 0
        self._news = asyncio.Condition()
        self._waiting: list[tuple[str, MegolmEvent]] = []
        config = AsyncClientConfig(store=SqliteMemoryStore, encryption_enabled=encrypted, store_sync_tokens=False)
        self.client = AsyncClient(server.url, user, config=config)
        self._listening: asyncio.Task[None] | None = None

    async def arrives(self, password: str) -> None:
        """Log in with a new device and listen from now on."""
        answer = await self.client.login(password, device_name=f"{self.name}s Telefon")
        assert isinstance(answer, LoginResponse), answer
        self.client.add_event_callback(self._on_event, Event)
        self.client.add_to_device_callback(self._on_key, RoomKeyEvent)
        await self.client.sync(timeout=0, full_state=True)
        if self._encrypted:
            await self.client.keys_upload()
        self._listening = asyncio.create_task(self._listens())

    async def close(self) -> None:
        """Put the phone away for good."""
        if self._listening:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        await self.client.close()

    async def invites(
        self,
        bot: str,
        *,
        direct: bool = True,
        others: tuple[str, ...] = (),
        joined: bool = True,
        encrypted: bool = True,
    ) -> str:
        """Open a room, encrypted if they can, and invite the bot into it; gives the room's id once it has joined."""
        state = [_ENCRYPTION] if self._encrypted and encrypted else []
        answer = await self.client.room_create(
            is_direct=direct, invite=[bot, *others], initial_state=state, preset=None
        )
        room = str(answer.room_id)
        self.room, self.bot = room, bot

        def there() -> bool:
            known = self.client.rooms.get(room)
            return bool(known and bot in known.users and not (joined and known.users[bot].invited))

        await self.until(there, what="the bot did not join")
        return room

    async def says(self, text: str, *, room: str = "", **content: Any) -> Message:
        """Write into the room."""
        return await self._sends({"msgtype": "m.text", "body": text, **content}, room)

    async def replies(self, message: Message, text: str) -> Message:
        """Write as a reply to `message`, in its room, as clients do with a quote in front."""
        relation = {"m.relates_to": {"m.in_reply_to": {"event_id": message.id}}}
        quoted = f"> <{message.sender}> {message.text.splitlines()[0]}\n\n{text}"
        return await self._sends({"msgtype": "m.text", "body": quoted, **relation}, message.room)

    async def edits(self, message: Message, text: str) -> None:
        """Change a message of their own."""
        new = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": message.id}
        content = {"msgtype": "m.text", "body": f"* {text}", "m.new_content": new, "m.relates_to": relation}
        await self._puts(message.room, "m.room.message", content)

    async def reacts(self, sign: int | str, message: Message | None = None) -> str:
        """Put a sign on a message: a number is its keycap. Gives the id of the reaction."""
        message = message or self.newest
        key = DIGITS.get(str(sign), str(sign))
        relation = {"rel_type": "m.annotation", "event_id": message.id, "key": key}
        return await self._puts(message.room, "m.reaction", {"m.relates_to": relation})

    async def whispers(self, text: str) -> str:
        """Write something whose key the bot does not get, as a client does that cannot share it; gives its id."""
        olm = self.client.olm
        assert olm
        if missing := self.client.get_missing_sessions(self.room):
            await self.client.keys_claim(missing)
        olm.create_outbound_group_session(self.room)
        _, self._key = olm.share_group_session(self.room, list(self.client.rooms[self.room].users), True, True)
        olm.outbound_group_sessions[self.room].shared = True
        return await self._puts(self.room, "m.room.message", {"msgtype": "m.text", "body": text})

    async def hands_over_the_key(self) -> None:
        """Send the bot the key of what was whispered."""
        path = f"/_matrix/client/v3/sendToDevice/m.room.encrypted/{uuid4()}"
        await self._server.call("PUT", path, self._key, self.client.access_token)

    async def takes_back(self, event_id: str, room: str = "") -> None:
        """Take a message or a reaction back."""
        await self.client.room_redact(room or self.room, event_id)

    async def sends_file(self, name: str, content: bytes, msgtype: str = "m.file", mime: str = "text/csv") -> Message:
        """Send a file, encrypted where the room is."""
        answer, keys = await self.client.upload(
            io.BytesIO(content), mime, name, encrypt=self._encrypted, filesize=len(content)
        )
        assert isinstance(answer, UploadResponse), answer
        where: dict[str, Any] = {"url": answer.content_uri}
        if keys:
            where = {"file": {**keys, "url": answer.content_uri}}
        return await self._sends({"msgtype": msgtype, "body": name, "info": {"mimetype": mime}, **where}, "")

    async def opens(self, message: Message) -> bytes:
        """The file that came with a message, decrypted where it was encrypted."""
        file = message.content.get("file")
        answer = await self.client.download(file["url"] if file else message.content["url"])
        assert isinstance(answer, MemoryDownloadResponse), answer
        if not file:
            return bytes(answer.body)
        return bytes(decrypt_attachment(answer.body, file["key"]["k"], file["hashes"]["sha256"], file["iv"]))

    def devices_of(self, user: str) -> list[str]:
        """The devices of somebody that they would encrypt for, as far as they know."""
        return [device.id for device in self.client.device_store.active_user_devices(user)]

    async def leaves(self, room: str = "") -> None:
        """Leave the room."""
        await self.client.room_leave(room or self.room)

    @property
    def chat(self) -> list[Message]:
        """The messages of the room as they stand there now."""
        return [message for message in self.messages if message.room == self.room and not message.deleted]

    @property
    def newest(self) -> Message:
        """The bot's newest message in the room."""
        return next(message for message in reversed(self.chat) if message.sender == self.bot)

    async def hears(self, containing: str = "", timeout: float = 60.0) -> Message:
        """The next message of the bot that was not heard before and contains the words.

        Raises AssertionError with the transcript when none comes within `timeout` seconds.
        """
        found: list[Message] = []

        def heard() -> bool:
            while self._heard < len(self.messages) and not found:
                message = self.messages[self._heard]
                self._heard += 1
                if message.sender == self.bot and containing in message.text:
                    found.append(message)
            return bool(found)

        await self.until(heard, timeout, f"heard no {containing!r}")
        return found[0]

    async def until(self, condition: Callable[[], bool], timeout: float = 60.0, what: str = "waited in vain") -> None:
        """Wait until something has come true. Raises AssertionError with the transcript when it has not in time."""
        try:
            async with asyncio.timeout(timeout), self._news:
                await self._news.wait_for(condition)
        except TimeoutError:
            raise AssertionError(f"{self.name} {what}:\n{self.transcript()}") from None

    def transcript(self) -> str:
        """The room as text: "> " what they said, "< " what others said, with the signs on it."""
        return "\n".join(line for _, line in self.entries())

    def entries(self) -> list[tuple[str, str]]:
        """The room message by message: the id of the bot's ("" for theirs), and the line."""
        lines = []
        for message in self.messages:
            if message.room != self.room:
                continue
            mark = ">" if message.sender == self.user else "<"
            signs = "".join(f" {sign}" for who, sign in message.reactions if who != self.user)
            mine = "".join(f" ({sign})" for who, sign in message.reactions if who == self.user)
            text = "(deleted)" if message.deleted else message.text.replace("\n", "\n  ")
            line = f"{mark} {text}{signs and '  ' + signs.strip()}{mine}"
            lines.append((message.id if message.sender == self.bot else "", line))
        return lines

    async def _sends(self, content: dict[str, Any], room: str) -> Message:
        event_id = await self._puts(room or self.room, "m.room.message", content)
        await self.until(lambda: any(message.id == event_id for message in self.messages), what="lost an own message")
        return next(message for message in self.messages if message.id == event_id)

    async def _puts(self, room: str, kind: str, content: dict[str, Any]) -> str:
        answer = await self.client.room_send(room, kind, content, ignore_unverified_devices=True)
        assert isinstance(answer, RoomSendResponse), answer
        return str(answer.event_id)

    async def _listens(self) -> None:
        while True:
            with contextlib.suppress(OSError, TimeoutError):
                await self.client.sync_forever(timeout=10_000, full_state=False)

    async def _on_event(self, room: Any, event: Event) -> None:
        if isinstance(event, MegolmEvent):
            self.unreadable.append(event.event_id)
            self._waiting.append((room.room_id, event))
        else:
            self._takes(room.room_id, event)
        await self._told()

    async def _on_key(self, event: RoomKeyEvent) -> None:
        for room, waiting in list(self._waiting):
            if waiting.session_id == event.session_id:
                self._waiting.remove((room, waiting))
                self._takes(room, self.client.decrypt_event(waiting))
        await self._told()

    def _takes(self, room: str, event: Event) -> None:
        match event:
            case ReactionEvent():
                if target := self._find(event.reacts_to):
                    target.reactions.append((event.sender, event.key))
            case RedactionEvent():
                if target := self._find(event.redacts):
                    target.deleted = True
            case RoomMessage() | RoomMessageMedia() | RoomEncryptedMedia():
                content = event.source["content"]
                relation = content.get("m.relates_to", {})
                if relation.get("rel_type") == "m.replace":
                    if target := self._find(relation["event_id"]):
                        target.content, target.edits = content["m.new_content"], target.edits + 1
                    return
                self.messages.append(Message(event.event_id, room, event.sender, content, event.decrypted))

    def _find(self, event_id: str) -> Message | None:
        return next((message for message in self.messages if message.id == event_id), None)

    async def _told(self) -> None:
        async with self._news:
            self._news.notify_all()

    @contextlib.asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """The phone is off for a while."""
        if self._listening:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        yield
        self._listening = asyncio.create_task(self._listens())
