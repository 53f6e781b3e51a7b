"""People who live through their pledges: asked by the real rules, they answer, put off, pause or stay silent.

Nothing here knows when what is to be asked; what came of it is judged by `tests.domain.rules`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bot.domain.agenda import GROUPS, Agenda, Question
from bot.domain.cadence import Asked, Aspect, Kind, Matter, Occasion
from bot.domain.foresight import postponements
from bot.domain.pledge import Outcome, Pledge, Stage
from bot.domain.quiet_times import Calendar
from bot.domain.workshop import months_after
from tests.domain.rules import Message, Promise


@dataclass
class Habit:
    """How somebody answers. `check_ins` is how likely, `nudges` how likely after a nudge."""

    check_ins: float = 1.0
    nudges: float = 1.0
    puts_off: float = 0.0
    extends: float = 0.0
    outcome: float = 1.0
    pause: tuple[date, date] | None = None
    """On which day they take leave, and until when."""


@dataclass
class Somebody:
    """A maker with pledges, and what was said to them. `partner` is asked about joint ones."""

    id: int
    calendar: Calendar
    habit: Habit
    matters: dict[str, Matter]
    chance: Random
    broadcasts: list[date] = field(default_factory=list)
    downtimes: list[tuple[datetime, datetime]] = field(default_factory=list)
    partner: Calendar | None = None
    partner_answers: bool = True
    messages: list[Message] = field(default_factory=list)
    announced: list[date] = field(default_factory=list)
    no_room: set[tuple[str, Kind]] = field(default_factory=set)

    def lived(self) -> "Somebody":
        now = min(
            datetime.combine(matter.pledge.registered or matter.workshop_day, time(15), UTC)
            for matter in self.matters.values()
        )
        for _ in range(400):
            upcoming = self._step(now)
            if upcoming is None:
                return self
            now = self._awake(upcoming)
        raise AssertionError("It goes on for ever.")

    def _awake(self, moment: datetime) -> datetime:
        return next((ends for begins, ends in self.downtimes if begins <= moment < ends), moment)

    def _step(self, now: datetime) -> datetime | None:
        today = self.calendar.day_of(now)
        if self.habit.pause and self.habit.pause[0] <= today:
            self.calendar = replace(self.calendar, paused_until=self.habit.pause[1], paused_from=today)
            self.habit = replace(self.habit, pause=None)
        self._announce(today, now)
        agenda = self._agenda(now)
        due: dict[str, Occasion] = {}
        later: list[datetime] = []
        for reference, matter in self.matters.items():
            occasion = agenda.next(reference)
            if occasion and occasion.at <= now:
                due[reference] = occasion
            elif occasion:
                later.append(occasion.at)
            if (question := agenda.question(reference)) and matter.joint:
                later += self._ask_partner(question, now)
        self.no_room.update(agenda.without_room)
        for reference in [reference for reference, occasion in due.items() if occasion.kind is Kind.CLOSE]:
            self._change(reference, stage=Stage.CLOSED)
            del due[reference]
            later.append(now)
        for group in GROUPS:
            if asked := {ref: o for ref, o in due.items() if o.kind in group}:
                self._ask(asked, now)
                later.append(now)
        registrations = [m.pledge.registered for m in self.matters.values() if m.pledge.registered]
        days = [*self.broadcasts, *self.announced, *registrations, *(self.habit.pause or ())[:1]]
        moments = [at for day in days if (at := self.calendar.instant(day, self.id)) > now]
        nothing_more = not later and all(not m.pledge.is_open for m in self.matters.values())
        return None if nothing_more else min([*later, *moments], default=None)

    def _agenda(self, now: datetime) -> Agenda:
        today = self.calendar.day_of(now)
        return Agenda(
            [m for m in self.matters.values() if m.pledge.registered and m.pledge.registered <= today],
            self.calendar, now, self.id, sent=self._sent("maker"),
            announced=[day for day in self.announced if day >= today],
        )  # fmt: skip

    def _sent(self, who: str) -> list[date]:
        return [self.calendar.day_of(m.at) for m in self.messages if m.to == who and m.counted]

    def _announce(self, today: date, now: datetime) -> None:
        """Broadcasts get their slot when they are released, and look again when it has come."""
        waiting = [day for day in (*self.broadcasts, *self.announced) if day <= today]
        self.broadcasts = [day for day in self.broadcasts if day > today]
        self.announced = [day for day in self.announced if day > today]
        for _ in waiting:
            slot = self._agenda(now).free_day(today)
            if slot == today and self.calendar.is_open(now):
                self.messages.append(Message("maker", now, ((Kind.BROADCAST, "", 0),)))
            else:
                self.announced.append(slot)

    def _ask(self, due: dict[str, Occasion], now: datetime) -> None:
        items = tuple((o.kind, reference, o.round) for reference, o in due.items())
        counted = not all(occasion.requested for occasion in due.values())
        self.messages.append(Message("maker", now, items, counted))
        for reference, occasion in due.items():
            self._record(reference, occasion, now)
            self._change(reference, later=None)
        for reference, occasion in due.items():
            self._respond(reference, occasion, now)

    def _record(self, reference: str, occasion: Occasion, now: datetime) -> None:
        asked = [Asked(occasion.kind, occasion.round, now, answered=False)]
        if Aspect.STEP in occasion.aspects:
            asked.append(Asked(Kind.FIRST_STEP, 0, now, answered=False))
        matter = self.matters[reference]
        self.matters[reference] = replace(matter, asked=(*matter.asked, *asked))

    def _respond(self, reference: str, occasion: Occasion, now: datetime) -> None:
        habit, pledge = self.habit, self.matters[reference].pledge
        likely = {
            Kind.NUDGE: habit.nudges, Kind.LAST_CALL: 0.0, Kind.OUTCOME: habit.outcome, Kind.REMINDER: 1.0,
            Kind.LASTING: 1.0,
        }.get(occasion.kind, habit.check_ins)  # fmt: skip
        if occasion.kind is Kind.REMINDER and habit.outcome == 0:
            likely = 0.0
        if self.chance.random() >= likely:
            return
        self._answer(reference, now)
        days: tuple[date, ...] = ()
        if occasion.kind not in (Kind.REMINDER, Kind.LASTING) and self.chance.random() < habit.puts_off:
            known = [m for m in self.matters.values() if m.pledge.registered]
            days = postponements(reference, known, self.calendar, now, self.id)
        if days:
            self._change(reference, later=self.chance.choice(days))
        elif occasion.kind in (Kind.OUTCOME, Kind.REMINDER):
            if not pledge.extended and self.chance.random() < habit.extends:
                latest = months_after(pledge.due, 3)
                today = self.calendar.day_of(now)
                due = today + timedelta(days=self.chance.randint(1, max(1, (latest - today).days)))
                self._change(reference, due=due, extended=True)
            else:
                self._change(reference, stage=Stage.CLOSED, outcome=Outcome.KEPT, outcome_at=now, recalled=True)

    def _answer(self, reference: str, now: datetime) -> None:
        matter = self.matters[reference]
        self.matters[reference] = replace(matter, asked=tuple(replace(a, answered=True) for a in matter.asked))
        self.messages[-1].answered.add(reference)

    def _ask_partner(self, question: Question, now: datetime) -> list[datetime]:
        """Ask the partner when it is time; gives when it would be."""
        assert self.partner is not None
        sent = [self.partner.day_of(m.at) for m in self.messages if m.to == "partner" and m.counted]
        agenda = Agenda([], self.partner, now, self.id + 1, sent=sent, guests=[question])
        occasion = agenda.next(question.reference)
        if occasion is None:
            return []
        if occasion.at > now:
            return [occasion.at]
        self.messages.append(Message("partner", now, ((Kind.PARTNER, question.reference, question.round),)))
        self._record(question.reference, occasion, now)
        if self.partner_answers:
            self._answer(question.reference, now)
        return [now]

    def _change(self, reference: str, **values: object) -> None:
        matter = self.matters[reference]
        changed = replace(matter.pledge, **values)  # type: ignore[arg-type]
        self.matters[reference] = replace(matter, pledge=changed)

    @property
    def promises(self) -> Iterable[Promise]:
        return [Promise(matter.pledge, matter.workshop_day) for matter in self.matters.values()]


def pledge(reference: str, registered: date, due: date, claimed: bool = False) -> Pledge:
    """A running pledge."""
    return Pledge(reference, 1, "x", due, Stage.RUNNING, maker_id=1, registered=registered, claimed=claimed)
