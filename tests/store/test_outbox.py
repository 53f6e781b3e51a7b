"""The order in which rows leave, who may settle them, and what is left of them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from bot.dialogue.message import Attachment, Choice
from bot.store import channels, outbox
from bot.store.outbox import Letter
from bot.store.tables import outbox as table
from tests.store.rows import NOW, Rows

LATER = NOW + timedelta(hours=1)


def letter(key: str, address: str = "1", **more: object) -> Letter:
    return replace(Letter(key, "telegram", address, None, f"text of {key}", NOW), **more)  # type: ignore[arg-type]


def post(tx: Connection, *letters: Letter) -> None:
    outbox.post(tx, letters)


def due(tx: Connection, busy: Collection[str] = (), real_now: float = 0.0) -> str | None:
    found = outbox.next_due(tx, "telegram", NOW, real_now, busy)
    return found.key if found else None


def sent_in_order(tx: Connection) -> list[str]:
    """Send everything, one after the other; the keys in that order."""
    keys = []
    while found := outbox.next_due(tx, "telegram", NOW, 0.0, ()):
        outbox.lease(tx, found.id, 1)
        assert outbox.settle(tx, found, 1, state=outbox.SENT)
        keys.append(found.key)
    return keys


def leased(tx: Connection, epoch: int = 1) -> Letter:
    found = outbox.next_due(tx, "telegram", NOW, 0.0, ())
    assert found is not None
    outbox.lease(tx, found.id, epoch)
    return found


def states(tx: Connection) -> dict[str, str]:
    return {row.key: row.state for row in tx.execute(select(table.c.key, table.c.state))}


def test_a_letter_comes_out_as_it_went_in(tx: Connection, rows: Rows) -> None:
    put = letter(
        "a", person_id=rows.person(), stands_for="check_in", action=outbox.EDIT, choices=(Choice("yes", "Ja 🟢"),),
        prompt="p1", quiet=True, file=Attachment("x.json", "application/json", b"\x00\xff"), useless_after=LATER,
        keep=False, message_id="17",
    )  # fmt: skip
    post(tx, put)
    found = outbox.next_due(tx, "telegram", NOW, 0.0, ())
    assert found == replace(put, id=found.id if found else 0)


def test_replies_leave_first_then_by_urgency_then_by_age(tx: Connection) -> None:
    kinds = ["nudge", "check_in", "outcome", "reply", "reminder", "check_in"]
    post(tx, *(letter(f"{number} {kind}", str(number), stands_for=kind) for number, kind in enumerate(kinds)))
    assert sent_in_order(tx) == ["3 reply", "2 outcome", "4 reminder", "1 check_in", "5 check_in", "0 nudge"]


def test_the_reply_leaves_before_the_old_question_shows_its_answer(tx: Connection) -> None:
    edit = {"action": outbox.EDIT, "message_id": "7"}
    post(tx, letter("edit 1", **edit), letter("reply 1"), letter("edit 2", **edit), letter("reply 2"))
    post(tx, letter("check-in", "2", stands_for="check_in"))
    assert sent_in_order(tx) == ["reply 1", "reply 2", "edit 1", "edit 2", "check-in"]


def test_in_a_lively_chat_only_changes_wait(tx: Connection) -> None:
    post(tx, letter("edit", "a", action=outbox.EDIT, message_id="7"))
    assert outbox.next_due(tx, "telegram", NOW, 0.0, (), {"a"}) is None
    post(tx, letter("reply", "a"))
    found = outbox.next_due(tx, "telegram", NOW, 0.0, (), {"a"})
    assert found is not None and found.key == "reply"


def test_an_owner_that_was_overtaken_leases_nothing(tx: Connection) -> None:
    post(tx, letter("a"))
    row = outbox.next_due(tx, "telegram", NOW, 0.0, ())
    assert row is not None
    for epoch in (1, 2):
        channels.take_over(tx, "channel:telegram", f"worker {epoch}", NOW)
    channels.take_over(tx, "channel:other", "somebody", NOW)
    assert not outbox.lease(tx, row.id, 1)
    assert outbox.lease(tx, row.id, 2)
    assert not outbox.lease(tx, row.id, 2)  # it is on its way already


def test_the_order_of_one_chat_is_kept(tx: Connection) -> None:
    post(tx, letter("a1", "a"), letter("b1", "b"), letter("a2", "a"))
    first = leased(tx)
    assert first.key == "a1"
    outbox.settle(tx, first, 1, state=outbox.DEFERRED, retry_at=50.0)
    assert sent_in_order(tx) == ["b1"]  # a2 waits for a1, though nothing holds a2 itself back
    assert due(tx, real_now=50.0) == "a1"


def test_a_reply_does_not_wait_for_a_question_that_is_held_back(tx: Connection) -> None:
    post(tx, letter("question", stands_for="check_in"), letter("reply"))
    assert due(tx) == "reply"


def test_what_comes_later_holds_nothing_back(tx: Connection) -> None:
    post(tx, letter("tomorrow", due_at=NOW + timedelta(days=1)), letter("now"))
    assert due(tx) == "now"
    assert outbox.next_due(tx, "matrix", NOW, 0.0, ()) is None


def test_never_two_to_one_chat(tx: Connection) -> None:
    post(tx, letter("a1", "a"), letter("a2", "a"), letter("b1", "b"))
    assert leased(tx).key == "a1"
    assert leased(tx).key == "b1"
    assert due(tx) is None


def test_busy_chats_are_left_alone(tx: Connection) -> None:
    post(tx, letter("a1", "a"), letter("b1", "b"))
    assert due(tx, busy={"a"}) == "b1"
    assert due(tx, busy={"a", "b"}) is None


def test_retry_at_is_waited_for_in_real_time(tx: Connection) -> None:
    post(tx, letter("a"))
    outbox.settle(tx, leased(tx), 1, state=outbox.DEFERRED, retry_at=100.5)
    assert due(tx, real_now=100.0) is None
    assert due(tx, real_now=100.5) == "a"


def test_a_key_is_posted_once(tx: Connection) -> None:
    post(tx, letter("a"))
    with pytest.raises(IntegrityError), tx.begin_nested():
        post(tx, letter("a"))


def test_attempts_count_leases(tx: Connection) -> None:
    post(tx, letter("a"))
    for _ in range(3):
        outbox.settle(tx, leased(tx), 1, state=outbox.DEFERRED)
    found = outbox.next_due(tx, "telegram", NOW, 0.0, ())
    assert found is not None
    assert found.attempts == 3


def test_a_stale_epoch_settles_nothing(tx: Connection) -> None:
    post(tx, letter("a"))
    held = leased(tx, epoch=1)
    outbox.put_back(tx, outbox.left_behind(tx, "telegram", 2)[0], doubtful=True)
    assert not outbox.settle(tx, held, 1, state=outbox.SENT)  # put back: nobody's
    again = leased(tx, epoch=2)
    assert not outbox.settle(tx, held, 1, state=outbox.FAILED)  # the other's
    assert states(tx) == {"a": outbox.SENDING}
    assert outbox.settle(tx, again, 2, state=outbox.SENT)
    assert not outbox.settle(tx, again, 2, state=outbox.FAILED)  # done with
    assert states(tx) == {"a": outbox.SENT}


def test_a_stale_epoch_does_not_delete_a_row_that_is_not_kept(tx: Connection) -> None:
    post(tx, letter("a", keep=False))
    held = leased(tx, epoch=1)
    assert not outbox.settle(tx, held, 2, state=outbox.SENT)
    assert states(tx) == {"a": outbox.SENDING}


def test_left_behind_is_what_earlier_owners_were_sending(tx: Connection) -> None:
    post(tx, letter("a", "a"), letter("b", "b"), letter("c", "c"))
    leased(tx, epoch=1)
    leased(tx, epoch=2)
    assert [left.key for left in outbox.left_behind(tx, "telegram", 2)] == ["a"]
    assert [left.key for left in outbox.left_behind(tx, "telegram", 3)] == ["a", "b"]
    assert outbox.left_behind(tx, "matrix", 3) == []


@pytest.mark.parametrize("doubtful", [True, False])
def test_what_may_have_arrived_is_listed(tx: Connection, rows: Rows, doubtful: bool) -> None:
    person = rows.person()
    post(tx, letter("a", person_id=person))
    leased(tx)
    outbox.put_back(tx, outbox.left_behind(tx, "telegram", 2)[0], doubtful=doubtful)
    assert sent_in_order(tx) == ["a"]
    listed = [(row.person_id, row.stands_for, row.doubts) for row in outbox.doubtful(tx)]
    assert listed == ([(person, "reply", 1)] if doubtful else [])


@pytest.mark.parametrize("state", [outbox.SENT, outbox.FAILED, outbox.UNCERTAIN, outbox.UNREACHABLE])
def test_rows_that_are_not_kept_go_when_they_are_done_with(tx: Connection, state: str) -> None:
    post(tx, letter("stranger", "a", keep=False), letter("known", "b"))
    outbox.settle(tx, leased(tx), 1, state=state)
    outbox.settle(tx, leased(tx), 1, state=state)
    assert states(tx) == {"known": state}


@pytest.mark.parametrize("state", [outbox.SENT, outbox.UNCERTAIN, outbox.UNREACHABLE])
def test_of_a_stranger_who_may_have_got_it_twice_only_the_count_is_left(tx: Connection, state: str) -> None:
    post(tx, letter("stranger", "7654321", keep=False, prompt="p1", choices=(Choice("yes", "Ja"),)))
    outbox.settle(tx, leased(tx), 1, state=outbox.DEFERRED, doubts=1)
    if state == outbox.UNREACHABLE:
        outbox.unreachable(tx, "telegram", "7654321", "blocked")
    else:
        outbox.settle(tx, leased(tx), 1, state=state, message_id="17")
    [row] = tx.execute(select(table)).all()
    assert (row.channel, row.state, row.doubts) == ("telegram", state, 1)
    assert (row.address, row.text, row.choices, row.prompt, row.message_id) == ("", "", [], None, None)
    assert [listed.id for listed in outbox.doubtful(tx)] == [row.id]


def test_rows_that_are_not_kept_stay_while_they_wait(tx: Connection) -> None:
    post(tx, letter("stranger", keep=False))
    outbox.settle(tx, leased(tx), 1, state=outbox.DEFERRED)
    assert due(tx) == "stranger"


def test_a_dropped_row_says_why_or_is_gone(tx: Connection) -> None:
    post(tx, letter("stranger", "a", keep=False), letter("known", "b"))
    for address in ("a", "b"):
        found = outbox.next_due(tx, "telegram", NOW, 0.0, {"a", "b"} - {address})
        assert found is not None
        outbox.drop(tx, found, "answered meanwhile")
    assert tx.execute(select(table.c.key, table.c.state, table.c.reason)).all() == [
        ("known", outbox.DROPPED, "answered meanwhile")
    ]


def test_files_are_not_kept_longer_than_needed(tx: Connection) -> None:
    post(tx, letter("a", file=Attachment("x.json", "application/json", b"{}")))
    held = leased(tx)
    outbox.settle(tx, held, 1, state=outbox.DEFERRED)
    assert leased(tx).file == held.file
    outbox.settle(tx, held, 1, state=outbox.SENT)
    assert tx.execute(select(table.c.file_content)).scalar_one() is None


def test_unreachable_takes_all_that_waits_for_the_chat(tx: Connection) -> None:
    post(tx, letter("sending", "a"), letter("waiting", "a"), letter("stranger", "a", keep=False), letter("other", "b"))
    leased(tx)
    outbox.unreachable(tx, "telegram", "a", "blocked")
    assert states(tx) == {
        "sending": outbox.SENDING, "waiting": outbox.UNREACHABLE, "other": outbox.QUEUED
    }  # fmt: skip


def test_a_moved_chat_takes_its_letters_along(tx: Connection) -> None:
    post(tx, letter("a", "old"), letter("b", "old"), letter("c", "other"))
    outbox.settle(tx, leased(tx), 1, state=outbox.SENT)
    outbox.move(tx, "telegram", "old", "new")
    assert tx.execute(select(table.c.address).order_by(table.c.id)).scalars().all() == ["old", "new", "other"]


def test_stop_drops_questions_and_not_replies(tx: Connection, rows: Rows) -> None:
    me, other = rows.person("1"), rows.person("2")
    post(
        tx,
        letter("question", person_id=me, stands_for="check_in"),
        letter("reply", person_id=me),
        letter("theirs", "2", person_id=other, stands_for="check_in"),
    )
    outbox.drop_waiting(tx, me, "stopped")
    assert states(tx) == {"question": outbox.DROPPED, "reply": outbox.QUEUED, "theirs": outbox.QUEUED}


def test_counts(tx: Connection) -> None:
    post(tx, letter("a", "a"), letter("b", "b"), letter("c", "c"))
    outbox.settle(tx, leased(tx), 1, state=outbox.SENT)
    assert outbox.counts(tx) == {("telegram", outbox.SENT): 1, ("telegram", outbox.QUEUED): 2}


def test_old_rows_are_forgotten_unless_somebody_has_to_look_at_them(tx: Connection) -> None:
    old = NOW - timedelta(days=100)
    names = ["sent", "doubted", "failed", "waiting", "new"]
    post(tx, *(letter(name, name, due_at=NOW if name == "new" else old) for name in names))
    for state, more in (("sent", {}), ("sent", {"doubts": 1}), ("failed", {})):
        outbox.settle(tx, leased(tx), 1, state=state, **more)
    assert outbox.forget_before(tx, NOW - timedelta(days=90), 10) == 1
    assert set(states(tx)) == {"doubted", "failed", "waiting", "new"}
