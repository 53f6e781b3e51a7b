"""The server keeps Telegram's semantics, seen through a client library of its own."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable

import aiohttp
import pytest
import pytest_asyncio
from PIL import Image
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from tests.telegram_server import Fault, Media, TelegramServer

pytestmark = pytest.mark.asyncio
YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Ja", callback_data="p.0"), InlineKeyboardButton("Nein", url="https://e.de")]]
)


class Clock:
    now = 1_760_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(clock=Clock()) as server:
        yield server


def client(server: TelegramServer, token: str = "", read_timeout: float = 5) -> Bot:
    return Bot(
        token or server.token,
        base_url=server.url + "/bot",
        base_file_url=server.url + "/file/bot",
        request=HTTPXRequest(read_timeout=read_timeout),
        get_updates_request=HTTPXRequest(read_timeout=read_timeout),
    )


@pytest_asyncio.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with client(server) as bot:
        yield bot


async def refusal(call: Awaitable[object]) -> str:
    with pytest.raises(TelegramError) as caught:
        await call
    return str(caught.value)


async def raw(server: TelegramServer, method: str, **form: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/bot{server.token}/{method}", data=form) as answer,
    ):
        return answer.status


@pytest.fixture(autouse=True)
def no_deprecated_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


async def test_a_conversation_reads_as_a_transcript(server: TelegramServer, bot: Bot) -> None:
    anna = server.person("Anna")
    anna.says("/start ABC")
    update = (await bot.get_updates())[0]
    assert update.message and update.message.text == "/start ABC" and update.message.from_user
    assert update.message.from_user.language_code == "de"
    await bot.send_message(anna.id, "Wie steht <b>es</b>?", parse_mode="HTML", reply_markup=YES_NO)
    message = await anna.hears("Wie steht")
    tap = anna.taps("Ja")
    query = (await bot.get_updates(offset=update.update_id + 1))[0].callback_query
    assert query and query.data == "p.0"
    await bot.answer_callback_query(query.id, "Danke")
    assert await tap.is_answered() == "Danke"
    await bot.edit_message_text("Es läuft.", anna.id, message.id)
    assert (await anna.sees("Es läuft.")).edited
    anna.sends_voice()
    assert anna.transcript() == "> /start ABC\n< Es läuft.\n> [Ja]\n> (voice)"
    assert server.violations == []


async def test_what_does_not_fit_the_published_api_is_a_violation(server: TelegramServer) -> None:
    anna = server.person("Anna")
    anna.says("hallo")
    chat = str(anna.id)
    assert await raw(server, "sendMessage", chat_id=chat, text="a", colour="red") == 400
    assert await raw(server, "sendMessage", chat_id=chat) == 400
    assert await raw(server, "sendMessage", chat_id=chat, text="a", disable_notification="perhaps") == 400
    keyboard = '{"inline_keyboard": [[{"text": "a", "callback": "x"}]]}'
    assert await raw(server, "sendMessage", chat_id=chat, text="a", reply_markup=keyboard) == 400
    assert await raw(server, "getUpdates", allowed_updates="message") == 400
    assert await raw(server, "sendCake", chat_id=chat) == 404
    assert len(server.violations) == 6 and server.deliveries == []


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("getUpdates", {"limit": "0"}),
        ("getUpdates", {"timeout": "-1"}),
        ("getUpdates", {"allowed_updates": '["message", "messages"]'}),
        ("setWebhook", {"url": "https://example.org", "secret_token": "with spaces"}),
        ("setWebhook", {"url": "https://example.org", "max_connections": "101"}),
        ("setMyDescription", {"description": "a", "language_code": "de-DE"}),
        ("setMyCommands", {"commands": '[{"command": "a", "description": "a"}, {"command": "a", "description": "b"}]'}),
        ("sendMessage", {"chat_id": "1001", "text": "a", "parse_mode": "html5"}),
        ("sendMessage", {"chat_id": "1001", "text": "a", "parse_mode": "HTML", "entities": "[]"}),
        ("sendMessage", {"chat_id": "1001", "text": "a", "reply_markup": json.dumps({"inline_keyboard": [[]]})}),
        ("sendMessage", {"chat_id": "1001", "text": "a", "reply_markup": json.dumps({"inline_keyboard": [
            [{"text": "a", "callback_data": "a"}] * 9
        ]})}),
        ("sendChatAction", {"chat_id": "1001", "action": "thinking"}),
        ("editMessageText", {"text": "a"}),
    ],
)  # fmt: skip
async def test_neither_does_what_it_says_in_words(
    server: TelegramServer, method: str, arguments: dict[str, str]
) -> None:
    server.person("Anna").says("hallo")
    assert await raw(server, method, **arguments) == 400
    assert len(server.violations) == 1


async def test_a_photo_has_a_size(server: TelegramServer, bot: Bot) -> None:
    server.person("Anna").says("hallo")
    strip = io.BytesIO()
    Image.new("RGB", (2100, 100)).save(strip, "PNG")
    assert "2100 x 100" in await refusal(bot.send_photo(1001, strip.getvalue()))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a < b", "can't parse entities"),
        ("<b>a", "can't find end tag"),
        ("<b>a</i>", "unmatched end tag"),
        ("<font>a</font>", 'unsupported start tag "font"'),
        ("<b> </b>", "message text is empty"),
        ("<b>" + "a" * 4097 + "</b>", "message is too long"),
    ],
)
async def test_html_is_parsed(server: TelegramServer, bot: Bot, text: str, problem: str) -> None:
    server.person("Anna").says("hallo")
    assert problem in (await refusal(bot.send_message(1001, text, parse_mode="HTML"))).lower()
    assert server.violations


async def test_html_becomes_entities(server: TelegramServer, bot: Bot) -> None:
    server.person("Anna").says("hallo")
    html = ' <b>ä😀<i>b</i></b> &lt;&#39;&amp; <a href="https://e.de/?a=1&amp;b=2">c</a>'
    message = await bot.send_message(1001, html, parse_mode="HTML")
    assert message.text == "ä😀b <'& c"
    assert [(e.type, e.offset, e.length, e.url) for e in message.entities] == [
        ("bold", 0, 4, None),
        ("italic", 3, 1, None),
        ("text_link", 9, 1, "https://e.de/?a=1&b=2"),
    ]


async def test_buttons_have_a_label_one_action_and_short_data(server: TelegramServer, bot: Bot) -> None:
    server.person("Anna").says("hallo")
    for button in (
        InlineKeyboardButton("a", callback_data="x" * 65),
        InlineKeyboardButton(" ", callback_data="x"),
        InlineKeyboardButton("a"),
    ):
        with pytest.raises(BadRequest):
            await bot.send_message(1001, "a", reply_markup=InlineKeyboardMarkup([[button]]))


async def test_who_cannot_be_written_to(server: TelegramServer, bot: Bot) -> None:
    anna, group = server.person("Anna"), server.group("Runde")
    assert "Chat not found" in await refusal(bot.send_message(99, "a"))
    with pytest.raises(Forbidden, match="can't initiate"):
        await bot.send_message(anna.id, "a")
    anna.says("hallo")
    anna.blocks()
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(anna.id, "a")
    anna.returns()
    await bot.send_message(anna.id, "a")
    anna.vanishes()
    with pytest.raises(Forbidden, match="deactivated"):
        await bot.send_message(anna.id, "a")
    fresh = server.migrate(group, anna)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "a")
    assert moved.value.new_chat_id == fresh.id
    kinds = [update.my_chat_member is not None for update in await bot.get_updates()]
    assert kinds == [False, True, True, False, False]


async def test_edits_and_deletions(server: TelegramServer, bot: Bot) -> None:
    anna = server.person("Anna")
    theirs = anna.says("hallo")
    message = await bot.send_message(anna.id, "a", reply_markup=YES_NO)
    assert "not modified" in await refusal(bot.edit_message_text("a", anna.id, message.id, reply_markup=YES_NO))
    await bot.edit_message_text("a", anna.id, message.id)
    assert anna.newest.buttons == []
    assert "to edit not found" in await refusal(bot.edit_message_text("b", anna.id, 999))
    assert "can't be edited" in await refusal(bot.edit_message_text("b", anna.id, theirs.id))
    await bot.delete_message(anna.id, message.id)
    assert "to delete not found" in await refusal(bot.delete_message(anna.id, message.id))
    assert "replied not found" in await refusal(
        bot.send_message(anna.id, "b", reply_parameters=ReplyParameters(message.id))
    )
    assert server.violations == []


async def test_files(server: TelegramServer, bot: Bot) -> None:
    anna = server.person("Anna")
    anna.sends_document("liste.csv", b"a;b", caption="die Liste")
    document = (await bot.get_updates())[0].message.document  # type: ignore[union-attr]
    assert document
    assert await (await bot.get_file(document.file_id)).download_as_bytearray() == b"a;b"
    message = await bot.send_document(
        anna.id, b"%PDF", filename="karten.pdf", caption="<b>Karten</b>", parse_mode="HTML"
    )
    assert message.caption == "Karten" and anna.newest.media and anna.newest.media.content == b"%PDF"
    photo = await bot.send_photo(anna.id, b"\x89PNG", caption="Bild", reply_markup=YES_NO)
    assert "no text in the message" in await refusal(bot.edit_message_text("x", anna.id, photo.id))
    await bot.edit_message_caption(anna.id, photo.id, caption="neu")
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(anna.id, b"\x89PNG", caption="a" * 1025)
    assert anna.transcript().endswith("< (document karten.pdf) Karten\n< (photo) neu")


async def test_a_tap_is_answered_once_and_in_time(server: TelegramServer, bot: Bot) -> None:
    anna = server.person("Anna")
    anna.says("hallo")
    await bot.send_message(anna.id, "?", reply_markup=YES_NO)
    early, late = anna.taps("Ja"), anna.taps("Ja")
    await bot.answer_callback_query(early.id)
    for query in (early.id, "nonsense"):
        assert "Query is too old" in await refusal(bot.answer_callback_query(query))
    server.clock.now += 61  # type: ignore[attr-defined]
    assert "Query is too old" in await refusal(bot.answer_callback_query(late.id))
    with pytest.raises(AssertionError, match="no button"):
        anna.taps("Vielleicht")


async def test_updates_are_confirmed_by_offset(server: TelegramServer, bot: Bot) -> None:
    anna = server.person("Anna")
    for word in "abc":
        anna.says(word)
    first = await bot.get_updates(limit=2)
    assert [update.message.text for update in first if update.message] == ["a", "b"]
    assert first[1].update_id == first[0].update_id + 1
    assert len(await bot.get_updates()) == 3
    assert len(await bot.get_updates(offset=first[1].update_id)) == 2
    assert await bot.get_updates(offset=first[1].update_id + 2, timeout=0) == ()


async def test_allowed_updates_are_remembered(server: TelegramServer, bot: Bot) -> None:
    anna = server.person("Anna")
    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    message = anna.says("hallo")
    anna.blocks()
    anna.reacts(message, "👍")
    updates = await bot.get_updates()
    assert [update.message_reaction is not None for update in updates] == [False, True]


async def test_a_long_poll_ends_with_news_and_a_second_poller_ends_the_first(server: TelegramServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.updates.is_polled, 5, "no poll")
    async with client(server) as other:
        second = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(Conflict, match="other getUpdates"):
            await first
        server.person("Anna").says("hallo")
        assert len(await second) == 1


async def test_a_webhook_excludes_polling_and_gets_updates_until_they_are_accepted(
    server: TelegramServer, bot: Bot
) -> None:
    arrived: list[int] = []
    accepted = asyncio.Event()

    async def hook(request: aiohttp.web.Request) -> aiohttp.web.Response:
        arrived.append((await request.json())["update_id"])
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == "secret"
        if len(arrived) > 1:
            accepted.set()
        return aiohttp.web.Response(status=200 if len(arrived) > 1 else 500)

    app = aiohttp.web.Application()
    app.router.add_post("/hook", hook)
    runner = aiohttp.web.AppRunner(app)
    await runner.setup()
    site = aiohttp.web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="secret")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    server.person("Anna").says("hallo")
    await asyncio.wait_for(accepted.wait(), 5)
    assert arrived[0] == arrived[1]
    assert (await bot.get_webhook_info()).url.endswith("/hook")
    await bot.delete_webhook()
    await runner.cleanup()
    assert server.violations == []


async def test_tokens(server: TelegramServer) -> None:
    for token, words in (("1:wrong", "Unauthorized"), ("nonsense", "Not Found")):
        bot = client(server, token)
        with pytest.raises(InvalidToken, match="rejected|" + words):
            await bot.initialize()
        await bot.shutdown()


async def test_limits_put_the_whole_token_in_penalty(server: TelegramServer, bot: Bot) -> None:
    server.limits.strict = True
    people = [server.person(f"P{number}") for number in range(31)]
    for person in people:
        person.says("hallo")
    for person in people[:30]:
        await bot.send_message(person.id, "a")
    with pytest.raises(RetryAfter):
        await bot.send_message(people[30].id, "a")
    with pytest.raises(RetryAfter):
        await bot.get_me()
    server.clock.now += 5  # type: ignore[attr-defined]
    for _ in range(5):
        await bot.send_message(people[0].id, "b")
    with pytest.raises(RetryAfter):
        await bot.send_message(people[0].id, "b")
    group = server.group("Runde")
    server.limits.chat_burst = 100
    server.clock.now += 100  # type: ignore[attr-defined]
    for _ in range(20):
        await bot.send_message(group.id, "c")
    server.clock.now += 2  # type: ignore[attr-defined]
    with pytest.raises(RetryAfter):
        await bot.send_message(group.id, "c")
    assert server.limits.refused == 4


@pytest.mark.parametrize(
    ("fault", "error", "delivered"),
    [
        (Fault.ERROR_BEFORE, NetworkError, 0),
        (Fault.ERROR_AFTER, NetworkError, 1),
        (Fault.CUT_BEFORE, NetworkError, 0),
        (Fault.CUT_AFTER, NetworkError, 1),
        (Fault.HANG, TimedOut, 0),
        (Fault.SLOW, TimedOut, 1),
        (Fault.HALF, TelegramError, 1),
        (Fault.HTML, NetworkError, 0),
        (Fault.TOO_MANY, RetryAfter, 0),
    ],
)
async def test_faults(server: TelegramServer, fault: Fault, error: type[Exception], delivered: int) -> None:
    anna = server.person("Anna")
    anna.says("hallo")
    server.fail(fault, "sendMessage", seconds=3)
    async with client(server, read_timeout=0.2) as bot:
        with pytest.raises(error):
            await bot.send_message(anna.id, "a")
        assert len(server.deliveries) == delivered
        await bot.send_message(anna.id, "a")
    assert server.duplicates() == [(anna.id, "a")] * delivered


async def test_menus_and_descriptions(server: TelegramServer, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("status", "Mein Stand")], language_code="de")
    await bot.set_my_description("Worthalten")
    await bot.set_my_short_description("Wort")
    assert server.commands["default", 0, "de"] == [{"command": "status", "description": "Mein Stand"}]
    with pytest.raises(BadRequest, match=r"(?i)command_invalid"):
        await bot.set_my_commands([BotCommand("Ändern", "x")])


async def test_it_can_be_controlled_over_http(server: TelegramServer, bot: Bot) -> None:
    async with aiohttp.ClientSession(server.url + "/_control/") as control:
        await control.post("people", json={"name": "Anna"})
        await control.post("people/Anna/says", json={"text": "hallo"})
        await bot.send_message(1001, "Guten Tag", reply_markup=YES_NO)
        heard = await (await control.post("people/Anna/hears", json={"containing": "Guten"})).json()
        assert heard["buttons"] == ["Ja", "Nein"]
        assert (await control.post("people/Anna/taps", json={"label": "Ach"})).status == 409
        await control.post("faults", json={"fault": "error_before"})
        with pytest.raises(NetworkError):
            await bot.get_me()
        log = await (await control.get("log")).json()
        assert log["violations"] == [] and len(log["deliveries"]) == 1
        shown = await (await control.get("people/Anna")).json()
        assert shown["transcript"] == "> hallo\n< Guten Tag  [Ja] [Nein]"


async def test_odd_updates_can_be_handed_in(server: TelegramServer) -> None:
    server.push({"message": {"message_id": "seven"}})
    server.person("Anna").sends(Media("dice", {"emoji": "🎲", "value": 3}))
    async with aiohttp.ClientSession() as session:
        answer = await (await session.get(f"{server.url}/bot{server.token}/getUpdates")).json()
    assert len(answer["result"]) == 2
