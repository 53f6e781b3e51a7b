"""Taking back a sign, or a message, that was an answer; and what could not be decrypted."""

from dataclasses import replace

import pytest

from bot.dialogue.message import Kind, Platform
from bot.domain.kinds import DEFAULT
from bot.service.installation import Installation
from tests.messenger import Shown
from tests.service.looking import Look
from tests.stage import Person, Stage


def asked(stage: Stage, anna: Person) -> Shown:
    """The check-in that comes next."""
    stage.until_asked()
    anna.hears()
    return anna.newest


def test_the_question_waits_again(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    question = asked(stage, anna)
    due = stage.next_due
    anna.reacts("2", question)
    assert look("pledges", "standing") == ["slow"]
    assert question.labels == [] and "Slower" in question.text
    anna.hears()
    anna.takes_back(f"{question.id} 2")
    assert anna.hears() == ["Taken back. The question is open again."]
    assert look("pledges", "standing", "standing_at") == [(None, None)]
    assert look("answers", "id") == [] and look("asked", "answered") == [False]
    assert "Slower" in question.labels[1] and question.text == question.first
    assert stage.next_due == due
    anna.says("on track")
    assert look("pledges", "standing") == ["on_track"]


def test_what_was_answered_before_holds_again(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    anna.says("/update The tender is out")
    anna.taps("On track")
    question = asked(stage, anna)
    anna.reacts("3", question)
    assert look("calls", "id") != []
    anna.takes_back(f"{question.id} 3")
    assert look("pledges", "standing") == ["on_track"]
    assert look("answers", "note") == ["The tender is out"]
    assert look("calls", "id") == []
    assert "What is in the way" in anna.chat[-2].text and anna.chat[-2].labels == []


def test_an_outcome_is_taken_back(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    anna.says("/update")
    anna.taps("Done")
    question = anna.newest
    stage.jump(minutes=1)
    anna.reacts("1", question)
    assert look("pledges", "stage", "outcome") == [("closed", "kept")]
    anna.takes_back(f"{question.id} 1")
    assert look("pledges", "stage", "outcome", "standing") == [("running", None, "done")]
    anna.taps("In part", on=question)
    assert look("pledges", "outcome") == ["partly"]


class TestWhatWasAskedBesides:
    @pytest.fixture
    def installation(self, installation: Installation) -> Installation:
        """The default cadence, which asks for the first step."""
        return replace(installation, rules=replace(installation.rules, cadence=DEFAULT))

    def test_the_first_step_is_open_again(self, stage: Stage, look: Look) -> None:
        anna = stage.maker("Anna")
        question = asked(stage, anna)
        due = stage.next_due
        anna.reacts("1", question)
        assert look("pledges", "first_step_done") == [True]
        anna.takes_back(f"{question.id} 1")
        assert look("pledges", "first_step_done") == [None] and look("asked", "answered") == [False]
        assert "Not yet" in question.labels[1]
        assert stage.next_due == due
        said = anna.says("not yet")
        assert look("pledges", "first_step_done") == [False]
        anna.takes_back(said.message_id)
        assert look("pledges", "first_step_done") == [None]

    def test_the_first_steps_of_several(self, stage: Stage, look: Look) -> None:
        anna = stage.maker("Anna")
        anna.says("/new A second pledge")
        question = asked(stage, anna)
        anna.reacts("1", question)
        assert look("pledges", "first_step_done") == [True, True]
        anna.takes_back(f"{question.id} 1")
        assert look("pledges", "first_step_done") == [None, None]

    def test_the_confidence(self, stage: Stage, look: Look) -> None:
        anna = stage.maker("Anna")
        for _ in range(4):
            stage.until_asked()
            anna.taps(0)
        stage.jump(minutes=1)
        question = anna.newest
        anna.reacts("3", question)
        assert look("pledges", "confidence") == ["low"]
        anna.takes_back(f"{question.id} 3")
        assert look("pledges", "confidence", "standing") == [(None, "on_track")]

    def test_how_to_go_on(self, stage: Stage, look: Look) -> None:
        anna = stage.maker("Anna")
        while "Every month" not in (anna.newest.labels or [""])[0]:
            stage.until_asked()
        question, due = anna.newest, stage.next_due
        anna.reacts("2", question)
        assert look("pledges", "only_at_end") == [True]
        anna.takes_back(f"{question.id} 2")
        assert look("pledges", "only_at_end") == [False]
        assert stage.next_due == due
        anna.reacts("4", question)
        anna.hears()
        anna.takes_back(f"{question.id} 4")
        assert "stays as it is" in anna.hears()[-1] and look("people", "stopped") == [True]


def test_a_message_that_was_the_answer_is_taken_back(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    asked(stage, anna)
    said = anna.says("on track")
    anna.takes_back(said.message_id)
    assert look("pledges", "standing") == [None]


def test_until_the_next_answer(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    question = asked(stage, anna)
    anna.reacts("1", question)
    stage.jump(minutes=1)
    anna.says("The lease is signed.")
    anna.hears()
    anna.takes_back(f"{question.id} 1")
    assert "stays as it is" in anna.hears()[-1]
    assert look("pledges", "standing") == ["on_track"]


def test_only_once_and_only_what_was_an_answer(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    question = asked(stage, anna)
    anna.reacts("1", question)
    anna.takes_back(f"{question.id} 1")
    anna.says("slower")
    anna.hears()
    anna.takes_back(f"{question.id} 1")
    anna.takes_back("unknown")
    assert anna.hears() == [] and look("pledges", "standing") == ["slow"]


def test_consent_is_not_taken_back_by_a_sign(stage: Stage, look: Look) -> None:
    anna = stage.person("Anna", "en")
    anna.says("/start ABCD2345")
    consent = anna.newest
    anna.reacts("1", consent)
    anna.hears()
    anna.takes_back(f"{consent.id} 1")
    assert anna.hears() == []
    assert len(look("people", "id")) == 1


def test_what_cannot_be_decrypted_is_asked_for_and_leaves_nothing(stage: Stage, look: Look) -> None:
    anna = stage.person("Anna", "en")
    anna.sends(Kind.UNREADABLE)
    assert anna.hears() == ["I could not decrypt your last message. Please send it once more."]
    assert look("outbox", "id") == []
    stage.takes(replace(anna.incoming(kind=Kind.UNREADABLE), private=False))
    assert anna.hears() == []


def test_consent_names_what_is_stored_on_the_platform(stage: Stage) -> None:
    anna, bert = stage.person("Anna", "en"), stage.person("Bert", "en")
    anna.says("/start ABCD2345")
    stage.takes(replace(bert.incoming("/start ABCD2345"), platform=Platform.MATRIX))
    [telegram], [matrix] = anna.hears(), bert.hears()
    assert "the number of this chat" in telegram and "not end-to-end encrypted" in telegram
    assert "your Matrix id" in matrix and "encrypted" not in matrix
