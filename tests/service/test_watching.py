"""The live count: one message that changes."""

from datetime import timedelta

import pytest

from bot.ports import Sent
from bot.service.housekeeping import Housekeeping
from bot.service.watching import LASTS, Watching
from tests.service.looking import Look
from tests.service.test_rights import join_team
from tests.stage import Person, Stage


@pytest.fixture
def olga(stage: Stage) -> Person:
    """Olga, who has the live count before her."""
    olga = join_team(stage, "Olga")
    olga.says("/workshop")
    olga.taps("Live count")
    olga.hears()
    return olga


def refresh(stage: Stage) -> bool:
    """Look at all live counts; whether one had to change."""
    changed = Watching(stage.installation).refresh()
    stage.deliver()
    return bool(changed)


def test_it_follows_without_a_new_message(stage: Stage, olga: Person) -> None:
    assert olga.newest.text == "Nobody is in yet · 0 pledges"
    assert not refresh(stage)
    stage.maker("Anna")
    stage.person("Bert", "en").says("/start ABCD2345")
    stage.person("Bert").taps("Yes")
    assert refresh(stage)
    assert olga.hears() == []
    assert olga.newest.text == "2 people are in · 1 pledge"
    assert olga.newest.labels == ["End the count"]
    assert not refresh(stage)


def test_a_change_waits_for_the_one_before(stage: Stage, olga: Person) -> None:
    watching = Watching(stage.installation)
    stage.maker("Anna")
    assert watching.refresh()
    on_its_way = stage.lease()
    stage.maker("Bert")
    assert not watching.refresh()
    stage.settle(on_its_way, Sent(olga.newest.id))
    assert refresh(stage)
    assert olga.newest.text == "2 people are in · 2 pledges"


def test_it_ends_on_request_and_keeps_its_last_numbers(stage: Stage, olga: Person) -> None:
    stage.maker("Anna")
    refresh(stage)
    olga.taps("End the count")
    stage.maker("Bert")
    assert not refresh(stage)
    assert olga.newest.text.startswith("1 person is in · 1 pledge")
    assert olga.newest.labels == []


def test_a_new_one_takes_over(stage: Stage, olga: Person) -> None:
    first = olga.newest
    stage.clock.advance(timedelta(minutes=1))
    olga.taps("Live count", on=olga.chat[-2])
    stage.maker("Anna")
    refresh(stage)
    assert first.text.startswith("Nobody")
    assert olga.newest.text.startswith("1 person")


def test_it_ends_with_the_day(stage: Stage, olga: Person, look: Look) -> None:
    stage.clock.advance(LASTS + timedelta(seconds=1))
    stage.maker("Anna")
    assert not refresh(stage)
    Housekeeping(stage.installation).tidy()
    assert look("watches", "workshop_id") == []


def test_it_is_erased_with_its_person(stage: Stage, olga: Person, look: Look) -> None:
    olga.says("/delete")
    olga.taps("Yes")
    assert look("watches", "workshop_id") == []
