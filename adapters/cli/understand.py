"""`worthalten understand`: what the bot makes of a message. It needs no configuration."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from adapters.cli.failures import Misused, Refused
from adapters.cli.output import out_json
from adapters.cli.session import Session
from bot.texts import Speaker, mark

CONTEXTS = ("checkin", "yesno", "outcome", "date", "free")
_BERLIN = ZoneInfo("Europe/Berlin")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("understand", help=mark("Show what the bot makes of a message, as JSON."))(understand)


def understand(
    ctx: typer.Context,
    text: Annotated[str | None, typer.Argument(metavar="TEXT", show_default=False, help=mark("The message."))] = None,
    context: Annotated[str, typer.Option(
        metavar="checkin|yesno|outcome|date|free", help=mark("Which question it answers; free: none."),
    )] = "free",
    language: Annotated[str, typer.Option(metavar="de|en", help=mark("The language of whoever writes."))] = "de",
    now: Annotated[str | None, typer.Option(
        metavar="ISO", show_default=False, help=mark("The day or instant of the message, instead of now."),
    )] = None,
    lines: Annotated[str | None, typer.Option(
        metavar="FILE", show_default=False,
        help=mark("Many messages: JSON Lines with text, context, language and now; - is standard input."),
    )] = None,
) -> None:  # fmt: skip
    session: Session = ctx.obj
    t = session.t
    given = {"context": context, "language": language, "now": now}
    if (text is None) == (lines is None):
        raise Misused(t.plain("Please give either a TEXT or --lines with a file of many."))
    if lines is None:
        try:
            out_json(_understood({**given, "text": text}, t))
        except ValueError as error:
            raise Misused(str(error)) from None
        return
    with _opened(lines, t) as source:
        for number, line in enumerate(source, start=1):
            if line.strip():
                out_json(_line(line, number, given, t))


def _line(line: str, number: int, given: Mapping[str, Any], t: Speaker) -> dict[str, Any]:
    try:
        fields = json.loads(line.removeprefix("\ufeff"))
        if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
            raise ValueError(t.plain("it is no JSON object with a text"))
        return _understood({**given, **fields}, t)
    except json.JSONDecodeError:
        reason = t.plain("it is no JSON object with a text")
    except ValueError as error:
        reason = str(error)
    raise Refused(t.plain("Line {number} cannot be read: {reason}", number=number, reason=reason))


def _understood(fields: Mapping[str, Any], t: Speaker) -> dict[str, Any]:
    """The answer for one message. Raises ValueError with a sentence where a field does not fit."""
    from bot.dialogue.understanding import Context
    from bot.dialogue.understanding import understand as read

    if fields["context"] not in CONTEXTS:
        known = ", ".join(CONTEXTS)
        raise ValueError(
            t.plain("There is no context “{name}”; please choose one of {known}.", name=fields["context"], known=known)
        )
    if str(fields["language"])[:2] not in ("de", "en"):
        raise ValueError(t.plain("There is no language “{name}”; please choose de or en.", name=fields["language"]))
    meant = read(
        fields["text"], Context(fields["context"]), today=_day(fields["now"], t), language=str(fields["language"])[:2]
    )
    return {"intent": meant.intent.value, "dates": [day.isoformat() for day in meant.dates]}


def _day(now: object, t: Speaker) -> date:
    """The wall-clock day of a message; instants with a zone are looked at from Berlin."""
    if now is None:
        return datetime.now(UTC).astimezone(_BERLIN).date()
    try:
        instant = datetime.fromisoformat(str(now))
    except ValueError:
        raise ValueError(
            t.plain("“{now}” is no day; please write it as in 2025-10-31 or 2025-10-31T09:00.", now=now)
        ) from None
    return (instant.astimezone(_BERLIN) if instant.tzinfo else instant).date()


@contextmanager
def _opened(name: str, t: Speaker) -> Iterator[IO[str]]:
    if name == "-":
        yield sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8") as file:
            yield file
    except UnicodeDecodeError:
        raise Refused(t.plain("{file} is not in UTF-8. Please save it in that encoding.", file=name)) from None
