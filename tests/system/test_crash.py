"""kill -9 at any moment: no accepted message is lost, no question is lost, and what may have come twice is listed."""

import asyncio
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, Row, select

from bot.domain.land import Land
from bot.store import outbox, people, pledges, workshops
from bot.store.tables import accounts, asked, inbox
from bot.store.tables import outbox as letters
from bot.store.tables import pledges as pledge_rows
from tests.databases import Fresh, Postgres, Sqlite
from tests.messenger import plain
from tests.system.crowd import Talker
from tests.system.processes import ROOT, Bot, configure
from tests.telegram_server import Fault, TelegramServer

BERLIN = ZoneInfo("Europe/Berlin")
CODE = "ABCD2345"
CONSENT = "Do you agree?"
PEOPLE = 20
WORKSHOP = datetime(2025, 7, 9, 14, 0, tzinfo=BERLIN)
LATE_MORNING = time(11, 46)
"""By then all that is due on a day is due; it is asked at once, before noon."""
DAYS = [date(2025, 8, day) for day in (12, 13, 14)] + [date(2025, 9, day) for day in (9, 10, 11)]
"""Tuesdays, Wednesdays and Thursdays on which check-ins are due; within the 90 days in which everything is kept."""
JOINING = 0.3
"""Over so many seconds for each kill people arrive."""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.long)])
def backend(request: pytest.FixtureRequest) -> Fresh:
    """PostgreSQL only in the long run."""
    server: Sqlite | Postgres = request.getfixturevalue(request.param)
    return server.fresh


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kills", [10, pytest.param(100, marks=pytest.mark.long)])
async def test_kill_nine(
    kills: int, database: str, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(kills)
    with engine.begin() as tx:
        workshops.add(
            tx,
            letters="BER",
            name="Werkstatt Berlin",
            day=WORKSHOP.date(),
            land=Land.BE,
            code=CODE,
            created_at=WORKSHOP,
        )
    async with TelegramServer() as server:
        server.limits.strict = True
        # Telegram shows a message at once and says so late: that is when a kill makes it come twice.
        server.fail(Fault.SLOW, "sendMessage", times=1_000_000, seconds=0.15, share=0.5)
        config = configure(tmp_path, database, server)
        talkers = [
            Talker(server, server.person(f"Person{number}", "en"), CODE, random.Random(number))
            for number in range(1, PEOPLE + 1)
        ]
        over = asyncio.Event()
        talking = asyncio.gather(*(talker.live(kills * JOINING, over) for talker in talkers))
        bot = await kill_and_restart(kills, config, server, talkers, chance, tmp_path / "log")
        over.set()
        await talking
        await server.until(lambda: not server.updates.pending, 30, "updates are left")
        await until_sent(engine)
        assert await bot.terminate() == 0, bot.tail()
        figures = judge(engine, server, talkers, kills)
    listed = json.loads(
        subprocess.run(
            [sys.executable, "-m", "bot", "status", "--json", "--config", config],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout
    )["doubts"]  # fmt: skip
    assert len(listed) == figures["rows listed"]
    with capsys.disabled():
        figures_in_words = ", ".join(f"{count} {what}" for what, count in figures.items())
        print(f"\nCrash test on {engine.dialect.name}: {figures_in_words}")


async def kill_and_restart(
    kills: int, config: Path, server: TelegramServer, talkers: Sequence[Talker], chance: random.Random, log: Path
) -> Bot:
    """Start the bot and kill it at a random moment, so often; gives the one that is left running.

    It runs on the day of the workshop until everybody has joined, then on one of the mornings after the other.
    """
    shifts: dict[datetime, timedelta] = {}
    moment, joining = WORKSHOP, 0
    for life in range(kills + 1):
        if moment is WORKSHOP and not all(talker.reference for talker in talkers):
            joining = life + 1
        else:
            place = (life - joining) * len(DAYS) // (kills + 1 - joining)
            moment = datetime.combine(DAYS[place], LATE_MORNING, BERLIN)
        shift = shifts.setdefault(moment, moment - datetime.now(UTC))
        bot = await Bot.start("tests.system.shifted", shift.total_seconds(), config, log=log)
        if life == kills or chance.random() < 0.9:  # else it is killed in the middle of starting
            await bot.is_polling(server)
        if life < kills:
            await asyncio.sleep(chance.uniform(0.0, 2.0))
            await bot.kill()
    return bot


async def until_sent(engine: Engine) -> None:
    """Wait until nothing waits in the outbox."""
    while True:
        with engine.connect().execution_options(reading=True) as tx:
            waiting = {state for (_, state), count in outbox.counts(tx).items() if count}
        if waiting.isdisjoint({outbox.QUEUED, outbox.SENDING, outbox.DEFERRED}):
            return
        await asyncio.sleep(0.05)


def judge(engine: Engine, server: TelegramServer, talkers: Sequence[Talker], kills: int) -> dict[str, int]:
    """Compare what people said and saw with what the database says. Gives the figures."""
    assert server.violations == []
    with engine.begin() as tx:
        assert not [state for state in tx.execute(select(inbox.c.state)).scalars() if state != "done"]
        for talker in talkers:
            found = people.at(tx, "telegram", str(talker.person.id))
            assert found is not None
            made = tx.execute(
                select(pledge_rows.c.reference, pledge_rows.c.text).where(pledge_rows.c.maker_id == found[0].id)
            ).all()
            assert made == [(talker.reference, f"{talker.person.name} opens a citizens' office")]
            stored = [(row.standing, row.note) for row in pledges.answers_of(tx, found[0].id)]
            assert stored == talker.answers, talker.person.transcript()
            glances = select(letters.c.id).where(
                letters.c.person_id == found[0].id, letters.c.text.contains("Tell me what is new at any time")
            )
            assert len(tx.execute(glances).all()) == talker.glances
        rows = tx.execute(select(letters).where(letters.c.action == outbox.SEND)).all()
        assert {row.state for row in rows} <= {outbox.SENT, outbox.DROPPED}
        questions = tx.execute(select(asked.c.outbox_key).distinct()).scalars().all()
        known = set(tx.execute(select(accounts.c.address)).scalars())
    assert known == {str(talker.person.id) for talker in talkers}
    fates = {row.key: row.reason or row.state for row in rows}
    assert {fates[key] for key in questions} <= {outbox.SENT, "answered meanwhile"}
    twice, before_consent = compare(server, rows, kills)
    return {
        "kills": kills, "people": len(talkers), "inputs": sum(talker.inputs for talker in talkers),
        "questions": len(questions), "messages": len(rows), "lost": 0, "shown twice and listed": twice,
        "of these before consent": before_consent, "rows listed": sum(bool(row.doubts) for row in rows),
        "calls refused with 429": server.limits.refused,
    }  # fmt: skip


def compare(server: TelegramServer, rows: Sequence[Row[Any]], kills: int) -> tuple[int, int]:
    """Each row was shown; oftener only if it is listed. Gives how many copies there were, and how many of them before
    consent: of those the list has the bare count, as nobody has agreed to anything.
    """
    shown = Counter((str(item.chat_id), item.text) for item in server.deliveries if item.method == "sendMessage")
    wanted = Counter({key: 1 for key in shown if CONSENT in key[1]})
    doubts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.address:
            key = (row.address, plain(row.text))
            wanted[key] += row.state == outbox.SENT
            doubts[key] += row.doubts
    assert wanted - shown == Counter(), "lost"
    copies = shown - wanted
    before_consent = copies - doubts
    assert all(CONSENT in text for _, text in before_consent), "shown twice and not listed"
    assert before_consent.total() <= sum(row.doubts for row in rows if not row.address), "strangers are not counted"
    in_chat: Counter[str] = Counter()
    for (chat, _), count in copies.items():
        in_chat[chat] += count
    assert max(in_chat.values(), default=0) <= kills  # at most one for each kill: what was on its way
    return copies.total(), before_consent.total()
