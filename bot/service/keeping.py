"""Files that people send are fetched, made small and kept with their pledge."""

from sqlalchemy import Connection

from bot.dialogue.attaching import MOST
from bot.dialogue.jobs import Job, KeepFile
from bot.dialogue.message import Say
from bot.documents import picture
from bot.service.company import around
from bot.service.installation import Installation
from bot.service.working import CarryOut, Conclude, Tell
from bot.store import attachments, pledges
from bot.texts import Speaker


def keep_file(tx: Connection, installation: Installation, job: Job, t: Speaker) -> CarryOut:
    """A picture, without what it tells of place and device, or a voice message as it is; its caption is the remark to
    the latest answer."""
    assert isinstance(job, KeepFile)
    refused = Say(t("I could not open this file. Please send it once more, as a photo."))
    kept = Say(
        t("Thank you, that is kept with {reference}. Your workshop's team can see it.", reference=job.reference),
        quiet=True,
    )

    def carry_out(content: bytes, tell: Tell) -> Conclude:
        is_picture = job.mime.startswith("image/")
        small = picture.shrink(content) if is_picture else content
        return lambda tx: write(tx, small, picture.MIME if is_picture else job.mime)

    def write(tx: Connection, content: bytes | None, mime: str) -> tuple[Say, ...]:
        if content is None:
            return (refused,)
        if not _belongs(tx, job) or attachments.count(tx, job.reference) >= MOST:
            return ()
        attachments.add(tx, job.reference, job.person_id, mime, content, installation.now())
        if job.caption:
            pledges.remark(tx, job.reference, job.person_id, job.caption, installation.now())
        return (kept,)

    return carry_out


def _belongs(tx: Connection, job: KeepFile) -> bool:
    """Whether whoever sent it is, still, one of the pledge's people."""
    return pledges.by_reference(tx, job.reference) is not None and job.person_id in around(tx, job.reference).people
