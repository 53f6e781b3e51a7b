import re
import tomllib
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.config import Bot, CadenceRow, Config, ConfigError, Http, Matrix, Rest, Telegram, load
from bot.domain.kinds import DEFAULT, Kind, Rule, Unit
from bot.domain.land import Land
from bot.domain.quiet_times import RestPeriod
from bot.texts import speaker

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
MINIMUM = '[bot]\nresponsible = "Stadt Musterhausen"\n'
TELEGRAM = MINIMUM + '[channels.telegram]\nplatform = "telegram"\ntoken = "123:geheim"\n'
MATRIX = MINIMUM + (
    '[channels.matrix]\nplatform = "matrix"\nhomeserver = "https://matrix.example.org"\nuser = "@bot:example.org"\n'
)


@pytest.fixture(autouse=True)
def in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def loaded(toml: str, **environ: str) -> Config:
    Path("config.toml").write_text(toml, encoding="utf-8")
    return load(None, environ)


def complaint(toml: str, **environ: str) -> str:
    with pytest.raises(ConfigError) as raised:
        loaded(toml, **environ)
    error: BaseException | None = raised.value
    while error is not None:
        assert "geheim" not in repr(error)
        error = error.__cause__ or error.__context__
    return str(raised.value)


def test_the_example_is_a_valid_configuration() -> None:
    config = load(EXAMPLE, {})

    assert config.bot.timezone == ZoneInfo("Europe/Berlin")
    assert config.bot.data_dir == Path("data")
    assert (config.http.host, config.http.port) == ("127.0.0.1", 8080)
    assert set(config.channels) == {"telegram"}
    telegram = config.channels["telegram"]
    assert isinstance(telegram, Telegram)
    assert telegram.token.get_secret_value() == "123:abc"
    assert config.administrators_of("telegram") == {"123456789"}
    assert config.administrators["matrix"] == ("@lisa:example.org",)
    assert config.rests[0] == RestPeriod("Herbstferien", date(2025, 10, 20), date(2025, 11, 1), Land.BE)


def test_the_example_is_valid_with_matrix_too() -> None:
    example = EXAMPLE.read_text(encoding="utf-8")
    before, table, after = example.partition("# [channels.matrix]\n")
    lines = [table, *after.partition("\n\n")[0].splitlines(keepends=True)]
    settings = "".join(line[2:] for line in lines if re.match(r"# (\[|\w+ = )", line) and "_file" not in line)
    matrix = loaded(before + settings + after).channels["matrix"]

    assert isinstance(matrix, Matrix)
    assert (matrix.homeserver, matrix.invite_allow) == ("https://matrix.example.org", ("example.org",))


def test_a_homeserver_by_its_bare_name() -> None:
    by_name = loaded(MATRIX.replace("https://matrix.example.org", "example.org") + 'password = "geheim"\n')
    matrix = by_name.channels["matrix"]

    assert isinstance(matrix, Matrix)
    assert matrix.homeserver == "example.org"


def test_the_example_shows_the_defaults() -> None:
    config, bare = load(EXAMPLE, {}), loaded(MINIMUM)

    assert config.rules == bare.rules == DEFAULT
    assert config.http == bare.http
    assert config.bot.model_copy(update={"responsible": ""}) == bare.bot.model_copy(update={"responsible": ""})


@pytest.mark.parametrize("section", [Bot, Http, Telegram, Matrix, Rest, CadenceRow])
def test_the_example_names_every_key(section: type[Bot | Http | Telegram | Matrix | Rest | CadenceRow]) -> None:
    named = set(re.findall(r"^(?:# )?(\w+) = ", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    twins = {f"{name}_file" for name in ("token", "password") if name in section.model_fields}

    assert {*section.model_fields, *twins} <= named


def test_the_example_has_every_table() -> None:
    assert set(tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))) == set(Config.model_fields)


