"""Telling those who run the installation that something fails, on the channels that still work."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from bot.service.codes import new_key
from bot.service.installation import Installation
from bot.store import outbox
from bot.store.outbox import Letter
from bot.store.tables import accounts
from bot.texts import Phrase, speaker


class Alerting:
    """Writes to the administrators, in the language of the installation."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def tell(self, what: Phrase, channels: Collection[str]) -> bool:
        """Tell all administrators who can be reached on these channels; False where nobody can."""
        installation, now = self._installation, self._installation.now()
        text = str(speaker(installation.rules.language)(what.message, **what.values))
        with installation.engine.begin() as tx:
            addresses = self._addresses(tx, channels)
            outbox.post(tx, [
                Letter(
                    key=f"alert:{new_key()}", channel=channel, address=address, person_id=None, text=text, due_at=now,
                    keep=False,
                )
                for channel, address in addresses
            ])  # fmt: skip
        return bool(addresses)

    def _addresses(self, tx: Connection, channels: Collection[str]) -> list[tuple[str, str]]:
        """Channel and chat of each administrator there. On Telegram a private chat has the number of its person; on
        other platforms they must have written to the bot."""
        wanted = {(channel, user) for channel, user in self._installation.rules.administrators if channel in channels}
        known: Mapping[tuple[str, str], str] = {
            (row.channel, row.user): row.address
            for row in tx.execute(select(accounts).where(accounts.c.user.in_({user for _, user in wanted})))
            if (row.channel, row.user) in wanted
        }
        numbers = {(channel, user): user for channel, user in wanted if user.isdecimal()}
        return sorted({(channel, address) for (channel, _), address in {**numbers, **known}.items()})
