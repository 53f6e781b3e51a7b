"""Invitations: accepted from people of the servers that are allowed, turned down from others."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from adapters.matrix.client import API, NO_NEWS, Refused, segment
from adapters.matrix.rooms import invitation, is_allowed, server_of
from adapters.matrix.session import Session

_log = structlog.get_logger()
PAUSE = 5.0
"""Seconds until a homeserver that does not answer is asked again."""


@dataclass(frozen=True, slots=True)
class _Invitation:
    room: str
    inviter: str
    direct: bool
    welcome: bool
    replaces: str = ""


class Invitations:
    """Answers invitations one by one, in a task of its own: a homeserver lets a bot join only so many rooms a minute,
    and nobody else should wait for that."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: dict[str, _Invitation] = {}
        self._news = asyncio.Event()
        self.followed: set[str] = set()
        """The rooms that have replaced others: nothing begins in them, it goes on."""

    def add(self, rooms: Mapping[str, Any]) -> None:
        """These invitations are open, by room, as a sync tells them."""
        me = self._session.user
        for room, told in rooms.items():
            inviter, direct = invitation(told.get("invite_state", {}), me)
            if not inviter:
                continue
            welcome = is_allowed(inviter, self._session.invite_allow, me)
            self._waiting[room] = _Invitation(room, inviter, direct, welcome)
        self._news.set()

    def follow(self, old: str, room: str, server: str) -> None:
        """Go from a room into the one that has replaced it; where that is not allowed yet, an invitation comes."""
        self.followed.add(room)
        self._waiting.setdefault(room, _Invitation(room, f"@:{server}", direct=False, welcome=True, replaces=old))
        self._news.set()

    async def run(self) -> None:
        """Answer what comes, until cancelled."""
        while True:
            self._news.clear()
            for invited in list(self._waiting.values()):
                try:
                    await self._answer(invited)
                except Refused as refused:
                    if refused.status in (403, 404, 400):
                        _log.info("invitation_gone", channel=self._session.name, code=refused.code)
                    else:
                        await asyncio.sleep(refused.retry_after or PAUSE)
                        continue
                except NO_NEWS:
                    await asyncio.sleep(PAUSE)
                    continue
                self._waiting.pop(invited.room, None)
            if not self._waiting:
                await self._news.wait()

    async def _answer(self, invited: _Invitation) -> None:
        session = self._session
        if not invited.welcome:
            _log.info("invitation_refused", channel=session.name, server=server_of(invited.inviter))
            await session.rooms.leave(invited.room)
            return
        via = segment(server_of(invited.inviter))
        path = f"{API}/join/{segment(invited.room)}?server_name={via}&via={via}"  # the old name of it and the new one
        await session.client.call("POST", path, {})
        if invited.replaces:
            await session.rooms.leave(invited.replaces)
        if invited.direct:
            await session.rooms.prefer(invited.inviter, invited.room)
