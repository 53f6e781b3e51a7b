"""What is left of people who leave, and of those who never came."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape
from sqlalchemy import Engine, select, update

from bot.dialogue.message import Kind
from bot.domain.company import Part
from bot.ports import Sent
from bot.service import erasing
from bot.service.codes import TRIES
from bot.service.delivering import SCRUB_SECONDS
from bot.service.erasure_list import ErasureList
from bot.service.housekeeping import Housekeeping
from bot.store import channels, companions, pledges
from bot.store.outbox import RETRACT
from bot.store.tables import metadata, people
from bot.store.tables import outbox as letters
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
def test_nothing_is_left_in_the_files(stage: Stage, anna: Person, engine: Engine, data_dir: Path) -> None:
    """Neither in free pages nor in the write-ahead log, nor in the erasure list."""
    erase(anna)
    stage.clock.advance(timedelta(seconds=SCRUB_SECONDS))
    stage.deliver()
    database = Path(engine.url.database or "")
    files = [*database.parent.glob(database.name + "*"), *(file for file in data_dir.rglob("*") if file.is_file())]
    content = {file.name: file.read_bytes() for file in files}
    assert "list" in content
    assert [name for name, data in content.items() if b"1001" in data] == []
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


def test_our_messages_are_taken_back(stage: Stage, anna: Person, look: Look) -> None:
    with stage.installation.engine.begin() as tx:
        channels.remember(tx, "telegram", "telegram", "a_bot")
    old = {shown.id for shown in anna.chat}
    stage.jump(hours=49)
    anna.says("/status")
    recent = {shown.id for shown in anna.chat} - old
    erase(anna)
    left = {shown.id for shown in anna.chat}
    assert recent
    assert recent.isdisjoint(left)
    assert left >= old, "Telegram allows it for 48 hours"
    assert "is erased" in anna.newest.text
    assert "1001" not in look("outbox", "address")


def test_elsewhere_there_is_no_limit(stage: Stage, anna: Person) -> None:
    with stage.installation.engine.begin() as tx:
        channels.remember(tx, "telegram", "matrix", "@bot:example.org")
    stage.jump(days=30)
    erase(anna)
    assert [shown.text for shown in anna.chat] == [anna.newest.text]


def test_whoever_blocked_the_bot_leaves_nothing_either(stage: Stage, anna: Person, dump: Dump) -> None:
    anna.says("/delete")
    stage.delivers = False
    anna.taps("Yes, erase everything")
    stage.platform.refuse(anna.address)
    stage.deliver()
    assert [row for rows in dump().values() for row in rows if "1001" in row] == []


def test_a_kept_pledge_stays_a_bare_count(stage: Stage, anna: Person, look: Look) -> None:
    anna.says("/update BER-001")
    anna.taps("Done")
    anna.taps("Kept")
    erase(anna)
    columns = ("stage", "outcome", "text", "maker_id", "owner", "place", "first_step", "outcome_note")
    kept = [row for row in look("pledges", *columns) if row[1]]
    assert kept == [("closed", "kept", "", None, "", "", "", "")]
    assert "BER-001" not in look("pledges", "reference")
    stage.maker("Anna", "Ein neuer Anfang").hears()
    assert "BER-004" in look("pledges", "reference"), "a number is given out once"


@pytest.fixture
def joint(stage: Stage, anna: Person) -> None:
    """Bert and Cem keep Anna's promise with her; it came from a sheet, with her name in it."""
    stage.maker("Cem", "Cems eigene Sache")
    with stage.installation.engine.begin() as tx:
        companions.add(tx, 1, 3, Part.PARTNER, stage.clock.now() + timedelta(days=1))
        companions.add(tx, 1, 2, Part.PARTNER, stage.clock.now())
        sheet = {"text": "Wir und Anna Musterfrau bauen", "owner": "Anna Musterfrau"}
        pledges.change(tx, "BER-001", {**sheet, "imported": sheet, "outcome_note": "Geheimsache", "claim_code": "X"})