def test_the_environment_overrides_the_file_and_adds_to_it() -> None:
    config = loaded(
        TELEGRAM + '[[rest_periods]]\nname = "Ferien"\nstart = 2025-10-20\nend = 2025-11-01\n',
        WORTHALTEN_BOT__LANGUAGE="en",
        WORTHALTEN_HTTP__LISTEN="[::1]:9000",
        WORTHALTEN_CHANNELS__TELEGRAM__TOKEN="7:abc",
        WORTHALTEN_CHANNELS__ZWEITER__PLATFORM="telegram",
        WORTHALTEN_CHANNELS__ZWEITER__TOKEN="8:abc",
        WORTHALTEN_ADMINISTRATORS__TELEGRAM="12, 34",
        WORTHALTEN_ADMINISTRATORS__ZWEITER="56",
        WORTHALTEN_REST_PERIODS__0__END="2025-10-24",
        WORTHALTEN_REST_PERIODS__1__NAME="Klausur",
        WORTHALTEN_REST_PERIODS__1__START="2025-12-01",
        WORTHALTEN_REST_PERIODS__1__END="2025-12-02",
        WORTHALTEN_REST_PERIODS__1__LAND="Sachsen",
        WORTHALTEN_CADENCE__0__KIND="outcome",
        WORTHALTEN_CADENCE__0__AFTER="1",
        WORTHALTEN_CADENCE__0__UNIT="days",
        PATH="/usr/bin",
    )
    telegram, second = config.channels["telegram"], config.channels["zweiter"]

    assert config.bot.language == "en"
    assert (config.http.host, config.http.port) == ("::1", 9000)
    assert isinstance(telegram, Telegram)
    assert telegram.token.get_secret_value() == "7:abc"
    assert isinstance(second, Telegram)
    assert config.administrators_of("telegram") == {"12", "34"}
    assert config.administrators_of("zweiter") == {"12", "34", "56"}
    assert config.rests == (
        RestPeriod("Ferien", date(2025, 10, 20), date(2025, 10, 24)),
        RestPeriod("Klausur", date(2025, 12, 1), date(2025, 12, 2), Land.SN),
    )
    assert config.rules == (Rule(Kind.OUTCOME, 1, Unit.DAYS),)


def test_a_secret_can_come_from_a_file() -> None:
    Path("token").write_text("123:geheim\n", encoding="utf-8")
    config = loaded(TELEGRAM.replace('token = "123:geheim"', 'token_file = "token"'))
    telegram = config.channels["telegram"]

    assert isinstance(telegram, Telegram)
    assert telegram.token.get_secret_value() == "123:geheim"


def test_secrets_are_not_shown() -> None:
    config = loaded(
        TELEGRAM, WORTHALTEN_BOT__DATABASE="postgresql://bot:geheim@host/db", WORTHALTEN_BOT__RESPONSIBLE="Wir"
    )

    assert "geheim" not in f"{config!r} {config} {config.bot} {config.model_dump()['channels']}"


