"""The text that people agreed to has changed: nothing goes on before they agree anew, on whichever side begins."""

import pytest

from bot.dialogue.joining import CONSENT_VERSION
from tests.service.looking import Change, Look
from tests.stage import Person, Stage

ANEW = "The rules for your data have changed."


@pytest.fixture
def anna(stage: Stage, change: Change) -> Person:
    """Anna, who agreed to an earlier version."""
    anna = stage.maker("Anna", "We open the station")
    change("UPDATE accounts SET agreed = '2025-01'")
    change("UPDATE consents SET version = '2025-01'")
    return anna


@pytest.mark.parametrize("words", ["/status", "/help", "it goes well", "yes", "/update done", "👍", "ABCD2345", "/x"])
def test_whatever_they_write_they_are_asked_first(anna: Person, look: Look, words: str) -> None:
    anna.says(words)
    [asked] = anna.hears()
    assert ANEW in asked
    assert "Stadt Musterhausen" in asked
    assert look("answers", "id") == []


def test_yes_goes_on_and_both_versions_are_kept(anna: Person, look: Look) -> None:
    anna.says("/status")
    anna.taps("Yes, I agree")
    assert "let us go on" in anna.hears()[-1]
    assert look("consents", "version") == ["2025-01", CONSENT_VERSION]
    anna.says("/status")
    assert "BER-001" in anna.hears()[-1]


def test_an_old_button_waits_for_the_answer(stage: Stage, anna: Person, change: Change, look: Look) -> None:
    change("UPDATE accounts SET agreed = :version", version=CONSENT_VERSION)
    stage.until_asked()
    question = anna.newest
    change("UPDATE accounts SET agreed = '2025-01'")
    anna.taps("On track", on=question)
    assert ANEW in anna.hears()[-1]
    anna.says("yes")
    assert look("answers", "standing") == []
    anna.taps("On track", on=question)
    assert look("answers", "standing") == ["on_track"]


def test_the_bot_asks_for_consent_instead_of_checking_in(stage: Stage, anna: Person, look: Look) -> None:
    stage.until_asked()
    [asked] = anna.hears()
    assert ANEW in asked
    assert "BER-001" not in asked
    anna.taps("Yes, I agree")
    anna.hears()
    stage.until_asked()
    [question] = anna.hears()
    assert "BER-001" in question
    assert look("asked", "kind", "round") == [("check_in", 1)]


def test_no_ends_all_messages_and_they_may_come_back(stage: Stage, anna: Person, look: Look) -> None:
    anna.says("/status")
    anna.says("no")
    assert "I will not write to you any more" in anna.hears()[-1]
    stage.jump(days=300)
    assert anna.hears() == []
    assert look("consents", "version") == ["2025-01"]
    anna.says("hello")
    anna.taps("Yes, I agree")
    assert "/resume" in anna.hears()[-1]


@pytest.mark.parametrize(
    ("words", "answer"),
    [("stop", "I will not write"), ("/stop", "I will not write"), ("/privacy", "is responsible"),
     ("/delete", "Shall I erase"), ("please delete my data", "Shall I erase")],
)  # fmt: skip
def test_stop_delete_and_privacy_work_meanwhile(anna: Person, words: str, answer: str) -> None:
    anna.says(words)
    assert answer in anna.hears()[-1]


def test_erasing_works_meanwhile(anna: Person, look: Look) -> None:
    anna.says("/delete")
    anna.taps("Yes, erase everything")
    assert "is erased" in anna.hears()[-1]
    assert look("people", "id") == []
