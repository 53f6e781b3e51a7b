"""Pages to print and to project: the paper, its lettering and its QR codes.

The lettering is Source Sans Pro, which may be passed on (`fonts/OFL.txt`); only the letters used end up in a file.
"""

from itertools import groupby
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

Colour = tuple[int, int, int]
INK: Colour = (23, 34, 59)
QUIET: Colour = (92, 103, 125)
LINE: Colour = (196, 203, 214)

_FONTS = Path(__file__).parent / "fonts"
_FAMILY = "Source Sans Pro"
_LEADING = 1.18
"""The distance of two lines, in heights of the letters."""
_POINT = 25.4 / 72
"""A typographic point, in millimetres."""


class Pages:
    """A document in millimetres whose pages are `width` by `height`."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self.width, self.height = width, height
        self._pdf = FPDF(unit="mm", format=(width, height))
        self._pdf.set_auto_page_break(False)
        self._pdf.c_margin = 0
        for style, name in (("", "Regular"), ("B", "Bold")):
            self._pdf.add_font(_FAMILY, style, _FONTS / f"SourceSansPro-{name}.ttf")
        self._pdf.set_title(title)

    def new_page(self) -> None:
        """Go on on an empty page."""
        self._pdf.add_page()

    def content(self) -> bytes:
        """The document as PDF."""
        return bytes(self._pdf.output())

    def draw_line(self, from_: tuple[float, float], to: tuple[float, float]) -> None:
        """A fine line, to cut along."""
        self._pdf.set_draw_color(*LINE)
        self._pdf.set_line_width(0.1)
        self._pdf.line(*from_, *to)

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled box."""
        self._pdf.set_fill_color(*colour)
        self._pdf.rect(x, y, width, height, style="F")

    def write(
        self, text: str, x: float, y: float, width: float, height: float, sizes: tuple[float, float], *,
        bold: bool = False, colour: Colour = INK, centred: bool = False,
    ) -> float:  # fmt: skip
        """Write `text` into a box, as large as it fits: `sizes` are the largest and the smallest, in points. What does
        not fit even then ends with an ellipsis. Gives the height that it took, in millimetres."""
        self._letter(bold, sizes[0])
        text, size = self._shown(text), sizes[0]
        lines = self._lines(text, width, size, bold)
        while size > sizes[1] and not self._fits(text, lines, width, height, size):
            size = max(sizes[1], size * 0.95)
            lines = self._lines(text, width, size, bold)
        room = max(1, int(height / (size * _POINT * _LEADING) + 0.001))
        if len(lines) > room:
            lines = [*lines[: room - 1], self._cut(" ".join(lines[room - 1 :]), width)]
        self._pdf.set_text_color(*colour)
        self._pdf.set_xy(x, y)
        for line in lines:
            self._pdf.set_x(x)
            align = Align.C if centred else Align.L
            self._pdf.cell(width, size * _POINT * _LEADING, line, align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)
        return len(lines) * size * _POINT * _LEADING

    def draw_qr(self, content: str, x: float, y: float, side: float) -> None:
        """The QR code of `content` as vectors, `side` millimetres wide with its quiet border."""
        rows = [bytes(row) for row in segno.make_qr(content, error="m").matrix_iter(border=4)]
        module = side / len(rows)
        self.fill(x, y, side, side, (255, 255, 255))
        self._pdf.set_fill_color(0)
        for row, cells in enumerate(rows):
            column = 0
            for dark, run in groupby(cells):
                length = len(list(run))
                if dark:  # a hair higher than a module, or viewers show seams between the rows
                    self._pdf.rect(x + column * module, y + row * module, length * module, module * 1.02, style="F")
                column += length

    def _letter(self, bold: bool, size: float) -> None:
        self._pdf.set_font(_FAMILY, "B" if bold else "", size)

    def _shown(self, text: str) -> str:
        """`text` on one line, without what the lettering has no letters for (emoji, other scripts)."""
        known = getattr(self._pdf.current_font, "cmap", {})
        return " ".join("".join(char for char in text if char.isspace() or ord(char) in known).split())

    def _lines(self, text: str, width: float, size: float, bold: bool) -> list[str]:
        self._letter(bold, size)
        lines = self._pdf.multi_cell(width, size * _POINT, text, dry_run=True, output="LINES", align=Align.L)
        return [str(line) for line in lines] if isinstance(lines, list) else []

    def _fits(self, text: str, lines: list[str], width: float, height: float, size: float) -> bool:
        """Whether all lines have room, and no word is broken."""
        widest = max((self._pdf.get_string_width(word) for word in text.split()), default=0.0)
        return len(lines) * size * _POINT * _LEADING <= height and widest <= width

    def _cut(self, text: str, width: float) -> str:
        while text and self._pdf.get_string_width(f"{text} …") > width:
            text = text[:-1].rstrip()
        return f"{text} …"
