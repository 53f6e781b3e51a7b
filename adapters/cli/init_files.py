"""The files that `worthalten init` writes or shows, made from the templates beside this module."""

import getpass
import json
import os
import shlex
import socket
import sys
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template

from bot import private


@dataclass(frozen=True, slots=True)
class Answers:
    """What `init` has learned. `token_file` is the file that holds the token, or None: then it stands in the
    configuration. `administrator` is a number on Telegram, or ""."""

    language: str
    responsible: str
    token: str
    token_file: Path | None
    api_url: str
    administrator: str = ""


def config(answers: Answers) -> str:
    """The configuration, commented in the language of the installation."""
    api_url = ""
    if answers.api_url:
        api_url = f"\napi_url = {_quoted(answers.api_url)}\n"
    return _filled(
        f"config.{answers.language}.toml",
        language=_quoted(answers.language),
        responsible=_quoted(answers.responsible),
        token_key="token_file" if answers.token_file else "token",
        token=_quoted(str(answers.token_file) if answers.token_file else answers.token),
        api_url=api_url,
        administrators=f"telegram = [{answers.administrator}]" if answers.administrator else "# telegram = [123456789]",
    )


def fact_sheet(answers: Answers, today: date) -> str:
    """The fact sheet for the data protection officer; German, as the people who file it."""
    from bot.service.backing_up import KEPT
    from bot.service.housekeeping import DIALOGUES, SENT, STRANGERS, UPDATES_KNOWN

    telegram = (
        "- Telegram (Telegram FZ-LLC, Dubai) als Betreiber der Plattform, über die beide Seiten schreiben; Chats mit "
        "Bots sind\n  dort nicht Ende-zu-Ende-verschlüsselt. Darauf weist der Bot vor der Einwilligung hin."
    )
    return _filled(
        "datenschutz.md",
        today=f"{today:%d.%m.%Y}",
        responsible=answers.responsible.replace("|", "\\|"),
        recipients=telegram,
        host=socket.gethostname(),
        database="SQLite-Datei auf diesem Server",
        data_dir="Verzeichnis `data`",
        updates_days=str(UPDATES_KNOWN.days),
        strangers_days=str(STRANGERS.days),
        dialogues_days=str(DIALOGUES.days),
        sent_days=str(SENT.days),
        backups=str(KEPT),
    )


def systemd_unit(file: Path) -> str:
    """A unit that runs the bot as whoever asks for it, with the configuration `file`."""
    program = Path(sys.argv[0]).absolute()
    found = str(program) if os.access(program, os.X_OK) and program.suffix != ".py" else f"{sys.executable} -m bot"
    return _filled(
        "worthalten.service",
        user=getpass.getuser(),
        directory=str(file.absolute().parent),
        program=found,
        config=shlex.quote(str(file.absolute())),
    )


def container_recipe() -> str:
    """What a container is built from."""
    return _template("Containerfile")


def write(file: Path, text: str) -> None:
    """Write a new file, readable for its owner alone. Raises FileExistsError; what is there stays."""
    with private.create(file) as opened:
        opened.write(text.encode())


def _quoted(text: str) -> str:
    """Text as TOML takes it."""
    return json.dumps("".join(char for char in text if char.isprintable()), ensure_ascii=False)


def _filled(name: str, **values: str) -> str:
    return Template(_template(name)).substitute(values)


def _template(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")
