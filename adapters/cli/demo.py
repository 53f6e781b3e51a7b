"""`worthalten demo`: a chat in the terminal, or a scripted half-year where nobody can type."""

from typing import Annotated

import typer

from bot.texts import LANGUAGES, mark


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=mark("A chat in the terminal with a calendar of its own; no account, no configuration."))(demo)


def demo(
    language: Annotated[
        str, typer.Option(help=mark("The language that you are spoken to in: de, de@du or en."))
    ] = "de",
) -> None:
    from adapters.demo.play import play

    if language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r}: {', '.join(LANGUAGES)}")
    play(language)
