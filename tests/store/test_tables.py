"""What holds for all tables: instants, and the indexes that the frequent statements count on."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, event, insert, text
from sqlalchemy.exc import StatementError

from bot.store import inbox, occasions, outbox
from bot.store.tables import metadata
from tests.store.rows import NOW, PERSON, Rows

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN, fold=0),
        datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN, fold=1),  # an hour later, on the same clock
        datetime(2025, 7, 9, 23, 59, 59, 123456, tzinfo=timezone(timedelta(hours=-11))),
        datetime(2026, 1, 1, tzinfo=UTC),
    ],
)
def test_an_instant_comes_back_in_utc(tx: Connection, moment: datetime) -> None:
    inbox.enter(tx, "telegram", "1", moment)
    inbox.set_aside(tx, "telegram", "1")
    [(_, _, found)] = inbox.failures(tx)
    assert found == moment.astimezone(UTC)
    assert found.tzinfo is UTC


def test_an_instant_without_its_zone_is_refused(tx: Connection) -> None:
    with pytest.raises(StatementError, match="needs its time zone"):
        inbox.enter(tx, "telegram", "1", datetime(2025, 7, 9, 12, 0))  # noqa: DTZ001


def plan(engine: Engine, statement: object) -> str:
    """How the database goes about what `statement(tx)` executes."""
    seen: list[tuple[str, object]] = []

    def note(connection: Connection, cursor: object, sql: str, parameters: object, *_: object) -> None:
        seen.append((sql, parameters))

    event.listen(engine, "before_cursor_execute", note)
    with engine.begin() as tx:
        statement(tx)  # type: ignore[operator]
    event.remove(engine, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"{explain} {seen[-1][0]}", seen[-1][1])  # type: ignore[arg-type]
        return "\n".join(str(row[-1]) for row in rows)


@pytest.fixture
def crowd(engine: Engine) -> None:
    """5,000 people with a pledge each, of which 20 are due, and 20,000 letters, of which 100 still wait."""
    with engine.begin() as tx:
        rows = Rows(tx)
        berlin = rows.workshop()
        tables = metadata.tables
        ids = range(1, 5001)
        tx.execute(insert(tables["people"]), [{"id": id_, "created_at": NOW, **PERSON} for id_ in ids])
        tx.execute(insert(tables["pledges"]), [
            {"id": id_, "reference": f"BER-{id_}", "workshop_id": berlin, "maker_id": id_, "text": "Wort",
             "due": NOW.date(), "stage": "running", "visibility": "team", "created_at": NOW}
            for id_ in ids
        ])  # fmt: skip
        tx.execute(insert(tables["occasions"]), [
            {"pledge_id": id_, "person_id": id_, "kind": "check_in", "round": 1, "requested": False,
             "due_at": NOW + timedelta(minutes=id_ - 20)}
            for id_ in ids
        ])  # fmt: skip
        tx.execute(insert(tables["outbox"]), [
            {"key": str(n), "channel": "telegram", "address": str(n % 5000), "action": "send", "text": "Wort",
             "choices": [], "quiet": False, "stands_for": "reply", "priority": 0, "due_at": NOW, "keep": True,
             "state": "queued" if n < 100 else "sent"}
            for n in range(20_000)
        ])  # fmt: skip
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


@pytest.mark.usefixtures("crowd")
def test_the_frequent_statements_use_their_indexes(engine: Engine) -> None:
    due = plan(engine, lambda tx: occasions.due_people(tx, NOW, 100))
    assert "ix_occasions_due_at" in due
    assert "ix_occasions_due_at" in plan(engine, occasions.earliest)
    busy = {str(number) for number in range(8)}
    waiting = plan(engine, lambda tx: outbox.next_due(tx, "telegram", NOW, 0.0, busy))
    assert "ix_outbox_waiting" in waiting
    assert "ix_outbox_chat" in waiting or waiting.count("ix_outbox_waiting") == 2
    for found in (due, waiting):
        assert "Seq Scan" not in found
        assert "SCAN outbox" not in found.replace("SCAN outbox USING INDEX", "")
