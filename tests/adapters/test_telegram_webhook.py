"""Updates by webhook: answered after the commit, checked for their secret, and no change of mode loses one."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from adapters.telegram import Pace, TelegramChannel, Timeouts, poll, serve
from adapters.web import SECRET_HEADER, Doors
from adapters.web import serve as serve_web
from bot.config import Http
from bot.dialogue.message import Incoming
from bot.ports import Gone
from tests.telegram_server import Fault, TelegramServer

pytestmark = pytest.mark.asyncio
QUICK = Pace(wait=20, first_pause=0.01, longest_pause=0.02, conflict_pause=0.01, look=0.05)


@dataclass(frozen=True)
class Done:
    notice: str = ""


class Well:
    ok = True

    async def health(self) -> Mapping[str, Any]:
        return {"ok": self.ok}

    async def figures(self) -> bytes:
        return b"worthalten_database_up 1.0\n"


class Inbox:
    """Commits what comes in; while `broken` is set it fails."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self.texts: list[str] = []
        self.broken = False

    async def receive(self, incoming: Incoming) -> Done:
        if self.broken:
            raise OSError("disk full")
        self.texts.append(incoming.text)
        self._server.changed()
        return Done("notiert")

    async def has(self, *texts: str) -> None:
        await self._server.until(lambda: self.texts == list(texts), 10, f"only {self.texts}")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server
    assert server.violations == []
    assert not any("drop_pending_updates" in call.arguments for call in server.calls)


@dataclass
class House:
    """The web server of a bot, and the doors in it."""

    doors: Doors
    url: str
    well: Well

    async def is_open(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.get(f"{self.url}/health"):
                        return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.01)


@pytest_asyncio.fixture
async def house() -> AsyncIterator[House]:
    url = f"http://127.0.0.1:{free_port()}"
    http = Http(listen=url.removeprefix("http://"), public_url=url)
    doors, well, stop = Doors(http), Well(), asyncio.Event()
    task = asyncio.create_task(serve_web(http, doors, well, stop))
    house = House(doors, url, well)
    await house.is_open()
    yield house
    stop.set()
    await task


@asynccontextmanager
async def listening(server: TelegramServer, inbox: Inbox, house: House | None) -> AsyncIterator[TelegramChannel]:
    """By webhook where there is a house, else by polling."""
    channel = TelegramChannel("telegram", server.token, server.url, Timeouts(read=0.3))
    stop = asyncio.Event()
    work = (
        serve(channel, house.doors.open, inbox.receive, stop, QUICK)
        if house
        else poll(channel, inbox.receive, stop, QUICK)
    )
    task = asyncio.create_task(work)
    yield channel
    stop.set()
    assert await asyncio.wait_for(task, 10) is None
    await channel.close()


async def test_updates_are_confirmed_after_the_commit(server: TelegramServer, house: House) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    inbox.broken = True
    anna.says("a")
    async with listening(server, inbox, house):
        with capture_logs() as logs:
            await server.until(lambda: "503" in server.webhook.info().get("last_error_message", ""), 5, "was accepted")
        assert "OSError" in str(logs) and len(server.updates.pending) == 1
        inbox.broken = False
        await inbox.has("a")
        anna.says("b")
        await inbox.has("a", "b")
        await server.until(lambda: not server.updates.pending, 5, "not confirmed")
        markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "p.0"}]]}
        server.add(anna.home, server.me, "?", markup=markup)
        assert await anna.taps("Ja").is_answered() == "notiert"


async def test_without_the_secret_nothing_comes_in(server: TelegramServer, house: House) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    async with listening(server, inbox, house) as channel:
        anna.says("a")
        await inbox.has("a")
        secret = str(server.webhook._arguments["secret_token"])
        assert channel.client.token.split(":")[1] not in secret
        update = {"update_id": 1, "message": "nonsense"}
        calls: list[tuple[str, dict[str, str], Any, int]] = [
            ("telegram", {}, update, 403),
            ("telegram", {SECRET_HEADER: "ä"}, update, 403),
            ("another", {SECRET_HEADER: secret}, update, 503),
            ("telegram", {SECRET_HEADER: secret}, [1], 400),
            ("telegram", {SECRET_HEADER: secret}, update, 200),
        ]
        async with aiohttp.ClientSession() as session:
            for name, headers, body, status in calls:
                async with session.post(f"{house.url}/telegram/{name}", json=body, headers=headers) as answer:
                    assert answer.status == status
            async with session.post(
                f"{house.url}/telegram/telegram", data="{", headers={SECRET_HEADER: secret}
            ) as answer:
                assert answer.status == 400
    assert inbox.texts == ["a"]


async def test_changing_between_polling_and_webhook_loses_nothing(server: TelegramServer, house: House) -> None:
    inbox, anna, said = Inbox(server), server.person("Anna"), []
    for turn in range(4):
        said += [f"away {turn}", f"here {turn}"]
        anna.says(f"away {turn}")  # while nobody listens
        async with listening(server, inbox, house if turn % 2 else None):
            anna.says(f"here {turn}")
            await inbox.has(*said)
            await server.until(lambda: not server.updates.pending, 5, "not confirmed")


async def test_another_program_that_takes_the_messages_is_named(server: TelegramServer, house: House) -> None:
    inbox = Inbox(server)
    async with listening(server, inbox, house):
        await server.until(lambda: server.webhook.url.startswith(house.url), 5, "not set")
        with capture_logs() as logs:
            server.webhook.set({"url": "http://127.0.0.1:9/"})
            await server.until(lambda: server.webhook.url.startswith(house.url), 5, "not fetched back")
        assert "Another program had taken this bot's messages over" in str(logs)
        server.webhook.delete({})
        await server.until(lambda: server.webhook.url.startswith(house.url), 5, "not set again")
        assert sum(call.method == "setWebhook" for call in server.calls) == 3


@pytest.mark.parametrize("fault", [Fault.ERROR_BEFORE, Fault.CUT_AFTER, Fault.HTML, Fault.TOO_MANY])
async def test_faults_are_waited_out(server: TelegramServer, house: House, fault: Fault) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    for method in ("getMe", "getWebhookInfo", "setWebhook"):
        server.fail(fault, method, seconds=1)
    anna.says("a")
    async with listening(server, inbox, house):
        await inbox.has("a")


async def test_a_token_that_is_not_accepted_ends_it(server: TelegramServer, house: House) -> None:
    channel = TelegramChannel("telegram", "1:revoked", server.url)
    ended = await serve(channel, house.doors.open, Inbox(server).receive, asyncio.Event(), QUICK)
    assert isinstance(ended, Gone)
    await channel.close()


async def test_health_and_metrics(house: House) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{house.url}/health") as answer:
            assert (answer.status, await answer.json()) == (200, {"ok": True})
        house.well.ok = False
        async with session.get(f"{house.url}/health") as answer:
            assert answer.status == 503
        async with session.get(f"{house.url}/metrics") as answer:
            assert await answer.text() == "worthalten_database_up 1.0\n"
            assert answer.content_type == "text/plain"


async def test_a_port_that_is_taken_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.web.BIND_AGAIN", 0.01)
    stop = asyncio.Event()
    with socket.socket() as taken, capture_logs() as logs:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        http = Http(listen=f"127.0.0.1:{port}")
        task = asyncio.create_task(serve_web(http, Doors(http), Well(), stop))
        while not logs:
            await asyncio.sleep(0)
    await House(Doors(http), f"http://127.0.0.1:{port}", Well()).is_open()
    stop.set()
    await task
    assert [log["event"] for log in logs] == ["Nothing can be served here; another program may have the port."]
