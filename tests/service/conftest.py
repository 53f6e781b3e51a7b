"""How a service's tests look into the database."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from bot.domain.kinds import DEFAULT, Kind
from bot.service.installation import Installation
from bot.store.tables import metadata
from tests.service.looking import Change, Dump, Look


@pytest.fixture
def installation(installation: Installation) -> Installation:
    """An installation that asks with a check-in first, and for the outcome without a last call: what these tests are
    about has nothing to do with the others. The whole cadence is that of `test_whole_cadence`."""
    plain = tuple(rule for rule in DEFAULT if rule.kind not in (Kind.FIRST_STEP, Kind.LAST_CALL))
    return replace(installation, rules=replace(installation.rules, cadence=plain))


@pytest.fixture
def look(engine: Engine) -> Look:
    """Looks into a table."""

    def look(table: str, *columns: str) -> list[Any]:
        found = metadata.tables[table]
        order: Sequence[Any] = list(found.primary_key.columns)
        with engine.begin() as tx:
            rows = tx.execute(select(*(found.c[name] for name in columns)).order_by(*order)).all()
        return [row[0] for row in rows] if len(columns) == 1 else [tuple(row) for row in rows]

    return look


@pytest.fixture
def dump(engine: Engine) -> Dump:
    """Everything that is stored."""

    def dump() -> dict[str, list[str]]:
        with engine.begin() as tx:
            tables = {name: [str(dict(row._mapping)) for row in tx.execute(select(table))]
                      for name, table in metadata.tables.items()}  # fmt: skip
        return {name: rows for name, rows in tables.items() if rows}

    return dump


@pytest.fixture
def change(engine: Engine) -> Change:
    """Runs a statement."""

    def change(statement: str, **values: Any) -> None:
        with engine.begin() as tx:
            tx.execute(text(statement), values)

    return change
