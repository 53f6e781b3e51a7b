"""The help desk: calls come in, somebody takes them, both sides talk, and the promised days are watched."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.dialogue import talking
from bot.dialogue import team_effects as does
from bot.dialogue.effects import CallForHelp
from bot.dialogue.message import Fact, Say
from bot.dialogue.organising import desk_news
from bot.dialogue.organising.help_desk import TalkingToCaller
from bot.dialogue.state import State
from bot.dialogue.talking import TalkingToTeam
from bot.domain.call import Call
from bot.domain.people import Account, Person
from bot.service import deciding, posting
from bot.service.installation import Installation, Rules
from bot.service.work_messages import at_work, reachable, tell
from bot.store import calls, people, pledges, prompts, restorations
from bot.texts import Speaker, speaker

MORNING, EVENING = time(8), time(18)
"""When the team is reminded, in the installation's zone."""
RESUMABLE = timedelta(days=7)
"""How long what is under way in a chat is not to be disturbed."""


class HelpDesk:
    """Writes down what one message says about calls for help. `channels` have something to send because of it."""

    def __init__(self, tx: Connection, rules: Rules, now: datetime) -> None:
        self._tx, self._rules, self._now = tx, rules, now
        self.channels: set[str] = set()

    def place(self, effect: CallForHelp, me: int) -> None:
        """Somebody calls; where help is wanted the team hears of it."""
        call_id = calls.place(self._tx, me, effect.reference, effect.obstacle, effect.wanted, self._now)
        if call_id is not None:
            self._announce(call_id, desk_news.new_call, but=me)

    def write(self, effect: Fact, me: int) -> bool:
        """Write it down; False where the effect is about something else."""
        writer = _WRITERS.get(type(effect))
        if writer:
            writer(self, effect, me)
        return writer is not None

    def _take(self, effect: does.TakeCall, me: int) -> None:
        call = self._call(effect.call_id)
        calls.assign(self._tx, call.id, me, self._now)
        if call.organiser_id not in (None, me) and (before := reachable(self._tx, call.organiser_id, self._now)):
            self._tell([before], lambda t: desk_news.taken_over(t, call))

    def _hand_on(self, effect: does.HandOnCall, me: int) -> None:
        calls.assign(self._tx, effect.call_id, None, self._now)
        self._announce(effect.call_id, desk_news.handed_on, but=me)

    def _tell_caller(self, effect: does.TellCaller, me: int) -> None:
        call = self._call(effect.call_id)
        found = self._chat_of(call.person_id, TalkingToTeam(call.id))
        if found is None:
            return
        person, account, place = found
        t = speaker(person.language)
        if place != TalkingToTeam(call.id):
            here = place is None or place.optional
            self._post(account, talking.team_writes(t, call, here=here), aside=not here)
        self._post(account, talking.words(t, effect.text, team=True), keep=False)

    def _tell_team(self, effect: does.TellTeam, me: int) -> None:
        """To whoever looks after the call; in their absence to all the others who could."""
        call = self._call(effect.call_id)
        team = at_work(self._tx, self._rules, call.workshop_id, self._now)
        carer = call.organiser_id is not None and reachable(self._tx, call.organiser_id, self._now)
        for person, _ in [carer] if carer else [reader for key, reader in team.items() if key != me]:
            state = TalkingToCaller(call.id, call.workshop_id)
            found = self._chat_of(person.id, state)
            if found is None:
                continue
            _, account, place = found
            t = speaker(person.language)
            if place != state:
                self._tell([(person, account)], lambda t: talking.caller_writes(t, call))
            self._post(account, talking.words(t, effect.text, team=False), keep=False)

    def _note(self, effect: does.NoteCall, me: int) -> None:
        calls.note(self._tx, effect.call_id, me, effect.text, self._now)

    def _promise(self, effect: does.PromiseDay, me: int) -> None:
        call = self._call(effect.call_id)
        calls.promise(self._tx, call.id, effect.day)
        self._tell_person(call, lambda t, today: desk_news.promised(t, call, effect.day, today))

    def _close(self, effect: does.CloseCall, me: int) -> None:
        call = self._call(effect.call_id)
        calls.close(self._tx, call.id, self._now)
        self._tell_person(call, lambda t, today: talking.did_it_help(t, call))

    def _rate(self, effect: does.RateHelp, me: int) -> None:
        call = self._call(effect.call_id)
        calls.rate(self._tx, call.id, effect.helped)
        if not effect.helped:
            calls.close(self._tx, call.id, None)
            self._announce(call.id, desk_news.not_helped, but=me)

    def _ask_both_sides(self, effect: does.AskBothSides, me: int) -> None:
        call = self._call(effect.call_id)
        found = pledges.by_reference(self._tx, effect.reference)
        if found is None or found[1].maker_id is None:
            return
        pledge_id, pledge = found
        number = calls.introduce(self._tx, call.id, pledge_id)
        if number is None:
            return
        maker_id = found[1].maker_id
        deciding.ask(
            self._tx, self._rules, maker_id, pledge_id,
            lambda t: talking.meet(t, number, pledge.reference, caller=False), self._now,
        )  # fmt: skip
        self._tell_person(call, lambda t, today: talking.meet(t, number, "", caller=True))

    def _agree_to_meet(self, effect: does.AgreeToMeet, me: int) -> None:
        row = calls.consent(self._tx, effect.introduction_id, effect.willing, caller=effect.caller)
        if row and row.caller_willing and row.maker_willing and (call := calls.by_id(self._tx, row.call_id)):
            self._announce(call.id, lambda t, call: desk_news.both_willing(t, call, row.reference))

    def _call(self, call_id: int) -> Call:
        found = calls.by_id(self._tx, call_id)
        if found is None:
            raise LookupError("This call is no more.")  # decided again: whoever called has gone meanwhile
        return found

    def _announce(self, call_id: int, say: Callable[[Speaker, Call], Say], but: int | None = None) -> None:
        """Tell whoever looks after the call; where nobody does or they are away, all who could."""
        call = self._call(call_id)
        carer = call.organiser_id is not None and reachable(self._tx, call.organiser_id, self._now)
        team = at_work(self._tx, self._rules, call.workshop_id, self._now)
        readers = [carer] if carer else [reader for key, reader in team.items() if key != but]
        self._tell(readers, lambda t: say(t, call))

    def _tell(self, readers: list[tuple[Person, Account]], say: Callable[[Speaker], Say]) -> None:
        self.channels |= tell(self._tx, readers, say, self._now)

    def _tell_person(self, call: Call, say: Callable[..., Say]) -> None:
        """Tell whoever called, beside what is under way in their chat."""
        found = self._chat_of(call.person_id, None)
        if found is None:
            return
        person, account, place = found
        said = say(speaker(person.language), self._now.astimezone(person.zone).date())
        self._post(account, said, aside=place is not None and not place.optional)

    def _chat_of(self, person_id: int, talk: State | None) -> tuple[Person, Account, State | None] | None:
        """Where to write to somebody, and what is under way there: the chat in which they are in this talk, else the
        one that they prefer. None where they want no messages or cannot be reached."""
        known = people.with_accounts(self._tx, (person_id,)).get(person_id)
        if known is None or known[0].stopped:
            return None
        person, accounts = known
        since = self._now - RESUMABLE
        places = [
            (account, prompts.place(self._tx, account.channel, account.address, since))
            for account in accounts if account.reachable
        ]  # fmt: skip
        talking_in = [one for one in places if talk is not None and one[1] == talk]
        return next(((person, *one) for one in (*talking_in, *places)), None)

    def _post(self, account: Account, say: Say, *, aside: bool = False, keep: bool = True) -> None:
        self.channels.add(posting.post_to(self._tx, account, say, self._now, aside=aside, keep=keep))


