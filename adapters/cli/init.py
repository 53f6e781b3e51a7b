"""`worthalten init`: from a token to a bot that can run. It asks, checks, writes, and never overwrites."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli import init_files
from adapters.cli.failures import Misused, Refused
from adapters.cli.init_files import Answers
from adapters.cli.output import out
from adapters.cli.session import Session
from bot import private
from bot.texts import LANGUAGES, Speaker, mark

if TYPE_CHECKING:
    from adapters.telegram.introducing import Writer

TOKEN, API_URL = "WORTHALTEN_CHANNELS__TELEGRAM__TOKEN", "WORTHALTEN_CHANNELS__TELEGRAM__API_URL"
RESPONSIBLE = "WORTHALTEN_BOT__RESPONSIBLE"
FACT_SHEET = "datenschutz.md"
TRIES = 3


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=mark("Make the configuration: asks, checks the token, writes config.toml."))(init)


def init(
    ctx: typer.Context,
    responsible: Annotated[str | None, typer.Option(
        metavar="TEXT", envvar=RESPONSIBLE, show_default=False, show_envvar=False,
        help=mark("Who answers for the data: name, address, e-mail. Otherwise it is asked."),
    )] = None,
    token_file: Annotated[Path | None, typer.Option(
        metavar="PATH", show_default=False,
        help=mark("A file with the token. Otherwise it comes from WORTHALTEN_CHANNELS__TELEGRAM__TOKEN or is asked."),
    )] = None,
    unchecked: Annotated[bool, typer.Option(
        "--unchecked", help=mark("Write it even where Telegram cannot be reached to check the token."),
    )] = False,
    systemd: Annotated[bool, typer.Option("--systemd", help=mark("Only show a unit for systemd."))] = False,
    container: Annotated[bool, typer.Option("--container", help=mark("Only show a recipe for a container."))] = False,
) -> None:  # fmt: skip
    session: Session = ctx.obj
    t, file = session.t, session.file or Path("config.toml")
    if systemd or container:
        out((init_files.systemd_unit(file) if systemd else init_files.container_recipe()).rstrip())
        return
    if file.exists():
        raise Refused(
            t.plain("{file} is there already; nothing was changed. `worthalten check` looks at it.", file=file)
        )
    who = responsible or _asked(t, t.plain("Who answers for the data? Name, address and e-mail"), "--responsible")
    if not who.strip():
        raise Misused(t.plain("Please say who answers for the data; everybody reads it before they agree."))
    language = t.language if t.language in LANGUAGES and len(t.language) == 2 else "de"
    token, name = _token(token_file, t, unchecked=unchecked)
    api_url = os.environ.get(API_URL, "")
    answers = Answers(language, who.strip(), token, token_file, api_url)
    if name and _can_ask():
        answers = _with_administrator(answers, name, t)
    _write(file, answers, t)


def _token(token_file: Path | None, t: Speaker, *, unchecked: bool) -> tuple[str, str]:
    """The token, and the bot's name as Telegram says it; "" where it could not be asked. Raises Refused, Misused."""
    from bot.config import TOKEN as TOKEN_FORM
    from bot.ports import Gone

    given = token_file.read_text(encoding="utf-8").strip() if token_file else os.environ.get(TOKEN, "").strip()
    for _ in range(1 if given else TRIES):
        token = given or _asked(t, t.plain("The token that @BotFather gave you"), TOKEN, secret=True).strip()
        answer = asyncio.run(_ask(token)) if TOKEN_FORM.fullmatch(token) else Gone("")
        if isinstance(answer, str):
            out(t.plain("Telegram knows this bot: @{name}", name=answer))
            return token, answer
        if isinstance(answer, Gone):
            said = t.plain("Telegram does not know this token. Please copy the one from @BotFather whole.")
            if given:
                raise Refused(said)
            out(said)
            continue
        if unchecked:
            return token, ""
        raise Refused(t.plain(
            "Telegram cannot be reached to check the token. Please look at the network; --unchecked writes it anyway."
        ))  # fmt: skip
    raise Refused(t.plain("There is no configuration yet. @BotFather shows the token under /mybots."))


async def _ask(token: str) -> object:
    from adapters.telegram.introducing import name_of

    return await name_of(token, os.environ.get(API_URL, ""))


def _with_administrator(answers: Answers, name: str, t: Speaker) -> Answers:
    """Learn who runs the installation from a message that they write to the bot."""
    from dataclasses import replace

    from adapters.telegram.introducing import latest_writer

    out(t.plain("So that the bot can tell you when something fails: please write anything to @{name} on Telegram now.",
                name=name))  # fmt: skip
    typer.prompt(t.plain("Then press Enter"), default="", show_default=False)
    writer: Writer | None = asyncio.run(latest_writer(answers.token, answers.api_url))
    if writer and typer.confirm(t.plain("Is that you: {name}?", name=writer.name), default=True):
        return replace(answers, administrator=str(writer.id))
    out(t.plain("Then not now; it can be added in the configuration under [administrators]."))
    return answers


def _write(file: Path, answers: Answers, t: Speaker) -> None:
    from bot.config import load

    init_files.write(file, init_files.config(answers))
    config = load(file, {})
    data_dir = file.parent / config.bot.data_dir
    private.make_directory(data_dir)
    out(t.plain("Written: {file}", file=file))
    sheet = file.with_name(FACT_SHEET)
    try:
        init_files.write(sheet, init_files.fact_sheet(answers, datetime.now(UTC).date()))
        out(t.plain("Written: {file}, the facts for your data protection officer", file=sheet))
    except FileExistsError:
        out(t.plain("{file} was there already and stays as it is.", file=sheet))
    out("")
    out(t.plain("Next: a workshop, and off it goes."))
    out('  worthalten workshop new --name "Werkstatt Eutin" --date 21.11.2026 --land Schleswig-Holstein')
    out("  worthalten run")
    out(t.plain("Only @BotFather can take the address of your privacy notice: please send /setprivacypolicy there."))


def _can_ask() -> bool:
    return sys.stdin.isatty()


def _asked(t: Speaker, question: str, name: str, *, secret: bool = False) -> str:
    """What somebody types. Raises Misused where nobody can."""
    if not _can_ask():
        raise Misused(t.plain("There is nobody to ask here. Please give {name}.", name=name))
    return str(typer.prompt(question, hide_input=secret))
