"""What holds for every start day of a year, in every Land, whoever answers or not: promise 13.

Each of the lives is lived with the real rules and judged by `tests.domain.rules`, which was written from the wording.
A sample runs always; all of them with `-m long`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cadence import Kind, Matter
from bot.domain.land import Land
from bot.domain.quiet_times import Calendar, RestPeriod, Window
from tests.domain.lives import Habit, Somebody, pledge
from tests.domain.rules import (
    Circumstances,
    Message,
    Promise,
    broken,
    check_ins,
    last_call_day,
    longest_wait,
    partners_missed,
)

BERLIN = ZoneInfo("Europe/Berlin")
YEAR = [date(2025, 7, 1) + timedelta(days=n) for n in range(365)]
LAENDER = [land for land in Land if land is not Land.BUND]
LONGEST_WAIT = 31 + 6 + 4 + 10
"""Days without a question, for somebody who answers: a month, the days until their own weekday, those by which a feast
shifts it, and the days before the last call in which no check-in falls any more."""


@dataclass
class Case:
    """Somebody, and the circumstances under which they are judged."""

    somebody: Somebody
    who: Circumstances
    start: date
    laender: frozenset[Land]

    @property
    def promises(self) -> list[Promise]:
        return list(self.somebody.promises)

    def live(self) -> list[Message]:
        return self.somebody.lived().messages


def case(kind: str, start: date, land: Land) -> Case:
    """One life of this kind, chosen by its start day and Land: always the same."""
    chance = Random(f"{kind} {start} {land}")
    laender = frozenset({land} | ({chance.choice(LAENDER)} if chance.random() < 0.3 else set()))
    rests: tuple[RestPeriod, ...] = ()
    if kind in ("recess", "everything"):
        recess = start + timedelta(days=chance.randint(0, 200))
        rests = (RestPeriod("Pause", recess, recess + timedelta(days=chance.randint(5, 50))),)
    calendar = Calendar(BERLIN, chance.choice(list(Window)), chance.randrange(5), laender, rests)
    due = start + timedelta(days=chance.randint(20, 300))
    matters = [Matter(pledge("A", start, due), start)]
    if kind in ("several", "everything"):
        for reference in "BCDE"[: chance.randint(1, 4)]:
            day = start + timedelta(days=chance.randint(0, 90))
            late = chance.choice((0, 0, 0, chance.randint(1, 100)))
            registered, due = day + timedelta(days=late), day + timedelta(days=chance.randint(20, 300))
            claimed = bool(late)
            other = pledge(reference, registered, due if claimed else max(due, registered), claimed)
            matters.append(Matter(other, day))
    if kind == "late":
        late = start + timedelta(days=chance.randint(1, 250))
        matters = [Matter(pledge("A", late, due, claimed=True), start)]
    if kind == "own step":
        stepping = replace(matters[0].pledge, first_step_day=start + timedelta(days=chance.randint(1, 250)))
        matters = [replace(matters[0], pledge=stepping)]
    habit = HABITS.get(kind, Habit)()
    leave = None
    if kind in ("on leave", "everything"):
        begins = start + timedelta(days=chance.randint(0, 200))
        leave = begins, begins + timedelta(days=chance.randint(3, 60))
        habit.pause = leave
    joint = kind in ("joint", "joint and silent")
    somebody = Somebody(
        chance.randint(1, 10**6), calendar, habit, {m.pledge.reference: replace(m, joint=joint) for m in matters},
        chance, partner=replace(calendar, window=chance.choice(list(Window))) if joint else None,
        partner_answers=kind == "joint",
    )  # fmt: skip
    if kind in ("told things", "everything"):
        somebody.broadcasts = sorted(start + timedelta(days=chance.randint(0, 300)) for _ in range(8))
    if kind == "downtime":
        for _ in range(6):
            sleeps = datetime.combine(start + timedelta(days=chance.randint(0, 250)), time(), BERLIN)
            somebody.downtimes.append((sleeps, sleeps + timedelta(hours=chance.randint(1, 24 * 30))))
    who = Circumstances(
        frozenset(laender), calendar.window, calendar.weekday,
        tuple((rest.start, rest.end) for rest in rests), leave,
    )  # fmt: skip
    return Case(somebody, who, start, laender)


HABITS: dict[str, Callable[[], Habit]] = {
    "after the nudge": lambda: Habit(check_ins=0.0),
    "silent": lambda: Habit(check_ins=0.0, nudges=0.0, outcome=0.0),
    "sometimes": lambda: Habit(check_ins=0.4, nudges=0.4, puts_off=0.3, outcome=0.5, extends=0.5),
    "later": lambda: Habit(puts_off=0.8),
    "extends": lambda: Habit(extends=1.0),
    "joint": lambda: Habit(check_ins=0.0, nudges=0.0, outcome=1.0),
    "joint and silent": lambda: Habit(check_ins=0.0, nudges=0.0, outcome=0.0),
    "everything": lambda: Habit(check_ins=0.8, puts_off=0.3, extends=0.3),
}
KINDS = (
    "quick", "after the nudge", "silent", "sometimes", "later", "extends", "own step", "late", "on leave", "recess",
    "several", "told things", "joint", "joint and silent", "downtime", "everything",
)  # fmt: skip
ANSWERING = ("quick", "own step", "late", "on leave", "recess", "several", "told things", "extends")


EVERY = 6
"""So many start days of a sample lie apart; those of different kinds are different ones."""


def lives(kind: str, laender: int, days: slice = slice(None)) -> Iterator[Case]:
    """Of this kind one life for each of the start days in so many of the Länder."""
    for n, start in list(enumerate(YEAR))[days]:
        for m in range(laender):
            yield case(kind, start, LAENDER[(n + m * 5) % len(LAENDER)])


def keeps_the_rules(case: Case) -> None:
    messages = case.live()
    assert not broken(messages, case.promises, case.who), case


def is_asked(case: Case) -> None:
    """Liveness: whoever answers is asked, and not left alone for long."""
    messages, promises = case.somebody.messages, case.promises
    for promise in promises:
        one = promise.pledge
        asked = [m.day for m in messages if (Kind.OUTCOME, one.reference, 0) in m.about]
        assert asked, "never asked for the outcome"
        assert one.registered is not None
        wait = longest_wait(messages, one.registered, asked[-1], case.who)
        assert wait <= LONGEST_WAIT, (wait, case)


def is_asked_as_planned(case: Case) -> None:
    """Somebody with one pledge gets every check-in and the last call on its very day."""
    [promise] = case.promises
    asked = [m.day for m in case.somebody.messages for kind, _, _ in m.about if kind is Kind.CHECK_IN]
    called = [m.day for m in case.somebody.messages for kind, _, _ in m.about if kind is Kind.LAST_CALL]
    assert asked == check_ins(promise, case.who), case
    assert called == [day for day in [last_call_day(promise.pledge, case.who)] if day], case


def judge(lives: Iterator[Case], kind: str) -> None:
    for one in lives:
        keeps_the_rules(one)
        if kind in ANSWERING:
            is_asked(one)
        if one.somebody.partner:
            assert not partners_missed("A", one.somebody.messages, one.who), one
        if kind in ("quick", "own step", "recess"):
            is_asked_as_planned(one)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_of_lives(kind: str) -> None:
    judge(lives(kind, 1, slice(KINDS.index(kind) % EVERY, None, EVERY)), kind)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", KINDS)
def test_all_lives(kind: str) -> None:
    judge(lives(kind, len(LAENDER)), kind)
