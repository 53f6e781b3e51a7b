"""What has happened in a room since the bot last looked, without gaps; and what of it a sync is asked for."""

import json
from typing import Any
from uuid import uuid4

import structlog
from nio import RoomMessagesResponse

from adapters.matrix.client import refusal_of
from adapters.matrix.session import Session

_log = structlog.get_logger()
LENGTH = 100
"""Events of a room in one answer; what is missing in between is fetched."""
MOST_PAGES = 50
"""So many answers at most are fetched for one room after an absence."""

_NOTHING: dict[str, Any] = {"types": []}
_STATE = {"types": ["m.room.create", "m.room.encryption", "m.room.member", "m.room.tombstone"]}


def _filter(**room: Any) -> str:
    nothing = {"ephemeral": _NOTHING, "account_data": _NOTHING}
    return json.dumps({"presence": _NOTHING, "account_data": _NOTHING, "room": nothing | room})


EVERYTHING = _filter(timeline={"limit": LENGTH}, state=_STATE)
"""What the bot listens to, as a filter."""


def only_invitations() -> str:
    """A filter that lets little more than invitations through. No two are alike: Synapse keeps the answer to the same
    question for some minutes, and an old list is of no use."""
    members = {"types": ["m.room.member"], "lazy_load_members": True}
    return _filter(timeline={"limit": 1, "types": [f"none.{uuid4()}"]}, state=members)


async def happened(session: Session, room_id: str, timeline: dict[str, Any], since: str) -> list[dict[str, Any]]:
    """The events of a room after the position `since`, oldest first, with those that a long absence has left out of
    `timeline`; of a room that the bot has just joined, those since it was invited. Raises as `Client.call` does."""
    events: list[dict[str, Any]] = timeline.get("events", [])
    invited = [place for place, event in enumerate(events) if is_of(session.user, event, "invite")]
    joined = [place for place, event in enumerate(events) if is_of(session.user, event, "join") and is_new(event)]
    if joined:
        return events[(invited or joined)[-1] :]
    if timeline.get("limited") and timeline.get("prev_batch"):
        return [*await _missing(session, room_id, timeline["prev_batch"], since), *events]
    return events


async def _missing(session: Session, room_id: str, start: str, since: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for _ in range(MOST_PAGES):
        page = await session.client.room_messages(room_id, start, since, limit=LENGTH)
        if not isinstance(page, RoomMessagesResponse):
            raise refusal_of(page)
        for event in page.chunk:
            if is_of(session.user, event.source, "join") and is_new(event.source):
                return found[::-1]
            found.append(dict(event.source))
        if not page.chunk or not page.end:
            return found[::-1]
        start = page.end
    _log.warning("events_given_up", channel=session.name, pages=MOST_PAGES)
    return found[::-1]


def is_of(user: str, event: dict[str, Any], *memberships: str) -> bool:
    """Whether an event gives this user one of these memberships."""
    mine = event.get("type") == "m.room.member" and event.get("state_key") == user
    return mine and event.get("content", {}).get("membership") in memberships


def is_new(event: dict[str, Any]) -> bool:
    """Whether a membership is more than a new name or picture."""
    before = event.get("unsigned", {}).get("prev_content") or event.get("prev_content") or {}
    return bool(before.get("membership") != event.get("content", {}).get("membership"))
