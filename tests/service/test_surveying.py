"""The installation at a glance."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.ports import Failed, Uncertain, Unreachable
from bot.service.surveying import ERASED, SILENT, Surveying
from bot.store import channels, inbox
from bot.store.tables import outbox


def survey(stage):
    return Surveying(stage.installation).survey()


def test_nothing_yet(installation) -> None:
    found = Surveying(installation).survey()
    assert (found.workshops, found.people, found.queue, found.next_due) == ((), 0, {}, None)


def test_pledges_by_what_is_known_of_them(stage) -> None:
    anna, _, cem = (stage.maker(name, f"{name} tut etwas") for name in ("Anna", "Bert", "Cem"))
    assert survey(stage).next_due is not None
    stage.jump(days=60)
    anna.taps("On track")
    cem.says("/delete")
    cem.taps("Yes, erase everything")
    found = survey(stage)
    [berlin] = found.workshops
    assert berlin.workshop.letters == "BER"
    assert (berlin.joined, found.people) == (2, 2)
    assert berlin.stages == {"running": 2, "erased": 1}
    assert berlin.standings == {"on_track": 1, SILENT: 1}
    stage.jump(days=300)
    [berlin] = survey(stage).workshops
    assert berlin.stages == {"closed": 2, "erased": 1}
    assert berlin.outcomes == {SILENT: 2}


def test_an_erased_import_stays_a_bare_count(stage, change) -> None:
    anna = stage.maker("Anna")
    change('UPDATE pledges SET imported = \'{"text": "Geheimsache"}\'')
    anna.says("/delete")
    anna.taps("Yes, erase everything")
    [berlin] = survey(stage).workshops
    assert berlin.stages == {ERASED: 1}


def test_people_who_hear_nothing(stage) -> None:
    stage.maker("Anna").says("stop")
    stage.maker("Bert").blocks()
    stage.maker("Cem")
    found = survey(stage)
    assert (found.people, found.stopped, found.unreachable) == (3, 1, 1)


def test_open_calls_for_help(stage) -> None:
    anna = stage.maker("Anna")
    stage.until_asked()
    anna.taps("Stuck")
    anna.says("The permit is missing")
    anna.taps("Yes, please help")
    [call] = survey(stage).calls
    assert (call.reference, call.wanted) == ("BER-001", True)


def test_messages_nobody_can_be_sure_of_are_listed_once(stage) -> None:
    anna = stage.maker("Anna")
    for delivery in (Uncertain("cut off"), Failed("refused"), Unreachable("blocked")):
        stage.platform.next_deliveries = [delivery]
        anna.says("/help")
        stage.jump(minutes=10)
    found = survey(stage)
    assert [(doubt.what, doubt.reason) for doubt in found.doubts] == [("failed", "refused"), ("perhaps_twice", "")]
    assert set(found.queue["telegram"]) >= {"sent", "failed", "unreachable"}


def test_a_stranger_who_may_have_been_asked_twice_is_counted(stage) -> None:
    eve = stage.person("Eve")
    stage.platform.next_deliveries = [Uncertain("cut off")]
    eve.says("/start ABCD2345")
    stage.jump(minutes=10)
    eve.taps("Nein")
    [doubt] = survey(stage).doubts
    assert (doubt.channel, doubt.what) == ("telegram", "perhaps_twice")
    with stage.installation.engine.begin() as tx:
        [row] = tx.execute(select(outbox)).all()
    assert eve.address not in str(row)


def test_channels_and_what_was_set_aside(stage) -> None:
    real = datetime(2025, 7, 9, 12, 30, tzinfo=UTC)
    with stage.installation.engine.begin() as tx:
        channels.remember(tx, "telegram", "telegram", "worthalten_bot")
        channels.take_over(tx, "channel:telegram", "here:1", real)
        channels.take_over(tx, "jobs", "here:1", real)
        inbox.enter(tx, "telegram", "77", stage.clock.now())
        inbox.set_aside(tx, "telegram", "77")
    found = survey(stage)
    assert found.handles == {"telegram": "worthalten_bot"}
    assert found.heartbeats == {"telegram": real, "jobs": real}
    assert found.set_aside == (("telegram", "77", stage.clock.now()),)
