"""Our own sync loop: the position moves on only when everything before it is committed here.

nio's loop saves its position before anybody has seen the events; killed at that moment they are lost. After a crash
the same events come again, decryptable, and are known by their ids.
"""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog

from adapters.matrix.client import NO_NEWS, Refused
from adapters.matrix.discovery import NoHomeserver
from adapters.matrix.errors import delivery_of, logged_out
from adapters.matrix.hearing import Hearing
from adapters.matrix.identity import LoggedOut
from adapters.matrix.invitations import Invitations
from adapters.matrix.keys import tend
from adapters.matrix.session import Session
from adapters.matrix.timeline import EVERYTHING, happened, only_invitations
from adapters.matrix.unread import Unread, opened
from bot.dialogue.message import Incoming, Kind
from bot.ports import Gone, RetryAfter

_log = structlog.get_logger()
_T = TypeVar("_T")
Receive = Callable[[Incoming], Awaitable[object]]
"""Takes what somebody did; returns only when it is committed. What it raises means: not committed, hand it in again."""
Load = Callable[[], Awaitable[str | None]]
"""Gives the position up to which everything is taken in; None at the very beginning."""
Save = Callable[[str], Awaitable[None]]
"""Keeps the position; returns only when it is committed."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How patiently to listen, in seconds. `wait` is how long one sync waits for news; after a fault the pause
    doubles from `first_pause` to `longest_pause`; `patience` is how long the key of a message may take to come."""

    wait: float = 30.0
    first_pause: float = 0.5
    longest_pause: float = 30.0
    patience: float = 60.0


async def listen(
    session: Session, receive: Receive, stop: asyncio.Event, load: Load, save: Save, pace: Pace | None = None,
    contacted: Callable[[], None] = lambda: None,
) -> Gone | None:  # fmt: skip
    """Hand everything that comes in to `receive`, in order, until `stop` is set; a waiting sync ends at once then.

    `contacted` is called after every sync that the homeserver answered.
    Faults are waited out. Gone is returned only when the homeserver does not accept the bot's login.
    """
    invitations = Invitations(session)
    answering: asyncio.Task[None] | None = None
    listener = _Listener(session, receive, stop, load, save, pace or Pace(), invitations)
    try:
        while not stop.is_set() and not listener.connected:
            if gone := await listener.attempt(listener.connect):
                return gone
        answering = asyncio.create_task(invitations.run())
        while not stop.is_set():
            if gone := await listener.attempt(listener.step):
                return gone
            if listener.is_well:
                contacted()
        return None
    finally:
        session.ready.clear()
        if answering:
            answering.cancel()
            await asyncio.gather(answering, return_exceptions=True)


