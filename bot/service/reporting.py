"""Reports: counted, frozen with their day, and shown to others without what points at people."""

from datetime import datetime

from sqlalchemy import Connection

from bot.documents.report import Report, Said
from bot.domain.tally import tally
from bot.service.installation import Installation
from bot.store import reports, workshops
from bot.store.reports import Frozen
from bot.texts import Speaker


def freeze(tx: Connection, workshop_id: int | None, now: datetime) -> Frozen:
    """Count the pledges of a workshop, or of all, and keep the counts with their instant."""
    return reports.freeze(tx, workshop_id, tally(reports.entries(tx, workshop_id)), now)


def for_outside(tx: Connection, installation: Installation, report_id: int, t: Speaker) -> Report:
    """A frozen report as it may leave the team: small numbers hidden, and only what is released to this moment."""
    frozen = reports.frozen(tx, report_id)
    title = t.plain("All workshops")
    if frozen.workshop_id is not None:
        title = workshops.existing(tx, frozen.workshop_id).name
    said = reports.quotes(tx, frozen.workshop_id, frozen.at)
    return Report(
        title, frozen.at.astimezone(installation.rules.zone).date(), frozen.tally.shielded(),
        [Said(one.reference, one.outcome, one.words, one.name) for one in said],
    )  # fmt: skip


class Reporting:
    """Makes reports on the command line."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def report(self, workshop_id: int | None, t: Speaker) -> Report:
        """Freeze a report of this moment; gives it as it may leave the team."""
        with self._installation.engine.begin() as tx:
            frozen = freeze(tx, workshop_id, self._installation.now())
            return for_outside(tx, self._installation, frozen.id, t)
