"""How the bot is, for machines: figures for Prometheus, and one answer to "is it well?". Nobody is named in either."""

from collections.abc import Mapping, Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from sqlalchemy.exc import DBAPIError

from bot.ports import Delivery
from bot.service.monitoring import Monitoring, Vitals
from scheduler.database import Database
from scheduler.runner import Line

_RESULTS = {"RetryAfter": "put_off"}


class Metrics:
    """The figures of one process (implements `adapters.web.Outlook`), in a registry of their own."""

    def __init__(self, lines: Sequence[Line], monitoring: Monitoring, database: Database) -> None:
        self._lines = lines
        self._monitoring = monitoring
        self._database = database
        self._registry = registry = CollectorRegistry()

        def gauge(name: str, about: str, *labels: str) -> Gauge:
            return Gauge(f"worthalten_{name}", about, labels, registry=registry)

        self._deliveries = Counter(
            "worthalten_deliveries", "Attempts to deliver, by result.", ("channel", "result"), registry=registry
        )
        self._queue = gauge("queue", "Messages in the queue.", "channel", "state")
        self._age = gauge("queue_age_seconds", "How long the oldest message that is due has waited.", "channel")
        self._up = gauge("channel_up", "1 while the channel works, 0 once it has stopped.", "channel")
        self._contact = gauge("channel_contact_timestamp_seconds", "When the platform answered last.", "channel")
        self._heard = gauge("channel_update_timestamp_seconds", "When somebody last wrote or tapped.", "channel")
        self._next = gauge("next_occasion_timestamp_seconds", "When the next question is due.")
        self._overdue = gauge("occasions_due", "Questions that are due and not asked yet.")
        self._backup = gauge("backup_timestamp_seconds", "When the last backup was made.")
        self._reached = gauge("database_up", "1 while the database answers.")

    def delivered(self, channel: str, delivery: Delivery) -> None:
        """Something has become of a message."""
        kind = type(delivery).__name__
        self._deliveries.labels(channel, _RESULTS.get(kind, kind.lower())).inc()

    async def health(self) -> Mapping[str, Any]:
        """Whether everything works, and what does not: {"ok", "database", "channels": {name: {"ok", "reason"}}}."""
        vitals = await self._vitals()
        channels = {
            line.channel.name: {"ok": not line.contact.lost, "reason": line.contact.lost} for line in self._lines
        }
        well = vitals is not None and all(channel["ok"] for channel in channels.values())
        return {"ok": well, "database": vitals is not None, "channels": channels}

    async def figures(self) -> bytes:
        """All figures in Prometheus' text format."""
        vitals = await self._vitals()
        self._reached.set(vitals is not None)
        for line in self._lines:
            name, contact = line.channel.name, line.contact
            self._up.labels(name).set(not contact.lost)
            for gauge, at in ((self._contact, contact.at), (self._heard, contact.heard)):
                if at:
                    gauge.labels(name).set(at.timestamp())
        if vitals:
            self._show(vitals)
        return generate_latest(self._registry)

    def _show(self, vitals: Vitals) -> None:
        self._queue.clear()
        for (channel, state), count in vitals.queue.items():
            self._queue.labels(channel, state).set(count)
        for line in self._lines:
            self._age.labels(line.channel.name).set(vitals.waited(line.channel.name).total_seconds())
        self._next.set(vitals.next_due.timestamp() if vitals.next_due else float("nan"))
        self._overdue.set(vitals.overdue)
        self._backup.set(vitals.backup.timestamp() if vitals.backup else float("nan"))

    async def _vitals(self) -> Vitals | None:
        try:
            return await self._database(self._monitoring.vitals)
        except DBAPIError:
            return None
