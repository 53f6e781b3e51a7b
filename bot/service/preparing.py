"""The jobs that make a document for a workshop: what each needs from the store, and what comes of it; and the one list
of how every job is done.

What draws pages is loaded when it is needed: it would make up a fifth of the start of every command.
"""

from collections.abc import Callable

from sqlalchemy import Connection

from bot.dialogue.jobs import (
    ImportSheet,
    Job,
    KeepFile,
    KeepPicture,
    MakeCards,
    MakeClaimList,
    MakeExport,
    MakeReport,
    MakeSlide,
    PreviewSheet,
)
from bot.dialogue.message import Attachment, Say
from bot.documents import claim_list
from bot.documents.pledge_table import MIMES, Form, pledge_table
from bot.documents.report import MIMES as REPORT_MIMES
from bot.documents.report import Form as ReportForm
from bot.documents.report import report_file
from bot.service import hosting, importing, reading_sheets, reporting
from bot.service.installation import Installation
from bot.service.keeping import keep_file
from bot.service.picturing import keep_picture
from bot.service.working import CarryOut, Prepare, Tell
from bot.store import channels, pledges, workshops
from bot.texts import Speaker, speaker

PDF, CSV = "application/pdf", "text/csv"


def slide(tx: Connection, installation: Installation, job: Job, t: Speaker) -> CarryOut:
    """The slide, in the language of the installation: it is for the hall."""
    from bot.documents import invitations

    assert isinstance(job, MakeSlide)
    workshop = workshops.existing(tx, job.workshop_id)
    ways = hosting.ways(channels.handles(tx), workshop.code)
    theirs = speaker(installation.rules.language)
    name = t.plain("slide-{letters}", letters=workshop.letters) + ".pdf"
    said = Say(t("The slide for the wall: who scans it is in."))
    return _made(lambda tell: invitations.slide(workshop, ways, theirs), name, PDF, said)


def cards(tx: Connection, installation: Installation, job: Job, t: Speaker) -> CarryOut:
    """Four cards for joining, and one for each pledge that waits for its maker."""
    from bot.documents import invitations

    assert isinstance(job, MakeCards)
    workshop, handles = workshops.existing(tx, job.workshop_id), channels.handles(tx)
    waiting = importing.unclaimed(tx, installation, workshop)
    wanted = [invitations.Card(workshop.code, hosting.ways(handles, workshop.code))] * 4
    wanted += [invitations.Card(one.code, hosting.ways(handles, one.code), one.pledge) for one in waiting]
    theirs = speaker(installation.rules.language)
    said = t("Cards in A6 for joining, four on a page.")
    if waiting:
        said = t.plural(
            "Cards in A6, four on a page: the first four are for joining, {count} is for an imported pledge.",
            "Cards in A6, four on a page: the first four are for joining, {count} are for imported pledges.",
            len(waiting),
        )
    name = t.plain("cards-{letters}", letters=workshop.letters) + ".pdf"
    return _made(lambda tell: invitations.cards(workshop, wanted, theirs), name, PDF, Say(said))


def claims(tx: Connection, installation: Installation, job: Job, t: Speaker) -> CarryOut:
    """The list for mail merge."""
    assert isinstance(job, MakeClaimList)
    workshop, handles = workshops.existing(tx, job.workshop_id), channels.handles(tx)
    waiting = importing.unclaimed(tx, installation, workshop)
    said = t.plural(
        "The list for mail merge, with a link for {count} pledge. Whoever has a link can claim the pledge: please pass "
        "each on to the right person only.",
        "The list for mail merge, with links for {count} pledges. Whoever has a link can claim the pledge: please pass "
        "each on to the right person only.",
        len(waiting),
    )
    name = t.plain("mail-merge-{letters}", letters=workshop.letters) + ".csv"
    return _made(lambda tell: claim_list.claim_list(waiting, list(handles), t), name, CSV, Say(said))


def export(tx: Connection, installation: Installation, job: Job, t: Speaker) -> CarryOut:
    """All pledges as a file."""
    assert isinstance(job, MakeExport)
    form = Form(job.form)
    workshop = workshops.existing(tx, job.workshop_id)
    told = pledges.told_of(tx, workshop.id)
    said = t.plural("{count} pledge as a file.", "{count} pledges as a file.", len(told))
    name = t.plain("pledges-{letters}", letters=workshop.letters) + f".{form}"
    return _made(lambda tell: pledge_table(told, form, t, tell), name, MIMES[form], Say(said))


def report(tx: Connection, installation: Installation, job: Job, t: Speaker) -> CarryOut:
    """A frozen report, for whoever is not of the team: small numbers are hidden."""
    assert isinstance(job, MakeReport)
    form = ReportForm(job.form)
    shown = reporting.for_outside(tx, installation, job.report_id, t)
    said = Say(
        t("The report, as of {day}. Small numbers are hidden, so that you can pass it on.", day=t.day(shown.day))
    )
    name = t.plain("report") + f"-{shown.day:%Y-%m-%d}.{form}"
    return _made(lambda tell: report_file(shown, form, t), name, REPORT_MIMES[form], said)


TRADES: dict[type[Job], Prepare] = {
    MakeSlide: slide, MakeCards: cards, MakeClaimList: claims, MakeExport: export, PreviewSheet: reading_sheets.preview,
    ImportSheet: reading_sheets.import_, KeepFile: keep_file, KeepPicture: keep_picture,
    MakeReport: report,
}  # fmt: skip


def _made(make: Callable[[Tell], bytes], name: str, mime: str, said: Say) -> CarryOut:
    """Make the file, then send it under these words."""

    def carry_out(content: bytes, tell: Tell) -> Callable[[Connection], tuple[Say, ...]]:
        file = Attachment(name, mime, make(tell))
        return lambda tx: (Say(said.text, attachment=file),)

    return carry_out
