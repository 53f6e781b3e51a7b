"""Several people, one pledge: what each may do, see and is told."""

import re
from datetime import timedelta

import pytest

from bot.dialogue.effects import Accept
from bot.service import company
from bot.service.housekeeping import Housekeeping
from bot.service.linking import Mending
from bot.store import codes
from tests.service.looking import Change, Dump, Look
from tests.stage import Person, Stage

CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{8}\b")


def invitation(maker: Person, name: str = "Bauhof") -> str:
    """The code that the maker is given for somebody of that name."""
    maker.hears()
    maker.says(f"/partner {name}")
    [_, forward] = maker.hears()
    found = CODE.search(forward)
    assert found
    return found[0]


def joins(stage: Stage, maker: Person, name: str = "Bert", on: str = "") -> Person:
    """Somebody new who has joined the maker's only pledge."""
    person = stage.person(name, "en", on)
    person.says(f"/start {invitation(maker, name)}")
    person.taps("Yes, I agree")
    person.hears()
    return person


def test_makers_on_telegram_and_partners_on_matrix(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna, on="matrix")
    bert.says("/update")
    bert.taps("Slower")
    bert.hears()
    anna.says("/status 1")
    [status] = anna.hears()
    assert "Bert on BER-001: 🟡 Slower" in status
    assert "Bert: 🟡 Slower (Wednesday, 9 July)" in status
    assert look("companions", "part", "name") == [("partner", "Bert")]
    assert look("attendances", "person_id") == [1]  # a partner is no participant of the workshop


