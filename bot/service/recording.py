"""A turn's effects become rows: one function, a case for each kind of effect."""

from dataclasses import astuple, dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.dialogue import effects as say
from bot.dialogue.checking_in import CheckingIn, CheckingInAll
from bot.dialogue.concluding import AskingOutcome, ListingOutcomes
from bot.dialogue.continuing import AskingHowToGoOn
from bot.dialogue.following_up import AskingStep, AskingSteps
from bot.dialogue.message import Fact, Incoming
from bot.dialogue.recalling import AskingLasting, ListingLasting
from bot.dialogue.renewing import AskingRenewal
from bot.dialogue.state import State
from bot.dialogue.team_effects import GoOnAfterRestore, WriteDown
from bot.domain.people import Person
from bot.domain.pledge import Pledge, Stage
from bot.service import company, erasing, holding, planning, posting, proposing, releasing, returning, undoing, watching
from bot.service.codes import new_key, normal
from bot.service.erasure_list import ErasureList
from bot.service.help_desk import HelpDesk
from bot.service.installation import Rules
from bot.service.linking import Linker
from bot.service.looking_up import newcomer
from bot.store import (
    audit,
    codes,
    jobs,
    messages,
    occasions,
    outbox,
    people,
    pledges,
    prompts,
    teams,
    watches,
    workshops,
)  # fmt: skip
from bot.store.watches import Watched

REPLANS = (
    say.Register, say.Claim, say.Change, say.Report, say.Stepped, say.GoOn, say.Conclude, say.Reopen, say.TakeBack,
    say.Postpone, say.Prefer, say.Pause, say.Stop, say.Reachable, say.Agree, say.Unlink, say.WriteTo, say.Accept,
    say.Leave, say.HandOver, say.TakeOver, say.Propose, say.Settle,
)  # fmt: skip
"""The effects after which a pledge may have another next occasion."""


