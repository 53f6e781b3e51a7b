"""What organisers look at: each command against the very statements that it runs, and with 50 workshops against one.

An organiser of one workshop of 2,000 pledges goes through all that the team can look at, on a database with 50 such
workshops and on one with theirs alone. The baseline executes the recorded statements of the same messages on one open
connection, in one transaction a message, and fetches what they give. How much a command grows is its time among 50
workshops against that with one: what it does not show should cost nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from statistics import median
from time import perf_counter

from sqlalchemy import event, text

from benchmarks.databases import CHANNEL, CHECK_IN, FIRST_ADDRESS, SECOND, Stored, filled
from benchmarks.figures import Figure, milliseconds
from benchmarks.incoming import Statement, replay
from bot.dialogue.message import Incoming
from bot.service.receiving import Receiving
from scheduler.clock import ManualClock

WORKSHOPS, EACH = 50, 2_000
ROUNDS, WARMING_UP = 15, 2
COMMANDS = (
    "/werkstatt", "/bericht", "/offen", "/hilferufe", "/antwort W01-0007", "/ansage Der Bus fährt.",
    "in zwei Wochen", "Weiter zur Vorschau", "Verwerfen",
)  # fmt: skip
"""One after the other: the last four write an announcement, count whom it reaches, show it and drop it again."""
Times = dict[tuple[str, str], list[float]]
"""By what is measured and by command, the seconds of each round."""
_SPREAD = (
    "INSERT INTO workshops (id, letters, name, day, land, code, last_number, created_at) "
    "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :workshops) "
    "SELECT i, printf('W%02d', i), printf('Werkstatt %d', i), '2025-07-09', 'BY', printf('CDE%05d', i), :each, :at "
    "FROM n WHERE i <= :workshops",
    "UPDATE pledges SET workshop_id = (id - 1) / :each + 1, "
    "reference = printf('W%02d-%04d', (id - 1) / :each + 1, (id - 1) % :each + 1)",
    "UPDATE attendances SET workshop_id = (person_id - 1) / :each + 1",
    "UPDATE pledges SET standing = 'on_track', standing_at = :at WHERE id % 2 = 0",
    "INSERT INTO answers (pledge_id, person_id, at, standing) SELECT id, maker_id, :at, 'on_track' FROM pledges "
    "WHERE id % 2 = 0",
    "INSERT INTO asked (pledge_id, person_id, kind, round, at, answered, counted, outbox_key) "
    "SELECT id, maker_id, 'check_in', 1, :at, id % 2 = 0, 1, 'ask:' || id FROM pledges",
    "INSERT INTO calls (person_id, pledge_id, at, obstacle, wanted, workshop_id, closed_at) "
    "SELECT maker_id, id, :at, 'Die Satzung fehlt.', 1, workshop_id, CASE WHEN id % 200 THEN :at END FROM pledges "
    "WHERE id % 50 = 0",
    "INSERT INTO roles (person_id, workshop_id, role, at) VALUES (1, 1, 'organiser', :at)",
    "ANALYZE",
)


@cache
def spread(workshops: int) -> Stored:
    """So many workshops with their pledges; the first person is an organiser of the first workshop."""
    stored = filled(workshops * EACH).copy(f"spread-{workshops}")
    engine = stored.engine()
    values = {"workshops": workshops, "each": EACH, "at": f"{CHECK_IN:%Y-%m-%d %H:%M:%S.000000}"}
    with engine.begin() as tx:
        for statement in _SPREAD:
            tx.execute(text(statement), {key: value for key, value in values.items() if f":{key}" in statement})
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return stored


def main() -> None:
    """Measure and print."""
    times = measured()
    cost = {name: _ratio(times["many", name], times["bare", name]) for name in COMMANDS}
    growth = {name: _ratio(times["many", name], times["one", name]) for name in COMMANDS}
    Figure(
        "organisers cost", max(cost.values()), 3.0,
        f"The dearest of the commands among {WORKSHOPS} workshops, against its statements: " + _told(times, "bare"),
    ).print()  # fmt: skip
    Figure(
        "organisers growth", max(growth.values()), 1.3,
        f"What grows most from one workshop to {WORKSHOPS}: " + _told(times, "one"),
    ).print()  # fmt: skip


def _ratio(ours: list[float], theirs: list[float]) -> float:
    """The median of the ratios of all rounds."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def _told(times: Times, other: str) -> str:
    told = (
        f"{name} {milliseconds(median(times['many', name]))} to {milliseconds(median(times[other, name]))}"
        for name in COMMANDS
    )
    return ", ".join(told) + f"; medians of {ROUNDS}."


def measured() -> Times:
    """Seconds for each command in each round: among many workshops, as bare statements there, with one workshop; all
    three in turns."""
    many, one = (
        Receiving(spread(count).copy(f"received-{count}").installation(ManualClock(CHECK_IN + SECOND)))
        for count in (WORKSHOPS, 1)
    )
    recorded = recording(spread(WORKSHOPS).copy("recorded"))
    engine = spread(WORKSHOPS).copy("bare").engine()
    times: Times = defaultdict(list)
    with engine.connect() as connection:
        connection.rollback()
        for number, (message, statements) in enumerate(zip(messages(), recorded, strict=True)):
            began = perf_counter()
            many.receive(message)
            received = perf_counter()
            replay(connection, statements)
            replayed = perf_counter()
            one.receive(message)
            took = {"many": received - began, "bare": replayed - received, "one": perf_counter() - replayed}
            if number >= WARMING_UP * len(COMMANDS):
                for which, seconds in took.items():
                    times[which, message.text].append(seconds)
    engine.dispose()
    return times


def recording(stored: Stored) -> list[list[Statement]]:
    """The statements of each message."""
    found: list[list[Statement]] = []
    installation = stored.installation(ManualClock(CHECK_IN + SECOND))

    def note(connection: object, clause: object, multi: list[object], single: object, options: object) -> None:
        found[-1].append(Statement(clause, list(multi) or single or None))

    event.listen(installation.engine, "before_execute", note)
    receiving = Receiving(installation)
    for message in messages():
        found.append([])
        receiving.receive(message)
    installation.engine.dispose()
    return found


def messages() -> Iterator[Incoming]:
    """All commands, again and again."""
    chat = str(FIRST_ADDRESS + 1)
    for number in range((ROUNDS + WARMING_UP) * len(COMMANDS)):
        yield Incoming(
            CHANNEL, str(number), chat, chat, text=COMMANDS[number % len(COMMANDS)], message_id=str(number),
            language="de",
        )  # fmt: skip


if __name__ == "__main__":
    main()
