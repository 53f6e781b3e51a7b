"""A Telegram account as a channel: what people see of it."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from adapters.telegram import TelegramChannel, Timeouts
from adapters.telegram.reading import read
from bot.dialogue.message import Attachment, Choice, Kind
from bot.ports import Channel, Failed, Gone, Outgoing, RetryAfter, Sent, Uncertain
from tests.telegram_server import Fault, Person, TelegramServer
from tests.telegram_server.entities import utf16

pytestmark = pytest.mark.asyncio
CHOICES = (Choice("on_track", "Läuft"), Choice("stuck", "Hängt fest"))
PDF = Attachment("karten.pdf", "application/pdf", b"%PDF")
PNG = Attachment("bild.png", "image/png", b"\x89PNG")


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server
    assert server.violations == []


@pytest_asyncio.fixture
async def channel(server: TelegramServer) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel("telegram", server.token, server.url + "/", Timeouts(read=2))
    yield channel
    await channel.close()


@pytest.fixture
def anna(server: TelegramServer) -> Person:
    anna = server.person("Anna")
    anna.says("/start")
    return anna


def message(anna: Person, text: str, attachment: Attachment | None = None, quiet: bool = False) -> Outgoing:
    return Outgoing("key", str(anna.id), text, "p7", CHOICES, quiet, attachment)


async def test_a_prompt_is_sent_and_settled(channel: Channel, anna: Person, server: TelegramServer) -> None:
    sent = await channel.send(message(anna, "Wie steht es um <b>BER-042</b> &amp; Co?"))
    assert isinstance(sent, Sent)
    assert anna.transcript() == "> /start\n< Wie steht es um BER-042 & Co?  [Läuft] [Hängt fest]"
    assert [button.data for button in anna.newest.rows[0]] == ["p7.0", "p7.1"]
    assert anna.newest.entities[0]["type"] == "bold" and not anna.newest.quiet
    settled = Outgoing("key2", str(anna.id), "Wie steht es? Läuft.")
    assert await channel.edit(settled, sent.message_id) == sent
    assert anna.transcript() == "> /start\n< Wie steht es? Läuft."
    assert await channel.retract(str(anna.id), sent.message_id) == sent
    assert anna.transcript() == "> /start\n< (deleted)"


async def test_quiet_and_without_previews(channel: Channel, anna: Person, server: TelegramServer) -> None:
    await channel.send(message(anna, "https://example.org", quiet=True))
    assert anna.newest.quiet
    assert json.loads(server.calls[-1].arguments["link_preview_options"]) == {"is_disabled": True}


@pytest.mark.parametrize(("attachment", "shown"), [(PDF, "(document karten.pdf)"), (PNG, "(photo)")])
async def test_attachments(channel: Channel, anna: Person, attachment: Attachment, shown: str) -> None:
    sent = await channel.send(message(anna, "Ihre <i>Karten</i>", attachment))
    assert isinstance(sent, Sent)
    assert anna.transcript().endswith(f"< {shown} Ihre Karten  [Läuft] [Hängt fest]")
    assert await channel.edit(Outgoing("k", str(anna.id), "Karten von gestern"), sent.message_id) == sent
    assert anna.transcript().endswith(f"< {shown} Karten von gestern")


async def test_under_a_file_there_is_no_room_for_a_long_text(channel: Channel, anna: Person) -> None:
    sent = await channel.send(message(anna, "a" * 1024, PDF))
    assert isinstance(sent, Sent)
    answered = Outgoing("k", str(anna.id), "a" * 1024 + "\n\n➤ Läuft")
    assert await channel.edit(answered, sent.message_id) == Failed("too long to stand under a file")
    assert anna.newest.text == "a" * 1024 and anna.newest.buttons == []


async def test_a_notice_is_cut_to_its_length(channel: TelegramChannel, anna: Person, server: TelegramServer) -> None:
    await channel.send(message(anna, "Wie steht es?"))
    tap = anna.taps("Läuft")
    await channel.acknowledge(tap.id, "😀 " * 150)
    assert tap.notice.endswith("…") and utf16(tap.notice) <= 200


async def test_more_choices_than_telegram_takes(channel: Channel, anna: Person) -> None:
    many = tuple(Choice(str(number), f"BER-{number:03}") for number in range(120))
    assert isinstance(await channel.send(Outgoing("key", str(anna.id), "Welches?", "p7", many)), Sent)
    assert len(anna.newest.buttons) == 100


async def test_an_attachment_with_a_long_text_goes_first(channel: Channel, anna: Person) -> None:
    long = message(anna, "a" * 1025, PDF)
    sent = await channel.send(long)
    assert isinstance(sent, Sent) and [sent.parts, sent.message_id] == [(str(anna.chat[1].id),), str(anna.newest.id)]
    assert channel.count(long) == 2 and channel.count(message(anna, "a" * 1024, PDF)) == 1
    assert [(said.media is not None, said.buttons) for said in anna.chat[1:]] == [
        (True, []),
        (False, ["Läuft", "Hängt fest"]),
    ]


async def test_a_picture_for_many_is_uploaded_once(channel: Channel, anna: Person, server: TelegramServer) -> None:
    await channel.send(message(anna, "Der Saal", PNG))
    uploaded = server.calls[-1].arguments.get("photo", "attached")
    server.person("Bert").says("/start")
    assert isinstance(await channel.send(message(server.person("Bert"), "Der Saal", PNG)), Sent)
    assert [uploaded, server.calls[-1].arguments["photo"]] == ["attached", "file1"]
    assert server.person("Bert").newest.media.content == PNG.content  # type: ignore[union-attr]
    server.files.clear()  # Telegram knows it no longer
    assert isinstance(await channel.send(message(anna, "Noch einmal", PNG)), Sent)
    assert anna.newest.media.content == PNG.content  # type: ignore[union-attr]


async def test_a_long_text_comes_in_pieces_with_the_choices_under_the_last(channel: Channel, anna: Person) -> None:
    sent = await channel.send(message(anna, "a" * 4000 + "\n\n" + "b" * 4000))
    assert [(said.text[0], len(said.buttons)) for said in anna.chat[1:]] == [("a", 0), ("b", 2)]
    assert sent == Sent(str(anna.newest.id), (str(anna.chat[1].id),))


@pytest.mark.parametrize(("fault", "delivery"), [(Fault.TOO_MANY, RetryAfter), (Fault.CUT_BEFORE, Uncertain)])
async def test_a_repeat_goes_on_with_the_piece_that_failed(
    channel: Channel, anna: Person, server: TelegramServer, fault: Fault, delivery: type
) -> None:
    long = message(anna, "a" * 4000 + "\n\n" + "b" * 4000)
    server.fail(Fault.SLOW, seconds=0)
    server.fail(fault)
    assert isinstance(await channel.send(long), delivery)
    assert isinstance(await channel.send(long), Sent)
    assert [said.text[0] for said in anna.chat[1:]] == ["a", "b"]


async def test_its_name(channel: TelegramChannel, server: TelegramServer) -> None:
    server.fail(Fault.ERROR_BEFORE, status=502)
    assert isinstance(await channel.bot_name(), RetryAfter)
    assert await channel.bot_name() == "worthalten_bot"
    stranger = TelegramChannel("telegram", "1:wrong", server.url)
    assert isinstance(await stranger.bot_name(), Gone)
    await stranger.close()


async def test_a_file_of_theirs_is_fetched(
    channel: TelegramChannel, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.sends_document("liste.csv", b"Nr;Versprechen\n", caption="die Liste")
    me = await channel.me()
    [said] = [told for raw in await channel.updates(None, 0) if (told := read(raw, "telegram", me)) and told.file]
    assert (said.kind, said.file_name, said.text) == (Kind.FILE, "liste.csv", "die Liste")
    assert await channel.fetch(said.file) == b"Nr;Versprechen\n"
    assert isinstance(await channel.fetch("gibtsnicht"), Failed)
    monkeypatch.setattr("adapters.telegram.channel.FILE_LIMIT", 10)
    assert await channel.fetch(said.file) == Failed("the file is too big")
