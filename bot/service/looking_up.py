"""The facts that dialogues may look up, from the store, in the transaction of the message."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from bot.dialogue.desk_facts import DeskFacts
from bot.dialogue.facts import AccountOffer, Company, Contact, Headcount, Invitation, Offer, Way
from bot.dialogue.message import Attachment, Platform
from bot.dialogue.signs import with_sign
from bot.documents.calendar import calendar_file
from bot.domain.agenda import Agenda
from bot.domain.audience import Reach
from bot.domain.broadcast import Broadcast, Progress
from bot.domain.cadence import Asked, Matter, Occasion
from bot.domain.codes import Code, Purpose
from bot.domain.company import Voice
from bot.domain.foresight import planned, postponements
from bot.domain.kinds import Kind
from bot.domain.land import Land
from bot.domain.people import Person
from bot.domain.pledge import Outcome, Pledge, Standing
from bot.domain.proposal import OBJECTION_WORKING_DAYS, Proposal
from bot.domain.quiet_times import Window, spread_weekday
from bot.domain.roles import Right, Role, rights_of
from bot.domain.workshop import Workshop
from bot.service import appointing, codes, dossiers, hosting, linking, releasing
from bot.service.desk_facts import StoredDesk
from bot.service.diaries import calendar_entries
from bot.service.erasing import RETRACTABLE
from bot.service.exporting import everything_about
from bot.service.installation import Rules
from bot.store import (
    attachments,
    audit,
    broadcasts,
    channels,
    companions,
    people,
    pledges,
    prompts,
    proposals,
    recipients,
    teams,
    workshops,
)
from bot.store import codes as personal_codes
from bot.texts import Speaker


class StoredFacts:
    """Looks things up for one message; what was looked up once is kept for its duration. `freed` is the number of a
    pledge that this message registers once more."""

    def __init__(
        self,
        tx: Connection,
        rules: Rules,
        now: datetime,
        chat: tuple[str, str],
        user: str,
        person: Person | None,
        guard: codes.Guard,
        freed: str = "",
    ) -> None:
        self._tx, self._rules, self._now, self._chat, self._person, self._guard = tx, rules, now, chat, person, guard
        self._user, self._freed = user, freed
        self.responsible = rules.responsible
        self._wrong = ""
        self.actor = audit.person(person.id) if person else audit.account(chat[0], user)

    @cached_property
    def desk(self) -> DeskFacts:
        return StoredDesk(self._tx, self.rights, self._person, self._now)

    @cached_property
    def _pledges(self) -> Mapping[int, Pledge]:
        """Their own, by id: all that most messages are about."""
        return pledges.of_makers(self._tx, (self._person.id,)).get(self._person.id, {}) if self._person else {}

    @cached_property
    def _dossier(self) -> dossiers.Dossier | None:
        """What else has to be known to say what comes when."""
        if self._person is None:
            return None
        mine = self._person.id
        return dossiers.load(self._tx, self._rules, (mine,), self._now, {mine: self._pledges}).get(mine)

    def admits(self, code: str) -> bool:
        return not self.too_many_codes() and self.invitation(code) is not None

    def invitation(self, code: str) -> Invitation | Offer | AccountOffer | None:
        code = codes.normal(code)
        found = self._found(code)
        if found is None and code != self._wrong:
            self._guard.wrong(*self._chat)
            self._wrong = code  # counted once, however often one message makes us look
        return found

    def _found(self, code: str) -> Invitation | Offer | AccountOffer | None:
        today = self.day_of(self._now)
        if (handed := personal_codes.by_code(self._tx, code)) and handed.works(self._now):
            return self._handed(handed)
        if claimed := pledges.by_claim_code(self._tx, code):
            pledge, until = claimed
            if today <= until:
                return Invitation(self.workshop(pledge.workshop_id), pledge)
        elif team_code := teams.by_code(self._tx, code):
            if today <= team_code.until:
                return Invitation(self.workshop(team_code.workshop_id), role=team_code.role)
        elif (workshop := workshops.by_code(self._tx, code)) and workshop.admits(today):
            return Invitation(workshop)
        return None

    def _handed(self, code: Code) -> Invitation | Offer | AccountOffer | None:
        """What a code admits to that one person handed to another."""
        if code.purpose in (Purpose.LINK, Purpose.ACCOUNT):
            if code.person_id is None:
                return None
            _, accounts = people.with_accounts(self._tx, [code.person_id])[code.person_id]
            origin = next((account for account in accounts if account.id == code.account_id), accounts[0])
            own = self._person is not None and self._person.id == code.person_id
            return AccountOffer(linking.label(self._tx, origin.channel), own, code.purpose is Purpose.ACCOUNT)
        if code.pledge_id is None:
            return None
        pledge = pledges.by_ids(self._tx, [code.pledge_id])[code.pledge_id]
        if code.purpose is Purpose.CLAIM:
            return Invitation(self.workshop(pledge.workshop_id), pledge, mended=True)
        return Offer(code.purpose, pledge, code.name, code.taken_at is not None)

    def reserve_code(self) -> str:
        return codes.unused_code(self._tx)

    def expiry(self, purpose: Purpose) -> date:
        return self.day_of(self._now + purpose.life)

    def accounts(self) -> Sequence[Contact]:
        known = list(self._dossier.accounts) if self._dossier else []
        labels = linking.labels(self._tx, known)
        return [
            Contact(account.id, labels[account.id], (account.channel, account.address) == self._chat, number == 0)
            for number, account in enumerate(known)
        ]

    def asking_to_link(self, code: str) -> str | None:
        found = personal_codes.by_code(self._tx, code)
        mine = found and self._person and found.person_id == self._person.id and found.works(self._now)
        return linking.label(self._tx, found.chat.channel, found.chat.user) if found and mine and found.chat else None

    def too_many_codes(self) -> bool:
        return self._guard.blocks(*self._chat)

    def rights(self, workshop_id: int | None = None) -> frozenset[Right]:
        if (self._chat[0], self._user) in self._rules.administrators:
            return frozenset(Right)
        held = self._roles.values() if workshop_id is None else (self._roles.get(workshop_id, frozenset()),)
        return rights_of(chain.from_iterable(held))

    def workshops_with(self, right: Right) -> Sequence[Workshop]:
        return [one for one in workshops.everyone(self._tx) if right in self.rights(one.id)]

    def reserve_workshop(self, name: str, day: date, land: Land) -> Workshop:
        return hosting.create(self._tx, name, day, land, self._now)

    def reserve_team_code(self, workshop_id: int, role: Role) -> tuple[str, date]:
        code = appointing.invite(self._tx, workshop_id, role, self.day_of(self._now))
        return code.code, code.until

    def headcount(self, workshop_id: int) -> Headcount:
        return workshops.headcounts(self._tx, (workshop_id,))[workshop_id]

    def ways(self, code: str) -> Sequence[Way]:
        return hosting.ways(channels.handles(self._tx), code)

    @cached_property
    def _roles(self) -> Mapping[int, frozenset[Role]]:
        """By workshop. None in a chat in which somebody else writes than who agreed there."""
        if self._person is None or not people.writes_in(self._tx, *self._chat, self._user):
            return {}
        return teams.roles_of(self._tx, self._person.id)

    def workshops(self) -> Sequence[Workshop]:
        return workshops.of_person(self._tx, self._person.id) if self._person else ()

    def workshop(self, workshop_id: int) -> Workshop:
        found = self._dossier.workshops.get(workshop_id) if self._dossier else None
        found = found or workshops.by_id(self._tx, workshop_id)
        if found is None:
            raise LookupError(f"There is no workshop {workshop_id}.")
        return found

    def pledges(self) -> Sequence[Pledge]:
        return tuple(self._pledges.values())

    @cached_property
    def _beside(self) -> dict[int, Pledge]:
        if self._person is None:
            return {}
        ids = companions.pledges_of(self._tx, (self._person.id,)).get(self._person.id)
        return pledges.by_ids(self._tx, ids) if ids else {}

    def beside(self) -> Sequence[Pledge]:
        return tuple(self._beside.values())

    def pledge(self, reference: str) -> Pledge | None:
        return next((pledge for pledge in self.pledges() if pledge.reference == reference), None)

    def answerable(self, reference: str) -> Pledge | None:
        mine = (pledge for pledge in (*self.pledges(), *self.beside()) if pledge.reference == reference)
        return next(mine, None)

    def is_joint(self, reference: str) -> bool:
        return bool(self.company(reference).members)

    def company(self, reference: str) -> Company:
        if (pledge_id := self._id_of(reference)) is None:
            return Company()
        return Company(
            companions.of_pledges(self._tx, [pledge_id]).get(pledge_id, ()),
            tuple(personal_codes.open_for(self._tx, pledge_id, self._now)),
        )

    def proposals(self, reference: str) -> Sequence[Proposal]:
        pledge_id = self._id_of(reference)
        return proposals.of_pledge(self._tx, pledge_id) if pledge_id is not None else ()

    def objection_until(self) -> date:
        assert self._dossier is not None
        return self._dossier.calendar.add_working_days(self.day_of(self._now), OBJECTION_WORKING_DAYS)

    def voices(self, reference: str) -> Sequence[Voice]:
        pledge, pledge_id = self.answerable(reference), self._id_of(reference)
        if pledge is None or pledge_id is None or self._person is None:
            return ()
        members = {member.person_id: member for member in self.company(reference).members}
        found = []
        for row in pledges.latest_answers(self._tx, pledge_id):
            member, is_maker = (
                members.get(row.person_id),
                row.person_id is not None and row.person_id == pledge.maker_id,
            )
            if member is None and not is_maker:
                continue  # whoever has left speaks for the pledge no longer
            mine = row.person_id == self._person.id
            found.append(Voice(
                name=member.name if member else pledge.owner, part=member.part if member else None, mine=mine,
                standing=Standing(row.standing) if row.standing else None,
                outcome=Outcome(row.outcome) if row.outcome else None,
                note=row.note if mine or row.shared else "", at=row.at,
            ))  # fmt: skip
        return found

    def _id_of(self, reference: str) -> int | None:
        """The id of a pledge that the person may see."""
        known = {**self._pledges, **self._beside}
        return next((key for key, pledge in known.items() if pledge.reference == reference), None)

    def reserve_reference(self, workshop_id: int) -> str:
        if self._freed:
            return self._freed
        number = workshops.reserve_number(self._tx, workshop_id)
        return workshops.reference(self.workshop(workshop_id).letters, number)

    def next_question(self, pledge: Pledge) -> Occasion | None:
        found = self._agenda(pledge).next(pledge.reference)
        return found if found and found.kind is not Kind.CLOSE else None

    def planned(self, pledge: Pledge) -> Sequence[Occasion]:
        return self._agenda(pledge, planned).upcoming(pledge.reference)

    def _agenda(self, pledge: Pledge, make: Callable[..., Agenda] = Agenda) -> Agenda:
        """The person's agenda with this pledge as it is given."""
        person = self._person or newcomer(self._rules, self._chat)
        others = [p for p in self.pledges() if p.reference != pledge.reference]
        workshop = self.workshop(pledge.workshop_id)
        known = {workshop.id: workshop} | (dict(self._dossier.workshops) if self._dossier else {})
        calendar = dossiers.calendar(person, dossiers.laender((*others, pledge), known), self._rules)
        matters = [Matter(p, known[p.workshop_id].day, tuple(self._asked(p.reference))) for p in (*others, pledge)]
        sent, announced = (self._dossier.sent, self._dossier.announced) if self._dossier else ((), ())
        if person.stopped:
            matters = []
        return make(
            matters, calendar, self._now, person.id or pledge.reference, self._rules.cadence, sent,
            announced=[max(day, self.day_of(self._now)) for day in announced],
        )  # fmt: skip

    def postponements(self, references: Sequence[str]) -> Sequence[date]:
        if self._dossier is None or self._person is None:
            return ()
        mine = [pledge for pledge in self.pledges() if pledge.is_open]
        days = {p.id: p.day for p in self._dossier.workshops.values()}
        matters = [Matter(p, days[p.workshop_id], tuple(self._asked(p.reference))) for p in mine]
        offers = [
            set(postponements(
                pledge.reference, matters, self._dossier.calendar, self._now, self._person.id, self._rules.cadence
            ))
            for pledge in mine if pledge.reference in references
        ]  # fmt: skip
        return sorted(set.intersection(*offers)) if offers else ()

    def answered_since(self, prompt: str) -> bool:
        return prompts.answered_since(self._tx, prompt, *self._chat, self._person.id if self._person else None)

    def checked_in(self, reference: str) -> bool:
        return any(asked.kind is Kind.CHECK_IN for asked in self._asked(reference))

    def day_of(self, instant: datetime) -> date:
        return instant.astimezone(self._person.zone if self._person else self._rules.zone).date()

    def shared(self) -> Sequence[Pledge]:
        if self._person is None:
            return ()
        return pledges.shared(self._tx, self._person.id, [workshop.id for workshop in self.workshops()])

    def attachments(self, reference: str) -> int:
        return attachments.count(self._tx, reference)

    def calendar(self, t: Speaker) -> bytes:
        running = [pledge for pledge in self.pledges() if pledge.is_open]
        if self._person is None or not running:
            return b""
        entries = calendar_entries(running, self.planned, t)
        return calendar_file(entries, t.plain("Worthalten"), self._person.zone, self._now)

    def everything(self) -> Mapping[str, Any]:
        return everything_about(self._tx, self._dossier) if self._dossier else {}

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(self._person.zone if self._person else self._rules.zone)

    def platforms(self) -> Sequence[str]:
        return sorted({platform for platform, _ in channels.handles(self._tx).values()})

    def reserve_broadcast(self, draft: Broadcast) -> Broadcast:
        person_id = self._person.id if self._person else None
        language = self._person.language if self._person else self._rules.language
        card = broadcasts.Card(*self._chat, person_id, language)
        return replace(draft, id=broadcasts.add(self._tx, draft, card, self._now))

    def broadcast(self, broadcast_id: int) -> Broadcast | None:
        return broadcasts.by_id(self._tx, broadcast_id)

    def picture(self, broadcast_id: int) -> Attachment | None:
        return broadcasts.content(self._tx, broadcast_id)[1]

    def appearance(self, body: str, platform: str) -> str:
        return with_sign(body, "!") if platform == Platform.MATRIX else body

    def open_broadcasts(self) -> Sequence[Broadcast]:
        return broadcasts.open_for(self._tx)

    def reach(self, broadcast: Broadcast) -> Reach:
        return releasing.reach(self._tx, self._rules, broadcast, self._now)

    def progress(self, broadcast_id: int) -> Progress:
        return recipients.progress(self._tx, broadcast_id)

    def retractable(self, broadcast_id: int) -> int:
        return recipients.changeable(self._tx, broadcast_id, RETRACTABLE, self._now)

    def _asked(self, reference: str) -> Sequence[Asked]:
        if self._dossier is None:
            return ()
        ids = (key for key, pledge in self._pledges.items() if pledge.reference == reference)
        return self._dossier.asked.get(next(ids, 0), ())


def newcomer(rules: Rules, chat: tuple[str, str], language: str = "") -> Person:
    """Somebody as they are before they have chosen anything: their weekday is spread evenly by their chat."""
    return Person(
        id=0, language=language or rules.language, zone=rules.zone, weekday=spread_weekday(":".join(chat)),
        window=Window.MORNING,
    )  # fmt: skip
