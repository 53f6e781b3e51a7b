"""What organisers tell people finds its room among what they are asked."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.domain.audience import Audience
from bot.domain.broadcast import Broadcast, Phase
from bot.service import slots
from bot.service.slots import Slot
from bot.store import broadcasts, outbox
from bot.store.broadcasts import Card
from bot.store.outbox import BROADCAST, URGENT, Letter
from tests.service.looking import Look
from tests.stage import Stage

BERLIN = ZoneInfo("Europe/Berlin")
ANNA = 1


def slot(stage: Stage, engine: Engine) -> datetime:
    now = stage.clock.now()
    with engine.begin() as tx:
        long_ago = now - timedelta(days=60)  # it is not in the outbox: no day is its own
        letter = Letter("new", "telegram", stage.people["Anna"].address, ANNA, "", long_ago, stands_for=BROADCAST)
        found = slots.slots_of(tx, stage.installation.rules, [letter], now)[letter.id]
    assert isinstance(found, Slot)
    return found.at.astimezone(BERLIN)


def announce(
    stage: Stage, engine: Engine, key: str = "b1", kind: str = BROADCAST, at: datetime | None = None,
    useful: timedelta | None = None,
) -> None:  # fmt: skip
    """A broadcast to Anna alone that is released and waits in the outbox."""
    when, address = at or slot(stage, engine), stage.people["Anna"].address
    with engine.begin() as tx:
        draft = Broadcast(0, "Neues", Audience((1,)), "person 99", body="Neues")
        number = broadcasts.add(tx, draft, Card("telegram", "", None, "de"), when)
        broadcasts.move_on(tx, number, Phase.RUNNING, Phase.DRAFT)
        outbox.post(tx, [Letter(
            key, "telegram", address, ANNA, "", when, stands_for=kind, broadcast_id=number,
            useless_after=when + useful if useful else None,
        )])  # fmt: skip


def test_on_the_day_of_the_workshop_people_can_be_told_something_at_once(stage: Stage, engine: Engine) -> None:
    stage.maker("Anna")
    evening = datetime(2025, 7, 9, 21, 30, tzinfo=BERLIN)
    stage.clock.set(evening)
    assert slot(stage, engine) == evening
    stage.clock.set(evening + timedelta(hours=1))
    assert slot(stage, engine).date() == date(2025, 7, 10)
    assert 9 <= slot(stage, engine).hour < 12


def test_it_takes_no_room_from_a_check_in(stage: Stage, engine: Engine) -> None:
    """Two days before the check-in and two days after a message there would be three in seven days."""
    stage.maker("Anna")
    check_in = stage.next_due.astimezone(BERLIN).date()
    stage.clock.set(datetime.combine(check_in - timedelta(days=3), datetime.min.time(), BERLIN))
    announce(stage, engine)
    first = slot(stage, engine).date()
    assert first > check_in + timedelta(days=3)


def test_it_is_decided_again_right_before_it_is_sent(stage: Stage, engine: Engine, look: Look) -> None:
    anna = stage.maker("Anna")
    check_in = stage.next_due
    announce(stage, engine, at=check_in - timedelta(hours=20))  # at night
    stage.clock.set(check_in - timedelta(hours=19))
    stage.deliver()
    assert anna.hears() == []
    [due] = [due for kind, due in look("outbox", "stands_for", "due_at") if kind == BROADCAST]
    assert due.date() != check_in.date()  # that day belongs to the check-in
    stage.until(due)
    assert "Neues" in anna.hears()


def test_it_counts_against_the_caps(stage: Stage, engine: Engine) -> None:
    anna = stage.maker("Anna")
    for number in range(2):
        announce(stage, engine, key=f"b{number}")
        stage.until(slot_day(stage, engine, number))
        stage.deliver()
    assert anna.hears().count("Neues") == 2
    assert slot(stage, engine).date() >= date(2025, 7, 16)


def slot_day(stage: Stage, engine: Engine, number: int) -> datetime:
    with engine.begin() as tx:
        told = outbox.broadcasts(tx, [ANNA], stage.clock.now() - timedelta(days=40))[ANNA]
    return max(at for at, _ in told)


@pytest.mark.parametrize(("kind", "heard"), [(BROADCAST, 1), (URGENT, 2)])
def test_an_urgent_notice_may_exceed_the_caps(stage: Stage, engine: Engine, kind: str, heard: int) -> None:
    anna = stage.maker("Anna")
    now = datetime(2025, 7, 10, 9, 0, tzinfo=UTC)
    stage.clock.set(now)
    announce(stage, engine, at=now)
    announce(stage, engine, key="b2", kind=kind, at=now)
    stage.deliver()
    assert anna.hears().count("Neues") == heard


def test_who_has_stopped_is_told_nothing(stage: Stage, engine: Engine, look: Look) -> None:
    anna = stage.maker("Anna")
    stage.clock.set(datetime(2025, 7, 10, 9, 0, tzinfo=UTC))
    announce(stage, engine, at=stage.clock.now() + timedelta(minutes=5))
    anna.says("/stop")
    anna.hears()
    stage.jump(hours=1)
    assert anna.hears() == []
    assert ("dropped", BROADCAST) in look("outbox", "state", "stands_for")


def test_what_would_come_past_its_use_waits_for_the_team(stage: Stage, engine: Engine, look: Look) -> None:
    stage.maker("Anna")
    now = datetime(2025, 7, 12, 9, 0, tzinfo=UTC)  # a Saturday
    stage.clock.set(now)
    announce(stage, engine, at=now, useful=timedelta(days=1))
    stage.deliver()
    assert ("late", "past its use") in look("outbox", "state", "reason")
