"""The jobs that read a sheet which somebody sent into the chat: what would come of it, and the import."""

from collections.abc import Callable

from sqlalchemy import Connection

from bot.dialogue.jobs import ImportSheet, Job, PreviewSheet
from bot.dialogue.message import Say
from bot.dialogue.organising import sheets
from bot.dialogue.organising.sheets import Counts
from bot.documents.pledge_sheet import Sheet, read_sheet
from bot.documents.problems import UnreadableSheet, sentence, unreadable_sentence
from bot.domain.workshop import Workshop
from bot.service.importing import Imported, import_sheet, preview_sheet
from bot.service.installation import Installation
from bot.service.working import CarryOut, Conclude, Tell
from bot.store import workshops
from bot.texts import Speaker

Use = Callable[[Connection, Sheet], Say]


def preview(tx: Connection, installation: Installation, job: Job, t: Speaker) -> CarryOut:
    """Read the sheet and say what would come of it."""
    assert isinstance(job, PreviewSheet)
    workshop = workshops.existing(tx, job.workshop_id)

    def use(tx: Connection, sheet: Sheet) -> Say:
        done = preview_sheet(tx, installation, workshop, sheet)
        told = [sentence(problem, t.plain) for problem in done.problems]
        return sheets.preview(t, workshop, job.file, _counts(done), told)

    return _read(workshop, t, use)


def import_(tx: Connection, installation: Installation, job: Job, t: Speaker) -> CarryOut:
    """Read the sheet and import its valid rows."""
    assert isinstance(job, ImportSheet)
    workshop = workshops.existing(tx, job.workshop_id)

    def use(tx: Connection, sheet: Sheet) -> Say:
        return sheets.imported(t, workshop, _counts(import_sheet(tx, installation, workshop, sheet)))

    return _read(workshop, t, use)


def _read(workshop: Workshop, t: Speaker, use: Use) -> CarryOut:
    def carry_out(content: bytes, tell: Tell) -> Conclude:
        try:
            sheet = read_sheet(content, workshop.day, workshop.letters)
        except UnreadableSheet as error:
            why = Say(unreadable_sentence(error, t))  # type: ignore[arg-type]  # the words of a Speaker are markup
            return lambda tx: (why,)
        return lambda tx: (use(tx, sheet),)

    return carry_out


def _counts(done: Imported) -> Counts:
    return Counts(done.new, done.changed, done.unchanged, len(done.problems))
