"""The calendar of a live rehearsal: what it must not run past, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime

from bot.service.digesting import Digesting
from bot.service.help_desk import PromiseWatch
from bot.service.installation import Installation
from bot.store import rehearsals


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies before the calendar."""

    next: datetime | None
    """When the next thing is due (UTC), which may be now or have been; None where nothing is to come."""
    unanswered: frozenset[int]
    """What was asked at this very instant of the calendar and has no answer yet."""
    codes: frozenset[str]
    """The codes that somebody is just about to type."""


class Rehearsing:
    """Looks ahead, and keeps how far the calendar has come, so that a restart goes on there."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._digesting, self._promises = Digesting(installation), PromiseWatch(installation)

    def begin(self, start: datetime) -> datetime:
        """Where the calendar goes on: where it was, or at `start` where nobody has rehearsed here yet."""
        with self._installation.engine.begin() as tx:
            at = rehearsals.instant(tx)
            if at is None:
                rehearsals.keep(tx, start)
        return at or start

    def instant(self) -> datetime | None:
        """How far the calendar has come (UTC); None where nobody has rehearsed here yet."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return rehearsals.instant(tx)

    def ahead(self) -> Ahead:
        """What lies before the calendar at this instant. What the team is told because of the day is only to come
        while something else is."""
        now = self._installation.now()
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            following = rehearsals.earliest(tx)
            if following:
                mornings = (self._digesting.after(tx, now), self._promises.after(tx, now))
                following = min(following, *filter(None, mornings))
            return Ahead(following, rehearsals.unanswered(tx, now), rehearsals.codes_at_hand(tx, now))

    def tell_teams(self) -> frozenset[str]:
        """Tell the teams what there is to tell because of the day. Gives the channels that have something to send."""
        return self._promises.remind() | self._digesting.send()

    def keep(self, at: datetime) -> None:
        """The calendar comes so far."""
        with self._installation.engine.begin() as tx:
            rehearsals.keep(tx, at)
