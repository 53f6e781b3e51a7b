"""The installation at a glance."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.pledge import Stage
from bot.domain.workshop import Workshop
from bot.service.installation import Installation
from bot.store import channels, inbox, occasions, outbox, tallies, workshops
from bot.store.channels import CHANNEL

SILENT = "unanswered"
"""A pledge that runs and of which nobody has said how it stands; one that closed without an outcome."""
ERASED = "erased"
"""The stage of a pledge of which its maker left the bare number."""


@dataclass
class WorkshopSurvey:
    """A workshop: who joined, and how many pledges there are by stage; running ones by standing, closed by outcome."""

    workshop: Workshop
    joined: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    standings: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message that may not have arrived, or twice: its number in the queue, what it stood for, and what is known."""

    id: int
    channel: str
    stands_for: str
    what: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """An open call for help; `reference` is "" where it is about no pledge. `wanted`: not just for the record."""

    reference: str
    at: datetime
    wanted: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is. Instants are UTC; `next_due` is that of the next question, None where nothing is planned."""

    workshops: tuple[WorkshopSurvey, ...]
    people: int
    stopped: int
    unreachable: int
    queue: Mapping[str, Mapping[str, int]]
    """By channel how many messages are in each state."""
    handles: Mapping[str, str]
    heartbeats: Mapping[str, datetime]
    """The last sign of life by channel; under "jobs" that of whoever asks what is due."""
    doubts: tuple[Doubt, ...]
    set_aside: tuple[tuple[str, str, datetime], ...]
    """Channel, update's id and time of each message that could not be handled."""
    calls: tuple[Call, ...]
    next_due: datetime | None


class Surveying:
    """Looks at everything; changes nothing."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def survey(self) -> Survey:
        """How it stands at this moment."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            there, stopped, unreachable = tallies.everybody(tx)
            beats = channels.heartbeats(tx)
            return Survey(
                workshops=_workshops(tx), people=there, stopped=stopped, unreachable=unreachable, queue=_queue(tx),
                handles={name: handle for name, (_, handle) in channels.handles(tx).items()},
                heartbeats={name.removeprefix(CHANNEL): at for name, at in beats.items()},
                doubts=_doubts(tx), set_aside=tuple(inbox.failures(tx)),
                calls=tuple(Call(row.reference or "", row.at, row.wanted) for row in tallies.open_calls(tx)),
                next_due=occasions.earliest(tx),
            )  # fmt: skip

    def heartbeats(self) -> Mapping[str, datetime]:
        """The last sign of life (UTC) by channel, as in `Survey`."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return {name.removeprefix(CHANNEL): at for name, at in channels.heartbeats(tx).items()}


def _workshops(tx: Connection) -> tuple[WorkshopSurvey, ...]:
    joined = workshops.counts(tx)
    found = {one.id: WorkshopSurvey(one, joined.get(one.id, (0, 0))[0]) for one in workshops.everyone(tx)}
    for row in tallies.pledges_by_state(tx):
        survey = found[row.workshop_id]
        if row.stage == Stage.WITHDRAWN and not row.made:
            survey.stages[ERASED] += row.n
            continue
        survey.stages[row.stage] += row.n
        if row.stage == Stage.RUNNING:
            survey.standings[row.standing or SILENT] += row.n
        elif row.stage == Stage.CLOSED:
            survey.outcomes[row.outcome or SILENT] += row.n
    return tuple(found.values())


def _queue(tx: Connection) -> dict[str, dict[str, int]]:
    queue: dict[str, dict[str, int]] = {}
    for (channel, state), count in outbox.counts(tx).items():
        queue.setdefault(channel, {})[state] = count
    return queue


def _doubts(tx: Connection) -> tuple[Doubt, ...]:
    lost = [Doubt(row.id, row.channel, row.stands_for, row.state, row.reason) for row in tallies.undelivered(tx)]
    named = {doubt.id for doubt in lost}
    twice = (row for row in outbox.doubtful(tx) if row.id not in named)
    return (*lost, *(Doubt(row.id, row.channel, row.stands_for, "perhaps_twice") for row in twice))
