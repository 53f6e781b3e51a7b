"""What is found among pledges, and what is not."""

from dataclasses import replace
from datetime import date

import pytest

from bot.dialogue.searching import matching
from bot.domain.land import Land
from bot.domain.pledge import Pledge, Stage, Topic

BENCH = Pledge("BER-001", 1, "Wir stellen 20 Mitfahrbänke auf", date(2026, 1, 9), Stage.RUNNING, place="Eutin",
               land=Land.SH, topic=Topic.MOBILITY)  # fmt: skip
CARE = replace(BENCH, reference="BER-002", text="Wohnungen für Pflegekräfte in Ausbildung", place="Zittau",
               land=Land.SN, topic=Topic.HOUSING)  # fmt: skip
TREES = replace(BENCH, reference="BER-003", text="100 Bäume für Eutin", place="Plön", topic=None)


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("Mobilität", ["BER-001"]),
        ("mobilitaet", ["BER-001"]),
        ("Wohnen", ["BER-002"]),
        ("housing", ["BER-002"]),
        ("Sachsen", ["BER-002"]),
        ("SH", ["BER-001", "BER-003"]),
        ("Schleswig-Holstein", ["BER-001", "BER-003"]),
        ("pflege", ["BER-002"]),
        ("Pflegekäfte", ["BER-002"]),
        ("Eutin", ["BER-001", "BER-003"]),
        ("Bäume in Eutin", ["BER-003"]),
        ("ber-002", ["BER-002"]),
        ("Bänke und Raketen", ["BER-001"]),
        ("Raketen", []),
        ("in der", []),
        ("%", []),
        ("", []),
    ],
)
def test_found_by_topic_place_land_or_word_best_first(text: str, references: list[str]) -> None:
    assert [pledge.reference for pledge in matching([BENCH, CARE, TREES], text)] == references
