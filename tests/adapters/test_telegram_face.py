"""What people see of the bot before they write to it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from adapters.telegram import TelegramChannel
from adapters.telegram.face import show, show_menu
from bot.dialogue.commands import BY_NAME
from bot.dialogue.menu import face, team_menu
from bot.domain.roles import Right
from bot.ports import Gone, RetryAfter, Sent
from bot.texts import LANGUAGES, speaker
from tests.telegram_server import Fault, TelegramServer

pytestmark = pytest.mark.asyncio
FACES = {"": face(speaker("en")), "de": face(speaker("de"))}


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server
    assert server.violations == []


@pytest_asyncio.fixture
async def channel(server: TelegramServer) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel("telegram", server.token, server.url)
    yield channel
    await channel.close()


def changes(server: TelegramServer) -> int:
    return sum(call.method.startswith("setMy") for call in server.calls)


async def test_it_is_shown_by_language_and_not_set_again(channel: TelegramChannel, server: TelegramServer) -> None:
    assert await show(channel, FACES) == Sent()
    menu = server.commands["default", 0, "de"]
    assert menu[0] == {"command": "update", "description": "Sagen, was es Neues gibt"}
    assert len(menu) == 6
    assert server.commands["default", 0, ""][2]["command"] == "new"
    assert "/datenschutz" in server.descriptions["description", "de"]
    assert "/privacy" in server.descriptions["short_description", ""]
    before = changes(server)
    assert await show(channel, FACES) == Sent()
    assert changes(server) == before == 6
    server.descriptions["short_description", "de"] = "somebody wrote this at @BotFather"
    await show(channel, FACES)
    assert changes(server) == before + 1


async def test_a_chat_can_have_a_menu_of_its_own(channel: TelegramChannel, server: TelegramServer) -> None:
    lisa = server.person("Lisa")
    lisa.says("/start")
    assert await show_menu(channel, {"": [("offen", "Wer fehlt")]}, str(lisa.id)) == Sent()
    assert server.commands["chat", lisa.id, ""] == [{"command": "offen", "description": "Wer fehlt"}]


async def test_what_goes_wrong_is_told(channel: TelegramChannel, server: TelegramServer) -> None:
    server.fail(Fault.TOO_MANY, "setMyCommands", seconds=600)
    assert await show(channel, FACES) == RetryAfter(600, "Telegram asks for a pause (429)", whole_channel=True)
    server.token = "1:OTHER"
    assert isinstance(await show(channel, FACES), Gone)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_fits_and_the_commands_exist(language: str) -> None:
    shown = face(speaker(language))
    assert len(shown.description) <= 512 and len(shown.short) <= 120
    for name, does in (*shown.menu, *team_menu(speaker(language), set(Right))):
        assert name in BY_NAME and len(does) <= 256
