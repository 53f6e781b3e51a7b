"""Somebody can be written to again: they came back after "stop", or unblocked the bot."""

from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.domain.kinds import Kind
from bot.domain.pledge import Stage
from bot.store import occasions, pledges


def take_up(tx: Connection, person_id: int, zone: ZoneInfo) -> None:
    """What closed quietly while nobody could be asked about it runs again: the question for the outcome is never
    skipped, and comes next. What closed after that question stays closed. `zone` is the person's; their plans are to be
    made anew."""
    mine = pledges.of_makers(tx, [person_id]).get(person_id, {})
    silent = {key: pledge for key, pledge in mine.items() if pledge.stage is Stage.CLOSED and pledge.outcome is None}
    asked = occasions.history(tx, silent) if silent else {}
    for key, pledge in silent.items():
        asked_for = (one.at.astimezone(zone).date() for one in asked.get(key, ()) if one.kind is Kind.OUTCOME)
        if not any(day >= pledge.due for day in asked_for):
            pledges.change(tx, pledge.reference, {"stage": Stage.RUNNING})
