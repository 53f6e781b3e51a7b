"""The rules of the cadence once more, written from their wording, to judge what people were really asked.

Shares no code with the rules that it judges, but for the names of what is asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays

from bot.domain.kinds import Kind
from bot.domain.pledge import Pledge

BERLIN = ZoneInfo("Europe/Berlin")
WINDOWS = {"morning": (9 * 60, 12 * 60), "afternoon": (13 * 60 + 30, 17 * 60), "evening": (18 * 60, 20 * 60)}
CHECK = (Kind.CHECK_IN,)
END = (Kind.OUTCOME, Kind.REMINDER, Kind.LASTING)


@dataclass
class Message:
    """What was said at once to the maker, or to the partner: kind, pledge and round of each question in it."""

    to: str
    at: datetime
    about: tuple[tuple[Kind, str, int], ...]
    counted: bool = True
    answered: set[str] = field(default_factory=set)

    @property
    def day(self) -> date:
        return self.at.astimezone(BERLIN).date()


@dataclass(frozen=True)
class Promise:
    """A pledge as it was in the end, with the day of its workshop."""

    pledge: Pledge
    workshop: date


@dataclass(frozen=True)
class Circumstances:
    """When somebody may be written to: the letters of the Länder, days of rest, and days of leave."""

    laender: frozenset[str]
    window: str
    weekday: int
    rests: tuple[tuple[date, date], ...] = ()
    leave: tuple[date, date] | None = None

    def working(self, day: date) -> bool:
        return day.weekday() < 5 and day not in _free_days(self.laender, day.year)

    def resting(self, day: date) -> bool:
        turn = (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 6)
        return turn or any(first <= day <= last for first, last in self.rests)

    def on_leave(self, day: date) -> bool:
        return self.leave is not None and self.leave[0] <= day < self.leave[1]

    def allowed(self, day: date) -> bool:
        return self.working(day) and not self.resting(day) and not self.on_leave(day)

    def next_allowed(self, day: date) -> date:
        while not self.allowed(day):
            day += timedelta(days=1)
        return day

    def working_days_until(self, start: date, end: date) -> int:
        """How many allowed days lie after `start` up to `end`."""
        return sum(self.allowed(start + timedelta(days=n + 1)) for n in range((end - start).days))


@cache
def _free_days(laender: frozenset[str], year: int) -> frozenset[date]:
    days: set[date] = set()
    for land in laender:
        if land == "Bund":
            days |= set(holidays.country_holidays("DE", years=year))
            continue
        catholic = land in ("BY", "SN", "TH")
        categories = ("public", "catholic") if catholic else ("public",)
        days |= set(holidays.country_holidays("DE", subdiv=land, years=year, categories=categories))
        if land == "BY":
            days.add(date(year, 8, 8))
    return frozenset(days)


def monthly(workshop: date, months: int) -> date:
    """That many calendar months on, at most the last day of the month."""
    year, month = divmod(workshop.month - 1 + months, 12)
    first_of_next = date(workshop.year + year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(
        date(workshop.year + year, month + 1, 1) + timedelta(days=workshop.day - 1), first_of_next - timedelta(days=1)
    )


def last_call_day(one: Pledge, who: Circumstances) -> date | None:
    """The own weekday among the 5th to 9th working day before the date, else the latest allowed day among them, else
    the last allowed day before."""
    before = []
    day = one.due
    while len(before) < 9:
        day -= timedelta(days=1)
        if who.working(day):
            before.append(day)
    among = before[4:]
    own = [day for day in among if day.weekday() == who.weekday]
    allowed = [day for day in among if who.allowed(day)]
    if own and who.allowed(own[0]):
        found = own[0]
    elif allowed:
        found = allowed[0]
    else:
        found = among[-1]
        while not who.allowed(found):
            found -= timedelta(days=1)
            if one.due - found > timedelta(days=25):
                return None
    assert one.registered is not None
    left_out = one.due - found > timedelta(days=25) or found - one.registered <= timedelta(days=10)
    return None if left_out else found


def outcome_day(one: Pledge, who: Circumstances) -> date:
    """The date, or the next allowed day; ten days after a claim at the earliest."""
    assert one.registered is not None
    return who.next_allowed(max(one.due, one.registered + timedelta(days=10)) if one.claimed else one.due)


def check_ins(promise: Promise, who: Circumstances) -> list[date]:
    """The check-ins of somebody with one pledge who answers at once, never puts anything off, and has no leave."""
    one, ends = promise.pledge, outcome_day(promise.pledge, who)
    last_call = last_call_day(one, who)
    latest = last_call - timedelta(days=11) if last_call else ends - timedelta(days=8)
    assert one.registered is not None
    came_late = one.registered > promise.workshop
    earliest = one.registered + timedelta(days=10) if came_late else date.min
    found: list[date] = []
    dates = [monthly(promise.workshop, n) for n in range(1, 16)]
    if came_late:
        dates = [day for day in dates if day > one.registered]
    for number, monthly_date in enumerate(dates[:-1]):
        day = _own_weekday(max(monthly_date, earliest), who)
        following = _own_weekday(max(dates[number + 1], earliest), who)
        if day >= dates[number + 1] and following <= latest:
            continue  # only the later of the two
        if day > latest:
            break
        found.append(day)
        earliest = day + timedelta(days=21)
    return found


def _own_weekday(day: date, who: Circumstances) -> date:
    while day.weekday() != who.weekday:
        day += timedelta(days=1)
    return who.next_allowed(day)


def broken(messages: Sequence[Message], promises: Iterable[Promise], who: Circumstances) -> list[str]:
    """What was done against the rules, in words; empty when all was well."""
    return [*_quiet_times(messages, who), *_caps(messages), *(
        problem for promise in promises for problem in _course(promise, messages, who)
    )]  # fmt: skip


def _quiet_times(messages: Sequence[Message], who: Circumstances) -> Iterable[str]:
    opens, closes = WINDOWS[who.window]
    for message in messages:
        if message.to != "maker":
            continue
        local = message.at.astimezone(BERLIN)
        if not who.allowed(local.date()):
            yield f"on a blocked day: {local.date()} {message.about}"
        if not opens <= local.hour * 60 + local.minute < closes:
            yield f"outside of the window: {local.time()} {message.about}"


def _caps(messages: Sequence[Message]) -> Iterable[str]:
    days: defaultdict[str, list[date]] = defaultdict(list)
    for message in messages:
        if message.counted:
            days[message.to].append(message.day)
    for to, sent in days.items():
        for length, most in ((1, 1), (7, 2), (30, 5)):
            for start in sent:
                count = sum(0 <= (day - start).days < length for day in sent)
                if count > most:
                    yield f"{count} messages to the {to} in {length} days from {start}"


def _course(promise: Promise, messages: Sequence[Message], who: Circumstances) -> Iterable[str]:
    one = promise.pledge
    mine = sorted(
        ((message.day, kind, number, message) for message in messages for kind, reference, number in message.about
         if reference == one.reference), key=lambda entry: entry[3].at,
    )  # fmt: skip
    days: defaultdict[Kind, list[date]] = defaultdict(list)
    for day, kind, _, _ in mine:
        days[kind].append(day)
    if not days[Kind.OUTCOME]:
        yield f"{one.reference} was never asked for its outcome"
        return
    outcome = days[Kind.OUTCOME][-1] if not one.extended else next(d for d in days[Kind.OUTCOME] if d >= one.due)
    if not one.extended:
        outcome = days[Kind.OUTCOME][0]
    yield from _spacing(mine)
    for asked in {days[Kind.OUTCOME][0], outcome}:
        for day, kind, _, _ in mine:
            extended = one.extended and kind in END
            if asked - timedelta(days=7) <= day < asked and kind is not Kind.LAST_CALL and not extended:
                yield f"{kind} on {day}, in the week before the outcome question of {asked}"
    for day, kind, _, message in mine:
        if day > outcome and kind not in END:
            yield f"{kind} on {day}, after the outcome question of {outcome}"
        if day > outcome and kind is Kind.OUTCOME and who.working_days_until(outcome, day) > 10 and not one.extended:
            yield f"the outcome was put off from {outcome} to {message.day}"
    planned = {number: day for day, kind, number, _ in reversed(mine) if kind is Kind.CHECK_IN}.values()
    for call in days[Kind.LAST_CALL]:
        if any(timedelta(0) <= call - day < timedelta(days=11) for day in planned):
            yield f"a check-in within eleven days before the last call of {call}"
    if outcome < outcome_day(one, who):
        yield f"the outcome was asked on {outcome}, too early"
    yield from _silence(one.reference, mine, who)


def _spacing(mine: Sequence[tuple[date, Kind, int, Message]]) -> Iterable[str]:
    rounds = [(day, number, message) for day, kind, number, message in mine if kind is Kind.CHECK_IN]
    for (earlier, one, _), (later, other, message) in pairwise(rounds):
        if one == other and message.counted and len(message.about) == 1:
            yield f"check-in {one} twice, on {earlier} and {later}"
        if one != other and later - earlier < timedelta(days=21):
            yield f"check-ins on {earlier} and {later}"


def _silence(reference: str, mine: Sequence[tuple[date, Kind, int, Message]], who: Circumstances) -> Iterable[str]:
    """Nudges and questions to partners: once a round, only on silence, in their time; and what follows on silence."""
    silent, check_in, in_round = 0, date.min, list[Kind]()
    answered_round, number = True, 0
    for day, kind, round_, message in mine:
        if kind is Kind.CHECK_IN and round_ != number:
            silent = 0 if answered_round else silent + 1
            number, answered_round, in_round = round_, False, []
        if kind is Kind.CHECK_IN:
            check_in, answered = day, False
        if kind in (Kind.NUDGE, Kind.PARTNER):
            if kind in in_round or round_ != number:
                yield f"{kind} once more in round {number}, on {day}"
            if who.working_days_until(check_in, day) < (5 if kind is Kind.NUDGE else 10):
                yield f"{kind} on {day}, too soon after {check_in}"
            if answered:
                yield f"{kind} on {day}, although there was an answer since {check_in}"
            if silent > 2:
                yield f"{kind} on {day}, after {silent} silent rounds"
            in_round.append(kind)
        if reference in message.answered:
            silent, answered, answered_round = 0, True, True


def partners_missed(reference: str, messages: Sequence[Message], who: Circumstances) -> list[str]:
    """The silent check-ins of a joint pledge after which no partner was asked, although there was the time for it."""
    mine = [(m.day, kind, number) for m in sorted(messages, key=lambda m: m.at) for kind, ref, number in m.about
            if ref == reference and not (kind is Kind.FIRST_STEP and len(m.about) > 1)]  # fmt: skip
    found = []
    for place, (day, kind, number) in enumerate(mine):
        if kind is not Kind.CHECK_IN or number > 3:
            continue
        following = [entry for entry in mine[place + 1 :] if entry[1] is not Kind.NUDGE]
        if following and following[0][1] is not Kind.PARTNER:
            quiet_from = min(day for day, kind, _ in mine if kind is Kind.OUTCOME) - timedelta(days=7)
            last = min(following[0][0], quiet_from) - timedelta(days=2)  # a day more for the partner's own window
            if who.working_days_until(day, last) >= 10:
                found.append(f"nobody was asked after {day}, before {following[0]}")
    return found


def longest_wait(messages: Sequence[Message], since: date, until: date, who: Circumstances) -> int:
    """The most days in a row without a question, not counting days of rest and of leave."""
    asked = sorted({since, until, *(m.day for m in messages if m.to == "maker" and since <= m.day <= until
                                    and m.about[0][0] is not Kind.BROADCAST)})  # fmt: skip
    return max(
        (sum(not who.resting(day) and not who.on_leave(day) for day in _between(earlier, later))
         for earlier, later in pairwise(asked)), default=0,
    )  # fmt: skip


def _between(earlier: date, later: date) -> Iterable[date]:
    return (earlier + timedelta(days=n + 1) for n in range((later - earlier).days))
