"""A Matrix account listens: everything that people do arrives, in order, once, whatever happens in between."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from adapters.matrix.sync import Pace
from bot.dialogue.message import Incoming, Kind, Platform
from bot.ports import Gone, Outgoing
from tests.homeserver import Homeserver, Person
from tests.homeserver.accounts import QUICK, Account

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def homeserver() -> AsyncIterator[Homeserver]:
    async with Homeserver() as homeserver:
        yield homeserver


@pytest_asyncio.fixture(loop_scope="module")
async def bot(homeserver: Homeserver, tmp_path: Path) -> Account:
    return Account(homeserver, await homeserver.register("bot"), tmp_path)


@pytest_asyncio.fixture(loop_scope="module")
async def anna(homeserver: Homeserver) -> Person:
    return await homeserver.person("anna")


def texts(bot: Account) -> list[str]:
    return [told.text for told in bot.heard]


async def test_an_invitation_is_accepted_and_opens_the_talk(bot: Account, anna: Person) -> None:
    async with bot.listening():
        room = await anna.invites(bot.user)
        start = await bot.hears("/start")
        assert (start.kind, start.address, start.user, start.private) == (Kind.TEXT, anna.user, anna.user, True)
        message = await anna.says("hallo")
        heard = await bot.hears("hallo")
        assert message.encrypted
        assert heard == Incoming(
            "matrix", message.id, anna.user, anna.user, Kind.TEXT, "hallo", message_id=message.id, addressed=True,
            platform=Platform.MATRIX,
        )  # fmt: skip
        assert bot.session.rooms.of(anna.user) == room


async def test_what_people_do(bot: Account, anna: Person) -> None:
    async with bot.listening():
        await anna.invites(bot.user)
        first = await anna.says("hallo")
        await anna.edits(first, "hallo!")
        assert replace(await bot.hears("hallo!"), update_id="") == Incoming(
            "matrix", "", anna.user, anna.user, Kind.EDIT, "hallo!", message_id=first.id, addressed=True,
            platform=Platform.MATRIX,
        )  # fmt: skip
        answer = await anna.replies(first, "läuft\nsehr gut")
        heard = await bot.hears("läuft\nsehr gut")
        assert (heard.reply_to, heard.message_id) == (first.id, answer.id)
        reaction = await anna.reacts(2, first)
        heard = await bot.hears("2")
        assert (heard.kind, heard.reply_to, heard.message_id) == (Kind.REACTION, first.id, reaction)
        await anna.takes_back(reaction)
        heard = await bot.hears(lambda told: told.kind is Kind.RETRACTED)
        assert heard.message_id == reaction
        await anna.reacts("👍🏽", first)
        assert (await bot.hears("👍")).kind is Kind.REACTION
        await anna.sends_file("plan.csv", b"a;b")
        await anna.sends_file("stimme.ogg", b"OggS", "m.audio", "audio/ogg")
        await anna.says("still", msgtype="m.notice")
        await anna.says("ende")
        await bot.hears("ende")
        kinds = [told.kind for told in bot.heard[1:]]
        assert kinds == [
            Kind.TEXT, Kind.EDIT, Kind.TEXT, Kind.REACTION, Kind.RETRACTED, Kind.REACTION, Kind.FILE, Kind.VOICE,
            Kind.TEXT,
        ]  # fmt: skip


async def test_while_it_was_away_nothing_is_lost_or_doubled(bot: Account, anna: Person) -> None:
    async with bot.listening():
        await anna.invites(bot.user)
        await anna.says("vorher")
        await bot.hears("vorher")
    device = bot.session.vault.device()
    words = [str(number) for number in range(120)]
    for word in words:
        await anna.says(word)
    async with bot.listening():
        await bot.hears(words[-1])
    assert texts(bot) == ["/start", "vorher", *words]
    assert bot.session.vault.device() == device


async def test_what_was_taken_back_while_it_was_away(bot: Account, anna: Person) -> None:
    async with bot.listening():
        await anna.invites(bot.user)
        await bot.hears("/start")
    message = await anna.says("doch nicht")
    await anna.takes_back(message.id)
    await anna.until(lambda: message.deleted)
    await anna.says("sondern so")
    async with bot.listening(Pace(wait=1, patience=0)):
        await bot.hears("sondern so")
        await anna.says("ende")
        await bot.hears("ende")
    assert [told.text for told in bot.heard if told.kind is Kind.TEXT] == ["/start", "sondern so", "ende"]


async def test_an_invitation_from_while_it_was_away(bot: Account, anna: Person, homeserver: Homeserver) -> None:
    async with bot.listening():
        pass
    await anna.invites(bot.user, joined=False)
    await anna.says("ABCD2345")
    async with bot.listening():
        await bot.hears("ABCD2345")
        await bot.hears("/start")


async def test_a_position_saved_before_the_invitation_was_answered(bot: Account, anna: Person) -> None:
    async with bot.listening():
        pass
    await anna.invites(bot.user, joined=False)
    client = bot.session.client
    bot.position = (await client.fetch_sync(0, bot.position))["next_batch"]
    await client.close()
    async with bot.listening():
        await bot.hears("/start")


async def test_only_the_allowed_may_invite(bot: Account, anna: Person) -> None:
    bot.invite_allow = ("elsewhere.org",)
    async with bot.listening():
        room = await anna.invites(bot.user, joined=False)
        await anna.until(lambda: bot.user not in anna.client.rooms[room].users, what="saw no refusal")
    assert bot.heard == []


async def test_who_leaves_is_out_of_reach_and_may_come_again(bot: Account, anna: Person) -> None:
    async with bot.listening() as channel:
        room = await anna.invites(bot.user)
        await bot.hears("/start")
        await anna.leaves()
        gone = await bot.hears(lambda told: told.kind is Kind.BLOCKED)
        assert (gone.address, gone.user) == (anna.user, anna.user)
        assert bot.session.rooms.of(anna.user) is None
        again = await anna.invites(bot.user)
        await bot.until(lambda: texts(bot).count("/start") == 2)
        assert bot.session.rooms.of(anna.user) == again != room
        assert channel.name == "matrix"
    joined = await bot.homeserver.call("GET", "/_matrix/client/v3/joined_rooms", token=bot.session.client.access_token)
    assert joined["joined_rooms"] == [again]


@pytest.mark.parametrize("how", ["kick", "ban"])
@pytest.mark.parametrize("away", [False, True])
async def test_thrown_out(bot: Account, anna: Person, how: str, away: bool) -> None:
    async with bot.listening():
        room = await anna.invites(bot.user)
        await anna.says("hallo")
        await bot.hears("hallo")
        if not away:
            await getattr(anna.client, f"room_{how}")(room, bot.user)
            await bot.hears(lambda told: told.kind is Kind.BLOCKED)
    if away:
        await getattr(anna.client, f"room_{how}")(room, bot.user)
        async with bot.listening():
            await bot.hears(lambda told: told.kind is Kind.BLOCKED)
    assert bot.heard[-1].address == anna.user
    assert bot.session.rooms.of(anna.user) is None


async def test_a_second_room_is_the_same_chat(bot: Account, anna: Person) -> None:
    async with bot.listening():
        first = await anna.invites(bot.user)
        await anna.says("eins")
        second = await anna.invites(bot.user)
        await anna.says("zwei")
        heard = await bot.hears("zwei")
        assert heard.address == (await bot.hears("eins")).address
        assert bot.session.rooms.of(anna.user) == second
        await anna.says("drei", room=first)
        await bot.hears("drei")
        assert bot.session.rooms.of(anna.user) == first
    async with bot.listening():
        assert bot.session.rooms.of(anna.user) == first


async def test_a_room_becomes_encrypted(bot: Account, homeserver: Homeserver) -> None:
    anna = await homeserver.person("anna")
    async with bot.listening() as channel:
        room = await anna.invites(bot.user, encrypted=False)
        assert not (await anna.says("offen")).encrypted
        await bot.hears("offen")
        path = f"/_matrix/client/v3/rooms/{room}/state/m.room.encryption"
        how = {"algorithm": "m.megolm.v1.aes-sha2"}
        await bot.homeserver.call("PUT", path, how, anna.client.access_token)
        await anna.until(lambda: anna.client.rooms[room].encrypted, what="sees no encryption")
        assert (await anna.says("verschlüsselt")).encrypted
        await bot.hears("verschlüsselt")
        await channel.send(Outgoing("k", anna.user, "auch verschlüsselt"))
        assert (await anna.hears("auch verschlüsselt")).encrypted


async def test_a_room_is_replaced(bot: Account, anna: Person) -> None:
    async with bot.listening():
        old = await anna.invites(bot.user)
        await anna.says("alt")
        await bot.hears("alt")
        answer = await bot.homeserver.call(
            "POST", f"/_matrix/client/v3/rooms/{old}/upgrade", {"new_version": "11"}, anna.client.access_token
        )
        new = answer["replacement_room"]
        await anna.until(lambda: new in anna.client.rooms, what="is not in the new room")
        await anna.client.room_invite(new, bot.user)
        await anna.until(lambda: bot.user in anna.client.rooms[new].users, what="is alone in the new room")
        await anna.says("neu", room=new)
        assert (await bot.hears("neu")).address == anna.user
        assert bot.session.rooms.of(anna.user) == new


async def test_in_a_group_it_is_addressed_by_name(bot: Account, anna: Person, homeserver: Homeserver) -> None:
    bert = await homeserver.person("bert")
    async with bot.listening():
        group = await anna.invites(bot.user, direct=False, others=(bert.user,))
        await anna.says("unter uns")
        await anna.says(f"{bot.user}: !status")
        aside, asked = await bot.hears("unter uns"), await bot.hears("!status")
        assert (aside.private, aside.addressed, aside.address) == (False, False, group)
        assert (asked.private, asked.addressed, asked.address) == (False, True, group)


async def test_a_key_that_comes_later(bot: Account, anna: Person) -> None:
    async with bot.listening():
        await anna.invites(bot.user)
        await bot.hears("/start")
        await anna.whispers("geheim")
        await anna.client.room_typing(anna.room)
        await bot.until(lambda: bool(bot.session.vault.unread()))
    async with bot.listening():
        await anna.hands_over_the_key()
        assert (await bot.hears("geheim")).kind is Kind.TEXT
        await bot.until(lambda: bot.session.vault.unread() == [])


async def test_a_key_that_never_comes_is_asked_for_once(bot: Account, anna: Person) -> None:
    async with bot.listening(Pace(wait=1, patience=0)):
        await anna.invites(bot.user)
        await bot.hears("/start")
        event_id = await anna.whispers("geheim")
        asked = await bot.hears(lambda told: told.kind is Kind.UNREADABLE)
        assert (asked.update_id, asked.address) == (f"{event_id} unreadable", anna.user)


async def test_what_could_not_be_stored_comes_again_in_order(bot: Account, anna: Person) -> None:
    async with bot.listening():
        await anna.invites(bot.user)
        await bot.hears("/start")
        bot.refuses = 2
        with capture_logs() as logs:
            for word in "abc":
                await anna.says(word)
            await bot.hears("c")
    assert texts(bot) == ["/start", "a", "b", "c"]
    assert [log["problem"] for log in logs if log["log_level"] == "error"] == ["OSError", "OSError"]


async def test_odd_events_do_not_block_the_next(bot: Account, anna: Person) -> None:
    async with bot.listening():
        await anna.invites(bot.user)
        for content in ({}, {"msgtype": 5, "body": []}, {"msgtype": "m.text"}, {"body": "x", "m.relates_to": "x"}):
            await anna._puts(anna.room, "m.room.message", content)
        await anna._puts(anna.room, "m.reaction", {"m.relates_to": {"key": 1}})
        for kind in ("m.room.message", "m.room.encrypted"):
            path = f"/_matrix/client/v3/rooms/{anna.room}/send/{kind}/odd{kind}"
            odd = {"msgtype": "m.odd", "body": "x", "algorithm": "none"}
            await bot.homeserver.call("PUT", path, odd, anna.client.access_token)
        await anna.says("weiter")
        await bot.hears("weiter")


@pytest.mark.parametrize("how", ["stop", "kill"])
async def test_an_outage_is_waited_out(bot: Account, anna: Person, how: str) -> None:
    async with bot.listening():
        await anna.invites(bot.user)
        await bot.hears("/start")
        with capture_logs() as logs:
            await getattr(bot.homeserver, how)()
            while not logs:
                await asyncio.sleep(0)
            await bot.homeserver.start()
        await anna.says("wieder da")
        await bot.hears("wieder da")
        assert len(logs) < 100


async def test_a_revoked_login_ends_it_and_the_next_start_logs_in_anew(bot: Account, anna: Person) -> None:
    async with bot.listening():
        await anna.invites(bot.user)
        await bot.hears("/start")
        before = bot.session.vault.device()
        await bot.homeserver.log_out_everywhere(bot.user)
        while bot.session.ready.is_set():
            await asyncio.sleep(0)
    assert isinstance(bot.ended, Gone) and "logs in anew" in bot.ended.reason
    async with bot.listening(QUICK):
        await anna.says("neues Gerät")
        await bot.hears("neues Gerät")
    assert bot.session.vault.device() != before


async def test_a_wrong_password_ends_it(bot: Account) -> None:
    bot.password = "falsch"
    async with bot.listening():
        pass
    assert isinstance(bot.ended, Gone) and "password" in bot.ended.reason and "falsch" not in bot.ended.reason
