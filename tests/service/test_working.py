"""Jobs: what takes longer than a message is done once, and its result is posted."""

import pytest

from bot.dialogue.jobs import MakeSlide
from bot.service.working import ATTEMPTS, Working
from bot.texts import speaker
from tests.service.looking import Look
from tests.service.test_rights import join_team
from tests.stage import Stage


@pytest.fixture
def ordered(stage: Stage) -> Working:
    """A slide that Olga has ordered and nobody has made yet."""
    olga = join_team(stage, "Olga")
    olga.says("/workshop")
    stage.work = lambda: None  # type: ignore[method-assign]
    olga.taps("Slide")
    olga.hears()
    return stage.working


def test_the_file_comes_after_the_words(stage: Stage) -> None:
    olga = join_team(stage, "Olga")
    olga.says("/workshop")
    olga.taps("Slide")
    _, soon, slide = olga.hears()
    assert soon == "One moment, it is being made."
    assert "slide" in slide
    file = olga.newest.message.attachment
    assert file is not None
    assert (file.name, file.mime, file.content[:5]) == ("slide-BER.pdf", "application/pdf", b"%PDF-")


def test_what_is_done_is_done(stage: Stage, ordered: Working, look: Look) -> None:
    work = ordered.next("telegram")
    assert work is not None
    again = ordered.next("telegram")  # somebody else took it up, after a crash of ours
    assert again is not None
    for one in (work, again):
        ordered.conclude(one, one.carry_out(b"", lambda done, total: None))
    stage.deliver()
    assert len(stage.person("Olga").hears()) == 1
    assert look("jobs", "id") == []


def test_what_fails_three_times_is_given_up(stage: Stage, ordered: Working, look: Look) -> None:
    for _ in range(ATTEMPTS):
        assert ordered.next("telegram") is not None
    assert ordered.next("telegram") is None
    stage.deliver()
    assert stage.person("Olga").hears() == ["Sorry, that did not work. Please try again."]
    assert look("jobs", "id") == []


def test_a_job_of_another_version_is_given_up(stage: Stage, ordered: Working, change) -> None:
    change("""UPDATE jobs SET job = '{"type": "MakeTea"}'""")
    assert ordered.next("telegram") is None
    stage.deliver()
    assert "did not work" in stage.person("Olga").hears()[0]


def test_nothing_comes_to_somebody_who_is_erased(stage: Stage, ordered: Working) -> None:
    work = ordered.next("telegram")
    assert work is not None
    olga = stage.person("Olga")
    olga.says("/delete")
    olga.taps("Yes")
    olga.hears()
    ordered.conclude(work, work.carry_out(b"", lambda done, total: None))
    stage.deliver()
    assert olga.hears() == []


def test_channels_keep_to_their_own(ordered: Working) -> None:
    assert ordered.next("matrix") is None


def test_the_command_line_has_it_at_once(stage: Stage) -> None:
    [said] = stage.working.at_once(MakeSlide(1), speaker("en"))
    assert said.attachment is not None
    assert said.attachment.name == "slide-BER.pdf"
