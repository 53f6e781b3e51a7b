"""A message in and its answer out in encrypted rooms, through the whole bot, against matrix-nio echoing what it hears.

All talk to the same homeserver (Synapse, a process of its own without rate limits). Twenty people, each with encrypted
rooms of their own, write `!status` and `!hilfe` before a bot starts, and put their phones away; the time runs from the
bot's start until the homeserver has taken the last answer.

Ours commits each message with its answer, and leases and settles each row on disk; at its start it also looks after its
keys and invitations. The two baselines keep nothing but nio's own key store: one answers inside its callback, as nio's
examples do, the other up to ten at a time. The faster of the two counts.
"""

import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from time import perf_counter
from typing import Any

import structlog
from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, RoomMessageText, RoomSendResponse
from sqlalchemy import text

from adapters import wiring
from adapters.matrix import MatrixChannel, Session, listen
from benchmarks.databases import filled
from benchmarks.figures import Figure
from bot.ports import Delivery, Gone, Outgoing
from bot.service.installation import Installation
from scheduler.database import Database
from scheduler.ownership import Ownership
from scheduler.runner import Intake, Line, Runner
from tests.homeserver import PASSWORD, Homeserver, Person

PEOPLE = 20
WORDS = ("!status", "!hilfe", "!status", "!hilfe", "!status", "!hilfe")
MESSAGES = PEOPLE * len(WORDS)
ROUNDS = 3
AT_ONCE = 10
UNPACED = 1_000_000.0


class Count:
    """Counts answers; `all` is set with the last of `expected`."""

    def __init__(self, expected: int) -> None:
        self.all = asyncio.Event()
        self._left = expected

    def one(self) -> None:
        """One more has arrived."""
        self._left -= 1
        if self._left == 0:
            self.all.set()


EchoBot = Callable[[Count], Awaitable[None]]
"""Talks to the homeserver until everything is answered."""


