"""Calls for help: who hears of them, how both sides talk, and what is left of it."""

from datetime import date, timedelta

import pytest

from bot.dialogue.message import Kind
from bot.domain.roles import Role
from bot.ports import Unreachable
from bot.store import calls
from tests.service.looking import Dump, Look
from tests.service.test_rights import join_team
from tests.stage import Person, Stage

OBSTACLE = "The district office does not answer our application"


def call(person: Person, obstacle: str = OBSTACLE) -> None:
    """The person is stuck with their only pledge, and wants help."""
    person.says("/update")
    person.taps("Stuck")
    person.says(obstacle)
    person.taps("Yes, please help")
    person.hears()


def begin_talk(organiser: Person) -> None:
    """The organiser takes the newest call and talks to whoever called."""
    organiser.taps("I take it")
    organiser.taps("Write")
    organiser.hears()


def test_only_the_team_of_the_workshop_hears_of_it(stage: Stage) -> None:
    stage.workshop("Werkstatt Kiel", letters="KIE", code="KKKK2345")
    olga, rita = join_team(stage, "Olga"), join_team(stage, "Rita", Role.READER)
    stage.team_code("TEAMKIEL", workshop_id=2)
    kai = stage.person("Kai", "en")
    kai.says("/start TEAMKIEL")
    kai.taps("Yes, I agree")
    kai.hears()
    call(stage.maker("Anna"))
    assert OBSTACLE in olga.hears()[0]
    assert rita.hears() == kai.hears() == []
    kai.says("/calls")
    assert "Nobody is calling" in kai.hears()[0]
    rita.says("/calls")
    assert "do not know this command" in rita.hears()[0]


def test_the_number_of_a_call_opens_nothing_elsewhere(stage: Stage) -> None:
    """A button of the team of Berlin does nothing once its reader belongs to the team of Kiel alone."""
    stage.workshop("Werkstatt Kiel", letters="KIE", code="KKKK2345")
    olga = join_team(stage, "Olga")
    call(stage.maker("Anna"))
    stage.team_code("TEAMKIEL", workshop_id=2)
    olga.says("/start TEAMKIEL")
    with stage.installation.engine.begin() as tx:
        tx.exec_driver_sql("DELETE FROM roles WHERE workshop_id = 1")
    assert olga.taps("I take it") == "No longer open"


def test_what_is_said_is_kept_nowhere_and_counts_nowhere(stage: Stage, dump: Dump, look: Look) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    call(anna)
    begin_talk(olga)
    before = look("asked", "counted")
    olga.says("Confidential: room twelve")
    assert "room twelve" in anna.hears()[-1]
    anna.says("Confidential: Mrs Meier")
    assert "Mrs Meier" in olga.hears()[-1]
    assert not [row for rows in dump().values() for row in rows if "onfidential" in row]
    assert look("asked", "counted") == before


def test_words_are_words_and_no_markup(stage: Stage) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    call(anna, "<b>&amp; [x](y)")
    assert "<b>&amp; [x](y)" in olga.hears()[0]
    begin_talk(olga)
    anna.hears()
    olga.says("<a href='x'>click</a> *x*")
    assert anna.hears()[-1] == "Team: <a href='x'>click</a> *x*"


def test_a_talk_does_not_swallow_an_answer_to_a_question(stage: Stage, look: Look) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    call(anna)
    begin_talk(olga)
    olga.says("How many are you?")
    anna.hears()
    stage.until_asked()
    anna.taps("On track")
    assert look("pledges", "standing") == ["on_track"]
    anna.says("/status")
    assert "BER-001" in anna.hears()[-1]


def test_in_her_absence_the_others_get_the_words(stage: Stage) -> None:
    olga, otto, anna = join_team(stage, "Olga"), join_team(stage, "Otto"), stage.maker("Anna")
    call(anna)
    begin_talk(olga)
    olga.says("How many are you?")
    olga.blocks()
    otto.hears()
    anna.says("Thirty")
    assert otto.hears()[-1] == "Answer: Thirty"


def test_whoever_cannot_be_reached_is_said_to_be(stage: Stage) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    call(anna)
    begin_talk(olga)
    anna.blocks()
    olga.says("How many are you?")
    assert "cannot be reached" in olga.hears()[-1]


def test_a_call_of_somebody_erased_is_gone(stage: Stage, dump: Dump) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    call(anna, "The ministry of silly walks refuses")
    begin_talk(olga)
    olga.says("/calls")
    olga.taps("BER-001")
    olga.taps("Note")
    olga.says("Her brother-in-law knows somebody there")
    anna.says("/delete")
    anna.taps("Yes, erase everything")
    left = [row for rows in dump().values() for row in rows]
    assert not [row for row in left if "silly walks" in row or "brother-in-law" in row]
    olga.hears()
    olga.says("Hello?")
    olga.says("/calls")
    assert "Nobody is calling" in olga.hears()[-1]


