"""A Matrix account as a channel: what people see of it."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.matrix import MatrixChannel
from bot.dialogue.message import Attachment, Choice, Kind
from bot.ports import Channel, Failed, Outgoing, RetryAfter, Sent, Unreachable
from tests.homeserver import Homeserver, Person
from tests.homeserver.accounts import Account

pytestmark = pytest.mark.asyncio(loop_scope="module")
CHOICES = (Choice("on_track", "Läuft"), Choice("stuck", "Hängt fest"))
PDF = Attachment("karten.pdf", "application/pdf", b"%PDF")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def homeserver() -> AsyncIterator[Homeserver]:
    async with Homeserver() as homeserver:
        yield homeserver


@pytest_asyncio.fixture(loop_scope="module")
async def bot(homeserver: Homeserver, tmp_path: Path) -> Account:
    return Account(homeserver, await homeserver.register("bot"), tmp_path)


@pytest_asyncio.fixture(loop_scope="module", params=[True, False], ids=["encrypted", "open"])
async def anna(homeserver: Homeserver, request: pytest.FixtureRequest) -> Person:
    return await homeserver.person("anna", encrypted=request.param)


@pytest_asyncio.fixture(loop_scope="module")
async def channel(bot: Account, anna: Person) -> AsyncIterator[MatrixChannel]:
    async with bot.listening() as channel:
        await anna.invites(bot.user)
        await bot.hears("/start")
        yield channel


async def test_a_prompt_is_sent_and_settled(channel: Channel, anna: Person) -> None:
    sent = await channel.send(Outgoing("k1", anna.user, "Wie steht es um <b>BER-042</b> &amp; Co?", "p7", CHOICES))
    message = await anna.hears("Wie steht es")
    assert sent == Sent(message.id)
    await anna.until(lambda: len(message.reactions) == 2)
    assert anna.transcript() == "< Wie steht es um BER-042 & Co?\n  \n  1  Läuft\n  2  Hängt fest  1️⃣ 2️⃣"
    assert message.content["formatted_body"].startswith("Wie steht es um <b>BER-042</b> &amp; Co?<br><br>1")
    assert message.rings and message.encrypted == anna.client.rooms[anna.room].encrypted
    assert await channel.edit(Outgoing("k2", anna.user, "Wie steht es? Läuft."), message.id) == sent
    await anna.until(lambda: message.edits == 1)
    assert message.text == "Wie steht es? Läuft."
    assert await channel.retract(anna.user, message.id) == sent
    await anna.until(lambda: message.deleted)
    assert await channel.retract(anna.user, message.id) == sent


async def test_a_repeat_is_shown_once(channel: Channel, anna: Person) -> None:
    message = Outgoing("k1", anna.user, "Nur einmal", "p1", CHOICES, attachment=PDF)
    first = await channel.send(message)
    assert await channel.send(message) == first
    await channel.send(Outgoing("k2", anna.user, "Ende"))
    await anna.hears("Ende")
    assert [said.text.splitlines()[0] for said in anna.chat] == ["karten.pdf", "Nur einmal", "Ende"]
    await anna.until(lambda: len(anna.chat[1].reactions) == 2)


async def test_quiet_ones_do_not_ring(channel: Channel, anna: Person) -> None:
    await channel.send(Outgoing("k", anna.user, "Notiert. /status zeigt es.", quiet=True))
    message = await anna.hears("Notiert")
    assert not message.rings and message.text == "Notiert. !status zeigt es."


async def test_files(channel: Channel, anna: Person) -> None:
    message = Outgoing("k", anna.user, "Ihre Karten", attachment=PDF)
    sent = await channel.send(message)
    file = await anna.hears("karten.pdf")
    assert isinstance(sent, Sent) and sent.parts == (file.id,)
    assert channel.count(message) == 2
    assert await anna.opens(file) == PDF.content
    assert ("url" in file.content) is not file.encrypted
    await anna.hears("Ihre Karten")


async def test_long_texts_and_many_in_order(channel: Channel, anna: Person) -> None:
    await channel.send(Outgoing("long", anna.user, "<b>" + "äöü <i>und</i> so weiter\n" * 2000 + "</b>"))
    messages = [Outgoing(f"k{number}", anna.user, str(number)) for number in range(8)]
    await asyncio.gather(*(channel.send(message) for message in messages))
    await anna.hears("7")
    said = [message.text for message in anna.chat]
    assert sum(text.count("und") for text in said) == 2000
    assert said[-8:] == [str(number) for number in range(8)]


async def test_nobody_there(channel: Channel, anna: Person) -> None:
    assert isinstance(await channel.send(Outgoing("k", "@nobody:example.org", "Hallo")), Unreachable)
    assert isinstance(await channel.send(Outgoing("k", "!room", "Hallo")), Unreachable)


async def test_an_edit_of_what_stands_elsewhere(channel: Channel, anna: Person, bot: Account) -> None:
    sent = await channel.send(Outgoing("k", anna.user, "Im alten Raum"))
    assert isinstance(sent, Sent)
    await anna.invites(bot.user)
    await anna.says("neu")
    await bot.hears("neu")
    assert isinstance(await channel.edit(Outgoing("k2", anna.user, "Geändert"), sent.message_id), Failed)


async def test_a_homeserver_that_is_away(channel: Channel, anna: Person, homeserver: Homeserver) -> None:
    message = Outgoing("k", anna.user, "Da bin ich")
    await homeserver.kill()
    try:
        refused = await channel.send(message)
        assert isinstance(refused, RetryAfter) and refused.whole_channel
    finally:
        await homeserver.start()
    assert isinstance(await channel.send(message), Sent)
    await anna.hears("Da bin ich")
    assert [said.text for said in anna.chat] == ["Da bin ich"]


async def test_a_new_device_of_theirs_can_read(
    channel: Channel, anna: Person, bot: Account, homeserver: Homeserver
) -> None:
    await channel.send(Outgoing("k1", anna.user, "vorher"))
    tablet = await homeserver.person("anna", of=anna)
    await anna.says("mein Tablet ist da")
    await bot.hears("mein Tablet ist da")
    await channel.send(Outgoing("k2", anna.user, "nachher"))
    await tablet.until(lambda: any(message.text == "nachher" for message in tablet.messages))


async def test_a_file_of_theirs_is_fetched(channel: MatrixChannel, anna: Person, bot: Account) -> None:
    await anna.sends_file("liste.csv", "Nr;Versprechen\n1;Bürgerbüro\n".encode())
    said = await bot.hears(lambda told: told.kind is Kind.FILE)
    assert said.file_name == "liste.csv"
    assert await channel.fetch(said.file) == "Nr;Versprechen\n1;Bürgerbüro\n".encode()
    torn = json.loads(said.file) | {"key": "none", "hash": "none", "iv": None}
    assert await channel.fetch(json.dumps(torn)) == Failed("the file cannot be decrypted")
    gone = json.loads(said.file) | {"url": "mxc://localhost/gibtsnicht"}
    assert not isinstance(await channel.fetch(json.dumps(gone)), bytes)
