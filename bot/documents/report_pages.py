"""The closing report to print: the picture's numbers, the tables, and what people have released."""

from bot.dialogue.words import VERDICTS
from bot.documents.pages import INK, QUIET, Pages
from bot.documents.report import DIMENSIONS, Report, as_of, how_counted, key_label, number, quote_source
from bot.domain.tally import Line, Verdict
from bot.texts import Speaker

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 20.0
_BAR = (42, 157, 111)
_APART = (141, 152, 168)
_LABEL = 48.0


def closing_report(report: Report, t: Speaker) -> bytes:
    """A4, as PDF."""
    return _Paper(report, t).content()


class _Paper:
    """Pages that are filled from the top."""

    def __init__(self, report: Report, t: Speaker) -> None:
        self.t, self.report = t, report
        self.pages = Pages(WIDTH, HEIGHT, report.title)
        self.y = HEIGHT

    def content(self) -> bytes:
        t, report = self.t, self.report
        self._text(report.title, 22, bold=True, gap=2)
        self._text(as_of(t, report), 11, quiet=True, gap=1)
        self._text(how_counted(t), 9, quiet=True, gap=8)
        self._text(t.plain("What became of the pledges"), 15, bold=True, gap=3)
        self._bars(report.tally.overall)
        for dimension, lines in report.tally.tables.items():
            self._room(30)
            self.y += 6
            self._text(t.plain(DIMENSIONS[dimension]), 15, bold=True, gap=2)
            for line in lines:
                self._line(key_label(t, dimension, line.key), line)
        if report.quotes:
            self._room(35)
            self.y += 6
            self._text(t.plain("In their own words"), 15, bold=True, gap=3)
            for quote in report.quotes:
                self._room(22)
                self._text(f"„{quote.words}“" if t.language != "en" else f"“{quote.words}”", 11, gap=0.5)
                self._text(quote_source(t, quote), 9, quiet=True, gap=4)
        return self.pages.content()

    def _room(self, height: float) -> None:
        """Go to the next page where so much does not fit any more."""
        if self.y + height > HEIGHT - MARGIN:
            self.pages.new_page()
            self.y = MARGIN

    def _text(self, text: str, size: float, *, bold: bool = False, quiet: bool = False, gap: float = 0) -> None:
        self._room(size)
        width = WIDTH - 2 * MARGIN
        room = HEIGHT - MARGIN - self.y
        colour = QUIET if quiet else INK
        self.y += self.pages.write(text, MARGIN, self.y, width, room, (size, size), bold=bold, colour=colour) + gap

    def _bars(self, line: Line) -> None:
        counts = line.counts
        longest = max((count or 0 for count in counts.values()), default=0) or 1
        widest = WIDTH - 2 * MARGIN - _LABEL - 20
        for verdict in Verdict:
            if counts[verdict] == 0:
                continue
            self._room(8)
            apart = verdict in list(Verdict)[7:]
            self.pages.write(self.t.plain(VERDICTS[verdict]), MARGIN, self.y, _LABEL, 6, (11, 8))
            length = widest * (counts[verdict] or 0) / longest
            if length:
                self.pages.fill(MARGIN + _LABEL, self.y + 0.6, length, 4, _APART if apart else _BAR)
            at = MARGIN + _LABEL + length + 2
            self.pages.write(number(counts[verdict]), at, self.y, 20, 6, (11, 11), bold=True)
            self.y += 7

    def _line(self, label: str, line: Line) -> None:
        """A group in one line: how many have answered of how many, and the classes that are not empty."""
        t = self.t
        said = [f"{t.plain(VERDICTS[v])} {number(n)}" for v, n in line.counts.items() if n]
        if None in line.counts.values():
            said.append(t.plain("others hidden"))
        of = t.plain("{n} of {all} have answered", n=number(line.answered), all=number(line.total))
        self._room(14)
        self.pages.write(label, MARGIN, self.y, _LABEL, 12, (11, 8), bold=True)
        width = WIDTH - 2 * MARGIN - _LABEL - 3
        height = self.pages.write(f"{of}: {', '.join(said)}", MARGIN + _LABEL + 3, self.y, width, 14, (10, 8))
        self.y += max(7.0, height + 2)
