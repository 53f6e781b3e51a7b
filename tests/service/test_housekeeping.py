"""What is tidied up, cheaply however much there is."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from bot.service import housekeeping
from bot.service.housekeeping import Housekeeping
from bot.store import inbox
from bot.store.tables import inbox as updates
from tests.service.looking import Look
from tests.stage import Stage

LONG = ("inbox", "outbox", "messages", "prompts", "people", "attendances", "pledges", "asked", "occasions", "answers")
"""Tables that grow with people, pledges and time."""


def test_it_goes_in_small_steps(stage: Stage, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "AT_ONCE", 10)
    with stage.installation.engine.begin() as tx:
        for number in range(25):
            inbox.enter(tx, "telegram", f"old {number}", stage.clock.now() - timedelta(days=9))
    stage.maker("Anna")
    kept = len(look("inbox", "update_id")) - 25
    tidying = Housekeeping(stage.installation)
    assert [tidying.tidy() for _ in range(3)] == [True, True, False]
    assert len(look("inbox", "update_id")) == kept


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_it_looks_through_no_long_table(stage: Stage, engine: Engine) -> None:
    """However long the history: what is old is found by an index."""
    plans: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def explain(connection, cursor, statement, parameters, context, many) -> None:  # type: ignore[no-untyped-def]
        if statement.startswith(("DELETE", "SELECT")):
            plan = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[3] for row in plan)

    Housekeeping(stage.installation).tidy()
    assert updates.name in " ".join(plans)
    assert [step for step in plans for table in LONG if step.startswith(f"SCAN {table}")] == []
