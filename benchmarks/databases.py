"""Databases of any size, on temporary SQLite files that go away with the process."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, text

from bot.dialogue.joining import CONSENT_VERSION
from bot.domain.land import Land
from bot.ports import Clock
from bot.service.installation import Installation, Rules
from bot.store import migrations, workshops
from bot.store.engine import open_engine
from scheduler.clock import ManualClock

CHANNEL = "telegram"
CODE = "ABCD2345"
WORKSHOP_DAY = date(2025, 7, 9)
CHECK_IN = datetime(2025, 8, 14, 9, 50, tzinfo=UTC)
"""A Thursday, ten minutes before everybody's window closes: whose check-in is due on this day is due now."""
SECOND = timedelta(seconds=1)
FIRST_ADDRESS = 1000
"""People talk in chats with the numbers above this one."""

_FOLDER = Path(tempfile.mkdtemp(prefix="worthalten-benchmarks-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :pledges) "
_FILL = (
    "INSERT INTO people (id, language, zone, weekday, window, created_at) " + _NUMBERS
    + "SELECT i, 'de', 'Europe/Berlin', 3, 'morning', :day FROM n",
    "INSERT INTO accounts (id, person_id, channel, address, user, reachable, agreed, created_at) " + _NUMBERS
    + "SELECT i, i, :channel, CAST(:first + i AS TEXT), CAST(:first + i AS TEXT), 1, :consent, :day FROM n",
    "INSERT INTO consents (account_id, version, at) " + _NUMBERS + "SELECT i, :consent, :day FROM n",
    "INSERT INTO attendances (person_id, workshop_id, at) " + _NUMBERS + "SELECT i, 1, :day FROM n",
    "INSERT INTO pledges (id, reference, workshop_id, maker_id, text, due, stage, registered, visibility, created_at) "
    + _NUMBERS
    + "SELECT i, printf('BER-%03d', i), 1, i, 'Wir eröffnen ein Bürgerbüro im alten Bahnhof', '2026-01-09', 'running', "
    "date(:day), 'team', :day FROM n",
    "UPDATE workshops SET last_number = :pledges",
    "INSERT INTO occasions (pledge_id, person_id, kind, round, requested, due_at) " + _NUMBERS
    + "SELECT i, i, 'check_in', 1, 0, CASE WHEN i <= :due "
    "THEN strftime('%Y-%m-%d %H:%M:%S.000000', '2025-08-14 09:50:00', ((i - 1) / 100) || ' seconds') "
    "ELSE printf('2025-%02d-14 08:%02d:00.000000', 9 + i % 4, i % 60) END FROM n",
)  # fmt: skip


@dataclass
class Stored:
    """A database file that is ready to be used."""

    file: Path

    def copy(self, name: str) -> "Stored":
        """The same once more; an earlier copy of that name is gone."""
        other = self.file.with_name(f"{name}.db")
        for ending in ("", "-wal", "-shm", ".lock"):
            Path(f"{other}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.file, other)
        return Stored(other)

    def engine(self) -> Engine:
        """A new engine on it."""
        return open_engine(f"sqlite:///{self.file}")

    def installation(self, clock: Clock | None = None) -> Installation:
        """An installation on it; without a clock of its own it is a second before CHECK_IN."""
        rules = Rules(responsible="Rathaus Musterstadt")
        return Installation(self.engine(), clock or ManualClock(CHECK_IN - SECOND), rules)


@cache
def filled(pledges: int, due: int = 0) -> Stored:
    """One workshop with so many people who made one pledge each. The first `due` of them are to be asked from CHECK_IN
    on, a hundred more each second; the others in the months after it."""
    stored = Stored(_FOLDER / f"{pledges}-{due}.db")
    engine = stored.engine()
    day = datetime(2025, 7, 9, 12, tzinfo=UTC)
    with engine.begin() as tx:
        migrations.upgrade(tx)
        workshops.add(
            tx, letters="BER", name="Werkstatt Berlin", day=WORKSHOP_DAY, land=Land.BE, code=CODE, created_at=day
        )
        values = {
            "pledges": pledges, "due": due, "channel": CHANNEL, "first": FIRST_ADDRESS, "consent": CONSENT_VERSION,
            "day": f"{day:%Y-%m-%d %H:%M:%S.000000}",
        }  # fmt: skip
        for statement in _FILL if pledges else ():
            tx.execute(text(statement), {key: value for key, value in values.items() if f":{key}" in statement})
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return stored
