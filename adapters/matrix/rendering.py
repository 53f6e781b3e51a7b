"""Our four tags as Matrix's HTML and as plain text, choices as numbers, commands with the sign that Matrix clients
let through."""

import html
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from bot.dialogue.message import Choice
from bot.dialogue.signs import with_sign

TEXT_LIMIT = 15_000
"""The longest text in one message, in UTF-8 bytes: encrypted, twice over and escaped it stays below the 65,536 bytes
that an event may have."""

_TAGS = ("b", "i", "code", "a")


class _Text(HTMLParser):
    """Reads our tags into Matrix's HTML and plain text; any other tag is dropped and its content kept."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html: list[str] = []
        self.plain: list[str] = []
        self._open: list[tuple[str, str, int]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href") or ""
        if tag in _TAGS and (link or tag != "a"):
            self.html.append(f'<a href="{html.escape(link)}">' if tag == "a" else f"<{tag}>")
            self._open.append((tag, link, len(self.plain)))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _, _ in self._open):
            name, link, start = self._open.pop()
            self.html.append(f"</{name}>")
            if link and "".join(self.plain[start:]) != link:
                self.plain.append(f" ({link})")
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        said = with_sign(data, "!")
        self.plain.append(said)
        self.html.append(html.escape(said, quote=False).replace("\n", "<br>"))


def contents(text: str, choices: Sequence[Choice] = (), *, quiet: bool = False) -> list[dict[str, Any]]:
    """The contents of the messages that a text becomes, the choices with the last; mostly one.

    A quiet one is a notice, which does not ring. A text beyond the limit goes in several, without its emphasis.
    """
    read = _Text(text)
    plain, rich = "".join(read.plain).strip(), "".join(read.html).strip()
    numbered = [f"{number}  {choice.label}" for number, choice in enumerate(choices, 1)]
    kind = "m.notice" if quiet else "m.text"
    if len(plain.encode()) > TEXT_LIMIT:
        *first, last = _pieces(plain)
        return [{"msgtype": kind, "body": piece} for piece in (*first, _joined(last, "\n", numbered))]
    content = {"msgtype": kind, "body": _joined(plain, "\n", numbered)}
    formatted = _joined(rich, "<br>", [html.escape(line, quote=False).replace("  ", "&nbsp; ") for line in numbered])
    if formatted != html.escape(content["body"], quote=False):
        content |= {"format": "org.matrix.custom.html", "formatted_body": formatted}
    return [content]


def edited(content: dict[str, Any], message_id: str) -> dict[str, Any]:
    """The content that puts `content` in the place of an earlier message."""
    relation = {"rel_type": "m.replace", "event_id": message_id}
    return {
        "msgtype": content["msgtype"],
        "body": f"* {content['body']}",
        "m.new_content": content,
        "m.relates_to": relation,
    }


def _joined(text: str, line: str, numbered: Sequence[str]) -> str:
    return line.join([text, "", *numbered]) if numbered else text


def _pieces(plain: str) -> list[str]:
    """`plain` in pieces below the limit, cut between lines, else between words, else anywhere."""
    pieces = []
    while len(plain.encode()) > TEXT_LIMIT:
        head = plain.encode()[:TEXT_LIMIT].decode(errors="ignore")
        cut = next((found for gap in ("\n", " ") if (found := head.rfind(gap)) > 0), len(head))
        pieces.append(plain[:cut])
        plain = plain[cut:].lstrip()
    return [*pieces, plain]
