"""A pledge, where it stands, and what may become of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.land import Land
from bot.domain.words import fold

TEXT_LIMIT = 2000
"""The longest text of a pledge, in characters."""


class Stage(StrEnum):
    """Where a pledge is in its life."""

    PROPOSED = "proposed"
    """Imported, and not yet confirmed by its maker: nobody sees it, nobody is asked about it."""
    RUNNING = "running"
    CLOSED = "closed"
    """It has an outcome, or nobody answered to the end (then `outcome` is None)."""
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """What its people last said of it; the keys of the check-in's choices."""

    ON_TRACK = "on_track"
    SLOW = "slow"
    STUCK = "stuck"
    DONE = "done"


class Outcome(StrEnum):
    """What became of it; the keys of the outcome's choices."""

    KEPT = "kept"
    PARTLY = "partly"
    DIFFERENTLY = "differently"
    NOT_KEPT = "not_kept"
    ONGOING = "ongoing"
    MOOT = "moot"


class Confidence(StrEnum):
    """How sure its maker is, half-way, that it will be kept."""

    HIGH = "high"
    SOME = "some"
    LOW = "low"


class Lasting(StrEnum):
    """What is left of it some time after its end."""

    ALL = "all"
    SOME = "some"
    NOTHING = "nothing"


class Shown(StrEnum):
    """Whether an outcome may be shown to others."""

    WITH_NAME = "with_name"
    WITHOUT_NAME = "without_name"
    NOT = "not"


class Visibility(StrEnum):
    """Who may read a pledge besides its people."""

    TEAM = "team"
    WORKSHOP = "workshop"
    PUBLIC = "public"


class Topic(StrEnum):
    """What a pledge is about."""

    ADMINISTRATION = "Verwaltung"
    HEALTH = "Gesundheit"
    HOUSING = "Wohnen"
    ENERGY = "Energie"
    MOBILITY = "Mobilität"
    CLIMATE = "Klima vor Ort"
    DIGITAL = "Digitales"
    OTHER = "Anderes"

    @classmethod
    def parse(cls, text: str) -> "Topic | None":
        """The topic of that name, whatever the case or umlauts; else None."""
        return _TOPICS.get(fold(text))


_TOPICS = {fold(topic): topic for topic in Topic}


class Side(StrEnum):
    """On whose side its maker stands."""

    MUNICIPALITY = "municipality"
    CIVIL_SOCIETY = "civil_society"
    BUNDESTAG = "bundestag"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Pledge:
    """One public commitment. `reference` ("BER-042") is what people call it; dates are wall-clock days.

    `registered` is the day when its maker confirmed it (by typing or by claiming); None while it is a proposal.
    `claimed`: it was imported and then claimed, not typed by its maker.
    `due` is the day that it is promised for; `due_note` keeps words that were no date.
    `disputed`: a partner objected to showing the outcome, so that it is shown with both versions only.
    `later` is a day that somebody asked for with "Später"; it stands until asked on or answered.
    `first_step_day` is the day that was named for the first step, `first_step_done` what was said about it.
    `only_at_end`: its maker wants to be asked towards its date only; `delegated`: wants somebody beside them to be
    asked. Both stand until the maker's next answer. `recalled`: its maker wants to be asked once more what has lasted,
    some time after its end.
    """

    reference: str
    workshop_id: int
    text: str
    due: date
    stage: Stage
    maker_id: int | None = None
    registered: date | None = None
    due_note: str = ""
    owner: str = ""
    place: str = ""
    land: Land | None = None
    topic: Topic | None = None
    side: Side | None = None
    partners: str = ""
    first_step: str = ""
    visibility: Visibility = Visibility.TEAM
    extended: bool = False
    standing: Standing | None = None
    standing_at: datetime | None = None
    outcome: Outcome | None = None
    outcome_at: datetime | None = None
    outcome_note: str = ""
    outcome_shown: Shown = Shown.NOT
    later: date | None = None
    claimed: bool = False
    first_step_day: date | None = None
    first_step_done: bool | None = None
    confidence: Confidence | None = None
    only_at_end: bool = False
    delegated: bool = False
    recalled: bool = False
    lasting: Lasting | None = None
    disputed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still being asked about."""
        return self.stage is Stage.RUNNING
