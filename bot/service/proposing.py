"""Changes of joint pledges: they wait for an objection, hold when none has come, or are decided by the maker."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.dialogue import effects as say
from bot.dialogue import proposing
from bot.dialogue.message import Fact
from bot.domain.pledge import Stage
from bot.domain.proposal import Proposal, Subject
from bot.service import deciding, dossiers, planning, telling
from bot.service.company import around
from bot.service.installation import Rules
from bot.store import pledges, proposals


def write(tx: Connection, rules: Rules, effect: Fact, me: int, zone: ZoneInfo, now: datetime) -> bool:
    """Write down a proposal, an objection or the maker's decision; False where the effect is about something else.
    `zone` is the person's."""
    match effect:
        case say.Propose():
            _propose(tx, rules, effect, me, zone, now)
        case say.Object():
            _object(tx, rules, effect, me, now)
        case say.Settle():
            circle = around(tx, effect.reference)
            for proposal in proposals.of_pledge(tx, circle.pledge_id):
                if proposal.subject is effect.subject and effect.made:
                    _carry_out(tx, circle.pledge.reference, proposal)
            proposals.remove(tx, circle.pledge_id, effect.subject)
        case _:
            return False
    return True


def hold_due(tx: Connection, rules: Rules, now: datetime) -> bool:
    """What nobody has objected to in time holds from now on. True where there was something."""
    found = proposals.due(tx, now)
    concerned: set[int] = set()
    for pledge_id, proposal in found:
        pledge = pledges.by_ids(tx, [pledge_id])[pledge_id]
        if pledge.is_open or (proposal.subject is Subject.SHOWN and pledge.stage is Stage.CLOSED):
            _carry_out(tx, pledge.reference, proposal)
        proposals.remove(tx, pledge_id, proposal.subject)
        concerned |= {pledge.maker_id} if pledge.maker_id is not None else set()
    if concerned:
        planning.replan(tx, rules, concerned, now)
    return bool(found)


def _propose(tx: Connection, rules: Rules, effect: say.Propose, me: int, zone: ZoneInfo, now: datetime) -> None:
    circle = around(tx, effect.reference)
    holds = datetime.combine(effect.until + timedelta(days=1), time(), zone)
    look = telling.first_look(dossiers.load(tx, rules, (me,), now)[me].calendar, now)
    proposal = Proposal(effect.subject, effect.value, effect.extends, effect.until)
    proposals.put(tx, circle.pledge_id, proposal, holds, look)
    if effect.subject is Subject.DUE and effect.extends:
        # Until then the old date holds; what has been asked about it comes again afterwards, if it still stands.
        pledges.change(tx, effect.reference, {"later": effect.until + timedelta(days=1)})


def _object(tx: Connection, rules: Rules, effect: say.Object, me: int, now: datetime) -> None:
    circle = around(tx, effect.reference)
    if not proposals.object_to(tx, circle.pledge_id, effect.subject, me) or circle.pledge.maker_id is None:
        return
    who, pledge, subject = circle.name_of(me), circle.pledge, effect.subject
    deciding.ask(
        tx, rules, circle.pledge.maker_id, circle.pledge_id, lambda t: proposing.ask_maker(t, pledge, subject, who), now
    )


def _carry_out(tx: Connection, reference: str, proposal: Proposal) -> None:
    pledges.change(tx, reference, _values(proposal))


def _values(proposal: Proposal) -> Mapping[str, Any]:
    """The pledge's new values."""
    match proposal.subject:
        case Subject.TEXT:
            return {"text": proposal.value}
        case Subject.DUE:
            new = {"due": date.fromisoformat(proposal.value), "due_note": "", "later": None}
            return new | ({"extended": True} if proposal.extends else {})
        case Subject.SHOWN:
            return {"outcome_shown": proposal.value, "disputed": proposal.objector is not None}
