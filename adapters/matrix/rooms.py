"""Which room is whose: a person's chat is the room that only they and the bot are in."""

from collections.abc import Mapping
from typing import Any

from nio import MatrixRoom

from adapters.matrix.client import API, Client, Refused, segment
from adapters.matrix.reading import Place


class Rooms:
    """The rooms of one account, as its client knows them after a sync.

    Which of several rooms with one person is theirs is remembered with the homeserver, in the account data `m.direct`
    that clients use for the same: the first there that both are in.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._direct: dict[str, list[str]] = {}

    async def load(self) -> None:
        """Ask the homeserver which rooms are direct. Raises as `Client.call` does."""
        try:
            found = await self._client.call("GET", self._path)
        except Refused as refused:
            if refused.status != 404:
                raise
            found = {}
        self._direct = {user: list(rooms) for user, rooms in found.items() if isinstance(rooms, list)}

    def place(self, room_id: str) -> Place:
        """What kind of room that is now. Whoever has just left their own private chat was in a private one."""
        return Place(room_id, private=len(self._others(room_id)) <= 1)

    def partners(self, room_id: str) -> list[str]:
        """Who else is in it, or invited; of a room that the bot is in no more, whose chat it was."""
        if room_id in self._client.rooms:
            return self._others(room_id)
        return [user for user, rooms in self._direct.items() if room_id in rooms]

    def of(self, address: str) -> str | None:
        """The room that an address is talked to in: a person's (their id) or a group (its own id); None where there is
        none any more."""
        if not address.startswith("@"):
            return address if address in self._client.rooms else None
        known = self._direct.get(address, ())
        rooms = [room for room in known if self._is_with(room, address)]
        rooms = rooms or [room for room in self._client.rooms if self._is_with(room, address)]
        there = [room for room in rooms if not self._client.rooms[room].users[address].invited]
        return next(iter(there or rooms), None)

    def several(self, user: str) -> bool:
        """Whether this person and the bot have more than one room."""
        return len(self._direct.get(user, ())) > 1

    async def prefer(self, user: str, room_id: str) -> None:
        """This is the room where the person talks with the bot. Raises as `Client.call` does."""
        rooms = self._direct.get(user, [])
        if rooms[:1] == [room_id]:
            return
        self._direct[user] = [room_id, *(room for room in rooms if room != room_id and room in self._client.rooms)]
        await self._client.call("PUT", self._path, self._direct)

    async def leave(self, room_id: str) -> None:
        """Leave a room or turn an invitation down, and forget it. Raises as `Client.call` does, unless it is gone."""
        for step in ("leave", "forget"):
            try:
                await self._client.call("POST", f"{API}/rooms/{segment(room_id)}/{step}", {})
            except Refused as refused:
                if refused.status not in (400, 403, 404):
                    raise
        self.forget(room_id)

    def forget(self, room_id: str) -> None:
        """The bot is not in this room any more."""
        self._client.rooms.pop(room_id, None)
        for rooms in self._direct.values():
            if room_id in rooms:
                rooms.remove(room_id)

    def empty(self) -> list[str]:
        """The rooms that nobody else is in any more."""
        return [room for room in self._client.rooms if not self._others(room)]

    def _others(self, room_id: str) -> list[str]:
        room: MatrixRoom | None = self._client.rooms.get(room_id)
        return [user for user in room.users if user != self._client.user_id] if room else []

    def _is_with(self, room_id: str, user: str) -> bool:
        return self._others(room_id) == [user]

    @property
    def _path(self) -> str:
        return f"{API}/user/{segment(self._client.user_id)}/account_data/m.direct"


def invitation(state: Mapping[str, Any], me: str) -> tuple[str, bool]:
    """Who invites, and whether to a direct chat, from the state that comes with an invitation; "" where it does not
    say."""
    for event in state.get("events", ()):
        if event.get("type") == "m.room.member" and event.get("state_key") == me:
            content = event.get("content", {})
            if content.get("membership") == "invite":
                return str(event.get("sender", "")), bool(content.get("is_direct"))
    return "", False


def is_allowed(inviter: str, servers: tuple[str, ...], me: str) -> bool:
    """Whether this person's server is one whose people may invite the bot; with none named, the bot's own."""
    allowed = {server.lower() for server in servers} or {server_of(me)}
    return bool(inviter) and server_of(inviter) in allowed


def server_of(user: str) -> str:
    """The server of a user id."""
    return user.partition(":")[2].lower()
