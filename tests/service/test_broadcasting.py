"""Broadcasts: who releases them, who gets them when, and what is told of those who did not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.dialogue.joining import CONSENT_VERSION
from bot.domain.audience import Audience, LeftOut
from bot.domain.broadcast import ALONE, TOO_LATE
from bot.domain.land import Land
from bot.domain.pledge import Standing, Topic
from bot.domain.roles import Role
from bot.ports import Failed, Sent, Uncertain, Unreachable
from bot.store import broadcasts, recipients
from tests.service.looking import Change, Look
from tests.service.test_rights import join_team
from tests.stage import Person, Stage

MORNING = datetime(2025, 7, 10, 8, 0, tzinfo=UTC)
"""A Thursday, at 10 in Berlin: everybody's window is open."""
WORDS = "The bus leaves at five."


def write(person: Person, words: str = WORDS, *taps: str) -> None:
    """Write a broadcast of use for a month, and tap through to the preview and beyond."""
    person.says(f"/announce {words}")
    person.says("in four weeks")
    for tap in ("On to the preview", *taps):
        person.taps(tap)


@pytest.fixture
def olga(stage: Stage) -> Person:
    """Olga, who may write and release."""
    return join_team(stage, "Olga")


@pytest.fixture
def makers(stage: Stage) -> list[Person]:
    """Three people with a pledge, in the morning after the workshop."""
    made = [stage.maker(name) for name in ("Anna", "Bert", "Cem")]
    stage.clock.set(MORNING)
    return made


@pytest.fixture
def states(look: Look) -> Callable[[], list[str]]:
    """The states of all rows of broadcasts."""
    return lambda: sorted(state for key, state in look("outbox", "broadcast_id", "state") if key is not None)


def crowd(change: Change, count: int) -> None:
    """So many more people in the workshop, on SQLite."""
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
    values = {"count": count, "day": "2025-07-09 10:00:00.000000", "version": CONSENT_VERSION}
    for statement in (
        "INSERT INTO people (id, language, zone, weekday, window, created_at) " + numbers
        + "SELECT 1000 + i, 'en', 'Europe/Berlin', 2, 'morning', :day FROM n",
        "INSERT INTO accounts (person_id, channel, address, user, reachable, agreed, created_at) " + numbers
        + "SELECT 1000 + i, 'telegram', CAST(9000 + i AS TEXT), CAST(9000 + i AS TEXT), 1, :version, :day FROM n",
        "INSERT INTO attendances (person_id, workshop_id, at) " + numbers + "SELECT 1000 + i, 1, :day FROM n",
    ):  # fmt: skip
        change(statement, **{name: value for name, value in values.items() if f":{name}" in statement})


def test_everybody_gets_it_once_and_the_card_tells(stage: Stage, olga: Person, makers: list[Person]) -> None:
    write(olga, WORDS, "Release")
    stage.announce()
    for maker in makers:
        assert maker.hears() == ["📣 Werkstatt Berlin\n" + WORDS]
    assert olga.newest.text == f"Done: {WORDS}\nArrived at 3 of 3"
    stage.jump(days=3)
    assert [maker.hears() for maker in makers] == [[], [], []]


def test_the_card_is_edited_in_place(stage: Stage, olga: Person, makers: list[Person]) -> None:
    stage.clock.set(MORNING.replace(hour=18))  # in the evening: it waits for the morning
    write(olga, WORDS, "Release")
    stage.announce()
    card = olga.newest
    assert card.text == f"Under way: {WORDS}\nArrived at 0 of 3\nStill to come: 3"
    olga.hears()
    makers[0].says("/stop")
    stage.announce()
    stage.jump(hours=4)
    assert olga.hears() == []
    stage.until(datetime(2025, 7, 11, 10, tzinfo=UTC))
    assert olga.newest.text == f"Done: {WORDS}\nArrived at 2 of 3\nNot reached: 1 no longer wanted"
    assert card.labels == []


def test_who_is_left_out_is_said_before(stage: Stage, olga: Person, makers: list[Person]) -> None:
    makers[0].says("/stop")
    makers[1].blocks()
    makers[2].says("/pause 1 September")
    stage.maker("Dora")
    write(olga)
    assert "Reached: 1\nLeft out: 1 want no messages, 1 cannot be reached, 1 pause until after that" in (
        olga.newest.text
    )  # fmt: skip


