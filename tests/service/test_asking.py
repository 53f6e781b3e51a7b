"""Whoever is due is asked: once, in one message, at a time that suits them."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.domain.cadence import Occasion
from bot.domain.kinds import Kind
from bot.domain.land import Land
from bot.domain.quiet_times import public_holidays
from bot.domain.stalled import Why
from bot.service.asking import AT_ONCE
from bot.store import occasions, stalled
from tests.service.looking import Look
from tests.stage import Person, Stage
from tests.store.rows import Rows

BERLIN = ZoneInfo("Europe/Berlin")
CHECK_IN = "How is BER-001 getting on?"
OUTCOME = "The date has come. What became of BER-001?"


def asked_days(look: Look) -> list[date]:
    """The days on which somebody was written to, one for each message."""
    messages = dict(look("asked", "outbox_key", "at"))
    return sorted(at.astimezone(BERLIN).date() for at in messages.values())


def test_the_course_of_a_pledge_of_somebody_silent(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    stage.jump(days=400)
    kinds = look("asked", "kind")
    assert kinds[0] == "check_in"
    assert kinds[-2:] == ["outcome", "reminder"]
    assert {kind for kind, _, _ in look("asked", "kind", "round", "answered")} == {
        "check_in", "nudge", "outcome", "reminder"
    }  # fmt: skip
    assert look("pledges", "stage", "outcome") == [("closed", None)]
    assert look("occasions", "kind") == []
    assert len(anna.hears()) == len(kinds)
    assert max(Counter(look("asked", "kind", "round")).values()) == 1


def test_somebody_who_answers_hears_no_nudges(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    while stage.asking.next_due() and "check_in" in look("occasions", "kind"):
        stage.until_asked()
        anna.taps("On track")
    assert set(look("asked", "kind")) == {"check_in"}
    assert len(look("asked", "kind")) >= 4


def test_pledges_due_on_one_day_become_one_message(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    anna.says("/new A second pledge")
    anna.hears()
    stage.until_asked()
    [message] = anna.hears()
    assert "BER-001" in message
    assert "BER-002" in message
    assert len(set(look("asked", "outbox_key"))) == 1
    anna.taps("All on track")
    assert look("answers", "standing") == ["on_track", "on_track"]
    assert set(look("asked", "answered")) == {True}


def test_one_answer_leaves_the_other_pledge_open(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    anna.says("/new A second pledge")
    stage.until_asked()
    anna.taps("BER-001")
    anna.taps("Slower")
    anna.hears()
    assert look("asked", "answered") == [True, False]
    stage.until_asked()
    [nudge] = anna.hears()
    assert "BER-002" in nudge
    assert "BER-001" not in nudge


@pytest.fixture
def busy(stage: Stage, engine: Engine) -> Person:
    """Bert with eleven pledges from six workshops and with dates of all kinds, who never answers."""
    bert = stage.maker("Bert")
    first = date(2025, 7, 10)
    with engine.begin() as tx:
        rows = Rows(tx)
        for place in range(5):
            day = first + timedelta(days=17 * place)
            made = rows.workshop(f"W{place}X", day)
            for number in (2 * place, 2 * place + 1):
                rows.pledge(f"W{number}", made, 1, day + timedelta(days=60 + 23 * number), registered=day)
    bert.says("/settings")
    bert.taps("Weekday")
    bert.taps("Tuesday")  # any such change plans anew, also what was put in by hand
    return bert


@pytest.mark.usefixtures("busy")
def test_caps_windows_and_rest_periods_hold_for_somebody_with_many_pledges(stage: Stage, look: Look) -> None:
    stage.until(date(2026, 9, 1))
    days = asked_days(look)
    assert len(days) > 20
    assert len(set(days)) == len(days)
    for length, most in ((7, 2), (30, 5)):
        for start in days:
            assert sum(start <= day < start + timedelta(days=length) for day in days) <= most, (start, length, days)
    for day in days:
        assert day.weekday() < 5
        assert day not in public_holidays(Land.BE, day.year)
        assert not (day.month == 12 and day.day >= 22) and not (day.month == 1 and day.day <= 6)
    for at in look("asked", "at"):
        assert 9 <= at.astimezone(BERLIN).hour < 12


@pytest.mark.usefixtures("busy")
def test_nobody_with_many_pledges_is_left_without_the_question_for_the_outcome(stage: Stage, look: Look) -> None:
    stage.until(date(2026, 12, 1))
    asked = {pledge for pledge, kind in look("asked", "pledge_id", "kind") if kind == "outcome"}
    assert asked == set(look("pledges", "id"))
    assert set(look("pledges", "stage")) == {"closed"}


def test_ten_oclock_stays_ten_oclock(stage: Stage, look: Look) -> None:
    """Over the end of summer time, without a restart."""
    anna = stage.maker("Anna")
    while stage.clock.now() < datetime(2025, 11, 15, tzinfo=UTC):
        stage.until_asked()
        anna.taps("On track")
    times = [at.astimezone(BERLIN).time() for at in look("asked", "at")]
    assert len(times) >= 4
    assert len(set(times)) == 1
    assert len({at.time() for at in look("asked", "at")}) == 2


def test_a_pause_holds_and_ends_by_itself(stage: Stage) -> None:
    anna = stage.maker("Anna")
    anna.says("/pause 1 October 2025")
    anna.hears()
    assert stage.until_asked() >= datetime(2025, 9, 30, 22, tzinfo=UTC)
    assert anna.hears()


def test_resume_ends_a_pause_at_once(stage: Stage) -> None:
    anna = stage.maker("Anna")
    anna.says("/pause 1 October 2025")
    anna.says("/resume")
    assert stage.until_asked() < datetime(2025, 8, 20, tzinfo=UTC)


def test_stop_ends_all_questions_and_start_brings_them_back(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    anna.says("/stop")
    anna.hears()
    stage.jump(days=60)
    assert anna.hears() == []
    assert look("occasions", "kind") == ["close"]
    assert look("pledges", "stage") == ["running"]
    anna.says("/start")
    anna.hears()
    stage.until_asked()
    assert CHECK_IN in anna.hears()[-1]


@pytest.mark.parametrize(("leave", "come_back", "why"), [
    (lambda anna: anna.says("/stop"), lambda anna: anna.says("/start"), Why.STOPPED),
    (lambda anna: anna.blocks(), lambda anna: anna.returns(), Why.UNREACHABLE),
])  # fmt: skip
def test_what_nobody_can_be_asked_about_closes_quietly_and_runs_again_when_they_are_back(
    stage: Stage, engine: Engine, look: Look, leave: Callable[[Person], None], come_back: Callable[[Person], None],
    why: Why,
) -> None:  # fmt: skip
    """It closes on the day when it would for somebody who answers to nothing: 5 and 10 working days after its date."""
    anna = stage.maker("Anna")
    leave(anna)
    anna.hears()
    stage.until(date(2026, 1, 29))
    assert look("pledges", "stage") == ["running"]
    stage.until(date(2026, 2, 2))
    assert look("pledges", "stage", "outcome") == [("closed", None)]
    assert anna.hears() == [] and look("asked", "id") == [] and look("lapses", "id") == []
    with engine.begin() as tx:
        assert [one.why for one in stalled.in_workshops(tx, [1])] == [why]
    come_back(anna)
    anna.hears()
    assert look("pledges", "stage") == ["running"]
    stage.until_asked()
    assert OUTCOME in anna.hears()[-1]
    assert stage.clock.now() < datetime(2026, 2, 5, tzinfo=UTC)
    stage.jump(days=60)
    assert look("pledges", "stage") == ["closed"]


def test_what_closed_after_the_question_for_the_outcome_stays_closed(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    stage.until(date(2026, 1, 10))
    assert look("asked", "kind")[-1] == "outcome"
    anna.says("/stop")
    stage.jump(days=40)
    assert look("pledges", "stage") == ["closed"]
    anna.says("/start")
    assert look("pledges", "stage") == ["closed"]
    assert stage.asking.next_due() is None


def test_nobody_asks_somebody_who_has_blocked(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    anna.blocks()
    assert look("accounts", "reachable") == [False]
    assert look("occasions", "kind") == ["close"]
    anna.returns()
    assert look("accounts", "reachable") == [True]
    stage.until_asked()
    assert CHECK_IN in anna.hears()[-1]


def test_other_people_are_asked_whatever_one_does(stage: Stage) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert")
    anna.says("/stop")
    stage.jump(days=60)
    assert [text for text in bert.hears() if "BER-002" in text]


def test_after_three_days_of_downtime_two_dates_become_one_message(stage: Stage, look: Look) -> None:
    """Promise: each once, merged, or dropped; never a burst."""
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
    outcomes = [pledge for pledge, kind in look("asked", "pledge_id", "kind") if kind == "outcome"]
    assert sorted(outcomes) == [1, 2]


def test_downtime_over_a_nudge_and_the_outcome_drops_the_nudge(stage: Stage, look: Look) -> None:
    anna = stage.person("Anna", "en")
    anna.says("/start ABCD2345")
    anna.taps(0)
    anna.says("One thing by 9 September 2025")
    stage.until_asked()
    nudge_due = stage.next_due
    assert look("occasions", "kind") == ["nudge"]
    anna.hears()
    stage.clock.set(nudge_due - timedelta(hours=1))
    stage.sleeps(days=40)
    stage.jump(days=1)
    [message] = anna.hears()
    assert OUTCOME in message
    assert look("asked", "kind") == ["check_in", "outcome"]
    stage.jump(days=4)
    assert anna.hears() == []


def test_downtime_of_many_people_asks_each_once(stage: Stage, look: Look) -> None:
    people = [stage.maker(name) for name in ("Anna", "Bert", "Cleo", "Dora")]
    first = stage.next_due
    stage.clock.set(first - timedelta(days=1))
    stage.sleeps(days=3)
    stage.jump(days=4)
    assert [len(person.hears()) for person in people] == [1, 1, 1, 1]
    assert Counter(look("asked", "person_id", "kind")) == {(person, "check_in"): 1 for person in range(1, 5)}


def test_what_is_overdue_in_the_night_waits_for_the_morning(stage: Stage) -> None:
    anna = stage.maker("Anna")
    due = stage.next_due
    stage.clock.set(due)
    stage.sleeps(hours=16)  # about one in the morning
    stage.ask()
    assert anna.hears() == []
    stage.until_asked()
    local = stage.clock.now().astimezone(BERLIN)
    assert 9 <= local.hour < 12
    assert CHECK_IN in anna.hears()[-1]


def test_a_new_question_takes_the_place_of_the_old_one(stage: Stage) -> None:
    anna = stage.maker("Anna")
    stage.until_asked()
    first = anna.newest
    stage.until_asked()  # the nudge goes on with the same question
    nudge = anna.newest
    stage.until_asked()
    assert first.labels == []
    assert nudge.labels == []
    assert anna.newest.labels
    assert "Answered already" in anna.taps("On track", on=first)


def test_later_is_asked_again_on_the_day_that_was_chosen(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    asked = stage.until_asked()
    anna.taps("Later")
    day = anna.newest.message.choices[0]
    anna.taps(day.label)
    anna.hears()
    again = stage.until_asked()
    assert again.astimezone(BERLIN).date().isoformat() == day.key
    assert again - asked < timedelta(days=10)
    assert look("asked", "kind", "round", "counted") == [("check_in", 1, True), ("check_in", 1, False)]


def test_a_hundred_people_at_a_time(stage: Stage, engine: Engine, look: Look) -> None:
    with engine.begin() as tx:
        rows = Rows(tx)
        for number in range(AT_ONCE + 1):
            person = rows.person(str(number))
            pledge = rows.pledge(f"BER-{number:03}", 1, person)
            occasion = Occasion(f"BER-{number:03}", Kind.CHECK_IN, 1, stage.clock.now())
            occasions.replace(tx, {pledge: (person, occasion)})
    stage.clock.set(datetime(2025, 8, 12, 8, 0, tzinfo=UTC))
    for more in (True, False):
        assert stage.asking.ask_due().more is more
    stage.asking.ask_due()
    assert max(Counter(look("asked", "person_id")).values()) == 1
    assert len(look("asked", "id")) + sum(due > stage.clock.now() for due in look("occasions", "due_at")) >= AT_ONCE + 1
