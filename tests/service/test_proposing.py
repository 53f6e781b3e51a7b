"""A joint pledge changes only when nobody has objected for five working days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.service.looking import Look
from tests.service.test_partnering import invitation, joins
from tests.stage import Person, Stage

NEW = "We open two citizens' offices"


@pytest.fixture
def anna(stage: Stage) -> Person:
    return stage.maker("Anna")


@pytest.fixture
def bert(stage: Stage, anna: Person) -> Person:
    """Anna's partner."""
    return joins(stage, anna)


def new_text(maker: Person, words: str = NEW) -> str:
    maker.says("/edit")
    maker.taps("Text")
    maker.says(words)
    return maker.hears()[-1]


def new_date(maker: Person, words: str = "31 March 2026") -> str:
    maker.says("/edit")
    maker.taps("Date")
    maker.says(words)
    return maker.hears()[-1]


def objects(partner: Person, to: str) -> None:
    partner.says("/status 1")
    partner.taps(f"Object to {to}")
    partner.hears()


@pytest.mark.usefixtures("bert")
def test_a_new_text_waits_five_working_days(stage: Stage, anna: Person, look: Look) -> None:
    assert "holds after Wednesday, 16 July" in new_text(anna)
    stage.until(datetime(2025, 7, 16, 21, 59, tzinfo=UTC))
    assert look("pledges", "text") == ["We open a citizens' office"]
    stage.until(datetime(2025, 7, 16, 22, 0, tzinfo=UTC))  # midnight in Berlin
    assert look("pledges", "text") == [NEW]
    assert look("proposals", "id") == []


@pytest.mark.usefixtures("bert")
def test_holidays_are_no_working_days(stage: Stage, anna: Person) -> None:
    stage.clock.set(datetime(2025, 9, 30, 10, tzinfo=UTC))
    assert "holds after Wednesday, 8 October" in new_text(anna)  # 3 October is one


def test_what_is_ones_own_alone_changes_at_once(anna: Person, look: Look) -> None:
    assert "Changed." in new_text(anna)
    assert look("pledges", "text") == [NEW]


@pytest.mark.usefixtures("bert")
def test_a_new_date_waits_and_moves_the_questions(stage: Stage, anna: Person, look: Look) -> None:
    new_date(anna)
    assert look("pledges", "due") == [date(2026, 1, 9)]
    stage.jump(days=8)
    assert look("pledges", "due", "extended") == [(date(2026, 3, 31), False)]


def test_an_objection_keeps_it_and_tells_the_maker_who(stage: Stage, anna: Person, bert: Person, look: Look) -> None:
    new_text(anna)
    bert.says("/help")
    assert "BER-001 is to have a new text. You can object with /status BER-001." in bert.hears()[-1]
    objects(bert, "the new text")
    assert anna.hears() == []  # it is afternoon: outside her window
    stage.jump(days=10)
    assert look("pledges", "text") == ["We open a citizens' office"]
    [told] = anna.hears()
    assert "Bert objects to the new text for BER-001" in told
    assert anna.newest.labels == ["Change it all the same", "Leave it as it was", "Bring the team in"]


@pytest.mark.parametrize(("choice", "text"), [("Change it", NEW), ("Leave it", "We open a citizens' office")])
def test_the_maker_decides_for_the_text(
    stage: Stage, anna: Person, bert: Person, look: Look, choice: str, text: str
) -> None:
    new_text(anna)
    objects(bert, "the new text")
    stage.jump(days=2)
    anna.taps(choice)
    assert look("pledges", "text") == [text]
    assert look("proposals", "id") == []
    bert.says("/status 1")
    assert bert.newest.labels == []


def test_the_team_is_called_and_the_decision_stays_open(stage: Stage, anna: Person, bert: Person, look: Look) -> None:
    new_date(anna)
    objects(bert, "the new date")
    stage.jump(days=2)
    anna.taps("Bring the team in")
    assert look("calls", "wanted") == [True]
    anna.says("/status 1")
    anna.taps("Decide")
    anna.taps("Leave it as it was")
    assert look("proposals", "id") == []


def test_an_outcome_is_shown_after_five_days(stage: Stage, anna: Person, bert: Person, look: Look) -> None:
    anna.says("/update")
    anna.taps("Done")
    anna.taps("Kept")
    anna.taps("Nothing to add")
    anna.taps("Yes, with my name")
    assert look("pledges", "outcome_shown") == ["not"]
    stage.jump(days=8)
    assert look("pledges", "outcome_shown", "disputed") == [("with_name", False)]
    assert bert.chat


