"""Who is asked what next: the agendas of people who belong together, as one may be asked about another's pledge."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.agenda import Agenda, Question
from bot.domain.cadence import Asked, Kind, Matter, Occasion
from bot.domain.company import Part, in_order
from bot.domain.land import Land
from bot.domain.pledge import Pledge
from bot.service import dossiers
from bot.service.dossiers import Dossier
from bot.service.installation import Rules
from bot.store import companions, occasions, pledges

Planned = tuple[int, Occasion | None]
"""Who is asked next about a pledge, and what; None for nothing."""


@dataclass
class Circle:
    """People, the makers of pledges beside whom they stand, and those who stand beside them.

    The pledges of the `makers` are planned; of the others only their room is looked at.
    """

    rules: Rules
    people: dict[int, Dossier]
    makers: frozenset[int]

    def asked(self, pledge: Pledge, pledge_id: int, asked: Sequence[Asked]) -> None:
        """This was asked about the pledge just now."""
        assert pledge.maker_id is not None
        maker = self.people[pledge.maker_id]
        history = {**maker.asked, pledge_id: (*maker.asked.get(pledge_id, ()), *asked)}
        self.people[pledge.maker_id] = replace(maker, asked=history)

    def sent(self, person_id: int, now: datetime) -> None:
        """A message that counts goes to this person just now."""
        dossier = self.people[person_id]
        self.people[person_id] = replace(dossier, sent=(*dossier.sent, dossier.calendar.day_of(now)))

    def changed(self, pledge_id: int, pledge: Pledge) -> None:
        """The pledge is another one now."""
        assert pledge.maker_id is not None
        maker = self.people[pledge.maker_id]
        self.people[pledge.maker_id] = replace(maker, pledges={**maker.pledges, pledge_id: pledge})

    def pledges(self) -> dict[int, tuple[Dossier, Pledge]]:
        """All pledges that are planned, by id, each with its maker."""
        return {
            pledge_id: (self.people[maker], pledge)
            for maker in self.makers if maker in self.people
            for pledge_id, pledge in self.people[maker].pledges.items()
        }  # fmt: skip


def gather(tx: Connection, rules: Rules, person_ids: Iterable[int], now: datetime) -> Circle:
    """Everybody who matters when something is decided about these people."""
    ids = set(person_ids)
    beside = companions.pledges_of(tx, ids)
    others = pledges.by_ids(tx, set().union(*beside.values())) if beside else {}
    makers = ids | {pledge.maker_id for pledge in others.values() if pledge.maker_id is not None}
    found = dossiers.load(tx, rules, makers, now)
    helpers = {
        one.person_id for dossier in found.values() for pledge_id, those in dossier.companions.items()
        if dossier.pledges.get(pledge_id) for one in those
    }  # fmt: skip
    if missing := helpers - found.keys():
        found |= dossiers.load(tx, rules, missing, now)
    return Circle(rules, found, frozenset(makers))


class Plan:
    """What comes next about all pledges of a circle, as it is known `now`."""

    def __init__(self, circle: Circle, now: datetime) -> None:
        self._circle, self._now, self._people = circle, now, circle.people
        self._stand_ins: dict[int, int] = {}
        self._references: dict[str, int] = {}
        self._matters: defaultdict[int, list[Matter]] = defaultdict(list)
        self._guests: defaultdict[int, list[Question]] = defaultdict(list)
        for pledge_id, (maker, pledge) in circle.pledges().items():
            self._references[pledge.reference] = pledge_id
            self._place(pledge_id, maker, pledge)
        for person_id in self._people.keys() - circle.makers:
            for pledge_id, pledge in self._people[person_id].pledges.items():
                if pledge.is_open:
                    self._matters[person_id].append(self._matter(self._people[person_id], pledge_id, pledge))
        self.agendas = {person_id: self._agenda(person_id) for person_id in self._matters}
        self._invite()
        for person_id in self._guests:
            self.agendas[person_id] = self._agenda(person_id)

    def rows(self) -> dict[int, Planned]:
        """For each planned pledge who is asked next, and what."""
        return {
            pledge_id: self._row(pledge_id, maker, pledge)
            for pledge_id, (maker, pledge) in self._circle.pledges().items()
        }

    def _row(self, pledge_id: int, maker: Dossier, pledge: Pledge) -> Planned:
        asked = self._stand_ins.get(pledge_id, maker.person.id)
        candidates: list[tuple[int, Occasion]] = []
        if asked in self.agendas and (occasion := self.agendas[asked].next(pledge.reference)):
            candidates.append((asked, occasion))
        for person_id, questions in self._guests.items():
            if any(question.reference == pledge.reference for question in questions):
                occasion = self.agendas[person_id].next(pledge.reference)
                if occasion and occasion.kind is Kind.PARTNER:
                    candidates.append((person_id, occasion))
        return min(candidates, key=lambda one: one[1].at, default=(maker.person.id, None))

    def _place(self, pledge_id: int, maker: Dossier, pledge: Pledge) -> None:
        """Put the pledge on the agenda of whoever is asked about it; of its maker, where nobody is, so that it closes.

        After "stop" nobody is asked in the person's place: the pledge runs on, for the team to see, and closes quietly
        on the day when it would for somebody silent. So it does when nobody can be reached.
        """
        if not (pledge.is_open or pledge.recalled):
            return
        matter = self._matter(maker, pledge_id, pledge)
        stand_in = self._stand_in(maker, pledge_id, matter) if pledge.is_open else None
        if stand_in is not None:
            self._stand_ins[pledge_id] = stand_in
            self._matters[stand_in].append(matter)
        else:
            self._matters[maker.person.id].append(replace(matter, unasked=maker.account is None))

    def _stand_in(self, maker: Dossier, pledge_id: int, matter: Matter) -> int | None:
        """Who is asked instead of the maker: a deputy in a pause; a deputy, else a partner, when the maker cannot be
        reached or wishes it so."""
        day = maker.calendar.day_of(self._now)
        if maker.person.stopped:
            return None
        instead = maker.is_unreachable or matter.pledge.delegated
        if not instead and not maker.is_paused(day):
            return None
        candidates = self._candidates(maker, pledge_id, deputies_only=not instead)
        if not candidates:
            return None
        if not instead:  # only what falls into the pause
            deputy = self._people[candidates[0]]
            agenda = Agenda([matter], deputy.calendar, self._now, candidates[0], self._circle.rules.cadence)
            following = agenda.next(matter.pledge.reference)
            if following is None or not maker.is_paused(maker.calendar.day_of(following.at)):
                return None
        return candidates[0]

    def _candidates(self, maker: Dossier, pledge_id: int, *, deputies_only: bool = False) -> list[int]:
        """Who beside the maker can be asked, in this order."""
        found = []
        for one in in_order(maker.companions.get(pledge_id, ())):
            dossier = self._people.get(one.person_id)
            if dossier is None or dossier.account is None or (deputies_only and one.part is not Part.DEPUTY):
                continue
            if not dossier.is_paused(dossier.calendar.day_of(self._now)):
                found.append(one.person_id)
        return found

    def _matter(self, maker: Dossier, pledge_id: int, pledge: Pledge) -> Matter:
        workshop = maker.workshops[pledge.workshop_id]
        joint = bool(maker.companions.get(pledge_id))
        return Matter(pledge, workshop.day, maker.asked.get(pledge_id, ()), joint)

    def _agenda(self, person_id: int) -> Agenda:
        dossier, matters = self._people[person_id], self._matters.get(person_id, ())
        calendar, places = dossier.calendar, {self._land(matter.pledge) for matter in matters}
        if not places <= calendar.laender:
            calendar = replace(calendar, laender=calendar.laender | places)
        today = calendar.day_of(self._now)
        return Agenda(
            matters, calendar, self._now, person_id, self._circle.rules.cadence, dossier.sent,
            self._guests.get(person_id, ()),
            [max(day, today) for day in dossier.announced],
        )  # fmt: skip

    def _land(self, pledge: Pledge) -> Land:
        assert pledge.maker_id is not None
        return pledge.land or self._people[pledge.maker_id].workshops[pledge.workshop_id].land

    def _invite(self) -> None:
        """Hand each question to a partner to somebody: whoever was asked least, the longest first."""
        for asked, agenda in list(self.agendas.items()):
            for matter in self._matters[asked]:
                question = agenda.question(matter.pledge.reference)
                maker_id = matter.pledge.maker_id
                if question is None or maker_id is None or maker_id not in self._circle.makers:
                    continue
                pledge_id = self._references[matter.pledge.reference]
                candidates = [one for one in self._candidates(self._people[maker_id], pledge_id) if one != asked]
                times = [one.person_id for one in matter.asked if one.kind is Kind.PARTNER]
                if candidates:
                    self._guests[min(candidates, key=times.count)].append(question)


def replan(tx: Connection, rules: Rules, person_ids: Iterable[int], now: datetime) -> None:
    """Compute anew what comes next about each pledge of these people, and of those beside whom they stand."""
    occasions.replace(tx, Plan(gather(tx, rules, person_ids, now), now).rows())
