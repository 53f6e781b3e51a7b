"""An occasion is due: all that is due to one person becomes one message, in one transaction with what comes next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.dialogue import checking_in, concluding, renewing
from bot.dialogue.joining import CONSENT_VERSION
from bot.dialogue.message import Platform, Say
from bot.dialogue.state import State
from bot.domain import caps
from bot.domain.cadence import Asked, Occasion
from bot.domain.kinds import Kind
from bot.domain.people import Account
from bot.domain.pledge import Pledge, Stage
from bot.service import dossiers, posting
from bot.service.dossiers import Dossier
from bot.service.installation import Installation
from bot.service.recording import asked_about
from bot.store import channels, occasions, outbox, pledges, prompts, restorations
from bot.store.outbox import Letter
from bot.store.prompts import Prompt
from bot.texts import Speaker, speaker

Question = Callable[[Speaker, Sequence[tuple[Pledge, Kind]]], Say]
"""Puts what is due to one person into one message."""

AT_ONCE = 100
"""Due pledges in one transaction: enough to load them in sets, few enough to let an incoming message in between."""

GROUPS: tuple[tuple[frozenset[Kind], Question], ...] = (
    (frozenset({Kind.OUTCOME, Kind.REMINDER}), concluding.question),
    (frozenset({Kind.CHECK_IN, Kind.NUDGE}), checking_in.question),
)
"""What can be said in one message, the more important first."""


@dataclass(frozen=True, slots=True)
class AskedNow:
    """What came of it: the channels that have something to send, and whether others are due, too."""

    channels: frozenset[str]
    more: bool


class Asking:
    """Asks whoever is due."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def ask_due(self) -> AskedNow:
        """Ask the people behind the hundred longest due pledges; costs one look at an index when nobody is. After a
        restore nobody is asked until an administrator has seen what was due."""
        now = self._installation.now()
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            if not occasions.due_people(tx, now, 1) or restorations.unseen(tx):
                return AskedNow(frozenset(), more=False)
        with self._installation.engine.begin() as tx:
            due = occasions.due_people(tx, now, AT_ONCE)
            people = dossiers.load(tx, self._installation.rules, due)
            recent = occasions.started(tx, due, now - timedelta(days=31))
            this = _Round(tx, self._installation, now, prompts.open_occasions(tx, due))
            for person_id, dossier in people.items():
                this.ask(dossier, recent.get(person_id, ()))
            this.write()
            others = set(occasions.due_people(tx, now, 1)).difference(due)
        return AskedNow(frozenset(this.channels), more=bool(others))

    def next_due(self) -> datetime | None:
        """When the next occasion of all is due; None when nothing is planned."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return occasions.earliest(tx)


class _Round:
    """One transaction's worth of asking. `waiting` are the open questions to each person, by key."""

    def __init__(
        self, tx: Connection, installation: Installation, now: datetime, waiting: Mapping[int, Mapping[str, State]]
    ) -> None:
        self.tx, self.rules, self.now, self.waiting = tx, installation.rules, now, waiting
        self.channels: set[str] = set()
        self._planned: dict[int, tuple[int, Occasion | None]] = {}
        self._asked: list[dict[str, object]] = []
        self._prompts: list[Prompt] = []
        self._letters: list[Letter] = []

    def ask(self, dossier: Dossier, started: Sequence[datetime]) -> None:
        """Decide with today's facts what this person is asked, and when they are asked next."""
        person, calendar = dossier.person, dossier.calendar
        today = calendar.day_of(self.now)
        upcoming = {
            pledge_id: occasion
            for pledge_id in dossier.pledges
            if (occasion := dossier.next_occasion(pledge_id, self.now, self.rules))
        }
        self._planned |= {pledge_id: (person.id, upcoming.get(pledge_id)) for pledge_id in dossier.pledges}
        if not any(occasion.at <= self.now for occasion in upcoming.values()):
            return
        # Whatever else would come today rides along: nobody gets two messages on one day.
        today_all = {key: o for key, o in upcoming.items() if calendar.day_of(o.at) <= today}
        for pledge_id in [key for key, o in today_all.items() if o.kind is Kind.CLOSE]:
            self._close(dossier, pledge_id)
            del today_all[pledge_id]
        sent = [calendar.day_of(at) for at in started]
        for kinds, question in GROUPS:
            chosen = {key: o for key, o in today_all.items() if o.kind in kinds}
            if chosen and (all(o.requested for o in chosen.values()) or caps.fits(today, sent)):
                self._send(dossier, chosen, question, today)
                sent.append(today)
                today_all = {key: o for key, o in today_all.items() if key not in chosen}
                break
        for pledge_id, occasion in today_all.items():
            self._wait(dossier, pledge_id, occasion, caps.first_fitting(today + timedelta(days=1), sent, calendar))

    def _send(self, dossier: Dossier, chosen: dict[int, Occasion], question: Question, today: date) -> None:
        account = dossier.account
        assert account is not None
        person, calendar = dossier.person, dossier.calendar
        due = [(dossier.pledges[pledge_id], occasion.kind) for pledge_id, occasion in chosen.items()]
        t = speaker(person.language)
        agreed = account.agreed == CONSENT_VERSION
        say = question(t, due) if agreed else self._renewal(t, account)
        first = min((occasion.kind for occasion in chosen.values()), key=caps.PRIORITY.index)
        if first is not Kind.NUDGE:
            self._supersede(dossier, {pledge.reference for pledge, _ in due})
        prompt, letter = posting.question(say, account, first, self.now, calendar.closing(today))
        self._prompts.append(prompt)
        self._letters.append(letter)
        self.channels.add(account.channel)
        counted = not all(occasion.requested for occasion in chosen.values())
        for pledge_id, occasion in chosen.items():
            self._asked.append({
                "pledge_id": pledge_id, "person_id": person.id, "kind": occasion.kind, "round": occasion.round,
                "at": self.now, "counted": counted, "outbox_key": letter.key,
            })  # fmt: skip
            asked = (*dossier.asked.get(pledge_id, ()), Asked(occasion.kind, occasion.round, self.now, answered=False))
            after = replace(dossier, asked={pledge_id: asked})
            self._planned[pledge_id] = (person.id, after.next_occasion(pledge_id, self.now, self.rules))

    def _renewal(self, t: Speaker, account: Account) -> Say:
        """Instead of a question, because they agreed to an earlier version of the text."""
        platform, _ = channels.handles(self.tx).get(account.channel, (Platform.TELEGRAM, ""))
        return renewing.ask(t, self.rules.responsible, Platform(platform))

    def _wait(self, dossier: Dossier, pledge_id: int, occasion: Occasion, day: date) -> None:
        """There was no room today."""
        later = replace(occasion, at=dossier.calendar.instant(day, occasion.reference))
        self._planned[pledge_id] = (dossier.person.id, later)

    def _close(self, dossier: Dossier, pledge_id: int) -> None:
        """Nobody answered to the end: the pledge closes quietly, without an outcome."""
        reference = dossier.pledges[pledge_id].reference
        pledges.change(self.tx, reference, {"stage": Stage.CLOSED, "later": None})
        self._supersede(dossier, {reference})
        self._planned[pledge_id] = (dossier.person.id, None)

    def _supersede(self, dossier: Dossier, references: set[str]) -> None:
        """A new question about these pledges takes the place of the old ones."""
        for key, state in self.waiting.get(dossier.person.id, {}).items():
            about = asked_about(state)
            if about and references.issuperset(about):
                channel = posting.settle(self.tx, key, "", self.now, f"superseded:{key}")
                self.channels |= {channel} if channel else set()

    def write(self) -> None:
        """Write down what was asked and what comes next, in sets."""
        prompts.open_(self.tx, self._prompts)
        outbox.post(self.tx, self._letters)
        occasions.record(self.tx, self._asked)
        occasions.replace(self.tx, self._planned)
