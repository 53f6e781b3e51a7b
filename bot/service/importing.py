"""A sheet of pledges comes in, as often as its owners like: what changed in the sheet changes here, and nothing else.

Which row is which pledge: its number says so; a row without one is the pledge that had the same text in the sheet
before. What the sheet said last is kept with each pledge (`pledges.imported`), so that a change in the sheet can be
told from a change by the maker. From the claim on the text, the date and who may read it are the maker's alone; the
rest follows the sheet as long as the maker has left it alone. Who erased a pledge does not get it back.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import Row as AnyRow

from bot.documents.claim_list import Unclaimed
from bot.documents.pledge_sheet import Problem, Proposal, Reason, Sheet, read_sheet
from bot.domain.pledge import Pledge, Stage
from bot.domain.workshop import CODE_LIFE, Workshop
from bot.service import erasing, planning
from bot.service.codes import unused_code
from bot.service.hosting import link
from bot.service.installation import Installation
from bot.store import audit, channels, pledges, workshops

FIELDS = ("text", "owner", "place", "land", "topic", "partners", "first_step", "due", "due_note", "visibility")
MAKERS = frozenset({"text", "due", "due_note", "visibility"})
"""What is the maker's alone once it is claimed."""

Row = AnyRow[*tuple[Any, ...]]
Pair = tuple[Proposal, Row | None]
"""A row of the sheet, and the pledge that it is; None for a new one."""
Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a sheet, or would come of it. Each valid row is new, changed or unchanged.

    `ignored` are the headings that mean nothing to us.
    """

    problems: tuple[Problem, ...]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ignored: tuple[str, ...] = ()

    @property
    def valid(self) -> int:
        """How many rows can be imported."""
        return self.new + self.changed + self.unchanged


class Importing:
    """Reads sheets into the database."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def preview(self, content: bytes, workshop: Workshop) -> Imported:
        """What would come of these bytes. Raises UnreadableSheet."""
        sheet = read_sheet(content, workshop.day, workshop.letters)
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return preview_sheet(tx, self._installation, workshop, sheet)

    def apply(self, content: bytes, workshop: Workshop, progress: Progress | None = None) -> Imported:
        """Import the valid rows of these bytes, all in one transaction. Raises UnreadableSheet."""
        sheet = read_sheet(content, workshop.day, workshop.letters)
        with self._installation.engine.begin() as tx:
            audit.write(tx, self._installation.now(), audit.COMMAND_LINE, "import", workshop.id)
            return import_sheet(tx, self._installation, workshop, sheet, progress)

    def unclaimed(self, workshop: Workshop) -> list[Unclaimed]:
        """See `unclaimed`."""
        with self._installation.engine.begin() as tx:
            return unclaimed(tx, self._installation, workshop)


def preview_sheet(tx: Connection, installation: Installation, workshop: Workshop, sheet: Sheet) -> Imported:
    """What would come of this sheet."""
    return _Import(tx, installation, workshop, sheet).preview()


def import_sheet(
    tx: Connection, installation: Installation, workshop: Workshop, sheet: Sheet, progress: Progress | None = None
) -> Imported:
    """Import the valid rows of this sheet."""
    return _Import(tx, installation, workshop, sheet).apply(progress)


def unclaimed(tx: Connection, installation: Installation, workshop: Workshop) -> list[Unclaimed]:
    """The imported pledges of a workshop that wait for their makers, by number. Codes that have expired are issued
    anew: whoever asks for this list is about to send them out."""
    today, handles = installation.today(), channels.handles(tx)
    found = []
    for pledge, code, until in pledges.proposed(tx, workshop.id):
        if until < today:
            code, until = unused_code(tx), _valid_until(workshop, today)
            pledges.change(tx, pledge.reference, {"claim_code": code, "claim_until": until})
        links = {name: link(platform, handle, code) or "" for name, (platform, handle) in handles.items()}
        found.append(Unclaimed(pledge, code, until, links))
    return found


def said(proposal: Proposal) -> dict[str, Any]:
    """What the sheet says of a pledge, as data for JSON."""
    values = {name: getattr(proposal, name) for name in FIELDS}
    return values | {"due": proposal.due and proposal.due.isoformat()}


