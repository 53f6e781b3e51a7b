"""What can be asked and what can be meant."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Context(StrEnum):
    """Which question is open."""

    CHECKIN = "checkin"
    YESNO = "yesno"
    CONSENT = "consent"
    """A yes or a no that something hangs on, like a deletion or being shown: what only resembles one is none."""
    OUTCOME = "outcome"
    DATE = "date"
    CONFIDENCE = "confidence"
    GOING_ON = "going_on"
    LASTING = "lasting"
    FREE = "free"
    """None: the message is a command or it is nothing."""


class Intent(StrEnum):
    """What somebody means."""

    ON_TRACK = "on_track"
    SLOW = "slow"
    STUCK = "stuck"
    DONE = "done"

    YES = "yes"
    NO = "no"

    KEPT = "kept"
    PARTLY = "partly"
    DIFFERENTLY = "differently"
    NOT_KEPT = "not_kept"
    ONGOING = "ongoing"
    MOOT = "moot"

    HIGH = "high"
    SOME = "some"
    LOW = "low"

    MONTHLY = "monthly"
    AT_END = "at_end"
    OTHER = "other"
    NONE = "none"

    ALL = "all"
    NOTHING = "nothing"

    STATUS = "status"
    NEW = "new"
    UPDATE = "update"
    EDIT = "edit"
    HUMAN = "human"
    PAUSE = "pause"
    RESUME = "resume"
    DELETE = "delete"
    MY_DATA = "my_data"
    SETTINGS = "settings"
    SEARCH = "search"
    CALENDAR = "calendar"
    PARTNER = "partner"
    PRIVACY = "privacy"

    HELP = "help"
    STOP = "stop"
    CANCEL = "cancel"
    LATER = "later"
    DATE = "date"
    UNCLEAR = "unclear"


IN_WORDS = (Context.CONFIDENCE, Context.GOING_ON, Context.LASTING)
"""The smaller questions: how confident somebody is, how to go on, what has lasted. There are no phrases for them."""

CHOICES: dict[Context, tuple[Intent, ...]] = {
    Context.CHECKIN: (Intent.ON_TRACK, Intent.SLOW, Intent.STUCK, Intent.DONE, Intent.LATER),
    Context.YESNO: (Intent.YES, Intent.NO),
    Context.OUTCOME: (
        Intent.KEPT,
        Intent.PARTLY,
        Intent.DIFFERENTLY,
        Intent.NOT_KEPT,
        Intent.ONGOING,
        Intent.MOOT,
    ),
}
"""The numbered choices of a context, in the order in which people see them, from 1."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message means, and the days that it names, ascending. Of what is `unclear`, `perhaps` is what it may well
    mean: worth a question, and no more."""

    intent: Intent
    dates: tuple[date, ...] = ()
    perhaps: Intent | None = None