def test_nobody_is_added_after_the_release(stage: Stage, olga: Person, makers: list[Person]) -> None:
    stage.clock.set(MORNING.replace(hour=18))
    write(olga, WORDS, "Release")
    late = stage.maker("Dora")
    stage.jump(days=2)
    assert WORDS not in "".join(late.hears())
    assert WORDS in "".join(makers[0].hears())


def test_whoever_has_had_enough_gets_it_later(stage: Stage, olga: Person, makers: list[Person]) -> None:
    for number in range(3):
        write(olga, f"Number {number}", "Release")
        stage.announce()
    assert makers[0].hears() == ["📣 Werkstatt Berlin\nNumber 0"]
    stage.jump(days=1, hours=4)
    assert makers[0].hears() == ["📣 Werkstatt Berlin\nNumber 1"]
    stage.jump(days=4)
    assert makers[0].hears() == []  # two in seven days
    stage.jump(days=6)
    assert makers[0].hears() == ["📣 Werkstatt Berlin\nNumber 2"]


def test_halted_nothing_leaves_and_resumed_the_rest_does(
    stage: Stage, olga: Person, makers: list[Person], states: Callable[[], list[str]]
) -> None:
    write(olga)
    stage.delivers = False
    olga.taps("Release")
    stage.deliver()
    stage.broadcasting.place()
    assert states() == ["queued"] * 3
    olga.taps("Halt")
    stage.deliver()
    assert states() == ["planned"] * 3
    stage.delivers = True
    stage.jump(hours=5)
    assert [maker.hears() for maker in makers] == [[], [], []]
    olga.taps("Go on")
    stage.jump(days=4)
    assert ["".join(maker.hears()).count(WORDS) for maker in makers] == [1, 1, 1]


def test_cancelled_the_rest_never_leaves(stage: Stage, olga: Person, makers: list[Person]) -> None:
    stage.clock.set(MORNING.replace(hour=18))
    write(olga, WORDS, "Release")
    olga.taps("Stop for good")
    assert olga.newest.text == f"Stopped: {WORDS}\nArrived at 0 of 3\nNot reached: 3 no longer wanted"
    stage.jump(days=3)
    assert [maker.hears() for maker in makers] == [[], [], []]


def test_uncertain_is_never_sent_again_by_itself(
    stage: Stage, olga: Person, makers: list[Person], states: Callable[[], list[str]]
) -> None:
    write(olga, WORDS, "Release")
    stage.delivers = False
    stage.broadcasting.place()
    stage.deliver()
    stage.platform.next_deliveries = []
    stage.delivers = True
    assert states() == ["sent"] * 3
    stage.clock.advance(timedelta(days=8))
    write(olga, "Second")
    stage.delivers = False
    olga.taps("Release")
    stage.deliver()
    stage.broadcasting.place()
    stage.platform.next_deliveries = [Sent("a"), Uncertain("timed out"), Failed("no")]
    stage.deliver()
    assert states() == ["failed", "sent", "sent", "sent", "sent", "uncertain"]
    stage.delivers = True
    stage.jump(hours=1)
    assert states().count("uncertain") == 1
    assert olga.newest.text == (
        "Done: Second\nArrived at 1 of 3\nNot reached: 1 refused by the messenger\nUncertain, perhaps arrived: 1"
    )
    olga.taps("Send the uncertain ones again")
    stage.announce()
    stage.jump(days=1)
    assert states().count("uncertain") == 0
    assert "Arrived at 2 of 3" in olga.newest.text


def test_what_was_on_its_way_at_a_crash_is_uncertain(
    stage: Stage, olga: Person, makers: list[Person], states: Callable[[], list[str]]
) -> None:
    write(olga)
    stage.delivers = False
    olga.taps("Release")
    stage.deliver()
    stage.broadcasting.place()
    held = stage.lease()
    assert stage.delivering.take_over("telegram", 2, repeats_harmless=False) == 0
    stage.settle(held, Sent("too late"))  # the old owner was only slow: its word counts no more
    assert states() == ["queued", "queued", "uncertain"]


def test_on_matrix_a_crash_is_harmless(
    stage: Stage, olga: Person, makers: list[Person], states: Callable[[], list[str]]
) -> None:
    write(olga)
    stage.delivers = False
    olga.taps("Release")
    stage.deliver()
    stage.broadcasting.place()
    stage.lease()
    stage.delivering.take_over("telegram", 2, repeats_harmless=True)
    assert states() == ["queued"] * 3


