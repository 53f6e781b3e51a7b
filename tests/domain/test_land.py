import pytest

from bot.domain.land import Land


@pytest.mark.parametrize(
    ("typed", "land"),
    [
        ("BE", Land.BE),
        ("be", Land.BE),
        ("Berlin", Land.BE),
        ("nordrhein westfalen", Land.NW),
        ("Thüringen", Land.TH),
        ("THUERINGEN", Land.TH),
        ("bund", Land.BUND),
        ("Bayernn", None),
        ("", None),
    ],
)
def test_a_land_is_a_name_or_two_letters(typed: str, land: Land | None) -> None:
    assert Land.parse(typed) is land


def test_there_are_sixteen_and_bund() -> None:
    assert len(set(Land) - {Land.BUND}) == 16


@pytest.mark.parametrize("land", Land)
def test_every_land_is_found_by_both_its_names(land: Land) -> None:
    assert Land.parse(land.label) is Land.parse(land.value) is land
