"""Our four tags (b, i, code, a) for where there is no HTML."""

from html.parser import HTMLParser

from rich.text import Text

STYLES = {"b": "bold", "i": "italic", "code": "cyan", "a": "underline"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(STYLES.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data, style=" ".join(filter(None, self._open)))


def styled(markup: str) -> Text:
    """The message for a terminal, with its emphasis."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.text


def plain(markup: str) -> str:
    """The message as plain text."""
    return styled(markup).plain
