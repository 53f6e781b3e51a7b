"""The settings: one TOML file, every key overridden by the environment, checked before anything starts.

Read with pydantic alone. pydantic-settings would pass over a misspelt variable in silence and cannot reach into an
array of tables; both take a few lines in `bot.config_sources`.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
)
from pydantic import model_validator as validates
from pydantic_core import PydanticCustomError

from bot.config_sources import ConfigError, explain, listed, nearest, read_settings, with_secret_files, wrong
from bot.domain.kinds import DEFAULT, NEEDED, Cadence, Kind, Rule, Unit
from bot.domain.land import Land
from bot.domain.quiet_times import RestPeriod
from bot.texts import mark, phrase

__all__ = ["Bot", "CadenceRow", "Config", "ConfigError", "Http", "Matrix", "Rest", "Telegram", "load"]


REHEARSAL = "-rehearsal"
"""What the name of a rehearsal's database ends with, before the ending of a file."""
TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
"""What the token of a Telegram bot looks like."""


def load(path: Path | None, environ: Mapping[str, str]) -> "Config":
    """The settings in the file at `path` (`config.toml` in the working directory where None), with what `environ`
    overrides: `WORTHALTEN_` and the path of the key with `__`, as in `WORTHALTEN_CHANNELS__TELEGRAM__TOKEN`.

    Raises `ConfigError`, whose text names what is wrong and what to do, one sentence a line, and never a secret.
    """
    settings = read_settings(path, environ)
    try:
        return Config.model_validate(settings.values)
    except ValidationError as error:
        sentences = explain(error, settings)
    raise ConfigError(*sentences)  # outside the handler: pydantic's error holds what was typed, secrets included


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise wrong(phrase("this is no web address; write it with https:// in front."))
    return text.rstrip("/")


def _homeserver(text: str) -> str:
    if "://" in text:
        return _url(text)
    if not re.fullmatch(r"[\w.-]+\.[\w-]+(:\d+)?", text):
        raise wrong(phrase("this is no homeserver; write its web address, or its name as it stands in `user`."))
    return text


def _host_and_port(text: str) -> str:
    host, colon, port = text.rpartition(":")
    if not (host and colon and port.isdecimal() and int(port) < 65536):
        raise wrong(phrase('write host and port, as in "127.0.0.1:8080".'))
    return text


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (KeyError, OSError, ValueError):
        raise wrong(phrase("'{name}' is no time zone; write one like \"Europe/Berlin\".", name=name)) from None


def _land(text: object) -> Land:
    if isinstance(text, Land):
        return text
    if land := Land.parse(str(text)):
        return land
    raise wrong(phrase("'{name}' is no Land; write its name or its two letters, or \"Bund\".", name=text))


def _token(token: SecretStr) -> SecretStr:
    if not TOKEN.fullmatch(token.get_secret_value()):
        raise wrong(phrase("this is no token of a Telegram bot; copy the one from @BotFather whole."))
    return token


Url = Annotated[str, AfterValidator(_url)]
Names = Annotated[tuple[str, ...], BeforeValidator(listed)]


