"""What fails for a quarter of an hour is told to the administrators, on a channel that works, once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.service.alerting import Alerting
from bot.service.backing_up import BackingUp
from bot.service.installation import Installation, Rules
from bot.service.monitoring import Monitoring
from bot.store import channels, outbox, people
from bot.store.outbox import Letter
from bot.store.tables import outbox as letters
from scheduler.alarm import Alarm
from scheduler.clock import ManualClock
from scheduler.database import Database
from scheduler.ownership import JOBS
from scheduler.runner import Contact, Line
from tests.scheduler.desk import Scripted

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
ADMINISTRATORS = frozenset({("telegram", "17"), ("second", "17"), ("second", "@lisa:example.org")})


class Watch:
    """Two channels under watch, and a clock for real time that moves only when told."""

    def __init__(self, installation: Installation, data_dir: Path) -> None:
        self.now = datetime.now(UTC)
        self.engine = installation.engine
        self.owned = {JOBS, "channel:telegram", "channel:second"}
        self.contacts = {"telegram": Contact(serving=self.now), "second": Contact(serving=self.now)}
        self.database = Database()
        self.alarm = Alarm(
            [self._line(name) for name in self.contacts], Monitoring(installation, data_dir), Alerting(installation),
            self.database, lambda name: name in self.owned, lambda: self.now,
        )  # fmt: skip

    def _line(self, name: str) -> Line:
        async def nothing(*_: object) -> None:
            return None

        channel = Scripted()
        channel.name = name
        return Line(channel, nothing, nothing, self.contacts[name])

    async def minutes(self, count: int, *answering: str) -> list[tuple[str, str, str]]:
        """So many minutes in which these channels answer; gives channel, address and text of what was told."""
        for _ in range(count):
            self.now += timedelta(minutes=1)
            for name in answering:
                self.contacts[name].at = self.now
            await self.alarm.look()
        with self.engine.begin() as tx:
            told = tx.execute(select(letters).where(letters.c.key.startswith("alert:")).order_by(letters.c.id)).all()
            tx.execute(letters.delete().where(letters.c.key.startswith("alert:")))
        return [(row.channel, row.address, row.text) for row in told]


@pytest.fixture
def watch(engine: Engine, clock: ManualClock, data_dir: Path) -> Iterator[Watch]:
    """With a backup of just now."""
    installation = Installation(engine, clock, Rules(language="en", administrators=ADMINISTRATORS))
    BackingUp(installation, data_dir).back_up()
    watch = Watch(installation, data_dir)
    yield watch
    watch.database.close()


async def test_a_channel_that_has_stopped_is_told_on_the_other(watch: Watch) -> None:
    watch.contacts["telegram"].lost = "the token is revoked"
    assert await watch.minutes(15, "second") == []
    told = await watch.minutes(20, "second")
    assert [(channel, address) for channel, address, _ in told] == [("second", "17")]
    assert "The channel telegram has stopped" in told[0][2]
    watch.contacts["telegram"].made()
    over = await watch.minutes(1, "second", "telegram")
    assert [text for *_, text in over] == ["✅ telegram works again."] * 2


async def test_a_platform_that_does_not_answer(watch: Watch) -> None:
    assert await watch.minutes(14, "telegram") == []
    [(channel, _, text)] = await watch.minutes(3, "telegram")
    assert channel == "telegram" and "second has not answered" in text


async def test_with_all_channels_away_it_is_told_when_one_is_back(watch: Watch) -> None:
    assert await watch.minutes(60) == []
    told = await watch.minutes(1, "second")
    assert ["telegram has not answered" in text for *_, text in told] == [True]


async def test_what_passes_sooner_is_nobodys_concern(watch: Watch) -> None:
    await watch.minutes(14, "second")
    assert await watch.minutes(60, "second", "telegram") == []


async def test_messages_that_wait(watch: Watch, clock: ManualClock) -> None:
    with watch.engine.begin() as tx:
        outbox.post(tx, [Letter("a", "second", "1", None, "hello", clock.now())])
    clock.advance(timedelta(minutes=16))
    [(channel, _, text)] = await watch.minutes(2, "second", "telegram")
    assert channel == "telegram" and "Messages on second have been waiting" in text


async def test_a_backup_that_fails(watch: Watch) -> None:
    watch.now += timedelta(hours=24)
    told = await watch.minutes(20, "second", "telegram")
    assert {channel for channel, *_ in told} == {"second", "telegram"}
    assert all("daily backup fails" in text for *_, text in told)


async def test_on_a_platform_without_numbers_it_goes_to_their_chat(watch: Watch, clock: ManualClock) -> None:
    with watch.engine.begin() as tx:
        new = {"language": "en", "zone": "Europe/Berlin", "weekday": 1, "window": "morning"}
        people.add(tx, new, "second", "!room:example.org", "@lisa:example.org", clock.now())
    watch.contacts["telegram"].lost = "the token is revoked"
    told = await watch.minutes(17, "second")
    assert {address for _, address, _ in told} == {"17", "!room:example.org"}


async def test_whoever_does_not_own_the_jobs_tells_of_the_channels_it_owns(watch: Watch) -> None:
    watch.owned.remove(JOBS)
    watch.owned.remove("channel:second")  # another process serves it, and tells there
    watch.contacts["telegram"].lost = "the token is revoked"
    assert await watch.minutes(15) == []
    told = await watch.minutes(24 * 60)  # a day later there is no new backup, but that is for whoever makes them
    assert [(channel, address) for channel, address, _ in told] == [("second", "17")]
    assert "The channel telegram has stopped" in told[0][2]
    watch.contacts["telegram"].made()
    assert [text for *_, text in await watch.minutes(1, "telegram")] == ["✅ telegram works again."] * 2


async def test_a_channel_that_nobody_looks_after(watch: Watch) -> None:
    watch.owned.remove("channel:telegram")

    def beat() -> None:
        with watch.engine.begin() as tx:
            channels.take_over(tx, "channel:telegram", "another:1", watch.now)

    for _ in range(20):
        beat()
        assert await watch.minutes(1, "second") == []
    assert await watch.minutes(13, "second") == []  # that process is gone
    [(channel, _, text)] = await watch.minutes(1, "second")
    assert channel == "second" and "The channel telegram has stopped" in text
    beat()
    assert len(await watch.minutes(1, "second")) == 2