@pytest.mark.usefixtures("joint")
def test_the_text_of_a_joint_pledge_stays_without_the_name(anna: Person, look: Look, dump: Dump) -> None:
    erase(anna)
    [left] = [row for row in look("pledges", "reference", "text", "maker_id", "stage") if row[0] == "BER-001"]
    assert left == ("BER-001", "Wir und … bauen", None, "running")
    assert look("companions", "person_id") == [2, 3]
    assert [row for rows in dump().values() for row in rows for secret in SECRETS if secret in row] == []


@pytest.mark.usefixtures("joint")
def test_the_pledges_without_a_maker_are_named_for_their_partners(stage: Stage, anna: Person) -> None:
    with stage.installation.engine.begin() as tx:
        assert erasing.erase(tx, 1, stage.clock.now(), stage.installation.erasures) == (1,)


def test_what_the_team_was_shown_is_cut_out(stage: Stage, anna: Person, look: Look) -> None:
    words = "Anna sagt: „Geheimsache & <Landratsamt>“ hängt"
    anna.says(f"/update BER-001 {words}")
    anna.taps("Slower")
    with stage.installation.engine.begin() as tx:
        pledges.answer(tx, "BER-001", 1, stage.clock.now(), note=words)
        shown = f"Neues: {escape(words)}"
        tx.execute(update(letters).where(letters.c.address == "1002").values(text=shown))
    erase(anna)
    assert {text for text, address in look("outbox", "text", "address") if address == "1002"} == {"Neues: …"}


def test_every_way_to_a_person_is_dealt_with() -> None:
    """A row that points at somebody must not keep them from being erased."""
    by_hand = {"pledges.maker_id", "answers.person_id"}
    keys = [key for table in metadata.tables.values() for key in table.foreign_keys if key.column.table is people]
    held = {f"{key.parent.table.name}.{key.parent.name}" for key in keys if not key.ondelete}
    assert held == by_hand


def restored(stage: Stage, copy: dict[str, list[dict[str, Any]]]) -> None:
    """An earlier state of the database comes back."""
    with stage.installation.engine.begin() as tx:
        for table in reversed(metadata.sorted_tables):
            tx.execute(table.delete())
        for table in metadata.sorted_tables:
            if copy[table.name]:
                tx.execute(table.insert(), copy[table.name])


def snapshot(stage: Stage) -> dict[str, list[dict[str, Any]]]:
    with stage.installation.engine.begin() as tx:
        return {
            table.name: [dict(row) for row in tx.execute(select(table)).mappings()] for table in metadata.sorted_tables
        }


def test_a_restore_brings_nobody_back(stage: Stage, anna: Person, dump: Dump, data_dir: Path) -> None:
    before = snapshot(stage)
    erase(anna)
    restored(stage, before)
    assert any("Geheimsache" in row for row in dump()["pledges"])
    assert erasing.apply(stage.installation.engine, ErasureList(data_dir), stage.clock.now()) == 1
    assert [row for rows in dump().values() for row in rows for secret in SECRETS if secret in row] == []
    assert any("Berts eigene Sache" in row for row in dump()["pledges"])
    assert erasing.apply(stage.installation.engine, ErasureList(data_dir), stage.clock.now()) == 0


def test_who_came_back_after_the_erasure_stays(stage: Stage, anna: Person, dump: Dump, data_dir: Path) -> None:
    erase(anna)
    stage.jump(days=1)
    stage.maker("Anna", "Ein neuer Anfang")
    assert erasing.apply(stage.installation.engine, ErasureList(data_dir), stage.clock.now()) == 0
    assert any("Ein neuer Anfang" in row for row in dump()["pledges"])


def test_a_list_that_cannot_be_written_keeps_nobody_from_being_erased(
    stage: Stage, anna: Person, dump: Dump, data_dir: Path
) -> None:
    data_dir.write_text("no directory")
    erase(anna)
    assert "is erased" in anna.hears()[-1]
    assert [row for rows in dump().values() for row in rows for secret in SECRETS if secret in row] == []


def test_a_message_on_its_way_leaves_no_trace(stage: Stage, anna: Person, dump: Dump) -> None:
    stage.delivers = False
    anna.says("/status")
    held = stage.lease()
    anna.says("/delete")
    confirm = anna.incoming("yes")
    stage.takes(confirm)
    stage.settle(held, Sent("late"))
    assert "late" in [letter.message_id for letter in stage.deliver() if letter.action == RETRACT]
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
