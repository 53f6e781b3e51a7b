"""Telegram's HTML, read as strictly as Telegram reads it."""

import html
import re
from dataclasses import dataclass
from typing import Any

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "a": "text_link",
}
_START = re.compile(r"<([a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*)\s*>")
_END = re.compile(r"</([a-zA-Z0-9-]*)\s*>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")
_MENTION = re.compile(r"(?<!\w)@\w{4,32}")


class Unparsable(Exception):
    """The reason why Telegram would refuse this HTML, in its own words."""


@dataclass
class _Open:
    tag: str
    start: int
    link: str | None
    at: int


def utf16(text: str) -> int:
    """The length of `text` as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text of `source`, stripped at both ends, and its entities. Raises Unparsable."""
    parts: list[str] = []
    length = 0
    stack: list[_Open] = []
    entities: list[dict[str, Any]] = []
    position = 0
    while position < len(source):
        char = source[position]
        at = len(source[:position].encode())
        if char == "&" and (reference := _REFERENCE.match(source, position)):
            parts.append(html.unescape(reference[0]))
            length += utf16(parts[-1])
            position = reference.end()
        elif char != "<":
            parts.append(char)
            length += utf16(char)
            position += 1
        elif end := _END.match(source, position):
            if not stack:
                raise Unparsable(f"Unexpected end tag at byte offset {at}")
            opened = stack.pop()
            if end[1] and end[1].lower() != opened.tag:
                raise Unparsable(
                    f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{end[1]}>"'
                )
            if length > opened.start:
                entities.append(_entity(opened, length))
            position = end.end()
        else:
            stack.append(_opening(source, position, at, length))
            position = _START.match(source, position).end()  # type: ignore[union-attr]
    if stack:
        raise Unparsable(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    return _strip("".join(parts), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])))


def plain_entities(text: str) -> list[dict[str, Any]]:
    """The entities that Telegram finds by itself: commands and mentions."""
    found = [(match, "bot_command") for match in _COMMAND.finditer(text)]
    found += [(match, "mention") for match in _MENTION.finditer(text)]
    return [
        {"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match[0])}
        for match, kind in sorted(found, key=lambda pair: pair[0].start())
    ]


def _opening(source: str, position: int, at: int, length: int) -> _Open:
    match = _START.match(source, position)
    if match is None:
        name = re.match(r"<([^\s>]*)", source[position:])
        raise Unparsable(f'Unsupported start tag "{name[1] if name else ""}" at byte offset {at}')
    tag = match[1].lower()
    attributes = {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(match[2])}
    if tag not in _TYPES:
        raise Unparsable(f'Unsupported start tag "{match[1]}" at byte offset {at}')
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise Unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    return _Open(tag, length, html.unescape(attributes.get("href", "")) if tag == "a" else None, at)


def _entity(opened: _Open, length: int) -> dict[str, Any]:
    entity: dict[str, Any] = {"type": _TYPES[opened.tag], "offset": opened.start, "length": length - opened.start}
    return entity | ({"url": opened.link} if opened.link else {})


def _strip(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    cut = utf16(text) - utf16(text.lstrip())
    stripped = text.strip()
    size = utf16(stripped)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, size)
        if start < end:
            kept.append(entity | {"offset": start, "length": end - start})
    return stripped, kept
