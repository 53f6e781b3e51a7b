"""Monday's digest: five lines to each team, once a week; not on holidays and in rest periods."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, exists, func, select

from bot.dialogue.message import Say
from bot.dialogue.organising.digest import Week, digest
from bot.domain.quiet_times import Calendar, Window
from bot.domain.stalled import Why
from bot.domain.workshop import Workshop
from bot.service import work_messages
from bot.service.installation import Installation
from bot.store import outbox, restorations, stalled, workshops
from bot.store.outbox import Letter
from bot.store.tables import answers, calls, occasions, pledges
from bot.store.tables import outbox as letters
from bot.texts import speaker

HOURS = (time(9), time(12))
"""When it goes out, in the installation's zone; whoever starts the bot later does without."""
FRESH = timedelta(weeks=5)
"""Whoever was asked in vain no longer ago is to be telephoned, and whoever cannot be reached until so long after the
date; of the others tells /offen alone."""


class Digesting:
    """Writes it when it is time."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def send(self) -> frozenset[str]:
        """Write to every team that has not had this week's. Gives the channels that have something to send. After a
        restore nobody is written to until an administrator has seen what was due."""
        now = self._installation.now()
        local = now.astimezone(self._installation.rules.zone)
        if local.weekday() > 4 or not HOURS[0] <= local.time() < HOURS[1]:
            return frozenset()
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            today = [one for one in workshops.everyone(tx) if self._day(one, local.date()) == local.date()]
        if not today:
            return frozenset()
        with self._installation.engine.begin() as tx:
            if restorations.unseen(tx):
                return frozenset()
            return frozenset(channel for one in today for channel in self._write(tx, one, now, local))

    def after(self, tx: Connection, now: datetime) -> datetime | None:
        """When it goes out for the first time after `now` (UTC); None where there is no workshop."""
        local = now.astimezone(self._installation.rules.zone)
        weeks = (local.date(), local.date() + timedelta(days=7))
        days = {self._day(one, week) for one in workshops.everyone(tx) for week in weeks}
        mornings = (datetime.combine(day, HOURS[0], local.tzinfo) for day in days)
        following = min((morning for morning in mornings if morning > local), default=None)
        return following.astimezone(UTC) if following else None

    def _day(self, workshop: Workshop, day: date) -> date:
        """The Monday of the week of `day`; where that is a holiday, or a rest period has it, the next allowed day."""
        rules = self._installation.rules
        calendar = Calendar(rules.zone, Window.MORNING, 0, frozenset({workshop.land}), rules.rests)
        return calendar.first_allowed(day - timedelta(days=day.weekday()))

    def _write(self, tx: Connection, workshop: Workshop, now: datetime, local: datetime) -> set[str]:
        channels: set[str] = set()
        team = work_messages.at_work(tx, self._installation.rules, workshop.id, now)
        week: Week | None = None
        for person_id, (person, account) in team.items():
            key = f"digest:{workshop.id}:{person_id}:{local:%G-%V}"
            if tx.execute(select(exists().where(letters.c.key == key))).scalar():
                continue
            week = week or _week(tx, workshop.id, now)
            if week == Week():
                return channels
            said: Say = digest(speaker(person.language), workshop, week)
            outbox.post(tx, [Letter(
                key=key, channel=account.channel, address=account.address, person_id=person_id, text=str(said.text),
                due_at=now, stands_for=outbox.WORK,
            )])  # fmt: skip
            channels.add(account.channel)
        return channels


def _week(tx: Connection, workshop_id: int, now: datetime) -> Week:
    """What there is to tell of the last and the coming seven days."""
    since, until = now - timedelta(days=7), now + timedelta(days=7)
    here = pledges.c.workshop_id == workshop_id

    def count(query: object) -> int:
        return int(tx.execute(query).scalar_one())  # type: ignore[call-overload]

    mine = calls.c.workshop_id == workshop_id
    silent = [
        one for one in stalled.in_workshops(tx, [workshop_id])
        if one.why in (Why.SILENT, Why.UNREACHABLE) and one.is_fresh(now.date() - FRESH)
    ]  # fmt: skip
    coming = select(func.count()).select_from(occasions.join(pledges)).where(here, occasions.c.due_at < until)
    changed = select(func.count(func.distinct(answers.c.pledge_id))).select_from(answers.join(pledges))
    return Week(
        calls=count(select(func.count()).where(mine, calls.c.wanted, calls.c.at >= since)),
        telephone=tuple(one.reference for one in silent),
        solved=count(select(func.count()).where(mine, calls.c.wanted, calls.c.closed_at >= since))
        + count(select(func.count()).where(here, pledges.c.outcome.is_not(None), pledges.c.outcome_at >= since)),
        coming=count(coming),
        changed=count(changed.where(here, answers.c.at >= since)),
    )
