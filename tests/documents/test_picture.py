"""Photos, made small and bare."""

import io
import random

import pytest
from PIL import Image

from bot.documents import picture
from bot.documents.picture import LONGEST_EDGE, shrink

PLACE, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def photo(width: int, height: int, kind: str = "JPEG", mode: str = "RGB", **exif: int | str) -> bytes:
    image = Image.new(mode, (width, height), 1 if mode == "P" else "red")
    tags = Image.Exif()
    tags[MAKER] = "Telefon von Petra"
    tags[ORIENTATION] = exif.get("orientation", 1)
    tags.get_ifd(PLACE)[1] = "N"
    content = io.BytesIO()
    image.save(content, kind, exif=tags)
    return content.getvalue()


def opened(content: bytes | None) -> Image.Image:
    assert content is not None
    return Image.open(io.BytesIO(content))


def test_place_device_and_time_are_gone() -> None:
    before = photo(800, 600)
    assert opened(before).getexif()[MAKER] == "Telefon von Petra"
    after = shrink(before)
    assert not opened(after).getexif()
    assert after is not None and b"Petra" not in after


def test_it_is_upright_and_not_larger_than_needed() -> None:
    assert opened(shrink(photo(4000, 3000, orientation=6))).size == (LONGEST_EDGE * 3 // 4, LONGEST_EDGE)
    assert opened(shrink(photo(40, 30))).size == (40, 30)


def test_one_that_is_too_narrow_for_messengers_gets_a_margin() -> None:
    assert opened(shrink(photo(16_000, 10))).size == (LONGEST_EDGE, LONGEST_EDGE // 20)
    assert opened(shrink(photo(3, 300))).size == (15, 300)


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("WEBP", "RGB"), ("GIF", "P")])
def test_whatever_telephones_send_becomes_a_jpeg(kind: str, mode: str) -> None:
    image = opened(shrink(photo(300, 200, kind, mode)))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (300, 200))


def test_no_picture_is_none() -> None:
    whole = photo(2000, 2000)
    noise = random.Random(1).randbytes(10_000_000)
    for content in (b"", b"GIF89a", b"%PDF-1.7", whole[:500], noise, b"<svg xmlns='http://www.w3.org/2000/svg'/>"):
        assert shrink(content) is None


def test_a_picture_that_would_fill_the_memory_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MOST_PIXELS", 100)
    assert shrink(photo(20, 20)) is None
