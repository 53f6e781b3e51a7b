"""A row leaves: decided again right before, and whatever becomes of it is written down."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.ports import Failed, Gone, Moved, RetryAfter, Sent, Uncertain, Unreachable
from bot.service.delivering import ATTEMPTS, MOST_ATTEMPTS
from bot.store import outbox
from tests.service.looking import Look
from tests.stage import Person, Stage

CHECK_IN = "How is BER-001 getting on?"


Fates = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def anna(stage: Stage) -> Person:
    """Anna, to whom a check-in is on its way: it is in the outbox, and nothing is being sent."""
    anna = stage.maker("Anna")
    stage.delivers = False
    stage.clock.set(stage.next_due)
    stage.ask()
    return anna


@pytest.fixture
def fates(look: Look) -> Fates:
    """State and reason of what the bot started by itself."""
    return lambda: [(state, reason) for kind, state, reason in look("outbox", "stands_for", "state", "reason")
                    if kind != "reply"]  # fmt: skip


def test_what_was_answered_meanwhile_is_not_asked(stage: Stage, anna: Person, fates: Fates) -> None:
    anna.says("on track")  # she knows the question is coming, and is quicker
    stage.deliver()
    assert (outbox.DROPPED, "answered meanwhile") in fates()
    assert not any(CHECK_IN in text for text in anna.hears())
    stage.delivers = True
    stage.jump(days=14)
    assert anna.hears() == []  # it was an answer: no nudge


def test_stopped_before_sending(stage: Stage, anna: Person, fates: Fates) -> None:
    anna.says("/stop")
    stage.deliver()
    assert fates() == [(outbox.DROPPED, "stopped")]
    assert len(anna.hears()) == 1
    stage.delivers = True
    anna.says("/start")
    anna.hears()
    stage.until_asked()
    assert CHECK_IN in anna.hears()[-1]  # she has not been asked yet, so this is no nudge


def test_paused_before_sending_is_asked_after_the_pause(stage: Stage, anna: Person, fates: Fates, look: Look) -> None:
    anna.says("/pause in three weeks")
    until = look("people", "paused_until")[0]
    stage.deliver()
    assert fates() == [(outbox.DROPPED, "paused")]
    assert look("asked", "id") == []
    [due] = look("occasions", "due_at")
    assert due.date() >= until
    assert not any(CHECK_IN in text for text in anna.hears())


def test_too_late_is_asked_anew_the_next_morning_and_once(stage: Stage, anna: Person, fates: Fates, look: Look) -> None:
    stage.clock.advance(timedelta(hours=5))
    stage.deliver()
    assert fates() == [(outbox.DROPPED, "too late")]
    assert look("asked", "id") == []
    assert look("prompts", "occasion").count(True) == 0
    stage.delivers = True
    again = stage.until_asked()
    assert timedelta(hours=12) < again - (stage.clock.now() - timedelta(days=1))
    assert [CHECK_IN in text for text in anna.hears()] == [True]
    assert look("asked", "kind", "round") == [("check_in", 1)]


def test_unreachable_ends_all_sends_until_they_come_back(stage: Stage, anna: Person, fates: Fates, look: Look) -> None:
    stage.platform.next_deliveries = [Unreachable("blocked")]
    stage.deliver()
    assert fates() == [(outbox.UNREACHABLE, "blocked")]
    assert look("accounts", "reachable") == [False]
    stage.delivers = True
    sends = stage.platform.sends
    stage.jump(days=90)
    assert stage.platform.sends == sends
    anna.says("/start")
    assert look("accounts", "reachable") == [True]
    assert "BER-001" in anna.hears()[-1]
    stage.until_asked()
    assert CHECK_IN in anna.hears()[-1]


def test_everything_else_that_waits_for_them_is_unreachable_too(stage: Stage, anna: Person, look: Look) -> None:
    anna.says("/status")
    anna.says("/help")
    stage.platform.next_deliveries = [Unreachable("blocked")]
    stage.deliver()
    assert look("outbox", "state")[-3:] == [outbox.UNREACHABLE] * 3


def test_a_moved_chat_gets_its_message_at_the_new_address(stage: Stage, anna: Person, look: Look) -> None:
    stage.platform.next_deliveries = [Moved("-100")]
    stage.deliver()
    assert look("accounts", "address") == ["-100"]
    assert CHECK_IN in stage.platform.told("-100")[-1].first
    assert look("outbox", "state")[-1] == outbox.SENT


def test_what_was_said_before_a_chat_moved_is_still_understood(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    stage.until_asked()
    question = anna.newest
    stage.platform.next_deliveries = [Moved("-100")]
    anna.says("/help")
    assert set(look("prompts", "address")) == set(look("messages", "address")) == {"-100"}
    anna.address = "-100"
    anna.says("stuck", reply_to=question)
    assert "What is in the way of BER-001?" in stage.platform.told("-100")[-1].first


def test_a_chat_that_moves_to_where_somebody_is_already(stage: Stage, look: Look) -> None:
    anna, there = stage.maker("Anna"), stage.maker("Anna, there")
    stage.platform.next_deliveries = [Moved(there.address)]
    anna.says("/help")
    assert look("accounts", "address", "reachable") == [(anna.address, False), (there.address, True)]
    assert set(look("outbox", "state")) == {outbox.SENT}


def test_uncertain_is_sent_again_and_listed(stage: Stage, anna: Person, engine: Engine, fates: Fates) -> None:
    stage.platform.next_deliveries = [Uncertain("timed out")]
    stage.deliver()
    assert fates() == [(outbox.DEFERRED, "timed out")]
    assert stage.deliver() == []  # not at once
    stage.jump(minutes=1)
    stage.deliver()
    assert fates() == [(outbox.SENT, "")]
    with engine.begin() as tx:
        [listed] = outbox.doubtful(tx)
    assert (listed.channel, listed.stands_for, listed.doubts) == ("telegram", "check_in", 1)


def test_an_uncertain_edit_is_repeated_and_not_listed(stage: Stage, engine: Engine) -> None:
    anna = stage.maker("Anna")
    stage.until_asked()
    question = anna.newest
    stage.platform.next_deliveries = [Sent("reply"), Uncertain("timed out")]
    anna.taps("On track")
    assert question.labels
    stage.jump(minutes=1)
    with engine.begin() as tx:
        assert outbox.doubtful(tx) == []
    assert question.labels == []


def test_after_many_times_it_stays_uncertain_while_others_arrive(stage: Stage, look: Look) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert")
    anna.hears()
    stage.delivers = False
    anna.says("/help")
    number = look("outbox", "id")[-1]
    for _ in range(ATTEMPTS):
        stage.platform.next_deliveries = [Uncertain("timed out")]
        stage.deliver()
        bert.says("/help")
        stage.deliver()
        stage.clock.advance(timedelta(minutes=40))
    states = {row: rest for row, *rest in look("outbox", "id", "state", "reason", "doubts")}
    assert states[number] == [outbox.UNCERTAIN, "timed out", ATTEMPTS]
    assert stage.deliver() == [] and anna.hears() == []


def test_in_an_outage_nothing_is_given_up_and_afterwards_nothing_waits(stage: Stage, look: Look) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert")
    anna.hears(), bert.hears()
    stage.delivers = False
    anna.says("/help")
    bert.says("/help")
    tried = 0
    for _ in range(12 * 6):  # six hours, as far as it is tried at all
        stage.platform.next_deliveries = [Uncertain("timed out")] * 10
        tried += len(stage.deliver())
        stage.clock.advance(timedelta(minutes=5))
    assert 20 < tried < 60
    stage.platform.next_deliveries = []
    stage.jump(minutes=30)
    while stage.deliver():
        pass
    assert len(anna.hears()) == len(bert.hears()) == 1


def test_a_lone_message_that_never_arrives_is_given_up_after_a_day(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    stage.delivers = False
    anna.says("/help")
    stage.platform.next_deliveries = [Uncertain("timed out")] * (MOST_ATTEMPTS + 10)
    hours = 0.0
    while look("outbox", "state")[-1] != outbox.UNCERTAIN:
        stage.deliver()
        stage.clock.advance(timedelta(minutes=15))
        hours += 0.25
    assert 20 < hours < 48
    assert look("outbox", "doubts")[-1] == MOST_ATTEMPTS


def test_a_mistake_of_our_own_is_no_outage(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    stage.delivers = False
    anna.says("/help")
    stage.platform.next_deliveries = [Uncertain("internal error", ours=True)] * ATTEMPTS
    for _ in range(ATTEMPTS):
        stage.deliver()
        stage.clock.advance(timedelta(minutes=40))
    assert look("outbox", "state")[-1] == outbox.UNCERTAIN


def test_failed_is_listed_and_the_rest_flows(stage: Stage, anna: Person, look: Look) -> None:
    anna.says("/status")
    anna.says("/help")
    stage.platform.next_deliveries = [Failed("can't parse entities")]
    stage.deliver()
    assert look("outbox", "state", "reason")[-2] == (outbox.FAILED, "can't parse entities")
    assert len(anna.hears()) == 2


def test_retry_after_is_waited_for(stage: Stage, anna: Person, fates: Fates) -> None:
    stage.platform.next_deliveries = [RetryAfter(30, "flood")]
    stage.deliver()
    assert fates() == [(outbox.DEFERRED, "flood")]
    stage.clock.advance(timedelta(seconds=29))
    assert stage.deliver() == []
    stage.clock.advance(timedelta(seconds=1))
    assert len(stage.deliver()) == 1
    assert fates() == [(outbox.SENT, "")]


def test_gone_leaves_the_row_as_it_is(stage: Stage, anna: Person, fates: Fates) -> None:
    held = stage.lease()
    stage.settle(held, Gone("token revoked"))
    assert fates() == [(outbox.QUEUED, "token revoked")]
    stage.deliver()
    assert fates() == [(outbox.SENT, "")]


@pytest.mark.parametrize("harmless", [False, True])
def test_a_new_owner_sends_again_what_was_on_its_way(
    stage: Stage, anna: Person, engine: Engine, fates: Fates, harmless: bool
) -> None:
    held = stage.lease()
    assert stage.delivering.take_over("telegram", 2, harmless) == (0 if harmless else 1)
    stage.settle(held, Sent("from beyond the grave"))  # the old owner was only slow
    assert fates() == [(outbox.QUEUED, "")]
    again = stage.delivering.lease("telegram", 2, ())
    assert again is not None
    assert again.key == held.key  # the same key: a platform that knows it shows it once
    stage.delivering.settle(again, 2, Sent("17"))
    with engine.begin() as tx:
        assert [row.doubts for row in outbox.doubtful(tx)] == ([] if harmless else [1])


def test_ones_own_leases_are_left_alone(stage: Stage, anna: Person) -> None:
    assert stage.delivering.lease("telegram", 2, ())
    assert stage.delivering.take_over("telegram", 2, repeats_harmless=False) == 0


def test_an_edit_learns_the_number_of_its_message_in_time(stage: Stage, anna: Person, look: Look) -> None:
    """The tap comes in while the send is still unsettled: the row of the edit learns the number at its turn."""
    held = stage.lease()
    anna.says("on track")  # typed: nobody tells us which message it was about
    stage.settle(held, Sent("77"))
    stage.settle(stage.lease(), Sent("78"))  # the reply
    edit = stage.lease()
    assert (edit.action, edit.message_id) == (outbox.EDIT, "77")


def test_an_edit_of_what_was_never_shown_is_dropped(stage: Stage, anna: Person, look: Look) -> None:
    stage.platform.next_deliveries = [Failed("no")]
    stage.deliver()
    anna.says("on track")
    stage.deliver()
    assert (outbox.EDIT, outbox.DROPPED, "never shown") in look("outbox", "action", "state", "reason")


def test_a_file_goes_along_and_is_not_kept(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    anna.says("/my_data")
    attachment = anna.newest.message.attachment
    assert attachment is not None
    assert attachment.mime == "application/json"
    assert b"BER-001" in attachment.content
    assert set(look("outbox", "file_content")) == {None}
