"""What takes longer than a message may: documents to be made, files to be fetched and read.

A dialogue orders a job as an effect (`effects.Order`) and says that it is under way. The job is kept with the message
that ordered it, carried out outside of all transactions, and its result comes as a message of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.dialogue.state import pack, unpack


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done. Subclasses are frozen dataclasses of strings, numbers and booleans, kept as JSON."""


@dataclass(frozen=True, slots=True)
class MakeSlide(Job):
    """The slide that shows how to join a workshop."""

    workshop_id: int


@dataclass(frozen=True, slots=True)
class MakeCards(Job):
    """The cards of a workshop: for joining, and one for each imported pledge that waits for its maker."""

    workshop_id: int


@dataclass(frozen=True, slots=True)
class MakeClaimList(Job):
    """The list for mail merge: every pledge that waits for its maker, with its code and links."""

    workshop_id: int


@dataclass(frozen=True, slots=True)
class MakeExport(Job):
    """All pledges of a workshop as a file. `form` is the kind of file, by its ending."""

    workshop_id: int
    form: str = "xlsx"


@dataclass(frozen=True, slots=True)
class PreviewSheet(Job):
    """What would come of a sheet of pledges that somebody sent. `file` is what the channel fetches it by."""

    workshop_id: int
    file: str


@dataclass(frozen=True, slots=True)
class ImportSheet(Job):
    """Import a sheet of pledges that somebody sent."""

    workshop_id: int
    file: str


@dataclass(frozen=True, slots=True)
class KeepFile(Job):
    """A picture or a voice message of this person, to be fetched and kept with the pledge. `caption` came with it."""

    reference: str
    person_id: int
    file: str
    mime: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class KeepPicture(Job):
    """A picture of theirs, to be fetched and kept with the draft of a broadcast."""

    broadcast_id: int
    file: str


@dataclass(frozen=True, slots=True)
class MakeReport(Job):
    """A frozen report as a file. `form` is the kind of file, by its ending."""

    report_id: int
    form: str


def packed(job: Job) -> dict[str, Any]:
    """`job` as data for JSON."""
    return pack(job)


def unpacked(data: Mapping[str, Any]) -> Job | None:
    """The job that `packed` was given; None where this version of the program knows no such job any more."""
    return unpack(Job, data)
