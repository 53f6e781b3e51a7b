"""What is tidied up now and then, so that nothing grows without end and nothing is kept without need."""

from datetime import timedelta

from bot.service.anonymising import Anonymising
from bot.service.installation import Installation
from bot.store import broadcasts, codes, inbox, messages, outbox, prompts, teams, watches

UPDATES_KNOWN = timedelta(days=3)
"""Platforms repeat an update for a day at most."""
STRANGERS = timedelta(days=7)
"""How long the question for consent waits for its answer."""
DRAFTS = timedelta(days=30)
"""How long a broadcast that nobody asked to be released can be taken up again."""
PICTURES = timedelta(days=200)
"""How long at most the picture of a broadcast is kept: nothing is of use for longer than half a year."""
CODES = timedelta(days=1)
"""How long a code that has run out can still say so."""
DIALOGUES = timedelta(days=60)
"""How long the buttons of a finished dialogue can still say what became of it."""
SENT = timedelta(days=90)
"""How long it is known what was sent when."""
AT_ONCE = 1_000
"""Rows in one transaction, so that messages coming in get their turn between."""


class Housekeeping:
    """Tidies up; safe to repeat."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def tidy(self) -> bool:
        """Forget some of what nobody will ask for again, the oldest by their indexes, and anonymise some of what was
        kept for long enough; True where there is more."""
        now = self._installation.now()
        gone = []
        for forget, kept in _KEPT:
            with self._installation.engine.begin() as tx:
                gone.append(forget(tx, now - kept, AT_ONCE))
        with self._installation.engine.begin() as tx:
            watches.forget_ended(tx, now)
            teams.forget_expired(tx, self._installation.today())
            codes.forget_before(tx, now - CODES)
        anonymised = Anonymising(self._installation).step()
        return AT_ONCE in gone or bool(anonymised)


_KEPT = (
    (inbox.forget_before, UPDATES_KNOWN), (prompts.forget_strangers, STRANGERS), (prompts.forget_dialogues, DIALOGUES),
    (outbox.forget_before, SENT), (messages.forget_before, SENT),
    (broadcasts.forget_drafts, DRAFTS), (broadcasts.forget_pictures, PICTURES),
)  # fmt: skip
