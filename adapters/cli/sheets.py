"""`worthalten import`: a sheet of pledges in, and the list for those who are to claim them out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.failures import FAILED, Misused, Refused
from adapters.cli.output import err, out, out_json, write_new
from adapters.cli.session import AsJson, Session
from bot.texts import Speaker, mark

if TYPE_CHECKING:
    from bot.domain.workshop import Workshop
    from bot.service.importing import Imported, Progress

MANY = 500
"""From so many rows on a progress bar is worth its while."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", help=mark("Write all pledges of a workshop into a file: XLSX, CSV or JSON."))(export)
    app.command(
        "import", help=mark("Import a sheet of pledges (CSV, XLSX), or import it again; or list who may claim them.")
    )(import_)


def import_(
    ctx: typer.Context,
    workshop: Annotated[str, typer.Option(metavar="NUMBER|LETTERS", help=mark("Which workshop the pledges are of."))],
    file: Annotated[Path | None, typer.Argument(
        metavar="FILE", show_default=False, help=mark("The sheet, as CSV or XLSX."),
    )] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=mark("Only say what would come of it."))] = False,
    only_valid: Annotated[bool, typer.Option("--only-valid", help=mark("Import all but the faulty rows."))] = False,
    as_json: AsJson = False,
    claims: Annotated[Path | None, typer.Option(
        "--list", metavar="CSV", show_default=False,
        help=mark("Write a list for mail merge: every unclaimed pledge with its code and link."),
    )] = None,
) -> None:  # fmt: skip
    session: Session = ctx.obj
    t = session.t
    if file is None and claims is None:
        raise Misused(t.plain("Please name the FILE with the pledges, or --list with one to write."))
    if dry_run and claims is not None:
        raise Misused(t.plain("--dry-run writes nothing; please leave out --list."))
    content = _read(file) if file else b""
    found = session.workshop(workshop)
    if file is not None:
        done, refused = _import(session, content, found, dry_run=dry_run, only_valid=only_valid)
        _report(done, t, as_json=as_json, dry_run=dry_run or refused)
        if refused:
            err(t.plain(
                "Nothing was imported, because some rows are faulty. Please mend them, or leave them out: --only-valid."
            ))  # fmt: skip
            raise typer.Exit(FAILED)
        if dry_run and done.problems and not only_valid:
            raise typer.Exit(FAILED)
    if claims is not None:
        _list(session, found, claims)


def export(
    ctx: typer.Context,
    workshop: Annotated[str, typer.Option(metavar="NUMBER|LETTERS", help=mark("Which workshop the pledges are of."))],
    file: Annotated[Path, typer.Argument(
        metavar="FILE", show_default=False, help=mark("Where to; its ending says what: .xlsx, .csv or .json."),
    )],
) -> None:  # fmt: skip
    from bot.documents.pledge_table import Form, pledge_table
    from bot.service.hosting import told

    session: Session = ctx.obj
    t = session.t
    try:
        form = Form(file.suffix.casefold().removeprefix("."))
    except ValueError:
        raise Misused(t.plain("Please let the name of the file end in .xlsx, .csv or .json.")) from None
    pledges = told(session.ready, session.workshop(workshop))
    write_new(file, pledge_table(pledges, form, t), t)
    err(t.plain("Written to {file}. Pledges: {count}.", file=file, count=len(pledges)))


def _read(file: Path) -> bytes:
    from bot.documents.table import SIZE_LIMIT

    with file.open("rb") as source:
        return source.read(SIZE_LIMIT + 1)  # enough to see that it is too much


def _import(
    session: Session, content: bytes, workshop: "Workshop", *, dry_run: bool, only_valid: bool
) -> tuple["Imported", bool]:
    """What came of the sheet, and whether it was refused for its faulty rows."""
    from bot.documents.problems import UnreadableSheet, unreadable_sentence
    from bot.service.importing import Importing

    importing = Importing(session.ready)
    try:
        preview = importing.preview(content, workshop)
        if dry_run:
            return preview, False
        if preview.problems and not only_valid:
            return preview, True
        with _progress(preview.valid, session.t) as progress:
            return importing.apply(content, workshop, progress), False
    except UnreadableSheet as error:
        raise Refused(unreadable_sentence(error, session.t.plain)) from None


def _report(done: "Imported", t: Speaker, *, as_json: bool, dry_run: bool) -> None:
    from bot.documents.problems import sentence

    problems = [{"row": problem.row, "problem": sentence(problem, t.plain)} for problem in done.problems]
    if as_json:
        out_json({
            "valid": done.valid, "faulty": len(problems), "new": done.new, "changed": done.changed,
            "unchanged": done.unchanged, "problems": problems,
        })  # fmt: skip
        return
    for problem in problems:
        out(str(problem["problem"]))
    counts = {"new": done.new, "changed": done.changed, "unchanged": done.unchanged, "faulty": len(problems)}
    if dry_run:
        out(
            t.plain(
                "This would come of it: {new} new, {changed} changed, {unchanged} unchanged, {faulty} faulty.", **counts
            )
        )
    else:
        out(t.plain("Imported: {new} new, {changed} changed, {unchanged} unchanged, {faulty} faulty.", **counts))
    if done.ignored:
        out(t.plain("These columns were left out: {columns}.", columns=", ".join(done.ignored)))


def _list(session: Session, workshop: "Workshop", file: Path) -> None:
    """Write the list into a new file that only its owner can read: whoever has a code can claim a pledge."""
    from adapters.cli.naming import links
    from bot.documents.claim_list import claim_list
    from bot.service.importing import Importing

    t = session.t
    _, why = links(session, workshop.code)
    for channel, reason in why.items():
        err(t.plain("There is no link for {channel} yet: {reason}", channel=channel, reason=reason))
    channels = [name for name in session.hosting.handles() if name in session.config.channels]
    waiting = Importing(session.ready).unclaimed(workshop)
    content = claim_list(waiting, channels, t)
    write_new(file, content, t)
    err(t.plain("Written to {file}. Pledges that wait for their makers: {count}.", file=file, count=len(waiting)))


@contextmanager
def _progress(rows: int, t: Speaker) -> Iterator["Progress | None"]:
    """A bar on the terminal, where there are enough rows for one."""
    if rows < MANY or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(t.plain("Importing"), total=rows)
        yield lambda done, of: bar.update(task, completed=done, total=of)
