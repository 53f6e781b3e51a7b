"""The commands together, their common options, and what becomes of an error."""

import os
import re
import sys
import traceback
from collections.abc import Sequence
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from adapters.cli import (
    anonymise,
    backup,
    checks,
    demo,
    init,
    organiser,
    rehearse,
    reports,
    restore,
    serving,
    sheets,
    status,
    understand,
    upgrade,
    workshops,
)
from adapters.cli.failures import DONE, FAILED, MISUSED, explained
from adapters.cli.output import err, out, speak_utf8
from adapters.cli.session import Session, language_of
from bot.texts import Speaker, mark, speaker

NAME = "worthalten"
_INTERRUPTED = 130
"""What typer makes of Ctrl-C."""
_NO_SUCH_COMMAND = re.compile(r"^No such command '(.*)'")

app = typer.Typer(
    name=NAME, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help=mark("Asks after public pledges: kindly, at the right time, in the messenger people already have."),
)  # fmt: skip
app.add_typer(workshops.app, name="workshop")
app.add_typer(organiser.app, name="organiser")
for module in (
    demo,
    init,
    serving,
    checks,
    status,
    sheets,
    reports,
    anonymise,
    backup,
    restore,
    upgrade,
    understand,
    rehearse,
):
    module.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        try:
            out(f"{NAME} {metadata.version(NAME)}")
        except metadata.PackageNotFoundError:
            out(f"{NAME} (not installed)")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    config: Annotated[Path | None, typer.Option(
        metavar="PATH", help=mark("The configuration, instead of config.toml here. It may stand anywhere in the line."),
    )] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help=mark("Say more, and where an error came from."))] = False,
    rehearsal: Annotated[bool, typer.Option(
        "--rehearsal", help=mark("Meant is the live rehearsal (run --speed), not the real installation."),
    )] = False,
    version: Annotated[bool, typer.Option(
        "--version", is_eager=True, callback=_show_version, help=mark("Say which version this is."),
    )] = False,
) -> None:  # fmt: skip
    session: Session = ctx.obj
    session.file, session.verbose, session.rehearsal = config, verbose, rehearsal


def main() -> NoReturn:
    """The command `worthalten`. What it writes is its owner's alone: nearly everything names people or is a key."""
    os.umask(0o077)
    speak_utf8()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line; gives the exit code."""
    arguments = hoisted(arguments)
    file = next((Path(value) for flag, value in pairwise(arguments) if flag == "--config"), None)
    t = speaker(language_of(file, os.environ))
    session = Session(file, verbose=False, t=t)
    command = typer.main.get_command(app)
    _translate(command, t)
    try:
        code = command.main(arguments, prog_name=NAME, standalone_mode=False, obj=session) or DONE
        return _stopped(t) if code == _INTERRUPTED else code
    except typer.TyperException as error:
        return _usage(error, t)
    except (KeyboardInterrupt, typer.Abort):
        return _stopped(t)
    except Exception as error:
        said = explained(error, t)
        if said is None:
            kind = type(error).__name__
            said = t.plain("Something unexpected happened ({kind}). With --verbose I say where.", kind=kind), FAILED
            if session.verbose:
                traceback.print_exc()
        err(said[0])
        return said[1]


def hoisted(arguments: Sequence[str]) -> list[str]:
    """The command line with the common options in front, wherever they stood before a `--`."""
    common, rest = [], list(arguments)
    place = 0
    while place < len(rest) and rest[place] != "--":
        flag, equals, value = rest[place].partition("=")
        if flag == "--config" and equals:
            common += [flag, value]
            del rest[place]
        elif flag == "--config" and len(rest) > place + 1:
            common += rest[place : place + 2]
            del rest[place : place + 2]
        elif rest[place] in ("--verbose", "--rehearsal"):
            common.append(rest.pop(place))
        else:
            place += 1
    return common + rest


def _usage(error: typer.TyperException, t: Speaker) -> int:
    """Say in one sentence what does not fit."""
    kind, param = type(error).__name__, getattr(error, "param", None)
    if kind == "NoArgsIsHelpError":  # the help has just been shown
        return MISUSED
    context: typer.Context | None = getattr(error, "ctx", None)
    help_line = f"{context.command_path if context else NAME} --help"
    if kind == "MissingParameter" and param is not None:
        named = param.opts[0] if param.param_type_name == "option" else param.make_metavar(context)
        err(t.plain("{name} is missing. `{command}` shows what belongs here.", name=named, command=help_line))
    elif kind == "NoSuchOption":
        option = getattr(error, "option_name", "")
        if option == "--config":  # at the end of the line
            err(t.plain("Please write the path of the configuration behind --config."))
        else:
            err(
                t.plain("There is no option {name}. `{command}` shows those there are.", name=option, command=help_line)
            )
    elif found := _NO_SUCH_COMMAND.search(str(error)):
        err(t.plain("There is no command {name}. `{command}` shows those there are.", name=found[1], command=help_line))
    else:
        message = getattr(error, "message", str(error)).rstrip(".")
        err(t.plain("I do not understand that ({message}). `{command}` shows how.", message=message, command=help_line))
    return MISUSED


def _stopped(t: Speaker) -> int:
    err("\n" + t.plain("Stopped."))
    return FAILED


def _translate(command: Any, t: Speaker) -> None:
    """Put the help of a command, of its options and of the commands below it into the language of `t`."""
    command.help = command.help and t.plain(command.help)
    command.rich_help_panel = t.plain("Commands")
    for param in (*command.params, command.get_help_option(typer.Context(command))):
        if getattr(param, "help", None):
            option = param.param_type_name == "option"
            param.help = t.plain("Show this help.") if param.name == "help" else t.plain(param.help)
            param.rich_help_panel = t.plain("Options") if option else t.plain("Arguments")
    for below in getattr(command, "commands", {}).values():
        _translate(below, t)
