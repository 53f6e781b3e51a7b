"""A pledge passes to somebody else, and whoever answers for its maker."""

import pytest

from tests.service.looking import Look
from tests.service.test_partnering import CODE, joins
from tests.stage import Person, Stage


def code_for(maker: Person, menu: str, name: str) -> str:
    """The code that the maker is given for a deputy or a successor."""
    maker.says("/edit")
    maker.taps(menu)
    maker.says(name)
    found = CODE.search(maker.hears()[-1])
    assert found
    return found[0]


def test_a_deputy_agrees_and_answers(stage: Stage, look: Look) -> None:
    anna, dora = stage.maker("Anna"), stage.person("Dora", "en")
    dora.says(code_for(anna, "Deputy", "Dora"))
    assert "answer for this pledge when its contact person cannot" in dora.hears()[-1]
    dora.taps("Yes, I agree")
    assert look("companions", "part", "name") == [("deputy", "Dora")]
    dora.says("/update")
    dora.taps("Stuck")
    assert look("pledges", "standing") == ["stuck"]
    anna.hears()
    anna.says("/edit")
    anna.taps("Deputy")
    assert "Dora answers for you" in anna.hears()[-1]
    anna.says("Somebody else")
    assert look("codes", "code") == look("codes", "code")[:1]  # no second one beside her


def test_both_confirm_a_handover(stage: Stage, look: Look) -> None:
    anna, bert = stage.maker("Anna"), stage.person("Bert", "en")
    cora = joins(stage, anna, "Cora")
    bert.says(code_for(anna, "Hand over", "Bert"))
    bert.taps("Yes, I agree")
    assert look("pledges", "maker_id") == [1]
    stage.jump(days=1)
    assert "Bert would take BER-001 over" in anna.hears()[-1]
    anna.taps("Yes, hand it over")
    assert look("pledges", "maker_id", "owner") == [(3, "Bert")]
    assert look("occasions", "person_id") == [3]
    anna.hears()
    anna.says("/status")
    assert "no pledge here yet" in anna.hears()[-1]
    bert.says("/edit")
    assert "What shall change about BER-001?" in bert.hears()[-1]
    cora.says("/help")
    assert "Bert has taken BER-001 over." in cora.hears()[-1]
    stage.until_asked()
    assert "How is BER-001" in bert.hears()[-1]


@pytest.mark.parametrize("who", ["successor", "maker"])
def test_without_both_it_stays(stage: Stage, look: Look, who: str) -> None:
    anna, bert = stage.maker("Anna"), stage.person("Bert", "en")
    bert.says(code_for(anna, "Hand over", "Bert"))
    bert.taps("No" if who == "successor" else "Yes, I agree")
    stage.jump(days=2)
    if who == "maker":
        anna.taps("No, it stays with me")
    assert look("pledges", "maker_id") == [1]
    assert look("people", "id") == ([1] if who == "successor" else [1, 2])


def test_a_companion_can_take_over_without_a_code(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    anna.says("/edit")
    anna.taps("Hand over")
    anna.taps("Bert")
    stage.jump(days=1)
    bert.taps("Yes, I take it over")
    assert look("pledges", "maker_id") == [2]
    assert look("companions", "person_id") == []


def test_the_longest_partner_is_asked_when_the_maker_is_erased(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna", "Our shared promise")
    bert = joins(stage, anna)
    stage.jump(minutes=5)
    cora = joins(stage, anna, "Cora")
    anna.says("/delete")
    anna.taps("Yes, erase everything")
    assert look("pledges", "maker_id", "text") == [(None, "Our shared promise")]
    stage.jump(days=1)
    assert "has no contact person any more" in bert.hears()[-1]
    assert cora.hears() == []
    bert.taps("No, rather not")
    stage.jump(days=2)
    cora.taps("Yes, I take it over")
    assert look("pledges", "maker_id") == [3]
    assert look("companions", "person_id") == [2]
    stage.until_asked()
    assert "How is BER-001" in " ".join(cora.hears())


def test_nobody_is_asked_where_nobody_is_left(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna", "Our shared promise")
    bert = joins(stage, anna)
    anna.says("/delete")
    anna.taps("Yes, erase everything")
    stage.jump(days=1)
    bert.taps("No, rather not")
    bert.hears()
    stage.jump(days=100)
    assert bert.hears() == []
    assert look("pledges", "maker_id", "stage") == [(None, "running")]


def test_a_question_to_decide_is_not_answered_before_it_was_shown(stage: Stage, look: Look) -> None:
    """It waits for the person's window; words until then mean something else."""
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    anna.says("/edit")
    anna.taps("Hand over")
    anna.taps("Bert")
    bert.says("yes")
    assert look("pledges", "maker_id") == [1]
