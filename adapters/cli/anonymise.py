"""`worthalten anonymise`: what has been kept for long enough loses its people. The bot does it by itself every day.

A command of its own: `status` changes nothing, and `upgrade` is about the form of the database, not about people.
"""

from typing import Annotated

import typer

from adapters.cli.output import out, out_json
from adapters.cli.session import AsJson, Session
from bot.texts import mark


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=mark("Anonymise what has been kept for long enough. The bot does it by itself every day."))(
        anonymise
    )


def anonymise(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=mark("Only say what would be anonymised."))] = False,
    as_json: AsJson = False,
) -> None:
    from bot.service.anonymising import Anonymised, Anonymising

    session: Session = ctx.obj
    t, job = session.t, Anonymising(session.ready)
    done = job.preview() if dry_run else Anonymised()
    while not dry_run and (some := job.step()):
        done += some
    if as_json:
        out_json({
            "dry_run": dry_run, "pledges": done.pledges, "names_in_drafts": done.drafts, "people": done.people,
        })  # fmt: skip
        return
    if not done:
        out(t.plain("There is nothing to anonymise today."))
        return
    out(t.plain("This would be anonymised:") if dry_run else t.plain("This has been anonymised:"))
    for count, text in (
        (len(done.pledges), t.plain("pledges six months after their date: {numbers}", numbers=", ".join(done.pledges))),
        (len(done.drafts), t.plain("names in unclaimed drafts: {numbers}", numbers=", ".join(done.drafts))),
        (done.people, t.plain("people without a pledge, six months after their last workshop")),
    ):
        if count:
            out(f"  {count} {text}")
