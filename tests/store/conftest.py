"""A transaction that is open for the whole test, and rows in it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from tests.store.rows import Rows


@pytest.fixture
def tx(engine: Engine) -> Iterator[Connection]:
    """A transaction, committed at the end."""
    with engine.begin() as tx:
        yield tx


@pytest.fixture
def rows(tx: Connection) -> Rows:
    """Makes rows in the transaction."""
    return Rows(tx)
