"""An event as it stands in a room -> what somebody did, in our words. Never raises, whatever comes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog

from adapters.matrix import signs
from bot.dialogue.message import Incoming, Kind, Platform

_log = structlog.get_logger()
_VOICE = ("m.audio",)
_FILE = ("m.file", "m.image", "m.video")
_WORDS = ("m.text", "m.emote")
_SILENT = ("m.notice", "m.server_notice", "m.key.verification.request")
"""What must not be answered: other bots, the homeserver itself, and what clients say among themselves."""
_FALLBACK = re.compile(r"\A(?:> .*\n?|>\n)+\n?")


@dataclass(frozen=True, slots=True)
class Place:
    """The room of an event, as the bot knows it: `private` with one person, else a group."""

    room: str
    private: bool


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account: its id, and the name that it is shown under."""

    user: str
    name: str = ""


def read(event: Mapping[str, Any], place: Place, channel: str, me: Me) -> Incoming | None:
    """What an event says (decrypted where it was encrypted); None if nobody did anything that is ours to answer.

    The address of a private chat is the person's id, whatever room it takes place in; that of a group is its room.
    """
    try:
        return _read(event, place, channel, me)
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        _log.info("event_unreadable", channel=channel, problem=type(problem).__name__)
        return None


def from_(event: Mapping[str, Any], place: Place, channel: str) -> Incoming:
    """Who did something, where; `addressed` is told for a private chat."""
    sender, event_id = str(event["sender"]), str(event["event_id"])
    address = sender if place.private else place.room
    return Incoming(
        channel=channel, update_id=event_id, address=address, user=sender, message_id=event_id, private=place.private,
        addressed=place.private, platform=Platform.MATRIX,
    )  # fmt: skip


def _read(event: Mapping[str, Any], place: Place, channel: str, me: Me) -> Incoming | None:
    if event["sender"] == me.user:
        return None
    told = from_(event, place, channel)
    content: Mapping[str, Any] = event["content"]
    match event["type"]:
        case "m.room.message":
            return _message(told, content, me)
        case "m.reaction":
            relation = content["m.relates_to"]
            return replace(told, kind=Kind.REACTION, reply_to=relation["event_id"], text=signs.meant(relation["key"]))
        case "m.room.redaction":
            taken_back = event.get("redacts") or content["redacts"]
            return replace(told, kind=Kind.RETRACTED, message_id=str(taken_back))
        case "m.poll.response" | "org.matrix.msc3381.poll.response":
            vote = content.get("m.selections") or content["org.matrix.msc3381.poll.response"]["answers"]
            return replace(told, kind=Kind.REACTION, reply_to=content["m.relates_to"]["event_id"], text=str(vote[0]))
        case "m.sticker" | "m.poll.start" | "org.matrix.msc3381.poll.start":
            return replace(told, kind=Kind.OTHER)
    return None


def _message(told: Incoming, content: Mapping[str, Any], me: Me) -> Incoming | None:
    relation = content.get("m.relates_to") or {}
    if relation.get("rel_type") == "m.replace":
        told = replace(told, kind=Kind.EDIT, message_id=str(relation["event_id"]))
        content, relation = content["m.new_content"], {}
        if content["msgtype"] not in _WORDS:
            return None
    kind = content.get("msgtype")
    if kind in _SILENT or kind is None:
        return None
    replied = relation.get("m.in_reply_to", {}).get("event_id") if not relation.get("is_falling_back") else None
    text = _text(content, replied=bool(relation.get("m.in_reply_to")))
    if not told.private:
        text, named = _named(text, content, me)
        told = replace(told, addressed=named)
    if told.kind is Kind.TEXT:
        told = replace(told, kind=_kind(kind))
        file, name = _file(content)
        told = replace(told, file=file, file_name=name, file_mime=_mime(content))
    return replace(told, text=text, reply_to=replied)


def _kind(msgtype: str) -> Kind:
    if msgtype in _WORDS:
        return Kind.TEXT
    return Kind.VOICE if msgtype in _VOICE else Kind.FILE if msgtype in _FILE else Kind.OTHER


def _file(content: Mapping[str, Any]) -> tuple[str, str]:
    """What was sent, as `MatrixChannel.fetch` takes it, and its name."""
    locked = content.get("file") or {}
    url = locked.get("url") or content.get("url")
    if content["msgtype"] not in (*_FILE, *_VOICE) or not isinstance(url, str):
        return "", ""
    key, hashed, iv = locked.get("key", {}).get("k"), locked.get("hashes", {}).get("sha256"), locked.get("iv")
    name = str(content.get("filename") or content.get("body") or "")
    return json.dumps({"url": url, "key": key, "hash": hashed, "iv": iv}), name


def _mime(content: Mapping[str, Any]) -> str:
    """What the sender's client says that the file is."""
    mime = (content.get("info") or {}).get("mimetype")
    return mime if isinstance(mime, str) else ""


def _text(content: Mapping[str, Any], *, replied: bool) -> str:
    """The words of a message; of a file its caption, for its body is else only the file's name."""
    body = str(content.get("body") or "")
    if content["msgtype"] not in _WORDS:
        name = content.get("filename")
        return body if name is not None and name != body else ""
    return _FALLBACK.sub("", body) if replied else body


def _named(text: str, content: Mapping[str, Any], me: Me) -> tuple[str, bool]:
    """The text without the bot's name in front, and whether the bot is meant."""
    short = me.user[1:].partition(":")[0]
    names = [re.escape(name) for name in (me.user, f"@{short}", short, me.name) if name]
    front = re.compile(rf"\A\s*(?:{'|'.join(names)})[\s,:]+", re.IGNORECASE)
    mentioned = me.user in (content.get("m.mentions") or {}).get("user_ids", ())
    return front.sub("", text), mentioned or me.user in text or front.match(text) is not None
