"""A message comes in and is committed: our `Receiving` against the very statements that it runs, and nothing else.

What people say is the mix of a bot in use: check-ins answered by a word and followed by a sentence, looks at one's
own pledges, and somebody new who joins and registers a pledge. Every message runs three times, each time on a copy of
the same database: once to record the SQLAlchemy Core statements with their parameters; once for the time of
`Receiving.receive`; and once for the baseline, which executes the recorded statements on one open connection in one
transaction a message, fetches what they give, and commits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, event

from benchmarks.databases import CHANNEL, CHECK_IN, CODE, FIRST_ADDRESS, SECOND, Stored, filled
from benchmarks.figures import Figure
from bot.dialogue.message import Incoming
from bot.service.asking import Asking
from bot.service.receiving import Receiving
from scheduler.clock import ManualClock

PEOPLE, ASKED = 2_000, 100
ROUNDS = 7
EACH = 60
"""How many people there are of each sort: answering, looking, joining."""


@dataclass
class Statement:
    """What was given to `Connection.execute`."""

    clause: Any
    parameters: Any


def main() -> None:
    """Measure and print."""
    asked = filled(PEOPLE, ASKED).copy("asked")
    engine = asked.engine()
    Asking(asked.installation(ManualClock(CHECK_IN))).ask_due()
    with engine.connect() as tx:
        tx.exec_driver_sql("ROLLBACK")
        tx.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        tx.exec_driver_sql("BEGIN")
    engine.dispose()
    ratios, ours, theirs = [], [], []
    for _ in range(ROUNDS):
        candidate, baseline = measured(asked)
        ours.append(candidate)
        theirs.append(baseline)
        ratios.append(baseline / candidate)
    Figure(
        "incoming", median(ratios), 0.5,
        f"{1 / median(ours):.0f} messages a second, {1 / median(theirs):.0f} as bare statements;"
        f" median of the ratios of {ROUNDS} rounds of {len(list(messages()))} messages.", most=False,
    ).print()  # fmt: skip


def measured(stored: Stored) -> tuple[float, float]:
    """Seconds for a message, and for its bare statements."""
    recorded = recording(stored.copy("recorded"))
    receiving = Receiving(stored.copy("received").installation(ManualClock(CHECK_IN + SECOND)))
    bare = stored.copy("bare").engine()
    ours = theirs = 0.0
    with bare.connect() as connection:
        connection.rollback()
        for message, statements in zip(messages(), recorded, strict=True):
            began = perf_counter()
            receiving.receive(message)
            received = perf_counter()
            replay(connection, statements)
            ours += received - began
            theirs += perf_counter() - received
    bare.dispose()
    return ours / len(recorded), theirs / len(recorded)


def recording(stored: Stored) -> list[list[Statement]]:
    """The statements of each message."""
    found: list[list[Statement]] = []
    installation = stored.installation(ManualClock(CHECK_IN + SECOND))

    def note(connection: Connection, clause: Any, multi: Any, single: Any, options: Any) -> None:
        found[-1].append(Statement(clause, list(multi) or single or None))

    event.listen(installation.engine, "before_execute", note)
    receiving = Receiving(installation)
    for message in messages():
        found.append([])
        receiving.receive(message)
    installation.engine.dispose()
    return found


def replay(connection: Connection, statements: list[Statement]) -> None:
    """One transaction of bare statements."""
    with connection.begin():
        for statement in statements:
            result = connection.execute(statement.clause, statement.parameters)
            if result.returns_rows:
                result.all()


def messages() -> Iterator[Incoming]:
    """What is said, in turn by people of each sort."""
    number = 0

    def says(address: int, text: str) -> Incoming:
        nonlocal number
        number += 1
        chat = str(address)
        return Incoming(CHANNEL, str(number), chat, chat, text=text, message_id=str(number), language="de")

    for index in range(1, EACH + 1):
        answering, looking, joining = (FIRST_ADDRESS + first + index for first in (0, ASKED, PEOPLE))
        yield says(answering, "läuft")
        yield says(looking, "/status")
        yield says(joining, f"/start {CODE}")
        yield says(answering, "Der Mietvertrag ist unterschrieben, im Oktober geht es los")
        yield says(joining, "ja")
        yield says(looking, "/status BER-150")
        yield says(joining, "Wir richten bis Ende Oktober eine Sprechstunde im Rathaus ein")


if __name__ == "__main__":
    main()
