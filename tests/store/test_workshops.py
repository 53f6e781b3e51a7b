from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.domain.land import Land
from bot.store import workshops
from tests.store.rows import NOW, Rows


def test_a_workshop_comes_out_as_it_went_in(tx: Connection) -> None:
    made = workshops.add(
        tx, letters="BER", name="Werkstatt „Mitte“", day=date(2025, 7, 9), land=Land.BE, code="ABCD2345", created_at=NOW
    )
    assert workshops.by_id(tx, made.id) == made
    assert workshops.by_code(tx, "ABCD2345") == made
    assert workshops.by_ids(tx, [made.id, 99]) == {made.id: made}
    assert workshops.everyone(tx) == [made]
    assert workshops.letters_taken(tx) == {"BER"}
    assert workshops.by_id(tx, 99) is None
    assert workshops.by_code(tx, "") is None


def test_letters_are_taken_once(tx: Connection, rows: Rows) -> None:
    rows.workshop("BER")
    with pytest.raises(IntegrityError), tx.begin_nested():
        rows.workshop("BER")


def test_numbers_go_up_and_pass_over_those_of_an_import(tx: Connection, rows: Rows) -> None:
    berlin, munich = rows.workshop("BER"), rows.workshop("MUE")
    for reference in ("BER-002", "BER-003", "MUE-001"):
        rows.pledge(reference, berlin, None)
    assert [workshops.reserve_number(tx, berlin) for _ in range(3)] == [1, 4, 5]
    assert workshops.reserve_number(tx, munich) == 2


def test_numbers_above_999_go_on() -> None:
    assert [workshops.reference("BER", number) for number in (7, 999, 1000)] == ["BER-007", "BER-999", "BER-1000"]


def test_a_number_that_was_rolled_back_is_free_again(engine: Engine) -> None:
    with engine.begin() as tx:
        berlin = Rows(tx).workshop()
    with engine.connect() as tx:
        assert workshops.reserve_number(tx, berlin) == 1
        tx.rollback()
    with engine.begin() as tx:
        assert workshops.reserve_number(tx, berlin) == 1


def test_no_number_is_given_twice_at_the_same_time(engine: Engine) -> None:
    with engine.begin() as tx:
        berlin = Rows(tx).workshop()
        Rows(tx).pledge("BER-007", berlin, None)

    def register(_: int) -> int:
        with engine.begin() as tx:
            number = workshops.reserve_number(tx, berlin)
            Rows(tx).pledge(workshops.reference("BER", number), berlin, None)
            return number

    with ThreadPoolExecutor(5) as threads:
        numbers = list(threads.map(register, range(60)))
    assert sorted(numbers) == [number for number in range(1, 62) if number != 7]


def test_joining_again_makes_a_workshop_the_latest(tx: Connection, rows: Rows) -> None:
    me, berlin, munich = rows.person(), rows.workshop("BER"), rows.workshop("MUE")
    for hours, workshop in enumerate((berlin, munich)):
        workshops.attend(tx, me, workshop, NOW + timedelta(hours=hours))
    assert [found.letters for found in workshops.of_person(tx, me)] == ["MUE", "BER"]
    workshops.attend(tx, me, berlin, NOW + timedelta(hours=2))
    assert [found.letters for found in workshops.of_person(tx, me)] == ["BER", "MUE"]
    rows.pledge("BER-001", berlin, None)
    assert workshops.counts(tx) == {berlin: (1, 1), munich: (1, 0)}
