"""Day phrases and the days that they name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.dates import find_days
from tests.dialogue.scoring import messages, score

TUESDAY = date(2025, 10, 14)


@pytest.mark.parametrize("corpus", ["dates", "held_out_dates"])
def test_days_are_found_and_none_is_invented(corpus: str) -> None:
    result = score(messages(corpus))
    assert result.dates_right >= 0.97 * result.total, str(result)


def test_every_deadline_of_an_import_is_a_day_after_the_workshop_or_a_note() -> None:
    result = score(messages("import"))
    assert result.dates_right == result.total, str(result)


def test_next_friday_is_two_days_while_this_weeks_is_still_to_come() -> None:
    assert find_days("nächsten Freitag", TUESDAY) == (date(2025, 10, 17), date(2025, 10, 24))
    assert find_days("nächsten Freitag", date(2025, 10, 17)) == (date(2025, 10, 24),)


def test_a_weekday_in_a_week_is_counted_from_its_next_day() -> None:
    monday = date(2025, 10, 20)
    for text in ("Donnerstag in einer Woche", "Do in einer Woche", "Thursday in a week"):
        assert find_days(text, monday) == (date(2025, 10, 30),)
    assert find_days("Montag in einer Woche", monday) == (date(2025, 10, 27),)


def test_the_last_friday_of_the_month_is_the_next_month_s_when_it_is_past() -> None:
    assert find_days("letzter Freitag des Monats", date(2025, 10, 20)) == (date(2025, 10, 31),)
    assert find_days("letzter Freitag des Monats", date(2025, 11, 29)) == (date(2025, 12, 26),)


def test_a_day_without_a_year_may_be_today_but_in_an_import_is_after_the_workshop() -> None:
    assert find_days("14.10.", TUESDAY) == (TUESDAY,)
    assert find_days("14.10.", TUESDAY, after=TUESDAY) == (date(2026, 10, 14),)


def test_a_number_after_a_month_is_a_year_in_german_and_a_day_in_english() -> None:
    assert find_days("Nov 25", TUESDAY) == (date(2025, 11, 30),)
    assert find_days("Nov 25", TUESDAY, language="en") == (date(2025, 11, 25),)


def test_easter_and_advent_move() -> None:
    assert find_days("Ostern 2027", TUESDAY) == (date(2027, 3, 28),)
    assert find_days("1. Advent 2028", TUESDAY) == (date(2028, 12, 3),)


DAY_WORDS = """
    31. 12. 2025 29.2. 99 KW 53 Q4 Ende Mitte Anfang nächsten letzten ersten Freitag Mo Monat Woche Jahr Oktober Mai
    in zwei bis und oder - / , vor nach seit nicht 1. Advent Ostern übermorgen halbes Quartal th 15th a fortnight
"""


@given(
    st.lists(st.sampled_from(DAY_WORDS.split()), max_size=8).map(" ".join),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
)
def test_any_heap_of_day_words_is_read_without_an_error(text: str, today: date) -> None:
    days = find_days(text, today)
    assert list(days) == sorted(set(days))
