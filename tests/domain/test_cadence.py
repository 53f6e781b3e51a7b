"""The cadence by example. Anna lives in Berlin, likes Wednesday mornings, and made BER-042 on 9 July 2025."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cadence import DEFAULT, Asked, Kind, Occasion, Rule, Unit, next_occasion, planned, postponements
from bot.domain.land import Land
from bot.domain.pledge import Pledge, Stage
from bot.domain.quiet_times import Calendar, RestPeriod, Window

BERLIN = ZoneInfo("Europe/Berlin")
WORKSHOP = date(2025, 7, 9)
ANNA = Calendar(BERLIN, Window.MORNING, 2, frozenset({Land.BE}))
PLEDGE = Pledge(
    "BER-042", 1, "Wir eröffnen ein Bürgerbüro", date(2026, 1, 9), Stage.RUNNING, maker_id=42, registered=WORKSHOP
)


def at(day: str, hour: int = 10) -> datetime:
    """That hour in Berlin on a day of the half-year from July: "13.8." is 2025, "7.1." is 2026."""
    number, month = (int(part) for part in day.rstrip(".").split("."))
    return datetime.combine(on(number, month), time(hour), BERLIN).astimezone(UTC)


def on(number: int, month: int) -> date:
    return date(2025 if month >= 7 else 2026, month, number)


def asked(kind: Kind, day: str, number: int = 0, answered: bool = False) -> Asked:
    return Asked(kind, number, at(day), answered)


def told(occasion: Occasion | None) -> str:
    """An occasion as one would say it: "check_in 2, 10.9."."""
    if occasion is None:
        return "nothing"
    day = ANNA.day_of(occasion.at)
    return f"{occasion.kind}{f' {occasion.round}' if occasion.round else ''}, {day.day}.{day.month}."


def following(history: Sequence[Asked], now: datetime, pledge: Pledge = PLEDGE, calendar: Calendar = ANNA) -> str:
    return told(next_occasion(pledge, WORKSHOP, history, calendar, now))


class TestWhoAlwaysAnswers:
    def test_is_asked_every_month_and_for_the_outcome(self) -> None:
        assert [told(occasion) for occasion in planned(PLEDGE, WORKSHOP, ANNA)] == [
            "check_in 1, 13.8.",
            "check_in 2, 10.9.",
            "check_in 3, 15.10.",
            "check_in 4, 12.11.",
            "check_in 5, 10.12.",
            "outcome, 9.1.",
        ]

    def test_at_the_same_time_by_the_clock_on_the_wall(self) -> None:
        moments = [occasion.at for occasion in planned(PLEDGE, WORKSHOP, ANNA)]
        assert {moment.astimezone(BERLIN).time() for moment in moments} == {time(10, 23)}
        assert {moment.time() for moment in moments} == {time(8, 23), time(9, 23)}

    @pytest.mark.parametrize(
        ("due", "plan"),
        [
            (on(29, 7), ["outcome, 29.7."]),
            (on(20, 8), ["outcome, 20.8."]),  # 13 August would be seven days before
            (on(21, 8), ["check_in 1, 13.8.", "outcome, 21.8."]),
            (on(24, 8), ["check_in 1, 13.8.", "outcome, 25.8."]),  # a Sunday
            (on(3, 10), ["check_in 1, 13.8.", "check_in 2, 10.9.", "outcome, 6.10."]),
            (on(24, 12), [
                "check_in 1, 13.8.", "check_in 2, 10.9.", "check_in 3, 15.10.", "check_in 4, 12.11.",
                "check_in 5, 10.12.", "outcome, 7.1.",
            ]),
        ],
    )  # fmt: skip
    def test_no_check_in_comes_shortly_before_the_outcome(self, due: date, plan: list[str]) -> None:
        assert [told(occasion) for occasion in planned(replace(PLEDGE, due=due), WORKSHOP, ANNA)] == plan

    def test_a_pause_moves_what_it_covers_and_of_two_leaves_the_later(self) -> None:
        paused = replace(ANNA, paused_until=on(11, 10))
        assert [told(occasion) for occasion in planned(PLEDGE, WORKSHOP, paused)][:2] == [
            "check_in 3, 15.10.",
            "check_in 4, 12.11.",
        ]

    def test_check_ins_are_three_weeks_apart(self) -> None:
        recess = replace(ANNA, rests=(RestPeriod("Pause", on(9, 9), on(26, 9)),))
        assert [told(occasion) for occasion in planned(PLEDGE, WORKSHOP, recess)][:4] == [
            "check_in 1, 13.8.",
            "check_in 2, 29.9.",
            "check_in 3, 22.10.",  # 15 October would be sixteen days after
            "check_in 4, 12.11.",
        ]

    def test_a_check_in_that_reaches_the_next_one_gives_way(self) -> None:
        recess = replace(ANNA, rests=(RestPeriod("Pause", on(9, 9), on(8, 10)),))
        assert [told(occasion) for occasion in planned(PLEDGE, WORKSHOP, recess)][:3] == [
            "check_in 1, 13.8.",
            "check_in 3, 15.10.",
            "check_in 4, 12.11.",
        ]

    def test_but_not_when_that_one_would_come_too_late(self) -> None:
        recess = replace(ANNA, rests=(RestPeriod("Pause", on(9, 9), on(8, 10)),))
        due_soon = replace(PLEDGE, due=on(20, 10))
        assert [told(occasion) for occasion in planned(due_soon, WORKSHOP, recess)][1:] == [
            "check_in 2, 9.10.",
            "outcome, 20.10.",
        ]

    @pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.WITHDRAWN])
    def test_is_left_alone_afterwards(self, stage: Stage) -> None:
        over = replace(PLEDGE, stage=stage)
        assert planned(over, WORKSHOP, ANNA) == ()
        assert following([], at("10.7."), over) == "nothing"

    def test_nobody_is_asked_about_a_proposal(self) -> None:
        proposal = replace(PLEDGE, stage=Stage.PROPOSED, registered=None)
        assert following([], at("10.7."), proposal) == "nothing"
        assert len(planned(proposal, WORKSHOP, ANNA)) == 6


FIRST = asked(Kind.CHECK_IN, "13.8.", 1)
NUDGED = asked(Kind.NUDGE, "20.8.", 1)
LAST = asked(Kind.CHECK_IN, "10.12.", 5)
OUTCOME = asked(Kind.OUTCOME, "9.1.")
REMINDED = asked(Kind.REMINDER, "16.1.")


@pytest.mark.parametrize(
    ("history", "now", "next_one"),
    [
        ([], "9.7.", "check_in 1, 13.8."),
        ([FIRST], "13.8.", "nudge 1, 20.8."),
        ([replace(FIRST, answered=True)], "13.8.", "check_in 2, 10.9."),
        ([FIRST, NUDGED], "20.8.", "check_in 2, 10.9."),
        ([LAST], "10.12.", "nudge 5, 17.12."),
        ([replace(LAST, answered=True)], "10.12.", "outcome, 9.1."),
        ([OUTCOME], "9.1.", "reminder, 16.1."),
        ([OUTCOME, REMINDED], "16.1.", "close, 30.1."),
        ([replace(OUTCOME, answered=True)], "9.1.", "reminder, 16.1."),  # "läuft weiter", and then no new date
    ],
)
def test_what_follows(history: list[Asked], now: str, next_one: str) -> None:
    assert following(history, at(now, 18)) == next_one


class TestNudges:
    def test_give_way_to_the_quiet_days_before_the_outcome(self) -> None:
        due = replace(PLEDGE, due=on(27, 8))
        assert following([FIRST], at("13.8.", 18), due) == "outcome, 27.8."
        assert following([FIRST], at("13.8.", 18), replace(due, due=on(28, 8))) == "nudge 1, 20.8."

    def test_give_way_to_the_next_check_in(self) -> None:
        paused = replace(ANNA, paused_until=on(10, 9))
        assert following([FIRST], at("13.8.", 18), calendar=paused) == "check_in 2, 10.9."


class TestAfterDowntime:
    @pytest.mark.parametrize(
        ("history", "now", "next_one"),
        [
            ([], at("13.8.", 11), "check_in 1, 13.8."),
            ([], at("13.8.", 12), "check_in 1, 14.8."),
            ([], at("16.8."), "check_in 1, 18.8."),
            ([], at("9.9."), "check_in 2, 10.9."),
            ([FIRST], at("9.9."), "nudge 1, 9.9."),
            ([FIRST], at("10.9.", 11), "check_in 2, 10.9."),
            ([], at("5.1."), "outcome, 9.1."),
            ([FIRST], at("20.2.", 11), "outcome, 20.2."),
            ([OUTCOME], at("20.2.", 11), "reminder, 20.2."),
        ],
    )
    def test_the_due_one_comes_as_soon_as_may_be_and_what_it_overtakes_never(
        self, history: list[Asked], now: datetime, next_one: str
    ) -> None:
        assert following(history, now) == next_one

    def test_in_an_open_window_it_is_due_at_once(self) -> None:
        now = at("13.8.", 11)
        occasion = next_occasion(PLEDGE, WORKSHOP, [], ANNA, now)
        assert occasion is not None
        assert occasion.at == now


class TestWhoComesLate:
    @pytest.mark.parametrize(
        ("registered", "next_one"),
        [
            (on(9, 8), "check_in 2, 10.9."),  # 9 August is past
            (on(8, 8), "check_in 1, 20.8."),
            (on(20, 8), "check_in 2, 10.9."),
            (on(7, 9), "check_in 2, 17.9."),
        ],
    )
    def test_skips_the_past_and_has_ten_days(self, registered: date, next_one: str) -> None:
        now = datetime.combine(registered, time(12), UTC)
        assert following([], now, replace(PLEDGE, registered=registered, claimed=True)) == next_one

    @pytest.mark.parametrize(
        ("due", "claimed", "next_one"),
        [
            (on(1, 8), True, "outcome, 17.9."),  # long past: on the tenth day
            (on(10, 9), True, "outcome, 17.9."),
            (on(10, 9), False, "outcome, 10.9."),  # who types knows the date
            (on(22, 9), True, "outcome, 22.9."),
        ],
    )
    def test_is_always_asked_for_the_outcome(self, due: date, claimed: bool, next_one: str) -> None:
        late = replace(PLEDGE, registered=on(7, 9), due=due, claimed=claimed)
        assert following([], at("7.9."), late) == next_one
        assert told(planned(late, WORKSHOP, ANNA)[-1]) == next_one


class TestAnExtension:
    EXTENDED = replace(PLEDGE, due=on(9, 4), extended=True)
    HISTORY = (LAST, replace(OUTCOME, answered=True))

    def test_brings_check_ins_back_until_the_new_date(self) -> None:
        assert [told(occasion) for occasion in planned(self.EXTENDED, WORKSHOP, ANNA, asked=self.HISTORY)] == [
            "check_in 7, 11.2.",
            "check_in 8, 11.3.",
            "outcome, 9.4.",
        ]
        assert following(self.HISTORY, at("9.1.", 18), self.EXTENDED) == "check_in 7, 11.2."

    def test_has_a_reminder_of_its_own(self) -> None:
        history = (*self.HISTORY, REMINDED, asked(Kind.OUTCOME, "9.4."))
        assert following(history, at("9.4.", 18), self.EXTENDED) == "reminder, 16.4."


class TestLater:
    ANSWERED = replace(FIRST, answered=True)

    @pytest.mark.parametrize(
        ("history", "today", "due", "offered"),
        [
            ([FIRST], on(13, 8), PLEDGE.due, [on(14, 8), on(18, 8), on(20, 8)]),
            ([FIRST], on(15, 8), PLEDGE.due, [on(18, 8), on(20, 8), on(22, 8)]),
            ([FIRST], on(4, 9), PLEDGE.due, [on(5, 9), on(9, 9)]),  # the next check-in is on the 10th
            ([FIRST, asked(Kind.CHECK_IN, "8.9.", 1)], on(8, 9), PLEDGE.due, [on(9, 9)]),  # not by putting off either
            ([FIRST], on(13, 8), on(26, 8), [on(14, 8), on(18, 8)]),  # quiet from the 19th
            ([FIRST], on(13, 8), on(21, 8), []),
            ([LAST], on(18, 12), PLEDGE.due, [on(19, 12)]),  # then Christmas
            ([OUTCOME], on(9, 1), PLEDGE.due, [on(12, 1), on(14, 1), on(16, 1)]),
            ([OUTCOME], on(21, 1), PLEDGE.due, [on(22, 1)]),  # ten working days end on the 23rd
        ],
    )
    def test_offers_days_before_whatever_comes_next(
        self, history: list[Asked], today: date, due: date, offered: list[date]
    ) -> None:
        days = postponements(replace(PLEDGE, due=due), WORKSHOP, history, ANNA, today)
        assert list(days) == offered

    def test_asks_the_same_again_on_that_day_against_no_cap(self) -> None:
        occasion = next_occasion(replace(PLEDGE, later=on(18, 8)), WORKSHOP, [self.ANSWERED], ANNA, at("13.8.", 18))
        assert told(occasion) == "check_in 1, 18.8."
        assert occasion is not None
        assert occasion.requested

    def test_is_over_once_asked(self) -> None:
        history = [self.ANSWERED, asked(Kind.CHECK_IN, "18.8.", 1)]
        assert following(history, at("18.8.", 18), replace(PLEDGE, later=on(18, 8))) == "nudge 1, 25.8."

    def test_is_dropped_when_the_next_check_in_has_come(self) -> None:
        late = replace(ANNA, paused_until=on(10, 9))
        assert (
            following([self.ANSWERED], at("13.8.", 18), replace(PLEDGE, later=on(18, 8)), late) == "check_in 2, 10.9."
        )

    @pytest.mark.parametrize(("later", "closing"), [("20.1.", "3.2."), ("23.1.", "6.2.")])
    def test_replaces_the_reminder_of_the_outcome(self, later: str, closing: str) -> None:
        postponed = replace(PLEDGE, later=ANNA.day_of(at(later)))
        history = [replace(OUTCOME, answered=True)]
        assert following(history, at("9.1.", 18), postponed) == f"outcome, {later}"
        history.append(asked(Kind.OUTCOME, later))
        assert following(history, at(later, 18), postponed) == f"close, {closing}"


class TestACadenceOfOnesOwn:
    def test_every_fortnight_is_every_three_weeks_at_least(self) -> None:
        fortnightly = (Rule(Kind.CHECK_IN, 14, Unit.DAYS), Rule(Kind.OUTCOME, 2, Unit.WORKING_DAYS))
        plan = planned(replace(PLEDGE, due=on(9, 9)), WORKSHOP, ANNA, fortnightly)
        assert [told(occasion) for occasion in plan] == [
            "check_in 1, 23.7.",
            "check_in 2, 13.8.",
            "check_in 4, 3.9.",
            "outcome, 11.9.",
        ]

    def test_without_nudges_nobody_is_nudged(self) -> None:
        calm = tuple(rule for rule in DEFAULT if rule.kind is not Kind.NUDGE)
        assert told(next_occasion(PLEDGE, WORKSHOP, [FIRST], ANNA, at("13.8."), calm)) == "check_in 2, 10.9."

    @pytest.mark.parametrize(
        "wrong", [lambda: Rule(Kind.CHECK_IN, 0, Unit.DAYS), lambda: Rule(Kind.NUDGE, -1, Unit.DAYS)]
    )
    def test_cannot_run_backwards(self, wrong: Callable[[], Rule]) -> None:
        with pytest.raises(ValueError, match="too small"):
            wrong()


def test_people_s_pledges_come_at_the_same_minute() -> None:
    other = replace(PLEDGE, reference="MUC-007", due=PLEDGE.due + timedelta(days=30))
    assert planned(PLEDGE, WORKSHOP, ANNA)[0].at == planned(other, WORKSHOP, ANNA)[0].at
