"""Updates as Telegram sends them -> what somebody did, in our words. Never raises, whatever comes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog
from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, MessageReactionUpdated, Update, User

from bot.dialogue.message import Incoming, Kind, Tap

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "message_reaction")
"""What the bot asks Telegram for."""

_log = structlog.get_logger()
_AWAY = ("left", "kicked")
_VOICE = ("voice", "audio", "video_note")
_FILE = ("photo", "document", "video", "animation")
_THUMBS = ("👍", "👎")
_COMMAND = re.compile(r"(/\w+)@(\w+)")
_NOBODY_SAID = (
    "migrate_from_chat_id",
    "pinned_message",
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "video_chat_scheduled",
    "video_chat_started",
    "video_chat_ended",
    "video_chat_participants_invited",
    "forum_topic_created",
    "forum_topic_edited",
    "chat_background_set",
)
"""Messages by which Telegram itself tells what happened to a chat."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account: its id and its user name without the @."""

    id: int
    name: str


def read(raw: Mapping[str, Any], channel: str, me: Me) -> Incoming | None:
    """What an update says; None if nobody did anything that is ours to know.

    Of reactions only a thumb up or down says something. What cannot be read is `Kind.OTHER`, or None where even the
    chat is unknown.
    """
    try:
        update = Update.de_json(dict(raw), None)
        if update.message:
            return _message(update, update.message, channel, me)
        if update.edited_message:
            return _edited(update, update.edited_message, channel, me)
        if update.callback_query:
            return _tap(update, update.callback_query, channel)
        if update.my_chat_member:
            return _membership(update, update.my_chat_member, channel)
        if update.message_reaction:
            return _reaction(update, update.message_reaction, channel)
    except Exception as problem:  # the SDK's constructors raise nearly anything on a malformed update
        _log.warning("An update could not be read.", channel=channel, problem=type(problem).__name__)
    return _odd(raw, channel)


def query_id(raw: Mapping[str, Any]) -> str | None:
    """The id under which a tap is acknowledged; None if the update is no tap."""
    query = raw.get("callback_query")
    found = query.get("id") if isinstance(query, Mapping) else None
    return str(found) if found is not None else None


def _message(update: Update, message: Message, channel: str, me: Me) -> Incoming | None:
    if any(getattr(message, name, None) for name in _NOBODY_SAID):
        return None
    told = _from(update, channel, message.chat, message.from_user)
    told = replace(told, message_id=str(message.message_id))
    if message.migrate_to_chat_id:
        return replace(told, kind=Kind.MOVED, text=str(message.migrate_to_chat_id))
    replied = message.reply_to_message
    text, addressed = _words(message.text or message.caption or "", me)
    if replied:
        told = replace(told, reply_to=str(replied.message_id))
        addressed = addressed or bool(replied.from_user and replied.from_user.id == me.id)
    told = replace(told, kind=_kind(message), text=text, addressed=addressed or told.private)
    return _with_file(told, message)


def _edited(update: Update, message: Message, channel: str, me: Me) -> Incoming | None:
    told = _message(update, message, channel, me)
    return replace(told, kind=Kind.EDIT) if told and told.kind in (Kind.TEXT, Kind.FILE) else None


def _tap(update: Update, query: CallbackQuery, channel: str) -> Incoming:
    told = _from(update, channel, query.message.chat if query.message else None, query.from_user)
    told = replace(told, message_id=str(query.message.message_id) if query.message else "", addressed=True)
    prompt, dot, index = (query.data or "").rpartition(".")
    if dot and prompt and index.isascii() and index.isdigit() and len(index) < 4:
        return replace(told, kind=Kind.TAP, tap=Tap(prompt, int(index)))
    return replace(told, kind=Kind.OTHER)


def _membership(update: Update, change: ChatMemberUpdated, channel: str) -> Incoming | None:
    before, after = change.old_chat_member.status in _AWAY, change.new_chat_member.status in _AWAY
    if before == after:
        return None
    told = _from(update, channel, change.chat, change.from_user)
    return replace(told, kind=Kind.BLOCKED if after else Kind.RETURNED)


