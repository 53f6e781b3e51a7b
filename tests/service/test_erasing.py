"""What is left of people who leave, and of those who never came."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.dialogue.message import Kind
from bot.ports import Sent
from bot.service.codes import TRIES
from bot.service.housekeeping import Housekeeping
from tests.service.looking import Dump, Look
from tests.stage import Person, Stage

SECRETS = ("Musterfrau", "Geheimsache", "Landratsamt", "1001")


@pytest.fixture
def anna(stage: Stage) -> Person:
    """Anna Musterfrau, who has said all kinds of things, and Bert beside her."""
    anna = stage.maker("Anna", "Geheimsache Musterfrau")
    bert = stage.maker("Bert", "Berts eigene Sache")
    stage.until_asked()
    for _ in range(2):
        if anna.hears():
            break
        stage.until_asked()
    anna.taps("Stuck")
    anna.says("Das Landratsamt antwortet nicht, sagt Musterfrau")
    anna.taps("Yes, please help")
    anna.says("/edit")
    anna.says("/new Noch eine Geheimsache")
    anna.sends(Kind.FILE, "Geheimsache.pdf")
    anna.says("/my_data")
    anna.says("/human Musterfrau bittet um Rückruf")
    bert.hears()
    return anna


def erase(anna: Person) -> None:
    anna.says("/delete")
    anna.taps("Yes, erase everything")


def test_nothing_is_left_in_any_table(stage: Stage, anna: Person, dump: Dump) -> None:
    before = dump()
    assert all(any(secret in row for rows in before.values() for row in rows) for secret in SECRETS)
    erase(anna)
    assert "is erased" in anna.hears()[-1]
    found = {table: row for table, rows in dump().items() for row in rows for secret in SECRETS if secret in row}
    assert found == {}
    assert any("Berts eigene Sache" in row for row in dump()["pledges"])


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_nothing_is_left_in_the_files(stage: Stage, anna: Person, engine: Engine) -> None:
    """Neither in free pages nor in the write-ahead log."""
    erase(anna)
    database = Path(engine.url.database or "")
    files = sorted(database.parent.glob(database.name + "*"))
    content = {file.name: file.read_bytes() for file in files}
    assert any(b"Berts eigene Sache" in data for data in content.values())
    assert [name for name, data in content.items() if b"Geheimsache" in data or b"Landratsamt" in data] == []


def test_queued_questions_go_and_nobody_is_asked_again(stage: Stage, anna: Person, dump: Dump) -> None:
    stage.delivers = False
    stage.jump(days=40)
    stage.delivers = True
    anna.says("/delete")
    anna.taps("Yes, erase everything")
    anna.hears()
    stage.jump(days=300)
    assert anna.hears() == []


def test_a_message_on_its_way_leaves_no_trace(stage: Stage, anna: Person, dump: Dump) -> None:
    stage.delivers = False
    stage.clock.set(stage.next_due)
    stage.jump(days=40)
    held = [letter for _ in range(2) if (letter := stage.delivering.lease("telegram", 1, ()))]
    anna.says("/delete")
    confirm = anna.incoming("yes")
    stage.takes(confirm)
    for number, letter in enumerate(held):
        stage.settle(letter, Sent(f"late {number}"))
    stage.deliver()
    assert [row for rows in dump().values() for row in rows if "1001" in row] == []


def test_who_comes_back_is_somebody_new(stage: Stage, anna: Person, look: Look) -> None:
    erase(anna)
    anna.says("/status")
    assert "I have not stored anything about you" in anna.hears()[-1]
    again = stage.maker("Anna", "Ein neuer Anfang")
    again.says("/status")
    [status] = again.hears()
    assert "Ein neuer Anfang" in status
    assert "Geheimsache" not in status


def test_no_is_no(stage: Stage, anna: Person, dump: Dump) -> None:
    anna.says("/delete")
    anna.taps("No, keep it")
    assert any("Geheimsache" in row for row in dump()["pledges"])


@pytest.mark.parametrize(
    "words",
    ["hello", "/start", "/start WRONG234", "ABCD9999", "/help", "/privacy", "/status", "/delete", "yes", "stop", "/x"],
)
def test_a_stranger_leaves_the_number_of_the_update_and_nothing_else(stage: Stage, dump: Dump, words: str) -> None:
    before = dump()
    xaver = stage.person("Xaver", "en")
    xaver.says(words)
    xaver.sends(Kind.VOICE)
    xaver.sends(Kind.FILE, words)
    assert xaver.hears()
    after = dump()
    assert len(after.pop("inbox")) == 3
    assert after == before


def test_blocking_and_tapping_of_strangers_leave_nothing_either(stage: Stage, dump: Dump) -> None:
    before = dump()
    xaver = stage.person("Xaver", "en")
    xaver.says("hello")
    xaver.blocks()
    xaver.returns()
    after = dump()
    after.pop("inbox")
    assert after == before


@pytest.mark.parametrize("how", ["tap", "words"])
def test_no_to_consent_leaves_nothing(stage: Stage, dump: Dump, how: str) -> None:
    before = dump()
    xaver = stage.person("Xaver", "en")
    xaver.says("/start ABCD2345")
    if how == "tap":
        xaver.taps("No")
    else:
        xaver.says("no")
    assert "I have not stored anything about you" in xaver.hears()[-1]
    after = dump()
    after.pop("inbox")
    assert after == before


def test_no_to_consent_leaves_nothing_even_while_the_question_is_on_its_way(stage: Stage, dump: Dump) -> None:
    before = dump()
    stage.delivers = False
    xaver = stage.person("Xaver", "en")
    xaver.says("/start ABCD2345")
    held = stage.lease()
    xaver.says("no")
    stage.settle(held, Sent("1"))
    stage.deliver()
    after = dump()
    after.pop("inbox")
    assert after == before


def test_who_never_answers_the_question_for_consent_is_forgotten(stage: Stage, dump: Dump) -> None:
    before = dump()
    stage.person("Xaver", "en").says("/start ABCD2345")
    stage.jump(days=100)
    Housekeeping(stage.installation).tidy()
    assert dump() == before


def test_wrong_codes_are_counted_in_memory_only(stage: Stage, dump: Dump) -> None:
    before = dump()
    xaver = stage.person("Xaver", "en")
    for number in range(TRIES):
        xaver.says(f"/start WRONG{number}AB")
    xaver.hears()
    xaver.says("/start ABCD2345")  # the right one, too late
    assert "wrong code several times" in xaver.hears()[-1]
    after = dump()
    after.pop("inbox")
    assert after == before
