from datetime import date

import pytest

from bot.domain.land import Land
from bot.domain.workshop import Workshop, months_after


def workshop(day: date) -> Workshop:
    return Workshop(1, "BER", "Werkstatt Berlin", day, Land.BE, "K7M4PX")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 7, 9), 6, date(2026, 1, 9)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2025, 10, 31), 1, date(2025, 11, 30)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
    ],
)
def test_months_clip_at_the_end(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_a_pledge_has_six_months_and_may_be_given_twelve() -> None:
    berlin = workshop(date(2025, 8, 31))
    assert (berlin.deadline, berlin.latest) == (date(2026, 2, 28), date(2026, 8, 31))


@pytest.mark.parametrize(
    ("today", "admitted"),
    [(date(2025, 7, 1), True), (date(2025, 7, 9), True), (date(2025, 9, 7), True), (date(2025, 9, 8), False)],
)
def test_codes_work_for_sixty_days(today: date, admitted: bool) -> None:
    assert workshop(date(2025, 7, 9)).admits(today) is admitted
