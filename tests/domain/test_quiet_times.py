from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.land import Land
from bot.domain.quiet_times import Calendar, RestPeriod, Window, spread_weekday

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = 2
ANNA = Calendar(BERLIN, Window.MORNING, WEDNESDAY, frozenset({Land.BE}))


def living_in(*laender: Land) -> Calendar:
    return replace(ANNA, laender=frozenset(laender))


@pytest.mark.parametrize(
    ("day", "name", "free_in"),
    [
        (date(2025, 10, 3), "Tag der Deutschen Einheit", set(Land)),
        (date(2026, 4, 3), "Karfreitag", set(Land)),
        (date(2026, 1, 6), "Heilige Drei Könige", {Land.BW, Land.BY, Land.ST}),
        (date(2027, 3, 8), "Frauentag", {Land.BE, Land.MV}),
        (date(2025, 6, 19), "Fronleichnam, in Sachsen und Thüringen nur mancherorts",
         {Land.BW, Land.BY, Land.HE, Land.NW, Land.RP, Land.SL, Land.SN, Land.TH}),
        (date(2025, 8, 8), "Augsburger Friedensfest", {Land.BY}),
        (date(2025, 8, 15), "Mariä Himmelfahrt, in Bayern nur mancherorts", {Land.BY, Land.SL}),
        (date(2024, 9, 20), "Weltkindertag", {Land.TH}),
        (date(2025, 10, 31), "Reformationstag",
         {Land.BB, Land.HB, Land.HH, Land.MV, Land.NI, Land.SN, Land.ST, Land.SH, Land.TH}),
        (date(2024, 11, 1), "Allerheiligen", {Land.BW, Land.BY, Land.NW, Land.RP, Land.SL}),
        (date(2025, 11, 19), "Buß- und Bettag", {Land.SN}),
        (date(2025, 11, 20), "ein gewöhnlicher Donnerstag", set()),
    ],
)  # fmt: skip
def test_holidays_of_every_land(day: date, name: str, free_in: set[Land]) -> None:
    assert {land for land in Land if not living_in(land).is_working_day(day)} == free_in


def test_whoever_has_pledges_in_two_laender_rests_with_both() -> None:
    both = living_in(Land.SN, Land.SL)
    assert not both.is_working_day(date(2025, 11, 19))
    assert not both.is_working_day(date(2025, 8, 15))


def test_without_a_land_the_nationwide_holidays_count() -> None:
    assert not living_in().is_working_day(date(2025, 10, 3))
    assert living_in().is_working_day(date(2025, 10, 31))


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        (date(2025, 12, 19), True),
        (date(2025, 12, 20), False),  # a Saturday
        (date(2025, 12, 22), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 6), False),
        (date(2026, 1, 7), True),
    ],
)
def test_nobody_is_asked_around_the_turn_of_the_year(day: date, allowed: bool) -> None:
    assert ANNA.is_allowed(day) is allowed


def test_rest_periods_belong_to_their_land_or_to_all() -> None:
    rests = (
        RestPeriod("Herbstferien", date(2025, 10, 20), date(2025, 11, 1), Land.BE),
        RestPeriod("Parlamentspause", date(2025, 7, 14), date(2025, 9, 5)),
    )
    in_berlin, in_hesse = replace(ANNA, rests=rests), replace(living_in(Land.HE), rests=rests)
    autumn, summer = date(2025, 10, 22), date(2025, 9, 5)
    assert (in_berlin.is_allowed(autumn), in_hesse.is_allowed(autumn)) == (False, True)
    assert (in_berlin.is_allowed(summer), in_hesse.is_allowed(summer)) == (False, False)
    assert in_berlin.is_working_day(autumn)


def test_a_rest_period_ends_after_it_starts() -> None:
    with pytest.raises(ValueError, match="Sommerferien"):
        RestPeriod("Sommerferien", date(2025, 9, 6), date(2025, 7, 24))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2025, 10, 1), date(2025, 10, 1), date(2025, 10, 1)),
        (date(2025, 10, 3), date(2025, 10, 6), date(2025, 10, 2)),  # a holiday before a weekend
        (date(2026, 4, 4), date(2026, 4, 7), date(2026, 4, 2)),  # Easter
        (date(2025, 12, 28), date(2026, 1, 7), date(2025, 12, 19)),
    ],
)
def test_the_nearest_allowed_days(day: date, first: date, last: date) -> None:
    assert (ANNA.first_allowed(day), ANNA.last_allowed(day)) == (first, last)


def test_a_pause_lasts_to_the_day_before_its_end() -> None:
    paused = replace(ANNA, paused_until=date(2025, 9, 13))  # a Saturday
    assert paused.first_allowed(date(2025, 8, 1)) == date(2025, 9, 15)
    assert paused.last_allowed(date(2025, 9, 14)) is None
    assert paused.last_allowed(date(2025, 9, 20)) == date(2025, 9, 19)


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (date(2025, 9, 3), date(2025, 9, 3)),
        (date(2025, 9, 4), date(2025, 9, 10)),
        (date(2025, 12, 27), date(2026, 1, 7)),
        (date(2026, 12, 20), date(2027, 1, 7)),  # Wednesday, 23 December is blocked: the next allowed day, a Thursday
    ],
)
def test_the_own_weekday_or_the_next_allowed_day(day: date, asked: date) -> None:
    assert ANNA.first_own_weekday(day) == asked


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        (date(2025, 9, 27), 0, date(2025, 9, 27)),
        (date(2025, 10, 1), 1, date(2025, 10, 2)),
        (date(2025, 10, 1), 2, date(2025, 10, 6)),
        (date(2025, 10, 4), 1, date(2025, 10, 6)),
        (date(2025, 12, 18), 5, date(2026, 1, 12)),  # neither holidays nor days of rest count
    ],
)
def test_working_days(day: date, n: int, found: date) -> None:
    assert ANNA.add_working_days(day, n) == found


