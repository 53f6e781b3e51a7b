"""`worthalten report`: what became of the pledges, as a file that can be passed on."""

from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.failures import Misused
from adapters.cli.output import err, out_json, write_new
from adapters.cli.session import AsJson, Session
from bot.texts import mark


def register(app: typer.Typer) -> None:
    """Put the command into `app`."""
    app.command(help=mark("Write what became of the pledges into a file; small numbers are hidden."))(report)


def report(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(
        metavar="FILE", show_default=False, help=mark("Where to; its ending says which form, unless --format does."),
    )] = None,
    workshop: Annotated[str | None, typer.Option(
        metavar="NUMBER|LETTERS", show_default=False, help=mark("Which workshop, instead of all."),
    )] = None,
    form: Annotated[str | None, typer.Option(
        "--format", metavar="xlsx|csv|png|pdf|json", show_default=False, help=mark("The form of the file."),
    )] = None,
    dark: Annotated[bool, typer.Option("--dark", help=mark("The picture on a dark ground."))] = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    from bot.documents.report import Form, as_data, report_file
    from bot.service.reporting import Reporting

    session: Session = ctx.obj
    t = session.t
    wanted = "json" if as_json else (form or (file.suffix.lstrip(".") if file else "")).casefold()
    if wanted not in ("xlsx", "csv", "png", "pdf", "json"):
        raise Misused(t.plain("Please name a FILE that ends in xlsx, csv, png, pdf or json, or --json to see it here."))
    if file is None and wanted != "json":
        raise Misused(t.plain("Please name the FILE to write."))
    workshop_id = session.workshop(workshop).id if workshop else None
    made = Reporting(session.ready).report(workshop_id, t)
    if file is None:
        out_json(as_data(made))
        return
    content = report_file(made, Form.DARK if dark and wanted == "png" else Form(wanted), t)
    write_new(file, content, t)
    err(t.plain("Written to {file}.", file=file))
