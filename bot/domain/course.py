"""What one pledge wants by itself, whatever else its people are asked: computed from its anchor dates and from what was
asked about it, never from the last message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from bot.domain.cadence import (
    ANSWERING,
    APART,
    BEFORE_LAST_CALL,
    BEFORE_OUTCOME,
    LAST_CALL_DAYS,
    LAST_CALL_EARLIEST,
    PATIENCE,
    SETTLING_IN,
    Asked,
    Matter,
)
from bot.domain.kinds import Kind, Rule, Unit
from bot.domain.pledge import Pledge
from bot.domain.quiet_times import Calendar

_DAY = timedelta(days=1)
_ROUND = (Kind.CHECK_IN, Kind.NUDGE, Kind.PARTNER)


@dataclass(frozen=True)
class Course:
    """One pledge in the calendar of whoever is asked about it. Nothing is asked before `opening_day`. `rules` holds
    the cadence's rows by their kind.

    The days given here keep to the quiet times, and to no cap.
    """

    matter: Matter
    calendar: Calendar
    rules: Mapping[Kind, Rule]
    opening_day: date

    @property
    def pledge(self) -> Pledge:
        return self.matter.pledge

    @property
    def asked(self) -> Sequence[Asked]:
        return self.matter.asked

    @property
    def seniority(self) -> tuple[date, date, str]:
        """What tells which of a person's open pledges is the earliest."""
        return self.matter.workshop_day, self.pledge.registered or date.min, self.pledge.reference

    def days(self, *kinds: Kind) -> list[date]:
        """The days when one of these was asked, ascending."""
        return sorted(self.calendar.day_of(asked.at) for asked in self.asked if asked.kind in kinds)

    # How it begins

    @property
    def joined_late(self) -> date | None:
        """When it was registered or claimed, if the workshop was over by then."""
        registered = self.pledge.registered
        return registered if registered and registered > self.matter.workshop_day else None

    @cached_property
    def settled(self) -> date:
        """The first day on which somebody who came late is asked anything, but for the outcome."""
        return self.joined_late + SETTLING_IN if self.joined_late else date.min

    # How it ends

    @cached_property
    def outcome_day(self) -> date:
        """The day of the outcome question by itself. One who claims a pledge is given ten days; one who wrote it knows
        its date."""
        due = max(self.pledge.due, self.settled) if self.pledge.claimed else self.pledge.due
        rule = self.rules.get(Kind.OUTCOME)
        return self.calendar.first_allowed(rule.day(due, self.calendar) if rule else due)

    @cached_property
    def outcome_days(self) -> list[date]:
        """When the outcome was asked for the date that holds now: what came before is another question since the
        pledge was extended."""
        return [day for day in self.days(Kind.OUTCOME) if day >= self.pledge.due]

    @property
    def is_ending(self) -> bool:
        """Whether the outcome was asked: nothing but what follows on that comes any more."""
        return bool(self.outcome_days)

    @cached_property
    def last_call_days(self) -> tuple[date, date] | None:
        """The earliest and the latest day on which the last call may come at all."""
        rule = self.rules.get(Kind.LAST_CALL)
        if rule is None:
            return None
        earliest = self.pledge.due - LAST_CALL_EARLIEST
        if self.pledge.registered:
            earliest = max(earliest, self.pledge.registered + SETTLING_IN + _DAY)
        return earliest, rule.day(self.pledge.due, self.calendar)

    @cached_property
    def last_call_day(self) -> date | None:
        """The day of the last call; None where it is left out."""
        bounds, rule = self.last_call_days, self.rules.get(Kind.LAST_CALL)
        if bounds is None or rule is None:
            return None
        earliest, latest = bounds
        if rule.unit is Unit.WORKING_DAYS:
            first = self.calendar.working_day_before(latest, LAST_CALL_DAYS - 1)
        else:
            first = latest - timedelta(days=6)
        own = self.calendar.last_own_weekday(first, latest)
        day = own if own and self.calendar.is_allowed(own) else self.calendar.last_allowed(latest)
        return day if day and day >= earliest else None

    @cached_property
    def called_last(self) -> date | None:
        """When the last call for the date that holds now was made."""
        mine = [asked for asked in self.asked if asked.kind is Kind.LAST_CALL and asked.round == self.last_call_round]
        days = [self.calendar.day_of(asked.at) for asked in mine]
        # The date may have been moved freely after a last call, if no check-in had come before it.
        return next((day for day in days if self.pledge.due - day <= LAST_CALL_EARLIEST), None)

    @property
    def last_call_round(self) -> int:
        """Tells the last calls before and after an extension apart."""
        return int(self.pledge.extended)

    @property
    def quiet_from(self) -> date:
        """The day from which on nothing but the last call and the outcome is asked."""
        return self.outcome_day - BEFORE_OUTCOME

    @cached_property
    def last_check_in_day(self) -> date:
        """No check-in comes later."""
        last_call = self.called_last or self.last_call_day
        return last_call - BEFORE_LAST_CALL if last_call else self.quiet_from - _DAY

    @cached_property
    def reminder_day(self) -> date | None:
        """Once; a day that was asked for with "Später" replaces it."""
        rule = self.rules.get(Kind.REMINDER)
        if rule is None or len(self.outcome_days) != 1 or self.later:
            return None
        first = self.outcome_days[0]
        if any(day >= first for day in self.days(Kind.REMINDER)):
            return None
        return self.calendar.first_allowed(rule.day(first, self.calendar))

    @cached_property
    def closing_day(self) -> date | None:
        """When it closes quietly; not before its reminder. Where nobody is asked: on the day when it would if the
        outcome and its reminder had been asked and nobody had answered."""
        rule = self.rules.get(Kind.CLOSE)
        if rule is None:
            return None
        if self.matter.unasked:
            last = self._unasked_end
        elif not self.outcome_days or self.later or self.reminder_day:
            return None
        else:
            last = max(self.outcome_days[-1], *self.days(Kind.OUTCOME, Kind.REMINDER))
        return self.calendar.first_allowed(rule.day(last, self.calendar))

    @property
    def _unasked_end(self) -> date:
        """When the last question about its outcome was asked, or would have been."""
        outcome = self.outcome_days[0] if self.outcome_days else self.outcome_day
        reminder = self.rules.get(Kind.REMINDER)
        last = self.calendar.first_allowed(reminder.day(outcome, self.calendar)) if reminder else outcome
        return max(last, self.later or last, *self.outcome_days)

    @cached_property
    def lasting_day(self) -> date | None:
        """When it is asked what has lasted, if that is wished and was not asked yet."""
        rule, ended = self.rules.get(Kind.LASTING), self.pledge.outcome_at
        if rule is None or ended is None or not self.pledge.recalled or self.days(Kind.LASTING):
            return None
        return self.calendar.first_allowed(rule.day(self.calendar.day_of(ended), self.calendar))

    # The first step

    @cached_property
    def first_step_day(self) -> date | None:
        """The day by itself; None where it is not asked (any more)."""
        rule = self.rules.get(Kind.FIRST_STEP)
        if rule is None or self.is_ending or self.days(Kind.FIRST_STEP) or self.is_sparse:
            return None
        day = self.pledge.first_step_day or rule.day(self.matter.workshop_day, self.calendar)
        if self.joined_late and day <= self.joined_late:
            return None
        day = self.calendar.first_allowed(max(day, self.settled))
        last_call = self.called_last or self.last_call_day
        return None if day >= self.quiet_from or (last_call and day >= last_call) else day

    # Check-ins, and silence

    @cached_property
    def last_round(self) -> int:
        """The number of the last check-in, 0 before the first."""
        return max((asked.round for asked in self.asked if asked.kind is Kind.CHECK_IN), default=0)

    def first_asked(self, number: int) -> date:
        """The day of a round's check-in."""
        days = (asked.at for asked in self.asked if asked.kind is Kind.CHECK_IN and asked.round == number)
        return self.calendar.day_of(min(days))

    @cached_property
    def earlier_ends(self) -> list[date]:
        """When it was asked for the outcome of an earlier date: as good as a check-in."""
        if not self.pledge.extended:
            return []
        current = {*self.outcome_days, self.called_last}
        return [day for day in self.days(Kind.OUTCOME, Kind.LAST_CALL) if day not in current]

    @cached_property
    def served_until(self) -> date:
        """Monthly dates up to this day have had their check-in, or are past for somebody who came late."""
        served = [self.first_asked(self.last_round)] if self.last_round else []
        ends = [day for day in self.earlier_ends if day in self.days(Kind.OUTCOME)]
        return max([*served, *ends, self.joined_late or date.min])

    @cached_property
    def spaced_from(self) -> date:
        """The first day that is far enough from the check-in before."""
        return max((day + APART for day in (*self.days(Kind.CHECK_IN), *self.earlier_ends)), default=date.min)

    @cached_property
    def silent_rounds(self) -> int:
        """How many of the last rounds were silent, if the latest stays so. What rest periods or a pause cover is no
        silence."""
        return self._silent_rounds(self.last_round)

    @property
    def is_sparse(self) -> bool:
        """Whether only the end is still asked about, from now on."""
        return self.pledge.only_at_end or self.silent_rounds > PATIENCE

    @cached_property
    def round_was_sparse(self) -> bool:
        """Whether the last check-in was asked of somebody of whom only the end is asked."""
        return self.pledge.only_at_end or self._silent_rounds(self.last_round - 1) > PATIENCE

    @property
    def asked_how_to_go_on(self) -> bool:
        """Whether the last check-in asked that."""
        return self._silent_rounds(self.last_round - 1) == PATIENCE and not self.pledge.only_at_end

    def _silent_rounds(self, latest: int) -> int:
        silent = 0
        for number in range(latest, 0, -1):
            of_round = [asked for asked in self.asked if asked.round == number and asked.kind in _ROUND]
            if not of_round or any(asked.answered for asked in of_round):
                break
            begun = self.first_asked(number)
            ended = self.first_asked(number + 1) if number < self.last_round else max(begun + APART, self.opening_day)
            if self.calendar.add_working_days(begun, ANSWERING) < ended:
                silent += 1
        return silent

    def after_silence(self, kind: Kind) -> date | None:
        """The day of the nudge, or of the question to a partner: once a round, while its check-in is the last that
        was asked, and before the quiet days."""
        rule, check_ins = self.rules.get(kind), [asked for asked in self.asked if asked.kind is Kind.CHECK_IN]
        if rule is None or not check_ins or self.is_ending or self.round_was_sparse:
            return None
        last = max(check_ins, key=lambda asked: asked.at)
        for asked in self.asked:
            if asked.round == last.round and asked.kind in _ROUND:
                overtaken = asked.kind is kind or (kind is Kind.NUDGE and asked.kind is Kind.PARTNER)
                if overtaken or (asked.answered and asked.at >= last.at):
                    return None
            elif asked.at > last.at:
                return None
        day = self.calendar.first_allowed(rule.day(self.calendar.day_of(last.at), self.calendar))
        return day if day < self.quiet_from else None

    @cached_property
    def later(self) -> date | None:
        """The day that was asked for with "Später", until something is asked on it or after it."""
        last = max((asked.at for asked in self.asked), default=None)
        pending = self.pledge.later and (last is None or self.calendar.day_of(last) < self.pledge.later)
        return self.pledge.later if pending else None

    @property
    def put_off(self) -> tuple[Kind, int]:
        """What "Später" put off: kind and round."""
        if self.is_ending:
            return Kind.OUTCOME, 0
        last = max(self.asked, key=lambda asked: asked.at, default=None)
        if last and last.kind is Kind.FIRST_STEP:
            return Kind.FIRST_STEP, 0
        return Kind.CHECK_IN, self.last_round
