"""Calendar files, read back by the library and looked at as calendars do."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from bot.documents.calendar import Entry, calendar_file

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 7, 9, 8, tzinfo=UTC)


def read(*entries: Entry) -> list[Calendar]:
    content = calendar_file(entries, "Worthalten", BERLIN, NOW)
    assert content.isascii() or content.decode("utf-8")
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_question_stands_at_its_wall_clock_time_in_summer_and_in_winter() -> None:
    summer = Entry("BER-001-check-in-1", datetime(2025, 8, 14, 8, tzinfo=UTC), "BER-001: Wie steht es?")
    winter = Entry("BER-001-check-in-5", datetime(2025, 12, 11, 9, tzinfo=UTC), "BER-001: Wie steht es?")
    for event in read(summer, winter):
        assert (event["dtstart"].dt.hour, event["dtstart"].params["TZID"]) == (10, "Europe/Berlin")


def test_a_deadline_is_a_whole_day() -> None:
    (event,) = read(Entry("BER-001", date(2026, 1, 9), "BER-001: Termin", "Wir öffnen"))
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 1, 9), date(2026, 1, 10))


def test_the_same_entry_has_the_same_id_in_every_file() -> None:
    (first,), (second,) = (read(Entry("BER-001", day, "Termin")) for day in (date(2026, 1, 9), date(2026, 2, 9)))
    assert first["uid"] == second["uid"] == "BER-001@worthalten"


def test_what_people_wrote_cannot_add_lines_of_its_own() -> None:
    text = "Bänke; Bäume, Brunnen\\\nBEGIN:VEVENT\nSUMMARY:fremd\r\nEND:VEVENT"
    (event,) = read(Entry("BER-001", date(2026, 1, 9), "BER-001", text))
    assert "Brunnen" in event["description"]
    assert event["summary"] == "BER-001"
