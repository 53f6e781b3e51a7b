"""Reports of the team, what was said by telephone, of whom nothing is heard, and Monday's digest."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.roles import Role
from bot.service.reporting import Reporting
from bot.texts import speaker
from tests.service.looking import Dump, Look
from tests.service.test_rights import join_team
from tests.stage import Person, Stage

ENGLISH = speaker("en")


def conclude(person: Person, outcome: str, words: str = "", shown: str = "No") -> None:
    """The person's only pledge has this outcome, with these words."""
    person.says("/update")
    person.taps("Done")
    person.taps(outcome)
    if words:
        person.says(words)
        person.taps(shown)
    person.hears()


def test_all_and_answered(stage: Stage) -> None:
    rita, anna = join_team(stage, "Rita", Role.READER), stage.maker("Anna")
    stage.maker("Bert")
    conclude(anna, "Kept")
    rita.says("/report")
    [said] = rita.hears()
    assert "1 of 2 have answered (self-reported)" in said
    assert "Kept 1 · No answer 1" in said


def test_a_frozen_report_stays_as_it_was(stage: Stage, look: Look) -> None:
    rita, anna = join_team(stage, "Rita", Role.READER), stage.maker("Anna")
    rita.says("/report")
    conclude(anna, "Kept")
    rita.taps("CSV")
    assert "one moment" in rita.hears()[1].casefold()
    file = rita.newest.message.attachment
    assert file is not None
    assert file.name == "report-2025-07-09.csv"
    rita.says("/report")
    rita.says("/report")
    assert len(look("frozen_reports", "id")) == 2
    assert [figures["all"]["n"] for figures in look("frozen_reports", "figures")] == [0, 1]


def test_earlier_reports_are_shown_as_they_were(stage: Stage) -> None:
    rita, anna = join_team(stage, "Rita", Role.READER), stage.maker("Anna")
    rita.says("/report")
    assert "Earlier reports" not in rita.newest.labels
    stage.jump(days=3)
    stage.maker("Bert")
    conclude(anna, "Kept")
    rita.says("/report")
    assert "1 of 2 have answered" in rita.newest.text
    stage.jump(days=3)
    rita.says("/report")
    rita.taps("Earlier reports")
    assert rita.newest.labels == ["Saturday, 12 July", "Wednesday, 9 July"]
    rita.taps("9 July")
    assert rita.newest.text.startswith("Werkstatt Berlin, as of Wednesday, 9 July\n0 of 1 have answered")
    rita.taps("CSV")
    file = rita.newest.message.attachment
    assert file is not None
    assert file.name == "report-2025-07-09.csv"
    rita.taps("Earlier reports")
    assert rita.newest.labels == ["Tuesday, 15 July", "Saturday, 12 July"]


def test_only_the_team_gets_one(stage: Stage) -> None:
    anna = stage.maker("Anna")
    for command in ("/report", "/bericht", "/open", "/answer BER-001", "/calls"):
        anna.says(command)
        assert "do not know this command" in anna.hears()[0]


def test_what_was_said_by_telephone_is_counted_apart(stage: Stage, look: Look) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    stage.until_asked()
    olga.says("/answer ber-001 She says the mayor agrees")
    olga.taps("On track")
    assert "according to the team" in olga.hears()[-1]
    assert look("answers", "person_id", "by_team", "standing", "note") == [
        (None, True, "on_track", "She says the mayor agrees")
    ]
    olga.says("/report")
    assert "0 of 1 have answered" in olga.hears()[-1]
    assert "According to the team 1" in olga.newest.text
    assert anna.newest.labels == [], "what was asked has its answer"
    anna.says("/update")
    anna.taps("Slower")
    olga.says("/report")
    assert "1 of 1 have answered" in olga.newest.text


def test_an_outcome_by_telephone_closes_the_pledge(stage: Stage, look: Look) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    olga.says("/answer")
    olga.says("BER-001")
    olga.taps("It has an outcome")
    olga.taps("Kept")
    assert look("pledges", "stage", "outcome") == [("closed", "kept")]
    assert look("audit", "action") == ["join team", "answer", "AskingWhatWasSaid", "PickingAnswer", "PickingAnswer"]
    anna.hears()
    stage.jump(days=250)
    assert anna.hears() == []
    olga.says("/answer BER-001")
    assert "is closed already" in olga.hears()[-1]


def test_an_administrator_without_an_account_can_write_it_down(stage: Stage, look: Look) -> None:
    stage.maker("Anna")
    udo = stage.appoint("Udo")
    udo.says("/antwort BER-001")
    udo.taps("Langsamer")
    assert look("pledges", "standing") == ["slow"]


