"""The published Bot API as data, and the strict reading of calls and answers against it."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_PUBLISHED = Path(__file__).with_name("bot-api.json")
_ARRAY = "Array of "
_LENGTH = re.compile(r"^(?:list of )?(\d+)-(\d+) (characters|bytes|items)(?! after entities)", re.IGNORECASE)
_MARK = re.compile(r"must be (\w+)$")
_MARK_FIELDS = ("type", "status", "source")


class Violation(Exception):
    """A call that does not fit the published API."""


class Schema:
    """Methods and types of the Bot API, from `bot-api.json`."""

    def __init__(self, path: Path = _PUBLISHED) -> None:
        data = json.loads(path.read_text())
        self._types: dict[str, Any] = data["types"]
        self._methods: dict[str, Any] = {name.lower(): method for name, method in data["methods"].items()}

    def method(self, name: str) -> str | None:
        """The method's name as it is published; None if there is none. Telegram does not mind the case."""
        found = self._methods.get(name.lower())
        return str(found["name"]) if found else None

    def arguments(self, method: str, given: Mapping[str, Any], files: Iterable[str]) -> dict[str, Any]:
        """The arguments of a call, decoded from form fields (where objects and numbers are strings) or from JSON.

        `files` are the names of uploaded parts. Raises Violation when anything does not fit.
        """
        fields = {field["name"]: field for field in self._methods[method.lower()].get("fields", ())}
        parts = set(files)
        attached = {str(value)[9:] for value in _strings(given) if value.startswith("attach://")}
        for name in given:
            if name not in fields:
                raise Violation(f"{method}: unknown parameter {name!r}")
        for name in parts - attached:
            if "InputFile" not in fields.get(name, {"types": ()})["types"]:
                raise Violation(f"{method}: unexpected file {name!r}")
        if lost := attached - parts:
            raise Violation(f"{method}: no such file part: {', '.join(sorted(lost))}")
        for name, field in fields.items():
            if field["required"] and name not in given and name not in parts:
                raise Violation(f"{method}: missing required parameter {name!r}")
        return {name: self._decode(fields[name], value, f"{method}.{name}") for name, value in given.items()}

    @property
    def updates(self) -> frozenset[str]:
        """The kinds of updates that there are."""
        return frozenset(field["name"] for field in self._types["Update"]["fields"]) - {"update_id"}

    def check_answer(self, method: str, result: Any) -> None:
        """Raise Violation when `result` is not what the method is published to return."""
        self._check(self._methods[method.lower()]["returns"], result, f"{method} answers")

    def check_type(self, name: str, value: Any) -> None:
        """Raise Violation when `value` is not of the published type `name`."""
        self._check([name], value, name)

    def _decode(self, field: Mapping[str, Any], value: Any, path: str) -> Any:
        if not isinstance(value, str) or field["types"] == ["String"]:
            decoded = value
        elif "String" in field["types"]:
            decoded = int(value) if "Integer" in field["types"] and re.fullmatch(r"-?\d+", value) else value
        else:
            try:
                decoded = json.loads(value)
            except ValueError:
                raise Violation(f"{path}: no {' or '.join(field['types'])}: {value[:40]!r}") from None
        self._check(field["types"], decoded, path)
        _check_length(field, decoded, path)
        return decoded

    def _check(self, types: Iterable[str], value: Any, path: str) -> None:
        problems = []
        for name in types:
            try:
                return self._check_one(name, value, path)
            except Violation as problem:
                problems.append(str(problem))
        raise Violation(max(problems, key=len))

    def _check_one(self, name: str, value: Any, path: str) -> None:
        if name.startswith(_ARRAY):
            if not isinstance(value, list):
                raise Violation(f"{path}: no array")
            for index, item in enumerate(value):
                self._check_one(name[len(_ARRAY) :], item, f"{path}[{index}]")
        elif name in _PRIMITIVES:
            if not isinstance(value, _PRIMITIVES[name]) or (isinstance(value, bool) and name != "Boolean"):
                raise Violation(f"{path}: no {name}")
        elif name == "InputFile":
            raise Violation(f"{path}: no file")
        elif "subtypes" in self._types[name]:
            self._check(self._types[name]["subtypes"], value, path)
        else:
            self._check_object(name, value, path)

    def _check_object(self, name: str, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise Violation(f"{path}: no {name}")
        fields = {field["name"]: field for field in self._types[name].get("fields", ())}
        for key, item in value.items():
            if key not in fields:
                raise Violation(f"{path}: {name} has no field {key!r}")
            mark = _MARK.search(fields[key]["description"]) if key in _MARK_FIELDS else None
            if mark and mark[1] != "one" and item != mark[1]:
                raise Violation(f"{path}: {item!r} is not {mark[1]}")
            self._check(fields[key]["types"], item, f"{path}.{key}")
            _check_length(fields[key], item, f"{path}.{key}")
        for key, field in fields.items():
            if field["required"] and key not in value:
                raise Violation(f"{path}: {name} lacks {key!r}")


_PRIMITIVES: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "String": str,
}


def _check_length(field: Mapping[str, Any], value: Any, path: str) -> None:
    limits = _LENGTH.match(field["description"])
    if limits is None or not isinstance(value, str | list):
        return
    size = len(value.encode()) if limits[3].lower() == "bytes" and isinstance(value, str) else len(value)
    if not int(limits[1]) <= size <= int(limits[2]):
        raise Violation(f"{path}: {size} where {limits[0]} are allowed")


def _strings(value: Any) -> Iterable[str]:
    """All strings in a value, also those in JSON inside a form field."""
    if isinstance(value, str):
        if value[:1] in "[{" and "attach://" in value:
            yield from _strings(json.loads(value))
        else:
            yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
