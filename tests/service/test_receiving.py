"""A message comes in: exactly once, wholly or not at all, and never in the way of the next."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from structlog.testing import capture_logs

from bot.dialogue.message import Kind, Tap
from bot.service.housekeeping import Housekeeping
from bot.service.installation import Installation
from bot.service.receiving import LONGEST, clean
from bot.store.engine import open_engine
from scheduler.clock import ManualClock
from tests.databases import Fresh
from tests.service.looking import Change, Dump, Look
from tests.stage import EPOCH, Stage

APOLOGY = "Sorry, something went wrong on my side."


def test_the_way_in(stage: Stage, look: Look) -> None:
    anna = stage.person("Anna", "en")
    anna.says("/start ABCD2345")
    assert "Do you agree?" in anna.hears()[-1]
    anna.taps("Yes, I agree")
    assert "What have you set out to do?" in anna.hears()[-1]
    anna.says("We open a citizens' office by the end of October")
    [card] = anna.hears()
    assert "BER-001" in card
    assert "Friday, 31 October 2025" in card
    assert look("pledges", "reference", "stage", "text") == [
        ("BER-001", "running", "We open a citizens' office by the end of October")
    ]
    assert look("occasions", "kind", "round") == [("check_in", 1)]


@pytest.mark.parametrize("repeat", ["text", "tap"])
def test_the_same_update_twice_has_one_effect(stage: Stage, dump: Dump, repeat: str) -> None:
    anna = stage.maker("Anna")
    if repeat == "tap":
        stage.until_asked()
        shown = anna.newest
        tap = anna.incoming(kind=Kind.TAP, tap=Tap(shown.message.prompt, 0), message_id=shown.id)
    else:
        tap = anna.incoming("/new A second pledge")
    stage.takes(tap)
    before, heard = dump(), stage.platform.sends
    for _ in range(2):
        assert stage.takes(tap).channels == frozenset()
    assert dump() == before
    assert stage.platform.sends == heard


def test_numbers_that_come_again_after_a_long_time_are_new(stage: Stage, look: Look) -> None:
    """Telegram may begin anew with any number after a week without updates."""
    anna = stage.maker("Anna")
    said = anna.says("/status")
    stage.jump(days=10)
    Housekeeping(stage.installation).tidy()
    anna.hears()
    stage.takes(said)
    assert "BER-001" in anna.hears()[-1]


def test_a_known_update_of_another_person_is_still_known(stage: Stage, look: Look) -> None:
    """The number is the channel's, whoever it is from."""
    anna, bert = stage.maker("Anna"), stage.maker("Bert")
    said = anna.says("/new One")
    stage.takes(replace(bert.incoming("/new Two"), update_id=said.update_id))
    assert len(look("pledges", "id")) == 3


def curse(engine: Engine, table: str) -> None:
    """No row with the word "cursed" can go into this table: a bug that no test has found."""
    rule = "NEW.text LIKE '%cursed%'"
    statements = [
        f"CREATE TRIGGER curse BEFORE INSERT ON {table} WHEN {rule} BEGIN SELECT RAISE(ABORT, 'no'); END"
    ] if engine.dialect.name == "sqlite" else [
        "CREATE FUNCTION curse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE integrity_constraint_violation; END $$",
        f"CREATE TRIGGER curse BEFORE INSERT ON {table} FOR EACH ROW WHEN ({rule}) EXECUTE FUNCTION curse()",
    ]  # fmt: skip
    with engine.begin() as tx:
        for statement in statements:
            tx.execute(text(statement))


def test_what_was_broken_off_leaves_nothing(stage: Stage, engine: Engine, dump: Dump) -> None:
    """The transaction of a message is one: what fails at its end takes its beginning with it."""
    anna = stage.maker("Anna")
    before = dump()
    curse(engine, "outbox")  # the pledge is written first; then its card fails
    anna.says("/new A cursed pledge")
    after = dump()
    assert APOLOGY in anna.hears()[-1]
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"inbox", "outbox"}  # not even a number of the workshop is lost
    assert len(after["outbox"]) == len(before["outbox"]) + 1


