"""A chat as a phone shows it, as a picture: bubbles, the buttons below them, and the one that is tapped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parents[2] / "bot" / "documents" / "fonts"
SCALE = 2
"""Pixels of the picture for one of the phone's."""
WIDTH, MARGIN, GAP = 360, 10, 8
BUBBLE, PADDING, LINE = 300, 11, 21
"""The widest bubble, the room inside it, and the height of a line."""
FILE = 40
"""The height of a file above the words."""
SIZE, SMALL = 16, 14
ROOM, PAPER, OWN, INK, QUIET, BUTTON, TAPPED = (
    "#dfe7dc", "#ffffff", "#d8f5c4", "#14231c", "#5d6b63", "#f4f7f3", "#2f6f4f",
)  # fmt: skip
SIGNS = {"🟢": "#2e9e4f", "🟡": "#e9b92c", "🔴": "#d1402f", "✅": "#2e9e4f", "📣": "#c8622b"}
"""Signs that the font lacks: each is drawn, by its colour."""


@dataclass
class Bubble:
    """One message: its words with our four tags, whose it is, the file that comes with it, the rows of its buttons,
    and those that are tapped."""

    text: str
    own: bool = False
    file: str = ""
    rows: Sequence[Sequence[str]] = ()
    tapped: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Day:
    """A day or a time above what was said on it."""

    text: str


def draw(entries: Iterable[Bubble | Day]) -> Image.Image:
    """The chat from its first to its last entry."""
    entries = list(entries)
    high = MARGIN + sum(_height(entry) + GAP for entry in entries)
    picture = Image.new("RGB", (WIDTH * SCALE, high * SCALE), ROOM)
    pen, y = ImageDraw.Draw(picture), float(MARGIN)
    for entry in entries:
        _draw_day(pen, entry, y) if isinstance(entry, Day) else _draw_bubble(pen, entry, y)
        y += _height(entry) + GAP
    return picture


Word = tuple[str, bool]
"""A word and whether it is bold."""


class _Words(HTMLParser):
    """Reads our tags into lines of words."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[Word]] = [[]]
        self._bold = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._bold += tag == "b"

    def handle_endtag(self, tag: str) -> None:
        self._bold -= tag == "b"

    def handle_data(self, data: str) -> None:
        for number, line in enumerate(data.split("\n")):
            if number:
                self.lines.append([])
            for is_space, letters in groupby(line, key=lambda letter: letter == " "):
                self.lines[-1].append(("".join(letters), bool(self._bold) and not is_space))


def _font(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"SourceSansPro-{'Bold' if bold else 'Regular'}.ttf", size * SCALE)


def _wide(word: Word, size: int) -> float:
    """How wide a word is, in the phone's pixels; a drawn sign is as wide as it is high."""
    drawn = sum(letter in SIGNS for letter in word[0])
    plain = "".join(letter for letter in word[0] if letter not in SIGNS)
    return _font(word[1], size).getlength(plain) / SCALE + drawn * size


def _wrapped(text: str, width: float) -> list[list[Word]]:
    """The lines as they fit into so many of the phone's pixels."""
    fitting: list[list[Word]] = []
    for line in _Words(text).lines:
        fitting.append([])
        used = 0.0
        for word in line:
            if used + _wide(word, SIZE) > width and word[0].strip():
                fitting.append([])
                used = 0.0
            if used or word[0].strip():
                fitting[-1].append(word)
                used += _wide(word, SIZE)
    return fitting


def _height(entry: Bubble | Day) -> int:
    if isinstance(entry, Day):
        return LINE + 6
    words = LINE * len(_wrapped(entry.text, BUBBLE - 2 * PADDING))
    return 2 * PADDING - 4 + words + (FILE if entry.file else 0) + 38 * len(entry.rows)


def _draw_day(pen: ImageDraw.ImageDraw, day: Day, y: float) -> None:
    _write(pen, [(day.text, False)], (WIDTH - _wide((day.text, False), SMALL)) / 2, y + 3, SMALL, QUIET)


def _draw_bubble(pen: ImageDraw.ImageDraw, bubble: Bubble, y: float) -> None:
    lines = _wrapped(bubble.text, BUBBLE - 2 * PADDING)
    wide = max(sum(_wide(word, SIZE) for word in line) for line in lines) + 2 * PADDING
    wide = BUBBLE if bubble.rows or bubble.file else wide
    left = WIDTH - MARGIN - wide if bubble.own else float(MARGIN)
    top = y + (FILE if bubble.file else 0)
    bottom = top + 2 * PADDING - 4 + LINE * len(lines)
    _box(pen, left, y, left + wide, bottom, OWN if bubble.own else PAPER, 12)
    if bubble.file:
        _box(pen, left + PADDING, y + PADDING, left + wide - PADDING, y + FILE + 3, ROOM, 6)
        _write(pen, [(bubble.file, True)], left + 2 * PADDING, y + PADDING + 5, SMALL, TAPPED)
    for number, line in enumerate(lines):
        _write(pen, line, left + PADDING, top + PADDING - 3 + number * LINE, SIZE, INK)
    for number, row in enumerate(bubble.rows):
        top, each = bottom + 5 + 38 * number, (wide - 5 * (len(row) - 1)) / len(row)
        for place, label in enumerate(row):
            start, chosen = left + place * (each + 5), label in bubble.tapped
            _box(pen, start, top, start + each, top + 33, TAPPED if chosen else BUTTON, 8)
            word = (label, chosen)
            size = SMALL if _wide(word, SIZE) > each - 8 else SIZE
            middle = start + (each - _wide(word, size)) / 2
            _write(pen, [word], middle, top + 6, size, PAPER if chosen else INK)


def _box(
    pen: ImageDraw.ImageDraw, left: float, top: float, right: float, bottom: float, colour: str, round_by: int
) -> None:
    pen.rounded_rectangle([side * SCALE for side in (left, top, right, bottom)], round_by * SCALE, colour)


def _write(pen: ImageDraw.ImageDraw, words: Sequence[Word], x: float, y: float, size: int, colour: str) -> None:
    for text, bold in words:
        for is_sign, letters in groupby(text, key=lambda letter: letter in SIGNS):
            part = "".join(letters)
            if is_sign:
                for letter in part:
                    _sign(pen, letter, x + 1, y + 4, size - 3)
                    x += size
            else:
                pen.text((x * SCALE, y * SCALE), part, colour, _font(bold, size))
                x += _wide((part, bold), size)


def _sign(pen: ImageDraw.ImageDraw, letter: str, x: float, y: float, side: int) -> None:
    """A sign in a square of that side: a disc, a tick in a square, or a horn."""

    def spots(*pairs: tuple[float, float]) -> list[tuple[float, float]]:
        return [((x + right * side) * SCALE, (y + down * side) * SCALE) for right, down in pairs]

    if letter == "✅":
        pen.rounded_rectangle(spots((0, 0), (1, 1)), 3 * SCALE, SIGNS[letter])
        pen.line(spots((0.2, 0.55), (0.42, 0.76), (0.8, 0.26)), "white", 2 * SCALE, "curve")
    elif letter == "📣":
        pen.polygon(spots((0, 0.38), (0.75, 0), (0.75, 1), (0, 0.66)), SIGNS[letter])
        pen.line(spots((0.22, 0.62), (0.32, 1)), SIGNS[letter], 2 * SCALE)
        pen.line(spots((0.95, 0.3), (0.95, 0.7)), SIGNS[letter], 2 * SCALE)
    else:
        pen.ellipse(spots((0, 0), (1, 1)), SIGNS[letter])