class Section(BaseModel):
    """A table of the file: frozen, without room for unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True, hide_input_in_errors=True)

    @validates(mode="before")
    @classmethod
    def _knows_its_keys(cls, values: object) -> object:
        if not isinstance(values, dict):
            return values
        secrets = [name for name, key in cls.model_fields.items() if key.annotation is SecretStr]
        known = {*cls.model_fields, *(f"{name}_file" for name in secrets)}
        for key in values:
            if key not in known:
                raise PydanticCustomError("unknown_key", "{key}: {hint}", {"key": key, "hint": nearest(key, known)})
        return with_secret_files(values, secrets)


class Bot(Section):
    """[bot]: the installation as a whole. A relative `data_dir` is one of the working directory."""

    database: str = Field("sqlite:///worthalten.db", min_length=1, repr=False)
    language: Literal["de", "de@du", "en"] = "de"
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone)] = ZoneInfo("Europe/Berlin")
    responsible: str = Field(min_length=1)
    data_dir: Path = Path("data")
    _keys_dir: Path | None = PrivateAttr(None)

    @property
    def keys_dir(self) -> Path:
        """Where the keys of Matrix accounts are: in `data_dir`, for a rehearsal in that of the real installation."""
        return self._keys_dir or self.data_dir

    def rehearsing(self) -> "Bot":
        """The same for a rehearsal: with a database and a directory of its own, but on the same accounts, because two
        devices with the same keys would be the end of both."""
        address, sign, options = self.database.partition("?")  # "?host=/run/postgresql", "?sslmode=require"
        stem, ending = address, ""
        if address.startswith("sqlite"):
            stem, dot, end = address.rpartition(".")
            stem, ending = (stem, dot + end) if dot and "/" not in end else (address, "")
        database = f"{stem}{REHEARSAL}{ending}{sign}{options}"
        update = {"database": database, "data_dir": self.data_dir / "rehearsal"}
        bot = self.model_copy(update=update)
        bot._keys_dir = self.data_dir
        return bot


class Http(Section):
    """[http]: what others reach the bot by."""

    listen: Annotated[str, AfterValidator(_host_and_port)] = "127.0.0.1:8080"
    public_url: Annotated[str, AfterValidator(lambda text: _url(text) if text else text)] = ""

    @property
    def host(self) -> str:
        """The host that `listen` names."""
        return urlsplit(f"//{self.listen}").hostname or ""

    @property
    def port(self) -> int:
        """The port that `listen` names."""
        return urlsplit(f"//{self.listen}").port or 0


API_URL = "https://api.telegram.org"
"""Telegram itself; a local Bot API server is elsewhere."""


class Telegram(Section):
    """[channels.NAME] of a Telegram bot. The token may come from the file named by `token_file`."""

    platform: Literal["telegram"]
    token: Annotated[SecretStr, AfterValidator(_token)]
    api_url: Url = API_URL
    mode: Literal["polling", "webhook"] = "polling"


class Matrix(Section):
    """[channels.NAME] of a Matrix account. The password may come from the file named by `password_file`."""

    platform: Literal["matrix"]
    homeserver: Annotated[str, AfterValidator(_homeserver)]
    user: str = Field(pattern=r"^@[^\s:]+:\S+$")
    password: SecretStr
    invite_allow: Names = ()


class Rest(Section):
    """[[rest_periods]]: days without questions, `end` being the last one; without `land` for everybody."""

    name: str = Field(min_length=1)
    start: date
    end: date
    land: Annotated[Land, BeforeValidator(_land)] | None = None

    @validates(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end < self.start:
            raise wrong(phrase("`end` lies before `start`; exchange them."))
        return self


def _has_a_row(kind: Kind) -> Kind:
    if kind in NEEDED:
        raise wrong(phrase("{kind} comes when it is needed; delete the row.", kind=kind))
    return kind


class CadenceRow(Section):
    """[[cadence]]: how long after what it counts from something is asked, or how long `before` it."""

    kind: Annotated[Kind, AfterValidator(_has_a_row)]
    after: int | None = Field(None, ge=0)
    before: int | None = Field(None, ge=0)
    unit: Unit

    @validates(mode="after")
    def _makes_a_rule(self) -> Self:
        if (self.after is None) == (self.before is None):
            raise wrong(phrase("say either `after` or `before`, with a number."))
        if (self.kind is Kind.LAST_CALL) != (self.after is None):
            wanted = "before" if self.kind is Kind.LAST_CALL else "after"
            raise wrong(phrase("{kind} counts the other way; write `{wanted}`.",
                               kind=self.kind, wanted=wanted))  # fmt: skip
        try:
            Rule(self.kind, self.amount, self.unit)
        except ValueError:
            raise wrong(phrase(
                "{number} is too small a number of {unit} for {kind}.",
                number=self.amount, unit=self.unit, kind=self.kind,
            )) from None  # fmt: skip
        return self

    @property
    def amount(self) -> int:
        """How many units, in whichever direction."""
        return (self.before if self.after is None else self.after) or 0


class Config(Section):
    """All settings. `channels` is by name; `administrators` holds their ids by name of a channel or of a platform."""

    bot: Bot
    http: Http = Http()
    channels: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")], "Channel"] = {}
    administrators: dict[str, Names] = {}
    rest_periods: tuple[Rest, ...] = ()
    cadence: tuple[CadenceRow, ...] = ()

    def administrators_of(self, channel: str) -> frozenset[str]:
        """The ids of those who run the installation and write to the channel of that name."""
        names = (channel, self.channels[channel].platform)
        return frozenset(id_ for name in names for id_ in self.administrators.get(name, ()))

    def rehearsing(self) -> "Config":
        """The same settings for a rehearsal, which never touches the real database."""
        return self.model_copy(update={"bot": self.bot.rehearsing()})

    @property
    def rests(self) -> tuple[RestPeriod, ...]:
        """The rest periods, as the rules know them."""
        return tuple(RestPeriod(rest.name, rest.start, rest.end, rest.land) for rest in self.rest_periods)

    @property
    def rules(self) -> Cadence:
        """The cadence, as the rules know it: the rows given, or the default where there are none."""
        return tuple(Rule(row.kind, row.amount, row.unit) for row in self.cadence) or DEFAULT

    @validates(mode="after")
    def _fits_together(self) -> Self:
        platforms = {"telegram", "matrix"}
        for name, ids in self.administrators.items():
            if name not in platforms | set(self.channels):
                hint = nearest(name, platforms | set(self.channels))
                raise wrong(phrase(
                    "[administrators] '{name}' is neither a channel nor a platform; {hint}", name=name, hint=hint
                ))  # fmt: skip
            channel = self.channels.get(name)
            platform = channel.platform if channel else name
            for id_ in ids:
                if not _IDS[platform].fullmatch(id_):
                    hint = phrase(_ID_HINTS[platform])
                    raise wrong(phrase(
                        "[administrators] '{id}' is no id on {platform}; {hint}.", id=id_, platform=platform, hint=hint
                    ))  # fmt: skip
        for name, channel in self.channels.items():
            if isinstance(channel, Telegram) and channel.mode == "webhook" and not self.http.public_url:
                raise wrong(phrase(
                    '[channels.{name}] mode = "webhook" needs `public_url` in [http]; add it, or take "polling".',
                    name=name,
                ))  # fmt: skip
            called = isinstance(channel, Telegram) and channel.mode == "webhook" and channel.api_url == API_URL
            if called and not self.http.public_url.startswith("https://"):
                raise wrong(phrase(
                    "`public_url` in [http] has to begin with https://: Telegram calls no other address."
                ))  # fmt: skip
        kinds = [row.kind for row in self.cadence]
        if len(set(kinds)) < len(kinds):
            raise wrong(phrase("[[cadence]] has two rows of one kind; delete one of them."))
        if kinds and Kind.OUTCOME not in kinds:
            raise wrong(phrase(
                '[[cadence]] has no row with kind = "outcome"; add one: everybody is asked that in the end.'
            ))  # fmt: skip
        return self


Channel = Annotated[Telegram | Matrix, Field(discriminator="platform")]
Config.model_rebuild()

_IDS = {"telegram": re.compile(r"[1-9]\d*"), "matrix": re.compile(r"@[^\s:]+:\S+")}
_ID_HINTS = {
    "telegram": mark("write the person's number, which /my_data shows them"),
    "matrix": mark('write it as in "@lisa:example.org"'),
}