class _Listener:
    def __init__(
        self, session: Session, receive: Receive, stop: asyncio.Event, load: Load, save: Save, pace: Pace,
        invitations: Invitations,
    ) -> None:  # fmt: skip
        self._session = session
        self._receive = receive
        self._stop = stop
        self._load = load
        self._save = save
        self._pace = pace
        self._invitations = invitations
        self._hearing = Hearing(session, invitations)
        self._failures = 0
        self._fresh = True
        """Whether the rooms are still to be learnt."""
        self.connected = False

    async def attempt(self, work: Callable[[], Awaitable[None]]) -> Gone | None:
        """Do a piece of work unless stopped; wait out a fault. Gone when that is no use."""
        try:
            await self._unless_stopped(work())
        except LoggedOut as problem:
            return Gone(str(problem))
        except (Refused, NoHomeserver, *NO_NEWS) as problem:
            return await self._recover(problem)
        self._failures = 0
        return None

    @property
    def is_well(self) -> bool:
        """Whether the last attempt succeeded."""
        return self._failures == 0

    async def connect(self) -> None:
        """Log in, be trusted, and see which invitations are open: those come only once otherwise."""
        await self._session.connect()
        self._unread = Unread(self._session.vault)
        raw = await self._session.client.fetch_sync(0, filter=only_invitations())
        self._open_invitations = raw.get("rooms", {}).get("invite", {})
        self.connected = True

    async def step(self) -> None:
        """One sync: take it in, hand it in, move on."""
        session, since = self._session, await self._load()
        query = {"filter": EVERYTHING} | ({"full_state": "true"} if self._fresh else {})
        wait = 0.0 if self._fresh else self._wait()
        raw = await session.client.fetch_sync(wait, since, **query)
        try:
            await session.client.take_in(raw)
            whole = True
        except Refused:
            raise
        except Exception as problem:  # odd events of one room must not silence all others
            _log.error("sync_odd", channel=session.name, problem=type(problem).__name__)
            whole = False
        self._fresh = False
        session.ready.set()
        if since is not None and not await self._hand_in(raw, since):
            return
        await self._save(raw["next_batch"])
        self._invitations.add(raw.get("rooms", {}).get("invite", {}) | self._open_invitations)
        self._open_invitations = {}
        for room in session.rooms.empty() if whole else ():
            await session.rooms.leave(room)
        await tend(session.client, raw)

    def _wait(self) -> float:
        """Not longer than until somebody must be asked about a message that cannot be read."""
        return min(self._pace.wait, max(1.0, self._pace.patience / 2)) if len(self._unread) else self._pace.wait

    async def _hand_in(self, raw: dict[str, Any], since: str) -> bool:
        """Have everything in a sync committed; False if it was stopped before."""
        session, rooms = self._session, raw.get("rooms", {})
        for room_id, told in rooms.get("join", {}).items():
            for event in await happened(session, room_id, told.get("timeline", {}), since):
                if not await self._take(room_id, event):
                    return False
        for room_id, told in rooms.get("leave", {}).items():
            if not await self._left(room_id, told.get("timeline", {}).get("events", []), raw["next_batch"]):
                return False
        return await self._read_later()

    async def _take(self, room_id: str, event: dict[str, Any]) -> bool:
        """Have one event committed; False if it was stopped before."""
        session = self._session
        if "redacted_because" in event.get("unsigned", {}):
            return True
        if event.get("type") == "m.room.encrypted" and event.get("sender") != session.user:
            clear = opened(session.client, room_id, event)
            if clear is None:
                self._unread.keep(room_id, event)
                self._unread.save()
                return True
            event = clear
        for incoming in self._hearing.meanings(room_id, event):
            if incoming.private and incoming.kind in (Kind.TEXT, Kind.REACTION):
                with contextlib.suppress(Refused):  # a convenience
                    await session.rooms.prefer(incoming.user, room_id)
            if not await self._commit(incoming):
                return False
        return True

    async def _left(self, room_id: str, events: list[dict[str, Any]], position: str) -> bool:
        """The bot is in this room no more: whoever had it to talk to is out of reach."""
        session = self._session
        gone = self._hearing.departure(room_id, events, position)
        if gone and not await self._commit(gone):
            return False
        with contextlib.suppress(Refused):
            await session.rooms.leave(room_id)
        return True

    async def _read_later(self) -> bool:
        """Hand in what can be decrypted by now; ask about what still cannot be after a while."""
        if not len(self._unread):
            return True
        for room_id, event in self._unread.opened(self._session.client):
            if not await self._take(room_id, event):
                return False
            self._unread.done(event["event_id"])
        for room_id, event in self._unread.overdue(self._pace.patience):
            if not await self._commit(self._hearing.unreadable(room_id, event)):
                return False
            self._unread.asked(room_id, event["sender"])
        self._unread.save()
        return True

    async def _commit(self, incoming: Incoming) -> bool:
        """Hand it in until it is committed; False if it was stopped before."""
        while not self._stop.is_set():
            try:
                await self._receive(incoming)
            except Exception as problem:  # not committed: everything after it waits
                self._failures += 1
                pause = self._backoff()
                _log.error(
                    "An event could not be stored; it is tried again.", channel=self._session.name,
                    problem=type(problem).__name__, pause=pause,
                )  # fmt: skip
                await self._sleep(pause)
            else:
                return True
        return False

    async def _recover(self, problem: Exception) -> Gone | None:
        """Wait out a fault; Gone if that is no use."""
        meaning = delivery_of(problem)
        if isinstance(meaning, Gone):
            return meaning
        if isinstance(problem, Refused) and problem.status == 401:
            return logged_out(problem.code)
        self._failures += 1
        pause = self._backoff()
        if isinstance(problem, Refused) and problem.retry_after:
            pause = max(pause, problem.retry_after)
        reason = meaning.reason if isinstance(meaning, RetryAfter) else str(problem)
        _log.warning(
            "The homeserver did not answer; listening goes on after a pause.", channel=self._session.name,
            problem=str(problem) if isinstance(problem, NoHomeserver) else reason, pause=pause,
        )  # fmt: skip
        await self._sleep(pause)
        return None

    def _backoff(self) -> float:
        """The pause after so many failures in a row, with jitter."""
        longest = min(self._pace.longest_pause, self._pace.first_pause * 2.0 ** min(self._failures - 1, 16))
        return longest * random.uniform(0.5, 1.0)

    async def _sleep(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)

    async def _unless_stopped(self, work: Awaitable[_T]) -> _T | None:
        """The result of `work`; None if it was cancelled because of `stop`."""
        task, stopped = asyncio.ensure_future(work), asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            task.cancel()
            stopped.cancel()
            await asyncio.gather(task, stopped, return_exceptions=True)
