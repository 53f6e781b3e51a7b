"""Whether an outcome may be shown, and with whose name."""

from datetime import date

import pytest

from bot.dialogue.understanding import naming
from bot.domain.pledge import Shown

TODAY = date(2025, 10, 14)


@pytest.mark.parametrize(
    "text",
    [
        "ja aber ohne namen", "Ja, ohne meinen Namen", "nur ohne Namen", "gern, aber bitte ohne Namen", "ohne namen",
        "ohne Namensnennung gern", "ja, anonym", "nur anonym bitte", "Ja, aber nicht mit meinem Namen",
        "ja aber meinen Namen bitte weglassen", "ja ohne nahmen", "ja ohen Namen", "klar, nur nicht namentlich",
        "ja, aber keinen Namen", "Ja, mein Name soll nicht dabei sein", "yes but without my name",
        "yes, anonymously", "sure, but not with my name", "ja, den Namen weglassen", "ohne unsere Namen in Ordnung",
    ],
)  # fmt: skip
def test_without_a_name(text: str) -> None:
    assert naming(text, TODAY) is Shown.WITHOUT_NAME


@pytest.mark.parametrize(
    "text",
    ["ja, gern mit meinem Namen", "mit Namen", "ja mit name", "namentlich gern", "Ja, unter meinem Namen",
     "yes, with my name please"],
)  # fmt: skip
def test_with_the_name(text: str) -> None:
    assert naming(text, TODAY) is Shown.WITH_NAME


@pytest.mark.parametrize("text", ["nein", "nein danke", "lieber nicht", "auf keinen Fall", "no thanks", "bitte nicht"])
def test_not_at_all(text: str) -> None:
    assert naming(text, TODAY) is Shown.NOT


@pytest.mark.parametrize(
    "text",
    ["ja", "mit oder ohne Namen, egal", "nicht ohne meinen Namen", "nein, ohne Namen", "geht das ohne Namen?",
     "ohne Namen bitte nicht", "auf keinen Fall mit Namen", "wenn ohne Namen, dann ja", "Die Firma ist abgesprungen",
     "ohne Damen", "nicht anonym", "", "vielleicht ohne Namen",
     "Mein Name darf nicht fehlen"],
)  # fmt: skip
def test_what_is_not_plain_is_asked_again(text: str) -> None:
    assert naming(text, TODAY) is None
