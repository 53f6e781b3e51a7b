"""The half-year, question by question: the calendar jumps to whatever comes next, a question or an answer."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random
from time import perf_counter

from adapters.rehearsal.people import Cast, Pledge, Somebody, cast
from adapters.rehearsal.stage import CHANNEL, ZONE, Stage, staged
from adapters.rehearsal.tally import Message, Tally, tally
from bot.dialogue.effects import Steer, Step
from bot.domain.audience import Audience
from bot.domain.broadcast import Broadcast
from bot.domain.quiet_times import Calendar
from bot.service import dossiers, releasing
from bot.service.installation import Rules
from bot.store import audit, broadcasts, pledges
from bot.store.broadcasts import Card
from bot.store.outbox import Letter

LONGEST = timedelta(days=730)
"""When a rehearsal ends at the latest; everything is asked long before."""
ANNOUNCED_AFTER = (timedelta(days=40), timedelta(days=100))
"""When the team tells everybody something."""
LIKED = ("all", "on_track", "yes", "kept", "skip", "high", "not", "monthly")
"""What is tapped, where it is offered."""
STANDINGS = ("on_track", "on_track", "on_track", "slow", "slow", "stuck", "done")
OUTCOMES = ("kept", "kept", "partly", "differently", "not_kept", "ongoing", "moot")

Progress = Callable[[int, int], None]
"""Told how many of how many days have passed."""


@dataclass
class Play:
    """One rehearsal on its way."""

    stage: Stage
    cast: Cast
    chance: Random
    progress: Progress
    start: date
    messages: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._people = {one.address: one for one in self.cast.people}
        self._later: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._away: dict[str, date] = {}

    def play(self) -> None:
        """Everything, from the first workshop until nothing is left to ask."""
        self.stage.hold(self.cast)
        self._plan_arrivals()
        for after in ANNOUNCED_AFTER:
            self._at(self._noon(self.start + after), self._announce)
        last = self.stage.clock.now() + LONGEST
        while (moment := self._next()) and moment <= last:
            self.stage.clock.set(max(moment, self.stage.clock.now()))
            while self._later and self._later[0][0] <= moment:
                heapq.heappop(self._later)[2]()
            for letter in self.stage.ask():
                self._arrived(letter)
            self.progress(min((moment.date() - self.start).days, 300), 300)
        self.progress(300, 300)

    def _next(self) -> datetime | None:
        due, slot = self.stage.asking.next_due(), self.stage.broadcasting.next_due()
        answer = self._later[0][0] if self._later else None
        return min((moment for moment in (due, slot, answer) if moment), default=None)

    def _at(self, moment: datetime, do: Callable[[], None]) -> None:
        heapq.heappush(self._later, (moment, next(self._order), do))

    def _noon(self, day: date) -> datetime:
        return datetime.combine(day, time(12), ZONE)

    def _plan_arrivals(self) -> None:
        days = {event.letters: event.day for event in self.cast.events}
        for place, somebody in enumerate(self.cast.people):
            for made in somebody.pledges:
                moment = datetime.combine(days[made.letters], time(14, 30), ZONE) + timedelta(seconds=place)
                self._at(moment, partial(self._promise, somebody, made))
            if somebody.leave:
                begins, until = somebody.leave
                self._at(self._noon(begins), partial(self._take_leave, somebody, until))

    def _promise(self, somebody: Somebody, made: Pledge) -> None:
        self.stage.join(somebody, made.letters)
        reference = self.stage.promise(somebody, made)
        if made.partner:
            self._at(
                self.stage.clock.now() + timedelta(hours=1), partial(self._join_in, reference, made.partner, somebody)
            )

    def _join_in(self, reference: str, partner: Somebody, maker: Somebody) -> None:
        if partner.address in self.stage.ids:
            self.stage.stand_beside(reference, partner, maker)

    def _take_leave(self, somebody: Somebody, until: date) -> None:
        if somebody.address in self.stage.ids:
            self.stage.say(somebody, f"/pause {until:%d.%m.%Y}")
            self._away[somebody.address] = until

    def _announce(self) -> None:
        """The team tells everybody something, each in their next free slot."""
        now = self.stage.clock.now()
        everybody = Audience(tuple(one.id for one in self.stage.workshops.values()))
        draft = Broadcast(0, "Neues vom Team", everybody, audit.COMMAND_LINE, useful_until=now + timedelta(days=60))
        with self.stage.installation.engine.begin() as tx:
            key = broadcasts.add(tx, draft, Card(CHANNEL, "", None, "de"), now)
            releasing.steer(tx, self.stage.installation.rules, Steer(key, Step.RELEASE), audit.COMMAND_LINE, now)

    def _arrived(self, letter: Letter) -> None:
        """Note down what has come, and answer it in one's own time."""
        if letter.stands_for == "reply" or letter.person_id is None:
            return
        now, somebody = self.stage.clock.now(), self._people[letter.address]
        with self.stage.installation.engine.begin() as tx:
            mine = pledges.of_makers(tx, [letter.person_id]).get(letter.person_id, {}).values()
            workshops = {one.id: one for one in self.stage.workshops.values()}
            laender = dossiers.laender(mine, workshops)
        local = now.astimezone(ZONE)
        calendar = Calendar(ZONE, somebody.window, somebody.weekday, laender, self.stage.installation.rules.rests)
        away = local.date() < self._away.get(somebody.address, date.min)
        self.messages.append(Message(
            letter.address, letter.stands_for, now, letter.key, away or not calendar.is_allowed(local.date()),
            not somebody.window.opens <= local.time() < somebody.window.closes,
        ))  # fmt: skip
        manner = somebody.manner
        if letter.choices and self.chance.random() < manner.answers:
            delay = timedelta(hours=self.chance.uniform(*manner.hours))
            self._at(now + delay, partial(self._answer, somebody, letter))

    def _answer(self, somebody: Somebody, letter: Letter, depth: int = 0) -> None:
        """Tap something, and whatever is asked after it."""
        if depth > 12:
            return
        keys = [choice.key for choice in letter.choices]
        picks = [key for key in keys if "-" in key and key.rpartition("-")[2].isdigit()]
        if picks and "all" not in keys and "yes" not in keys:
            for key in picks:
                self._tap(somebody, letter, key, depth)
            return
        if depth == 0 and "later" in keys and self.chance.random() < somebody.manner.puts_off:
            chosen = "later"
        elif "on_track" in keys:
            chosen = self.chance.choice(STANDINGS)
        elif "kept" in keys:
            if letter.stands_for == "last_call" and self.chance.random() < 0.8:
                return
            chosen = self.chance.choice([key for key in OUTCOMES if key in keys])
        else:
            chosen = next((key for key in LIKED if key in keys), keys[0])
        self._tap(somebody, letter, chosen, depth)

    def _tap(self, somebody: Somebody, letter: Letter, key: str, depth: int) -> None:
        keys = [choice.key for choice in letter.choices]
        for reply in self.stage.tap(somebody, letter, keys.index(key)):
            if reply.address != somebody.address:
                self._arrived(reply)
            elif reply.choices:
                self._answer(somebody, reply, depth + 1)
            elif reply.prompt and key == "ongoing":
                self.stage.say(somebody, "in sechs Wochen")


def rehearse(number: int, start: date, seed: int, rules: Rules, progress: Progress) -> Tally:
    """Simulate the half-year of so many pledges."""
    began, chance = perf_counter(), Random(seed)
    invented = cast(number, start, chance)
    with staged(start, rules) as stage:
        play = Play(stage, invented, chance, progress, start)
        play.play()
        return tally(stage, invented, play.messages, perf_counter() - began)
