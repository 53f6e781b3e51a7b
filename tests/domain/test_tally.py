"""What is counted, and what of it leaves the team."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.likeness import alike
from bot.domain.tally import ANSWERED, LEAST, Dimension, Entry, Line, Obstacle, Tally, Verdict, tally

PARTS = {
    Dimension.SIDE: ("municipality", "bundestag", ""),
    Dimension.TOPIC: ("Wohnen", "Energie"),
    Dimension.LAND: ("BE", "BB"),
    Dimension.OBSTACLE: (Obstacle.HELP, Obstacle.NONE),
}
verdicts = st.sampled_from([Verdict.KEPT, Verdict.PARTLY, Verdict.NO_ANSWER, Verdict.BY_TEAM, Verdict.ERASED])
entries = st.builds(Entry, verdicts, st.fixed_dictionaries({k: st.sampled_from(v) for k, v in PARTS.items()}))


def entry(verdict: Verdict, side: str = "") -> Entry:
    return Entry(verdict, {Dimension.SIDE: side})


def sums(counted: Tally) -> list[list[int | None]]:
    """All lists of numbers of which one is the sum of the others."""
    found: list[list[int | None]] = []
    for line in (counted.overall, *(line for lines in counted.tables.values() for line in lines)):
        counts = line.counts
        found.append([counts[v] for v in Verdict if v in ANSWERED] + [line.answered])
        found.append([counts[v] for v in Verdict if v not in ANSWERED] + [line.answered, line.total])
        found.append([*counts.values(), line.total])
    for lines in counted.tables.values():
        among: list[Line] = [counted.overall, *lines]
        found += [[line.counts[verdict] for line in among] for verdict in Verdict]
        found += [[line.total for line in among], [line.answered for line in among]]
    return found


def test_answers_are_counted_over_all() -> None:
    counted = tally([entry(Verdict.KEPT), entry(Verdict.RUNNING), entry(Verdict.NO_ANSWER), entry(Verdict.BY_TEAM)])
    assert (counted.overall.answered, counted.overall.total) == (2, 4)
    assert counted.overall.counts[Verdict.BY_TEAM] == counted.overall.counts[Verdict.NO_ANSWER] == 1


def test_an_erased_pledge_is_a_bare_count() -> None:
    counted = tally([entry(Verdict.ERASED, "bundestag"), entry(Verdict.KEPT, "bundestag")])
    bundestag, unknown = counted.tables[Dimension.SIDE]
    assert (bundestag.key, bundestag.total) == ("bundestag", 1)
    assert (unknown.key, unknown.total, counted.overall.total) == ("", 1, 2)


def test_large_numbers_are_told() -> None:
    counted = tally([entry(Verdict.KEPT, side) for side in ("bundestag", "other") for _ in range(LEAST)])
    assert counted.shielded() == counted


@settings(max_examples=150)
@given(st.lists(entries, max_size=60))
def test_no_small_number_leaves_the_team(some: list[Entry]) -> None:
    """None is told, and none is what is missing in a sum."""
    full = tally(some)
    for told, known in zip(sums(full.shielded()), sums(full), strict=True):
        assert all(number is None or number == 0 or number >= LEAST for number in told)
        missing = [number for shown, number in zip(told, known, strict=True) if shown is None]
        rest = [number for shown, number in zip(told, known, strict=True) if shown is not None and shown > 0]
        assert len(missing) != 1 or not rest


@given(st.lists(entries, max_size=20))
def test_it_comes_back_from_json(some: list[Entry]) -> None:
    counted = tally(some)
    assert Tally.of_data(counted.data()) == counted
    assert Tally.of_data(counted.shielded().data()) == counted.shielded()


def test_obstacles_are_alike_by_their_words() -> None:
    others = {
        "BER-001": "Der Landkreis hat den Antrag des Landratsamts monatelang liegen lassen",
        "BER-002": "Uns fehlt das Geld für die Bänke",
        "BER-003": "",
    }
    assert alike("Das Landratsamt bearbeitet unseren Antrag nicht", others) == ["BER-001"]
    assert alike("kein Geld", others) == ["BER-002"]
    assert alike("Es ist so", others) == []
