"""What was kept for long enough loses its people: six months after the date of a pledge, the pledge; six months after
the last workshop, whoever has no pledge; with the last day of its code, the name in a draft that nobody claimed.

What is left of a pledge says nothing about anybody: topic, Land, side, and what became of it. Somebody who still has a
pledge or a part in a team stays. Nothing goes on the erasure list: after a restore the next run does it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dateutil.relativedelta import relativedelta
from sqlalchemy import Connection, select, update

from bot.domain.pledge import Stage
from bot.service import erasing
from bot.service.installation import Installation
from bot.store import messages, retention
from bot.store.engine import scrub
from bot.store.retention import Found
from bot.store.tables import companions, pledges

KEPT = relativedelta(months=6)
AT_ONCE = 100
"""So many of each kind in one transaction, so that whoever writes meanwhile need not wait."""
EVERYTHING = 10**9


@dataclass(frozen=True, slots=True)
class Anonymised:
    """What lost its people, or would: the numbers of the pledges and of the drafts, and how many people."""

    pledges: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    people: int = 0

    def __bool__(self) -> bool:
        return bool(self.pledges or self.drafts or self.people)

    def __add__(self, other: "Anonymised") -> "Anonymised":
        return Anonymised(self.pledges + other.pledges, self.drafts + other.drafts, self.people + other.people)


class Anonymising:
    """Does it in small steps; safe to repeat and to break off."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def preview(self) -> Anonymised:
        """What would be anonymised today. Changes nothing."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            old, drafts, people = self._found(tx, EVERYTHING)
        return _told(old, drafts, people)

    def step(self) -> Anonymised:
        """Anonymise some; falsy when nothing is left to do."""
        now = self._installation.now()
        with self._installation.engine.begin() as tx:
            old, drafts, people = self._found(tx, AT_ONCE)
            _make_bare(tx, old, now)
            for row in drafts:
                nobody = {"owner": "", "partners": ""}
                values = {**nobody, "imported": row.imported and {**row.imported, **nobody}}
                tx.execute(update(pledges).where(pledges.c.id == row.id).values(values))
            if old:  # whoever made them goes when all of theirs are dealt with
                people = []
            for person_id in people:
                erasing.remove(tx, person_id)
        done = _told(old, drafts, people)
        if not done:
            scrub(self._installation.engine)
        return done

    def _found(self, tx: Connection, most: int) -> tuple[Found, Found, list[int]]:
        today = self._installation.today()
        cutoff = today - KEPT
        return (
            retention.pledges_due_by(tx, cutoff, most),
            retention.drafts_expired(tx, today, most),
            retention.people_gone_by(tx, cutoff, most),
        )


def _told(old: Found, drafts: Found, people: Sequence[int]) -> Anonymised:
    return Anonymised(tuple(row.reference for row in old), tuple(row.reference for row in drafts), len(people))


def _make_bare(tx: Connection, rows: Found, now: datetime) -> None:
    ids = [row.id for row in rows]
    beside = select(companions.c.person_id).where(companions.c.pledge_id.in_(ids))
    asked = {row.maker_id for row in rows if row.maker_id} | set(tx.execute(beside).scalars())
    erasing.cut_out(tx, erasing.words_about(tx, rows), asked)
    messages.forget_changes(tx, asked)
    for row in rows:
        stage = Stage.CLOSED if row.stage == Stage.RUNNING else row.stage
        erasing.make_bare(tx, row, now, stage=stage, topic=row.topic, land=row.land, side=row.side)
