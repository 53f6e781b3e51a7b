"""Counts with n and denominator: what became of all pledges, and of those of one side, topic, Land or obstacle.

Everything is what people say of themselves. Whatever they have not said is a class of its own, and so is what the team
heard on the telephone. In what leaves the team small cells are hidden, and with them others from which they could be
computed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LEAST = 5
"""Smaller numbers are hidden in what leaves the team, because they point at people. Nobody at all is no secret."""


class Verdict(StrEnum):
    """What is known of a pledge; each is in one class."""

    KEPT = "kept"
    PARTLY = "partly"
    DIFFERENTLY = "differently"
    NOT_KEPT = "not_kept"
    ONGOING = "ongoing"
    MOOT = "moot"
    RUNNING = "running"
    """It runs, and its people have said how it stands."""
    BY_TEAM = "by_team"
    """The last that is known of it was said on the telephone."""
    WITHDRAWN = "withdrawn"
    NO_ANSWER = "no_answer"
    UNCLAIMED = "unclaimed"
    ERASED = "erased"
    """A bare count: that there was one."""


ANSWERED = frozenset(list(Verdict)[:7])
"""The classes of those who have answered themselves."""


class Dimension(StrEnum):
    """What the counts are broken down by."""

    SIDE = "side"
    TOPIC = "topic"
    LAND = "land"
    OBSTACLE = "obstacle"


class Obstacle(StrEnum):
    """What was said to be in the way."""

    HELP = "help"
    """Something, and help by the team was wanted."""
    NAMED = "named"
    NONE = "none"


UNKNOWN = ""
"""The key of what is not known of a pledge."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One pledge as it is counted; `parts` is its key in each dimension."""

    verdict: Verdict
    parts: Mapping[Dimension, str]


Counts = Mapping[Verdict, int | None]
"""How many are in each class; None: hidden."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its key, how many there are, how many of them have answered themselves, and the classes.
    None is a hidden number."""

    key: str
    total: int | None
    answered: int | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Tally:
    """All that is counted."""

    overall: Line
    tables: Mapping[Dimension, Sequence[Line]]

    def shielded(self) -> "Tally":
        """The same for whoever is not of the team: small numbers are hidden, and as many others as it takes so that no
        sum, over a line or over a table, gives one of them away."""
        lines = [self.overall, *(line for table in self.tables.values() for line in table)]
        hidden = _hidden(lines, [len(table) for table in self.tables.values()])
        shown = iter([_shown(line, number, hidden) for number, line in enumerate(lines)])
        overall = next(shown)
        return Tally(overall, {name: [next(shown) for _ in table] for name, table in self.tables.items()})

    def data(self) -> dict[str, Any]:
        """It as data for JSON."""
        return {"all": _data(self.overall), **{name: [_data(x) for x in lines] for name, lines in self.tables.items()}}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> "Tally":
        """What `data` was made of."""
        return cls(_line(data["all"]), {name: [_line(line) for line in data[name]] for name in Dimension})


def tally(entries: Sequence[Entry]) -> Tally:
    """Count these. An erased pledge is a bare count: nothing else is told of it."""
    known = [e if e.verdict is not Verdict.ERASED else Entry(e.verdict, {}) for e in entries]
    tables = {}
    for name in Dimension:
        keys = sorted({entry.parts.get(name, UNKNOWN) for entry in known}, key=lambda key: (key == UNKNOWN, key))
        tables[name] = [_count(key, [e for e in known if e.parts.get(name, UNKNOWN) == key]) for key in keys]
    return Tally(_count("", entries), tables)


def _count(key: str, entries: Iterable[Entry]) -> Line:
    counts = Counter(entry.verdict for entry in entries)
    answered = sum(counts[verdict] for verdict in ANSWERED)
    return Line(key, counts.total(), answered, {verdict: counts[verdict] for verdict in Verdict})


Place = tuple[int, str]
"""A number by its line and its column: a class, or one of the two sums."""
_ANSWERED, _TOTAL = "answered", "total"


def _hidden(lines: Sequence[Line], sizes: Sequence[int]) -> set[Place]:
    """What is hidden in these lines, of which the first is the sum of the others, table by table of so many lines."""
    numbers = {(place, column): value for place, line in enumerate(lines) for column, value in _numbers(line).items()}
    hidden = {place for place, value in numbers.items() if 0 < value < LEAST}
    sums = list(_sums(len(lines), sizes))
    changed = True
    while changed:
        changed = False
        for members in sums:
            if sum(place in hidden for place in members) != 1:
                continue
            others = [place for place in members if place not in hidden and numbers[place]]
            if others:  # in a table rather than overall, a class rather than a sum, a small one rather than a large one
                hidden.add(min(others, key=lambda at: (at[0] == 0, at[1] in (_ANSWERED, _TOTAL), numbers[at])))
                changed = True
    return hidden


def _sums(lines: int, sizes: Sequence[int]) -> Iterator[Sequence[Place]]:
    """The numbers that belong together, because one of them is the sum of the others."""
    rest = [verdict for verdict in Verdict if verdict not in ANSWERED]
    for line in range(lines):
        yield [(line, column) for column in (*ANSWERED, _ANSWERED)]
        yield [(line, column) for column in (*rest, _ANSWERED, _TOTAL)]
        yield [(line, column) for column in (*Verdict, _TOTAL)]
    for column in (*Verdict, _ANSWERED, _TOTAL):
        first = 1
        for size in sizes:
            yield [(0, column), *((line, column) for line in range(first, first + size))]
            first += size


def _numbers(line: Line) -> dict[str, int]:
    counts: dict[str, int] = {verdict: line.counts[verdict] or 0 for verdict in Verdict}
    return {**counts, _ANSWERED: line.answered or 0, _TOTAL: line.total or 0}


def _shown(line: Line, place: int, hidden: Collection[Place]) -> Line:
    shown = {column: None if (place, column) in hidden else value for column, value in _numbers(line).items()}
    return Line(line.key, shown[_TOTAL], shown[_ANSWERED], {verdict: shown[verdict] for verdict in Verdict})


def _data(line: Line) -> dict[str, Any]:
    return {"key": line.key, "n": line.answered, "of": line.total, "counts": dict(line.counts)}


def _line(data: Mapping[str, Any]) -> Line:
    return Line(data["key"], data["of"], data["n"], {verdict: data["counts"][verdict] for verdict in Verdict})
