"""One row of a broadcast: whether it may leave now, and with what in it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.audience import LeftOut
from bot.domain.broadcast import TOO_LATE
from bot.service.installation import Rules
from bot.service.slots import Slot, slots_of
from bot.store import broadcasts, outbox
from bot.store.outbox import Letter


def may_leave(tx: Connection, rules: Rules, letter: Letter, now: datetime) -> bool:
    """Whether it may be sent at this moment. Otherwise it waits for its person's next slot, or is set aside with the
    reason."""
    placed = slots_of(tx, rules, (letter,), now).get(letter.id, LeftOut.STOPPED)
    return place(tx, letter, placed, now, ready=False)


def place(tx: Connection, letter: Letter, slot: Slot | LeftOut, now: datetime, *, ready: bool = True) -> bool:
    """Put the row where this slot says; whether it may be sent at this moment. Where it is not `ready`, because it
    waited for its slot, it is from now on."""
    if isinstance(slot, LeftOut):
        state = outbox.UNREACHABLE if slot is LeftOut.UNREACHABLE else outbox.DROPPED
        outbox.set_aside(tx, letter, state, reason=slot.value)
        return False
    if letter.useless_after and slot.at >= letter.useless_after:
        outbox.set_aside(tx, letter, outbox.LATE, reason="past its use")
        return False
    if now - letter.due_at > TOO_LATE:
        outbox.set_aside(tx, letter, outbox.LATE, reason="too late")
        return False
    there = {"channel": slot.account.channel, "address": slot.account.address}
    if slot.at > now:
        outbox.set_aside(tx, letter, outbox.PLANNED, due_at=slot.at, **there)
        return False
    if ready or there != {"channel": letter.channel, "address": letter.address}:
        outbox.set_aside(tx, letter, outbox.QUEUED, **there)
        return ready
    return True


def filled(tx: Connection, letter: Letter) -> Letter:
    """The row with the words that its broadcast has now, and its picture."""
    if letter.action == outbox.RETRACT or letter.broadcast_id is None:
        return letter
    body, file = broadcasts.content(tx, letter.broadcast_id)
    return replace(letter, text=body, file=file if letter.action == outbox.SEND else None)
