"""Watching over the channels, the queue and the backups. What fails for a quarter of an hour is told to the
administrators on a channel that works, once, and again when it is over.

Each process watches the channels that it owns. Whoever owns the clock's jobs watches the backups, and the channels that
nobody looks after.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.exc import DBAPIError

from bot.service.alerting import Alerting
from bot.service.monitoring import Monitoring, Vitals
from bot.store.channels import CHANNEL
from bot.texts import Phrase, phrase
from scheduler.backing_up import EVERY
from scheduler.database import Database
from scheduler.ownership import JOBS
from scheduler.runner import Line

LOOK_SECONDS = 60.0
"""How often to look."""
PATIENCE = timedelta(minutes=15)
"""What passes sooner is nobody's concern."""
SILENCE = timedelta(minutes=6)
"""A platform that says nothing for so long does not answer; a webhook is looked after every five minutes."""
UNATTENDED = timedelta(minutes=1)
"""Whoever owns a channel and gives no sign of life for so long is not there any more."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that fails since an instant (UTC, real time): what to say of it, and what once it is over."""

    since: datetime
    said: Phrase
    over: Phrase


class Alarm:
    """The watch of one process. `owns` says whether it owns the clock's jobs or a channel, as `ownership` names them;
    `now` gives real time, in UTC."""

    def __init__(
        self,
        lines: Sequence[Line],
        monitoring: Monitoring,
        alerting: Alerting,
        database: Database,
        owns: Callable[[str], bool],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._lines = lines
        self._monitoring = monitoring
        self._alerting = alerting
        self._database = database
        self._owns = owns
        self._now = now
        self._began = now()
        self._open: dict[tuple[str, str], Trouble] = {}
        self._told: dict[tuple[str, str], Trouble] = {}

    async def look(self) -> None:
        """Look once, and tell what there is to tell."""
        try:
            vitals = await self._database(self._monitoring.vitals)
            found = self._troubles(vitals)
            self._open = {key: self._open.get(key, trouble) for key, trouble in found.items()}
            for key, trouble in self._open.items():
                if key not in self._told and self._now() - trouble.since >= PATIENCE and await self._tell(trouble.said):
                    self._told[key] = trouble
            failing = {channel for _, channel in found}
            for key in [key for key in self._told if key[1] not in failing]:
                if await self._tell(self._told[key].over):
                    del self._told[key]
        except DBAPIError as problem:  # then nothing can be written to anybody
            log.error("alarm_failed", problem=type(problem).__name__)

    async def _tell(self, what: Phrase) -> bool:
        log.error("alarm", said=what.message)
        silent = {channel for kind, channel in self._open if kind in ("channel", "queue")}
        working = {line.channel.name for line in self._lines} - silent
        return await self._database(self._alerting.tell, what, working)

    def _troubles(self, vitals: Vitals) -> dict[tuple[str, str], Trouble]:
        found: dict[tuple[str, str], Trouble] = {}
        for line in self._lines:
            if trouble := self._trouble(line, vitals):
                found[trouble[0], line.channel.name] = trouble[1]
        since = vitals.backup + EVERY if vitals.backup else self._began
        if self._owns(JOBS) and self._now() > since:
            found["backup", ""] = Trouble(
                since,
                phrase("⚠️ The daily backup fails. Please look: worthalten check"),
                phrase("✅ There is a new backup."),
            )
        return found

    def _trouble(self, line: Line, vitals: Vitals) -> tuple[str, Trouble] | None:
        name = line.channel.name
        if self._owns(f"{CHANNEL}{name}"):
            return self._silent(line) or self._stuck(line, vitals)
        seen = max(vitals.heartbeats.get(name, self._began), self._began)
        if self._owns(JOBS) and self._now() - seen > UNATTENDED:
            return "channel", self._stopped(name, seen)
        return None

    def _silent(self, line: Line) -> tuple[str, Trouble] | None:
        """A channel that has stopped, or whose platform does not answer."""
        contact, name = line.contact, line.channel.name
        answered = contact.at or contact.serving
        if contact.lost:
            return "channel", self._stopped(name, self._now())
        if contact.serving and answered and self._now() - answered > SILENCE:
            said = phrase("⚠️ {channel} has not answered for a quarter of an hour. Nothing is lost; messages wait, and "
                          "I keep trying.", channel=name)  # fmt: skip
            return "channel", Trouble(answered, said, _works_again(name))
        return None

    @staticmethod
    def _stopped(name: str, since: datetime) -> Trouble:
        said = phrase("⚠️ The channel {channel} has stopped. Nothing is lost; messages wait. Please look: "
                      "worthalten check", channel=name)  # fmt: skip
        return Trouble(since, said, _works_again(name))

    def _stuck(self, line: Line, vitals: Vitals) -> tuple[str, Trouble] | None:
        """A queue whose oldest message waits too long."""
        name, waited = line.channel.name, vitals.waited(line.channel.name)
        if waited < PATIENCE:
            return None
        said = phrase("⚠️ Messages on {channel} have been waiting for more than a quarter of an hour. Please look: "
                      "worthalten status", channel=name)  # fmt: skip
        return "queue", Trouble(
            self._now() - waited, said, phrase("✅ The queue of {channel} flows again.", channel=name)
        )


def _works_again(channel: str) -> Phrase:
    return phrase("✅ {channel} works again.", channel=channel)
