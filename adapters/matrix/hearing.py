"""What an event means to the bot: words and signs, and who comes and goes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import structlog

from adapters.matrix.invitations import Invitations
from adapters.matrix.reading import from_, read
from adapters.matrix.rooms import server_of
from adapters.matrix.session import Session
from adapters.matrix.timeline import is_new, is_of
from bot.dialogue.message import Incoming, Kind, Platform

_log = structlog.get_logger()


@dataclass(frozen=True)
class Hearing:
    """Reads the events of one account's rooms, as the rooms are after the sync that brought them."""

    session: Session
    invitations: Invitations

    def meanings(self, room_id: str, event: dict[str, Any]) -> list[Incoming]:
        """What is to be handed in because of an event, decrypted where it was encrypted; mostly one thing or none.
        Never raises, whatever comes."""
        try:
            return list(self._meanings(room_id, event))
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            _log.info("event_unreadable", channel=self.session.name, problem=type(problem).__name__)
            return []

    def departure(self, room_id: str, events: list[dict[str, Any]], position: str) -> Incoming | None:
        """The bot is in this room no more: whoever talked with it only there is out of reach."""
        rooms = self.session.rooms
        partners = rooms.partners(room_id)
        rooms.forget(room_id)
        if len(partners) != 1 or rooms.of(partners[0]) is not None:
            return None
        known = next((event for event in events if is_of(self.session.user, event, "leave", "ban")), None)
        return self._about(known or {"event_id": f"{room_id} {position}"}, partners[0], Kind.BLOCKED)

    def unreadable(self, room_id: str, event: dict[str, Any]) -> Incoming:
        """Something was said that cannot be decrypted."""
        told = from_(event, self.session.rooms.place(room_id), self.session.name)
        return replace(told, kind=Kind.UNREADABLE, update_id=f"{told.update_id} unreadable", message_id="")

    def _meanings(self, room_id: str, event: dict[str, Any]) -> Iterator[Incoming]:
        session = self.session
        place = session.rooms.place(room_id)
        match event.get("type"):
            case "m.room.member":
                yield from self._membership(room_id, event)
            case "m.room.tombstone":
                replacement = event["content"]["replacement_room"]
                self.invitations.follow(room_id, str(replacement), server_of(event["sender"]))
                if not place.private:  # a person's address does not change with the room
                    yield replace(from_(event, place, session.name), kind=Kind.MOVED, text=str(replacement))
            case _:
                if incoming := read(event, place, session.name, session.me):
                    yield incoming

    def _membership(self, room_id: str, event: dict[str, Any]) -> Iterator[Incoming]:
        session = self.session
        who, membership = str(event["state_key"]), event["content"].get("membership")
        others = session.rooms.partners(room_id)
        if who == session.user:
            followed = room_id in self.invitations.followed
            if membership == "join" and is_new(event) and len(others) == 1 and not followed:
                # Whoever invites the bot has pressed its start button.
                yield self._about(event, others[0], Kind.TEXT, "/start")
        elif membership in ("leave", "ban") and not others and session.rooms.of(who) is None:
            yield self._about(event, who, Kind.BLOCKED)
        elif membership == "join" and others == [who] and is_new(event):
            yield self._about(event, who, Kind.RETURNED)

    def _about(self, event: dict[str, Any], user: str, kind: Kind, text: str = "") -> Incoming:
        """What an event means for the private chat with `user`."""
        return Incoming(
            channel=self.session.name, update_id=str(event["event_id"]), address=user, user=user, kind=kind, text=text,
            addressed=True, platform=Platform.MATRIX,
        )  # fmt: skip
