"""What a workshop needs on its day: a slide for the wall and cards for the hands, as PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.dialogue.facts import Way
from bot.documents.pages import INK, QUIET, Pages
from bot.domain.pledge import Pledge
from bot.domain.workshop import Workshop
from bot.texts import Speaker

A4 = (210.0, 297.0)
A6 = (105.0, 148.5)
WIDE = (320.0, 180.0)
"""16:9."""
WAYS = 3
"""So many ways in have room side by side."""


@dataclass(frozen=True, slots=True)
class Card:
    """What one card is for: the way in with a code, and the pledge that the code claims, if it is one's own."""

    code: str
    ways: Sequence[Way]
    pledge: Pledge | None = None


def slide(workshop: Workshop, ways: Sequence[Way], t: Speaker) -> bytes:
    """The slide that a hall sees: how to join, as QR codes and as a code to type."""
    pages = Pages(*WIDE, title=workshop.name)
    pages.new_page()
    ways = ways[:WAYS]
    left = 150.0 if ways else 280.0
    pages.fill(0, 0, 6, WIDE[1], INK)
    y = 16 + pages.write(workshop.name, 20, 16, left, 30, (22, 14), colour=QUIET)
    y += 4 + pages.write(t.plain("What will you do?"), 20, y + 4, left, 24, (52, 30), bold=True)
    steps = (
        t.plain("1. Scan the code and tap Start.") if ways else t.plain("1. Write to the bot."),
        t.plain("2. Agree."),
        t.plain("3. Write your pledge in one sentence."),
    )
    for step in steps:
        y += 3 + pages.write(step, 20, y + 3, left, 20, (24, 15))
    pages.write(t.plain("If the bot asks for a code:"), 20, 126, left, 9, (18, 12), colour=QUIET)
    pages.write(readable(workshop.code), 20, 136, left, 28, (64, 40), bold=True)
    side = {1: 120.0, 2: 76.0, 3: 70.0}.get(len(ways), 0.0)
    if len(ways) < WAYS:
        x, y = 180.0 + (130 - side) / 2, WIDE[1] / 2 - len(ways) * (side + 9) / 2
        places = [(x, y + number * (side + 9)) for number in range(len(ways))]
    else:
        places = [(174.0, 14.0), (246.0, 14.0), (210.0, 95.0)]
    for way, (x, top) in zip(ways, places, strict=True):
        pages.draw_qr(way.address, x, top, side)
        pages.write(way.messenger, x, top + side - 1, side, 10, (18, 12), bold=True, centred=True)
    return pages.content()


def cards(workshop: Workshop, wanted: Iterable[Card], t: Speaker) -> bytes:
    """The cards, four A6 on each A4 with lines to cut along."""
    pages = Pages(*A4, title=workshop.name)
    for number, card in enumerate(wanted):
        place = number % 4
        if place == 0:
            pages.new_page()
            pages.draw_line((A6[0], 0), (A6[0], A4[1]))
            pages.draw_line((0, A6[1]), (A4[0], A6[1]))
        _card(pages, workshop, card, (place % 2) * A6[0] + 9, (place // 2) * A6[1] + 9, t)
    return pages.content()


def readable(code: str) -> str:
    """A code in two groups, as people read it out."""
    return f"{code[: len(code) // 2]} {code[len(code) // 2 :]}"


def _card(pages: Pages, workshop: Workshop, card: Card, x: float, top: float, t: Speaker) -> None:
    width, bottom = A6[0] - 18, top + A6[1] - 18
    ways = card.ways[:WAYS]
    y = top + pages.write(workshop.name, x, top, width, 11, (12, 9), colour=QUIET) + 4
    side = {1: 44.0 if card.pledge else 54.0, 2: 41.0, 3: 28.0}.get(len(ways), 0.0)
    foot = bottom - side - (34 if ways else 28)
    if card.pledge is None:
        pages.write(t.plain("What will you do?"), x, y, width, foot - y, (30, 18), bold=True)
    else:
        y += pages.write(t.plain("Your pledge {reference}", reference=card.pledge.reference),
                         x, y, width, 9, (14, 10), bold=True) + 2  # fmt: skip
        owner = ", ".join(filter(None, (card.pledge.owner, card.pledge.place)))
        y += pages.write(card.pledge.text, x, y, width, foot - y - (10 if owner else 0), (17, 7.5)) + 2
        if owner:
            pages.write(owner, x, y, width, 8, (10, 7), colour=QUIET)
    gap = (width - side * len(ways)) / max(1, len(ways) - 1) if len(ways) > 1 else 0.0
    for number, way in enumerate(ways):
        left = x + (width - side) / 2 if len(ways) == 1 else x + number * (side + gap)
        pages.draw_qr(way.address, left, foot, side)
        pages.write(way.messenger, left, foot + side - 1.5, side, 6, (11, 8), bold=True, centred=True)
    y = foot + side + (7 if ways else 0)
    if not ways:
        says = t.plain("Write this code to the bot:")
    elif card.pledge:
        says = t.plain("Scan and tap Start, then “Yes, that is me”. If the bot asks for a code:")
    else:
        says = t.plain("Scan and tap Start. If the bot asks for a code:")
    y += pages.write(says, x, y, width, 11, (11, 8), colour=QUIET, centred=True) + 1
    pages.write(readable(card.code), x, y, width, 13, (28, 20), bold=True, centred=True)
