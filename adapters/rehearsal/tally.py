"""What came of a rehearsal, counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from adapters.rehearsal.people import Cast
from adapters.rehearsal.stage import ZONE, Stage

UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Message:
    """One message that the bot began: to whom, what it stood for, when (UTC), and whether that was a time for it."""

    address: str
    kind: str
    at: datetime
    key: str
    on_blocked_day: bool
    outside_window: bool

    @property
    def day(self) -> date:
        return self.at.astimezone(ZONE).date()


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures. `busiest` are the messages of the person who got most of them."""

    pledges: int
    people: int
    by_kind: Mapping[str, int]
    by_day: Mapping[date, Mapping[str, int]]
    max_per_person: Mapping[str, int]
    on_blocked_days: int
    outside_window: int
    dropped: Mapping[str, int]
    outcomes: Mapping[str, int]
    never_asked: int
    seconds: float
    busiest: Sequence[Message]

    @property
    def messages(self) -> int:
        return sum(self.by_kind.values())

    def as_data(self) -> dict[str, object]:
        """For programs; days are ISO text."""
        return {
            "pledges": self.pledges, "people": self.people, "messages": self.messages, "by_kind": dict(self.by_kind),
            "by_day": {day.isoformat(): sum(kinds.values()) for day, kinds in self.by_day.items()},
            "max_per_person": dict(self.max_per_person), "on_blocked_days": self.on_blocked_days,
            "outside_window": self.outside_window, "dropped": dict(self.dropped), "outcomes": dict(self.outcomes),
            "never_asked": self.never_asked, "seconds": round(self.seconds, 2),
        }  # fmt: skip


def tally(stage: Stage, cast: Cast, messages: Sequence[Message], seconds: float) -> Tally:
    """Count what was sent and what became of it."""
    requested = {key for (key,) in stage.query("SELECT DISTINCT outbox_key FROM asked WHERE NOT counted")}
    by_day: defaultdict[date, Counter[str]] = defaultdict(Counter)
    to: defaultdict[str, list[Message]] = defaultdict(list)
    for message in messages:
        by_day[message.day][message.kind] += 1
        to[message.address].append(message)
    counted = {address: [m.day for m in mine if m.key not in requested] for address, mine in to.items()}
    dropped = Counter(dict(stage.query("SELECT reason, count(*) FROM lapses GROUP BY reason")))
    dropped.update(dict(stage.query(
        "SELECT reason, count(*) FROM outbox WHERE state = 'dropped' AND stands_for <> 'reply' AND action = 'send' "
        "GROUP BY reason"
    )))  # fmt: skip
    outcomes = Counter({
        outcome or UNANSWERED: n for outcome, n in stage.query("SELECT outcome, count(*) FROM pledges GROUP BY outcome")
    })  # fmt: skip
    [(never,)] = stage.query(
        "SELECT count(*) FROM pledges WHERE outcome IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM asked WHERE asked.pledge_id = pledges.id AND asked.kind = 'outcome')"
    )
    return Tally(
        pledges=sum(len(one.pledges) for one in cast.people), people=len(cast.people),
        by_kind=Counter(message.kind for message in messages), by_day=dict(sorted(by_day.items())),
        max_per_person={name: _most(counted.values(), days) for name, days in _SPANS.items()},
        on_blocked_days=sum(m.on_blocked_day for m in messages), outside_window=sum(m.outside_window for m in messages),
        dropped=dropped, outcomes=outcomes, never_asked=never, seconds=seconds,
        busiest=max(to.values(), key=len, default=[]),
    )  # fmt: skip


_SPANS = {"day": 1, "week": 7, "month": 30}


def _most(people: Iterable[Sequence[date]], length: int) -> int:
    """The most messages that anybody got within so many days."""
    return max((sum(0 <= (day - start).days < length for day in days) for days in people for start in days), default=0)
