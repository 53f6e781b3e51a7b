"""What the maker of a joint pledge wants to change, and which its partners may object to first."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OBJECTION_WORKING_DAYS = 5
"""How many working days a change of a joint pledge waits for an objection."""

TELLING_WORKING_DAYS = 2
"""After so many of them whoever has not heard of it is told in a message of its own."""
LEFT_WORKING_DAYS = 2
"""So many of them, before its last day, nobody is left to hear of it with some other message."""


class Subject(StrEnum):
    """What is to change."""

    TEXT = "text"
    DUE = "due"
    SHOWN = "shown"
    """Whether its outcome is shown to others."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change that waits. Until then everything stays as it was.

    `value` is the new text, the ISO day, or how the outcome is shown; `extends`: the new date is the one extension.
    `until` is the last day to object on. `objector` is what whoever objected is called ("" without a name); None where
    nobody has.
    """

    subject: Subject
    value: str
    extends: bool
    until: date
    objector: str | None = None