def test_settings_cannot_be_changed() -> None:
    config = loaded(MINIMUM)

    with pytest.raises(ValidationError):
        config.bot.language = "en"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (
            TELEGRAM.replace("token =", "tokn ="),
            "config.toml: [channels.telegram] 'tokn' is not a known key; did you mean 'token'?",
        ),
        (MINIMUM + '[chanels.telegram]\nplatform = "telegram"', "did you mean 'channels'?"),
        (MINIMUM + "colour = 1", "config.toml: [bot] 'colour' is not a known key; known here: data_dir, database, "),
        (
            MINIMUM + '[[rest_periods]]\nnaem = "Ferien"',
            "config.toml: [[rest_periods]] number 1 'naem' is not a known key; did you mean 'name'?",
        ),
        ("", "config.toml: [bot] is missing; add it, config.example.toml shows how."),
        ("[bot]", "config.toml: [bot] 'responsible' is missing; add it, config.example.toml shows how."),
        (
            TELEGRAM.replace('token = "123:geheim"', ""),
            "config.toml: [channels.telegram] 'token' is missing; add it, config.example.toml shows how.",
        ),
        (
            MINIMUM + "[channels.chat]\ntoken = 'geheim'",
            "config.toml: [channels.chat] has no 'platform'; add one of 'telegram', 'matrix'.",
        ),
        (
            MINIMUM + '[channels.chat]\nplatform = "signal"',
            "config.toml: [channels.chat] 'platform' is unknown; write one of 'telegram', 'matrix'.",
        ),
        (MINIMUM + '[channels]\nTelegram = 1\n"a b" = 2', "[channels.Telegram]"),
        (
            TELEGRAM.replace("123:geheim", "geheim"),
            "config.toml: [channels.telegram] 'token': this is no token of a Telegram bot; "
            "copy the one from @BotFather whole.",
        ),
        (MATRIX + "password = 5.5\nuser_id = 'geheim'", "did you mean 'user'?"),
        (MATRIX, "config.toml: [channels.matrix] 'password' is missing"),
        (MATRIX.replace("@bot:example.org", "bot"), "config.toml: [channels.matrix] 'user'"),
        (MATRIX.replace("https://", "/"), "'homeserver': this is no homeserver; write its web address, or its name"),
        (
            MINIMUM + 'timezone = "Europe/Berlni"',
            "config.toml: [bot] 'timezone': 'Europe/Berlni' is no time zone; write one like \"Europe/Berlin\".",
        ),
        (MINIMUM + 'timezone = "/etc/passwd"', "is no time zone"),
        (MINIMUM + 'language = "fr"', "config.toml: [bot] 'language': please write one of 'de', 'de@du', 'en'."),
        (
            MINIMUM + '[http]\npublic_url = "bot.example.org"',
            "config.toml: [http] 'public_url': this is no web address",
        ),
        (MINIMUM + '[http]\nlisten = "8080"', "config.toml: [http] 'listen': write host and port"),
        (MINIMUM + '[http]\nlisten = "host:99999"', "config.toml: [http] 'listen': write host and port"),
        (
            TELEGRAM + 'mode = "webhook"',
            '[channels.telegram] mode = "webhook" needs `public_url` in [http]; add it, or take "polling".',
        ),
        (
            TELEGRAM + 'mode = "webhook"\n[http]\npublic_url = "http://bot.example.org"',
            "`public_url` in [http] has to begin with https://",
        ),
        (
            MINIMUM + "[administrators]\ntelegrm = [1]",
            "config.toml: [administrators] 'telegrm' is neither a channel nor a platform; did you mean 'telegram'?",
        ),
        (TELEGRAM + '[administrators]\ntelegram = ["@lisa"]', "[administrators] '@lisa' is no id on telegram; write"),
        (TELEGRAM + '[administrators]\nmatrix = ["lisa"]', "[administrators] 'lisa' is no id on matrix; write"),
        (
            MINIMUM + '[[rest_periods]]\nname = "Ferien"\nstart = "20.10.2025"\nend = 2025-11-01',
            "config.toml: [[rest_periods]] number 1 'start': write a day as in 2025-10-31;",
        ),
        (
            MINIMUM + '[[rest_periods]]\nname = "Ferien"\nstart = 2025-11-01\nend = 2025-10-20',
            "config.toml: [[rest_periods]] number 1: `end` lies before `start`; exchange them.",
        ),
        (
            MINIMUM + '[[rest_periods]]\nname = "Ferien"\nstart = 2025-11-01\nend = 2025-11-02\nland = "Tirol"',
            "config.toml: [[rest_periods]] number 1 'land': 'Tirol' is no Land; "
            'write its name or its two letters, or "Bund".',
        ),
        (
            MINIMUM + '[[cadence]]\nkind = "check_in"\nafter = 1\nunit = "weeks"',
            "config.toml: [[cadence]] number 1 'unit': please write one of 'days', 'working_days', 'months'.",
        ),
        (
            MINIMUM + '[[cadence]]\nkind = "check_in"\nafter = 0\nunit = "months"',
            "config.toml: [[cadence]] number 1: 0 is too small a number of months for check_in.",
        ),
        (
            MINIMUM + '[[cadence]]\nkind = "last_call"\nafter = 5\nunit = "days"',
            "config.toml: [[cadence]] number 1: last_call counts the other way; write `before`.",
        ),
        (
            MINIMUM + '[[cadence]]\nkind = "nudge"\nunit = "days"',
            "config.toml: [[cadence]] number 1: say either `after` or `before`, with a number.",
        ),
        (
            MINIMUM + '[[cadence]]\nkind = "broadcast"\nafter = 1\nunit = "days"',
            "broadcast comes when it is needed; delete the row.",
        ),
        (
            MINIMUM + '[[cadence]]\nkind = "nudge"\nafter = 5\nunit = "days"',
            'config.toml: [[cadence]] has no row with kind = "outcome"; add one',
        ),
        (
            MINIMUM + '[[cadence]]\nkind = "outcome"\nafter = 5\nunit = "days"\n' * 2,
            "config.toml: [[cadence]] has two rows of one kind; delete one of them.",
        ),
        ("[bot\n", "config.toml is not valid TOML: "),
        ("[bot]\nresponsible = Stadt", "(at line 2, column 15)"),
        ("bot = 5", "config.toml: [bot]: this has to be a table;"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(toml: str, said: str) -> None:
    text = complaint(toml)

    assert said in text
    assert re.search(r"[.?]$", text)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = complaint('[bot]\nlanguage = "fr"\n[http]\nlisten = ""')

    assert [line.split(";")[0].split(":")[1] for line in text.splitlines()] == [
        " [bot] 'language'",
        " [bot] 'responsible' is missing",
        " [http] 'listen'",
    ]


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("WORTHALTEN_BOT__LANGAGE", "WORTHALTEN_BOT__LANGAGE is not a known key; did you mean 'language'?"),
        ("WORTHALTEN_BOTT__LANGUAGE", "[bott] is not a known key; did you mean 'bot'?"),
        ("WORTHALTEN_BOT__TIMEZONE", "WORTHALTEN_BOT__TIMEZONE: 'x' is no time zone"),
        ("WORTHALTEN_CHANNELS__TELEGRAM__TOKEN", "WORTHALTEN_CHANNELS__TELEGRAM__TOKEN: this is no token"),
        ("WORTHALTEN_BOT__RESPONSIBLE__NAME", "WORTHALTEN_BOT__RESPONSIBLE__NAME leads to no key"),
        ("WORTHALTEN_REST_PERIODS__7__NAME", "WORTHALTEN_REST_PERIODS__7__NAME leads to no key"),
        ("WORTHALTEN_BOT__", "WORTHALTEN_BOT__ leads to no key"),
        ("WORTHALTEN_", "WORTHALTEN_ leads to no key"),
        ("WORTHALTEN_BOT", "WORTHALTEN_BOT: this has to be a table"),
    ],
)
def test_a_wrong_variable_is_named(variable: str, said: str) -> None:
    assert said in complaint(TELEGRAM + "[[rest_periods]]\n", **{variable: "x"})


