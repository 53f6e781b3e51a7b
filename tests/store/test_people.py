from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from bot.domain.people import Account, Person
from bot.domain.quiet_times import Window
from bot.store import calls, people, prompts, workshops
from bot.store.tables import metadata
from bot.store.tables import people as table
from tests.store.rows import NOW, Rows
from tests.store.test_occasions import ask, occasion
from tests.store.test_outbox import letter, post
from tests.store.test_prompts import prompt


def test_a_person_comes_out_as_they_went_in(tx: Connection, rows: Rows) -> None:
    me = rows.person("17")
    people.change(tx, me, weekday=4, window=Window.EVENING, paused_until=date(2025, 8, 1), stopped=True, language="en")
    person = Person(me, "en", ZoneInfo("Europe/Berlin"), 4, Window.EVENING, date(2025, 8, 1), stopped=True)
    found = people.at(tx, "telegram", "17")
    assert found is not None
    account = Account(found[1].id, me, "telegram", "17", "user 17", reachable=True)
    assert found == (person, account)
    assert people.with_accounts(tx, [me, 99]) == {me: (person, [account])}
    assert people.at(tx, "telegram", "18") is None
    assert people.at(tx, "matrix", "17") is None
    assert people.since(tx, me) == NOW


def test_a_pause_begins_on_the_day_on_which_it_was_wished_for(tx: Connection, rows: Rows) -> None:
    me = rows.person("17")

    def pauses(until: date | None, today: date) -> tuple[date | None, date | None]:
        people.pause(tx, me, until, today)
        person, _ = people.with_accounts(tx, [me])[me]
        return person.paused_from, person.paused_until

    assert pauses(date(2025, 8, 20), date(2025, 8, 1)) == (date(2025, 8, 1), date(2025, 8, 20))
    assert pauses(date(2025, 9, 1), date(2025, 8, 11)) == (date(2025, 8, 1), date(2025, 9, 1))  # it goes on
    assert pauses(None, date(2025, 8, 12)) == (None, None)
    assert pauses(date(2025, 8, 20), date(2025, 8, 13)) == (date(2025, 8, 13), date(2025, 8, 20))
    assert pauses(date(2025, 9, 20), date(2025, 9, 13)) == (date(2025, 9, 13), date(2025, 9, 20))


def test_a_chat_belongs_to_one_person(tx: Connection, rows: Rows) -> None:
    rows.person("1")
    with pytest.raises(IntegrityError), tx.begin_nested():
        rows.person("1")
    rows.person("1", channel="matrix")


def test_a_chat_can_be_lost_found_and_moved(tx: Connection, rows: Rows) -> None:
    rows.person("1")
    people.reach(tx, "telegram", "1", False)
    people.move(tx, "telegram", "1", "-100")
    found = people.at(tx, "telegram", "-100")
    assert found is not None
    assert not found[1].reachable
    assert people.at(tx, "telegram", "1") is None


def test_consent_is_a_record(tx: Connection, rows: Rows) -> None:
    me = rows.person("1")
    for version in ("2025-07", "2026-11"):
        people.consent(tx, "telegram", "1", version, NOW)
    assert people.consents_of(tx, me) == [("telegram", "2025-07", NOW), ("telegram", "2026-11", NOW)]


def test_foreign_keys_are_enforced(tx: Connection, rows: Rows) -> None:
    with pytest.raises(IntegrityError), tx.begin_nested():
        workshops.attend(tx, 99, rows.workshop(), NOW)


def test_what_belongs_to_a_person_goes_with_them(tx: Connection, rows: Rows) -> None:
    """But for their pledges and answers, which have to be dealt with first, and letters, which lose their name."""
    me, other, berlin = rows.person("1"), rows.person("2"), rows.workshop()
    pledge = rows.pledge("BER-001", berlin, other)
    people.consent(tx, "telegram", "1", "2026-11", NOW)
    workshops.attend(tx, me, berlin, NOW)
    calls.place(tx, me, "BER-001", "Kein Geld", True, NOW)
    ask(tx, pledge, me, NOW, "key")
    tx.execute(insert(metadata.tables["occasions"]).values(
        pledge_id=pledge, person_id=me, kind="check_in", round=1, requested=False, due_at=occasion(NOW).at,
    ))  # fmt: skip
    prompts.open_(tx, [prompt("a", me)])
    post(tx, letter("a", person_id=me))
    tx.execute(delete(table).where(table.c.id == me))
    left = {
        name: tx.execute(select(func.count()).select_from(table)).scalar()
        for name, table in metadata.tables.items()
        if name in ("accounts", "consents", "attendances", "calls", "asked", "occasions", "prompts", "outbox")
    }
    gone = dict.fromkeys(("consents", "attendances", "calls", "asked", "occasions", "prompts"), 0)
    assert left == gone | {"accounts": 1, "outbox": 1}
    assert tx.execute(select(metadata.tables["outbox"].c.person_id)).scalar_one() is None


def test_a_person_with_pledges_cannot_be_deleted_by_mistake(tx: Connection, rows: Rows) -> None:
    me = rows.person()
    rows.pledge("BER-001", rows.workshop(), me)
    with pytest.raises(IntegrityError), tx.begin_nested():
        tx.execute(delete(table).where(table.c.id == me))
