"""One Matrix account: what it sends. A repeat under the same key is shown once."""

import asyncio
import contextlib
import hashlib
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from nio import DownloadResponse, EncryptionError, RoomSendResponse, UploadResponse
from nio.crypto import decrypt_attachment

from adapters.matrix import signs
from adapters.matrix.client import API, Refused, refusal_of, segment
from adapters.matrix.errors import FAULTS, delivery_of
from adapters.matrix.rendering import contents, edited
from adapters.matrix.session import Session
from bot.dialogue.message import Attachment
from bot.ports import FILE_LIMIT, Delivery, Failed, Outgoing, RetryAfter, Sent, Unreachable

PER_SECOND = 100.0
"""More than any homeserver takes from one client; one that is content with less says so with a 429."""
SEND_SECONDS = 60.0
"""The longest that one message may take, with keys and files."""
READY_SECONDS = 20.0
"""How long a message waits for the first sync after a start."""
NOT_READY_PAUSE = 1.0
TYPING_MILLISECONDS = 5_000
SIGN_REST_SECONDS = 60.0
"""How long no signs are put under questions after the homeserver has asked for a pause: messages come first."""

_log = structlog.get_logger()
_NO_ROOM = Unreachable("there is no room with them")


class MatrixChannel:
    """A Matrix account (implements `bot.ports.Channel`). It sends once `session` is ready: `listen` makes it so.

    Its address of a person is their Matrix id, whatever room they talk in; of a group it is the room's id.
    """

    repeats_harmless = True
    chat_seconds = 0.0

    def __init__(self, session: Session, per_second: float = PER_SECOND) -> None:
        self.name = session.name
        self.per_second = per_second
        self._session = session
        self._rooms: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._signing: set[asyncio.Task[None]] = set()
        self._no_signs_before = 0.0

    async def close(self) -> None:
        """Close all connections; the channel cannot be used any more."""
        for task in list(self._signing):
            task.cancel()
        await asyncio.gather(*self._signing, return_exceptions=True)
        await self._session.close()

    async def bot_name(self) -> str | Delivery:
        """The account's id."""
        return self._session.user

    def count(self, message: Outgoing) -> int:
        """How many events it becomes."""
        return (message.attachment is not None) + len(contents(message.text, message.choices) if message.text else ())

    async def send(self, message: Outgoing) -> Delivery:
        """Deliver a new message; the id is that of its last part, a file being the first."""
        parts = contents(message.text, message.choices, quiet=message.quiet) if message.text else []
        try:
            async with self._in_room(message.address) as room:
                if room is None:
                    return _NO_ROOM
                sent: list[str] = []
                if message.attachment:
                    content = await self._uploaded(room, message.attachment)
                    sent.append(await self._put(room, content, transaction(message.key, "file")))
                for number, content in enumerate(parts):
                    sent.append(await self._put(room, content, transaction(message.key, str(number))))
        except FAULTS as problem:
            return delivery_of(problem)
        except _NotReady:
            return RetryAfter(NOT_READY_PAUSE, "not connected yet", whole_channel=True)
        if message.choices:
            self._offer(room, sent[-1], len(message.choices), message.key)
        return Sent(sent[-1], tuple(sent[:-1]))

    async def edit(self, message: Outgoing, message_id: str) -> Delivery:
        """Put `message` in the place of an earlier one (of its last part, where it had several)."""
        content = contents(message.text, message.choices)[-1]  # changes never ring
        try:
            async with self._in_room(message.address) as room:
                if room is None:
                    return _NO_ROOM
                if self._session.rooms.several(message.address) and not await self._holds(room, message_id):
                    return Failed("it stands in an earlier room")
                await self._put(room, edited(content, message_id), transaction(message.key, "edit"))
        except FAULTS as problem:
            return delivery_of(problem)
        except _NotReady:
            return RetryAfter(NOT_READY_PAUSE, "not connected yet", whole_channel=True)
        return Sent(message_id)

    async def show_typing(self, address: str) -> None:
        """Let a chat see for a few seconds that an answer is on its way. A failure is of no consequence."""
        if self._session.ready.is_set() and (room := self._session.rooms.of(address)):
            with contextlib.suppress(*FAULTS):
                async with asyncio.timeout(SEND_SECONDS):
                    await self._session.client.room_typing(room, typing_state=True, timeout=TYPING_MILLISECONDS)

    async def fetch(self, file: str) -> bytes | Delivery:
        """The content of a file that `reading` has named, decrypted where it was encrypted."""
        sent = json.loads(file)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                answer = await self._session.client.download(sent["url"])
        except FAULTS as problem:
            return delivery_of(problem)
        if not isinstance(answer, DownloadResponse):
            return delivery_of(answer)
        content = bytes(answer.body)
        if len(content) > FILE_LIMIT:
            return Failed("the file is too big")
        try:
            return bytes(decrypt_attachment(content, sent["key"], sent["hash"], sent["iv"])) if sent["key"] else content
        except (EncryptionError, TypeError, ValueError):  # what a client wrote about its file may be anything
            return Failed("the file cannot be decrypted")

    async def retract(self, address: str, message_id: str) -> Delivery:
        """Take an earlier message back. Sent when it is gone already."""
        try:
            async with self._in_room(address) as room:
                if room is None:
                    return _NO_ROOM
                key = transaction(message_id, "retract")
                path = f"{API}/rooms/{segment(room)}/redact/{segment(message_id)}/{key}"
                await self._session.client.call("PUT", path, {})
        except FAULTS as problem:
            if isinstance(problem, Refused) and problem.code == "M_NOT_FOUND":
                return Sent(message_id)
            return delivery_of(problem)
        except _NotReady:
            return RetryAfter(NOT_READY_PAUSE, "not connected yet", whole_channel=True)
        return Sent(message_id)

    @asynccontextmanager
    async def _in_room(self, address: str) -> AsyncIterator[str | None]:
        """The room of this address, for one message at a time, which must not take for ever: parallel ones arrive in
        any order. Raises _NotReady before the first sync, and TimeoutError."""
        try:
            await asyncio.wait_for(self._session.ready.wait(), READY_SECONDS)
        except TimeoutError:
            raise _NotReady from None
        room = self._session.rooms.of(address)
        if room is None:
            yield None
            return
        async with asyncio.timeout(SEND_SECONDS), self._rooms[room]:
            if self._session.client.should_query_keys:
                await self._session.client.keys_query()
            yield room

    async def _put(self, room: str, content: dict[str, Any], key: str, kind: str = "m.room.message") -> str:
        """Send one event, encrypted where the room is; gives its id. Raises what is in `FAULTS`."""
        answer = await self._session.client.room_send(room, kind, content, key, ignore_unverified_devices=True)
        if not isinstance(answer, RoomSendResponse):
            raise refusal_of(answer)
        return str(answer.event_id)

    async def _uploaded(self, room: str, file: Attachment) -> dict[str, Any]:
        """The content of a message with a file, which is uploaded for it."""
        client = self._session.client
        encrypted = client.rooms[room].encrypted
        answer, keys = await client.upload(
            lambda *_: file.content, file.mime, None if encrypted else file.name, encrypt=encrypted,
            filesize=len(file.content),
        )  # fmt: skip
        if not isinstance(answer, UploadResponse):
            raise refusal_of(answer)
        kind = {"image": "m.image", "audio": "m.audio"}.get(file.mime.partition("/")[0], "m.file")
        info = {"mimetype": file.mime, "size": len(file.content)}
        content: dict[str, Any] = {"msgtype": kind, "body": file.name, "filename": file.name, "info": info}
        return content | ({"file": {**keys, "url": answer.content_uri}} if keys else {"url": answer.content_uri})

    async def _holds(self, room: str, message_id: str) -> bool:
        try:
            await self._session.client.call("GET", f"{API}/rooms/{segment(room)}/event/{segment(message_id)}")
        except Refused as refused:
            if refused.status != 404:
                raise
            return False
        return True

    def _offer(self, room: str, message_id: str, count: int, key: str) -> None:
        """Put the numbers under a question, to be tapped; in the background, and not at the cost of messages."""
        if asyncio.get_running_loop().time() < self._no_signs_before:
            return
        task = asyncio.create_task(self._sign(room, message_id, count, key))
        self._signing.add(task)
        task.add_done_callback(self._signing.discard)

    async def _sign(self, room: str, message_id: str, count: int, key: str) -> None:
        for number, sign in enumerate(signs.offered(count)):
            relation = {"rel_type": "m.annotation", "event_id": message_id, "key": sign}
            try:
                async with asyncio.timeout(SEND_SECONDS):
                    await self._put(room, {"m.relates_to": relation}, transaction(key, f"sign{number}"), "m.reaction")
            except FAULTS as problem:
                _log.info("signs_left_out", channel=self.name, problem=type(problem).__name__)
                self._no_signs_before = asyncio.get_running_loop().time() + SIGN_REST_SECONDS
                return


class _NotReady(Exception):
    """The first sync is not done yet."""


def transaction(key: str, part: str) -> str:
    """The transaction id of one part of a message: the same for every repeat, and nothing of the key in it."""
    return hashlib.sha256(f"{key} {part}".encode()).hexdigest()[:40]
