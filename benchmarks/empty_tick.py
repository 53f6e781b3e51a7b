"""A tick with nothing due: what it costs with a million pledges against what it costs with a thousand."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from benchmarks.databases import filled
from benchmarks.figures import Figure, milliseconds
from bot.service.asking import Asking

MANY, FEW = 1_000_000, 1_000
ROUNDS = 1_000
WARMING_UP = 100


def main() -> None:
    """Measure and print."""
    many, few = (Asking(filled(pledges).installation()) for pledges in (MANY, FEW))
    times: dict[Asking, list[float]] = {many: [], few: []}
    for number in range(ROUNDS + WARMING_UP):
        for asking in (many, few):
            took = timed(asking.ask_due)
            if number >= WARMING_UP:
                times[asking].append(took)
    candidate, baseline = median(times[many]), median(times[few])
    Figure(
        "empty_tick", candidate / baseline, 1.2,
        f"{milliseconds(candidate)} with {MANY:,} pledges, {milliseconds(baseline)} with {FEW:,};"
        f" medians of {ROUNDS:,}.",
    ).print()  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    """How many seconds the work takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


if __name__ == "__main__":
    main()
