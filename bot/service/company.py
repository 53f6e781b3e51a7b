"""The people of one pledge: who comes and goes, and what the others should know of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.dialogue import effects as say
from bot.dialogue import succeeding
from bot.dialogue.message import Fact
from bot.domain.codes import Code, Purpose
from bot.domain.company import About, Companion, Part
from bot.domain.pledge import Pledge, Stage
from bot.service import deciding
from bot.service.installation import Rules
from bot.service.telling import PROPOSED
from bot.store import codes, companions, news, occasions, pledges, workshops

PARTS = {Purpose.PARTNER: Part.PARTNER, Purpose.DEPUTY: Part.DEPUTY}


class CodeTaken(Exception):
    """Somebody else was quicker with the same code: the message is answered anew."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A pledge with its id, and who stands beside its maker, the longest first."""

    pledge_id: int
    pledge: Pledge
    members: tuple[Companion, ...]

    @property
    def people(self) -> frozenset[int]:
        """All of them."""
        maker = () if self.pledge.maker_id is None else (self.pledge.maker_id,)
        return frozenset((*maker, *(member.person_id for member in self.members)))

    def name_of(self, person_id: int) -> str:
        """What the maker calls somebody who stands beside them; "" where that is nothing."""
        return next((member.name for member in self.members if member.person_id == person_id), "")


def around(tx: Connection, reference: str) -> Circle:
    """The people of this pledge. Raises LookupError where there is none."""
    found = pledges.by_reference(tx, reference)
    if found is None:
        raise LookupError(f"There is no pledge {reference}.")
    pledge_id, pledge = found
    return Circle(pledge_id, pledge, companions.of_pledges(tx, [pledge_id]).get(pledge_id, ()))


class Companies:
    """Writes down what one message says about the people of pledges. `moved` are people whose plans change with it."""

    def __init__(self, tx: Connection, rules: Rules, now: datetime) -> None:
        self._tx, self._rules, self._now = tx, rules, now
        self.moved: set[int] = set()

    def write(self, effect: Fact, me: int) -> bool:
        """Write it down; False where the effect is about something else."""
        writer = _WRITERS.get(type(effect))
        if writer:
            writer(self, effect, me)
        return writer is not None

    def _invite(self, effect: say.Invite, me: int) -> None:
        until = self._now + effect.purpose.life
        pledge_id = around(self._tx, effect.reference).pledge_id
        code = Code(effect.code, effect.purpose, until, me, pledge_id=pledge_id, name=effect.name)
        codes.issue(self._tx, code)

    def _uninvite(self, effect: say.Uninvite, me: int) -> None:
        codes.withdraw(self._tx, effect.code)

    def _accept(self, effect: say.Accept, me: int) -> None:
        tx, code = self._tx, codes.by_code(self._tx, effect.code)
        if code is None or code.pledge_id is None or not codes.take(tx, effect.code, me, self._now):
            raise CodeTaken
        circle = around(tx, pledges.by_ids(tx, [code.pledge_id])[code.pledge_id].reference)
        if code.purpose is Purpose.SUCCESSOR:
            maker, reference = circle.pledge.maker_id, circle.pledge.reference
            if maker is not None:
                deciding.ask(
                    tx, self._rules, maker, circle.pledge_id,
                    lambda t: succeeding.ask_maker(t, reference, code.name, code.code), self._now,
                )  # fmt: skip
            return
        companions.add(tx, circle.pledge_id, me, PARTS[code.purpose], self._now, code.name)
        news.keep(tx, circle.pledge_id, circle.people - {me}, me, About.JOINED, "", code.name, self._now)

    def _leave(self, effect: say.Leave, me: int) -> None:
        leaver = me if effect.person_id is None else effect.person_id
        circle = around(self._tx, effect.reference)
        companions.leave(self._tx, circle.pledge_id, leaver)
        told, name = circle.people - {leaver, me}, circle.name_of(leaver)
        news.keep(self._tx, circle.pledge_id, told, leaver, About.LEFT, "", name, self._now)

    def _share(self, effect: say.Share, me: int) -> None:
        pledges.share(self._tx, effect.reference, me)

    def _hand_over(self, effect: say.HandOver, me: int) -> None:
        """The maker confirms that the pledge is somebody else's from now on, or that it is not."""
        code = codes.by_code(self._tx, effect.code)
        codes.withdraw(self._tx, effect.code)
        if effect.confirmed and code and code.taken_by is not None:
            circle = around(self._tx, effect.reference)
            self._becomes(circle, code.taken_by, code.name)
            news.keep(self._tx, circle.pledge_id, {code.taken_by}, me, About.RECEIVED, "", "", self._now)

    def _ask_to_take_over(self, effect: say.AskToTakeOver, me: int) -> None:
        self._ask(around(self._tx, effect.reference), effect.person_id)

    def _take_over(self, effect: say.TakeOver, me: int) -> None:
        circle = around(self._tx, effect.reference)
        if effect.willing:
            self._becomes(circle, me, circle.name_of(me))
        elif circle.pledge.maker_id is None:
            self.find_maker(circle.pledge_id)

    def find_maker(self, pledge_id: int) -> bool:
        """The pledge has no maker any more: ask the longest partner who was not asked yet; False where none is left."""
        tx = self._tx
        circle = around(tx, pledges.by_ids(tx, [pledge_id])[pledge_id].reference)
        before = occasions.asked_to_decide(tx, pledge_id)
        partners = (member for member in circle.members if member.part is Part.PARTNER)
        return any(self._ask(circle, one.person_id) for one in partners if one.person_id not in before)

    def _ask(self, circle: Circle, person_id: int) -> bool:
        pledge = circle.pledge
        left = pledge.maker_id is None
        question = succeeding.ask_companion
        return deciding.ask(
            self._tx, self._rules, person_id, circle.pledge_id, lambda t: question(t, pledge, left=left), self._now
        )

    def _becomes(self, circle: Circle, person_id: int, name: str) -> None:
        """This person is the maker from now on; the others are told."""
        tx, before = self._tx, circle.pledge.maker_id
        companions.leave(tx, circle.pledge_id, person_id)
        pledges.change(tx, circle.pledge.reference, {"maker_id": person_id, "owner": name, "later": None})
        workshops.attend(tx, person_id, circle.pledge.workshop_id, self._now)
        told = circle.people - {person_id}
        news.keep(tx, circle.pledge_id, told, person_id, About.TAKEN_OVER, "", name, self._now)
        self.moved |= {person_id} | ({before} if before is not None else set())


