"""`worthalten rehearse` as somebody uses it before the first message goes out."""

import struct

from tests.system.commands import CommandLine

SMALL = ("rehearse", "--pledges", "12", "--seed", "3", "--start", "2025-07-09")


def test_figures_for_programs(worthalten: CommandLine) -> None:
    done = worthalten(*SMALL, "--json", "--chart", "chart.png")
    assert done.code == 0, done.err
    found = done.json
    assert list(found) == [
        "pledges", "people", "messages", "by_kind", "by_day", "max_per_person", "on_blocked_days", "outside_window",
        "dropped", "outcomes", "never_asked", "seconds",
    ]  # fmt: skip
    assert found["pledges"] == 12
    assert found["messages"] == sum(found["by_kind"].values()) == sum(found["by_day"].values())
    assert found["max_per_person"]["day"] <= 1
    assert found["max_per_person"]["week"] <= 2
    assert found["max_per_person"]["month"] <= 5
    assert (found["on_blocked_days"], found["outside_window"], found["never_asked"]) == (0, 0, 0)
    assert sum(found["outcomes"].values()) == 12
    picture = (worthalten.directory / "chart.png").read_bytes()
    width, height = struct.unpack(">II", picture[16:24])
    assert picture.startswith(b"\x89PNG") and width > 1000 and height > 600


def test_a_table_for_people(worthalten: CommandLine) -> None:
    done = worthalten(*SMALL)
    assert done.code == 0, done.err
    assert "The calendar of the person who got most" in done.out
    assert "The most for one person" in done.out
    assert list(worthalten.directory.iterdir()) == []


def test_a_chart_that_cannot_be_written(worthalten: CommandLine) -> None:
    done = worthalten(*SMALL, "--pledges", "1", "--chart", "nowhere/chart.png")
    assert done.code == 1
    assert "nowhere/chart.png cannot be written" in done.err
