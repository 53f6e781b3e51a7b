"""The sender: in order, a few at once, and whatever the platform or the database does."""

import asyncio

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.ports import Failed, Gone, RetryAfter, Sent, Uncertain
from bot.service.installation import Installation
from bot.store import outbox
from scheduler.sending import AT_ONCE
from tests.scheduler.desk import NOW, Desk, Scripted


async def test_everything_leaves_once_and_each_chat_in_its_order(desk: Desk, channel: Scripted) -> None:
    texts = [f"{chat} {number}" for number in range(3) for chat in "abcdefghij"]
    desk.post(*texts)
    desk.start()
    await desk.until_done(texts)
    assert sorted(channel.texts) == sorted(texts)
    for chat in "abcdefghij":
        assert [sent for sent in channel.texts if sent[0] == chat] == [f"{chat} {number}" for number in range(3)]
    assert not channel.two_to_one_chat
    assert set(desk.states().values()) == {outbox.SENT}


async def test_no_more_than_eight_at_once_and_never_two_to_one_chat(desk: Desk, channel: Scripted) -> None:
    channel.open.clear()
    desk.post(*(f"{number} {turn}" for turn in range(2) for number in range(AT_ONCE + 5)))
    desk.start()
    await desk.until(lambda: len(channel.flying) == AT_ONCE)
    await desk.settled()
    assert channel.most == AT_ONCE
    channel.open.set()
    await desk.until_done(desk.states())
    assert channel.most == AT_ONCE
    assert not channel.two_to_one_chat


async def test_a_slow_chat_holds_nobody_else(desk: Desk, channel: Scripted) -> None:
    channel.open.clear()
    desk.post("a 1")
    desk.start()
    await desk.until(lambda: channel.flying == ["a"])
    desk.post("a 2", "b 1")
    await desk.until(lambda: "b" in channel.flying)
    assert channel.texts == ["a 1", "b 1"]


async def test_edits_and_retractions(desk: Desk, channel: Scripted) -> None:
    desk.post("a new words", action=outbox.EDIT, message_id="17")
    desk.post("b", action=outbox.RETRACT, message_id="18")
    desk.start()
    await desk.until_done(["a new words", "b"])
    assert sorted(channel.calls) == [("edit 17", "a new words"), ("retract 18", "")]


async def test_429_holds_the_whole_channel(desk: Desk, channel: Scripted) -> None:
    channel.answer = lambda text: RetryAfter(3600, "flood", whole_channel=True)
    desk.post("a 1", "b 1", "c 1")
    desk.start()
    await desk.until(lambda: desk.states()["a 1"] == outbox.DEFERRED)
    tried = len(channel.calls)  # perhaps one more had left before the answer came
    channel.answer = lambda text: Sent()
    desk.sender.wake()
    await desk.settled()
    await desk.settled()
    assert len(channel.calls) == tried < 3
    assert desk.states()["c 1"] == outbox.QUEUED
    assert await desk.end() is None  # and it can be stopped in the middle of an hour's wait


async def test_after_a_429_everything_is_sent(desk: Desk, channel: Scripted) -> None:
    refusals = [RetryAfter(0.01, "flood", whole_channel=True)] * 2
    channel.answer = lambda text: refusals.pop() if refusals else Sent()
    desk.post("a 1", "b 1", "c 1")
    desk.start()
    await desk.until_done(["a 1", "b 1", "c 1"])
    assert set(desk.states().values()) == {outbox.SENT}


async def test_a_wait_for_one_chat_holds_only_that_chat(desk: Desk, channel: Scripted) -> None:
    channel.answer = lambda text: RetryAfter(3600, "slow mode") if text == "a 1" else Sent()
    desk.post("a 1", "a 2", "b 1", "b 2")
    desk.start()
    await desk.until_done(["b 1", "b 2"])
    assert desk.states() == {"a 1": "deferred", "a 2": "queued", "b 1": "sent", "b 2": "sent"}


async def test_gone_ends_the_channel_and_keeps_what_waits(desk: Desk, channel: Scripted) -> None:
    channel.per_second = 20.0
    channel.answer = lambda text: Gone("the token is revoked")
    desk.post("a 1", "b 1", "c 1")
    desk.start()
    assert await desk.running == Gone("the token is revoked")
    assert set(desk.states().values()) == {outbox.QUEUED}


