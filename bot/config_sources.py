"""Where settings come from (a TOML file, the environment, files with secrets), and how what is wrong is said."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

PREFIX = "WORTHALTEN_"
DEFAULT_FILE = Path("config.toml")


class ConfigError(Exception):
    """Something in the settings is wrong: its text says what and what to do, one sentence a line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file says, overridden by the environment. `variables` names the variable that set a key."""

    file: Path
    values: dict[str, Any]
    variables: dict[tuple[str | int, ...], str] = field(default_factory=dict)

    def place(self, path: tuple[str | int, ...]) -> str:
        """How to name the key at `path`: `config.toml: [bot] 'language'`, or the variable that set it."""
        if variable := self.variables.get(path):
            return variable
        match path:
            case (str(array), int(index), *rest):
                return f"{self.file}: [[{array}]] number {index + 1}" + "".join(f" {key!r}" for key in rest)
            case ("channels" as table, name, *rest) if rest or name in self.values[table]:
                return f"{self.file}: [{table}.{name}]" + "".join(f" {key!r}" for key in rest)
            case (table, *rest):
                return f"{self.file}: [{table}]" + "".join(f" {key!r}" for key in rest)
        return str(self.file)


def read_settings(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The file at `path` (`config.toml` where None) with the variables of `environ` laid over it, nothing checked yet.

    Where no file is named and none is here, the variables alone are enough, if they say who is responsible: there is
    no default for that. Raises `ConfigError` for a file that is missing or no TOML, and for a variable that fits
    nowhere.
    """
    file = path or DEFAULT_FILE
    try:
        settings = Settings(file, tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        # A container has often nothing but its environment.
        if path is not None or f"{PREFIX}BOT__RESPONSIBLE" not in environ:
            where = "here" if path is None else f"at {file.parent.absolute()}"
            raise ConfigError(
                f"There is no {file.name} {where}; copy config.example.toml to it, or name yours with --config."
            ) from None
        settings = Settings(file, {})
    except OSError as error:
        raise ConfigError(f"{file} cannot be read ({error.strerror}); check its name and its permissions.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file} is not in UTF-8; save it in that encoding.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file} is not valid TOML: {error}. Text belongs in quotation marks.") from None
    for variable in sorted(environ):
        if variable.startswith(PREFIX):
            _override(settings, variable, environ[variable])
    return settings


def with_secret_files(values: Mapping[str, Any], secrets: Iterable[str]) -> dict[str, Any]:
    """`values` with each of `secrets` read from the file that its twin with `_file` names, if that is given.

    Blanks and line breaks around a secret are no part of it. Raises ValueError, never with a secret in its text.
    """
    read = dict(values)
    for name in secrets:
        twin = f"{name}_file"
        file = read.pop(twin, "")
        if not file:
            continue
        if read.get(name):
            raise ValueError(f"{name!r} and {twin!r} are both given; delete one of them")
        try:
            secret = Path(str(file)).read_text(encoding="utf-8").strip()
        except OSError as error:
            reason = error.strerror or "no file"
            raise ValueError(f"{twin!r}: {file} cannot be read ({reason}); check its name and permissions") from None
        except ValueError:
            raise ValueError(f"{twin!r}: {file} holds no text; put the secret into it and nothing else") from None
        if not secret:
            raise ValueError(f"{twin!r}: {file} is empty; put the secret into it")
        read[name] = secret
    return read


def listed(value: object) -> object:
    """A list that comes from a variable, its entries apart by commas; everything else as it is."""
    if isinstance(value, str):
        return [entry.strip() for entry in value.split(",") if entry.strip()]
    return value


def nearest(name: str, known: Iterable[str]) -> str:
    """What to say about a name that is not known: the nearest known one, else all of them."""
    names = sorted(known)
    if close := get_close_matches(name.lower(), names, n=1, cutoff=0.5):
        return f"did you mean {close[0]!r}?"
    return f"known here: {', '.join(names)}."


def explain(error: ValidationError, settings: Settings) -> list[str]:
    """What is wrong with `settings`, a sentence each, with the place and the remedy."""
    return [_sentence(settings, fault) for fault in error.errors(include_input=False, include_url=False)]


def _sentence(settings: Settings, fault: Mapping[str, Any]) -> str:
    loc: tuple[str | int, ...] = fault["loc"]
    if loc[:1] == ("channels",):
        loc = loc[:2] + loc[3:]  # the third is the platform, by which pydantic told the channels apart
    context = fault.get("ctx", {})
    match fault["type"]:
        case "unknown_key":
            place = settings.place((*loc, context["key"]))
            said = f"is not a known key; {context['hint']}"
            return f"{place} {said}" if loc else f"{settings.file}: [{context['key']}] {said}"
        case "missing":
            return f"{settings.place(loc)} is missing; add it, config.example.toml shows how."
        case "union_tag_not_found":
            return f"{settings.place(loc)} has no 'platform'; add one of {_platforms(context)}."
        case "union_tag_invalid":
            return f"{settings.place((*loc, 'platform'))} is unknown; write one of {_platforms(context)}."
        case "value_error" if not loc:
            return f"{settings.file}: {_sentence_end(context)}"
        case "value_error":
            return f"{settings.place(loc)}: {_sentence_end(context)}"
    return f"{settings.place(loc)}: {fault['msg'][:1].lower()}{fault['msg'][1:]}; config.example.toml shows how."


def _sentence_end(context: Mapping[str, Any]) -> str:
    text = str(context["error"])
    return text if text.endswith((".", "?")) else f"{text}."


def _platforms(context: Mapping[str, Any]) -> str:
    return str(context.get("expected_tags", "'telegram', 'matrix'"))


def _override(settings: Settings, variable: str, value: str) -> None:
    """Put `value` where `variable` says. Numbers in its path count the tables of an array from 0."""
    path = tuple(int(key) if key.isdecimal() else key for key in variable.removeprefix(PREFIX).lower().split("__"))
    try:
        _put(settings.values, path, value)
    except LookupError:
        raise ConfigError(
            f"{variable} leads to no key; its name is {PREFIX} and the path of a key, joined by two underscores."
        ) from None
    settings.variables[path] = variable


def _put(table: Any, path: tuple[str | int, ...], value: str) -> None:
    """Set the value at `path` below `table`, with the tables on the way to it. Raises LookupError for a dead end."""
    key, *rest = path
    if isinstance(table, list) and isinstance(key, int) and key <= len(table):
        table.extend([{}] if key == len(table) else [])
    elif not (isinstance(table, dict) and isinstance(key, str) and key):
        raise LookupError(key)
    if not rest:
        table[key] = value
        return
    if isinstance(table, dict):
        table.setdefault(key, [] if isinstance(rest[0], int) else {})
    _put(table[key], tuple(rest), value)
