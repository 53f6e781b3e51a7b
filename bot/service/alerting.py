"""Telling those who run the installation that something fails, on the channels that still work."""

from collections.abc import Collection

from bot.service import administrators
from bot.service.codes import new_key
from bot.service.installation import Installation
from bot.store import outbox
from bot.store.outbox import Letter
from bot.texts import Phrase, speaker


class Alerting:
    """Writes to the administrators, to each in their language."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def tell(self, what: Phrase, channels: Collection[str]) -> bool:
        """Tell all administrators who can be reached on these channels; False where nobody can."""
        installation, now = self._installation, self._installation.now()
        with installation.engine.begin() as tx:
            chats = administrators.chats(tx, installation.rules, channels)
            outbox.post(tx, [
                Letter(
                    key=f"alert:{new_key()}", channel=chat.channel, address=chat.address, person_id=None,
                    text=str(speaker(chat.language)(what.message, **what.values)), due_at=now, keep=False,
                )
                for chat in chats
            ])  # fmt: skip
        return bool(chats)