def test_what_was_typed_is_never_logged(stage: Stage, engine: Engine) -> None:
    anna = stage.maker("Anna")
    curse(engine, "pledges")
    with capture_logs() as log:
        anna.says("/new A cursed pledge of Anna Musterfrau")
    assert [entry["event"] for entry in log] == ["message_failed"] * 3
    assert "_write_of_person" in str(log)  # where it happened, but not what was said
    assert "cursed" not in str(log)
    assert "Musterfrau" not in str(log)


def test_what_fails_three_times_is_set_aside_and_the_next_one_works(stage: Stage, engine: Engine, look: Look) -> None:
    anna = stage.maker("Anna")
    curse(engine, "pledges")
    said = anna.says("/new A cursed pledge")
    [apology] = anna.hears()
    assert APOLOGY in apology
    assert (said.update_id, "failed", 3) in look("inbox", "update_id", "state", "attempts")
    stage.takes(said)
    assert anna.hears() == []  # it is known: no second apology
    anna.says("/new A good pledge")
    assert "BER-002" in anna.hears()[-1]
    assert look("pledges", "reference") == ["BER-001", "BER-002"]


def test_together_as_well_as_one_by_one(stage: Stage, look: Look) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert")
    said = [anna.incoming("/new One more"), bert.incoming("/status"), anna.incoming("/status")]
    received = stage.receiving.receive_all([*said, said[1]])
    assert [one.channels for one in received] == [frozenset({"telegram"})] * 3 + [frozenset()]  # known, in the same go
    stage.deliver()
    assert "BER-003" in anna.hears()[-1]
    assert ["BER-002" in text for text in bert.hears()] == [True]


def test_one_that_fails_does_not_take_the_others_with_it(stage: Stage, engine: Engine, look: Look) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert")
    curse(engine, "pledges")
    said = [bert.incoming("/new A good pledge"), anna.incoming("/new A cursed pledge"), bert.incoming("/new And again")]
    stage.receiving.receive_all(said)
    stage.deliver()
    assert [APOLOGY in text for text in anna.hears()] == [True]
    assert look("pledges", "reference", "text")[2:] == [("BER-003", "A good pledge"), ("BER-004", "And again")]
    assert (said[1].update_id, "failed", 3) in look("inbox", "update_id", "state", "attempts")


def test_after_an_apology_the_dialogue_is_where_it_was(stage: Stage, engine: Engine) -> None:
    anna = stage.maker("Anna")
    curse(engine, "pledges")
    anna.says("/new")
    anna.says("A cursed pledge")
    anna.says("A good pledge")
    assert [APOLOGY in text for text in anna.hears()] == [False, True, False]
    assert "BER-002" in anna.newest.text


def test_a_broken_row_of_ones_own_is_an_apology_and_nobody_elses_trouble(stage: Stage, change: Change) -> None:
    """A pledge with a value that this program does not know: whatever it touches fails, for its maker alone."""
    anna, bert = stage.maker("Anna"), stage.maker("Bert")
    change("UPDATE pledges SET standing = 'on fire' WHERE reference = 'BER-001'")
    anna.says("/status")
    bert.says("/status")
    assert APOLOGY in anna.hears()[-1]
    assert "BER-002" in bert.hears()[-1]


def test_in_a_group_nobody_apologises(stage: Stage, change: Change) -> None:
    anna = stage.maker("Anna")
    change("UPDATE people SET language = 'en', zone = 'Atlantis/Nowhere'")
    group = replace(anna.incoming("hello"), private=False, addressed=True)
    stage.takes(group)
    assert anna.hears() == []


def test_an_unknown_state_of_a_later_version_is_passed_over(stage: Stage, change: Change) -> None:
    anna = stage.maker("Anna")
    stage.until_asked()
    anna.hears()
    change("""UPDATE prompts SET state = '{"type": "OfTomorrow", "answer": 42}' WHERE occasion""")
    anna.taps("On track")
    assert "no longer open" in anna.hears()[-1]
    anna.says("/status")
    assert "BER-001" in anna.hears()[-1]


