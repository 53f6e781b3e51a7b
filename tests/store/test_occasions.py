"""The one next occasion of a pledge, and the history of what was asked."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from bot.domain.cadence import Asked, Occasion
from bot.domain.kinds import Kind
from bot.store import occasions
from bot.store.tables import occasions as table
from tests.store.rows import NOW, Rows

DAY = timedelta(days=1)


def occasion(at: datetime, kind: Kind = Kind.CHECK_IN) -> Occasion:
    return Occasion("BER-001", kind, 1, at)


def ask(tx: Connection, pledge_id: int, person_id: int, at: datetime, key: str, counted: bool = True) -> None:
    row = {"pledge_id": pledge_id, "person_id": person_id, "kind": Kind.CHECK_IN, "round": 1, "at": at}
    occasions.record(tx, [row | {"counted": counted, "outbox_key": key}])


def test_a_pledge_has_one_next_occasion(tx: Connection, rows: Rows) -> None:
    me, berlin = rows.person(), rows.workshop()
    first, second = rows.pledge("BER-001", berlin, me), rows.pledge("BER-002", berlin, me)
    occasions.replace(tx, {first: (me, occasion(NOW)), second: (me, occasion(NOW + DAY))})
    occasions.replace(tx, {first: (me, occasion(NOW + 2 * DAY, Kind.OUTCOME))})
    found = tx.execute(select(table.c.pledge_id, table.c.kind, table.c.due_at).order_by(table.c.pledge_id)).all()
    assert found == [(first, "outcome", NOW + 2 * DAY), (second, "check_in", NOW + DAY)]
    occasions.replace(tx, {first: (me, None), second: (me, None)})
    assert occasions.earliest(tx) is None
    occasions.replace(tx, {})


def test_the_longest_due_come_first_and_each_person_once(tx: Connection, rows: Rows) -> None:
    berlin = rows.workshop()
    anna, bert, cleo = (rows.person(str(number)) for number in range(3))
    due = {anna: [3, 1], bert: [2], cleo: [-1]}
    for person, days in due.items():
        for ago in days:
            pledge = rows.pledge(f"BER-{person}{ago + 1}", berlin, person)
            occasions.replace(tx, {pledge: (person, occasion(NOW - ago * DAY))})
    assert occasions.due_people(tx, NOW, 10) == [anna, bert]
    assert occasions.due_people(tx, NOW, 1) == [anna]
    assert occasions.due_people(tx, NOW - 3 * DAY, 10) == [anna]  # due at this very moment
    assert occasions.earliest(tx) == NOW - 3 * DAY
    assert list(occasions.due_of(tx, [anna, cleo], NOW).values()) == [(Kind.CHECK_IN, 1)] * 2


def test_history_is_in_the_order_of_asking(tx: Connection, rows: Rows) -> None:
    me, berlin = rows.person(), rows.workshop()
    pledge, other = rows.pledge("BER-001", berlin, me), rows.pledge("BER-002", berlin, me)
    for key, at in (("a", NOW), ("b", NOW + DAY)):
        ask(tx, pledge, me, at, key)
    occasions.answered(tx, "BER-001")
    ask(tx, pledge, me, NOW + 2 * DAY, "c")
    assert occasions.history(tx, [pledge, other]) == {
        pledge: tuple(Asked(Kind.CHECK_IN, 1, NOW + n * DAY, answered=n < 2, person_id=me) for n in range(3))
    }
    assert occasions.unanswered(tx, ["BER-001", "BER-002"])
    assert not occasions.unanswered(tx, ["BER-002"])
    occasions.forget(tx, "c")
    assert [asked.at for asked in occasions.history(tx, [pledge])[pledge]] == [NOW, NOW + DAY]
    assert not occasions.unanswered(tx, ["BER-001"])


def test_an_answer_is_about_its_own_pledge_only(tx: Connection, rows: Rows) -> None:
    me, berlin = rows.person(), rows.workshop()
    for reference in ("BER-001", "BER-002"):
        ask(tx, rows.pledge(reference, berlin, me), me, NOW, reference)
    occasions.answered(tx, "BER-001")
    assert not occasions.unanswered(tx, ["BER-001"])
    assert occasions.unanswered(tx, ["BER-002"])


def test_one_message_about_several_pledges_counts_once(tx: Connection, rows: Rows) -> None:
    me, other, berlin = rows.person("1"), rows.person("2"), rows.workshop()
    first, second = rows.pledge("BER-001", berlin, me), rows.pledge("BER-002", berlin, me)
    for pledge in (first, second):
        ask(tx, pledge, me, NOW, "together")
    ask(tx, first, me, NOW - 3 * DAY, "alone")
    ask(tx, first, me, NOW - DAY, "wished for", counted=False)
    ask(tx, first, me, NOW - 40 * DAY, "long ago")
    started = occasions.started(tx, [me, other], NOW - 31 * DAY)
    assert {person: sorted(times) for person, times in started.items()} == {me: [NOW - 3 * DAY, NOW]}
