"""What holds for every start day of a year, in every Land, whoever answers or not, and through downtime."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cadence import Asked, Kind, next_occasion, planned, postponements
from bot.domain.land import Land
from bot.domain.pledge import Pledge, Stage
from bot.domain.quiet_times import Calendar, RestPeriod, Window

BERLIN = ZoneInfo("Europe/Berlin")
YEAR = [date(2025, 7, 1) + timedelta(days=n) for n in range(365)]


@dataclass
class Life:
    """A pledge that is asked about until nothing is left to ask, by a bot that wakes up a little or days too late."""

    workshop_day: date
    pledge: Pledge
    calendar: Calendar
    answers: float = 1.0
    """How likely an answer is."""
    postpones: float = 0.0
    """How likely an answer is "Später", wherever that can be offered."""
    downtime: int = 0
    """The most days that the bot sleeps through an occasion."""
    seed: int = 0
    asked: list[Asked] = field(default_factory=list)
    requested: list[tuple[date, date]] = field(default_factory=list)
    """The days that "Später" asked for, and those when it was asked."""

    def lived(self) -> "Life":
        chance = Random(self.seed)
        now = datetime.combine(self.pledge.registered or self.workshop_day, time(15), UTC)
        while occasion := next_occasion(self.pledge, self.workshop_day, self.asked, self.calendar, now):
            if occasion.at > now:
                now = occasion.at + timedelta(seconds=chance.randrange(60), days=chance.randint(0, self.downtime))
                continue
            assert len(self.asked) < 300, "it goes on for ever"
            today = self.calendar.day_of(now)
            if occasion.requested:
                assert self.pledge.later is not None
                self.requested.append((self.pledge.later, today))
            self.pledge = replace(self.pledge, later=None)
            answered = occasion.kind is not Kind.CLOSE and chance.random() < self.answers
            self.asked.append(Asked(occasion.kind, occasion.round, occasion.at, answered))
            days = postponements(self.pledge, self.workshop_day, self.asked, self.calendar, today)
            if answered and days and chance.random() < self.postpones:
                self.pledge = replace(self.pledge, later=chance.choice(days))
            elif occasion.kind is Kind.CLOSE or (answered and occasion.kind in (Kind.OUTCOME, Kind.REMINDER)):
                self.pledge = replace(self.pledge, stage=Stage.CLOSED)
        return self

    def days(self, kind: Kind) -> list[date]:
        return [self.calendar.day_of(asked.at) for asked in self.asked if asked.kind is kind]


def keeps_the_rules(life: Life) -> None:
    calendar, (outcome, *again) = life.calendar, life.days(Kind.OUTCOME)
    assert life.pledge.stage is Stage.CLOSED
    assert outcome >= calendar.first_allowed(life.pledge.due)
    assert life.downtime or all(day <= calendar.add_working_days(outcome, 10) for day in again)
    assert len(life.days(Kind.REMINDER)) <= 1
    assert not again or all(day < again[0] for day in life.days(Kind.REMINDER))

    assert all(calendar.is_open(asked.at) for asked in life.asked)
    assert [asked.at for asked in life.asked] == sorted(asked.at for asked in life.asked)
    assert not [
        asked for asked in life.asked if timedelta(0) < outcome - calendar.day_of(asked.at) <= timedelta(days=7)
    ]

    rounds = [asked for asked in life.asked if asked.kind is Kind.CHECK_IN]
    for earlier, later in pairwise(rounds):
        apart = calendar.day_of(later.at) - calendar.day_of(earlier.at)
        assert earlier.round == later.round or (earlier.round < later.round and apart >= timedelta(days=21))
    nudges = Counter(asked.round for asked in life.asked if asked.kind is Kind.NUDGE)
    assert set(nudges.values()) <= {1}
    for number in nudges:
        assert not all(asked.answered for asked in rounds if asked.round == number)


@pytest.mark.parametrize("answers", [0.0, 1.0])
def test_every_start_day_of_a_year(answers: float) -> None:
    weekdays, laender, windows = range(5), list(Land), list(Window)
    for n, start in enumerate(YEAR):
        due = start + timedelta(days=20 + n * 89 % 281)
        pledge = Pledge("BER-042", 1, "x", due, Stage.RUNNING, maker_id=n, registered=start)
        calendar = Calendar(BERLIN, windows[n % 3], weekdays[n % 5], frozenset({laender[n % 17], laender[n * 5 % 17]}))
        life = Life(start, pledge, calendar, answers).lived()
        keeps_the_rules(life)
        assert life.days(Kind.OUTCOME) == [calendar.first_allowed(due)]
        if answers:
            told = [occasion.kind for occasion in planned(pledge, start, calendar)]
            assert [asked.kind for asked in life.asked] == told
        else:
            assert [asked.kind for asked in life.asked][-3:] == [Kind.OUTCOME, Kind.REMINDER, Kind.CLOSE]


@st.composite
def calendars(draw: st.DrawFn, start: date) -> Calendar:
    recess = start + timedelta(days=draw(st.integers(0, 200)))
    rest = RestPeriod("Parlamentspause", recess, recess + timedelta(days=draw(st.integers(0, 50))))
    return Calendar(
        BERLIN,
        draw(st.sampled_from(Window)),
        draw(st.integers(0, 4)),
        draw(st.frozensets(st.sampled_from(Land), max_size=3)),
        draw(st.sampled_from([(), (rest,)])),
        draw(st.none() | st.integers(1, 200).map(lambda days: start + timedelta(days=days))),
    )


@st.composite
def lives(draw: st.DrawFn) -> Life:
    start = draw(st.sampled_from(YEAR))
    registered = start + timedelta(days=draw(st.just(0) | st.integers(1, 250)))
    due = start + timedelta(days=draw(st.integers(20, 300)))
    claimed = draw(st.booleans())
    pledge = Pledge(
        "BER-042",
        1,
        "x",
        due if claimed else max(due, registered),
        Stage.RUNNING,
        maker_id=draw(st.integers(1, 999)),
        registered=registered,
        claimed=claimed,
    )
    return Life(
        start,
        pledge,
        draw(calendars(start)),
        answers=draw(st.sampled_from([0.0, 0.5, 1.0])),
        postpones=draw(st.sampled_from([0.0, 0.5, 1.0])),
        downtime=draw(st.sampled_from([0, 0, 3, 40])),
        seed=draw(st.integers(0, 2**32)),
    )


@settings(max_examples=200, deadline=None)
@given(lives())
def test_whatever_happens(life: Life) -> None:
    keeps_the_rules(life.lived())


@settings(max_examples=60, deadline=None)
@given(lives())
def test_later_means_that_very_day(life: Life) -> None:
    life = replace(life, answers=1.0, postpones=1.0, downtime=0).lived()
    assert all(asked == wished for wished, asked in life.requested)


@settings(max_examples=60, deadline=None)
@given(lives())
def test_whoever_comes_late_has_ten_days(life: Life) -> None:
    life.lived()
    registered = life.pledge.registered
    assert registered is not None
    if registered > life.workshop_day:
        first = life.calendar.day_of(life.asked[0].at)
        typed_for_an_earlier_day = not life.pledge.claimed and first == life.days(Kind.OUTCOME)[0]
        assert first >= registered + timedelta(days=10) or typed_for_an_earlier_day


@settings(max_examples=60, deadline=None)
@given(lives())
def test_whoever_answers_is_never_long_without_a_question(life: Life) -> None:
    """A check-in that its own weekday puts too near to the outcome is left out: 44 days, and four for Easter."""
    life = replace(life, calendar=replace(life.calendar, rests=(), paused_until=None), answers=1.0).lived()
    if life.downtime or not life.pledge.registered:
        return
    questions = [life.pledge.registered, *(life.calendar.day_of(asked.at) for asked in life.asked)]
    for earlier, later in pairwise(questions):
        days = [earlier + timedelta(days=n + 1) for n in range((later - earlier).days)]
        assert sum(not life.calendar.is_resting(day) for day in days) <= 48