def main() -> None:
    """Measure and print."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    for name in ("nio", "peewee", "apscheduler"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as directory:
        times = asyncio.run(_measured(Path(directory)))
    best = {name: min(found) for name, found in times.items()}
    ours = best.pop("ours")
    name, theirs = min(best.items(), key=lambda pair: pair[1])
    each = ", ".join(f"{key} {MESSAGES / took:.0f}" for key, took in {"ours": ours, **best}.items())
    Figure(
        "encrypted_echo", theirs / ours, 0.5,
        f"Against the {name}. Messages a second: {each}; the best of {ROUNDS} rounds of {MESSAGES}.", most=False,
    ).print()  # fmt: skip


async def _measured(directory: Path) -> dict[str, list[float]]:
    """Seconds for all messages, of each bot in each round."""
    async with Homeserver() as homeserver:
        people = [await homeserver.person(f"person{number}") for number in range(PEOPLE)]
        bots: dict[str, EchoBot] = {}
        rooms: dict[str, list[str]] = {}
        for name, kind in (("ours", Worthalten), ("nio", Nio), ("nio, ten at a time", ConcurrentNio)):
            user = await homeserver.register("bot")
            bot = kind(homeserver, user, directory / user[1:5], people)
            rooms[name] = await _meet(bot, user, people)
            bots[name] = bot
        times: dict[str, list[float]] = {name: [] for name in bots}
        for number in range(ROUNDS + 1):
            for name, bot in bots.items():
                await asyncio.gather(*map(_writes, people, rooms[name]))
                async with AsyncExitStack() as phones:
                    for person in people:
                        await phones.enter_async_context(person.away())
                    count, began = Count(MESSAGES), perf_counter()
                    running = asyncio.ensure_future(bot(count))
                    ended = asyncio.create_task(count.all.wait())
                    await asyncio.wait({running, ended}, return_when=asyncio.FIRST_COMPLETED)
                    if number:  # the first warms up
                        times[name].append(perf_counter() - began)
                    await running
        return times


async def _meet(bot: "Worthalten | Nio", user: str, people: list[Person]) -> list[str]:
    """Everybody opens a room with the bot and gets a first answer; gives the rooms."""
    count = Count((bot.greetings + 2) * len(people))
    running = asyncio.ensure_future(bot(count))
    rooms = [await person.invites(user) for person in people]
    for person in people:
        await person.says("!status")
        await person.says("!hilfe")
    await count.all.wait()
    await running
    return rooms


async def _writes(person: Person, room: str) -> None:
    for word in WORDS:
        await person.says(word, room=room)


class CountingChannel(MatrixChannel):
    """The channel as it is, but that it counts what has arrived."""

    def __init__(self, session: Session, count: Count) -> None:
        super().__init__(session, per_second=UNPACED)
        self._count = count

    async def send(self, message: Outgoing) -> Delivery:
        """As in the channel."""
        delivery = await super().send(message)
        self._count.one()
        return delivery


class Worthalten:
    """The whole bot, which knows all these people as makers of a pledge."""

    greetings = 1
    """How many messages somebody gets who opens a room."""

    def __init__(self, homeserver: Homeserver, user: str, directory: Path, people: list[Person]) -> None:
        self._url, self._user, self._directory = homeserver.url, user, directory
        self._stored = filled(PEOPLE).copy("encrypted_echo")
        engine = self._stored.engine()
        with engine.begin() as tx:
            for number, person in enumerate(people, 1):
                moved = "UPDATE accounts SET channel = 'matrix', address = :user, user = :user WHERE id = :id"
                tx.execute(text(moved), {"user": person.user, "id": number})
        engine.dispose()

    async def __call__(self, count: Count) -> None:
        runner = self._runner(self._stored.installation(), count)
        running = asyncio.create_task(runner.run())
        await count.all.wait()
        runner.stopping.set()
        await running

    def _runner(self, installed: Installation, count: Count) -> Runner:
        session = Session("matrix", self._url, self._user, PASSWORD, self._directory)
        channel = CountingChannel(session, count)

        async def listening(intake: Intake, stop: asyncio.Event) -> Gone | None:
            return await listen(session, intake.receive, stop, intake.position, intake.move_on)

        line = Line(channel, listening, channel.close)
        return wiring.assemble(installed, [line], Ownership(installed.engine), Database())


class Nio:
    """matrix-nio as in its examples: its sync loop, and an answer from inside the callback."""

    greetings = 0

    def __init__(self, homeserver: Homeserver, user: str, directory: Path, people: list[Person]) -> None:
        directory.mkdir()
        self._url, self._user, self._directory = homeserver.url, user, directory
        self._login: tuple[str, str, str] | None = None
        self._position: str | None = None
        self._count = Count(0)

    async def __call__(self, count: Count) -> None:
        self._count = count
        config = AsyncClientConfig(store_sync_tokens=False, encryption_enabled=True)
        self._client = client = AsyncClient(self._url, self._user, store_path=str(self._directory), config=config)
        if self._login:
            client.restore_login(*self._login)
        else:
            await client.login(PASSWORD)
            self._login = (client.user_id, client.device_id, client.access_token)
        client.add_event_callback(self._invited, InviteMemberEvent)
        client.add_event_callback(self._heard, RoomMessageText)
        syncing = asyncio.create_task(client.sync_forever(30_000, since=self._position, full_state=True))
        await count.all.wait()
        syncing.cancel()
        with suppress(asyncio.CancelledError):
            await syncing
        client.event_callbacks.clear()
        await client.sync(0, since=client.next_batch)
        self._position = client.next_batch
        await client.close()

    async def _invited(self, room: Any, event: InviteMemberEvent) -> None:
        if event.state_key == self._user and event.membership == "invite":
            await self._client.join(room.room_id)

    async def _heard(self, room: Any, event: RoomMessageText) -> None:
        if event.sender != self._user:
            await self._answer(room.room_id, event.body)

    async def _answer(self, room: str, body: str) -> None:
        content = {"msgtype": "m.text", "body": body}
        answer = await self._client.room_send(room, "m.room.message", content, ignore_unverified_devices=True)
        assert isinstance(answer, RoomSendResponse), answer
        self._count.one()


class ConcurrentNio(Nio):
    """The same, answering up to ten at a time."""

    def __init__(self, homeserver: Homeserver, user: str, directory: Path, people: list[Person]) -> None:
        super().__init__(homeserver, user, directory, people)
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._answers: set[asyncio.Task[None]] = set()

    async def _heard(self, room: Any, event: RoomMessageText) -> None:
        if event.sender != self._user:
            task = asyncio.create_task(self._in_turn(room.room_id, event.body))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _in_turn(self, room: str, body: str) -> None:
        async with self._turns:
            await self._answer(room, body)


if __name__ == "__main__":
    main()
