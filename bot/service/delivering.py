"""A row of the outbox leaves: leased in a commit of its own, decided again, and afterwards what became of it."""

import random
import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace

from sqlalchemy import Connection

from bot.ports import Delivery, Failed, Gone, Moved, Outgoing, RetryAfter, Sent, Uncertain, Unreachable
from bot.service import announcing, erasing, planning, posting
from bot.service.installation import Installation
from bot.store import messages, outbox, people, prompts
from bot.store.engine import scrub
from bot.store.outbox import EDIT, RETRACT, SEND, WORK, Letter

ATTEMPTS = 8
"""How often a row is tried of which nobody can know whether it arrived, while others do arrive."""
MOST_ATTEMPTS = 60
"""How often at most: with `BACKOFF` it takes a day, so that an outage of hours loses nothing."""
OUTAGE = 3
"""After so many deliveries in a row of which nobody knows, it is the platform that is in trouble, and not a message."""
SCRUB_SECONDS = 10.0
"""How often at most SQLite's log is emptied of rows that have deleted themselves, in real time."""
Landed = tuple[Letter, Delivery]
"""A leased row, and what became of it."""
BACKOFF = (1.0, 1800.0)
"""The first and the longest wait between two attempts, in seconds of real time; each doubles the one before."""


class Delivering:
    """Hands out what is to be sent, and writes down what became of it.

    `real` gives real time in seconds since the epoch: backoff has nothing to do with the clock that people live by.
    `note` is told the channel and what became of each attempt.
    """

    def __init__(
        self,
        installation: Installation,
        real: Callable[[], float] = time.time,
        note: Callable[[str, Delivery], None] = lambda channel, delivery: None,
    ) -> None:
        self._installation = installation
        self._real = real
        self.note = note
        self._leftovers, self._scrubbed = True, 0.0
        self._doubts: Counter[str] = Counter()
        """By channel of how many deliveries in a row nobody knows what became of them."""

    def lease(self, channel: str, epoch: int, busy: Collection[str], lively: Collection[str] = ()) -> Letter | None:
        """The next row of this channel, leased for this epoch; None when there is nothing to send now, or another
        owner has come after this epoch's.

        Rows that are no longer wanted are passed over, with their reason. `busy` are chats to leave alone for now;
        in those that are `lively` old messages are not changed yet.
        """
        return self.go_on((), channel, epoch, busy, lively)

    def go_on(
        self, landed: Collection[Landed], channel: str, epoch: int, busy: Collection[str], lively: Collection[str] = ()
    ) -> Letter | None:
        """`settle` what has landed and `lease` the next row, with one commit."""
        with self._installation.engine.begin() as tx:
            for letter, delivery in landed:
                self._settle(tx, letter, epoch, delivery)
            following = self._lease(tx, channel, epoch, busy, lively)
        for letter, delivery in landed:
            self.note(letter.channel, delivery)
        if following is None:
            self._scrub()
        return following

    def _lease(
        self, tx: Connection, channel: str, epoch: int, busy: Collection[str], lively: Collection[str]
    ) -> Letter | None:
        now = self._installation.now()
        while letter := outbox.next_due(tx, channel, now, self._real(), busy, lively):
            if letter.action in (EDIT, RETRACT) and letter.message_id is None and letter.prompt:
                letter = replace(letter, message_id=messages.showing(tx, letter.prompt))
            if letter.broadcast_id is not None:
                if letter.action == SEND and not announcing.may_leave(tx, self._installation.rules, letter, now):
                    continue
                letter = announcing.filled(tx, letter)
            if reason := self._unwanted(tx, letter):
                outbox.drop(tx, letter, reason)
                continue
            leased = outbox.lease(tx, letter.id, epoch)
            return replace(letter, attempts=letter.attempts + 1) if leased else None
        return None

    def _scrub(self) -> None:
        """Nothing is to be sent: time to leave nothing of those who have gone."""
        if self._leftovers and self._real() - self._scrubbed >= SCRUB_SECONDS:
            self._scrubbed = self._real()
            self._leftovers = not scrub(self._installation.engine)

    def _unwanted(self, tx: Connection, letter: Letter) -> str:
        """Why this row must not be sent now; "" when it may. What is still to be asked is planned anew."""
        if letter.action in (EDIT, RETRACT):
            return "" if letter.message_id else "never shown"
        if letter.stands_for in ("reply", WORK) or letter.broadcast_id is not None:
            return ""
        if letter.person_id is None or letter.prompt is None:
            return "nobody to ask"
        if not prompts.is_open(tx, letter.prompt):
            return "answered meanwhile"
        person, _ = people.with_accounts(tx, (letter.person_id,))[letter.person_id]
        now = self._installation.now()
        reason = ""
        if person.stopped:
            reason = "stopped"
        elif person.paused_until and now.astimezone(person.zone).date() < person.paused_until:
            reason = "paused"
        elif letter.useless_after and now >= letter.useless_after:
            reason = "too late"
        if reason:
            posting.unasked(tx, [(letter.key, letter.prompt)])
            planning.replan(tx, self._installation.rules, (letter.person_id,), now)
        return reason

    def settle(self, letter: Letter, epoch: int, delivery: Delivery) -> None:
        """Write down what became of a leased row."""
        with self._installation.engine.begin() as tx:
            self._settle(tx, letter, epoch, delivery)
        self.note(letter.channel, delivery)

    def _settle(self, tx: Connection, letter: Letter, epoch: int, delivery: Delivery) -> None:
        self._leftovers |= not letter.keep
        if not isinstance(delivery, Uncertain | RetryAfter) and self._doubts.pop(letter.channel, 0) >= OUTAGE:
            outbox.try_now(tx, letter.channel)  # the platform is back: nobody has to wait any more
        match delivery:
            case Sent(message_id, parts):
                self._sent(tx, letter, epoch, message_id, parts)
            case RetryAfter(seconds, reason):
                retry_at = self._real() + max(seconds, self._backoff(letter) if not seconds else 0)
                outbox.settle(tx, letter, epoch, state=outbox.DEFERRED, retry_at=retry_at, reason=reason)
            case Gone(reason):
                outbox.settle(tx, letter, epoch, state=outbox.QUEUED, reason=reason)
            case Moved(address):
                outbox.settle(tx, letter, epoch, state=outbox.QUEUED, reason="moved")
                posting.move(tx, letter.channel, letter.address, address)
            case Unreachable(reason):
                outbox.settle(tx, letter, epoch, state=outbox.UNREACHABLE, reason=reason)
                people.reach(tx, letter.channel, letter.address, False)
                posting.unasked(tx, outbox.unreachable(tx, letter.channel, letter.address, reason))
                if letter.stands_for != "reply" and not letter.doubts:
                    posting.unasked(tx, [(letter.key, letter.prompt)])
                if letter.person_id is not None:
                    planning.replan(tx, self._installation.rules, (letter.person_id,), self._installation.now())
            case Uncertain(reason, ours):
                self._doubts[letter.channel] += not ours
                self._uncertain(tx, letter, epoch, reason)
            case Failed(reason):
                outbox.settle(tx, letter, epoch, state=outbox.FAILED, reason=reason)

    def _sent(self, tx: Connection, letter: Letter, epoch: int, message_id: str, parts: tuple[str, ...]) -> None:
        now = self._installation.now()
        values = {"state": outbox.SENT, "sent_at": now, "message_id": message_id or letter.message_id, "reason": ""}
        if parts:
            values["parts"] = " ".join(parts)
        settled = outbox.settle(tx, letter, epoch, **values)
        if not settled and message_id and letter.action == outbox.SEND and outbox.is_gone(tx, letter):
            for part in (*parts, message_id):
                erasing.retract(tx, letter.channel, letter.address, part, now)
        if not (settled and letter.prompt and message_id and letter.action == outbox.SEND):
            return
        # Without its prompt it is a message to somebody who said no meanwhile: nothing of it is kept.
        if prompts.exists(tx, letter.prompt):
            messages.remember(tx, letter.channel, letter.address, message_id, now, ours=True, prompt=letter.prompt)

    def _uncertain(self, tx: Connection, letter: Letter, epoch: int, reason: str) -> None:
        """It is sent again, worded so that a repeat does no harm, and listed; after many times it stays uncertain,
        unless nothing else arrives either. What organisers tell people is never sent again by itself: that is for them
        to say."""
        if letter.broadcast_id is not None and letter.action == SEND:
            outbox.settle(tx, letter, epoch, state=outbox.UNCERTAIN, reason=reason)
            return
        most = MOST_ATTEMPTS if self._doubts[letter.channel] >= OUTAGE else ATTEMPTS
        state = outbox.DEFERRED if letter.attempts < most else outbox.UNCERTAIN
        retry_at = self._real() + self._backoff(letter)
        doubts = letter.doubts + (letter.action == outbox.SEND)  # to change or take back twice is nothing
        outbox.settle(tx, letter, epoch, state=state, retry_at=retry_at, reason=reason, doubts=doubts)

    def _backoff(self, letter: Letter) -> float:
        first, longest = BACKOFF
        return min(longest, first * 2.0 ** min(letter.attempts - 1, 20)) * random.uniform(0.75, 1.25)

    def take_over(self, channel: str, epoch: int, repeats_harmless: bool) -> int:
        """Settle what an earlier owner had on its way: nobody knows whether it arrived, so it is sent again; but for
        what organisers tell people, which waits until they say so.

        Gives how many may arrive twice.
        """
        twice = 0
        with self._installation.engine.begin() as tx:
            for letter in outbox.left_behind(tx, channel, epoch):
                doubtful = not repeats_harmless and letter.action == SEND
                if doubtful and letter.broadcast_id is not None:
                    outbox.set_aside(tx, letter, outbox.UNCERTAIN, epoch=None, reason="cut off")
                    continue
                outbox.put_back(tx, letter, doubtful=doubtful)
                twice += doubtful
        return twice


def outgoing(letter: Letter) -> Outgoing:
    """The row as a channel needs it."""
    return Outgoing(
        key=letter.key, address=letter.address, text=letter.text, prompt=letter.prompt or "",
        choices=letter.choices, quiet=letter.quiet,
        attachment=letter.file,
    )  # fmt: skip
