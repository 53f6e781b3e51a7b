"""A message comes in: one transaction from the update's number to the rows of the answer."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.dialogue import router
from bot.dialogue.effects import Erase, Reachable, Remark
from bot.dialogue.joining import CONSENT_VERSION
from bot.dialogue.message import Incoming, Kind, Say, Turn
from bot.dialogue.scene import Asked, Scene
from bot.domain.people import Person
from bot.service import codes, rewinding
from bot.service.installation import Installation
from bot.service.looking_up import StoredFacts
from bot.service.posting import post_turn, show_answer
from bot.service.recording import Recorder
from bot.service.rewinding import Rewound
from bot.store import channels, inbox, messages, outbox, people, prompts
from bot.store.engine import scrub
from bot.texts import guess, speaker
from bot.tracing import told

RESUMABLE = timedelta(days=7)
"""How long a dialogue that was left alone can be taken up again."""
ATTEMPTS = 3
"""A message that fails as often is set aside with an apology, so that it never blocks the next."""
LONGEST = 10_000
"""More of one message than this is not read; the longest that any dialogue takes is far shorter."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Received:
    """What the edge has to do after the commit: wake these channels, and say `notice` on the tap."""

    notice: str = ""
    channels: frozenset[str] = field(default_factory=frozenset)
    erased: bool = False