async def test_stop_waits_for_what_is_on_its_way_and_takes_no_more(desk: Desk, channel: Scripted) -> None:
    channel.open.clear()
    desk.post("a 1")
    desk.start()
    await desk.until(lambda: channel.flying == ["a"])
    desk.sender.stop()
    await desk.settled()  # it may have been looking for a row just now
    desk.post("b 1")
    await desk.settled()
    assert not desk.running.done()
    channel.open.set()
    assert await desk.running is None
    assert desk.states() == {"a 1": outbox.SENT, "b 1": outbox.QUEUED}


async def test_a_bug_in_an_adapter_is_an_unknown_fate_and_the_rest_flows(desk: Desk, channel: Scripted) -> None:
    def answer(text: str) -> Sent:
        if text == "a 1":
            raise ZeroDivisionError("something of what was written")
        return Sent()

    channel.answer = answer
    desk.post("a 1", "b 1")
    with capture_logs() as log:
        desk.start()
        await desk.until_done(["b 1"])
        await desk.until(lambda: desk.states()["a 1"] == outbox.DEFERRED)
    [failed] = log
    assert (failed["event"], failed["problem"]) == ("send_failed", "ZeroDivisionError")
    assert "test_sending.py" in failed["trace"]
    assert "something" not in str({**failed, "trace": failed["trace"].replace('"something of what was written"', "")})
    with desk.engine.begin() as tx:
        assert [(row.doubts, row.stands_for) for row in outbox.doubtful(tx)] == [(1, "reply")]


async def test_what_fails_is_over_and_the_rest_flows(desk: Desk, channel: Scripted) -> None:
    channel.answer = lambda text: Failed("can't parse") if text == "a 1" else Sent()
    desk.post("a 1", "a 2")
    desk.start()
    await desk.until_done(["a 1", "a 2"])
    assert desk.states() == {"a 1": outbox.FAILED, "a 2": outbox.SENT}


async def test_what_was_sent_while_the_database_was_away_is_recorded_later(desk: Desk, channel: Scripted) -> None:
    """And it is not sent again."""

    def rename(old: str, new: str) -> None:
        with desk.engine.begin() as tx:
            tx.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))

    channel.open.clear()
    desk.post("a 1", "b 1")
    desk.start()
    await desk.until(lambda: len(channel.flying) == 2)
    with capture_logs() as log:
        rename("outbox", "away")
        channel.open.set()
        await desk.until(lambda: bool(log))
        await desk.settled()
        assert channel.flying == []
        rename("away", "outbox")
        await desk.until_done(["a 1", "b 1"])
        await desk.until(lambda: len(log) > 1)
    assert channel.texts == ["a 1", "b 1"]
    assert [entry["event"] for entry in log] == ["outbox_unavailable", "outbox_available"]


async def test_what_cannot_be_recorded_holds_up_only_its_own_chat(desk: Desk, channel: Scripted) -> None:
    """Where a bug is met in one row, the others are recorded each on its own."""
    senseless = RetryAfter("soon", "a bug in an adapter")  # type: ignore[arg-type]
    channel.answer = lambda text: senseless if text == "a 1" else Sent()
    channel.open.clear()
    desk.post("a 1", "b 1", "c 1")
    desk.start()
    await desk.until(lambda: len(channel.flying) == 3)
    with capture_logs() as log:
        channel.open.set()
        await desk.until_done(["b 1", "c 1"])
        desk.post("d 1")
        await desk.until_done(["d 1"])
        await desk.end()
    assert desk.states()["a 1"] == outbox.SENDING  # until the next owner: nobody knows what became of it
    assert "recording_failed" in {entry["event"] for entry in log}


async def test_without_a_database_it_begins_later(desk: Desk, channel: Scripted) -> None:
    desk.post("a 1")
    with capture_logs() as log:
        with desk.engine.begin() as tx:
            tx.execute(text("ALTER TABLE outbox RENAME TO away"))
        desk.start()
        await desk.until(lambda: bool(log))
        for _ in range(5):
            await desk.settled()
        assert not desk.running.done()
        with desk.engine.begin() as tx:
            tx.execute(text("ALTER TABLE away RENAME TO outbox"))
        await desk.until_done(["a 1"])
    assert [entry["event"] for entry in log] == ["outbox_unavailable", "outbox_available"]


