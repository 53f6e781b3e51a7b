"""Messages that could not be decrypted: kept until their key comes, which a client may send later than the message."""

import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from nio import EncryptionError, Event, MegolmEvent

from adapters.matrix.client import Client
from adapters.matrix.vault import Vault

KEPT_SECONDS = 7 * 86_400.0
MOST = 1_000
"""So many at most are kept; of more the oldest are given up."""


@dataclass
class Unread:
    """What waits for a key, on the disk. `now` is real time in seconds since the epoch."""

    vault: Vault
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self._kept: list[dict[str, Any]] = self.vault.unread()

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, room_id: str, event: dict[str, Any]) -> None:
        """This event cannot be decrypted yet; `save` puts it on the disk."""
        if all(kept["event"]["event_id"] != event["event_id"] for kept in self._kept):
            self._kept.append({"room": room_id, "event": event, "since": self.now(), "asked": False})

    def opened(self, client: Client) -> list[tuple[str, dict[str, Any]]]:
        """Room and content of those that can be decrypted now. They are kept until `done`."""
        return [(kept["room"], event) for kept in self._kept if (event := opened(client, kept["room"], kept["event"]))]

    def overdue(self, patience: float) -> list[tuple[str, dict[str, Any]]]:
        """Room and event of those that have waited for so many seconds and that nobody was asked about, one for each
        sender: they are asked once."""
        found: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
        for kept in self._kept:
            if not kept["asked"] and self.now() - kept["since"] >= patience:
                found.setdefault((kept["room"], kept["event"]["sender"]), (kept["room"], kept["event"]))
        return list(found.values())

    def asked(self, room_id: str, sender: str) -> None:
        """This person was asked to send again what could not be read."""
        for kept in self._kept:
            if kept["room"] == room_id and kept["event"]["sender"] == sender:
                kept["asked"] = True

    def done(self, event_id: str) -> None:
        """This one is read."""
        self._kept = [kept for kept in self._kept if kept["event"]["event_id"] != event_id]

    def save(self) -> None:
        """Put on the disk what waits now, without what has waited too long."""
        young = [kept for kept in self._kept if self.now() - kept["since"] < KEPT_SECONDS]
        self._kept = young[-MOST:]
        if self._kept != self.vault.unread():
            self.vault.keep_unread(self._kept)


def opened(client: Client, room_id: str, event: dict[str, Any]) -> dict[str, Any] | None:
    """The event as its sender wrote it; None where the key is not there."""
    parsed = Event.parse_event(deepcopy(event))
    if not isinstance(parsed, MegolmEvent):
        return None
    parsed.room_id = room_id
    try:
        found = client.decrypt_event(parsed)
    except EncryptionError:
        return None
    return dict(found.source)
