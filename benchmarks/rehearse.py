"""A rehearsal of ten times as many pledges takes ten times as long, and not longer."""

from datetime import date

from adapters.rehearsal.play import rehearse
from benchmarks.figures import Figure
from bot.service.installation import Rules

FEW, MANY = 200, 2_000
START = date(2025, 7, 9)


def main() -> None:
    """Measure and print. Takes some minutes."""
    few, many = (rehearse(number, START, 1, Rules(), lambda done, of: None).seconds for number in (FEW, MANY))
    Figure(
        "rehearse", many / few, 11.0,
        f"{many:.0f} s for {MANY} pledges, {few:.0f} s for {FEW}: the whole half-year on the real core.",
    ).print()  # fmt: skip


if __name__ == "__main__":
    main()