@dataclass
class _Import:
    """One sheet into one workshop, in one transaction."""

    tx: Connection
    installation: Installation
    workshop: Workshop
    sheet: Sheet
    makers: set[int] = field(default_factory=set)
    """Those whose days have to be planned anew."""

    def preview(self) -> Imported:
        done = replace(self._empty(), problems=self._problems())
        for proposal, row in self._matched():
            if self._erased(proposal, row):
                done = _counted(done, "unchanged")
            else:
                what = "new" if row is None else "changed" if self._changes(proposal, row) else "unchanged"
                done = _counted(done, what)
        return done

    def apply(self, progress: Progress | None) -> Imported:
        done = replace(self._empty(), problems=self._problems())
        matched = list(self._matched())
        # Numbers that the sheet gives are taken before free ones are given out.
        matched.sort(key=lambda pair: pair[0].number is None)
        for place, (proposal, row) in enumerate(matched, start=1):
            if self._erased(proposal, row):
                done = _counted(done, "unchanged")
            else:
                done = _counted(done, self._add(proposal) if row is None else self._update(proposal, row))
            if progress:
                progress(place, len(matched))
        planning.replan(self.tx, self.installation.rules, self.makers, self.installation.now())
        return done

    def _empty(self) -> Imported:
        return Imported((), ignored=self.sheet.ignored)

    def _reference(self, proposal: Proposal) -> str | None:
        return workshops.reference(self.workshop.letters, proposal.number) if proposal.number else None

    def _rows(self) -> dict[str, Row]:
        return {row.reference: row for row in pledges.of_workshop(self.tx, self.workshop.id)}

    def _erased(self, proposal: Proposal, row: Row | None) -> bool:
        """Whether its maker has erased it. By the words only where there is no such pledge: two may say the same."""
        reference = row.reference if row else self._reference(proposal)
        return not erasing.may_import(
            self.installation.erasures, reference, self.workshop.letters, str(proposal.text)
        )  # fmt: skip

    def _taken(self, proposal: Proposal, rows: Mapping[str, Row]) -> bool:
        """Whether a pledge from the chat has its number."""
        row = rows.get(self._reference(proposal) or "")
        return row is not None and row.imported is None

    def _problems(self) -> tuple[Problem, ...]:
        rows = self._rows()
        taken = [
            Problem(proposal.row, Reason.NUMBER_TAKEN, details={"value": str(proposal.number)})
            for proposal in self.sheet.proposals
            if self._taken(proposal, rows)
        ]
        return tuple(sorted((*self.sheet.problems, *taken), key=lambda problem: problem.row))

    def _matched(self) -> Iterator[Pair]:
        """Each valid row of the sheet with the pledge that it is, None for a new one."""
        rows = self._rows()
        proposals = [proposal for proposal in self.sheet.proposals if not self._taken(proposal, rows)]
        numbered = {self._reference(proposal) for proposal in proposals}
        for proposal in proposals:
            if reference := self._reference(proposal):
                yield proposal, rows.get(reference)
        left = [row for row in rows.values() if row.imported is not None and row.reference not in numbered]
        proposals = [proposal for proposal in proposals if proposal.number is None]
        yield from _by_text(proposals, left, lambda proposal: self._erased(proposal, None))

    def _changes(self, proposal: Proposal, row: Row) -> dict[str, Any]:
        """The new values that the sheet has for a pledge, and may give it."""
        before, now = row.imported, said(proposal)
        claimed = row.stage != Stage.PROPOSED
        return {
            name: self._value(proposal, name)
            for name in FIELDS
            if now[name] != before[name] and not (claimed and (name in MAKERS or getattr(row, name) != before[name]))
        }

    def _value(self, proposal: Proposal, name: str) -> Any:
        value = getattr(proposal, name)
        return self.workshop.deadline if name == "due" and value is None else value

    def _add(self, proposal: Proposal) -> str:
        tx, workshop, today = self.tx, self.workshop, self.installation.today()
        number = proposal.number or workshops.reserve_number(tx, workshop.id)
        pledge = Pledge(
            reference=workshops.reference(workshop.letters, number), workshop_id=workshop.id, stage=Stage.PROPOSED,
            **{name: self._value(proposal, name) for name in FIELDS},
        )  # fmt: skip
        pledges.add(
            tx, pledge, self.installation.now(),
            claim_code=unused_code(tx), claim_until=_valid_until(workshop, today), imported=said(proposal),
        )  # fmt: skip
        return "new"

    def _update(self, proposal: Proposal, row: Row) -> str:
        changes = self._changes(proposal, row)
        if said(proposal) != row.imported:
            pledges.change(self.tx, row.reference, changes | {"imported": said(proposal)})
        if "land" in changes and row.maker_id is not None:
            self.makers.add(row.maker_id)
        return "changed" if changes else "unchanged"


def _by_text(proposals: Sequence[Proposal], rows: Sequence[Row], erased: Callable[[Proposal], bool]) -> Iterator[Pair]:
    """Each row of a sheet that has no number with the pledge of which the sheet said the same the last time.

    Two towns may promise the same in the same words: first come those that agree in who and where as well. One that
    was erased takes nobody else's place.
    """
    exact = _same(proposals, rows, ("text", "owner", "place"))
    yield from (pair for pair in exact if pair[1] is not None)
    found = {row.id for _, row in exact if row is not None}
    left = [proposal for proposal, row in exact if row is None]
    gone = [proposal for proposal in left if erased(proposal)]
    yield from ((proposal, None) for proposal in gone)
    others = [row for row in rows if row.id not in found]
    yield from _same([proposal for proposal in left if proposal not in gone], others, ("text",))


def _same(proposals: Iterable[Proposal], rows: Iterable[Row], fields: Sequence[str]) -> list[Pair]:
    known: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        known[tuple(row.imported[name] for name in fields)].append(row)
    return [
        (proposal, same.pop(0) if (same := known.get(tuple(getattr(proposal, name) for name in fields))) else None)
        for proposal in proposals
    ]


def _counted(done: Imported, what: str) -> Imported:
    return replace(done, **{what: getattr(done, what) + 1})


def _valid_until(workshop: Workshop, today: date) -> date:
    return max(today, workshop.day) + CODE_LIFE