@dataclass
class Recorder:
    """Writes the effects of one message down. `person_id` is known from the start, or after `Join`; None after an
    erasure. `channels` are those that have something to send because of it, `orphaned` the joint pledges that run on
    without a maker."""

    tx: Connection
    rules: Rules
    now: datetime
    incoming: Incoming
    person: Person | None
    person_id: int | None
    erasures: ErasureList

    def __post_init__(self) -> None:
        self.channels: set[str] = set()
        self.orphaned: tuple[int, ...] = ()
        self._replanned: frozenset[int] = frozenset()
        self._companies = company.Companies(self.tx, self.rules, self.now)
        self._desk = HelpDesk(self.tx, self.rules, self.now)

    def record(self, effects: tuple[Fact, ...]) -> None:
        """Write all of them down, in order, and plan anew what follows from them."""
        concerned: set[int] = set()
        for effect in effects:
            self._write(effect)
            if self.person_id is not None:
                concerned |= company.tell(self.tx, effect, self.person_id, self.now)
        self.channels |= self._desk.channels
        for pledge_id in self.orphaned:
            self._companies.find_maker(pledge_id)
        if self.person_id is not None and any(isinstance(effect, REPLANS) for effect in effects):
            concerned |= self._companies.moved | {self.person_id}
            planning.replan(self.tx, self.rules, concerned | self._replanned, self.now)
        elif self._replanned:
            planning.replan(self.tx, self.rules, self._replanned, self.now)

    def _write(self, effect: Fact) -> None:
        tx, chat = self.tx, (self.incoming.channel, self.incoming.address)
        match effect:
            case say.Join():
                self._join(effect)
            case say.Forget():
                messages.forget_chat(tx, *chat)
                prompts.forget_chat(tx, *chat)
            case say.Reachable():
                people.reach(tx, *chat, effect.reachable)
                if not effect.reachable:
                    posting.unasked(tx, outbox.unreachable(tx, *chat, "blocked"))
                elif self.person_id is not None:
                    returning.take_up(tx, self.person_id, self._zone)
            case say.Move():
                posting.move(tx, *chat, effect.address)
            case say.Erase():
                self.orphaned = erasing.erase(tx, self._me, self.now, self.erasures)
                self.person_id = None
            case say.Order():
                jobs.add(tx, *chat, self.person_id, effect.language, effect.job, self.now)
            case say.Watch():
                shown = astuple(effect.shown)
                watch = Watched(*chat, self.person_id, effect.workshop_id, effect.language, shown)
                watches.begin(tx, watch, self.now + watching.LASTS)
            case say.Unwatch():
                watches.end(tx, *chat)
            case say.Redraft():
                releasing.redraft(tx, effect.broadcast)
            case say.Steer():
                self.channels |= releasing.steer(tx, self.rules, effect, self._actor, self.now)
            case say.Acted():
                audit.write(tx, self.now, self._actor, effect.action, effect.workshop_id, effect.subject)
            case say.RequestLink():
                self.person_id = self._linker.request(effect, self.person_id)
                self._ask_once()
            case say.RefuseLink():
                self._linker.refuse(effect)
            case WriteDown():
                self._write_down(effect)
            case GoOnAfterRestore():
                holding.let_go(tx, self.rules, self.now, self.now, send=effect.send)
            case _:
                self._write_of_person(effect, self._me)

    @property
    def _linker(self) -> Linker:
        linker = Linker(self.tx, self.rules, self.now, self.incoming)
        linker.channels = self.channels
        return linker

    @property
    def _me(self) -> int:
        if self.person_id is None:
            raise RuntimeError("Only somebody who agreed can do this.")
        return self.person_id

    @property
    def _actor(self) -> str:
        """Who acts, as the audit log names them."""
        if self.person_id is not None:
            return audit.person(self.person_id)
        return audit.account(self.incoming.channel, self.incoming.user)

    def _write_of_person(self, effect: Fact, me: int) -> None:
        tx, now = self.tx, self.now
        if self._companies.write(effect, me) or self._desk.write(effect, me):
            return
        if proposing.write(tx, self.rules, effect, me, self._zone, now):
            return
        match effect:
            case say.Agree():
                people.consent(tx, self.incoming.channel, self.incoming.address, effect.consent_version, now)
                for key in prompts.keys_of(tx, me, AskingRenewal):
                    occasions.forget(tx, posting.asking_key(key))  # they were asked for consent, and nothing else
            case say.OfferLink():
                self._linker.offer(effect, me)
            case say.Link():
                self._linker.link(effect, me)
                self._ask_once()
            case say.WriteTo():
                people.prefer(tx, me, effect.account_id)
            case say.Unlink():
                if self._linker.unlink(effect, me):
                    self.person_id = None
            case say.Attend():
                workshops.attend(tx, me, effect.workshop_id, now)
            case say.JoinTeam():
                joined = teams.redeem(tx, normal(effect.code), me, now)
                if joined is None:
                    raise LookupError("Somebody else was quicker with this code.")  # decided again: it is used up now
                audit.write(tx, now, audit.person(me), "join team", joined.workshop_id, joined.role)
            case say.Register():
                pledges.add(tx, Pledge(
                    reference=effect.reference, workshop_id=effect.workshop_id, text=effect.text, due=effect.due,
                    stage=Stage.RUNNING, maker_id=me, registered=self._today,
                ), now)  # fmt: skip
            case say.Claim():
                claimed = {"maker_id": me, "stage": Stage.RUNNING, "registered": self._today, "claimed": True}
                pledges.change(tx, effect.reference, claimed)
                codes.withdraw(tx, effect.code)
            case say.Change():
                pledges.change(tx, effect.reference, effect.values())
                settles = effect.stage is Stage.WITHDRAWN or effect.extended is True
                if settles or effect.lasting is not say.UNCHANGED:
                    self._answered(effect.reference)
            case say.Report():
                pledges.answer(tx, effect.reference, me, now, standing=effect.standing, note=effect.note)
                standing = {"standing": effect.standing, "standing_at": now, "later": None, "only_at_end": False}
                pledges.change(tx, effect.reference, standing | self._of_maker(effect.reference))
                self._answered(effect.reference)
            case say.Stepped():
                pledges.change(tx, effect.reference, {"first_step_done": effect.done, "later": None})
                self._answered(effect.reference)
            case say.GoOn():
                wish = {"only_at_end": effect.only_at_end, "delegated": effect.delegated, "later": None}
                for reference in effect.references:
                    pledges.change(tx, reference, wish)
                    self._answered(reference)
            case say.Remark():
                pledges.remark(tx, effect.reference, me, effect.note, now)
            case say.CallForHelp():
                self._desk.place(effect, me)
            case say.Conclude():
                pledges.answer(tx, effect.reference, me, now, outcome=effect.outcome)
                closed = {"stage": Stage.CLOSED, "outcome": effect.outcome, "outcome_at": now, "later": None}
                pledges.change(tx, effect.reference, closed)
                self._answered(effect.reference)
            case say.Annotate():
                said = {"outcome_note": effect.note, "outcome_shown": effect.shown}
                changed = {name: value for name, value in said.items() if value is not say.UNCHANGED}
                pledges.change(tx, effect.reference, changed)
            case say.Reopen():
                again = {"stage": Stage.RUNNING, "standing": effect.standing, "outcome": None, "outcome_at": None}
                pledges.change(tx, effect.reference, again)
            case say.TakeBack():
                self.channels |= undoing.take_back(tx, effect, me, now)
            case say.Answered():
                channel = posting.settle(tx, effect.prompt, effect.answer, now, f"settled:{effect.prompt}:{new_key()}")
                self.channels |= {channel} if channel else set()
            case say.Postpone():
                for reference in effect.references:
                    pledges.change(tx, reference, {"later": effect.day})
                    self._answered(reference)
            case say.Prefer():
                chosen = {"language": effect.language, "weekday": effect.weekday, "window": effect.window}
                people.change(tx, me, **{k: v for k, v in chosen.items() if v is not say.UNCHANGED})
            case say.Pause():
                people.pause(tx, me, effect.until, self._today)
            case say.Stop():
                people.change(tx, me, stopped=effect.stopped)
                if effect.stopped:
                    posting.unasked(tx, outbox.drop_waiting(tx, me, "stopped"))
                else:
                    returning.take_up(tx, me, self._zone)
            case _:
                raise TypeError(f"Nobody writes down a {type(effect).__name__}.")

    def _write_down(self, effect: WriteDown) -> None:
        """What was said on the telephone counts as an answer, but as nobody's own."""
        said = {"standing": effect.standing, "outcome": effect.outcome, "note": effect.note}
        pledges.answer(self.tx, effect.reference, None, self.now, **said, by_team=True)  # type: ignore[arg-type]
        changed: dict[str, object] = {"later": None, "only_at_end": False, "delegated": False}
        if effect.standing:
            changed |= {"standing": effect.standing, "standing_at": self.now}
        if effect.outcome:
            changed |= {"stage": Stage.CLOSED, "outcome": effect.outcome, "outcome_at": self.now}
        pledges.change(self.tx, effect.reference, changed)
        self._answered(effect.reference)
        self._replanned |= company.around(self.tx, effect.reference).people

    def _of_maker(self, reference: str) -> dict[str, bool]:
        """What changes because it was the maker who answered: nobody else has to be asked any more."""
        found = pledges.by_reference(self.tx, reference)
        return {"delegated": False} if found and found[1].maker_id == self.person_id else {}

    @property
    def _zone(self) -> ZoneInfo:
        return self.person.zone if self.person else self.rules.zone

    @property
    def _today(self) -> date:
        return self.now.astimezone(self._zone).date()

    def _join(self, effect: say.Join) -> None:
        chat = (self.incoming.channel, self.incoming.address)
        new = newcomer(self.rules, chat, effect.language)
        values = {"language": new.language, "zone": new.zone.key, "weekday": new.weekday, "window": new.window}
        self.person_id = people.add(self.tx, values, *chat, self.incoming.user, self.now)
        people.consent(self.tx, *chat, effect.consent_version, self.now)
        if effect.workshop_id is not None:
            workshops.attend(self.tx, self.person_id, effect.workshop_id, self.now)

    def _ask_once(self) -> None:
        """After two people have become one: of two open questions about the same pledges the later is taken back."""
        if self.person_id is None:
            return
        known: set[str] = set()
        for key, state in prompts.open_occasions(self.tx, (self.person_id,)).get(self.person_id, {}).items():
            about = asked_about(state)
            if about and known.issuperset(about):
                self._settle(key)
            known |= set(about)

    def _answered(self, reference: str) -> None:
        """Whatever was asked about this pledge has its answer; open questions that want no other one are settled."""
        occasions.answered(self.tx, reference)
        for person_id, waiting in prompts.open_occasions(self.tx, self._asked_about(reference)).items():
            for key, state in waiting.items():
                about = asked_about(state)
                if reference not in about or (person_id == self.person_id and occasions.unanswered(self.tx, about)):
                    continue
                if person_id == self.person_id or len(about) == 1:
                    self._settle(key)

    def _asked_about(self, reference: str) -> set[int]:
        """Everybody who may have been asked about this pledge."""
        mine = set() if self.person_id is None else {self.person_id}
        return mine | set(occasions.asked_people(self.tx, reference))

    def _settle(self, key: str) -> None:
        channel = posting.settle(self.tx, key, "", self.now, f"settled:{key}:{new_key()}")
        self.channels |= {channel} if channel else set()


def asked_about(state: State) -> tuple[str, ...]:
    """The pledges that a question of the bot is about."""
    match state:
        case CheckingIn() | AskingOutcome() | AskingStep() | AskingLasting():
            return (state.reference,)
        case CheckingInAll() | ListingOutcomes() | AskingHowToGoOn() | AskingSteps() | ListingLasting():
            return state.references
    return ()