_WRITERS: dict[type[Fact], Callable[..., None]] = {
    say.Invite: Companies._invite,
    say.Uninvite: Companies._uninvite,
    say.Accept: Companies._accept,
    say.Leave: Companies._leave,
    say.Share: Companies._share,
    say.HandOver: Companies._hand_over,
    say.AskToTakeOver: Companies._ask_to_take_over,
    say.TakeOver: Companies._take_over,
}


def tell(tx: Connection, effect: Fact, me: int, now: datetime) -> frozenset[int]:
    """The others of the pledge should know of this. Gives everybody whom the pledge is about; nobody where the effect
    changes nothing that others see."""
    concerned: set[int] = set()
    for reference, lines in _about(effect).items():
        if pledges.by_reference(tx, reference) is None:
            continue  # one of several that were asked about together is gone meanwhile
        circle = around(tx, reference)
        for kind, value in lines:
            news.keep(tx, circle.pledge_id, circle.people - {me}, me, kind, value, "", now)
        if isinstance(effect, say.TakeBack) and not effect.unsaid:
            news.forget(tx, circle.pledge_id, me, (About.STANDING, About.OUTCOME))
        concerned |= circle.people
    return frozenset(concerned)


def _about(effect: Fact) -> dict[str, list[tuple[About, str]]]:
    """What there is to tell of each pledge, with its value."""
    match effect:
        case say.Report():
            return {effect.reference: [(About.STANDING, effect.standing)]}
        case say.Conclude():
            return {effect.reference: [(About.OUTCOME, effect.outcome)]}
        case say.Reopen():
            return {effect.reference: [(About.RESUMED, "")]}
        case say.TakeBack():
            return {reference: [] for reference in effect.references}
        case say.Propose():
            return {effect.reference: [(PROPOSED[effect.subject], effect.value)]}
        case say.Change():
            lines = []
            if effect.stage is Stage.WITHDRAWN:
                lines.append((About.WITHDRAWN, ""))
            if not isinstance(effect.due, say.Unchanged):
                lines.append((About.DUE, effect.due.isoformat()))
            if effect.text is not say.UNCHANGED:
                lines.append((About.TEXT, ""))
            return {effect.reference: lines} if lines else {}
    return {}
