"""The dates of somebody's pledges as a calendar file (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

LENGTH = timedelta(minutes=15)
"""How much room a question takes in a calendar: nobody needs more for one tap."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. `at` is an instant (aware) or a whole day. `key` is the same whenever the file is made again, so that
    a calendar replaces the entry in place of showing it twice."""

    key: str
    at: datetime | date
    title: str
    text: str = ""


def calendar_file(entries: Iterable[Entry], name: str, zone: ZoneInfo, now: datetime) -> bytes:
    """The entries as a file that calendars import, under this `name`, instants in the wall-clock time of `zone`."""
    calendar = Calendar()
    calendar.add("prodid", "-//Worthalten//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@worthalten")
        event.add("dtstamp", now)
        event.add("summary", entry.title)
        if entry.text:
            event.add("description", entry.text)
        if isinstance(entry.at, datetime):
            start = entry.at.astimezone(zone)
            event.add("dtstart", start)
            event.add("dtend", start + LENGTH)
        else:
            event.add("dtstart", entry.at)
            event.add("dtend", entry.at + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
