"""An occasion is due: all that is due to one person becomes one message, in one transaction with what comes next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.dialogue import checking_in, concluding, recalling, renewing, standing_in
from bot.dialogue.due import Due
from bot.dialogue.joining import CONSENT_VERSION
from bot.dialogue.message import Platform, Say
from bot.dialogue.state import State
from bot.dialogue.telling import with_news
from bot.domain import caps
from bot.domain.agenda import GROUPS, Agenda
from bot.domain.cadence import Asked, Aspect, Occasion
from bot.domain.company import News
from bot.domain.kinds import Kind
from bot.domain.people import Account
from bot.domain.pledge import Stage
from bot.service import planning, posting, proposing, telling
from bot.service.installation import Installation
from bot.service.planning import Circle, Plan
from bot.service.recording import asked_about
from bot.store import channels, news, occasions, outbox, pledges, prompts, proposals, restorations
from bot.store.outbox import Letter
from bot.store.prompts import Prompt
from bot.texts import Speaker, speaker

Question = Callable[[Speaker, Sequence[Due]], Say]
"""Puts what is due to one person into one message."""

AT_ONCE = 100
"""Due pledges in one transaction: enough to load them in sets, few enough to let an incoming message in between."""

QUESTIONS: tuple[Question, ...] = (
    concluding.question, checking_in.question, standing_in.question, recalling.question,
)  # fmt: skip
"""How each of the groups is put into words, in their order."""

NO_ROOM, OVERTAKEN, TOO_LATE = "no room", "overtaken", "too late"
"""Why something is never asked: the caps left no room for it, something newer took its place, its time is over."""


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
            changes = proposals.earliest(tx)
            idle = not occasions.due_people(tx, now, 1) and (changes is None or changes > now)
            if idle or restorations.unseen(tx):
                return AskedNow(frozenset(), more=False)
        with self._installation.engine.begin() as tx:
            proposing.hold_due(tx, self._installation.rules, now)
            told = telling.tell_due(tx, self._installation.rules, now)
            due = occasions.due_people(tx, now, AT_ONCE)
            circle = planning.gather(tx, self._installation.rules, due, now)
            this = _Round(tx, circle, now, prompts.open_occasions(tx, circle.people), news.waiting(tx, due))
            this.ask(due, occasions.due_of(tx, due, now))
            others = set(occasions.due_people(tx, now, 1)).difference(due)
        return AskedNow(frozenset(this.channels | told), more=bool(others))

    def next_due(self) -> datetime | None:
        """When the next occasion of all is due, or a proposed change holds or is told; None when nothing is
        planned."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return min(filter(None, (occasions.earliest(tx), proposals.earliest(tx))), default=None)


