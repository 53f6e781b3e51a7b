"""Slide and cards, as a telephone's camera and a reader see them."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from bot.dialogue.facts import Way
from bot.documents.invitations import Card, cards, slide
from bot.domain.land import Land
from bot.domain.pledge import Pledge, Stage
from bot.domain.workshop import Workshop
from bot.texts import speaker

BERLIN = Workshop(1, "BER", "Werkstatt der Mutigen Berlin", date(2025, 7, 9), Land.BE, "ABCD2345")
TELEGRAM = Way("Telegram", "https://t.me/worthalten_bot?start=ABCD2345")
MATRIX = Way("Matrix", "https://matrix.to/#/@versprechen:example.org")
MESSENGER = Way("Bundesmessenger", "https://matrix.to/#/@versprechen:messenger.bund.example.org")
PLEDGE = Pledge(
    "BER-042", 1, "Wir eröffnen bis Ende Oktober ein Bürgerbüro im alten Bahnhof.", date(2026, 1, 9), Stage.PROPOSED,
    owner="Bürgermeisterin Öztürk-Şahin", place="Überlingen",
)  # fmt: skip
T = speaker("de")


def pages(pdf: bytes) -> list[pypdfium2.PdfPage]:
    """The pages of a PDF."""
    return list(pypdfium2.PdfDocument(pdf))


def words(page: pypdfium2.PdfPage) -> str:
    """What stands on a page, in reading order."""
    return " ".join(page.get_textpage().get_text_range().split())


def scanned(page: pypdfium2.PdfPage) -> list[str]:
    """What a camera reads from the QR codes on a page."""
    image = page.render(scale=2).to_pil()
    return sorted(code.text for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode))


@pytest.mark.parametrize("ways", [[TELEGRAM], [TELEGRAM, MATRIX], [TELEGRAM, MATRIX, MESSENGER]])
def test_the_slide_leads_in(ways: list[Way]) -> None:
    [page] = pages(slide(BERLIN, ways, T))
    assert page.get_width() / page.get_height() == pytest.approx(16 / 9, rel=1e-4)
    assert scanned(page) == sorted(way.address for way in ways)
    for said in ("Werkstatt der Mutigen Berlin", "Was nehmen Sie sich vor?", "ABCD 2345", *(w.messenger for w in ways)):
        assert said in words(page)


def test_without_a_link_there_is_the_code() -> None:
    [page] = pages(slide(BERLIN, [], T))
    assert scanned(page) == []
    assert "ABCD 2345" in words(page)


def test_every_card_has_its_own_code_and_sentence() -> None:
    others = [replace(PLEDGE, reference=f"BER-{number:03}") for number in range(1, 6)]
    wanted = [
        Card(f"WXYZ234{number}", [replace(TELEGRAM, address=f"https://t.me/b?start=WXYZ234{number}")], pledge)
        for number, pledge in enumerate(others)
    ]
    found = pages(cards(BERLIN, wanted, T))
    assert len(found) == 2
    assert (found[0].get_width(), found[0].get_height()) == pytest.approx((595.3, 841.9), abs=0.1)
    assert scanned(found[0]) == [f"https://t.me/b?start=WXYZ234{number}" for number in range(4)]
    assert scanned(found[1]) == ["https://t.me/b?start=WXYZ2344"]
    for said in ("BER-004", PLEDGE.text, "Bürgermeisterin Öztürk-Şahin, Überlingen", "WXYZ 2343"):
        assert said in words(found[0])
    assert "BER-005" in words(found[1])


@pytest.mark.parametrize(
    "text",
    [
        "Wir öffnen die Turnhalle dienstags für Straßenfußball. " * 36,
        "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle" * 4,
        "x" * 2000,
    ],
)
@pytest.mark.parametrize("ways", [[], [TELEGRAM], [TELEGRAM, MATRIX, MESSENGER]])
def test_long_texts_stay_on_their_card(text: str, ways: list[Way]) -> None:
    long = Card("WXYZ2345", ways, replace(PLEDGE, text=text, owner="Ö" * 300, place=""))
    [page] = pages(cards(replace(BERLIN, name="Ä" * 200), [long], T))
    textpage = page.get_textpage()
    right, bottom = page.get_width() / 2, page.get_height() / 2
    for index in range(textpage.count_rects()):
        _, lowest, rightmost, _ = textpage.get_rect(index)
        assert rightmost <= right
        assert lowest >= bottom
    assert scanned(page) == sorted(way.address for way in ways)
    assert "WXYZ 2345" in words(page)


def test_what_cannot_be_written_is_left_out() -> None:
    odd = Card("WXYZ2345", [], replace(PLEDGE, text="Fest 🎉 in Łódź – 友好", owner="<b>&"))
    [page] = pages(cards(BERLIN, [odd], T))
    assert "Fest in Łódź –" in words(page)
    assert "<b>&" in words(page)