def test_the_latest_answer_counts_and_differing_ones_stand_side_by_side(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    bert, cora = joins(stage, anna), joins(stage, anna, "Cora")
    for person, answer in ((bert, "On track"), (anna, "Stuck"), (cora, "Slower")):
        person.says("/update BER-001")
        person.taps(answer)
    bert.hears()
    bert.says("/status 1")
    [status] = bert.hears()
    assert look("pledges", "standing") == ["slow"]
    assert [line for line in status.splitlines() if "(" in line and ":" in line] == [
        "You: 🟢 On track (Wednesday, 9 July)",
        "The contact person: 🔴 Stuck (Wednesday, 9 July)",
        "Cora: 🟡 Slower (Wednesday, 9 July)",
    ]


def test_free_text_is_seen_by_others_only_when_shared(stage: Stage) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    anna.says("/update")
    anna.taps("Stuck")
    anna.says("The county does not answer")
    anna.taps("Just note it")
    bert.says("/status 1")
    assert "county" not in " ".join(bert.hears())
    anna.taps("Show it to the others, too")
    bert.says("/status 1")
    assert "“The county does not answer”" in bert.hears()[-1]


def test_text_date_and_withdrawal_stay_with_the_maker(stage: Stage, dump: Dump) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    anna.says("/edit")
    menu = anna.newest
    before = dump()["pledges"]
    for words in ("/edit", "/status 1", "withdraw BER-001"):
        bert.says(words)
        assert bert.newest.labels == []
    bert.taps(3, on=menu)  # the maker's own button, sent by somebody else
    assert "no longer open" in bert.hears()[-1]
    assert dump()["pledges"] == before


def test_a_partner_may_answer_the_outcome(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    bert.says("/update")
    bert.taps("Done")
    bert.taps("Kept")
    assert look("pledges", "stage", "outcome") == [("closed", "kept")]
    anna.hears()
    anna.says("/status 1")
    assert "Bert on BER-001: Kept" in anna.hears()[-1]


def test_the_new_date_is_up_to_the_maker(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    bert.says("/update")
    bert.taps("Done")
    assert "Goes on (new date)" not in bert.newest.labels


def test_a_partners_answer_is_no_silence_of_the_maker(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    stage.until_asked()
    bert.says("/update")
    bert.taps("On track")
    assert look("asked", "answered") == [True]
    [kind] = look("occasions", "kind")
    assert kind == "check_in"  # no nudge


def test_the_quiet_line_rides_along_once_and_only_the_latest(stage: Stage) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    for answer in ("On track", "Slower", "Stuck"):
        bert.says("/update")
        bert.taps(answer)
    anna.hears()
    stage.until_asked()
    [question] = anna.hears()
    assert question.startswith("Bert is in on BER-001 now.\nBert on BER-001: 🔴 Stuck\n\nHow is BER-001 getting on?")
    assert "Bert" in anna.newest.text
    anna.taps("On track")
    assert "Bert" not in anna.hears()[-1]


def test_it_starts_no_message_of_its_own(stage: Stage) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    anna.hears()
    bert.says("/update")
    bert.taps("Stuck")
    assert anna.hears() == []


def test_partners_learn_of_a_withdrawal(stage: Stage) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    anna.says("/edit")
    anna.taps("Withdraw")
    anna.taps("Yes, withdraw")
    bert.says("/help")
    assert "BER-001 was withdrawn." in bert.hears()[-1]


def test_a_code_works_once(stage: Stage, look: Look) -> None:
    anna, cora = stage.maker("Anna"), stage.person("Cora", "en")
    code = invitation(anna)
    bert = stage.person("Bert", "en")
    for person in (bert, cora):
        person.says(f"/start {code}")
    cora.taps("Yes, I agree")
    bert.taps("Yes, I agree")  # too late
    assert "Somebody has used this code already" in bert.hears()[-1]
    assert len(look("companions", "person_id")) == 1
    assert len(look("people", "id")) == 2


def test_two_at_the_same_moment_are_not_both_in(stage: Stage, look: Look) -> None:
    """What the dialogue looked up is out of date when it is written down: the message is answered anew."""
    anna = stage.maker("Anna")
    code = invitation(anna)
    with stage.installation.engine.begin() as tx:
        assert codes.take(tx, code, 1, stage.clock.now())
        with pytest.raises(company.CodeTaken):
            company.Companies(tx, stage.installation.rules, stage.clock.now()).write(Accept(code), 1)


def test_a_code_works_for_sixty_days(stage: Stage) -> None:
    anna = stage.maker("Anna")
    code, other = invitation(anna), invitation(anna, "Cora")
    stage.sleeps(days=59)
    bert, cora = stage.person("Bert", "en"), stage.person("Cora", "en")
    bert.says(code)
    assert "carry this pledge together" in bert.hears()[-1]
    stage.sleeps(days=2)
    cora.says(other)
    assert "expired" in cora.hears()[-1]
    stage.sleeps(days=2)
    Housekeeping(stage.installation).tidy()
    cora.says(other)
    assert "expired" in cora.hears()[-1]


def test_an_invitation_can_be_taken_back(stage: Stage) -> None:
    anna = stage.maker("Anna")
    code = invitation(anna)
    anna.says("/partner")
    assert "Invited, not here yet: Bauhof" in anna.hears()[-1]
    anna.taps("Take somebody out")
    anna.taps("Invitation: Bauhof")
    bert = stage.person("Bert", "en")
    bert.says(code)
    assert "expired" in bert.hears()[-1]


def test_the_maker_can_take_somebody_out(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    bert.says("/update")
    anna.says("/partner")
    anna.taps("Take somebody out")
    anna.taps("Bert")
    assert look("companions", "person_id") == []
    bert.taps("On track")  # the question from before
    assert "no longer open" in bert.hears()[-1]
    assert look("answers", "standing") == []


def test_wrong_codes_are_throttled_like_others(stage: Stage) -> None:
    anna = stage.maker("Anna")
    code = invitation(anna)
    bert = stage.person("Bert", "en")
    for number in range(2, 7):
        bert.says(f"/start WRNGCDE{number}")
    bert.says(f"/start {code}")
    assert "Please try again in a few minutes" in bert.hears()[-1]


def test_no_leaves_nothing_behind(stage: Stage, dump: Dump) -> None:
    anna = stage.maker("Anna")
    code = invitation(anna)
    before = dump()
    bert = stage.person("Bert", "en")
    bert.says(code)
    bert.taps("No")
    after = dump()
    for tables in (before, after):
        tables.pop("inbox")
    assert after == before


def test_somebody_known_joins_with_one_tap(stage: Stage, look: Look) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert", "Something of my own")
    bert.says(invitation(anna))
    assert bert.newest.labels == ["Yes", "No"]
    bert.says("yes")
    bert.hears()
    bert.says("/status")
    [status] = bert.hears()
    assert "BER-001" in status
    assert "BER-002" in status
    anna.says(invitation(anna, "Cora"))
    assert "is your own" in anna.hears()[-1]


def test_everything_about_a_partner_is_in_my_data_and_goes_with_them(stage: Stage, dump: Dump) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna, "Bert Beispiel")
    bert.says("/update")
    bert.taps("Stuck")
    bert.says("/my_data")
    assert "In on BER-001 since Wednesday, 9 July 2025, as “Bert Beispiel”" in bert.hears()[-1]
    bert.says("/delete")
    bert.taps("Yes, erase everything")
    found = [row for table, rows in dump().items() for row in rows if "Bert Beispiel" in row or bert.address in row]
    assert found == []


def test_many_invitations_at_a_time_are_refused(stage: Stage) -> None:
    anna = stage.maker("Anna")
    for number in range(20):
        invitation(anna, f"Office {number} ")
    anna.says("/partner Bauhof")
    assert "Many invitations are open already" in anna.hears()[-1]


@pytest.mark.parametrize("name", ["<b>Bauhof</b> & Co", "=1+1 Bauhof", "{name} Bauhof", "Bauhof\u202e"])
def test_hostile_names_stay_names(stage: Stage, change: Change, name: str) -> None:
    anna = stage.maker("Anna")
    invitation(anna, name)
    anna.says("/partner")
    assert "Bauhof" in anna.hears()[-1]
    assert "<b>Bauhof" not in anna.newest.message.text


def test_a_mended_code_takes_a_wrong_claim_over(stage: Stage, look: Look) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert", "Something of my own")
    mending = Mending(stage.installation)
    late, code = mending.claim_code("BER-001"), mending.claim_code("BER-001")
    bert.says(code)
    bert.taps("Yes, that is me")
    assert look("pledges", "reference", "maker_id") == [("BER-001", 2), ("BER-002", 2)]
    assert look("occasions", "person_id") == [2, 2]
    anna.hears()
    anna.says("/status")
    assert "no pledge here yet" in anna.hears()[-1]
    stage.clock.advance(timedelta(minutes=15))
    anna.says(late)
    assert "expired" in anna.hears()[-1]


def test_a_code_is_one_even_where_any_words_would_be_an_answer(stage: Stage, look: Look) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert", "Mine")
    code = invitation(anna)
    bert.says("/new")
    bert.says(code)
    assert "carry this pledge together" in bert.hears()[-1]
    bert.says("/new")
    bert.says("WRNGCDE2")  # it might be the name of something
    assert look("pledges", "text")[-1] == "WRNGCDE2"