class Receiving:
    """Takes messages in. Called by one adapter at a time for each chat, so that a chat's order is kept."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._guard = codes.Guard()

    def receive(self, incoming: Incoming) -> Received:
        """Take one message in, with all its effects, exactly once; when this returns it is on the disk.

        What fails is tried again at once and set aside after three times, with an apology. Only a database that is
        out of reach raises (OperationalError, InterfaceError): nothing may be confirmed then.
        """
        while True:
            try:
                return self._together((incoming,))[0]
            except (OperationalError, InterfaceError):
                raise
            except Exception as problem:
                log.error("message_failed", channel=incoming.channel, update_id=incoming.update_id, **told(problem))
                with self._installation.engine.begin() as tx:
                    if self._give_up(tx, incoming):
                        return Received(channels=frozenset({incoming.channel}))

    def position(self, channel: str) -> str | None:
        """How far the channel's stream of events is taken in; None at the beginning."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return channels.position(tx, channel)

    def move_on(self, channel: str, position: str) -> None:
        """Everything up to this position of the channel's stream is taken in: its effects are committed already."""
        with self._installation.engine.begin() as tx:
            channels.move_on(tx, channel, position)

    def receive_all(self, incoming: Sequence[Incoming]) -> list[Received]:
        """Take these in, in order, with one commit for all; where something goes wrong, with one for each. As `receive`
        in everything else."""
        try:
            return self._together(incoming)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            return [self.receive(one) for one in incoming]

    def _together(self, incoming: Sequence[Incoming]) -> list[Received]:
        with self._installation.engine.begin() as tx:
            received = [self._receive(tx, replace(one, text=clean(one.text))) for one in incoming]
        if any(one.erased for one in received):
            scrub(self._installation.engine)
        return received

    def _receive(self, tx: Connection, incoming: Incoming) -> Received:
        now = self._installation.now()
        if not inbox.enter(tx, incoming.channel, incoming.update_id, now):
            return Received()
        person, account = people.at(tx, incoming.channel, incoming.address) or (None, None)
        agreed = account is None or account.agreed == CONSENT_VERSION
        if incoming.kind is Kind.EDIT and person is not None and agreed:
            incoming, turn, remarks = self._corrected(tx, incoming, person)
        else:
            turn, remarks = router.answer(replace(self._scene(tx, incoming, person), agreed=agreed)), ()
        effects = turn.effects + remarks
        recorder = Recorder(
            tx, self._installation.rules, now, incoming, person, person.id if person else None,
            self._installation.erasures,
        )  # fmt: skip
        if account is not None and not account.reachable and incoming.kind is not Kind.BLOCKED:
            effects = (Reachable(True), *effects)
        erased = any(isinstance(effect, Erase) for effect in effects)
        touched = show_answer(tx, turn, incoming, now, keep=person is not None and not erased)
        with rewinding.noting(tx, turn, incoming, effects, recorder):
            recorder.record(effects)
        touched |= post_turn(tx, turn, incoming, recorder.person_id, now)
        return Received(turn.notice, frozenset(touched | recorder.channels), erased)

    def _corrected(
        self, tx: Connection, incoming: Incoming, person: Person
    ) -> tuple[Incoming, Turn, tuple[Remark, ...]]:
        """What follows from a message that was changed: it is read as if it had been so from the beginning. Where its
        answer was overtaken or the new words are none, nothing changes, and the bot says what is possible."""
        anew = replace(incoming, kind=Kind.TEXT)
        known = messages.theirs(tx, incoming.channel, incoming.address, incoming.message_id)
        if known is not None and known.prompt is None:
            return anew, router.answer(self._scene(tx, anew, person)), ()
        attempt = tx.begin_nested()
        if rewound := rewinding.rewind(tx, incoming, self._scene(tx, incoming, person).waiting):
            turn = router.answer(self._scene(tx, anew, person, rewound))
            if turn.answered == rewound.asked.key:
                attempt.commit()
                return anew, turn, tuple(Remark(*later) for later in rewound.remarks)
        attempt.rollback()
        return incoming, router.answer(self._scene(tx, incoming, person)), ()

    def _scene(
        self, tx: Connection, incoming: Incoming, person: Person | None, rewound: Rewound | None = None
    ) -> Scene:
        now, rules = self._installation.now(), self._installation.rules
        chat = (incoming.channel, incoming.address)
        person_id = person.id if person else None
        tapped: Asked | None = None
        if rewound:
            tapped = rewound.asked
        elif incoming.tap:
            tapped = prompts.by_key(tx, incoming.tap.prompt, *chat, person_id)
        elif incoming.kind is Kind.RETRACTED:
            tapped = prompts.of_message(tx, *chat, incoming.message_id)
        elif incoming.reply_to:
            # A sign may be quicker than our note of the message that it is on, which may be made at this very moment.
            key = outbox.perhaps_shown(tx, *chat) if incoming.kind is Kind.REACTION else None
            tapped = prompts.of_message(tx, *chat, incoming.reply_to)
            if tapped is None and key:
                tapped = prompts.by_key(tx, key, *chat, person_id)
        language = person.language if person else guess(incoming.language, rules.language)
        zone = person.zone if person else rules.zone
        return Scene(
            message=incoming, t=speaker(language), now=now, today=now.astimezone(zone).date(),
            facts=StoredFacts(
                tx, rules, now, chat, incoming.user, person, self._guard, rewound.freed if rewound else ""
            ),
            person=person, tapped=tapped, waiting=prompts.waiting(tx, *chat, person_id, now - RESUMABLE, now),
        )  # fmt: skip

    def _give_up(self, tx: Connection, incoming: Incoming) -> bool:
        """Count the failure; at the third set the message aside and apologise."""
        now = self._installation.now()
        if inbox.failed_once_more(tx, incoming.channel, incoming.update_id, now) < ATTEMPTS:
            return False
        inbox.set_aside(tx, incoming.channel, incoming.update_id)
        if incoming.private:
            known = people.at(tx, incoming.channel, incoming.address)
            t = speaker(known[0].language if known else self._installation.rules.language)
            sorry = Say(t("Sorry, something went wrong on my side. Please try again."))
            post_turn(tx, Turn((sorry,), keep=True), incoming, known[0].id if known else None, now)
        return True


_KEPT = {"\n", "\t", "\u200d", "\ufe0f"}
"""Line breaks, and what joins and colours emoji."""


def clean(text: str) -> str:
    """The words as they can be kept and shown anywhere: composed, no control or direction characters, not endless."""
    text = unicodedata.normalize("NFC", text[:LONGEST].replace("\r\n", "\n"))
    return "".join(
        char for char in text if char in _KEPT or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
