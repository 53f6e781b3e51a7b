"""`worthalten run` on a real homeserver, encrypted: a process, a configuration file, people with their own clients."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Engine, select

from bot.store.tables import accounts, answers, inbox, metadata, pledges
from tests.homeserver import Homeserver
from tests.system.matrix import Installation, joins

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.parametrize("backend", ["sqlite"], indirect=True),
]

JOINED, ASKED = datetime(2025, 7, 9, 16, tzinfo=UTC), datetime(2025, 8, 14, 9, 46, tzinfo=UTC)
"""The evening of a workshop, and the end of the morning when the last of its people are asked for the first time."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def homeserver() -> AsyncIterator[Homeserver]:
    async with Homeserver() as homeserver:
        yield homeserver


@pytest_asyncio.fixture(loop_scope="module")
async def installed(
    tmp_path: Path, database: str, engine: Engine, request: pytest.FixtureRequest
) -> AsyncIterator[Installation]:
    installed = Installation(tmp_path, database, engine, getattr(request, "param", None))
    yield installed
    await installed.end()


@pytest.mark.parametrize("installed", [JOINED], indirect=True)
async def test_from_the_invitation_to_the_answer(homeserver: Homeserver, installed: Installation) -> None:
    account = await homeserver.register("bot")
    people = [await homeserver.person(name) for name in ("anna", "bert", "cara")]
    bot = await installed.run(homeserver, account, ahead=JOINED - datetime.now(UTC))
    for person in people:
        await joins(person, account)
    assert await bot.terminate() == 0, bot.tail()
    bot = await installed.run(homeserver, account, ahead=ASKED - datetime.now(UTC))
    replies: list[tuple[int | str, str]] = [(3, "Hängt fest"), ("1", "Läuft"), ("laeuft gut", "Läuft")]
    for person, (reply, shown) in zip(people, replies, strict=True):
        question = await person.hears("Wie steht es")
        await person.until(lambda question=question: len(question.reactions) == 5)  # type: ignore[misc]
        sign = await person.reacts(reply, question) if isinstance(reply, int) else ""
        if not sign:
            await person.says(str(reply))
        await person.until(lambda question=question, shown=shown: question.edits == 1 and shown in question.text)  # type: ignore[misc]
        assert question.rings and all(message.encrypted for message in person.messages) and not person.unreadable
        if sign:
            await person.takes_back(sign)
            await person.hears("wieder offen")
            await person.until(lambda question=question: question.edits == 2)  # type: ignore[misc]
            assert "5  Später" in question.text
    with installed.engine.begin() as tx:
        assert tx.execute(select(answers.c.standing)).scalars().all() == ["on_track", "on_track"]
    assert await bot.terminate() == 0, bot.tail()


async def test_who_leaves_is_out_of_reach_until_they_come_back(homeserver: Homeserver, installed: Installation) -> None:
    account, anna = await homeserver.register("bot"), await homeserver.person("anna")
    await installed.run(homeserver, account)
    await joins(anna, account)
    await anna.leaves()
    await until(installed.engine, select(accounts.c.reachable), [False])
    await anna.invites(account)
    await anna.hears("BER-001")
    await until(installed.engine, select(accounts.c.reachable), [True])


async def test_strangers_and_groups_leave_nothing_behind(homeserver: Homeserver, installed: Installation) -> None:
    account = await homeserver.register("bot")
    anna, bert = await homeserver.person("anna"), await homeserver.person("bert")
    bot = await installed.run(homeserver, account)
    await anna.invites(account)
    await anna.hears("Code")
    await anna.says("Wer bist du?")
    await anna.hears("Code")
    group = await anna.invites(account, direct=False, others=(bert.user,))
    await anna.says("Das bleibt unter uns.")
    await anna.says(f"{account}: !status")
    pointed = await anna.hears()
    assert pointed.room == group and "Chat" in pointed.text
    assert await bot.terminate() == 0, bot.tail()
    assert [message.text for message in anna.messages if message.room == group and message.sender == account] == [
        pointed.text
    ]
    with installed.engine.begin() as tx:
        filled = {name for name, table in metadata.tables.items() if tx.execute(select(table).limit(1)).first()}
        assert filled <= {"alembic_version", "workshops", "inbox", "channels", "positions", "owners"}
        assert all(set(row) == {"channel", "update_id", "at", "attempts", "state"} for row in _rows(tx, inbox))


