"""Where settings come from (a TOML file, the environment, files with secrets), and how what is wrong is said."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from bot.texts import Explained, Phrase, Speaker, mark, phrase

PREFIX = "WORTHALTEN_"
DEFAULT_FILE = Path("config.toml")


class ConfigError(Explained):
    """Something in the settings is wrong: its text says what and what to do, one sentence a line."""

    misused = True

    def __init__(self, *sentences: Phrase) -> None:
        self.sentences = sentences
        super().__init__("{said}", said="\n".join(map(str, sentences)))

    def said(self, t: Speaker) -> str:
        """All sentences in the language of `t`."""
        return "\n".join(sentence.said(t) for sentence in self.sentences)


def wrong(said: Phrase) -> PydanticCustomError:
    """What a check of a value raises: the end of the sentence that begins with the place."""
    return PydanticCustomError("wrong", "{said}", {"said": said})


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
            if path is None:
                raise ConfigError(phrase(
                    "There is no {file} here; `worthalten init` makes one, or name yours with --config.", file=file.name
                )) from None  # fmt: skip
            raise ConfigError(phrase(
                "There is no {file} at {place}; `worthalten init` makes one, or name yours with --config.",
                file=file.name, place=file.parent.absolute(),
            )) from None  # fmt: skip
        settings = Settings(file, {})
    except OSError as error:
        raise ConfigError(phrase(
            "{file} cannot be read ({reason}); check its name and its permissions.", file=file, reason=error.strerror
        )) from None  # fmt: skip
    except UnicodeDecodeError:
        raise ConfigError(phrase("{file} is not in UTF-8; save it in that encoding.", file=file)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(phrase(
            "{file} is not valid TOML: {reason}. Text belongs in quotation marks.", file=file, reason=error
        )) from None  # fmt: skip
    for variable in sorted(environ):
        if variable.startswith(PREFIX):
            _override(settings, variable, environ[variable])
    return settings


def with_secret_files(values: Mapping[str, Any], secrets: Iterable[str]) -> dict[str, Any]:
    """`values` with each of `secrets` read from the file that its twin with `_file` names, if that is given.

    Blanks and line breaks around a secret are no part of it. Raises `wrong`, never with a secret in its text.
    """
    read = dict(values)
    for name in secrets:
        twin = f"{name}_file"
        file = read.pop(twin, "")
        if not file:
            continue
        if read.get(name):
            raise wrong(phrase("'{name}' and '{twin}' are both given; delete one of them.", name=name, twin=twin))
        try:
            secret = Path(str(file)).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise wrong(phrase(
                "'{name}': {file} cannot be read ({reason}); check its name and permissions.",
                name=twin, file=file, reason=error.strerror or type(error).__name__,
            )) from None  # fmt: skip
        except ValueError:
            raise wrong(phrase(
                "'{name}': {file} holds no text; put the secret into it and nothing else.", name=twin, file=file
            )) from None  # fmt: skip
        if not secret:
            raise wrong(phrase("'{name}': {file} is empty; put the secret into it.", name=twin, file=file))
        read[name] = secret
    return read


def listed(value: object) -> object:
    """A list that comes from a variable, its entries apart by commas; everything else as it is."""
    if isinstance(value, str):
        return [entry.strip() for entry in value.split(",") if entry.strip()]
    return value


def nearest(name: str, known: Iterable[str]) -> Phrase:
    """What to say about a name that is not known: the nearest known one, else all of them."""
    names = sorted(known)
    if close := get_close_matches(name.lower(), names, n=1, cutoff=0.5):
        return phrase("did you mean '{name}'?", name=close[0])
    return phrase("known here: {names}.", names=", ".join(names))


def explain(error: ValidationError, settings: Settings) -> list[Phrase]:
    """What is wrong with `settings`, a sentence each, with the place and the remedy."""
    return [_sentence(settings, fault) for fault in error.errors(include_input=False, include_url=False)]


def _sentence(settings: Settings, fault: Mapping[str, Any]) -> Phrase:
    loc: tuple[str | int, ...] = fault["loc"]
    if loc[:1] == ("channels",):
        loc = loc[:2] + loc[3:]  # the third is the platform, by which pydantic told the channels apart
    context = fault.get("ctx", {})
    match fault["type"]:
        case "unknown_key":
            key = context["key"]
            place = settings.place((*loc, key)) if loc else f"{settings.file}: [{key}]"
            return phrase("{place} is not a known key; {hint}", place=place, hint=context["hint"])
        case "missing":
            return phrase("{place} is missing; add it, config.example.toml shows how.", place=settings.place(loc))
        case "union_tag_not_found":
            return phrase(
                "{place} has no 'platform'; add one of {names}.", place=settings.place(loc), names=_platforms(context)
            )
        case "union_tag_invalid":
            place = settings.place((*loc, "platform"))
            return phrase("{place} is unknown; write one of {names}.", place=place, names=_platforms(context))
        case "wrong":
            return phrase("{place}: {said}", place=settings.place(loc) if loc else settings.file, said=context["said"])
        case "literal_error" | "enum":
            return phrase(
                "{place}: please write one of {names}.",
                place=settings.place(loc),
                names=context["expected"].replace(" or ", ", "),
            )
    expected = phrase(_EXPECTED.get(fault["type"], _UNFIT))
    return phrase("{place}: {said}; config.example.toml shows how.", place=settings.place(loc), said=expected)


_UNFIT = mark("this does not fit")
_EXPECTED = {
    "bool_parsing": mark("write true or false"),
    "date_from_datetime_parsing": mark("write a day as in 2025-10-31"),
    "date_type": mark("write a day as in 2025-10-31"),
    "greater_than_equal": mark("this is too small a number"),
    "int_parsing": mark("write a number"),
    "int_type": mark("write a number"),
    "model_type": mark("this has to be a table"),
    "dict_type": mark("this has to be a table"),
    "string_too_short": mark("this must not be empty"),
    "string_type": mark("write text in quotation marks"),
    "tuple_type": mark("write a list in square brackets"),
    "string_pattern_mismatch": mark("this is not written as it should be"),
}
"""What to say about the commonest mistakes that pydantic finds by itself."""


def _platforms(context: Mapping[str, Any]) -> str:
    return str(context.get("expected_tags", "'telegram', 'matrix'"))


def _override(settings: Settings, variable: str, value: str) -> None:
    """Put `value` where `variable` says. Numbers in its path count the tables of an array from 0."""
    path = tuple(int(key) if key.isdecimal() else key for key in variable.removeprefix(PREFIX).lower().split("__"))
    try:
        _put(settings.values, path, value)
    except LookupError:
        raise ConfigError(phrase(
            "{variable} leads to no key; its name is {prefix} and the path of a key, joined by two underscores.",
            variable=variable, prefix=PREFIX,
        )) from None  # fmt: skip
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
