"""Messages that were changed after they had been answered."""

from sqlalchemy import select

from bot.dialogue.message import Tap
from bot.store.tables import answers, calls, pledges
from tests.stage import Stage


def standings(stage: Stage) -> list[tuple[str | None, str]]:
    with stage.installation.engine.connect() as tx:
        return [(row.standing, row.note) for row in tx.execute(select(answers).order_by(answers.c.id))]


def test_a_corrected_answer_replaces_the_first_and_what_was_added_to_it_stays(stage: Stage) -> None:
    petra = stage.maker("Petra")
    petra.says("/update")
    said = petra.says("on track")
    petra.says("The lease is signed.")
    petra.edits("slower", said)
    assert standings(stage) == [("slow", "The lease is signed.")]
    with stage.installation.engine.connect() as tx:
        assert tx.execute(select(pledges.c.standing)).scalar_one() == "slow"


def test_a_slip_that_called_for_help_leaves_no_call(stage: Stage) -> None:
    petra = stage.maker("Petra")
    petra.says("/update")
    said = petra.says("stuck")
    petra.edits("on track", said)
    assert standings(stage) == [("on_track", "")]
    with stage.installation.engine.connect() as tx:
        assert tx.execute(select(calls)).all() == []


def test_a_call_that_the_team_has_been_asked_for_stays(stage: Stage) -> None:
    petra = stage.maker("Petra")
    petra.says("/update")
    said = petra.says("stuck")
    petra.says("The office does not answer.")
    petra.taps("Yes, please help")
    petra.edits("slower", said)
    assert standings(stage)[0][0] == "slow"
    with stage.installation.engine.connect() as tx:
        assert tx.execute(select(calls.c.wanted)).scalar_one()


def test_an_answer_that_was_overtaken_stays_and_the_bot_says_what_to_do(stage: Stage) -> None:
    petra = stage.maker("Petra")
    petra.says("/update")
    said = petra.says("on track")
    petra.says("/update")
    petra.taps("Stuck")
    petra.hears()
    petra.edits("done", said)
    assert "/update" in petra.hears()[-1]
    assert [standing for standing, _ in standings(stage)] == ["on_track", "stuck"]


def test_words_that_are_no_answer_change_nothing(stage: Stage) -> None:
    petra = stage.maker("Petra")
    petra.says("/update")
    said = petra.says("on track")
    petra.edits("blue with dots", said)
    assert standings(stage) == [("on_track", "")]


def test_a_corrected_outcome_is_the_outcome(stage: Stage) -> None:
    petra = stage.maker("Petra")
    petra.says("/update")
    petra.taps("Done")
    said = petra.says("kept")
    petra.edits("in part", said)
    with stage.installation.engine.connect() as tx:
        assert tx.execute(select(pledges.c.outcome)).scalar_one() == "partly"
    assert [row[0] for row in standings(stage)] == ["done", None]


def test_a_corrected_sentence_keeps_the_number_of_its_pledge(stage: Stage) -> None:
    petra = stage.person("Petra", "en")
    petra.says("/start ABCD2345")
    petra.taps(0)
    said = petra.says("We open an ofice")
    petra.edits("We open an office", said)
    petra.says("/new Another one")
    with stage.installation.engine.connect() as tx:
        rows = tx.execute(select(pledges.c.reference, pledges.c.text).order_by(pledges.c.id)).all()
    assert sorted(map(tuple, rows)) == [("BER-001", "We open an office"), ("BER-002", "Another one")]


def test_a_sentence_whose_card_was_worked_on_is_changed_by_edit_only(stage: Stage) -> None:
    petra = stage.person("Petra", "en")
    petra.says("/start ABCD2345")
    petra.taps(0)
    said = petra.says("We open an office")
    petra.taps("Add details")
    petra.hears()
    petra.edits("Something else entirely", said)
    assert "/edit" in petra.hears()[-1]


def test_somebody_else_s_message_cannot_be_corrected(stage: Stage) -> None:
    petra, anna = stage.maker("Petra"), stage.maker("Anna")
    petra.says("/update")
    said = petra.says("on track")
    anna.edits("stuck", said)
    assert ("on_track", "") in standings(stage)


def test_with_several_questions_open_the_bot_asks_which(stage: Stage) -> None:
    petra = stage.maker("Petra", "We open an office by 20 August")
    petra.says("/new We plant trees")
    while "What became of BER-001" not in petra.newest.text:
        stage.until_asked()
    petra.hears()
    petra.says("1")
    assert "Several questions are open" in petra.hears()[-1]
    assert len(petra.newest.labels) == 2
    petra.taps("BER-002")
    assert standings(stage) == [("on_track", "")]
    petra.says("1")
    with stage.installation.engine.connect() as tx:
        found = dict(tx.execute(select(pledges.c.reference, pledges.c.outcome)).all())
    assert found == {"BER-001": "kept", "BER-002": None}


def test_a_reply_to_an_older_question_means_that_question(stage: Stage) -> None:
    petra = stage.maker("Petra")
    petra.says("/new We plant trees")
    petra.says("/update 1")
    older = petra.newest
    petra.says("/update 2")
    petra.says("stuck", reply_to=older)
    with stage.installation.engine.connect() as tx:
        found = dict(tx.execute(select(pledges.c.reference, pledges.c.standing)).all())
    assert found == {"BER-001": "stuck", "BER-002": None}


def test_tapping_twice_counts_once(stage: Stage) -> None:
    petra = stage.maker("Petra")
    petra.says("/update")
    shown = petra.newest
    petra.taps("Slower", on=shown)
    assert "Answered already" in petra.taps("Stuck", on=shown)
    assert [standing for standing, _ in standings(stage)] == ["slow"]


def test_a_button_that_nobody_knows_says_so(stage: Stage) -> None:
    petra = stage.maker("Petra")
    received = stage.takes(petra.incoming(tap=Tap("nothing", 7), kind=petra.incoming().kind.TAP))
    assert received.notice == "No longer open"


def test_an_older_question_for_consent_neither_joins_twice_nor_forgets(stage: Stage) -> None:
    petra = stage.person("Petra", "en")
    petra.says("/start ABCD2345")
    older = petra.newest
    petra.says("/start ABCD2345")
    oldest_but_one = petra.newest
    petra.taps("Yes", on=oldest_but_one)
    assert petra.taps("No", on=older) == "No longer open"
    petra.taps("Yes", on=older)
    petra.says("We open an office")
    assert "BER-001" in petra.newest.text
