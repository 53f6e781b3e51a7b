"""Groups: the bot speaks when spoken to, points to the private chat, and never exceeds what a group may get."""

import asyncio
from collections import Counter

import pytest

from adapters.telegram import TelegramChannel, poll
from adapters.telegram.groups import MINUTE, PER_MINUTE, GroupQuota
from bot.ports import Outgoing, RetryAfter, Sent
from bot.service.delivering import Delivering
from bot.service.installation import Installation
from bot.service.receiving import Received, Receiving
from bot.store.tables import metadata
from scheduler.database import Database
from scheduler.sending import Sender
from tests.telegram_server import TelegramServer

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def test_a_group_gets_no_more_than_its_share_in_any_minute(backend: object) -> None:
    now, sent = 0.0, []
    quota = GroupQuota(lambda: now)
    while now < 5 * MINUTE:
        if not quota.wait(-5):
            sent.append(now)
        assert quota.wait(17) == 0
        now += 0.5
    windows = [sum(at <= other < at + MINUTE for other in sent) for at in sent]
    assert max(windows) == PER_MINUTE and len(sent) >= 4 * PER_MINUTE


async def test_the_next_one_waits_and_a_person_does_not(backend: object) -> None:
    async with TelegramServer() as server:
        server.limits.strict, server.limits.chat_burst = True, 100
        anna, group = server.person("Anna"), server.group("Runde")
        anna.says("/start")
        channel = TelegramChannel("telegram", server.token, server.url)
        results = [await channel.send(Outgoing("k", str(group.id), str(number))) for number in range(PER_MINUTE + 1)]
        assert Counter(map(type, results)) == {Sent: PER_MINUTE, RetryAfter: 1}
        assert not results[-1].whole_channel and 0 < results[-1].seconds <= MINUTE  # type: ignore[union-attr]
        assert isinstance(await channel.send(Outgoing("k", str(anna.id), "hallo")), Sent)
        assert server.limits.refused == 0 and server.violations == []
        await channel.close()


async def test_it_answers_when_addressed_and_keeps_only_the_chats_number(installation: Installation) -> None:
    receiving, database = Receiving(installation), Database()

    async with TelegramServer() as server:
        channel = TelegramChannel("telegram", server.token, server.url)
        sender, stop = Sender(channel, Delivering(installation), database, epoch=1), asyncio.Event()

        async def receive(incoming: object) -> Received:
            received = await database(receiving.receive, incoming)  # type: ignore[arg-type]
            sender.wake()
            return received

        tasks = [asyncio.create_task(sender.run()), asyncio.create_task(poll(channel, receive, stop))]
        anna, group = server.person("Anna Geheim"), server.group("Geheime Runde")

        def said(chat: object) -> list[str]:
            return [message.text for message in chat.messages if message.from_bot]  # type: ignore[attr-defined]

        anna.says("Guten Morgen zusammen", chat=group)
        anna.says("/status", chat=group)
        anna.says("@worthalten_bot Wie steht es?", chat=group)
        await server.until(lambda: len(said(group)) == 1, 5, "no answer in the group")
        fresh = server.migrate(group, anna)
        anna.says("/hilfe@worthalten_bot", chat=fresh)
        await server.until(lambda: len(said(fresh)) == 1, 5, "no answer after the change")
        assert "unter vier Augen" in said(group)[0]
        stop.set()
        sender.stop()
        await asyncio.gather(*tasks)
        await channel.close()
        assert server.violations == [] and len(said(group)) == 1
    with installation.engine.connect() as tx:
        rows = [str(tuple(row)) for table in metadata.sorted_tables for row in tx.execute(table.select())]
    database.close()
    assert not any("Geheim" in row or "1001" in row for row in rows)
