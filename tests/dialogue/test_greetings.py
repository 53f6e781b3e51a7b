"""A greeting is no answer."""

import pytest

from bot.dialogue.understanding import is_greeting


@pytest.mark.parametrize(
    "text",
    ["Hallo", "hallo?", "Guten Tag", "Guten Morgen!", "Moin moin", "Grüß Gott", "hallo zusammen", "Hallo 👋",
     "hi there",
     "Hallo, bin wieder da", "Da bin ich wieder", "ist da jemand?",
     "Wo waren wir stehengeblieben?", "hello again"],
)  # fmt: skip
def test_nothing_but_a_greeting(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize(
    "text",
    ["Hallo, es läuft", "Guten Tag, wir eröffnen ein Bürgerbüro", "Tag der offenen Tür", "Wieder da: der Wochenmarkt",
     "läuft", "", "niemand", "Abendmarkt am Rathaus", "hi 5", "Hallo Frau Beispiel, können Sie helfen?"],
)  # fmt: skip
def test_more_than_that(text: str) -> None:
    assert not is_greeting(text)
