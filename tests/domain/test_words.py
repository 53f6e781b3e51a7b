import pytest

from bot.domain.words import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Baden-WÜRTTEMBERG ", "baden wuerttemberg"),
        ("Hängt fest!", "haengt fest"),
        ("Ha\u0308ngt fest", "haengt fest"),  # an umlaut in two code points, as some phones send it
        ("Straße", "strasse"),
        ("Café am Markt, 2. Stock", "cafe am markt 2 stock"),
        ("👍", ""),
        ("", ""),
    ],
)
def test_what_matters_when_comparing_is_left(typed: str, folded: str) -> None:
    assert fold(typed) == folded
