"""`worthalten run --speed`: half a year on real chats in a minute, with people of every temper, kills and restarts."""

import asyncio
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from bot.store.engine import open_engine
from bot.store.tables import accounts, asked, pledges
from bot.store.tables import outbox as letters
from tests.messenger import plain
from tests.system.processes import ROOT, Bot, configure
from tests.system.rehearsal_cast import CAST, Somebody
from tests.telegram_server import TelegramServer
from tests.telegram_server.chats import Tapped, line

BERLIN = ZoneInfo("Europe/Berlin")
START = date(2025, 7, 9)
HALF_A_YEAR = date(2026, 1, 9)
OVER = "Rehearsed until"
CAPS = ((1, 1), (7, 2), (30, 5))
"""In so many days at most so many messages that the bot starts."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("people", "kills", "patience"), [(3, 1, 0.1), pytest.param(len(CAST), 10, 1.0, marks=pytest.mark.long)]
)
async def test_half_a_year(people: int, kills: int, patience: float, tmp_path: Path) -> None:
    chance = random.Random(kills)
    async with TelegramServer() as server:
        config = configure(tmp_path, f"sqlite:///{tmp_path / 'worthalten.db'}", server)
        code = workshop(config)
        log = tmp_path / "log"
        cast = [
            Somebody(server, server.person(name), pledge, manner, seconds, random.Random(name))
            for name, pledge, manner, seconds in CAST[:people]
        ]
        over = asyncio.Event()
        bot = await rehearse(config, patience, log)
        await bot.is_polling(server)
        living = asyncio.gather(*(somebody.live(code, over) for somebody in cast))
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(1.0, 3.0))
            await bot.kill()
            bot = await rehearse(config, patience, log)
            await bot.is_polling(server)
        while OVER not in log.read_text(errors="replace"):
            assert bot.is_running, bot.tail()
            await asyncio.sleep(0.1)
        over.set()
        await living
        assert await bot.terminate() == 0, bot.tail()
        assert server.violations == []
        engine = open_engine(f"sqlite:///{tmp_path / 'worthalten-rehearsal.db'}")
        write_transcripts(engine, cast, tmp_path / "transcripts")
        judge(engine, server, kills)
        engine.dispose()
    assert not (tmp_path / "worthalten.db").exists()


def workshop(config: Path) -> str:
    """A workshop in the rehearsal; its code."""
    done = subprocess.run(
        [
            sys.executable, "-m", "bot", "workshop", "new", "--name", "Werkstatt Berlin", "--date", str(START),
            "--land", "Berlin", "--json", "--rehearsal", "--config", config,
        ],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return str(json.loads(done.stdout)["code"])


async def rehearse(config: Path, patience: float, log: Path) -> Bot:
    """Begin the rehearsal, or go on with it: both are the same command."""
    return await Bot.start(
        "bot", "run", "--speed", 1e7, "--start", START, "--patience", patience, "--config", config, log=log
    )


def judge(engine: Engine, server: TelegramServer, kills: int) -> None:
    """Compare what people saw with the rules of the cadence, in calendar time."""
    with engine.begin() as tx:
        questions = tx.execute(select(asked)).all()
        made = tx.execute(select(pledges)).all()
        rows = tx.execute(select(letters).where(letters.c.action == "send")).all()
        known = set(tx.execute(select(accounts.c.address)).scalars())
    started: dict[int, set[datetime]] = {}
    for row in questions:
        local = row.at.astimezone(BERLIN)
        assert local.weekday() < 5 and 9 <= local.hour < 20, local
        assert not date(2025, 12, 22) <= local.date() <= date(2026, 1, 6)
        if row.counted:
            started.setdefault(row.person_id, set()).add(row.at)
    for person_id, instants in started.items():
        days = sorted(instant.astimezone(BERLIN).date() for instant in instants)
        for length, most in CAPS:
            for first in days:
                within = [day for day in days if first <= day < first + timedelta(days=length)]
                assert len(within) <= most, (person_id, within)
    kinds: dict[int, set[str]] = {}
    for row in questions:
        kinds.setdefault(row.pledge_id, set()).add(row.kind)
    for pledge in made:
        if pledge.stage == "closed":
            assert pledge.outcome or "outcome" in kinds[pledge.id], pledge.reference
    compare(server, [row for row in rows if row.address in known], known, kills)


def compare(server: TelegramServer, rows: Sequence[object], known: set[str], kills: int) -> None:
    """Each row was shown once; oftener only if it is listed."""
    shown = Counter(
        (str(item.chat_id), item.text)
        for item in server.deliveries
        if item.method == "sendMessage" and str(item.chat_id) in known and "Sind Sie einverstanden?" not in item.text
    )
    wanted: Counter[tuple[str, str]] = Counter()
    doubts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        key = (row.address, plain(row.text))  # type: ignore[attr-defined]
        wanted[key] += row.state == "sent"  # type: ignore[attr-defined]
        doubts[key] += row.doubts  # type: ignore[attr-defined]
    assert wanted - shown == Counter(), "lost"
    assert shown - wanted - doubts == Counter(), "shown twice and not listed"
    assert doubts.total() <= 8 * kills


def write_transcripts(engine: Engine, cast: Sequence[Somebody], into: Path) -> None:
    """Write what everybody saw into files, with the days of the calendar."""
    into.mkdir()
    with engine.begin() as tx:
        sent: Mapping[tuple[str, str], datetime] = {
            (row.address, row.message_id): row.sent_at
            for row in tx.execute(select(letters).where(letters.c.message_id.is_not(None)))
            if row.sent_at and row.action == "send"
        }
    for somebody in cast:
        lines, last = [], ""
        for event in somebody.person.home.events:
            if not isinstance(event, Tapped) and event.from_bot:
                at = sent.get((str(somebody.person.id), str(event.id)))
                heading = f"— {at.astimezone(BERLIN):%a %d.%m.%Y %H:%M}" if at else "— ?"
                if heading != last:
                    lines.append(heading)
                last = heading
            lines.append(line(event))
        (into / f"{somebody.person.name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
