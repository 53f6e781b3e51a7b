"""The server: state, people and the HTTP front."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.telegram_server.chats import Chat, Media, Message
from tests.telegram_server.control import control_routes
from tests.telegram_server.faults import Fault, Faults, Planned
from tests.telegram_server.front import Front
from tests.telegram_server.limits import Limits
from tests.telegram_server.log import Call, Delivery
from tests.telegram_server.people import Person
from tests.telegram_server.updates import Updates
from tests.telegram_server.webhook import Webhook


class TelegramServer:
    """One bot's Telegram. Start it with `async with`, or `start` and `stop`; it listens on the loopback interface.

    `clock` gives seconds since the epoch; dates, limits and `callback_lifetime` (seconds) go by it.
    """

    def __init__(
        self,
        token: str = "123456:TEST",
        username: str = "worthalten_bot",
        clock: Callable[[], float] = time.time,
        callback_lifetime: float = 60.0,
    ) -> None:
        self.token = token
        self.me: dict[str, Any] = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": "Worthalten",
            "username": username,
        }
        self.clock = clock
        self.callback_lifetime = callback_lifetime
        self.limits = Limits(clock)
        self.faults = Faults()
        self.updates = Updates()
        self.people: dict[str, Person] = {}
        self.chats: dict[int | str, Chat] = {}
        self.files: dict[str, tuple[dict[str, Any], str, bytes]] = {}
        self.queries: dict[str, float] = {}
        self.answers: dict[str, str] = {}
        """The notices that taps were answered with, by the query's id."""
        self.commands: dict[tuple[str, int | str, str], list[dict[str, str]]] = {}
        """The menus, by scope ("default", 0 or "chat", id) and language."""
        self.descriptions: dict[tuple[str, str], str] = {}
        self.violations: list[str] = []
        self.calls: list[Call] = []
        self.deliveries: list[Delivery] = []
        self.webhook = Webhook(self.updates)
        self.updates.changed = self.changed
        self.port = 0
        self._message_id = 0
        self._query_id = 4_000_000_000
        self._reactions: dict[tuple[int, int], str] = {}
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where it listens; what a bot takes for https://api.telegram.org."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self, port: int = 0) -> None:
        """Listen on `port`, or on any free one; after a `stop` on the same one as before."""
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.add_routes(Front(self).routes())
        app.add_routes(control_routes(self))
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.05, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port or self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening; open connections are cut. What happened is kept."""
        self.webhook.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def person(self, name: str, language: str = "de", username: str = "") -> Person:
        """The person of that name, made on the first call. Their ids begin at 1001."""
        if name not in self.people:
            self.people[name] = person = Person(self, 1001 + len(self.people), name, language, username)
            self.chats[person.id] = person.home
        return self.people[name]

    def group(self, name: str) -> Chat:
        """A new group that the bot is in."""
        group = Chat(-5000 - len(self.chats), "group", name)
        self.chats[group.id] = group
        return group

    def migrate(self, group: Chat, by: Person) -> Chat:
        """Let a group become a supergroup with a new id; both chats say so."""
        fresh = Chat(-1_000_000_000_000 + group.id, "supergroup", group.name)
        self.chats[fresh.id] = fresh
        group.moved_to = fresh.id
        for chat, kind, other in ((group, "migrate_to_chat_id", fresh), (fresh, "migrate_from_chat_id", group)):
            self.push({"message": self.add(chat, by.user, media=Media(kind, other.id)).as_json()})
        return fresh

    def fail(
        self,
        fault: Fault,
        method: str = "*",
        times: int = 1,
        status: int = 500,
        seconds: float = 1.0,
        share: float = 1.0,
    ) -> None:
        """Plan a fault; see `Planned`."""
        self.faults.plan(Planned(fault, method, times, status, seconds, share))

    def duplicates(self) -> list[tuple[int, str]]:
        """Chat and text of all that was sent more than once into a chat."""
        sent = Counter((item.chat_id, item.text) for item in self.deliveries if item.method.startswith("send"))
        return [key for key, count in sent.items() if count > 1]

    async def until(
        self, happened: Callable[[], bool], timeout: float, otherwise: str, who: Person | None = None
    ) -> None:
        """Wait until `happened()`, looked at after every change. Raises AssertionError after `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                while not happened():
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"{otherwise}\n{who.transcript() if who else ''}") from None

    def changed(self) -> None:
        """Wake whoever waits for something to happen."""
        self.webhook.wake()
        self._changed.set()
        self._changed = asyncio.Event()

    def push(self, update: dict[str, Any]) -> dict[str, Any] | None:
        """Hand the bot an update of the form `{kind: content}`, however odd; None if it did not ask for the kind."""
        return self.updates.push(update)

    def date(self) -> int:
        """Now, as the Bot API writes it."""
        return int(self.clock())

    def add(
        self,
        chat: Chat,
        sender: dict[str, Any],
        text: str = "",
        entities: list[dict[str, Any]] | None = None,
        markup: dict[str, Any] | None = None,
        media: Media | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Write a message into a chat."""
        self._message_id += 1
        message = Message(self._message_id, chat, sender, self.date(), text, entities or [], markup, media, reply_to)
        chat.messages.append(message)
        chat.events.append(message)
        return message

    def delivered(self, method: str, message: Message) -> None:
        """Note what reached a chat."""
        self.deliveries.append(Delivery(method, message.chat.id, message.id, message.text, self.clock()))

    def store(self, content: bytes, name: str) -> dict[str, Any]:
        """Keep a file for `getFile`; what the Bot API says of it."""
        number = len(self.files) + 1
        file = {"file_id": f"file{number}", "file_unique_id": f"unique{number}", "file_size": len(content)}
        self.files[f"file{number}"] = (file, f"files/{number}_{name}", content)
        return dict(file)

    def new_query(self) -> str:
        """The id of a new callback query, to be answered within its lifetime."""
        self._query_id += 1
        self.queries[str(self._query_id)] = self.clock()
        return str(self._query_id)

    def react(self, message: Message, person_id: int, emoji: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
        """Set somebody's reaction; what it was and what it is, as the Bot API writes it."""
        before = self._reactions.get((message.id, person_id), "")
        self._reactions[message.id, person_id] = emoji
        return _reaction(before), _reaction(emoji)

    def membership(self, status: str) -> dict[str, Any]:
        """The bot as a ChatMember."""
        return {"status": status, "user": self.me} | ({"until_date": 0} if status == "kicked" else {})


def _reaction(emoji: str) -> list[dict[str, str]]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []
