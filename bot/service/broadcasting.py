"""Broadcasts under way: their rows find their slots, and their cards show how far they are."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.dialogue.organising import steering
from bot.domain.broadcast import Broadcast, Phase, Progress
from bot.service import announcing, releasing
from bot.service.codes import new_key
from bot.service.installation import Installation
from bot.service.slots import slots_of
from bot.store import broadcasts, outbox, prompts, recipients, restorations
from bot.store.broadcasts import Card
from bot.store.outbox import EDIT, SEND, Letter
from bot.texts import speaker

AT_ONCE = 20
"""Rows in one transaction: enough to load people in sets, few enough to let other messages in between."""
AHEAD = 100
"""So many may be on their way on one channel: what is decided long before it leaves would have to be decided again, and
the deciding would keep what could leave already from leaving."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What came of it: the channels that have something to send, and whether more is to be placed."""

    channels: frozenset[str]
    more: bool


class Broadcasting:
    """Moves broadcasts on."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def place(self) -> Placed:
        """Find the slot of some people, or send what has its slot now; costs one look at an index when nothing is
        due."""
        now, rules = self._installation.now(), self._installation.rules
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            full = {channel for channel, count in recipients.leaving(tx).items() if count >= AHEAD}
            if not recipients.due(tx, now, 1, full):
                return Placed(frozenset(), more=False)
        ready: set[str] = set()
        with self._installation.engine.begin() as tx:
            due = recipients.due(tx, now, AT_ONCE, full)
            changes = [letter for letter in due if letter.action != SEND]
            slots = slots_of(tx, rules, [letter for letter in due if letter.action == SEND], now)
            for letter in changes:
                outbox.set_aside(tx, letter, outbox.QUEUED)
            ready |= {letter.channel for letter in changes}
            for letter in due:
                if letter.id in slots and announcing.place(tx, letter, slots[letter.id], now):
                    ready.add(letter.channel)
        return Placed(frozenset(ready), more=len(due) == AT_ONCE)

    def next_due(self) -> datetime | None:
        """When the next slot of all comes; None when nothing waits for one."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return recipients.earliest(tx)

    def refresh(self) -> frozenset[str]:
        """Change the cards whose numbers are not right any more, and close what is over; gives the channels that have
        something to send. After a restore their numbers mean nothing until it is said what becomes of them."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            if restorations.unseen(tx):
                return frozenset()
            changed = [
                (broadcast, card) for broadcast, card in broadcasts.under_way(tx)
                if (progress := recipients.progress(tx, broadcast.id)).is_over
                or releasing.numbers(progress) != card.shown
            ]  # fmt: skip
        if not changed:
            return frozenset()
        with self._installation.engine.begin() as tx:
            return frozenset().union(*(self._update(tx, *one) for one in changed))

    def _update(self, tx: Connection, broadcast: Broadcast, card: Card) -> set[str]:
        now, progress = self._installation.now(), recipients.progress(tx, broadcast.id)
        if progress.is_over:
            if not broadcasts.move_on(tx, broadcast.id, Phase.DONE, Phase.RUNNING, Phase.PAUSED):
                return set()
            over = broadcasts.by_id(tx, broadcast.id)
            assert over is not None
            return releasing.show_card(tx, over, now)
        channels = self._edit(tx, broadcast, card, progress)
        if channels is None:
            return set()
        asked = card.shown[_LATE] if card.shown else 0
        if progress.late > asked and not progress.leaving:
            channels |= releasing.say(tx, card, (steering.ask_late(speaker(card.language), broadcast, progress),), now)
        elif progress.late > asked:
            return channels  # asked when nothing is on its way any more
        broadcasts.showing(tx, broadcast.id, releasing.numbers(progress))
        return channels

    def _edit(self, tx: Connection, broadcast: Broadcast, card: Card, progress: Progress) -> set[str] | None:
        """Change the card; None while an earlier change of it is still on its way."""
        kind = steering.Halted if broadcast.phase is Phase.PAUSED else steering.Progressing
        keys = prompts.open_about(tx, card.channel, card.address, kind, broadcast.id)
        if not keys:
            return set()
        if outbox.is_waiting(tx, keys[0]):
            return None
        said = steering.card(speaker(card.language), broadcast, progress)
        prompts.change_text(tx, keys[0], str(said.text))
        outbox.post(tx, [Letter(
            key=f"card:{new_key()}", channel=card.channel, address=card.address, person_id=card.person_id,
            text=str(said.text), due_at=self._installation.now(), action=EDIT, choices=said.choices, prompt=keys[0],
            quiet=True, keep=card.person_id is not None,
        )])  # fmt: skip
        return {card.channel}


_LATE = list(Progress.__dataclass_fields__).index("late")
"""Where the number of the late ones stands among those that a card shows."""
