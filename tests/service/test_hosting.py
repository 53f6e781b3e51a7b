"""Workshops: letters, codes, links."""

from datetime import date

import pytest

from bot.domain.land import Land
from bot.service.codes import ALPHABET, LENGTH, letters_for
from bot.service.hosting import Hosting, LettersTaken, link

DAY = date(2025, 11, 21)


@pytest.fixture
def hosting(installation):
    return Hosting(installation)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Werkstatt der Mutigen Berlin", "BER"),
        ("Regionalwerkstatt Schleswig-Holstein", "SCH"),
        ("Werkstatt Frankfurt am Main", "FRA"),
        ("Werkstatt Frankfurt (Oder)", "FRA"),
        ("Werkstatt in Köln", "KOE"),
        ("Werkstatt am Bodensee", "BOD"),
        ("Werkstatt Berlin 2025", "BER"),
        ("Zukunftstag Landkreis Uelzen", "UEL"),
        ("Werkstatt Ulm", "ULM"),
        ("Werkstatt", "WER"),
        ("", "WER"),
        ("🎉 2025", "WER"),
    ],
)
def test_letters_come_from_the_place(name, letters) -> None:
    assert letters_for(name, set()) == letters


def test_letters_stay_free_and_near_to_the_name() -> None:
    taken: set[str] = set()
    for _ in range(60):
        letters = letters_for("Werkstatt Berlin", taken)
        assert letters not in taken
        assert len(letters) == 3
        taken.add(letters)
    assert sum(letters.startswith("B") for letters in taken) >= 20


def test_a_workshop_is_found_again(hosting) -> None:
    made = hosting.create_workshop("Werkstatt der Mutigen Berlin", DAY, Land.BE)
    assert made.letters == "BER"
    assert made.deadline == date(2026, 5, 21)
    assert len(made.code) == LENGTH
    assert set(made.code) <= set(ALPHABET)
    for which in (str(made.id), "BER", " ber "):
        assert hosting.find(which) == made
    assert hosting.find("XYZ") is None


def test_a_second_one_has_other_letters_and_another_code(hosting) -> None:
    first, second = (hosting.create_workshop("Werkstatt Berlin", DAY, Land.BE) for _ in range(2))
    assert first.letters != second.letters
    assert first.code != second.code
    assert [one.workshop for one in hosting.workshops()] == [second, first]


def test_letters_can_be_chosen_once(hosting) -> None:
    assert hosting.create_workshop("Werkstatt Berlin", DAY, Land.BE, "MUT").letters == "MUT"
    with pytest.raises(LettersTaken):
        hosting.create_workshop("Werkstatt Mutlangen", DAY, Land.BW, "MUT")
    assert len(hosting.workshops()) == 1


@pytest.mark.parametrize("letters", ["", "A", "ABCDE", "AB1", "mut", "MÜT"])
def test_odd_letters_are_refused(hosting, letters) -> None:
    with pytest.raises(ValueError, match="letters"):
        hosting.create_workshop("Werkstatt Berlin", DAY, Land.BE, letters)


def test_the_list_counts(stage) -> None:
    stage.maker("Anna")
    stage.person("Bert", "en").says("/start ABCD2345")
    stage.person("Bert").taps("Yes, I agree")
    [berlin] = Hosting(stage.installation).workshops()
    assert (berlin.joined, berlin.pledges) == (2, 1)


def test_links_need_the_bots_name(hosting) -> None:
    assert hosting.links("ABCD2345") == {}
    hosting.remember("telegram", "telegram", "worthalten_bot")
    hosting.remember("fern", "matrix", "@bot:example.org")
    assert hosting.links("ABCD2345") == {
        "telegram": "https://t.me/worthalten_bot?start=ABCD2345",
        "fern": "https://matrix.to/#/@bot:example.org",
    }
    hosting.remember("telegram", "telegram", "anderer_bot")
    assert hosting.links("X")["telegram"] == "https://t.me/anderer_bot?start=X"
    assert link("telegram", "", "X") is None
