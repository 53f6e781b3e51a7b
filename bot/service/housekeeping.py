"""What is tidied up now and then, so that nothing grows without end and nothing is kept without need."""

from datetime import timedelta

from bot.service.installation import Installation
from bot.store import inbox, messages, outbox, prompts, teams

UPDATES_KNOWN = timedelta(days=3)
"""Platforms repeat an update for a day at most."""
STRANGERS = timedelta(days=7)
"""How long the question for consent waits for its answer."""
DIALOGUES = timedelta(days=60)
"""How long the buttons of a finished dialogue can still say what became of it."""
SENT = timedelta(days=90)
"""How long it is known what was sent when."""


class Housekeeping:
    """Tidies up; safe to repeat."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def tidy(self) -> None:
        """Forget what nobody will ask for again."""
        now = self._installation.now()
        with self._installation.engine.begin() as tx:
            inbox.forget_before(tx, now - UPDATES_KNOWN)
            prompts.forget_before(tx, now - STRANGERS, now - DIALOGUES)
            outbox.forget_before(tx, now - SENT)
            messages.forget_before(tx, now - SENT)
            teams.forget_expired(tx, self._installation.today())