_WRITERS: dict[type[Fact], Callable[..., None]] = {
    does.TakeCall: HelpDesk._take,
    does.HandOnCall: HelpDesk._hand_on,
    does.TellCaller: HelpDesk._tell_caller,
    does.TellTeam: HelpDesk._tell_team,
    does.NoteCall: HelpDesk._note,
    does.PromiseDay: HelpDesk._promise,
    does.CloseCall: HelpDesk._close,
    does.RateHelp: HelpDesk._rate,
    does.AskBothSides: HelpDesk._ask_both_sides,
    does.AgreeToMeet: HelpDesk._agree_to_meet,
}


class PromiseWatch:
    """Watches the days until which the team has promised to get in touch."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def remind(self) -> frozenset[str]:
        """On the promised day whoever looks after the call is reminded, on the day after it all who could. In working
        hours. Gives the channels that have something to send. After a restore nobody is reminded until an administrator
        has seen what was due."""
        now, rules = self._installation.now(), self._installation.rules
        local = now.astimezone(rules.zone)
        today = local.date()
        if local.weekday() > 4 or not MORNING <= local.time() < EVENING:
            return frozenset()
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            due = any(_is_due(call, times, local) for call, times in calls.promised_by(tx, today))
            if not due or restorations.unseen(tx):
                return frozenset()
        channels: set[str] = set()
        with self._installation.engine.begin() as tx:
            for call, times in calls.promised_by(tx, today):
                if not _is_due(call, times, local):
                    continue
                team = at_work(tx, rules, call.workshop_id, now)
                carer = call.organiser_id is not None and reachable(tx, call.organiser_id, now)
                readers = [carer] if carer and times == 0 else list(team.values())
                channels |= tell(tx, readers, lambda t, call=call: desk_news.promise_due(t, call, today), now)  # type: ignore[misc]
                calls.reminded(tx, call.id, 1 if call.promised == today else 2)
        return frozenset(channels)

    def after(self, tx: Connection, now: datetime) -> datetime | None:
        """When it looks for the first time after `now` (UTC), once every working morning; None where nothing is
        promised."""
        if not calls.promised_by(tx, date.max):
            return None
        local = now.astimezone(self._installation.rules.zone)
        days = (local.date() + timedelta(days=number) for number in range(4))
        mornings = (datetime.combine(day, MORNING, local.tzinfo) for day in days if day.weekday() < 5)
        return next(morning for morning in mornings if morning > local).astimezone(UTC)


def _is_due(call: Call, times: int, local: datetime) -> bool:
    assert call.promised is not None
    return times == 0 or (times == 1 and call.promised < local.date())
