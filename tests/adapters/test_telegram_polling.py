"""The polling loop: in order, nothing lost, nothing confirmed before it is committed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from adapters.telegram import Pace, TelegramChannel, Timeouts, poll
from bot.dialogue.message import Incoming, Kind
from bot.ports import Gone
from tests.telegram_server import Fault, TelegramServer

pytestmark = pytest.mark.asyncio
QUICK = Pace(wait=20, first_pause=0.01, longest_pause=0.02, conflict_pause=0.01)


@dataclass(frozen=True)
class Done:
    notice: str = ""


class Inbox:
    """Commits what comes in; `refuses` says for which texts it fails, and how often. Until what failed comes again,
    nothing after it is committed."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self.texts: list[str] = []
        self.kinds: list[Kind] = []
        self.unconfirmed: list[int] = []
        self.refuses: dict[str, int] = {}
        self._to_come_again = ""

    async def receive(self, incoming: Incoming) -> Done:
        if self._to_come_again not in ("", incoming.update_id):
            raise OSError("disk full")
        if self.refuses.get(incoming.text, 0):
            self.refuses[incoming.text] -= 1
            self._to_come_again = incoming.update_id
            raise OSError("disk full")
        self._to_come_again = ""
        self.texts.append(incoming.text)
        self.kinds.append(incoming.kind)
        self.unconfirmed.append(len(self._server.updates.pending))
        self._server.changed()
        return Done(notice=f"notiert: {incoming.tap.choice}" if incoming.tap else "")

    async def has(self, count: int) -> None:
        await self._server.until(lambda: len(self.texts) >= count, 10, f"only {self.texts}")


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server
    assert server.violations == []


@asynccontextmanager
async def polling(server: TelegramServer, inbox: Inbox, pace: Pace = QUICK) -> AsyncIterator[asyncio.Event]:
    channel = TelegramChannel("telegram", server.token, server.url, Timeouts(read=0.3))
    stop = asyncio.Event()
    task = asyncio.create_task(poll(channel, inbox.receive, stop, pace))
    yield stop
    stop.set()
    assert await asyncio.wait_for(task, 10) is None
    await channel.close()


def nothing_pending(server: TelegramServer) -> Callable[[], bool]:
    return lambda: not server.updates.pending and server.updates.is_polled


async def test_updates_come_in_order_and_are_confirmed_only_then(server: TelegramServer) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    for word in "abc":
        anna.says(word)
    async with polling(server, inbox):
        await inbox.has(3)
        await server.until(nothing_pending(server), 5, "not confirmed")
        anna.says("d")
        await inbox.has(4)
    assert inbox.texts == ["a", "b", "c", "d"]
    assert inbox.unconfirmed == [3, 3, 3, 1]


async def test_a_waiting_poll_ends_at_once(server: TelegramServer) -> None:
    async with polling(server, Inbox(server)) as stop:
        await server.until(nothing_pending(server), 5, "not polling")
        stop.set()


async def test_taps_are_acknowledged_with_their_notice(server: TelegramServer) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    anna.says("hallo")
    markup = {"inline_keyboard": [[{"text": "Läuft", "callback_data": "p7.1"}]]}
    message = server.add(anna.home, server.me, "Wie steht es?", markup=markup)
    async with polling(server, inbox):
        assert await anna.taps("Läuft").is_answered() == "notiert: 1"
        assert await anna.taps_data(message, "nonsense").is_answered() == ""


async def test_a_failing_acknowledgement_stops_nothing(server: TelegramServer) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    server.add(anna.home, server.me, "?", markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "p.0"}]]})
    anna.taps("Ja")
    server.queries.clear()
    anna.says("weiter")
    async with polling(server, inbox):
        await inbox.has(2)


@pytest.mark.parametrize(
    "fault", [Fault.ERROR_BEFORE, Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.HALF, Fault.HTML, Fault.TOO_MANY]
)
async def test_faults_lose_and_double_nothing(server: TelegramServer, fault: Fault) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    for method in ("getMe", "deleteWebhook", "getUpdates"):
        server.fail(fault, method, seconds=1)
    anna.says("a")
    async with polling(server, inbox):
        await inbox.has(1)
        anna.says("b")
        await inbox.has(2)
    assert inbox.texts == ["a", "b"]


