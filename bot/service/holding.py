"""What was on its way or due since a backup that was brought back may have been sent already. So the bot asks nobody
until an administrator has seen what that is and has said what becomes of it."""

from datetime import datetime

from sqlalchemy import Connection

from bot.dialogue.message import Incoming, Turn
from bot.dialogue.organising import restoring
from bot.domain.held import Due, Held
from bot.domain.kinds import Kind
from bot.service import administrators, planning, posting
from bot.service.installation import Installation, Rules
from bot.store import occasions, outbox, restorations
from bot.texts import speaker


def held(tx: Connection, now: datetime) -> Held | None:
    """What is held back now; None where nothing is."""
    found = restorations.unseen(tx)
    if found is None:
        return None
    waiting = [Due(row.stands_for, row.due_at) for row in outbox.held(tx, now)]
    asked = [Due(row.kind, row.due_at, row.reference) for row in occasions.due_now(tx, now)]
    return Held(found.snapshot_at, tuple(sorted((*waiting, *asked), key=lambda due: due.at)))


def let_go(tx: Connection, rules: Rules, now: datetime, real_now: datetime, *, send: bool) -> None:
    """Go on. With `send` everything that was held back is decided again and sent; without, what was due before the
    restore counts as sent."""
    found = restorations.unseen(tx)
    if found is None:
        return
    outbox.let_go(tx, found.restored_at, send=send)
    restorations.seen(tx, real_now)
    if send:
        return
    passed = [row for row in occasions.due_now(tx, now) if row.kind != Kind.CLOSE]
    passed = [row for row in passed if row.due_at <= found.restored_at]
    occasions.record(tx, [
        {
            "pledge_id": row.pledge_id, "person_id": row.person_id, "kind": row.kind, "round": row.round,
            "at": row.due_at, "counted": not row.requested, "outbox_key": f"restored:{found.id}:{row.pledge_id}",
        }
        for row in passed
    ])  # fmt: skip
    planning.replan(tx, rules, {row.person_id for row in passed}, now)


class Holding:
    """What is held back after a restore, seen from outside of a conversation."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def held(self) -> Held | None:
        """What is held back now; None where nothing is."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return held(tx, self._installation.now())

    def let_go(self, real_now: datetime, *, send: bool) -> None:
        """Go on: see `let_go`."""
        with self._installation.engine.begin() as tx:
            let_go(tx, self._installation.rules, self._installation.now(), real_now, send=send)

    def tell(self) -> frozenset[str]:
        """Tell the administrators what waits for them, once, each in their language. Gives the channels that have
        something to send; none, and the next time once more, while nobody of them can be reached."""
        installation, now = self._installation, self._installation.now()
        with installation.engine.connect().execution_options(reading=True) as tx:
            if not restorations.untold(tx):
                return frozenset()
        with installation.engine.begin() as tx:
            chats, waiting = administrators.chats(tx, installation.rules), held(tx, now)
            if waiting is None or not chats:
                return frozenset()
            for chat in chats:
                made = waiting.since.astimezone(chat.zone)
                say = restoring.ask(speaker(chat.language), waiting, made)
                there = Incoming(chat.channel, "", chat.address, "")
                posting.post_turn(tx, Turn((say,), keep=True), there, chat.person_id, now)
            restorations.told(tx, now)
        return frozenset(chat.channel for chat in chats)
