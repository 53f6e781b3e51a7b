"""What the published Bot API says of arguments in words, and not as data."""

import io
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PIL import Image, UnidentifiedImageError

from tests.telegram_server.schema import Violation

if TYPE_CHECKING:
    from tests.telegram_server.methods import Upload

Arguments = Mapping[str, Any]
PHOTO_BYTES, FILE_BYTES = 10 * 2**20, 50 * 2**20
BUTTONS, BUTTONS_IN_A_ROW = 100, 8
_ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
)  # fmt: skip
_PARSE_MODES = ("HTML", "Markdown", "MarkdownV2")


def check(method: str, arguments: Arguments, files: Mapping[str, "Upload"], updates: frozenset[str]) -> None:
    """Raise Violation when a call breaks one of the rules. `updates` are the kinds of updates that there are."""
    _range(method, arguments, "max_connections", 1, 100)
    if method == "getUpdates":
        _range(method, arguments, "limit", 1, 100)
        _range(method, arguments, "timeout", 0, 50)
    for name, rule in _STRINGS.items():
        if not rule(arguments.get(name)):
            raise Violation(f"{method}.{name}: {arguments[name]!r} is not allowed")
    if unknown := set(arguments.get("allowed_updates") or ()) - updates:
        raise Violation(f"{method}: no such updates: {', '.join(sorted(unknown))}")
    for mode, entities in (("parse_mode", "entities"), ("parse_mode", "caption_entities")):
        if mode in arguments and entities in arguments:
            raise Violation(f"{method}: {mode} and {entities} exclude each other")
    if method.startswith("editMessage") and not arguments.keys() >= {"chat_id", "message_id"}:
        raise Violation(f"{method}: chat_id and message_id are required without inline_message_id")
    if method == "setMyCommands":
        names = [command["command"] for command in arguments["commands"]]
        if len(names) != len(set(names)):
            raise Violation(f"{method}: a command comes twice")
    _check_keyboard(method, arguments.get("reply_markup") or {})
    for name, file in files.items():
        _check_file(f"{method}.{name}", file, photo=method == "sendPhoto")


_STRINGS: dict[str, Callable[[Any], bool]] = {
    "language_code": lambda code: not code or re.fullmatch("[a-z]{2}", code) is not None,
    "secret_token": lambda token: not token or re.fullmatch("[A-Za-z0-9_-]{1,256}", token) is not None,
    "parse_mode": lambda mode: mode is None or mode in _PARSE_MODES,
    "action": lambda action: action is None or action in _ACTIONS,
}


def _range(method: str, arguments: Arguments, name: str, least: int, most: int) -> None:
    if not least <= arguments.get(name, least) <= most:
        raise Violation(f"{method}.{name}: {arguments[name]} is not between {least} and {most}")


def _check_keyboard(method: str, markup: Mapping[str, Any]) -> None:
    rows = markup.get("inline_keyboard", [])
    if sum(map(len, rows)) > BUTTONS or max(map(len, rows), default=0) > BUTTONS_IN_A_ROW:
        raise Violation(f"{method}: too many buttons")
    if rows and not all(rows):
        raise Violation(f"{method}: a row without buttons")


def _check_file(name: str, file: "Upload", *, photo: bool) -> None:
    if len(file.content) > (PHOTO_BYTES if photo else FILE_BYTES):
        raise Violation(f"{name}: {len(file.content)} bytes are too many")
    if not file.name:
        raise Violation(f"{name}: a file without a name")
    if photo:
        try:
            with Image.open(io.BytesIO(file.content)) as picture:
                width, height = picture.size
        except UnidentifiedImageError:
            return  # what tests take for a picture
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise Violation(f"{name}: {width} x {height} is no size for a photo")
