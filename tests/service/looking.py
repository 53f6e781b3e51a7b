"""What the fixtures that look into the database are."""

from collections.abc import Callable
from typing import Any

Look = Callable[..., list[Any]]
"""`look("outbox", "state", "reason")`: these columns of all rows, in their order."""
Dump = Callable[[], dict[str, list[str]]]
"""Every row of every table that has any, as text, by table."""
Change = Callable[..., None]
"""`change(statement, name=value)`: run a statement."""