def test_an_outcome_that_is_objected_to_is_shown_with_both_versions_only(
    stage: Stage, anna: Person, bert: Person, look: Look
) -> None:
    anna.says("/update")
    anna.taps("Done")
    anna.taps("Kept")
    anna.taps("Nothing to add")
    anna.taps("Yes, with my name")
    objects(bert, "showing it")
    bert.says("/status 1")
    bert.taps("Give your own answer")
    bert.taps("In part")
    stage.jump(days=10)
    assert look("pledges", "outcome_shown") == ["not"]
    anna.taps("Show both versions")
    assert look("pledges", "outcome_shown", "disputed") == [("with_name", True)]
    anna.hears()
    anna.says("/status 1")
    status = anna.hears()[-1]
    assert "You: Kept" in status
    assert "Bert: In part" in status


def test_too_late_to_object(stage: Stage, anna: Person, bert: Person, look: Look) -> None:
    new_text(anna)
    bert.says("/status 1")
    old = bert.newest
    stage.jump(days=8)
    bert.taps("Object to the new text", on=old)
    assert "decided meanwhile" in bert.hears()[-1]
    assert look("pledges", "text") == [NEW]


def test_an_extension_waits_without_a_reminder(stage: Stage, anna: Person, bert: Person, look: Look) -> None:
    stage.until(date(2026, 1, 9))
    anna.hears()
    stage.until_asked()
    anna.taps("Goes on (new date)")
    anna.says("31 March 2026")
    anna.hears()
    asked = stage.clock.now()
    stage.jump(days=8)
    assert anna.hears() == []
    assert look("pledges", "due", "extended") == [(date(2026, 3, 31), True)]
    stage.until_asked()
    assert stage.clock.now() - asked > timedelta(days=20)
    assert bert.chat


def test_questions_about_objections_keep_to_the_window_and_the_caps(stage: Stage, anna: Person, bert: Person) -> None:
    """Ten objections are no ten messages in a week."""
    shown = len(anna.chat)
    for number in range(10):
        new_text(anna, f"{NEW} in {number} places")
        objects(bert, "the new text")
        stage.jump(days=1)
    shown = len([one for one in anna.chat[shown:] if "objects to" in one.first])
    assert 1 <= shown <= 4


class TestWhoHasNotHeardOfIt:
    def test_is_told_in_time_in_a_message_of_its_own(
        self, stage: Stage, anna: Person, bert: Person, look: Look
    ) -> None:
        new_text(anna)
        stage.until(datetime(2025, 7, 11, 6, 59, tzinfo=UTC))
        assert bert.hears() == []
        stage.until(date(2025, 7, 12))
        [told] = bert.hears()
        assert "A new text for BER-001 is proposed:\n“We open two citizens' offices”" in told
        assert "unless somebody objects by Wednesday, 16 July" in told
        assert look("asked", "kind", "person_id", "counted") == [("news", 2, True)]
        bert.taps("Object to the new text")
        stage.jump(days=10)
        assert look("pledges", "text") == ["We open a citizens' office"]
        assert bert.hears() == ["Your objection is noted. Until it is settled everything stays as it is, and the "
                                "contact person is told."]  # fmt: skip

    def test_hears_of_it_with_whatever_else_is_said_to_them(self, stage: Stage, anna: Person, bert: Person) -> None:
        new_text(anna)
        bert.says("/status")
        assert "is to have a new text" in bert.hears()[-1]
        stage.jump(days=10)
        assert bert.hears() == []

    def test_hears_of_it_with_a_question_that_comes_soon(self, stage: Stage, anna: Person, look: Look) -> None:
        bert = stage.maker("Bert", "We plant trees")
        bert.says(f"/start {invitation(anna, 'Bert')}")
        bert.taps(0)
        bert.hears()
        due = dict(look("occasions", "person_id", "due_at"))[2]
        stage.until(due - timedelta(days=3))
        bert.hears()
        new_text(anna)
        stage.jump(days=9)
        told, *_ = bert.hears()
        assert "BER-001 is to have a new text." in told and "How is BER-002 getting on?" in told
        assert "news" not in look("asked", "kind")

    def test_is_told_when_the_pause_ends_or_later(self, stage: Stage, anna: Person, bert: Person) -> None:
        bert.says("/pause 1 August 2025")
        bert.hears()
        new_text(anna)
        stage.jump(days=30)
        assert bert.hears() == []
        bert.says("/status")
        assert "new text" in bert.hears()[-1]

    def test_is_told_only_where_there_is_room(self, stage: Stage, anna: Person, bert: Person, look: Look) -> None:
        """Ten proposals are no ten messages."""
        for number in range(10):
            new_text(anna, f"{NEW} in {number} places")
            stage.jump(days=7)
        told = [at for kind, at in look("asked", "kind", "at") if kind == "news"]
        assert len(told) >= 5
        for first in told:
            assert len([at for at in told if first <= at < first + timedelta(days=30)]) <= 5


def test_nothing_is_proposed_after_a_withdrawal(stage: Stage, anna: Person, bert: Person, look: Look) -> None:
    new_text(anna)
    anna.says("/edit")
    anna.taps("Withdraw")
    anna.taps("Yes, withdraw")
    stage.jump(days=8)
    assert look("pledges", "text") == ["We open a citizens' office"]
    assert bert.chat
