"""A broadcast to 100,000 people is queued: our release against the bare `INSERT .. SELECT` of the same rows.

Ours is what a tap on "Release" does to the outbox: the audience with all its reasons to leave somebody out, and a row
for each recipient. The baseline hands the driver one statement that copies the same values for everybody with an
account into the same table with the same indexes. The memory is the peak of Python's own allocations during ours,
against that for a hundred people; SQLite's own cache is of one size for both.
"""

import gc
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import perf_counter

from sqlalchemy import Connection

from benchmarks.databases import CHECK_IN, Stored, filled
from benchmarks.figures import Figure, milliseconds
from bot.dialogue.joining import CONSENT_VERSION
from bot.domain.audience import Audience
from bot.domain.broadcast import Broadcast
from bot.store import broadcasts, recipients
from bot.store.broadcasts import Card

MANY, FEW = 100_000, 100
ROUNDS, WARMING_UP = 5, 1
UNTIL = CHECK_IN + timedelta(days=14)
_BARE = """
INSERT INTO outbox (key, channel, address, person_id, action, text, choices, quiet, stands_for, broadcast_id, priority,
                    due_at, useless_after, keep, state)
SELECT 'bare:' || person_id, channel, address, person_id, 'send', '', '[]', 0, 'broadcast', 1, 5,
       '2025-08-14 09:50:00.000000', '2025-08-28 09:50:00.000000', 1, 'planned'
FROM accounts ORDER BY person_id
"""


def main() -> None:
    """Measure and print."""
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(ROUNDS + WARMING_UP):
        for name, queue in (("ours", release), ("bare", bare)):
            took = timed(filled(MANY), queue)
            if number >= WARMING_UP:
                times[name].append(took)
    ours, theirs = median(times["ours"]), median(times["bare"])
    Figure(
        "broadcast time", ours / theirs, 2.0,
        f"{milliseconds(ours)} for {MANY:,} people, {milliseconds(theirs)} for the bare statement;"
        f" medians of {ROUNDS}.",
    ).print()  # fmt: skip
    many, few = peak(filled(MANY)), peak(filled(FEW))
    Figure(
        "broadcast memory", (many - few) / 1e6, 1.0,
        f"{many / 1e6:.2f} MB at most for {MANY:,} people, {few / 1e6:.2f} MB for {FEW}.", unit=" MB",
    ).print()  # fmt: skip


def release(tx: Connection) -> int:
    """Everybody gets their row."""
    draft = Broadcast(0, "Neues", Audience((1,)), "command line", body="Neues", useful_until=UNTIL)
    key = broadcasts.add(tx, draft, Card("telegram", "", None, "de"), CHECK_IN)
    stored = broadcasts.by_id(tx, key)
    assert stored is not None
    return recipients.queue(tx, stored, CONSENT_VERSION, UNTIL.date(), CHECK_IN)


def bare(tx: Connection) -> int:
    """The same rows, by one statement on the driver."""
    draft = Broadcast(0, "Neues", Audience((1,)), "command line")
    broadcasts.add(tx, draft, Card("telegram", "", None, "de"), CHECK_IN)
    return tx.exec_driver_sql(_BARE).rowcount


def timed(stored: Stored, queue: Callable[[Connection], int]) -> float:
    """How many seconds it takes, with the commit, on a copy of the database."""
    engine = stored.copy("broadcast").engine()
    with engine.connect() as warm:
        warm.exec_driver_sql("SELECT count(*) FROM accounts").scalar()
    gc.collect()
    began = perf_counter()
    with engine.begin() as tx:
        count = queue(tx)
    took = perf_counter() - began
    engine.dispose()
    assert count == MANY
    return took


def peak(stored: Stored) -> int:
    """The most that Python has allocated while it queues, in bytes."""
    engine = stored.copy("broadcast").engine()
    with engine.begin() as tx:
        release(tx)  # what is made once, as compiled statements, is there already
        tx.rollback()
    gc.collect()
    tracemalloc.start()
    with engine.begin() as tx:
        release(tx)
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    engine.dispose()
    return highest


if __name__ == "__main__":
    main()