async def test_whatever_is_typed_is_answered_and_stays_words(homeserver: Homeserver, installed: Installation) -> None:
    account, anna = await homeserver.register("bot"), await homeserver.person("anna")
    bot = await installed.run(homeserver, account)
    odd = "<b>Fett</b> & <script>alert(1)</script> =SUMME(A1) [x](https://example.org)"
    await joins(anna, account, odd)
    await anna.says("!status")
    shown = await anna.hears("BER-001")
    assert odd in shown.text and "<script>" not in shown.content["formatted_body"]
    for words in ("x" * 30_000, "\u200b\u200e\u202e", "🎉" * 2_000, "!" * 500, "\n" * 3_000 + "a"):
        await anna.says(words)
        await anna.hears()
    await anna.sends_file("riesig.bin", b"\0" * 10_000_000, mime="application/octet-stream")
    await anna.hears()
    await anna.says("!status")
    await anna.hears("BER-001")
    with installed.engine.begin() as tx:
        assert tx.execute(select(pledges.c.text)).scalars().all() == [odd]
    assert await bot.terminate() == 0, bot.tail()
    assert "Traceback" not in bot.tail() and "message_failed" not in bot.tail()


async def test_a_revoked_login_stops_it_with_a_clear_sentence(homeserver: Homeserver, installed: Installation) -> None:
    account, anna = await homeserver.register("bot"), await homeserver.person("anna")
    bot = await installed.run(homeserver, account)
    await joins(anna, account)
    [before] = anna.devices_of(account)
    await homeserver.log_out_everywhere(account)
    async with asyncio.timeout(30):
        while "channel_stopped" not in bot.tail():
            await asyncio.sleep(0.05)
    assert "logs in anew with the password" in bot.tail() and "Traceback" not in bot.tail()
    assert bot.is_running and await bot.terminate() == 0
    bot = await installed.run(homeserver, account)
    async with asyncio.timeout(20):  # what is written to no device can be read by none
        while anna.devices_of(account) in ([], [before]):
            await asyncio.sleep(0.05)
    await anna.says("!status")
    await anna.hears("BER-001")
    assert await bot.terminate() == 0, bot.tail()


@pytest_asyncio.fixture(loop_scope="module")
async def limited() -> AsyncIterator[Homeserver]:
    async with Homeserver(open_limits=False) as homeserver:
        yield homeserver


async def test_two_homeservers_at_once_of_which_one_has_limits(
    homeserver: Homeserver, limited: Homeserver, installed: Installation
) -> None:
    north, south = await homeserver.register("bot"), await limited.register("bot")
    people = [await limited.person("anna"), await limited.person("bert")]
    cara = await homeserver.person("cara")
    bot = await installed.run_all(north=(homeserver, north), south=(limited, south))
    for person in people:
        await person.invites(south)
        for _ in range(5):
            await person.says("hallo")
    await joins(cara, north)  # while the other homeserver asks for pauses
    for person in people:
        for _ in range(6):
            await person.hears("Code", timeout=60)
    assert await bot.terminate() == 0, bot.tail()
    assert [Counter(message.sender for message in person.messages)[south] for person in people] == [6, 6]
    with installed.engine.begin() as tx:
        assert tx.execute(select(accounts.c.channel, accounts.c.address)).all() == [("north", cara.user)]


def _rows(tx, table):  # type: ignore[no-untyped-def]
    return [row._mapping for row in tx.execute(select(table))]


async def until(engine: Engine, query, expected: list[object]) -> None:  # type: ignore[no-untyped-def]
    """Wait until the database says so."""
    async with asyncio.timeout(20):
        while True:
            with engine.connect().execution_options(reading=True) as tx:
                if tx.execute(query).scalars().all() == expected:
                    return
            await asyncio.sleep(0.05)