def test_while_the_database_is_out_of_reach_nothing_is_taken(clock: ManualClock, tmp_path: Path) -> None:
    """Then the update must not be confirmed: the platform keeps it."""
    engine = open_engine(f"sqlite:///{tmp_path}/no/such/directory/worthalten.db")
    anna = Stage(Installation(engine, clock, None), clock).person("Anna")  # type: ignore[arg-type]
    with pytest.raises(OperationalError):
        anna.says("hello")


def test_without_tables_it_fails_loudly(backend: Fresh, clock: ManualClock) -> None:
    """A database that nobody has migrated is no message's fault: it must not be swallowed with an apology."""
    with backend(empty=True) as url:
        engine = open_engine(url)
        anna = Stage(Installation(engine, clock, None), clock).person("Anna")  # type: ignore[arg-type]
        with pytest.raises((OperationalError, ProgrammingError)):
            anna.says("hello")
        engine.dispose()


def test_two_taps_count_once(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    stage.until_asked()
    shown = anna.newest
    anna.taps("On track")
    anna.hears()
    assert "Answered already: 🟢 On track" in anna.taps("Stuck", on=shown)
    assert anna.hears() == []
    assert look("answers", "standing") == ["on_track"]
    assert shown.labels == []
    assert "➤ 🟢 On track" in shown.text


def test_a_dialogue_survives_a_restart(installation: Installation, clock: ManualClock) -> None:
    first = Stage(installation, clock)
    first.workshop()
    first.person("Anna", "en").says("/start ABCD2345")
    second = Stage(installation, clock, first.platform)
    second._updates = 100
    anna = second.person("Anna", "en")
    anna.taps("Yes, I agree")
    anna.says("We open a citizens' office")
    assert "BER-001" in anna.newest.text


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01", "‮evil‬", "a" * 20_000, "=1+1", "<b>bold", "{name} %s {0}", "🇩🇪" * 300, "\ud800",
        "'; DROP TABLE people; --",
        "/" * 4000, "/neu" * 900, "\u200b" * 50, "/start " + "A" * 9000, "/status " + "9" * 4000, "/update \x00",
        "/new =HYPERLINK(\"http://x\")", "/new <script>alert(1)</script> & more", "/pause 99999999999999999999",
    ],
)  # fmt: skip
def test_hostile_words_are_answered_and_never_fail(stage: Stage, look: Look, text: str) -> None:
    anna = stage.maker("Anna")
    anna.says(text)
    assert anna.hears()
    assert APOLOGY not in anna.newest.text
    assert "failed" not in look("inbox", "state")


def test_cleaned_words_keep_what_people_mean() -> None:
    assert clean("A\u0308rger\r\n👩‍👩‍👧 ❤️") == "Ärger\n👩‍👩‍👧 ❤️"
    assert clean("\u202etxet\x00\ud800\ue000") == "txet"
    assert len(clean("a" * (LONGEST + 1))) == LONGEST


@pytest.mark.parametrize("cut_off", [False, True])
def test_a_sign_that_comes_before_its_message_is_recorded(stage: Stage, look: Look, cut_off: bool) -> None:
    anna = stage.maker("Anna")
    stage.delivers = False
    anna.says("/update")
    letter = stage.lease()
    anna.hears()
    delivery = stage.shows(letter)
    if cut_off:  # whoever sent it was killed, and another has taken over
        stage.delivering.take_over("telegram", EPOCH + 1, True)
    anna.reacts("2", anna.newest)
    assert look("pledges", "standing") == ["slow"]
    if not cut_off:
        stage.settle(letter, delivery)
    stage.deliver()
    assert anna.newest.first.startswith("Noted: BER-001")
    assert [shown.labels for shown in anna.chat if "How is BER-001" in shown.first][-1] == []


def test_a_sign_on_another_message_while_one_waits(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    stage.delivers = False
    anna.says("/update")
    anna.reacts("2", replace(anna.newest, id="a message that is not known any more"))
    assert look("pledges", "standing") == [None]
