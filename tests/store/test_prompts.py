"""What waits for an answer, and where."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update

from bot.dialogue.checking_in import CheckingIn, CheckingInAll
from bot.dialogue.message import Choice
from bot.store import messages, prompts
from bot.store.prompts import Prompt
from bot.store.tables import prompts as table
from tests.store.rows import NOW, Rows

WEEK = timedelta(days=7)


def prompt(key: str, person_id: int | None, **more: object) -> Prompt:
    made = Prompt(
        key, "telegram", "1", person_id, CheckingIn("BER-001"), (Choice("yes", "Ja"), Choice("no", "Nein")),
        "Wie steht es?", occasion=False, opened_at=NOW,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def waiting(tx: Connection, person_id: int | None, address: str = "1") -> list[str]:
    return [asked.key for asked in prompts.waiting(tx, "telegram", address, person_id, NOW - WEEK, NOW + WEEK)]


def test_a_prompt_comes_out_as_it_went_in(tx: Connection, rows: Rows) -> None:
    me = rows.person()
    prompts.open_(tx, [prompt("a", me, state=CheckingInAll(("BER-001", "BER-002")))])
    asked = prompts.by_key(tx, "a", "telegram", "1", me)
    assert asked is not None
    assert asked.state == CheckingInAll(("BER-001", "BER-002"))
    assert [asked.key_of(place) for place in range(3)] == ["yes", "no", ""]
    assert asked.settled is None


def test_the_latest_waits_first(tx: Connection, rows: Rows) -> None:
    me = rows.person()
    prompts.open_(tx, [
        prompt("question", me, occasion=True, opened_at=NOW - timedelta(days=30)),
        prompt("dialogue", me, opened_at=NOW),
    ])  # fmt: skip
    assert waiting(tx, me) == ["dialogue", "question"]


def test_a_dialogue_left_alone_for_a_week_waits_no_longer_a_question_does(tx: Connection, rows: Rows) -> None:
    me = rows.person()
    long_ago = NOW - WEEK - timedelta(seconds=1)
    prompts.open_(tx, [prompt("question", me, occasion=True, opened_at=long_ago), prompt("old", me, opened_at=long_ago),
                       prompt("young", me, opened_at=NOW - WEEK)])  # fmt: skip
    assert set(waiting(tx, me)) == {"question", "young"}


def test_a_dialogue_belongs_to_the_chat_and_a_question_to_the_person(tx: Connection, rows: Rows) -> None:
    me = rows.person()
    prompts.open_(tx, [prompt("dialogue", me), prompt("question", me, occasion=True)])
    assert waiting(tx, me, address="my other chat") == ["question"]


def test_nobody_sees_what_somebody_else_was_asked(tx: Connection, rows: Rows) -> None:
    me, other = rows.person("1"), rows.person("2")
    prompts.open_(tx, [prompt("a", me, occasion=True)])
    assert waiting(tx, other, address="2") == []
    assert prompts.by_key(tx, "a", "telegram", "2", other) is None
    assert prompts.by_key(tx, "a", "telegram", "2", None) is None
    assert prompts.by_key(tx, "a", "telegram", "1", None) is not None


def test_a_dialogue_that_moved_on_takes_taps_but_no_words(tx: Connection, rows: Rows) -> None:
    me = rows.person()
    prompts.open_(tx, [prompt("a", me), prompt("question", me, occasion=True)])
    prompts.leave(tx, "telegram", "1")
    assert waiting(tx, me) == ["question"]
    asked = prompts.by_key(tx, "a", "telegram", "1", me)
    assert asked is not None
    assert asked.settled is None


def test_only_the_first_answer_settles(tx: Connection, rows: Rows) -> None:
    me = rows.person()
    prompts.open_(tx, [prompt("a", me)])
    row = prompts.settle(tx, "a", "Ja", NOW)
    assert row is not None
    assert (row.text, row.answer) == ("Wie steht es?", "Ja")
    assert prompts.settle(tx, "a", "Nein", NOW + timedelta(hours=1)) is None
    asked = prompts.by_key(tx, "a", "telegram", "1", me)
    assert asked is not None
    assert asked.settled == "Ja"
    assert waiting(tx, me) == []
    assert not prompts.is_open(tx, "a")


def test_settling_what_does_not_exist_is_nothing(tx: Connection) -> None:
    assert prompts.settle(tx, "gone", "Ja", NOW) is None
    assert not prompts.is_open(tx, "gone")


def test_open_questions_by_person(tx: Connection, rows: Rows) -> None:
    me, other = rows.person("1"), rows.person("2")
    prompts.open_(tx, [
        prompt("mine", me, occasion=True), prompt("settled", me, occasion=True), prompt("dialogue", me),
        prompt("theirs", other, occasion=True, address="2"),
    ])  # fmt: skip
    prompts.settle(tx, "settled", "", NOW)
    assert prompts.open_occasions(tx, [me, other]) == {
        me: {"mine": CheckingIn("BER-001")}, other: {"theirs": CheckingIn("BER-001")}
    }  # fmt: skip


@pytest.mark.parametrize("state", [{"type": "NoSuchState"}, {"type": "CheckingIn", "colour": "red"}, {}])
def test_a_state_of_another_version_is_passed_over(tx: Connection, rows: Rows, state: dict[str, str]) -> None:
    me = rows.person()
    prompts.open_(tx, [prompt("a", me, occasion=True)])
    tx.execute(update(table).values(state=state))
    assert waiting(tx, me) == []
    assert prompts.open_occasions(tx, [me]) == {}


def test_our_message_leads_to_its_prompt(tx: Connection, rows: Rows) -> None:
    me = rows.person()
    prompts.open_(tx, [prompt("a", me), prompt("b", me)])
    for number, key in enumerate(["a", "b", "b"]):
        at = NOW + timedelta(minutes=number)
        messages.remember(tx, "telegram", "1", str(number), at, ours=True, prompt=key)
    messages.remember(tx, "telegram", "1", "theirs", NOW + timedelta(hours=1), ours=False, prompt="b")
    found = prompts.of_message(tx, "telegram", "1", "0")
    assert found is not None
    assert found.key == "a"
    assert prompts.of_message(tx, "telegram", "2", "0") is None
    assert messages.showing(tx, "b") == "2"
    assert messages.showing(tx, "never shown") is None


def test_a_message_remembered_twice_is_there_once(tx: Connection, rows: Rows) -> None:
    prompts.open_(tx, [prompt("a", rows.person()), prompt("b", None)])
    for key in ("a", "b"):
        messages.remember(tx, "telegram", "1", "5", NOW, ours=True, prompt=key)
    assert messages.showing(tx, "a") is None
    assert messages.showing(tx, "b") == "5"


def test_a_moved_chat_takes_its_prompts_and_messages_along(tx: Connection, rows: Rows) -> None:
    prompts.open_(tx, [prompt("a", None), prompt("b", None, address="-100")])
    for address, message, key in (("1", "5", "a"), ("1", "6", "a"), ("-100", "6", "b")):
        messages.remember(tx, "telegram", address, message, NOW, ours=True, prompt=key)
    prompts.move(tx, "telegram", "1", "-100")
    messages.move(tx, "telegram", "1", "-100")
    found = [prompts.of_message(tx, "telegram", "-100", message) for message in ("5", "6")]
    assert [asked and asked.key for asked in found] == ["a", "b"]  # what came under an id at the new address is newer
    assert {asked.key for asked in prompts.waiting(tx, "telegram", "-100", None, NOW, NOW)} == {"a", "b"}
    assert prompts.waiting(tx, "telegram", "1", None, NOW, NOW) == ()


def test_forgetting(tx: Connection, rows: Rows) -> None:
    me = rows.person()
    old = NOW - timedelta(days=90)
    prompts.open_(tx, [
        prompt("stranger", None, address="9", opened_at=old), prompt("young stranger", None, address="8"),
        prompt("dialogue", me, opened_at=old), prompt("question", me, occasion=True, opened_at=old),
    ])  # fmt: skip
    assert prompts.forget_strangers(tx, NOW - WEEK, 10) == 1
    assert prompts.forget_dialogues(tx, NOW - timedelta(days=60), 10) == 1
    assert set(tx.execute(select(table.c.key)).scalars()) == {"young stranger", "question"}
    prompts.forget_chat(tx, "telegram", "8")
    prompts.forget(tx, "question")
    assert tx.execute(select(table.c.key)).all() == []
