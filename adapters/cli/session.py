"""What a command is given: the configuration, the database, a voice."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.failures import Misused, Refused
from bot.texts import LANGUAGES, Speaker, mark
from scheduler.clock import KeptClock

if TYPE_CHECKING:
    from bot.config import Config
    from bot.domain.workshop import Workshop
    from bot.service.hosting import Hosting
    from bot.service.installation import Installation
    from bot.service.upgrading import Version

AsJson = Annotated[bool, typer.Option("--json", help=mark("For programs: JSON."))]
"""The option that all commands with a result for programs have."""


@dataclass
class Session:
    """One call of the command line. `file` is the configuration that --config names, None for the usual place."""

    file: Path | None
    verbose: bool
    t: Speaker
    rehearsal: bool = False
    """Whether the rehearsal is meant, not the real installation."""

    @cached_property
    def real_config(self) -> "Config":
        """The configuration as it was written. Raises ConfigError."""
        from bot.config import load

        return load(self.file, os.environ)

    @property
    def config(self) -> "Config":
        """The configuration of what is meant. Raises ConfigError."""
        return self.real_config.rehearsing() if self.rehearsal else self.real_config

    @cached_property
    def installation(self) -> "Installation":
        """The installation, its database not looked at yet. Raises Misused where the database's address is none."""
        from sqlalchemy.exc import ArgumentError

        from adapters.wiring import installation

        clock = KeptClock(self._kept) if self.rehearsal else None
        try:
            if self.config.bot.database.startswith(("sqlite:", "postgresql:", "postgresql+")):
                return installation(self.config, clock)
        except ArgumentError:  # its text holds the whole address
            pass
        except ModuleNotFoundError:
            raise Misused(self.t.plain(
                "The driver for PostgreSQL is missing. Please install it: pip install 'worthalten[postgres]'"
            )) from None  # fmt: skip
        raise Misused(self.t.plain(
            "`database` in the configuration is no address that I know. Please write sqlite:///worthalten.db or "
            "postgresql://user@host/name."
        ))  # fmt: skip

    def _kept(self) -> datetime | None:
        """Where the calendar of the rehearsal stands."""
        from bot.service.rehearsing import Rehearsing

        return Rehearsing(self.ready).instant()

    @cached_property
    def ready(self) -> "Installation":
        """The installation with its database ready for use; an empty one is set up. Raises Refused."""
        from bot.service import file_modes, upgrading

        engine = self.installation.engine
        found = upgrading.version(engine)
        if found is upgrading.Version.EMPTY:
            self.set_up()
        elif found is not upgrading.Version.CURRENT:
            raise Refused(self.unfit(found))
        file_modes.close_to_others(engine, self.config.bot.data_dir)
        return self.installation

    def set_up(self) -> None:
        """Bring the database to this version. Raises Refused where its directory is missing."""
        from bot.service import upgrading

        try:
            upgrading.upgrade(self.installation.engine)
        except FileNotFoundError as error:
            raise Refused(self.t.plain(
                "The database {file} cannot be made, because its directory is missing. Please create the directory, or "
                "change `database` in the configuration.", file=error.filename,
            )) from None  # fmt: skip

    def unfit(self, version: "Version") -> str:
        """What to do about a database that does not fit to this program."""
        from bot.service.upgrading import Version

        if version is Version.OUTDATED:
            return self.t.plain("The database is from an earlier version. Please run `worthalten upgrade` first.")
        if version is Version.NEWER:
            return self.t.plain(
                "The database is from a later version. Please install that version of Worthalten again."
            )
        return self.t.plain(
            "The database belongs to another program. Please name one of its own under `database` in the configuration."
        )

    @cached_property
    def hosting(self) -> "Hosting":
        """The workshops, with the database ready."""
        from bot.service.hosting import Hosting

        return Hosting(self.ready)

    def workshop(self, which: str) -> "Workshop":
        """The workshop of that id or of those letters. Raises Refused."""
        if found := self.hosting.find(which):
            return found
        raise Refused(self.t.plain(
            "There is no workshop “{which}”. `worthalten workshop list` shows them all.", which=which
        ))  # fmt: skip


def language_of(file: Path | None, environ: Mapping[str, str]) -> str:
    """The language to speak before anything is checked: as the environment or the configuration says, else German."""
    wanted: object = environ.get("WORTHALTEN_BOT__LANGUAGE")
    if not wanted:
        try:
            settings = tomllib.loads((file or Path("config.toml")).read_text(encoding="utf-8-sig"))
            wanted = settings["bot"]["language"]
        except (OSError, ValueError, LookupError, TypeError):
            pass
    return str(wanted) if wanted in LANGUAGES else "de"
