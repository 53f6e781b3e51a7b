"""The whole cadence through the real services: who is asked what, instead of whom, and what lapses."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.domain.company import Part
from bot.domain.kinds import DEFAULT
from bot.domain.quiet_times import RestPeriod
from bot.service.asking import Asking
from bot.service.installation import Installation
from bot.store import companions
from tests.service.looking import Look
from tests.stage import Person, Stage

BERLIN = ZoneInfo("Europe/Berlin")
CHECK_IN = "How is BER-001 getting on"
PARTNERS = "Nothing has been heard of BER-001"


@pytest.fixture
def installation(installation: Installation) -> Installation:
    """The default cadence."""
    return replace(installation, rules=replace(installation.rules, cadence=DEFAULT))


def beside(stage: Stage, engine: Engine, pledge: int, person: int, part: Part, since: int = 0) -> None:
    """This person stands beside the maker of the pledge."""
    with engine.begin() as tx:
        companions.add(tx, pledge, person, part, stage.clock.now() + timedelta(minutes=since))


@pytest.fixture
def company(stage: Stage, engine: Engine) -> tuple[Person, Person, Person]:
    """Anna with a pledge; Bert, the longer partner, and Cleo stand beside her and have nothing of their own to do."""
    anna = stage.maker("Anna")
    others = []
    for number, name in enumerate(("Bert", "Cleo"), start=2):
        other = stage.person(name, "en")
        other.says("/start ABCD2345")
        other.taps(0)
        other.hears()
        beside(stage, engine, 1, number, Part.PARTNER, since=number)
        others.append(other)
    anna.says("/settings")  # any such change plans anew
    anna.taps("Weekday")
    anna.taps("Tuesday")
    anna.hears()
    return anna, others[0], others[1]


def asked(look: Look) -> list[str]:
    """What was asked, as "kind round"."""
    return [f"{kind} {number}" for kind, number in look("asked", "kind", "round")]


def test_the_course_of_a_pledge_of_somebody_silent(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    stage.jump(days=400)
    assert asked(look) == [
        "first_step 0", "check_in 1", "nudge 1", "check_in 2", "nudge 2", "check_in 3", "nudge 3", "check_in 4",
        "last_call 0", "outcome 0", "reminder 0",
    ]  # fmt: skip
    heard = anna.hears()
    assert len(heard) == len(asked(look))
    assert "About BER-001: how shall I go on?" in heard[5]
    assert "How is BER-001 getting on?" in heard[7]
    assert "days left: BER-001" in heard[8]
    assert look("pledges", "stage", "outcome") == [("closed", None)]


def test_who_always_answers(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    for _ in range(5):
        stage.until_asked()
        anna.taps(0)
    assert asked(look) == ["first_step 0", "check_in 1", "check_in 2", "check_in 3", "check_in 4"]
    assert look("pledges", "first_step_done") == [True]
    stage.until_asked()
    anna.taps("Kept")
    anna.taps("Nothing to add")
    anna.taps("No")
    anna.taps("Yes, please")
    assert look("pledges", "recalled") == [True]
    anna.hears()
    stage.until_asked()
    assert "What has lasted?" in anna.hears()[-1]
    anna.taps("A part of it")
    assert look("pledges", "lasting") == ["some"]
    assert stage.asking.next_due() is None


def test_the_third_check_in_asks_for_confidence(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    for _ in range(4):
        stage.until_asked()
        anna.hears()
        anna.taps(0)
    assert "How confident are you" in anna.hears()[0]
    anna.taps("Fairly")
    assert look("pledges", "confidence") == ["some"]


@pytest.mark.parametrize(
    ("choice", "following"),
    [("Every month", "check_in 4"), ("Only towards the end", "check_in 4"), ("Ask somebody else", "check_in 4")],
)
def test_how_to_go_on(stage: Stage, look: Look, choice: str, following: str) -> None:
    anna = stage.maker("Anna")
    while "Every month" not in (anna.newest.labels or [""])[0]:
        stage.until_asked()
    anna.taps(choice)
    stage.until_asked()
    assert asked(look)[-1] == following
    anna.taps("On track")
    assert look("pledges", "only_at_end", "delegated") == [(False, False)]


def test_no_messages_ends_them(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    while "Every month" not in (anna.newest.labels or [""])[0]:
        stage.until_asked()
    anna.taps("No messages")
    assert look("people", "stopped") == [True]
    assert look("occasions", "kind") == ["close"]


def test_a_silent_check_in_is_taken_to_the_longest_partner_and_next_time_to_another(
    stage: Stage, company: tuple[Person, Person, Person], look: Look
) -> None:
    anna, bert, cleo = company
    stage.until(date(2025, 9, 1))
    [question] = bert.hears()
    assert PARTNERS in question
    assert cleo.hears() == []
    stage.until(date(2025, 10, 1))
    assert bert.hears() == []
    [question] = cleo.hears()
    assert PARTNERS in question
    assert "how shall I go on" not in "".join(anna.hears())
    cleo.taps("On track")  # the round is not silent any more
    stage.until(date(2025, 10, 18))
    assert "How is BER-001 getting on?" in anna.hears()[-1]
    assert look("pledges", "standing") == ["on_track"]


def test_the_question_to_a_partner_goes_when_the_maker_answers(
    stage: Stage, company: tuple[Person, Person, Person]
) -> None:
    anna, bert, _ = company
    stage.until(date(2025, 9, 1))
    assert bert.newest.labels
    anna.taps("Slower")
    assert bert.newest.labels == []


def test_a_partner_may_tell_the_outcome_but_set_no_date(
    stage: Stage, company: tuple[Person, Person, Person], look: Look
) -> None:
    _, bert, _ = company
    stage.until(date(2025, 9, 1))
    bert.taps("Done")
    assert not any("new date" in label for label in bert.newest.labels)
    bert.taps("Kept")
    assert look("pledges", "outcome") == ["kept"]


def test_a_deputy_is_asked_before_any_partner(
    stage: Stage, engine: Engine, company: tuple[Person, Person, Person]
) -> None:
    _, bert, cleo = company
    beside(stage, engine, 1, 3, Part.DEPUTY)
    stage.until(date(2025, 9, 1))
    assert len(cleo.hears()) == 1
    assert bert.hears() == []


def test_a_deputy_is_asked_instead_during_a_pause(
    stage: Stage, engine: Engine, company: tuple[Person, Person, Person], look: Look
) -> None:
    anna, _, cleo = company
    beside(stage, engine, 1, 3, Part.DEPUTY)
    anna.says("/pause 1 October 2025")
    anna.hears()
    stage.until(date(2025, 9, 30))
    heard = cleo.hears()
    assert any("About BER-001: is the first step done?" in text for text in heard)
    assert sum(CHECK_IN in text for text in heard) >= 2
    assert anna.hears() == []
    cleo.taps("On track")
    assert look("pledges", "standing") == ["on_track"]
    stage.until(date(2025, 10, 20))
    assert CHECK_IN in "".join(anna.hears())


def test_of_a_maker_who_cannot_be_reached_the_longest_partner_is_asked(
    stage: Stage, company: tuple[Person, Person, Person]
) -> None:
    anna, bert, cleo = company
    anna.blocks()
    stage.until(date(2025, 8, 20))
    assert CHECK_IN in "".join(bert.hears())
    assert cleo.hears() == []


def test_stop_is_no_reason_to_ask_others(stage: Stage, company: tuple[Person, Person, Person], look: Look) -> None:
    anna, bert, cleo = company
    anna.says("/stop")
    stage.jump(days=300)
    assert bert.hears() == cleo.hears() == []
    assert look("pledges", "stage") == ["closed"]


def test_somebody_else_is_asked_who_is_there(stage: Stage, company: tuple[Person, Person, Person], look: Look) -> None:
    anna, bert, _ = company
    while "Every month" not in (anna.newest.labels or [""])[0]:
        stage.until_asked()
    anna.taps("Ask somebody else")
    assert "those who are in it with you" in anna.hears()[-1]
    bert.hears()
    stage.until(date(2025, 11, 20))
    assert CHECK_IN in "".join(bert.hears())
    assert anna.hears() == []
    anna.says("/update")
    anna.taps("Slower")
    assert look("pledges", "delegated") == [False]


def test_outcomes_within_five_working_days_come_together_over_workshops(stage: Stage, look: Look) -> None:
    stage.workshop("Werkstatt Eutin", letters="EUT", code="EFGH2345")
    anna = stage.person("Anna", "en")
    anna.says("/start ABCD2345")
    anna.taps(0)
    anna.says("One thing by 3 November 2025")
    anna.says("/start EFGH2345")
    anna.says("Another thing by 6 November 2025")
    stage.until(date(2025, 11, 10))
    outcomes = {key for kind, key in look("asked", "kind", "outbox_key") if kind == "outcome"}
    assert len(outcomes) == 1
    assert {at.date() for kind, at in look("asked", "kind", "at") if kind == "outcome"} == {date(2025, 11, 6)}


def test_a_last_call_and_an_outcome_are_one_message(stage: Stage, look: Look) -> None:
    anna = stage.person("Anna", "en")
    anna.says("/start ABCD2345")
    anna.taps(0)
    anna.says("One thing by 28 October 2025")
    anna.says("/new Another thing by 5 November 2025")
    stage.until(date(2025, 11, 30))
    messages = Counter(look("asked", "outbox_key"))
    assert len({at.date() for at in look("asked", "at")}) == len(messages)


class TestDowntime:
    """Promise 2: each message once, merged, or dropped with a reason; never a burst."""

    def test_three_days_over_two_due_dates(self, stage: Stage, look: Look) -> None:
        anna = stage.person("Anna", "en")
        anna.says("/start ABCD2345")
        anna.taps(0)
        anna.says("One thing by 3 November 2025")
        anna.says("/new Another thing by 4 November 2025")
        stage.until(datetime(2025, 11, 2, 12, tzinfo=UTC))
        anna.hears()
        stage.sleeps(days=3)
        stage.jump(days=1)
        [message] = anna.hears()
        assert "BER-001" in message
        assert "BER-002" in message
        assert look("lapses", "kind") == []

    def test_a_nudge_that_was_overtaken_has_its_reason(self, stage: Stage, look: Look) -> None:
        stage.maker("Anna")
        while "nudge" not in look("occasions", "kind"):
            stage.until_asked()
        stage.sleeps(days=40)
        stage.jump(days=2)
        assert look("lapses", "kind", "round", "reason") == [("nudge", 1, "overtaken")]

    def test_a_last_call_that_is_too_late_has_its_reason(self, stage: Stage, look: Look) -> None:
        stage.maker("Anna")
        while "last_call" not in look("occasions", "kind"):
            stage.until_asked()
        stage.sleeps(days=80)
        stage.jump(days=2)
        assert look("lapses", "kind", "reason") == [("last_call", "too late")]
        assert asked(look)[-1] == "outcome 0"

    def test_weeks_without_the_bot_bring_one_message(self, stage: Stage, look: Look) -> None:
        anna = stage.maker("Anna")
        stage.sleeps(days=75)
        stage.jump(days=3)
        [message] = anna.hears()
        assert "How is BER-001 getting on?" in message
        assert asked(look) == ["check_in 1", "first_step 0"]


def test_ten_o_clock_stays_ten_o_clock_over_both_changes(stage: Stage, look: Look) -> None:
    """Promise 1, without a restart."""
    stage.workshop("Werkstatt Eutin", date(2025, 9, 30), letters="EUT", code="EFGH2345")
    for code in ("ABCD2345", "EFGH2345"):
        person = stage.person(code, "en")
        person.says(f"/start {code}")
        person.taps(0)
        person.says("One thing by 30 June 2026")
    stage.jump(days=400)
    times: dict[int, set[str]] = {}
    for person_id, at in look("asked", "person_id", "at"):
        times.setdefault(person_id, set()).add(f"{at.astimezone(BERLIN):%H:%M}")
    assert [len(of_one) for of_one in times.values()] == [1, 1]
    days = {at.astimezone(BERLIN).date() for at in look("asked", "at")}
    assert min(days) < date(2025, 10, 26) < date(2026, 3, 29) < max(days)


def test_a_rest_period_that_is_added_later_moves_what_is_planned(stage: Stage) -> None:
    anna = stage.maker("Anna")
    stage.until(date(2025, 8, 1))
    anna.hears()
    recess = RestPeriod("Pause", date(2025, 8, 1), date(2025, 9, 1))
    stage.asking = Asking(replace(stage.installation, rules=replace(stage.installation.rules, rests=(recess,))))
    stage.until(date(2025, 9, 1))
    assert anna.hears() == []
    stage.until_asked()
    assert CHECK_IN in anna.hears()[-1]