def test_two_hours_after_its_slot_the_team_is_asked(stage: Stage, olga: Person, makers: list[Person]) -> None:
    stage.clock.set(MORNING.replace(hour=18))
    write(olga, WORDS, "Release")
    stage.announce()
    [first, *_] = makers
    stage.clock.set(stage.broadcasting.next_due() + TOO_LATE + timedelta(days=3))  # type: ignore[operator]
    stage.announce()
    assert first.hears() == []
    assert "Not reached: 3 too late" in olga.newest.text
    olga.taps("Send the late ones")
    stage.jump(days=2)
    assert first.hears() == ["📣 Werkstatt Berlin\n" + WORDS]


@pytest.mark.parametrize(
    ("answer", "arrives"), [("Yes, send it", ["📣 Werkstatt Berlin\n" + WORDS]), ("No, leave it", [])]
)
def test_while_others_still_wait_the_team_is_asked_about_the_late_ones(
    stage: Stage, olga: Person, makers: list[Person], change: Change, answer: str, arrives: list[str]
) -> None:
    change("UPDATE people SET \"window\" = 'evening' WHERE id = 4")  # Cem
    stage.clock.set(MORNING.replace(hour=18, minute=30))
    write(olga, WORDS, "Release")
    stage.announce()
    olga.hears()
    stage.sleeps(hours=19)  # the morning goes by without the bot; the evening is still to come
    stage.announce()
    assert olga.hears() == [f"Under way: {WORDS}\n2 people could not get it in time. Shall I still send it?"]
    stage.announce()
    assert olga.hears() == []
    olga.taps(answer)
    stage.jump(days=4)
    anna, _, cem = makers
    assert anna.hears() == arrives
    assert cem.hears() == ["📣 Werkstatt Berlin\n" + WORDS]


def test_somebody_who_blocks_meanwhile_is_told_as_such(stage: Stage, olga: Person, makers: list[Person]) -> None:
    write(olga, WORDS)
    stage.delivers = False
    olga.taps("Release")
    stage.deliver()
    stage.broadcasting.place()
    stage.platform.next_deliveries = [Unreachable("blocked")]
    stage.deliver()
    stage.delivers = True
    stage.announce()
    assert "Arrived at 2 of 3\nNot reached: 1 not reachable" in olga.newest.text


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
class TestRelease:
    """Above a hundred people somebody else releases it, or its author thinks twice."""

    @pytest.fixture
    def many(self, change: Change) -> None:
        crowd(change, ALONE + 1)

    def test_by_somebody_else(self, stage: Stage, olga: Person, many: None, look: Look) -> None:
        rita = join_team(stage, "Rita", Role.RELEASER)
        write(olga, WORDS, "Ask for release")
        assert "That goes to 101 people." in olga.newest.text
        assert rita.hears() == [
            "📣 Werkstatt Berlin\n" + WORDS,
            "Somebody of your team wants to send this to 101 people. May it leave?",
        ]
        rita.taps("Release")
        assert look("outbox", "broadcast_id").count(1) == ALONE + 1
        assert olga.newest.text.startswith("Under way:")
        assert ("announcement release", 1, "announcement 1") in look("audit", "action", "workshop_id", "subject")
        assert rita.hears()[-1] == "Released. How it goes is told to whoever wrote it."

    def test_refused(self, stage: Stage, olga: Person, many: None, look: Look) -> None:
        rita = join_team(stage, "Rita", Role.RELEASER)
        write(olga, WORDS, "Ask for release")
        rita.taps("Do not release")
        assert olga.hears()[-1] == f"Somebody of your team did not release this announcement: {WORDS}"
        assert set(look("outbox", "broadcast_id")) == {None}

    def test_by_its_author_after_ten_minutes(self, stage: Stage, olga: Person, many: None, look: Look) -> None:
        write(olga, WORDS, "Ask for release")
        olga.says("101")
        assert "possible from 14:10 on" in olga.hears()[-1]
        stage.clock.advance(timedelta(minutes=10))
        olga.says("100")
        assert olga.hears() == ["That is not the number. It goes to 101 people."]
        assert set(look("outbox", "broadcast_id")) == {None}
        olga.says("101")
        assert olga.newest.text.startswith("Under way:")

    def test_who_only_writes_releases_nothing(self, stage: Stage, many: None, look: Look) -> None:
        wolf = join_team(stage, "Wolf", Role.WRITER)
        write(wolf, WORDS, "Ask for release")
        stage.clock.advance(timedelta(minutes=11))
        wolf.says("101")
        assert wolf.hears()[-1] == "Somebody else has to release this announcement."
        assert set(look("outbox", "broadcast_id")) == {None}

    def test_urgent_always_needs_two(self, stage: Stage, olga: Person, makers: list[Person]) -> None:
        rita = join_team(stage, "Rita", Role.RELEASER)
        stage.clock.set(MORNING)
        write(olga, "First", "Release")
        stage.announce()
        write(olga, WORDS, "Urgent", "Ask for release")
        olga.says("3")
        assert makers[0].hears() == ["📣 Werkstatt Berlin\nFirst"]
        rita.taps("Release")
        stage.announce()
        assert makers[0].hears() == ["📣 Werkstatt Berlin\n" + WORDS]  # a second one on this day


