"""Thousands of people on several channels: half are to be asked how it stands, half are to be told something."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, insert, update

from bot.dialogue.joining import CONSENT_VERSION
from bot.domain.audience import Audience
from bot.domain.broadcast import Broadcast, Phase
from bot.domain.land import Land
from bot.store import broadcasts, channels, recipients, workshops
from bot.store.broadcasts import Card
from bot.store.tables import accounts, attendances, consents, occasions, people, pledges
from bot.store.tables import workshops as workshop_rows

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = datetime(2025, 8, 14, 11, 46, tzinfo=BERLIN)
"""A Thursday on which check-ins are due. By now all of the day are; they are asked at once, before noon."""
JOINED = datetime(2025, 7, 9, 12, 0, tzinfo=UTC)
UNTIL = datetime(2025, 8, 29, tzinfo=UTC)
FIRST = 1001
"""Chats have the numbers from here on, on each channel."""
NEWS = "Der Bus fährt um fünf."


def fill(engine: Engine, names: tuple[str, ...], each: int) -> None:
    """On each of these channels `each` people: those with even numbers have a check-in that is due, the others get a
    broadcast that has just been released."""
    with engine.begin() as tx:
        for name in names:
            channels.remember(tx, name, "telegram", f"{name}_bot")
        for letters, code in (("BER", "ABCD2345"), ("EUT", "EFGH2345")):
            workshops.add(
                tx, letters=letters, name=f"Werkstatt {letters}", day=JOINED.date(), land=Land.BE, code=code,
                created_at=JOINED,
            )  # fmt: skip
        chats = [(name, FIRST + number) for name in names for number in range(each)]
        _people(tx, [(number, *chat) for number, chat in enumerate(chats, start=1)])
        draft = Broadcast(
            0, NEWS, Audience((2,)), "command line", phase=Phase.RUNNING, body=NEWS, useful_until=UNTIL
        )  # fmt: skip
        key = broadcasts.add(tx, draft, Card(names[0], "", None, "de"), JOINED)
        stored = broadcasts.by_id(tx, key)
        assert stored is not None
        assert recipients.queue(tx, stored, CONSENT_VERSION, UNTIL.date(), MORNING) == len(chats) // 2


def _people(tx: Connection, everybody: list[tuple[int, str, int]]) -> None:
    makers = [number for number, _, chat in everybody if chat % 2 == 0]
    tx.execute(insert(people), [
        {
            "id": number, "language": "de", "zone": "Europe/Berlin", "weekday": MORNING.weekday(), "window": "morning",
            "created_at": JOINED,
        }
        for number, _, _ in everybody
    ])  # fmt: skip
    tx.execute(insert(accounts), [
        {
            "id": number, "person_id": number, "channel": channel, "address": str(chat), "user": str(chat),
            "reachable": True, "agreed": CONSENT_VERSION, "created_at": JOINED,
        }
        for number, channel, chat in everybody
    ])  # fmt: skip
    tx.execute(insert(consents), [
        {"account_id": number, "version": CONSENT_VERSION, "at": JOINED} for number, _, _ in everybody
    ])  # fmt: skip
    tx.execute(insert(attendances), [
        {"person_id": number, "workshop_id": 1 + chat % 2, "at": JOINED} for number, _, chat in everybody
    ])  # fmt: skip
    tx.execute(insert(pledges), [
        {
            "id": number, "reference": f"BER-{number:03}", "workshop_id": 1, "maker_id": number,
            "text": "Wir eröffnen ein Bürgerbüro im alten Bahnhof", "due": date(2026, 1, 9), "stage": "running",
            "registered": JOINED.date(), "visibility": "team", "created_at": JOINED,
        }
        for number in makers
    ])  # fmt: skip
    tx.execute(insert(occasions), [
        {
            "pledge_id": number, "person_id": number, "kind": "check_in", "round": 1, "requested": False,
            "due_at": MORNING,
        }
        for number in makers
    ])  # fmt: skip
    tx.execute(update(workshop_rows).values(last_number=len(everybody)))
