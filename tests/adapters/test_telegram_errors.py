"""What a failed call means for a delivery: every row of what was measured of Telegram, against the strict server."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from adapters.telegram import TelegramChannel, Timeouts
from bot.ports import Delivery, Failed, Gone, Moved, Outgoing, RetryAfter, Sent, Uncertain, Unreachable
from tests.telegram_server import Fault, Person, TelegramServer

pytestmark = pytest.mark.asyncio
QUICK = Timeouts(connect=2, read=0.2, write=2, upload=2, pool=0.05)


def channel_of(server: TelegramServer, token: str = "", connections: int = 10) -> TelegramChannel:
    return TelegramChannel("telegram", token or server.token, server.url, QUICK, connections)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest_asyncio.fixture
async def channel(server: TelegramServer) -> AsyncIterator[TelegramChannel]:
    channel = channel_of(server)
    yield channel
    await channel.close()


@pytest.fixture
def anna(server: TelegramServer) -> Person:
    anna = server.person("Anna")
    anna.says("/start")
    return anna


async def send(channel: TelegramChannel, to: int, text: str = "Wie steht es?") -> Delivery:
    return await channel.send(Outgoing("key", str(to), text))


async def test_429_holds_the_whole_channel(server: TelegramServer, channel: TelegramChannel, anna: Person) -> None:
    server.fail(Fault.TOO_MANY, seconds=7)
    delivery = await send(channel, anna.id)
    assert isinstance(delivery, RetryAfter) and delivery.seconds == 7 and delivery.whole_channel
    assert server.deliveries == []


async def test_no_free_connection_of_our_own(server: TelegramServer, anna: Person) -> None:
    channel = channel_of(server, connections=1)
    server.fail(Fault.HANG)
    hanging = asyncio.create_task(send(channel, anna.id))
    await server.until(lambda: server.faults.pending == 0, 5, "nothing hangs")
    delivery = await send(channel, anna.id)
    assert isinstance(delivery, RetryAfter) and not delivery.whole_channel
    await hanging
    await channel.close()


async def test_connection_refused(server: TelegramServer, channel: TelegramChannel, anna: Person) -> None:
    await server.stop()
    delivery = await send(channel, anna.id)
    assert isinstance(delivery, RetryAfter) and delivery.whole_channel


async def test_a_server_that_cannot_be_trusted(server: TelegramServer, anna: Person) -> None:
    channel = TelegramChannel("telegram", server.token, server.url.replace("http:", "https:"), QUICK)
    delivery = await send(channel, anna.id)
    assert isinstance(delivery, RetryAfter) and delivery.whole_channel
    await channel.close()


@pytest.mark.parametrize("status", [502, 504])
@pytest.mark.parametrize("fault", [Fault.ERROR_BEFORE, Fault.HTML])
async def test_a_gateway_without_a_backend(
    server: TelegramServer, channel: TelegramChannel, anna: Person, fault: Fault, status: int
) -> None:
    server.fail(fault, status=status)
    delivery = await send(channel, anna.id)
    assert isinstance(delivery, RetryAfter) and delivery.whole_channel
    assert server.deliveries == []


@pytest.mark.parametrize(
    ("fault", "delivered"),
    [
        (Fault.CUT_BEFORE, 0),
        (Fault.CUT_AFTER, 1),
        (Fault.ERROR_BEFORE, 0),
        (Fault.ERROR_AFTER, 1),
        (Fault.SLOW, 1),
        (Fault.HANG, 0),
        (Fault.HALF, 1),
    ],
)
async def test_lost_on_the_way(
    server: TelegramServer, channel: TelegramChannel, anna: Person, fault: Fault, delivered: int
) -> None:
    server.fail(fault, seconds=30)
    assert isinstance(await send(channel, anna.id), Uncertain)
    assert len(server.deliveries) == delivered


async def test_a_web_page_instead_of_an_answer(server: TelegramServer, channel: TelegramChannel, anna: Person) -> None:
    for status in (200, 403, 500, 503):
        server.fail(Fault.HTML, status=status)
        delivery = await send(channel, anna.id)
        assert isinstance(delivery, RetryAfter) and delivery.whole_channel
    assert server.deliveries == []


async def test_blocked_deactivated_or_never_written_to(
    server: TelegramServer, channel: TelegramChannel, anna: Person
) -> None:
    assert isinstance(await send(channel, server.person("Bernd").id), Unreachable)
    anna.blocks()
    assert await send(channel, anna.id) == Unreachable("Forbidden: bot was blocked by the user")
    anna.returns()
    assert isinstance(await send(channel, anna.id), Sent)
    anna.vanishes()
    assert isinstance(await send(channel, anna.id), Unreachable)
    assert isinstance(await send(channel, 99), Unreachable)


async def test_a_group_that_moved(server: TelegramServer, channel: TelegramChannel, anna: Person) -> None:
    group = server.group("Runde")
    fresh = server.migrate(group, anna)
    assert await send(channel, group.id) == Moved(str(fresh.id))


@pytest.mark.parametrize("token", ["1:revoked", "nonsense"])
async def test_a_token_that_is_not_accepted(server: TelegramServer, anna: Person, token: str) -> None:
    channel = channel_of(server, token)
    delivery = await send(channel, anna.id)
    assert isinstance(delivery, Gone) and token not in delivery.reason
    await channel.close()


async def test_what_telegram_refuses(channel: TelegramChannel, anna: Person) -> None:
    assert isinstance(await send(channel, anna.id, ""), Failed)


async def test_an_edit_that_changes_nothing_is_done(channel: TelegramChannel, anna: Person) -> None:
    await send(channel, anna.id)
    message = Outgoing("key", str(anna.id), "Wie steht es?")
    assert isinstance(await channel.edit(message, str(anna.newest.id)), Sent)


async def test_an_edit_of_what_is_gone_or_not_ours_fails(channel: TelegramChannel, anna: Person) -> None:
    message = Outgoing("key", str(anna.id), "neu")
    assert isinstance(await channel.edit(message, "999"), Failed)
    assert isinstance(await channel.edit(message, str(anna.chat[0].id)), Failed)


async def test_what_is_gone_already_is_retracted(channel: TelegramChannel, anna: Person) -> None:
    assert isinstance(await channel.retract(str(anna.id), "999"), Sent)


async def test_no_text_and_no_token_in_a_log(
    server: TelegramServer, channel: TelegramChannel, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    await send(channel, anna.id, "sehr vertraulich")
    for fault in (Fault.HALF, Fault.ERROR_AFTER, Fault.CUT_AFTER):
        server.fail(fault)
        await send(channel, anna.id, "sehr vertraulich")
    assert "vertraulich" not in caplog.text and server.token not in caplog.text