def _reaction(update: Update, change: MessageReactionUpdated, channel: str) -> Incoming | None:
    before = [getattr(reaction, "emoji", "") for reaction in change.old_reaction]
    added = [getattr(reaction, "emoji", "") for reaction in change.new_reaction]
    thumbs = [emoji for emoji in added if emoji in _THUMBS and emoji not in before]
    taken = [emoji for emoji in before if emoji in _THUMBS and emoji not in added]
    if not (thumbs or taken) or change.user is None:
        return None
    told = _from(update, channel, change.chat, change.user)
    told = replace(told, message_id=f"{change.message_id} {(thumbs or taken)[0]}")  # Telegram gives signs no id
    if not thumbs:
        return replace(told, kind=Kind.RETRACTED)
    return replace(told, kind=Kind.REACTION, text=thumbs[0], reply_to=str(change.message_id))


def _from(update: Update, channel: str, chat: Chat | None, user: User | None) -> Incoming:
    """Who did something, where; `addressed` is told for a private chat."""
    if chat is None and user is None:
        raise ValueError("an update from nobody, nowhere")
    private = chat is None or chat.type == Chat.PRIVATE
    return Incoming(
        channel=channel,
        update_id=str(update.update_id),
        address=str(chat.id if chat else user.id if user else ""),
        user=str(user.id) if user else "",
        language=(user.language_code if user else None) or "",
        private=private,
        addressed=private,
    )


def _kind(message: Message) -> Kind:
    if any(getattr(message, name) for name in _VOICE):
        return Kind.VOICE
    if any(getattr(message, name) for name in _FILE):
        return Kind.FILE
    return Kind.TEXT if message.text else Kind.OTHER


def _with_file(told: Incoming, message: Message) -> Incoming:
    """With what came with the message: of a photo its largest size, else the one file that it has."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return replace(told, file=largest.file_id, file_mime="image/jpeg")
    sent = next((found for name in (*_VOICE, *_FILE[1:]) if (found := getattr(message, name))), None)
    if sent is None:
        return told
    name, mime = getattr(sent, "file_name", None), getattr(sent, "mime_type", None)
    return replace(told, file=sent.file_id, file_name=name or "", file_mime=mime or "")


def _words(text: str, me: Me) -> tuple[str, bool]:
    """The text without the bot's own name in a command or at its beginning, and whether the bot is named."""
    command = _COMMAND.match(text)
    if command:
        ours = command[2].lower() == me.name.lower()
        return (command[1] + text[command.end() :] if ours else text), ours
    name = rf"@{re.escape(me.name)}\b"
    named = re.search(rf"(?<!\w){name}", text, re.IGNORECASE) is not None
    return re.sub(rf"^\s*{name}[\s,:]*", "", text, flags=re.IGNORECASE), named


def _odd(raw: Mapping[str, Any], channel: str) -> Incoming | None:
    """Who sent an update that cannot be read; None if that cannot be said either."""
    update_id = raw.get("update_id")
    body = next((value for key, value in raw.items() if key != "update_id"), None)
    if not isinstance(body, Mapping) or not isinstance(update_id, int):
        return None
    holder = body.get("message") if isinstance(body.get("message"), Mapping) else body
    chat, user = _part(holder, "chat"), _part(body, "from")
    if not isinstance(chat.get("id"), int) or not isinstance(user.get("id"), int):
        return None
    return Incoming(
        channel=channel,
        update_id=str(update_id),
        address=str(chat["id"]),
        user=str(user["id"]),
        kind=Kind.OTHER,
        private=chat["id"] > 0,
        addressed=chat["id"] > 0,
    )


def _part(body: Any, key: str) -> Mapping[str, Any]:
    found = body.get(key)
    return found if isinstance(found, Mapping) else {}
