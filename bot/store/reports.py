"""What is counted, and the reports that were frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from bot.domain.pledge import Shown, Stage
from bot.domain.tally import Dimension, Entry, Obstacle, Tally, Verdict
from bot.store.tables import answers, calls, frozen_reports, pledges, workshops


@dataclass(frozen=True, slots=True)
class Frozen:
    """A report as it was at that instant (UTC); `workshop_id` None: about all workshops."""

    id: int
    workshop_id: int | None
    at: datetime
    tally: Tally


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said at the end and released; `name` is "" where they did not want theirs to be told."""

    reference: str
    outcome: str
    words: str
    name: str = ""


def entries(tx: Connection, workshop_id: int | None) -> Sequence[Entry]:
    """The pledges of a workshop, or of all, as they are counted."""
    here = pledges.c.workshop_id == workshop_id if workshop_id is not None else pledges.c.id.is_not(None)
    told = (
        select(answers.c.pledge_id, func.max(answers.c.id).label("latest"))
        .join_from(answers, pledges)
        .where(here, answers.c.standing.is_not(None) | answers.c.outcome.is_not(None))
        .group_by(answers.c.pledge_id)
        .subquery()
    )
    last = select(answers.c.pledge_id).join_from(told, answers, answers.c.id == told.c.latest)
    by_team = set(tx.execute(last.where(answers.c.by_team)).scalars())
    obstacles: dict[int | None, Obstacle] = {}
    called = select(calls.c.pledge_id, calls.c.wanted).join_from(calls, pledges, calls.c.pledge_id == pledges.c.id)
    for pledge_id, wanted in tx.execute(called.where(here).order_by(calls.c.id)):
        if obstacles.get(pledge_id) is not Obstacle.HELP:
            obstacles[pledge_id] = Obstacle.HELP if wanted else Obstacle.NAMED
    query = select(pledges, workshops.c.land.label("workshop_land")).join_from(pledges, workshops).where(here)
    return [
        Entry(_verdict(row, row.id in by_team), {
            Dimension.SIDE: row.side or "", Dimension.TOPIC: row.topic or "",
            Dimension.LAND: row.land or row.workshop_land, Dimension.OBSTACLE: obstacles.get(row.id, Obstacle.NONE),
        })
        for row in tx.execute(query)
    ]  # fmt: skip


def _verdict(row: Row[*tuple[Any, ...]], by_team: bool) -> Verdict:
    if not row.text:
        return Verdict.ERASED
    if row.stage == Stage.WITHDRAWN:
        return Verdict.WITHDRAWN
    if by_team:
        return Verdict.BY_TEAM
    if row.stage == Stage.PROPOSED:
        return Verdict.UNCLAIMED
    if row.outcome:
        return Verdict(row.outcome)
    return Verdict.RUNNING if row.standing and row.stage == Stage.RUNNING else Verdict.NO_ANSWER


def freeze(tx: Connection, workshop_id: int | None, tally: Tally, now: datetime) -> Frozen:
    """Keep these counts with their instant; where nothing has changed since the last time, those of then."""
    query = select(frozen_reports).where(frozen_reports.c.workshop_id == workshop_id)
    last = tx.execute(query.order_by(frozen_reports.c.id.desc()).limit(1)).one_or_none()
    if last and last.at.date() == now.date() and last.figures == tally.data():
        return Frozen(last.id, workshop_id, last.at, tally)
    values = {"workshop_id": workshop_id, "at": now, "figures": tally.data()}
    new = tx.execute(insert(frozen_reports).values(**values).returning(frozen_reports.c.id)).scalar_one()
    return Frozen(new, workshop_id, now, tally)


def frozen(tx: Connection, report_id: int) -> Frozen:
    """A frozen report. Raises LookupError where there is none."""
    row = tx.execute(select(frozen_reports).where(frozen_reports.c.id == report_id)).one_or_none()
    if row is None:
        raise LookupError(f"There is no report {report_id}.")
    return Frozen(row.id, row.workshop_id, row.at, Tally.of_data(row.figures))


def frozen_of(tx: Connection, workshop_id: int) -> Sequence[tuple[int, datetime]]:
    """The reports of a workshop that were frozen, the latest first: their ids and instants."""
    query = select(frozen_reports.c.id, frozen_reports.c.at).where(frozen_reports.c.workshop_id == workshop_id)
    return [(row.id, row.at) for row in tx.execute(query.order_by(frozen_reports.c.id.desc()))]


def quotes(tx: Connection, workshop_id: int | None, until: datetime) -> Sequence[Quote]:
    """What was released up to that instant and is released still, by number. What somebody erased is not there."""
    here = pledges.c.workshop_id == workshop_id if workshop_id is not None else pledges.c.id.is_not(None)
    released = (
        here, pledges.c.outcome.is_not(None), pledges.c.outcome_note != "", pledges.c.outcome_shown != Shown.NOT,
        ~pledges.c.disputed, pledges.c.outcome_at <= until,
    )  # fmt: skip
    rows = tx.execute(select(pledges).where(*released).order_by(pledges.c.reference))
    return [
        Quote(row.reference, row.outcome, row.outcome_note, row.owner if row.outcome_shown == Shown.WITH_NAME else "")
        for row in rows
    ]  # fmt: skip
