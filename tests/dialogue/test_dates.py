"""Day phrases and the days that they name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.dates import find_days
from tests.dialogue.scoring import messages, score

TUESDAY = date(2025, 10, 14)


@pytest.mark.parametrize("corpus", ["dates", "held_out_dates", "held_out_dates_second"])
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


def test_a_working_day_is_no_holiday() -> None:
    assert find_days("am ersten Werktag im Mai", TUESDAY) == (date(2026, 5, 4),)
    assert find_days("letzter Werktag des Monats", TUESDAY) == (date(2025, 10, 31),)


def test_easter_and_advent_move() -> None:
    assert find_days("Ostern 2027", TUESDAY) == (date(2027, 3, 28),)
    assert find_days("1. Advent 2028", TUESDAY) == (date(2028, 12, 3),)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("heute in acht Tagen", date(2025, 10, 21)),
        ("Freitag über acht Tage", date(2025, 10, 24)),
        ("in 8 Tagen", date(2025, 10, 22)),
    ],
)
def test_eight_days_from_a_day_are_a_week_as_germans_count(text: str, day: date) -> None:
    assert find_days(text, TUESDAY) == (day,)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("am Tag vor Heiligabend", date(2025, 12, 23)),
        ("Brückentag nach Himmelfahrt", date(2026, 5, 15)),
        ("eine Woche nach dem 1. Mai", date(2026, 5, 8)),
        ("zweiter Sonntag nach Ostern", date(2026, 4, 19)),
        ("Freitag vor Monatsende", date(2025, 10, 24)),
    ],
)
def test_days_are_counted_from_feasts_and_from_dates(text: str, day: date) -> None:
    assert find_days(text, TUESDAY) == (day,)


def test_the_day_after_a_feast_is_still_near_when_the_feast_is_just_over() -> None:
    assert find_days("Dienstag nach Ostern", date(2026, 4, 6)) == (date(2026, 4, 7),)


@pytest.mark.parametrize(
    "text",
    [
        "morgen geht nicht, erst Freitag",
        "morgen nicht, sondern am Freitag",
        "Mittwoch fällt aus, neuer Termin ist Freitag",
        "Verschoben von Mittwoch auf Freitag",
        "bis Donnerstag wird das nichts, eher Freitag",
        "Mittwoch? Nein, Freitag.",
        "der 17., das ist ein Freitag",
        "von mir aus am Freitag, auf jeden Fall",
        "am Friedach",
        "am, äh, Freitag",
    ],
)
def test_only_the_day_that_is_meant_counts(text: str) -> None:
    assert find_days(text, TUESDAY) == (date(2025, 10, 17),)


def test_a_day_until_which_something_will_not_be_is_meant_where_no_other_is_named() -> None:
    assert find_days("bitte bis 7. November nicht schreiben", TUESDAY) == (date(2025, 11, 7),)


@pytest.mark.parametrize(
    "text",
    """
    Version 3.4.1|Version 10.15|4,50 €|12.500 Euro|80 %|§ 12 Abs. 3|Art. 5|Az. 10/2026-B|Drucksache 7/1234|0331 866 1234
    0331 12 04 26|Tel. 03301/5678|PLZ 14482|Hauptstraße 12|Am 3. Graben 5|im 2. Stock|ich bin 63|mit 67 in Rente
    zum 3. Mal verschoben|am 2. Bauabschnitt|der 1. Vorsitzende|die zwölfte ist schon dabei|5:3 gewonnen|3/4 fertig
    A 10 bis B 96|10-12 Uhr|Herr Mai|Frau März weiß das|Montagsdemo|Maibaum|Osterfeuer|Martinszug|im Osten|zweite Akte
    etwa 3/4|1. ist der Antrag durch und 2. haben wir Geld
    Platz des 18. März 1|zwischen Ostern und Pfingsten
    Der Brückenbau stockt|bitte merken|sobald die 30 kW auf dem Dach sind|vier von vier|gegründet am 1. Mai 1921
    in der Stadt|mit Diesel|die Länder|wir mögen das|Frist läuft|Feuer löschen|zu spät
    """.strip()
    .replace("\n", "|")
    .split("|"),
)
def test_no_day_is_read_into_other_figures_and_words(text: str) -> None:
    assert find_days(text.strip(), TUESDAY) == ()


def test_many_corrections_are_read_as_easily_as_one() -> None:
    assert find_days("am Montag, nein, " * 2000 + "am Freitag", TUESDAY) == (date(2025, 10, 17),)


DAY_WORDS = """
    31. 12. 2025 29.2. 99 KW 53 Q4 Ende Mitte Anfang nächsten letzten ersten Freitag Mo Monat Woche Jahr Oktober Mai
    in zwei bis und oder - / , vor nach seit nicht 1. Advent Ostern übermorgen halbes Quartal th 15th a fortnight
    '27 '99 ½ 999 30.XII. H1 2026-W40 99999999 31.02. Halbjahr pro je Tagen statt Juni
"""


@given(
    st.lists(st.sampled_from(DAY_WORDS.split()), max_size=8).map(" ".join),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
)
def test_any_heap_of_day_words_is_read_without_an_error(text: str, today: date) -> None:
    days = find_days(text, today)
    assert list(days) == sorted(set(days))