async def test_an_outage_is_waited_out(server: TelegramServer) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    async with polling(server, inbox):
        anna.says("a")
        await inbox.has(1)
        with capture_logs() as logs:
            await server.stop()
            anna.says("b")
            while not logs:
                await asyncio.sleep(0)
        await server.start()
        await inbox.has(2)
    assert inbox.texts[-1] == "b"


async def test_what_could_not_be_stored_comes_again_in_order(server: TelegramServer) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    inbox.refuses = {"b": 2}
    with capture_logs() as logs:
        for word in "abc":
            anna.says(word)
        async with polling(server, inbox):
            await inbox.has(3)
    assert inbox.texts == ["a", "b", "c"]
    assert [log["problem"] for log in logs if log["log_level"] == "error"] == ["OSError", "OSError"]


async def test_ids_may_start_again_lower(server: TelegramServer) -> None:
    inbox, anna = Inbox(server), server.person("Anna")

    def offset_dropped() -> bool:
        polls = [call.arguments for call in server.calls if call.method == "getUpdates"]
        return any("offset" in arguments for arguments in polls) and "offset" not in polls[-1]

    async with polling(server, inbox, Pace(wait=0, first_pause=0.01)):
        anna.says("a")
        await inbox.has(1)
        await server.until(offset_dropped, 5, "the offset is kept")
        server.updates.skip_ids(-5000)
        anna.says("b")
        await inbox.has(2)


async def test_odd_updates_do_not_block_the_next(server: TelegramServer) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    server.push({"message": {"chat": {"id": 1001}, "from": {"id": 1001}}})
    server.push({"message": "nonsense"})
    anna.says("a")
    async with polling(server, inbox):
        await inbox.has(2)
    assert inbox.kinds == [Kind.OTHER, Kind.TEXT]


async def test_another_poller_is_waited_for_and_named(server: TelegramServer) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    with capture_logs() as logs:
        async with polling(server, inbox):
            await server.until(nothing_pending(server), 5, "not polling")
            await server.updates.poll()
            await server.until(lambda: server.calls[-1].status == 409, 5, "no conflict")
            anna.says("a")
            await inbox.has(1)
    assert any("Another program receives this bot's messages" in log["event"] for log in logs)


async def test_a_webhook_is_removed_and_one_set_later_is_named(server: TelegramServer) -> None:
    inbox, anna = Inbox(server), server.person("Anna")
    server.webhook.set({"url": "http://127.0.0.1:9/"})
    async with polling(server, inbox):
        anna.says("a")
        await inbox.has(1)
        server.webhook.set({"url": "http://127.0.0.1:9/"})
        anna.says("b")
        await server.until(lambda: server.calls[-1].status == 409, 5, "no conflict")
        server.webhook.delete({})
        await inbox.has(2)


@pytest.mark.parametrize("token", ["1:revoked", "nonsense"])
async def test_a_token_that_is_not_accepted_ends_it(server: TelegramServer, token: str) -> None:
    channel = TelegramChannel("telegram", token, server.url)
    with capture_logs() as logs:
        ended = await poll(channel, Inbox(server).receive, asyncio.Event(), QUICK)
    assert isinstance(ended, Gone)
    assert "token" in ended.reason and token not in str(logs)
    await channel.close()


async def test_revoked_in_the_middle(server: TelegramServer) -> None:
    channel = TelegramChannel("telegram", server.token, server.url)
    task = asyncio.create_task(poll(channel, Inbox(server).receive, asyncio.Event(), QUICK))
    await server.until(nothing_pending(server), 5, "not polling")
    server.token = "123456:NEW"
    server.person("Anna").says("a")
    assert isinstance(await asyncio.wait_for(task, 5), Gone)
    await channel.close()
