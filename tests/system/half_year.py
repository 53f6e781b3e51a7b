"""A live rehearsal of half a year, from the workshop on 9 July 2025 on, and what must be true of it afterwards."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from bot.store.outbox import BROADCAST
from bot.store.tables import accounts, asked, people, pledges, rehearsals
from bot.store.tables import outbox as letters
from tests.homeserver import Person
from tests.messenger import plain
from tests.system.processes import ROOT, Bot
from tests.telegram_server import TelegramServer

BERLIN = ZoneInfo("Europe/Berlin")
START = date(2025, 7, 9)
HALF_A_YEAR = date(2026, 1, 9)
FASTEST = 1e7
CAPS = ((1, 1), (7, 2), (30, 5))
"""In so many days at most so many messages that the bot starts."""
_APART = re.compile(r"Sind Sie einverstanden\?|^Guten Tag, hier ist |^📣|^Team: |^Antwort: ")
"""Rows that delete themselves once they are sent, and announcements, whose words are kept elsewhere."""


async def rehearse(config: Path, patience: float, log: Path, speed: float = FASTEST) -> Bot:
    """Begin the rehearsal, or go on with it: both are the same command."""
    return await Bot.start(
        "bot", "run", "--speed", speed, "--start", START, "--patience", patience, "--config", config, log=log
    )


def command(config: Path, *arguments: str) -> Any:
    """What a command of `worthalten` about this rehearsal prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments, "--json", "--rehearsal", "--config", config],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def workshop(config: Path) -> dict[str, Any]:
    """A new workshop in the rehearsal."""
    found = command(config, "workshop", "new", "--name", "Werkstatt Berlin", "--date", str(START), "--land", "Berlin")
    assert isinstance(found, dict)
    return found


def calendar(engine: Engine) -> datetime:
    """Where the calendar is."""
    with engine.connect().execution_options(reading=True) as tx:
        return tx.execute(select(rehearsals.c.at)).scalar_one().replace(tzinfo=UTC).astimezone(BERLIN)


def judge(engine: Engine) -> None:
    """Compare what was asked and told with the rules of the cadence, in calendar time."""
    with engine.begin() as tx:
        questions = tx.execute(select(asked)).all()
        reached = select(accounts.c.person_id).where(accounts.c.reachable)
        made = tx.execute(select(pledges).join(people).where(~people.c.stopped, people.c.id.in_(reached))).all()
        news = tx.execute(select(letters).where(letters.c.stands_for == BROADCAST, letters.c.state == "sent")).all()
    started: dict[int, set[datetime]] = {}
    for person_id, at, counted in (
        *((row.person_id, row.at, row.counted) for row in questions),
        *((row.person_id, row.due_at, True) for row in news if row.action == "send"),
    ):
        local = at.astimezone(BERLIN)
        assert local.weekday() < 5 and 9 <= local.hour < 20, local
        assert not date(2025, 12, 22) <= local.date() <= date(2026, 1, 6)
        if counted:
            started.setdefault(person_id, set()).add(at)
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


def compare(engine: Engine, server: TelegramServer, kills: int = 0) -> None:
    """Each row for Telegram was shown there once; oftener only if it is listed. Announcements and files are apart."""
    query = select(letters).where(letters.c.action == "send", letters.c.channel == "telegram")
    with engine.begin() as tx:
        rows = tx.execute(query.where(letters.c.broadcast_id.is_(None), letters.c.file_name.is_(None))).all()
        known = set(tx.execute(select(accounts.c.address)).scalars())
    shown = Counter(
        (str(item.chat_id), item.text)
        for item in server.deliveries
        if item.method == "sendMessage" and str(item.chat_id) in known and not _APART.search(item.text)
    )
    wanted: Counter[tuple[str, str]] = Counter()
    doubts: Counter[tuple[str, str]] = Counter()
    for row in (row for row in rows if row.address in known and not _APART.search(plain(row.text))):
        key = (row.address, plain(row.text))
        wanted[key] += row.state == "sent"
        doubts[key] += row.doubts
    assert wanted - shown == Counter(), "lost"
    assert shown - wanted - doubts == Counter(), "shown twice and not listed"
    assert doubts.total() <= 8 * kills


def compare_matrix(engine: Engine, persons: Iterable[Person]) -> None:
    """Each row for Matrix was shown there, once, however often the bot was killed: on Matrix there is no doubt. Rows
    that delete themselves once they are sent are apart."""
    query = select(letters).where(letters.c.action == "send", letters.c.channel == "matrix")
    with engine.begin() as tx:
        rows = [row for row in tx.execute(query) if row.state == "sent" and row.message_id]
        known = set(tx.execute(select(accounts.c.address)).scalars())
    shown = {
        message.id: (person.name, message.text)
        for person in persons
        for message in person.messages
        if message.sender == person.bot and person.user in known
    }
    wanted = {row.message_id: (row.address, row.text) for row in rows}
    lost = [row for key, row in wanted.items() if key not in shown]
    unlisted = [row for key, row in shown.items() if key not in wanted and not _APART.search(row[1])]
    assert (lost, unlisted) == ([], [])


def write_transcripts(engine: Engine, chats: Mapping[str, Sequence[tuple[str, str]]], into: Path) -> None:
    """Write what everybody saw into files, with the days of the calendar. `chats` are their entries by name: the id of
    the bot's message ("" for what they said), and the line."""
    into.mkdir()
    with engine.begin() as tx:
        sent: dict[str, datetime] = {
            row.message_id: row.sent_at
            for row in tx.execute(select(letters).where(letters.c.message_id.is_not(None)))
            if row.sent_at and row.action == "send"
        }
    for name, entries in chats.items():
        (into / f"{name}.txt").write_text("\n".join(_dated(entries, sent)) + "\n", encoding="utf-8")


def _dated(entries: Iterable[tuple[str, str]], sent: Mapping[str, datetime]) -> Iterable[str]:
    last = ""
    for message_id, line in entries:
        if message_id:
            at = sent.get(message_id)
            heading = f"— {at.astimezone(BERLIN):%a %d.%m.%Y %H:%M}" if at else "— ?"
            if heading != last:
                yield heading
            last = heading
        yield line
