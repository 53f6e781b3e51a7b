"""A message comes in: one transaction from the update's number to the rows of the answer."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.dialogue import router
from bot.dialogue.effects import Erase, Reachable
from bot.dialogue.joining import CONSENT_VERSION
from bot.dialogue.message import Incoming, Kind, Say, Turn
from bot.dialogue.scene import Asked, Scene
from bot.domain.people import Person
from bot.service import codes
from bot.service.installation import Installation
from bot.service.looking_up import StoredFacts
from bot.service.posting import post_turn, show_answer
from bot.service.recording import Recorder
from bot.store import channels, inbox, people, prompts
from bot.store.engine import scrub
from bot.texts import LANGUAGES, speaker
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
        scene = self._scene(tx, incoming, person)
        if account is not None and account.agreed != CONSENT_VERSION:
            scene = replace(scene, agreed=False)
        turn = router.answer(scene)
        effects = turn.effects
        recorder = Recorder(
            tx, self._installation.rules, now, incoming, person, person.id if person else None,
            self._installation.erasures,
        )  # fmt: skip
        if account is not None and not account.reachable and incoming.kind is not Kind.BLOCKED:
            effects = (Reachable(True), *effects)
        erased = any(isinstance(effect, Erase) for effect in effects)
        touched = show_answer(tx, turn, incoming, now, keep=person is not None and not erased)
        recorder.record(effects)
        touched |= post_turn(tx, turn, incoming, recorder.person_id, now)
        return Received(turn.notice, frozenset(touched | recorder.channels), erased)

    def _scene(self, tx: Connection, incoming: Incoming, person: Person | None) -> Scene:
        now, rules = self._installation.now(), self._installation.rules
        chat = (incoming.channel, incoming.address)
        person_id = person.id if person else None
        tapped: Asked | None = None
        if incoming.tap:
            tapped = prompts.by_key(tx, incoming.tap.prompt, *chat, person_id)
        elif incoming.kind is Kind.RETRACTED:
            tapped = prompts.of_message(tx, *chat, incoming.message_id)
        elif incoming.reply_to:
            tapped = prompts.of_message(tx, *chat, incoming.reply_to)
        guess = incoming.language[:2].lower()
        language = person.language if person else guess if guess in LANGUAGES else rules.language
        zone = person.zone if person else rules.zone
        return Scene(
            message=incoming, t=speaker(language), now=now, today=now.astimezone(zone).date(),
            facts=StoredFacts(tx, rules, now, chat, incoming.user, person, self._guard), person=person, tapped=tapped,
            waiting=() if incoming.tap else prompts.waiting(tx, *chat, person_id, now - RESUMABLE, now),
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
