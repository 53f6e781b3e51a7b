"""The cadence by example. Anna lives in Berlin, likes Wednesday mornings, and made BER-042 on 9 July 2025."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.agenda import Agenda
from bot.domain.cadence import DEFAULT, Asked, Aspect, Cadence, Kind, Matter, Occasion, Rule, Unit
from bot.domain.foresight import planned, postponements
from bot.domain.land import Land
from bot.domain.pledge import Outcome, Pledge, Stage
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


def agenda(
    history: Sequence[Asked],
    now: datetime,
    pledge: Pledge = PLEDGE,
    calendar: Calendar = ANNA,
    cadence: Cadence = DEFAULT,
    workshop: date = WORKSHOP,
) -> Agenda:
    sent = {calendar.day_of(one.at) for one in history}
    return Agenda([Matter(pledge, workshop, tuple(history), joint=True)], calendar, now, 42, cadence, sent)


def following(
    history: Sequence[Asked], now: datetime, pledge: Pledge = PLEDGE, calendar: Calendar = ANNA,
    cadence: Cadence = DEFAULT,
) -> str:  # fmt: skip
    return told(agenda(history, now, pledge, calendar, cadence).next(pledge.reference))


def plan(
    pledge: Pledge = PLEDGE, calendar: Calendar = ANNA, history: Sequence[Asked] = (), cadence: Cadence = DEFAULT,
    now: datetime | None = None, workshop: date = WORKSHOP,
) -> list[str]:  # fmt: skip
    """What comes to somebody who always answers."""
    now = now or datetime.combine(pledge.registered or workshop, time(15), UTC)
    sent = [calendar.day_of(one.at) for one in history]
    found = planned([Matter(pledge, workshop, tuple(history))], calendar, now, 42, cadence, sent)
    return [told(occasion) for occasion in found.upcoming(pledge.reference)]


def due(number: int, month: int) -> Pledge:
    return replace(PLEDGE, due=on(number, month))


class TestWhoAlwaysAnswers:
    def test_is_asked_every_month_and_for_the_outcome(self) -> None:
        """The last call would come in the days around the turn of the year, and therefore comes before them."""
        assert plan() == [
            "first_step, 23.7.",
            "check_in 1, 13.8.",
            "check_in 2, 10.9.",
            "check_in 3, 15.10.",
            "check_in 4, 12.11.",
            "last_call, 19.12.",
            "outcome, 9.1.",
        ]

    def test_at_the_same_time_by_the_clock_on_the_wall(self) -> None:
        moments = [occasion.at for occasion in agenda([], at("9.7.")).upcoming("BER-042")]
        assert {moment.astimezone(BERLIN).time() for moment in moments} == {time(10, 23)}
        assert {moment.time() for moment in moments} == {time(8, 23), time(9, 23)}

    def test_the_third_asks_for_confidence_and_the_last_for_what_is_missing(self) -> None:
        check_ins = [o for o in agenda([], at("9.7.")).upcoming("BER-042") if o.kind is Kind.CHECK_IN]
        assert [set(occasion.aspects) for occasion in check_ins] == [
            set(), set(), {Aspect.CONFIDENCE}, {Aspect.MISSING}
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("pledge", "end"),
        [
            (due(29, 7), ["outcome, 29.7."]),  # too soon after the workshop for a last call, too late for a first step
            (due(1, 8), ["last_call, 23.7.", "outcome, 1.8."]),
            (due(22, 8), ["first_step, 23.7.", "last_call, 13.8.", "outcome, 22.8."]),
            (due(2, 9), ["first_step, 23.7.", "last_call, 20.8.", "outcome, 2.9."]),
            (due(4, 9), ["first_step, 23.7.", "check_in 1, 13.8.", "last_call, 27.8.", "outcome, 4.9."]),
            (due(27, 9), ["first_step, 23.7.", "check_in 1, 13.8.", "last_call, 17.9.", "outcome, 29.9."]),
            (due(1, 10), ["check_in 1, 13.8.", "check_in 2, 10.9.", "last_call, 24.9.", "outcome, 1.10."]),
            (due(5, 10), ["check_in 2, 10.9.", "last_call, 24.9.", "outcome, 6.10."]),
        ],
    )
    def test_the_end_of_a_pledge(self, pledge: Pledge, end: list[str]) -> None:
        assert plan(pledge)[-len(end) :] == end

    def test_a_pause_moves_what_it_covers_and_of_two_leaves_the_later(self) -> None:
        paused = replace(ANNA, paused_until=on(11, 10))
        assert plan(calendar=paused)[:2] == ["check_in 1, 15.10.", "check_in 2, 12.11."]

    def test_check_ins_are_three_weeks_apart(self) -> None:
        recess = replace(ANNA, rests=(RestPeriod("Pause", on(9, 9), on(26, 9)),))
        assert plan(calendar=recess)[1:5] == [
            "check_in 1, 13.8.",
            "check_in 2, 29.9.",
            "check_in 3, 22.10.",  # 15 October would be sixteen days after
            "check_in 4, 12.11.",
        ]

    def test_a_check_in_that_reaches_the_next_one_gives_way(self) -> None:
        recess = replace(ANNA, rests=(RestPeriod("Pause", on(9, 9), on(8, 10)),))
        assert plan(calendar=recess)[1:4] == ["check_in 1, 13.8.", "check_in 2, 15.10.", "check_in 3, 12.11."]

    def test_but_not_when_that_one_would_come_too_late(self) -> None:
        recess = replace(ANNA, rests=(RestPeriod("Pause", on(9, 9), on(8, 10)),))
        assert plan(due(31, 10), recess)[1:] == [
            "check_in 1, 13.8.", "check_in 2, 9.10.", "last_call, 22.10.", "outcome, 31.10.",
        ]  # fmt: skip

    @pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.WITHDRAWN, Stage.PROPOSED])
    def test_is_left_alone_before_and_afterwards(self, stage: Stage) -> None:
        assert following([], at("10.7."), replace(PLEDGE, stage=stage)) == "nothing"


class TestTheLastCall:
    @pytest.mark.parametrize(
        ("pledge", "day"),
        [
            (due(24, 10), "15.10."),  # Friday: 17 October is the fifth working day before, 13 October the ninth
            (due(7, 11), "29.10."),
            (due(10, 10), "1.10."),  # 3 October is a holiday: the fifth is the 2nd, the ninth the 26th
            (due(15, 10), "8.10."),
        ],
    )
    def test_comes_on_the_own_weekday_among_five_days(self, pledge: Pledge, day: str) -> None:
        assert f"last_call, {day}" in plan(pledge)

    def test_else_on_the_latest_of_them_else_before(self) -> None:
        holiday = replace(ANNA, rests=(RestPeriod("Pause", on(15, 10), on(15, 10)),))
        assert "last_call, 17.10." in plan(due(24, 10), holiday)
        recess = replace(ANNA, rests=(RestPeriod("Pause", on(8, 10), on(20, 10)),))
        assert "last_call, 7.10." in plan(due(24, 10), recess)

    @pytest.mark.parametrize(
        ("pledge", "left_out"),
        [
            (due(13, 1), False),  # 19 December is 25 days before
            (due(15, 1), True),  # with a week off after the turn of the year
            (replace(due(24, 10), registered=on(5, 10)), True),
            (replace(due(24, 10), registered=on(4, 10)), False),
        ],
    )
    def test_is_left_out_long_before_and_soon_after_registering(self, pledge: Pledge, left_out: bool) -> None:
        week_off = replace(ANNA, rests=(RestPeriod("Pause", on(7, 1), on(9, 1)),))
        assert any("last_call" in one for one in plan(pledge, week_off)) is not left_out

    def test_is_left_out_in_a_pause(self) -> None:
        paused = replace(ANNA, paused_until=on(20, 10))
        history = [asked(Kind.CHECK_IN, "10.9.", 2, answered=True)]
        assert following(history, at("1.10."), due(24, 10), paused) == "outcome, 24.10."

    def test_is_never_late(self) -> None:
        history = [asked(Kind.CHECK_IN, "10.9.", 2, answered=True)]
        pledge = due(24, 10)  # on 15 October; the fifth working day before is the 17th
        assert following(history, at("15.10.", 11), pledge) == "last_call, 15.10."
        assert following(history, at("15.10.", 14), pledge) == "last_call, 16.10."
        assert following(history, at("17.10.", 14), pledge) == "outcome, 24.10."

    def test_is_made_once_and_once_more_after_an_extension(self) -> None:
        history = [STEP, asked(Kind.LAST_CALL, "15.10.")]
        assert following(history, at("15.10.", 18), due(24, 10)) == "outcome, 24.10."
        extended = replace(due(7, 11), extended=True)
        assert following(history, at("15.10.", 18), extended) == "last_call 1, 29.10."

    def test_no_check_in_comes_in_the_eleven_days_before(self) -> None:
        assert plan(due(9, 11))[-3:] == ["check_in 3, 15.10.", "last_call, 29.10.", "outcome, 10.11."]
        assert plan(due(4, 11))[-3:] == ["check_in 2, 10.9.", "last_call, 22.10.", "outcome, 4.11."]


FIRST = asked(Kind.CHECK_IN, "13.8.", 1)
NUDGED = asked(Kind.NUDGE, "20.8.", 1)
STEP = asked(Kind.FIRST_STEP, "23.7.", answered=True)
FOURTH = asked(Kind.CHECK_IN, "12.11.", 4)
CALLED = asked(Kind.LAST_CALL, "19.12.")
OUTCOME = asked(Kind.OUTCOME, "9.1.")
REMINDED = asked(Kind.REMINDER, "16.1.")


@pytest.mark.parametrize(
    ("history", "now", "next_one"),
    [
        ([], "9.7.", "first_step, 23.7."),
        ([STEP], "23.7.", "check_in 1, 13.8."),
        ([STEP, FIRST], "13.8.", "nudge 1, 20.8."),
        ([STEP, replace(FIRST, answered=True)], "13.8.", "check_in 2, 10.9."),
        ([STEP, FIRST, NUDGED], "20.8.", "check_in 2, 10.9."),
        ([STEP, FOURTH], "12.11.", "nudge 4, 19.11."),
        ([STEP, replace(FOURTH, answered=True)], "12.11.", "last_call, 19.12."),
        ([STEP, CALLED], "19.12.", "outcome, 9.1."),
        ([OUTCOME], "9.1.", "reminder, 16.1."),
        ([OUTCOME, REMINDED], "16.1.", "close, 30.1."),
        ([replace(OUTCOME, answered=True)], "9.1.", "reminder, 16.1."),  # "läuft weiter", and then no new date
    ],
)
def test_what_follows(history: list[Asked], now: str, next_one: str) -> None:
    assert following(history, at(now, 18)) == next_one


class TestTheFirstStep:
    def test_is_asked_about_on_its_own_day(self) -> None:
        assert plan(replace(PLEDGE, first_step_day=on(27, 8)))[:3] == [
            "check_in 1, 13.8.", "first_step, 27.8.", "check_in 2, 10.9.",
        ]  # fmt: skip

    @pytest.mark.parametrize("day", [on(3, 8), on(13, 8), on(22, 8)])
    def test_rides_in_a_check_in_that_is_near(self, day: date) -> None:
        found = agenda([], at("9.7."), replace(PLEDGE, first_step_day=day)).upcoming("BER-042")
        assert [told(occasion) for occasion in found[:2]] == ["check_in 1, 13.8.", "check_in 2, 10.9."]
        assert Aspect.STEP in found[0].aspects
        assert Aspect.STEP not in found[1].aspects

    def test_is_dropped_from_the_last_call_on(self) -> None:
        assert "first_step" not in " ".join(plan(replace(PLEDGE, first_step_day=on(19, 12))))
        assert "first_step, 18.12." in plan(replace(PLEDGE, first_step_day=on(18, 12)))

    def test_is_asked_about_once(self) -> None:
        assert following([STEP], at("23.7.", 18), replace(PLEDGE, first_step_day=on(27, 8))) == "check_in 1, 13.8."

    def test_is_past_for_who_comes_later(self) -> None:
        assert plan(replace(PLEDGE, registered=on(23, 7)))[0] == "check_in 1, 13.8."
        assert plan(replace(PLEDGE, registered=on(14, 7)))[0] == "first_step, 24.7."


class TestNudges:
    def test_give_way_to_the_quiet_days_before_the_outcome(self) -> None:
        calm = tuple(rule for rule in DEFAULT if rule.kind is not Kind.LAST_CALL)
        assert following([STEP, FIRST], at("13.8.", 18), due(27, 8), cadence=calm) == "outcome, 27.8."
        assert following([STEP, FIRST], at("13.8.", 18), due(28, 8), cadence=calm) == "nudge 1, 20.8."

    def test_give_way_to_the_next_check_in(self) -> None:
        paused = replace(ANNA, paused_until=on(10, 9))
        assert following([STEP, FIRST], at("13.8.", 18), calendar=paused) == "check_in 2, 10.9."

    def test_do_not_count_days_of_rest(self) -> None:
        recess = replace(ANNA, rests=(RestPeriod("Pause", on(15, 8), on(24, 8)),))
        assert following([STEP, FIRST], at("13.8.", 18), calendar=recess) == "nudge 1, 28.8."

    def test_are_dropped_for_want_of_room(self) -> None:
        busy = Agenda(
            [Matter(PLEDGE, WORKSHOP, (STEP, FIRST))], ANNA, at("13.8.", 18), 42,
            sent=[on(13, 8), on(1, 8), on(4, 8), on(6, 8), on(31, 7)], announced=[on(25, 8), on(1, 9), on(5, 9)],
        )  # fmt: skip
        assert told(busy.next("BER-042")) == "check_in 2, 10.9."
        assert busy.without_room == [("BER-042", Kind.NUDGE)]


class TestTheQuestionToAPartner:
    def test_comes_ten_working_days_after_a_silent_check_in(self) -> None:
        question = agenda([STEP, FIRST, NUDGED], at("20.8.", 18)).question("BER-042")
        assert question is not None
        assert (question.round, question.day, question.last) == (1, on(27, 8), on(9, 9))

    @pytest.mark.parametrize(
        "history",
        [
            [STEP],
            [STEP, replace(FIRST, answered=True)],
            [STEP, FIRST, asked(Kind.PARTNER, "27.8.", 1)],
            [STEP, FIRST, asked(Kind.CHECK_IN, "10.9.", 2, answered=True)],
            [OUTCOME],
        ],
    )
    def test_comes_once_and_only_on_silence(self, history: list[Asked]) -> None:
        assert agenda(history, at("28.8.")).question("BER-042") is None

    def test_ends_the_nudge(self) -> None:
        history = [STEP, FIRST, asked(Kind.PARTNER, "27.8.", 1)]
        assert following(history, at("27.8.", 18)) == "check_in 2, 10.9."

    def test_their_answer_makes_the_round_not_silent(self) -> None:
        history = [
            STEP, FIRST, asked(Kind.PARTNER, "27.8.", 1, answered=True),
            asked(Kind.CHECK_IN, "10.9.", 2),
        ]  # fmt: skip
        [third, *_] = (o for o in agenda(history, at("18.9.")).upcoming("BER-042") if o.kind is Kind.CHECK_IN)
        assert Aspect.GOING_ON not in third.aspects

    def test_finds_its_room_among_what_the_partner_is_asked(self) -> None:
        question = agenda([STEP, FIRST, NUDGED], at("20.8.", 18)).question("BER-042")
        assert question is not None
        other = Matter(replace(PLEDGE, reference="BER-007"), WORKSHOP, (STEP, replace(FIRST, answered=True)))
        partner = Agenda([other], ANNA, at("20.8.", 18), 7, sent=[on(25, 8), on(26, 8)], guests=[question])
        assert told(partner.next("BER-042")) == "partner 1, 1.9."


SILENT = (STEP, FIRST, NUDGED, asked(Kind.CHECK_IN, "10.9.", 2), asked(Kind.NUDGE, "17.9.", 2))
ASKED_HOW = (*SILENT, asked(Kind.CHECK_IN, "15.10.", 3))


class TestSilence:
    def test_after_two_rounds_it_is_asked_how_to_go_on(self) -> None:
        found = agenda(SILENT, at("18.9.")).next("BER-042")
        assert told(found) == "check_in 3, 15.10."
        assert found is not None
        assert found.aspects == {Aspect.GOING_ON}

    def test_that_too_is_nudged_once(self) -> None:
        found = agenda(ASKED_HOW, at("15.10.", 18)).next("BER-042")
        assert told(found) == "nudge 3, 22.10."
        assert found is not None
        assert found.aspects == {Aspect.GOING_ON}

    def test_then_only_the_end_is_asked(self) -> None:
        late = replace(PLEDGE, due=on(9, 4))
        history = (*ASKED_HOW, asked(Kind.NUDGE, "22.10.", 3))
        found = agenda(history, at("23.10."), late).upcoming("BER-042")
        assert [told(occasion) for occasion in found] == [
            "check_in 4, 11.3.", "last_call, 25.3.", "outcome, 9.4.",
        ]  # fmt: skip
        assert found[0].aspects == {Aspect.MISSING}
        history = (*history, asked(Kind.CHECK_IN, "11.3.", 4))
        assert following(history, at("11.3.", 18), late) == "last_call, 25.3."
        assert agenda(history, at("27.3."), late).question("BER-042") is None

    def test_so_it_is_for_those_who_wish_it(self) -> None:
        wished = replace(PLEDGE, only_at_end=True)
        answered = tuple(replace(one, answered=True) for one in ASKED_HOW)
        assert following(answered, at("15.10.", 18), wished) == "check_in 4, 12.11."
        assert following(answered, at("15.10.", 18), replace(wished, due=on(9, 4))) == "check_in 4, 11.3."

    def test_any_answer_returns_to_the_full_cadence(self) -> None:
        answered = tuple(replace(one, answered=True) for one in ASKED_HOW)
        assert following(answered, at("15.10.", 18)) == "check_in 4, 12.11."
        history = (*answered, FOURTH)
        assert following(history, at("12.11.", 18)) == "nudge 4, 19.11."

    def test_what_days_of_rest_cover_is_none(self) -> None:
        recess = replace(ANNA, rests=(RestPeriod("Pause", on(15, 8), on(5, 9)),))
        history = (STEP, FIRST, asked(Kind.CHECK_IN, "10.9.", 2), asked(Kind.NUDGE, "17.9.", 2))
        found = agenda(history, at("18.9."), calendar=recess).next("BER-042")
        assert found is not None
        assert (told(found), found.aspects) == ("check_in 3, 15.10.", {Aspect.CONFIDENCE})

    def test_the_first_step_and_the_last_call_are_none(self) -> None:
        history = (replace(STEP, answered=False), FIRST, NUDGED)
        found = agenda(history, at("21.8.")).next("BER-042")
        assert found is not None
        assert Aspect.GOING_ON not in found.aspects


class TestAfterDowntime:
    @pytest.mark.parametrize(
        ("history", "now", "next_one"),
        [
            ([], at("23.7.", 11), "first_step, 23.7."),
            ([], at("25.7.", 14), "first_step, 28.7."),
            ([], at("6.8."), "check_in 1, 13.8."),  # the first step rides along
            ([STEP], at("13.8.", 11), "check_in 1, 13.8."),
            ([STEP], at("13.8.", 12), "check_in 1, 14.8."),
            ([STEP], at("16.8."), "check_in 1, 18.8."),
            ([STEP], at("9.9."), "check_in 1, 10.9."),
            ([STEP, FIRST], at("9.9."), "nudge 1, 9.9."),
            ([STEP, FIRST], at("10.9.", 11), "check_in 2, 10.9."),
            ([STEP], at("5.1."), "outcome, 9.1."),
            ([STEP, FIRST], at("20.2.", 11), "outcome, 20.2."),
            ([OUTCOME], at("20.2.", 11), "reminder, 20.2."),
        ],
    )
    def test_the_due_one_comes_as_soon_as_may_be_and_what_it_overtakes_never(
        self, history: list[Asked], now: datetime, next_one: str
    ) -> None:
        assert following(history, now) == next_one

    def test_in_an_open_window_it_is_due_at_once(self) -> None:
        now = at("13.8.", 11)
        occasion = agenda([STEP], now).next("BER-042")
        assert occasion is not None
        assert occasion.at == now


class TestWhoComesLate:
    @pytest.mark.parametrize(
        ("registered", "next_one"),
        [
            (on(9, 8), "check_in 1, 10.9."),  # 9 August is past
            (on(8, 8), "check_in 1, 20.8."),
            (on(20, 8), "check_in 1, 10.9."),
            (on(7, 9), "check_in 1, 17.9."),
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
        assert plan(late)[-1] == next_one


class TestAnExtension:
    EXTENDED = replace(PLEDGE, due=on(9, 4), extended=True)
    HISTORY = (STEP, FOURTH, CALLED, replace(OUTCOME, answered=True))

    def test_brings_check_ins_back_until_the_new_date(self) -> None:
        now = at("9.1.", 18)
        assert plan(self.EXTENDED, history=self.HISTORY, now=now) == [
            "check_in 5, 11.2.", "check_in 6, 11.3.", "last_call 1, 25.3.", "outcome, 9.4.",
        ]  # fmt: skip
        assert following(self.HISTORY, now, self.EXTENDED) == "check_in 5, 11.2."

    def test_has_a_reminder_of_its_own(self) -> None:
        history = (*self.HISTORY, REMINDED, asked(Kind.OUTCOME, "9.4."))
        assert following(history, at("9.4.", 18), self.EXTENDED) == "reminder, 16.4."


class TestLater:
    ANSWERED = replace(FIRST, answered=True)

    @pytest.mark.parametrize(
        ("history", "today", "due", "offered"),
        [
            ([STEP, FIRST], "13.8.", PLEDGE.due, [on(14, 8), on(18, 8), on(20, 8)]),
            ([STEP, FIRST], "15.8.", PLEDGE.due, [on(18, 8), on(20, 8), on(22, 8)]),
            ([STEP, FIRST], "4.9.", PLEDGE.due, [on(5, 9), on(9, 9)]),  # the next check-in is on the 10th
            ([STEP, FIRST, asked(Kind.CHECK_IN, "8.9.", 1)], "8.9.", PLEDGE.due, [on(9, 9)]),
            ([STEP, FIRST], "13.8.", on(1, 9), [on(14, 8), on(18, 8)]),  # the last call is on the 20th
            ([STEP, FOURTH], "15.12.", PLEDGE.due, [on(16, 12), on(18, 12)]),
            ([OUTCOME], "9.1.", PLEDGE.due, [on(12, 1), on(14, 1), on(16, 1)]),
            ([OUTCOME], "21.1.", PLEDGE.due, [on(22, 1)]),  # ten working days end on the 23rd
        ],
    )
    def test_offers_days_before_whatever_comes_next(
        self, history: list[Asked], today: str, due: date, offered: list[date]
    ) -> None:
        matter = Matter(replace(PLEDGE, due=due), WORKSHOP, tuple(history))
        assert list(postponements("BER-042", [matter], ANNA, at(today, 18), 42)) == offered

    def test_ten_working_days_are_those_before_and_after_a_pause(self) -> None:
        away = replace(ANNA, paused_from=on(20, 1), paused_until=on(2, 3))
        matter = Matter(PLEDGE, WORKSHOP, (OUTCOME,))  # asked on the 9th: six working days until the pause
        assert list(postponements("BER-042", [matter], away, at("2.3.", 18), 42)) == [on(3, 3), on(5, 3)]

    def test_asks_the_same_again_on_that_day_against_no_cap(self) -> None:
        occasion = agenda([STEP, self.ANSWERED], at("13.8.", 18), replace(PLEDGE, later=on(18, 8))).next("BER-042")
        assert told(occasion) == "check_in 1, 18.8."
        assert occasion is not None
        assert occasion.requested

    def test_is_over_once_asked(self) -> None:
        history = [STEP, self.ANSWERED, asked(Kind.CHECK_IN, "18.8.", 1)]
        assert following(history, at("18.8.", 18), replace(PLEDGE, later=on(18, 8))) == "nudge 1, 25.8."

    def test_is_dropped_when_the_next_check_in_has_come(self) -> None:
        late = replace(ANNA, paused_until=on(10, 9))
        history = [STEP, self.ANSWERED]
        assert following(history, at("13.8.", 18), replace(PLEDGE, later=on(18, 8)), late) == "check_in 2, 10.9."

    @pytest.mark.parametrize(("later", "closing"), [("20.1.", "3.2."), ("23.1.", "6.2.")])
    def test_replaces_the_reminder_of_the_outcome(self, later: str, closing: str) -> None:
        postponed = replace(PLEDGE, later=ANNA.day_of(at(later)))
        history = [replace(OUTCOME, answered=True)]
        assert following(history, at("9.1.", 18), postponed) == f"outcome, {later}"
        history.append(asked(Kind.OUTCOME, later))
        assert following(history, at(later, 18), postponed) == f"close, {closing}"

    def test_the_question_about_the_first_step_can_wait_too(self) -> None:
        assert following([STEP], at("23.7.", 18), replace(PLEDGE, later=on(28, 7))) == "first_step, 28.7."


class TestWhatHasLasted:
    ENDED = replace(
        PLEDGE, stage=Stage.CLOSED, outcome=Outcome.KEPT, outcome_at=at("12.1."), recalled=True
    )  # fmt: skip

    def test_is_asked_three_months_later_of_who_wishes_it(self) -> None:
        assert following([OUTCOME], at("12.1."), self.ENDED) == "lasting, 13.4."
        assert following([OUTCOME], at("12.1."), replace(self.ENDED, recalled=False)) == "nothing"

    def test_is_asked_once(self) -> None:
        assert following([OUTCOME, asked(Kind.LASTING, "13.4.")], at("13.4.", 18), self.ENDED) == "nothing"


class TestACadenceOfOnesOwn:
    def test_every_fortnight_is_every_three_weeks_at_least(self) -> None:
        fortnightly = (Rule(Kind.CHECK_IN, 14, Unit.DAYS), Rule(Kind.OUTCOME, 2, Unit.WORKING_DAYS))
        assert plan(due(9, 9), cadence=fortnightly) == [
            "check_in 1, 23.7.", "check_in 2, 13.8.", "check_in 3, 3.9.", "outcome, 11.9.",
        ]  # fmt: skip

    def test_without_nudges_nobody_is_nudged(self) -> None:
        calm = tuple(rule for rule in DEFAULT if rule.kind is not Kind.NUDGE)
        assert following([STEP, FIRST], at("13.8."), cadence=calm) == "check_in 2, 10.9."

    def test_a_last_call_in_days_has_a_week(self) -> None:
        weekly = tuple(Rule(Kind.LAST_CALL, 10, Unit.DAYS) if rule.kind is Kind.LAST_CALL else rule for rule in DEFAULT)
        assert "last_call, 8.10." in plan(due(24, 10), cadence=weekly)

    @pytest.mark.parametrize(
        ("kind", "amount"), [(Kind.CHECK_IN, 0), (Kind.NUDGE, -1), (Kind.LAST_CALL, 0), (Kind.BROADCAST, 1)]
    )
    def test_cannot_run_backwards(self, kind: Kind, amount: int) -> None:
        with pytest.raises(ValueError, match=r"too small|no row"):
            Rule(kind, amount, Unit.DAYS)


def days_of(agenda: Agenda, reference: str) -> list[str]:
    return [told(occasion) for occasion in agenda.upcoming(reference)]


class TestSeveralPledges:
    OTHER = replace(PLEDGE, reference="MUC-007", registered=on(24, 7), due=on(24, 1))

    def both(
        self, history: Sequence[Asked] = (), other: Sequence[Asked] = (), now: str = "24.7.", **changed: date
    ) -> Agenda:
        other_one = replace(self.OTHER, **changed)
        matters = [
            Matter(PLEDGE, WORKSHOP, (STEP, *history)),
            Matter(other_one, on(24, 7), tuple(other)),
        ]
        sent = {ANNA.day_of(one.at) for one in (*history, *other)}
        return planned(matters, ANNA, at(now, 18), 42, sent=sent)

    def test_are_asked_about_on_the_days_of_the_earliest(self) -> None:
        both = self.both()
        assert days_of(both, "BER-042")[:4] == [
            "check_in 1, 13.8.", "check_in 2, 10.9.", "check_in 3, 15.10.", "check_in 4, 12.11.",
        ]  # fmt: skip
        assert days_of(both, "MUC-007") == [
            "first_step, 7.8.",
            "check_in 1, 10.9.",  # its first monthly date is 24 August
            "check_in 2, 15.10.",
            "check_in 3, 12.11.",
            "check_in 4, 10.12.",
            "last_call, 14.1.",
            "outcome, 26.1.",
        ]

    def test_at_the_same_minute(self) -> None:
        both = self.both()
        assert both.upcoming("BER-042")[1].at == both.upcoming("MUC-007")[1].at

    def test_when_the_earliest_is_over_the_days_are_those_of_the_next(self) -> None:
        alone = planned(
            [Matter(self.OTHER, on(24, 7), (STEP, asked(Kind.CHECK_IN, "12.11.", 3)))], ANNA, at("20.11."), 42
        )
        assert days_of(alone, "MUC-007")[0] == "check_in 4, 3.12."  # 26 November would be two weeks after

    def test_outcomes_within_five_working_days_are_asked_together_on_the_latest_day(self) -> None:
        both = self.both(due=on(15, 1))
        assert days_of(both, "BER-042")[-1] == "outcome, 15.1."
        assert days_of(both, "MUC-007")[-1] == "outcome, 15.1."
        apart = self.both(due=on(19, 1))
        assert days_of(apart, "BER-042")[-1] == "outcome, 9.1."

    def test_a_lower_kind_keeps_the_room_that_a_higher_one_needs(self) -> None:
        """The check-in of 13 August would be the fifth message in thirty days, and the outcome then the sixth."""
        matters = [
            Matter(PLEDGE, WORKSHOP, (STEP,)),
            Matter(replace(self.OTHER, due=on(18, 8), registered=WORKSHOP), WORKSHOP, (STEP,)),
        ]
        calm = tuple(rule for rule in DEFAULT if rule.kind is not Kind.LAST_CALL)
        sent = [on(20, 7), on(24, 7), on(29, 7), on(4, 8)]
        agenda = Agenda(matters, ANNA, at("10.8."), 42, calm, sent=sent)
        assert days_of(agenda, "MUC-007") == ["outcome, 18.8."]
        assert days_of(agenda, "BER-042")[0] == "check_in 1, 19.8."

    def test_a_last_call_moves_earlier_for_want_of_room(self) -> None:
        matters = [Matter(due(24, 10), WORKSHOP, (STEP, asked(Kind.CHECK_IN, "10.9.", 2, answered=True)))]
        agenda = Agenda(matters, ANNA, at("13.10.", 7), 42, sent=[on(15, 10)])
        assert days_of(agenda, "BER-042")[0] == "last_call, 14.10."

    def test_a_slot_for_a_broadcast_leaves_them_all_their_room(self) -> None:
        agenda = Agenda([Matter(PLEDGE, WORKSHOP, (STEP,))], ANNA, at("12.8."), 42, sent=[on(11, 8)])
        assert agenda.free_day(on(12, 8)) == on(18, 8)
        assert agenda.free_day(on(14, 8)) == on(18, 8)