def test_a_secret_and_its_file() -> None:
    Path("empty").write_text("\n", encoding="utf-8")
    Path("binary").write_bytes(b"\xff\xfe\xff")
    by_file = TELEGRAM.replace('token = "123:geheim"', "")

    assert "[channels.telegram]: 'token' and 'token_file' are both given; delete one of them." in complaint(
        TELEGRAM + 'token_file = "token"'
    )
    assert "[channels.telegram]: 'token_file': nowhere cannot be read (No such file or directory)" in complaint(
        by_file + 'token_file = "nowhere"'
    )
    assert "'token_file': empty is empty; put the secret into it." in complaint(by_file + 'token_file = "empty"')
    assert "'token_file': binary holds no text" in complaint(by_file + 'token_file = "binary"')


def test_a_file_that_is_missing_or_unreadable() -> None:
    with pytest.raises(ConfigError, match=r"There is no config\.toml here; `worthalten init` makes one, .*--config"):
        load(None, {})
    with pytest.raises(ConfigError, match=r"There is no my\.toml at .*; .*--config"):
        load(Path("my.toml"), {})
    Path("directory").mkdir()
    with pytest.raises(ConfigError, match=r"directory cannot be read \(Is a directory\)"):
        load(Path("directory"), {})
    Path("latin.toml").write_bytes(MINIMUM.replace("u", "ü").encode("latin-1"))
    with pytest.raises(ConfigError, match=r"latin\.toml is not in UTF-8"):
        load(Path("latin.toml"), {})


def test_the_environment_alone_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = load(None, {"WORTHALTEN_BOT__RESPONSIBLE": "Stadt Eutin", "WORTHALTEN_BOT__LANGUAGE": "en"})
    assert (config.bot.responsible, config.bot.language) == ("Stadt Eutin", "en")


@pytest.mark.parametrize(
    ("database", "rehearsed"),
    [
        ("sqlite:///worthalten.db", "sqlite:///worthalten-rehearsal.db"),
        ("sqlite:////srv/bot.d/worthalten", "sqlite:////srv/bot.d/worthalten-rehearsal"),
        ("postgresql://bot@db.example.org/bot", "postgresql://bot@db.example.org/bot-rehearsal"),
        ("postgresql://bot@/bot?host=/run/pg.d", "postgresql://bot@/bot-rehearsal?host=/run/pg.d"),
    ],
)
def test_a_rehearsal_has_a_database_of_its_own(database: str, rehearsed: str) -> None:
    config = loaded(f'{MINIMUM}database = "{database}"\n').rehearsing()

    assert config.bot.database == rehearsed
    assert (config.bot.data_dir, config.bot.keys_dir) == (Path("data/rehearsal"), Path("data"))


def test_it_is_said_in_german_too() -> None:
    with pytest.raises(ConfigError) as raised:
        loaded(TELEGRAM.replace("token =", "tokn =") + '[bott]\n[administrators]\ntelegram = ["lisa"]')
    said = raised.value.said(speaker("de")).splitlines()
    assert said[0] == "config.toml: [bott] ist kein bekannter Schlüssel; war 'bot' gemeint?"
    with pytest.raises(ConfigError) as raised:
        loaded(MINIMUM + 'timezone = "Mond"\n[http]\nlisten = "8080"')
    assert raised.value.said(speaker("de")).splitlines() == [
        "config.toml: [bot] 'timezone': 'Mond' ist keine Zeitzone; schreiben Sie eine wie \"Europe/Berlin\".",
        "config.toml: [http] 'listen': schreiben Sie Host und Port wie in \"127.0.0.1:8080\".",
    ]
