"""One Telegram bot account: what it sends, and under which name."""

import contextlib
import hashlib
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import LinkPreviewOptions
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from adapters.telegram.client import Client
from adapters.telegram.errors import delivery_of
from adapters.telegram.groups import GroupQuota
from adapters.telegram.reading import ALLOWED_UPDATES, Me
from adapters.telegram.rendering import CAPTION_LIMIT, cut, keyboard, length, pieces
from adapters.telegram.request import Request, Timeouts
from bot.dialogue.message import Attachment
from bot.ports import FILE_LIMIT, Delivery, Failed, Outgoing, RetryAfter, Sent, Uncertain

CONNECTIONS = 10
"""More sends at once than this only make each slower."""
PER_SECOND = 25.0
"""Evenly spaced, this keeps clear of Telegram's limit of about 30 messages a second for a token, even where what lies
between lets a fifth of a second's messages arrive at once."""
PICTURES_KNOWN = 16
"""Of so many pictures it is known that Telegram has them already."""
NOTICE_LIMIT = 200
"""The longest notice for a tap, in UTF-16 code units."""

_log = structlog.get_logger()
_POLLING_CONNECTIONS = 2
_PICTURES = ("image/jpeg", "image/png")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the messages that an `Outgoing` becomes; the last one has the choices."""

    text: str
    attachment: Attachment | None = None


class TelegramChannel:
    """A bot account on Telegram (implements `bot.ports.Channel`).

    `name` is its name in the configuration, `api_url` that of Telegram or of a local Bot API server. Texts over
    Telegram's limit, or too long for a caption, go out as several messages. The last has the choices and gives the
    message id: it is what `edit` and `retract` change.
    """

    repeats_harmless = False
    chat_seconds = 1.0

    def __init__(
        self,
        name: str,
        token: str,
        api_url: str = "https://api.telegram.org",
        timeouts: Timeouts | None = None,
        connections: int = CONNECTIONS,
        per_second: float = PER_SECOND,
    ) -> None:
        self.name = name
        self.per_second = per_second
        self._timeouts = timeouts or Timeouts()
        self._requests = [Request(size, self._timeouts) for size in (_POLLING_CONNECTIONS, connections)]
        api_url = api_url.rstrip("/")
        self.client = Client(
            token,
            base_url=api_url + "/bot",
            base_file_url=api_url + "/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )
        self._me: Me | None = None
        self._groups = GroupQuota()
        self._arrived: dict[str, tuple[str, ...]] = {}
        """The ids of the parts of a message of several that have arrived, by its key: a repeat goes on from there."""
        self._pictures: dict[bytes, str] = {}
        """Telegram's ids of the latest pictures, by their digest: one that many people get is uploaded once."""

    async def close(self) -> None:
        """Close all connections; the channel cannot be used any more."""
        for request in self._requests:
            await request.shutdown()

    def count(self, message: Outgoing) -> int:
        """How many messages it becomes: each counts against Telegram's limits."""
        return len(_parts(message))

    async def send(self, message: Outgoing) -> Delivery:
        """Deliver a new message; the id is that of its last part."""
        if pause := self._groups.wait(int(message.address)):
            return RetryAfter(pause, "the group has had its share of this minute")
        parts = _parts(message)
        sent = list(self._arrived.pop(message.key, ())[: len(parts) - 1])
        while len(sent) < len(parts):
            try:
                sent.append(await self._send(message, parts[len(sent)], last=len(sent) == len(parts) - 1))
            except TelegramError as problem:
                delivery = delivery_of(problem)
                if sent and isinstance(delivery, RetryAfter | Uncertain):
                    self._arrived[message.key] = tuple(sent)
                return delivery
        return Sent(sent[-1], tuple(sent[:-1]))

    async def edit(self, message: Outgoing, message_id: str) -> Delivery:
        """Put `message` in the place of an earlier one (of its last part, where it had several)."""
        text = pieces(message.text)[-1]
        place: dict[str, Any] = {"chat_id": int(message.address), "message_id": int(message_id)}
        place |= {"parse_mode": ParseMode.HTML, "reply_markup": keyboard(message.prompt, message.choices)}
        try:
            try:
                await self.client.edit_message_text(text, link_preview_options=_NO_PREVIEW, **place)
            except BadRequest as problem:
                if "no text in the message" not in problem.message:
                    raise
                if length(message.text) > CAPTION_LIMIT:
                    await self.client.edit_message_reply_markup(**_without_words(place))
                    return Failed("too long to stand under a file")
                await self.client.edit_message_caption(caption=text, **place)
        except TelegramError as problem:
            return delivery_of(problem)
        return Sent(message_id)

    async def fetch(self, file: str) -> bytes | Delivery:
        """The content of a file by Telegram's id of it."""
        try:
            found = await self.client.get_file(file)
            if (found.file_size or 0) > FILE_LIMIT:
                return Failed("the file is too big")
            content = bytes(await found.download_as_bytearray())
        except TelegramError as problem:
            return delivery_of(problem)
        return content if len(content) <= FILE_LIMIT else Failed("the file is too big")

    async def retract(self, address: str, message_id: str) -> Delivery:
        """Delete an earlier message, within 48 hours of sending it. Sent when it is gone already."""
        try:
            await self.client.delete_message(int(address), int(message_id))
        except TelegramError as problem:
            return delivery_of(problem)
        return Sent(message_id)

    async def bot_name(self) -> str | Delivery:
        """The bot's user name without the @; or, when Telegram does not tell, why."""
        try:
            return (await self.me()).name
        except TelegramError as problem:
            return delivery_of(problem)

    async def me(self) -> Me:
        """The bot's own account, asked for once. Raises TelegramError."""
        if self._me is None:
            user = await self.client.get_me()
            self._me = Me(user.id, user.username or "")
        return self._me

    async def updates(self, offset: int | None, wait: int) -> list[dict[str, Any]]:
        """The next updates as they come; see `Client.updates`. Raises TelegramError."""
        return await self.client.updates(offset, wait, ALLOWED_UPDATES, self._timeouts.read + wait)

    async def acknowledge(self, query: str, notice: str) -> None:
        """Stop a tapped button from spinning and show `notice`. A failure is of no consequence: it is only logged."""
        try:
            await self.client.answer_callback_query(query, text=cut(notice, NOTICE_LIMIT) or None)
        except TelegramError as problem:
            _log.info("A tap could not be acknowledged.", channel=self.name, problem=type(problem).__name__)

    async def show_typing(self, address: str) -> None:
        """Let a chat see that an answer is on its way. A failure is of no consequence."""
        with contextlib.suppress(TelegramError):
            await self.client.send_chat_action(int(address), ChatAction.TYPING)

    async def _send(self, message: Outgoing, part: _Part, last: bool) -> str:
        chat = int(message.address)
        how: dict[str, Any] = {
            "parse_mode": ParseMode.HTML,
            "disable_notification": message.quiet,
            "reply_markup": keyboard(message.prompt, message.choices) if last else None,
        }
        if part.attachment is None:
            return str(await self.client.say(chat, part.text, link_preview_options=_NO_PREVIEW, **how))
        how |= {"caption": part.text or None, "filename": part.attachment.name}
        if part.attachment.mime in _PICTURES:
            return await self._send_photo(chat, part.attachment.content, how)
        return str((await self.client.send_document(chat, part.attachment.content, **how)).message_id)

    async def _send_photo(self, chat: int, content: bytes, how: dict[str, Any]) -> str:
        digest = hashlib.sha256(content).digest()
        known = self._pictures.get(digest)
        try:
            sent = await self.client.send_photo(chat, known or content, **how)
        except BadRequest as problem:
            if known is None or "file identifier" not in problem.message:
                raise
            sent = await self.client.send_photo(chat, content, **how)
        self._pictures.pop(digest, None)
        if sent.photo:
            self._pictures[digest] = max(sent.photo, key=lambda size: size.width * size.height).file_id
        while len(self._pictures) > PICTURES_KNOWN:
            del self._pictures[next(iter(self._pictures))]
        return str(sent.message_id)


def _without_words(place: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in place.items() if name != "parse_mode"}


def _parts(message: Outgoing) -> list[_Part]:
    if message.attachment is None:
        return [_Part(piece) for piece in pieces(message.text)]
    if length(message.text) <= CAPTION_LIMIT:
        return [_Part(pieces(message.text)[0], message.attachment)]
    return [_Part("", message.attachment)] + [_Part(piece) for piece in pieces(message.text)]