async def test_without_a_database_it_can_be_stopped(desk: Desk, channel: Scripted) -> None:
    with desk.engine.begin() as tx:
        tx.execute(text("ALTER TABLE outbox RENAME TO away"))
    with capture_logs() as log:
        desk.start()
        await desk.until(lambda: bool(log))
        assert await desk.end() is None
    with desk.engine.begin() as tx:
        tx.execute(text("ALTER TABLE away RENAME TO outbox"))


async def test_a_quick_person_waits_for_replies_only(desk: Desk, channel: Scripted) -> None:
    """The burst that a chat may get is spent on what comes next; old questions show their answers afterwards."""
    desk.post("a edit 1", "a edit 2", action=outbox.EDIT, message_id="17")
    desk.post("a 1", "a 2")
    desk.start()
    await desk.until_done(["a 1", "a 2"])
    assert channel.texts == ["a 1", "a 2"]
    await desk.until_done(["a edit 1", "a edit 2"])
    assert channel.texts == ["a 1", "a 2", "a edit 1", "a edit 2"]


async def test_what_an_earlier_owner_had_on_its_way_is_sent_first_of_all(desk: Desk, channel: Scripted) -> None:
    desk.post("a 1", "b 1")
    with desk.engine.begin() as tx:
        tx.execute(text("UPDATE outbox SET state = 'sending', epoch = 0 WHERE text = 'b 1'"))
    desk.start()
    await desk.until_done(["a 1", "b 1"])
    with desk.engine.begin() as tx:
        assert [row.doubts for row in outbox.doubtful(tx)] == [1]


async def test_an_owner_that_was_overtaken_records_nothing(
    installation: Installation, desk: Desk, channel: Scripted
) -> None:
    """It was only slow, and another has taken the channel over."""
    channel.open.clear()
    desk.post("a 1")
    desk.start()
    await desk.until(lambda: channel.flying == ["a"])
    successor = Desk(installation, Scripted(), epoch=2)
    successor.start()
    await successor.until_done(["a 1"])
    channel.answer = lambda text: Uncertain("too slow")
    channel.open.set()
    await desk.end()
    await successor.end()
    successor.database.close()
    with desk.engine.begin() as tx:
        [row] = outbox.doubtful(tx)
    assert (row.doubts, desk.states()) == (1, {"a 1": outbox.SENT})


async def test_what_was_several_messages_is_taken_back_as_several(desk: Desk, channel: Scripted) -> None:
    with desk.engine.begin() as tx:
        outbox.post(tx, [outbox.Letter("a", "telegram", "a", None, "a", NOW, message_id="8", parts=("6", "7"),
                                       action=outbox.RETRACT)])  # fmt: skip
    desk.start()
    await desk.until_done(["a"])
    assert [what for what, _ in channel.calls] == ["retract 6", "retract 7", "retract 8"]


async def test_rows_of_another_process_are_found_without_being_told(desk: Desk, channel: Scripted) -> None:
    desk.start()
    await desk.settled()
    with desk.engine.begin() as tx:
        outbox.post(tx, [outbox.Letter("a", "telegram", "a", None, "a", NOW)])
    await desk.until_done(["a"])


async def test_nothing_is_lost_or_repeated_while_more_comes_in(desk: Desk, channel: Scripted) -> None:
    texts = [f"{number % 10} {number}" for number in range(20)]
    desk.start()
    for text_ in texts:
        desk.post(text_)
        await asyncio.sleep(0)
    await desk.until_done(texts)
    assert sorted(channel.texts) == sorted(texts)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_a_burst_to_one_chat_does_not_stop_the_others(desk: Desk, channel: Scripted) -> None:
    desk.post(*(f"a {number}" for number in range(6)), "b 1")
    desk.start()
    await desk.until_done(["b 1"])
    assert channel.texts.index("b 1") <= 4