def test_a_correction_changes_what_was_sent_and_what_is_to_come(
    stage: Stage, olga: Person, makers: list[Person]
) -> None:
    write(olga, WORDS, "Release")
    stage.announce()
    olga.taps("Correct")
    olga.says("The bus leaves at six.")
    stage.announce()
    assert [maker.newest.text for maker in makers] == ["📣 Werkstatt Berlin\nThe bus leaves at six."] * 3
    assert olga.newest.text == "Correction done: The bus leaves at six.\nCorrected at 3 of 3"


def test_a_recall_deletes_what_was_sent(stage: Stage, olga: Person, makers: list[Person]) -> None:
    write(olga, WORDS, "Release")
    stage.announce()
    olga.taps("Take back")
    olga.taps("Yes, delete")
    stage.announce()
    assert [WORDS in shown.text for maker in makers for shown in maker.chat].count(True) == 0
    assert olga.newest.text == f"Taken back: {WORDS}\nDeleted at 3 of 3"


def test_a_recall_says_what_it_cannot_reach(stage: Stage, olga: Person, makers: list[Person], change: Change) -> None:
    change("INSERT INTO channels (name, platform, handle) VALUES ('telegram', 'telegram', 'bot')")
    write(olga, WORDS, "Release")
    stage.announce()
    stage.clock.advance(timedelta(hours=49))
    olga.taps("Take back")
    assert olga.newest.text.startswith("Delete it at 0 of 3?\nThe others got it more than 48 hours ago")


def test_a_repeated_release_is_nothing_new(stage: Stage, olga: Person, makers: list[Person], engine: Engine) -> None:
    write(olga, WORDS, "Release")
    stage.announce()
    with engine.begin() as tx:
        broadcast = broadcasts.by_id(tx, 1)
        assert broadcast is not None
        assert recipients.queue(tx, broadcast, CONSENT_VERSION, MORNING.date(), MORNING) == 0


@pytest.mark.parametrize(
    ("audience", "count"),
    [
        (Audience((1,)), 3),
        (Audience((2,)), 0),
        (Audience((1,), laender=(Land.BE,)), 2),
        (Audience((1,), laender=(Land.BE, Land.BY)), 3),
        (Audience((1,), topics=(Topic.HEALTH,)), 1),
        (Audience((1,), standings=(Standing.STUCK,)), 1),
        (Audience((1,), standings=(Standing.STUCK,), laender=(Land.BE,)), 0),
        (Audience((1,), unanswered=True), 2),
        (Audience((1,), platforms=("matrix",)), 0),
    ],
)
def test_an_audience(
    stage: Stage, makers: list[Person], engine: Engine, change: Change, audience: Audience, count: int
) -> None:
    change("UPDATE pledges SET land = 'BY', standing = 'stuck' WHERE reference = 'BER-001'")
    change("UPDATE pledges SET topic = 'Gesundheit' WHERE reference = 'BER-002'")
    with engine.begin() as tx:
        reach = recipients.reach(tx, audience, CONSENT_VERSION, MORNING.date())
        assert reach.reached == count
        assert reach.left_out == {}
        if count == 3:
            outdated = recipients.reach(tx, audience, "another version", MORNING.date())
            assert outdated.left_out == {LeftOut.NOT_AGREED: 3}