def test_a_pause_holds_no_working_days() -> None:
    paused = replace(ANNA, paused_until=date(2025, 10, 13))
    assert paused.add_working_days(date(2025, 10, 1), 2) == date(2025, 10, 14)


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        (date(2025, 10, 6), 1, date(2025, 10, 2)),
        (date(2026, 1, 9), 5, date(2026, 1, 2)),  # days of rest count here
        (date(2026, 1, 9), 7, date(2025, 12, 30)),
        (date(2026, 1, 9), 9, date(2025, 12, 24)),  # 25 and 26 December are holidays
    ],
)
def test_working_days_before(day: date, n: int, found: date) -> None:
    assert ANNA.working_day_before(day, n) == found


def test_the_own_weekday_among_some_days() -> None:
    assert ANNA.last_own_weekday(date(2025, 9, 29), date(2025, 10, 3)) == date(2025, 10, 1)
    assert ANNA.last_own_weekday(date(2025, 10, 2), date(2025, 10, 7)) is None
    fridays = replace(ANNA, weekday=4)
    assert fridays.last_own_weekday(date(2025, 9, 29), date(2025, 10, 6)) is None  # the third is a holiday
    assert fridays.last_own_weekday(date(2025, 9, 26), date(2025, 10, 6)) == date(2025, 9, 26)


@pytest.mark.parametrize(
    ("day", "hour", "is_open"),
    [
        (date(2025, 10, 4), time(7, 59), False),
        (date(2025, 10, 4), time(8), True),  # a Saturday
        (date(2025, 10, 4), time(21, 59), True),
        (date(2025, 10, 4), time(22), False),
        (date(2025, 10, 5), time(12), False),
        (date(2025, 10, 6), time(10), True),
    ],
)
def test_on_the_day_of_a_workshop_people_may_be_told_something_from_8_to_22(
    day: date, hour: time, is_open: bool
) -> None:
    there = replace(ANNA, workshops=frozenset({date(2025, 10, 4)}))
    moment = datetime.combine(day, hour, BERLIN)
    assert there.is_open_to_news(moment) is is_open
    assert there.is_open(moment) is (day == date(2025, 10, 6))
    assert (there.next_open_to_news(moment, 42) == moment) is is_open
    paused = replace(there, paused_until=date(2025, 10, 10))
    assert not paused.is_open_to_news(moment)


@pytest.mark.parametrize(
    ("before", "after"),
    [(date(2025, 10, 24), date(2025, 10, 27)), (date(2026, 3, 27), date(2026, 3, 30))],
)
@pytest.mark.parametrize("seed", [7, 42, "BER-042"])
def test_ten_o_clock_stays_ten_o_clock(before: date, after: date, seed: int | str) -> None:
    earlier, later = ANNA.instant(before, seed), ANNA.instant(after, seed)
    assert earlier.tzinfo is UTC
    assert earlier.astimezone(BERLIN).time() == later.astimezone(BERLIN).time()
    assert earlier.time() != later.time()


@pytest.mark.parametrize("window", Window)
def test_moments_are_spread_over_the_window_but_for_its_end(window: Window) -> None:
    calendar, day = replace(ANNA, window=window), date(2025, 10, 1)
    times = Counter(calendar.instant(day, seed).astimezone(BERLIN).time() for seed in range(20_000))
    last = (datetime.combine(day, window.closes) - timedelta(minutes=16)).time()
    assert (min(times), max(times)) == (window.opens, last)
    assert max(times.values()) < 2 * min(times.values())
    assert all(moment.second == 0 for moment in times)


def test_a_seed_always_has_the_same_moment() -> None:
    assert ANNA.instant(date(2025, 10, 1), 42) == datetime(2025, 10, 1, 8, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour", "is_open"),
    [
        (date(2025, 10, 1), time(8, 59), False),
        (date(2025, 10, 1), time(9), True),
        (date(2025, 10, 1), time(11, 59), True),
        (date(2025, 10, 1), time(12), False),
        (date(2025, 10, 3), time(10), False),
    ],
)
def test_when_the_window_is_open(day: date, hour: time, is_open: bool) -> None:
    assert ANNA.is_open(datetime.combine(day, hour, BERLIN)) is is_open


def test_what_is_overdue_comes_at_the_next_open_moment() -> None:
    inside = datetime(2025, 10, 2, 11, 50, tzinfo=BERLIN)
    assert ANNA.next_open(inside, 42) == inside
    assert ANNA.next_open(datetime(2025, 10, 2, 6, tzinfo=BERLIN), 42) == ANNA.instant(date(2025, 10, 2), 42)
    assert ANNA.next_open(datetime(2025, 10, 2, 12, tzinfo=BERLIN), 42) == ANNA.instant(date(2025, 10, 6), 42)


def test_today_is_what_people_in_the_zone_call_it() -> None:
    assert ANNA.day_of(datetime(2025, 10, 1, 22, 30, tzinfo=UTC)) == date(2025, 10, 2)


def test_weekdays_are_spread_evenly_from_tuesday_to_thursday() -> None:
    days = Counter(spread_weekday(seed) for seed in range(3_000))
    assert set(days) == {1, 2, 3}
    assert min(days.values()) > 900
