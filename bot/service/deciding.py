"""Somebody has to decide something about the people of a pledge: they are asked as soon as there is room for it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.dialogue.message import Say
from bot.domain import caps
from bot.domain.kinds import Kind
from bot.service import dossiers, posting
from bot.service.installation import Rules
from bot.store import occasions, outbox, prompts
from bot.texts import Speaker, speaker


def ask(
    tx: Connection, rules: Rules, person_id: int, pledge_id: int, question: Callable[[Speaker], Say], now: datetime
) -> bool:
    """Ask this person, in their window, on the first day that has room. False where they cannot be written to."""
    dossier = dossiers.load(tx, rules, (person_id,), now).get(person_id)
    if dossier is None or dossier.account is None:
        return False
    calendar = dossier.calendar
    opening = calendar.next_open(now, person_id)
    day = caps.first_fitting(calendar.day_of(opening), dossier.sent, calendar)
    at = opening if day == calendar.day_of(opening) else calendar.instant(day, person_id)
    prompt, letter = posting.question(question(speaker(dossier.person.language)), dossier.account, Kind.DECISION, at)
    prompts.open_(tx, [prompt])
    outbox.post(tx, [letter])
    occasions.record(tx, [{
        "pledge_id": pledge_id, "person_id": person_id, "kind": Kind.DECISION, "round": 0, "at": at, "counted": True,
        "outbox_key": letter.key,
    }])  # fmt: skip
    return True
