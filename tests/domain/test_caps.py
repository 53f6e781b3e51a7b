from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.caps import PRIORITY, Caps, first_fitting, fits, last_fitting
from bot.domain.kinds import Kind
from bot.domain.land import Land
from bot.domain.quiet_times import Calendar, Window

FIRST = date(2025, 9, 1)  # a Monday
ANNA = Calendar(ZoneInfo("Europe/Berlin"), Window.MORNING, 2, frozenset({Land.BE}))


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def days(*numbers: int) -> list[date]:
    return [on(number) for number in numbers]


@pytest.mark.parametrize(
    ("sent", "day", "fitting"),
    [
        ([], 0, True),
        ([0], 0, False),  # one a day
        ([0], 1, True),
        ([0, 3], 6, False),  # two in seven days
        ([0, 3], 7, True),
        ([0, 3], 1, False),
        ([0, 7, 14, 21, 28], 29, False),  # five in thirty days
        ([0, 7, 14, 21, 28], 30, True),
        ([4, 6], 0, False),  # room that is kept for later days
        ([4, 8], 0, True),
        ([5, 10, 15, 20, 29], 0, False),
        ([5, 10, 15, 20, 30], 0, True),
    ],
)
def test_one_a_day_two_a_week_five_a_month(sent: list[int], day: int, fitting: bool) -> None:
    assert fits(on(day), days(*sent)) is fitting


def test_what_finds_no_room_waits_for_an_allowed_day() -> None:
    assert first_fitting(on(5), days(0, 3), ANNA) == on(7)
    assert first_fitting(on(5), [], ANNA) == on(7)
    assert first_fitting(on(31), days(30, 31), ANNA) == on(37)  # 2 October; then 3 October, a weekend


def test_what_cannot_wait_looks_for_an_earlier_day() -> None:
    assert last_fitting(on(9), on(0), days(9), ANNA) == on(8)
    assert last_fitting(on(13), on(0), [], ANNA) == on(11)  # a Sunday
    assert last_fitting(on(9), on(8), days(8, 9), ANNA) is None


def test_caps_can_be_set() -> None:
    assert fits(on(0), days(0), Caps(day=2))


@given(st.lists(st.integers(0, 60), max_size=40))
def test_keeping_to_the_caps_keeps_every_stretch_of_days_within_them(wished: list[int]) -> None:
    sent: list[date] = []
    for day in days(*wished):
        if fits(day, sent):
            sent.append(day)
    for length, most in ((1, 1), (7, 2), (30, 5)):
        for start in days(*range(-30, 61)):
            assert sum(start <= day < start + timedelta(days=length) for day in sent) <= most


def test_everything_that_says_something_has_its_priority() -> None:
    assert set(PRIORITY) == set(Kind) - {Kind.CLOSE, Kind.DECISION, Kind.NEWS}