def test_pledges_of_other_workshops_are_not_found(stage: Stage) -> None:
    stage.workshop("Werkstatt Kiel", letters="KIE", code="KKKK2345")
    kai = stage.person("Kai", "en")
    kai.says("/start KKKK2345")
    kai.taps(0)
    kai.says("We plant trees")
    olga = join_team(stage, "Olga")
    olga.says("/answer KIE-001")
    assert "find no pledge" in olga.hears()[0]
    olga.says("/open")
    assert "KIE-001" not in olga.hears()[0]


def test_only_released_words_leave_the_team_and_none_of_the_erased(stage: Stage, dump: Dump) -> None:
    stage.workshop("Werkstatt Kiel", letters="KIE", code="KKKK2345")
    anna, bert, cleo = stage.maker("Anna"), stage.maker("Bert"), stage.maker("Cleo")
    conclude(anna, "Kept", "The building yard simply began", "without a name")
    conclude(bert, "In part", "Not for anybody else")
    conclude(cleo, "Kept", "Cleo began on her own", "with my name")
    reporting = Reporting(stage.installation)
    words = [quote.words for quote in reporting.report(1, ENGLISH).quotes]
    assert words == ["The building yard simply began", "Cleo began on her own"]
    assert reporting.report(2, ENGLISH).quotes == []
    cleo.says("/delete")
    cleo.taps("Yes, erase everything")
    after = reporting.report(None, ENGLISH)
    assert [quote.words for quote in after.quotes] == words[:1]
    assert not any("on her own" in row for row in dump()["frozen_reports"])


def test_whoever_is_silent_is_told_with_what_was_tried(stage: Stage) -> None:
    olga, anna, bert, _ = join_team(stage, "Olga"), stage.maker("Anna"), stage.maker("Bert"), stage.maker("Cleo")
    olga.says("/open")
    assert "Nothing is open" in olga.hears()[0]
    anna.says("/stop")
    bert.blocks()
    stage.jump(days=60)
    olga.hears()
    olga.says("/open")
    [said] = olga.hears()
    assert "Cannot be reached: 1\nBER-002" in said
    assert "No messages wanted: 1\nBER-001" in said
    assert "Silent: 1\nBER-003 We open a citizens' office · asked" in said
    assert "telephone" in said


MONDAY = datetime(2025, 7, 14, 8, 0, tzinfo=UTC)


def test_every_monday_five_lines_once(stage: Stage) -> None:
    olga, rita, anna = join_team(stage, "Olga"), join_team(stage, "Rita", Role.READER), stage.maker("Anna")
    anna.says("/human What now?")
    olga.hears()
    stage.until(MONDAY)
    stage.until(MONDAY.replace(minute=30))
    [said] = olga.hears()
    assert said.split("\n") == [
        "Werkstatt Berlin: your week", "New calls for help: 1 (/calls)", "To telephone: nobody", "Solved last week: 0",
        "Asked about this week: 0", "News last week: 0 (/report)",
    ]  # fmt: skip
    assert rita.hears() == []


def test_after_christmas_it_comes_when_people_are_back(stage: Stage) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    stage.until(datetime(2025, 12, 19, 8, 0, tzinfo=UTC))
    anna.says("/human What now?")
    olga.hears()
    for days in (3, 10, 17, 18):
        stage.until(datetime(2025, 12, 19, 9, 0, tzinfo=UTC) + timedelta(days=days))
    assert not [said for said in olga.hears() if "your week" in said]
    stage.until(datetime(2026, 1, 7, 9, 0, tzinfo=UTC))
    assert [said for said in olga.hears() if "your week" in said]


@pytest.mark.parametrize(("blocked", "more"), [(False, 3), (True, 2)])
def test_what_ended_without_an_answer_is_not_named_for_ever(stage: Stage, blocked: bool, more: int) -> None:
    """Whoever was silent for five weeks after the last question, whoever cannot be reached for five after the date."""
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    if blocked:
        anna.blocks()
    stage.until(datetime(2026, 1, 26, 9, 0, tzinfo=UTC))
    assert "To telephone: BER-001" in olga.newest.text
    olga.hears()
    for weeks in range(1, 12):
        stage.until(datetime(2026, 1, 26, 9, 0, tzinfo=UTC) + timedelta(weeks=weeks))
    assert len([said for said in olga.hears() if "To telephone: BER-001" in said]) == more


@pytest.mark.parametrize("moment", [MONDAY.replace(hour=6), MONDAY.replace(hour=11), MONDAY.replace(day=15)])
def test_at_no_other_time(stage: Stage, moment: datetime) -> None:
    olga, anna = join_team(stage, "Olga"), stage.maker("Anna")
    anna.says("/human What now?")
    olga.hears()
    stage.until(moment)
    assert olga.hears() == []


def test_a_week_without_anything_says_nothing(stage: Stage) -> None:
    olga = join_team(stage, "Olga")
    stage.until(MONDAY)
    assert olga.hears() == []
