"""What the team's dialogues may look up, from the store."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.dialogue.desk_facts import Kept
from bot.domain.call import Call, Likeness, Note
from bot.domain.company import Voice
from bot.domain.held import Held
from bot.domain.likeness import alike
from bot.domain.people import Person
from bot.domain.pledge import Outcome, Pledge, Standing
from bot.domain.roles import Right
from bot.domain.stalled import Stalled
from bot.domain.tally import Tally
from bot.service import holding, reporting
from bot.store import attachments, calls, pledges, reports, stalled, workshops


class StoredDesk:
    """Looks things up for one message. `rights` says what the writer may do in a workshop, or in any (None)."""

    def __init__(
        self, tx: Connection, rights: Callable[[int | None], frozenset[Right]], person: Person | None, now: datetime
    ) -> None:
        self._tx, self._rights, self._person, self._now = tx, rights, person, now

    def calls(self) -> Sequence[Call]:
        helped = [one.id for one in workshops.everyone(self._tx) if self._may_help(one.id)]
        return calls.open_ones(self._tx, helped, nobodys=self._may_help(None))

    def call(self, call_id: int) -> Call | None:
        found = calls.by_id(self._tx, call_id)
        return found if found and self._may_help(found.workshop_id) else None

    def _may_help(self, workshop_id: int | None) -> bool:
        """A call that goes to no team is for the administrators, who alone may create workshops."""
        if workshop_id is None:
            return Right.CREATE in self._rights(None)
        return Right.HELP in self._rights(workshop_id)

    def looks_after(self, call: Call) -> bool:
        return self._person is not None and call.organiser_id == self._person.id

    def own_call(self, call_id: int) -> Call | None:
        found = calls.by_id(self._tx, call_id)
        return found if found and self._person and found.person_id == self._person.id else None

    def notes(self, call: Call) -> Sequence[Note]:
        return calls.notes(self._tx, call.id)

    def likenesses(self, call: Call) -> Sequence[Likeness]:
        if call.workshop_id is None or not call.obstacle:
            return ()
        others = calls.kept_in(self._tx, call.workshop_id, call.person_id)
        asked = calls.introduced(self._tx, call.id)
        return [
            Likeness(reference, others[reference], reference in asked) for reference in alike(call.obstacle, others)
        ]

    def pledge(self, text: str) -> Pledge | None:
        found = pledges.by_reference(self._tx, text)
        return found[1] if found and Right.HELP in self._rights(found[1].workshop_id) else None

    def seen(self, text: str) -> Pledge | None:
        found = pledges.by_reference(self._tx, text)
        return found[1] if found and Right.READ in self._rights(found[1].workshop_id) else None

    def voices(self, reference: str) -> Sequence[Voice]:
        found = pledges.by_reference(self._tx, reference) if self.pledge(reference) else None
        return [
            Voice("", None, False, row.standing and Standing(row.standing), row.outcome and Outcome(row.outcome),
                  row.note, row.at)
            for row in (pledges.latest_answers(self._tx, found[0]) if found else ())
        ]  # fmt: skip

    def files(self, reference: str) -> Sequence[Kept]:
        rows = attachments.of_pledge(self._tx, reference) if self.pledge(reference) else ()
        return [Kept(row.at, row.mime, row.content) for row in rows]

    def freeze(self, workshop_id: int) -> tuple[int, Tally]:
        frozen = reporting.freeze(self._tx, workshop_id, self._now)
        return frozen.id, frozen.tally

    def frozen_reports(self, workshop_id: int) -> Sequence[tuple[int, datetime]]:
        return reports.frozen_of(self._tx, workshop_id) if Right.READ in self._rights(workshop_id) else ()

    def frozen_report(self, report_id: int) -> tuple[int, datetime, Tally] | None:
        frozen = reports.frozen(self._tx, report_id)
        if frozen.workshop_id is None or Right.READ not in self._rights(frozen.workshop_id):
            return None
        return frozen.workshop_id, frozen.at, frozen.tally

    def stalled(self) -> Sequence[Stalled]:
        seen = [one.id for one in workshops.everyone(self._tx) if Right.READ in self._rights(one.id)]
        return stalled.in_workshops(self._tx, seen)

    def held(self) -> Held | None:
        return holding.held(self._tx, self._now)
