"""What the calendar of a rehearsal stops at: whatever is due, and the mornings on which a team is told something."""

from datetime import UTC, datetime

import pytest

from bot.service.rehearsing import Rehearsing
from tests.service.test_rights import join_team
from tests.stage import Stage

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
EVENING = datetime(2025, 7, 10, 18, 0, tzinfo=UTC)
"""A Thursday: what is announced now finds its slot on the Friday."""


@pytest.fixture
def rehearsing(stage: Stage) -> Rehearsing:
    return Rehearsing(stage.installation)


def test_nothing_is_to_come_where_nobody_has_a_pledge(stage: Stage, rehearsing: Rehearsing) -> None:
    join_team(stage, "Olga")
    assert rehearsing.ahead().next is None


def test_it_stops_at_the_slot_of_an_announcement(stage: Stage, rehearsing: Rehearsing) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    stage.clock.set(EVENING)
    olga.says("/announce The bus leaves at five.")
    olga.says("in four weeks")
    olga.taps("On to the preview")
    olga.taps("Release")
    stage.announce()
    anna.hears()
    slot = rehearsing.ahead().next
    assert slot and slot.date() == EVENING.replace(day=11).date()
    stage.clock.set(slot)
    stage.announce()
    assert "The bus leaves at five." in anna.hears()[0]


def test_it_stops_on_monday_and_the_team_is_told_of_the_week(stage: Stage, rehearsing: Rehearsing) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    anna.says("/human What now?")
    olga.hears()
    monday = rehearsing.ahead().next
    assert monday == datetime(2025, 7, 14, 7, 0, tzinfo=UTC)
    stage.clock.set(monday)
    assert rehearsing.tell_teams() == {stage.platform.name}
    assert rehearsing.ahead().next == monday  # until it has left
    stage.deliver()
    assert "your week" in olga.hears()[0]
    assert rehearsing.ahead().next == datetime(2025, 7, 21, 7, 0, tzinfo=UTC)


def test_it_stops_on_the_morning_of_a_promised_day(stage: Stage, rehearsing: Rehearsing) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    anna.says("/human What now?")
    olga.taps("I take it")
    olga.taps("Promise a day")
    olga.taps("Fri, 11 July")
    olga.hears()
    morning = rehearsing.ahead().next
    assert morning == datetime(2025, 7, 10, 6, 0, tzinfo=UTC)
    stage.clock.set(morning)
    assert rehearsing.tell_teams() == set()
    morning = rehearsing.ahead().next
    assert morning == datetime(2025, 7, 11, 6, 0, tzinfo=UTC)
    stage.clock.set(morning)
    rehearsing.tell_teams()
    stage.deliver()
    assert "promised" in olga.hears()[0]
