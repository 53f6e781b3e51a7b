"""Our four tags as Telegram's HTML, cut to Telegram's lengths, and choices as rows of buttons."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.dialogue.message import Choice

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""Telegram's limits, in UTF-16 code units after the tags are read."""
ROW_LENGTH = 36
ROW_BUTTONS = 3
"""What fits side by side on a phone: so many characters, so many buttons. All are equally wide, and what does not fit
on one is cut off, so the longest label says how many share a row."""
BUTTONS = 100
"""Telegram takes no more under one message; what is beyond can still be written."""

_TAGS = ("b", "i", "code", "a")


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of plain text within the same tags; `tags` are (name, link) from the outside in."""

    text: str
    tags: tuple[tuple[str, str], ...]


class _Runs(HTMLParser):
    """Reads our tags; any other tag is dropped and its content kept."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[_Run] = []
        self._open: list[tuple[str, str]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href") or ""
        if tag in _TAGS and (link or tag != "a"):
            self._open.append((tag, link))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.runs.append(_Run(data, tuple(self._open)))


def length(source: str) -> int:
    """How long Telegram takes `source` to be: UTF-16 code units, tags not counted."""
    return _units("".join(run.text for run in _Runs(source).runs))


def pieces(source: str, limit: int = TEXT_LIMIT) -> list[str]:
    """`source` as Telegram's HTML, in pieces of at most `limit`; at least one, which may be empty.

    Cut between paragraphs, else between lines, else between words, else anywhere; open tags go on in the next piece.
    """
    runs = _Runs(source).runs
    plain = "".join(run.text for run in runs)
    rendered = []
    start = 0
    while True:
        start += len(plain[start:]) - len(plain[start:].lstrip())
        end = _cut(plain, start, limit)
        rendered.append(_render(runs, start, end))
        if end >= len(plain.rstrip()):
            return rendered
        start = end


def cut(text: str, limit: int) -> str:
    """Plain `text`, shortened to so many UTF-16 code units where it is longer."""
    return text if _units(text) <= limit else text[: _cut(text, 0, limit - 1)] + "…"


def keyboard(prompt: str, choices: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    """The choices as buttons, short ones side by side; each brings back `prompt.position` when tapped."""
    rows: list[list[InlineKeyboardButton]] = []
    for index, choice in enumerate(choices[:BUTTONS]):
        button = InlineKeyboardButton(choice.label, callback_data=f"{prompt}.{index}")
        row = rows[-1] if rows else []
        longest = max(len(choice.label), *(len(neighbour.text) for neighbour in row)) if row else ROW_LENGTH
        if len(row) < ROW_BUTTONS and longest * (len(row) + 1) <= ROW_LENGTH and row:
            row.append(button)
        else:
            rows.append([button])
    return InlineKeyboardMarkup(rows) if rows else None


def _cut(plain: str, start: int, limit: int) -> int:
    """Where the piece that begins at `start` ends."""
    if _units(plain[start:]) <= limit:
        return len(plain)
    end, used = start, 0
    while used + _units(plain[end]) <= limit:
        used += _units(plain[end])
        end += 1
    for gap in ("\n\n", "\n", " "):
        found = plain.rfind(gap, start, end + 1)
        if found > start:
            return found
    return end


def _render(runs: Sequence[_Run], start: int, end: int) -> str:
    parts: list[str] = []
    opened: tuple[tuple[str, str], ...] = ()
    position = 0
    for run in runs:
        text = run.text[max(start - position, 0) : max(end - position, 0)]
        position += len(run.text)
        if not text:
            continue
        same = _shared(opened, run.tags)
        parts += [f"</{name}>" for name, _ in reversed(opened[same:])]
        parts += [f'<a href="{html.escape(link)}">' if name == "a" else f"<{name}>" for name, link in run.tags[same:]]
        parts.append(html.escape(text, quote=False))
        opened = run.tags
    parts += [f"</{name}>" for name, _ in reversed(opened)]
    return "".join(parts)


def _shared(left: tuple[tuple[str, str], ...], right: tuple[tuple[str, str], ...]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