class _Round:
    """One transaction's worth of asking. `waiting` are the open questions to each person, by key; `news` is what each
    should know of others, which rides along."""

    def __init__(
        self,
        tx: Connection,
        circle: Circle,
        now: datetime,
        waiting: Mapping[int, Mapping[str, State]],
        news: Mapping[int, Sequence[News]],
    ) -> None:
        self.tx, self.circle, self.now, self.waiting, self.news = tx, circle, now, waiting, news
        self._told: set[int] = set()
        self.channels: set[str] = set()
        self._about = circle.pledges()
        self._ids = {pledge.reference: pledge_id for pledge_id, (_, pledge) in self._about.items()}
        self._asked: list[dict[str, object]] = []
        self._prompts: list[Prompt] = []
        self._letters: list[Letter] = []
        self._lapses: list[dict[str, object]] = []

    def ask(self, person_ids: Sequence[int], overdue: Mapping[int, tuple[Kind, int]]) -> None:
        """Decide with today's facts what each of these people is asked, and what comes next; `overdue` is what was
        planned until now."""
        plan = Plan(self.circle, self.now)
        asked: dict[int, Occasion] = {}
        for person_id in person_ids:
            asked |= self._ask(person_id, plan.agendas.get(person_id))
        rows = Plan(self.circle, self.now).rows()
        self._look_back(overdue, asked, rows)
        prompts.open_(self.tx, self._prompts)
        outbox.post(self.tx, self._letters)
        occasions.record(self.tx, self._asked)
        occasions.lapse(self.tx, self._lapses)
        news.told(self.tx, self._told.intersection(self.news))
        occasions.replace(self.tx, rows)

    def _ask(self, person_id: int, agenda: Agenda | None) -> dict[int, Occasion]:
        """Ask this person all that is due, each kind of question in one message."""
        if agenda is None:
            return {}
        due = {}
        for reference in agenda.references:
            occasion = agenda.next(reference)
            if occasion and occasion.at <= self.now and reference in self._ids:
                due[self._ids[reference]] = occasion
        for pledge_id, occasion in due.items():
            self._let_go(pledge_id, occasion, agenda)
            if occasion.kind is Kind.CLOSE:
                self._close(pledge_id)
        for kinds, question in zip(GROUPS, QUESTIONS, strict=True):
            if chosen := {pledge_id: occasion for pledge_id, occasion in due.items() if occasion.kind in kinds}:
                self._send(person_id, chosen, question)
        return due

    def _send(self, person_id: int, chosen: dict[int, Occasion], question: Question) -> None:
        dossier = self.circle.people[person_id]
        account = dossier.account
        assert account is not None
        today = dossier.calendar.day_of(self.now)
        due = [self._due(person_id, pledge_id, occasion, today) for pledge_id, occasion in chosen.items()]
        t = speaker(dossier.person.language)
        agreed = account.agreed == CONSENT_VERSION
        say = question(t, due) if agreed else self._renewal(t, account)
        if agreed:
            say = with_news(t, say, self.news.get(person_id, ()))
            self._told.add(person_id)
        first = min((occasion.kind for occasion in chosen.values()), key=caps.PRIORITY.index)
        if first not in (Kind.NUDGE, Kind.PARTNER):
            self._supersede({one.pledge.reference for one in due})
        prompt, letter = posting.question(say, account, first, self.now, dossier.calendar.closing(today))
        self._prompts.append(prompt)
        self._letters.append(letter)
        self.channels.add(account.channel)
        counted = not all(occasion.requested for occasion in chosen.values())
        if counted:
            self.circle.sent(person_id, self.now)
        for pledge_id, occasion in chosen.items():
            asked = [Asked(occasion.kind, occasion.round, self.now, answered=False, person_id=person_id)]
            if Aspect.STEP in occasion.aspects:
                asked.append(Asked(Kind.FIRST_STEP, 0, self.now, answered=False, person_id=person_id))
            self.circle.asked(self._about[pledge_id][1], pledge_id, asked)
            self._asked += [
                {
                    "pledge_id": pledge_id, "person_id": person_id, "kind": one.kind, "round": one.round,
                    "at": self.now, "counted": counted, "outbox_key": letter.key,
                }
                for one in asked
            ]  # fmt: skip

    def _renewal(self, t: Speaker, account: Account) -> Say:
        """Instead of a question, because they agreed to an earlier version of the text."""
        platform, _ = channels.handles(self.tx).get(account.channel, (Platform.TELEGRAM, ""))
        return renewing.ask(t, self.circle.rules.responsible, Platform(platform))

    def _due(self, person_id: int, pledge_id: int, occasion: Occasion, today: date) -> Due:
        maker, pledge = self._about[pledge_id]
        own, joint = pledge.maker_id == person_id, bool(maker.companions.get(pledge_id))
        return Due(pledge, occasion.kind, today, occasion.aspects, own, joint, occasion.requested)

    def _close(self, pledge_id: int) -> None:
        """Nobody answered to the end: the pledge closes quietly, without an outcome."""
        pledge = self._about[pledge_id][1]
        pledges.change(self.tx, pledge.reference, {"stage": Stage.CLOSED, "later": None})
        self.circle.changed(pledge_id, replace(pledge, stage=Stage.CLOSED, later=None))
        self._supersede({pledge.reference})

    def _supersede(self, references: set[str]) -> None:
        """A new question about these pledges takes the place of the old ones, whoever was asked them."""
        for person_id, waiting in self.waiting.items():
            for key, state in waiting.items():
                about = asked_about(state)
                if about and person_id in self.circle.people and references.issuperset(about):
                    channel = posting.settle(self.tx, key, "", self.now, f"superseded:{key}")
                    self.channels |= {channel} if channel else set()

    def _let_go(self, pledge_id: int, occasion: Occasion, agenda: Agenda) -> None:
        """What will never be asked now that this is."""
        for kind, number in agenda.lapsing(occasion):
            without_room = (occasion.reference, kind) in agenda.without_room
            reason = NO_ROOM if without_room else TOO_LATE if kind is Kind.LAST_CALL else OVERTAKEN
            self._lapse(pledge_id, kind, number, reason)

    def _look_back(
        self, overdue: Mapping[int, tuple[Kind, int]], asked: Mapping[int, Occasion],
        rows: Mapping[int, planning.Planned],
    ) -> None:  # fmt: skip
        """What was due, and is neither asked nor waits, has lapsed."""
        for pledge_id, (kind, number) in overdue.items():
            still = rows[pledge_id][1] if pledge_id in rows else None
            for one in (asked.get(pledge_id), still):
                if one and (one.kind, one.round) == (kind, number):
                    break
            else:
                reason = OVERTAKEN if pledge_id in asked else TOO_LATE
                self._lapse(pledge_id, kind, number, reason)

    def _lapse(self, pledge_id: int, kind: Kind, number: int, reason: str) -> None:
        if not any((one["pledge_id"], one["kind"], one["round"]) == (pledge_id, kind, number) for one in self._lapses):
            self._lapses.append({
                "pledge_id": pledge_id, "kind": kind, "round": number, "at": self.now, "reason": reason,
            })  # fmt: skip