def test_the_call_of_an_erased_organiser_is_free_again(stage: Stage, look: Look) -> None:
    olga, otto, anna = join_team(stage, "Olga"), join_team(stage, "Otto"), stage.maker("Anna")
    call(anna)
    begin_talk(olga)
    olga.says("/delete")
    olga.taps("Yes")
    otto.hears()
    otto.says("/calls")
    otto.taps("BER-001")
    assert "Nobody looks after it yet" in otto.hears()[-1]


def test_a_promised_day_is_watched(stage: Stage) -> None:
    olga, otto, anna = join_team(stage, "Olga"), join_team(stage, "Otto"), stage.maker("Anna")
    call(anna)
    olga.taps("I take it")
    olga.taps("Promise a day")
    olga.says("tomorrow")
    assert "10 July" in anna.hears()[-1]
    olga.hears()
    otto.hears()
    stage.jump(days=1)
    stage.jump(hours=1)
    assert ["by today" in said for said in olga.hears()] == [True]
    assert otto.hears() == []
    stage.jump(days=1)
    stage.jump(days=3)
    assert ["has been waiting since" in said for said in otto.hears()] == [True]


def test_both_sides_are_asked_before_a_name_is_told(stage: Stage, look: Look) -> None:
    bert = stage.maker("Bert", "We build a bridge")
    call(bert, "The district office never answered the application for months")
    bert.says("/update")
    bert.taps("Done")
    bert.taps("Kept")
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    call(anna)
    olga.taps("I take it")
    assert "BER-001 was kept" in olga.newest.text
    anna.hears()
    bert.hears()
    olga.taps("Bring together with BER-001")
    [asked] = anna.hears()
    assert "already solved" in asked
    anna.taps("Yes, gladly")
    stage.jump(days=5)
    assert any("in the way of BER-001" in said for said in bert.hears())
    olga.hears()
    bert.taps("Yes, gladly")
    assert any("Both sides want to" in said for said in olga.hears())
    olga.says("/calls")
    olga.taps("BER-002")
    assert not [label for label in olga.newest.labels if "Bring together" in label]


def test_it_helped(stage: Stage, look: Look) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    call(anna)
    olga.taps("I take it")
    olga.taps("Close")
    anna.taps("Yes, it did")
    assert look("calls", "helped") == [True]
    olga.says("/calls")
    assert "Nobody is calling" in olga.hears()[-1]
    anna.says("/human It is stuck again")
    assert "It is stuck again" in olga.hears()[-1]


def test_a_voice_message_in_a_talk_is_not_lost_silently(stage: Stage) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    call(anna)
    begin_talk(olga)
    olga.says("How many are you?")
    anna.hears()
    anna.sends(Kind.VOICE)
    assert "voice" in anna.hears()[0]


def test_an_organiser_who_is_stuck_is_not_told_of_it(stage: Stage) -> None:
    olga = join_team(stage, "Olga")
    olga.says("/human What is this?")
    assert len(olga.hears()) == 1


@pytest.mark.parametrize("hour", [5, 12])
def test_a_call_at_night_does_not_ring(stage: Stage, hour: int) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    stage.clock.set(stage.clock.now().replace(hour=hour) + timedelta(days=1))
    call(anna)
    assert olga.newest.message.quiet is (hour == 5)


def test_the_reply_to_a_call_is_delivered_again_after_a_refusal(stage: Stage) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    call(anna)
    begin_talk(olga)
    anna.hears()
    stage.platform.next_deliveries.append(Unreachable("blocked"))
    olga.says("Hello")
    anna.says("/status")
    olga.says("Hello again")
    assert anna.hears()[-1].endswith("Hello again")


def test_without_a_workshop_it_goes_to_the_administrators(stage: Stage) -> None:
    with stage.installation.engine.begin() as tx:
        assert calls.by_id(tx, 1) is None
    rita = join_team(stage, "Rita", Role.READER)
    udo = join_team(stage, "Udo", Role.READER)
    stage.appoint("Udo")
    rita.says("/human How do I get the minutes?")
    assert "minutes" in udo.hears()[0]
    udo.says("/calls")
    assert "minutes" in udo.hears()[0]


def test_what_was_noted_is_a_call_from_the_day_on_which_help_is_wanted(stage: Stage) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    stage.until_asked()
    anna.says("stuck")
    anna.says("Nobody answers")
    anna.taps("Just note it")
    noted = stage.clock.now().date()
    stage.jump(days=21)
    anna.says("/update")
    anna.taps("Stuck")
    anna.says("Still nobody")
    anna.taps("Yes, please help")
    olga.taps("I take it")
    assert noted == date(2025, 8, 14)
    assert olga.newest.text.startswith("BER-001, since Thursday, 4 September")
