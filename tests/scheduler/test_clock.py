from datetime import UTC, datetime, timedelta, timezone

import pytest

from scheduler.clock import KeptClock, ManualClock, RehearsalClock, SystemClock

START = datetime(2025, 7, 9, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Rehearsal:
    """A rehearsal at 3,600 times the speed (an hour a second), with its real seconds in hand."""

    def __init__(self) -> None:
        self.real = 100.0
        self.clock = RehearsalClock(START, 3600.0, lambda: self.real)

    def after(self, seconds: float, horizon: datetime = START + 1000 * HOUR) -> datetime:
        """The clock after a stroke, so many real seconds later."""
        self.real += seconds
        self.clock.set(self.clock.reach(horizon))
        return self.clock.now()


def test_a_rehearsal_runs_so_many_times_as_fast() -> None:
    rehearsal = Rehearsal()
    assert rehearsal.after(0) == START
    assert rehearsal.after(1.5) == START + 1.5 * HOUR
    assert rehearsal.after(1.5) == START + 3 * HOUR


def test_between_two_strokes_it_stands_still() -> None:
    rehearsal = Rehearsal()
    rehearsal.real += 10
    assert rehearsal.clock.now() == START


def test_it_stands_still_at_what_is_due_and_unhandled() -> None:
    rehearsal, due = Rehearsal(), START + 2 * HOUR
    assert rehearsal.after(1, due) == START + HOUR
    assert [rehearsal.after(10, due) for _ in range(3)] == [due] * 3


def test_what_was_held_is_not_caught_up() -> None:
    rehearsal = Rehearsal()
    rehearsal.after(1000, START + 2 * HOUR)
    assert rehearsal.after(0) == START + 2 * HOUR
    assert rehearsal.after(1) == START + 3 * HOUR


def test_something_due_in_the_past_never_turns_it_back() -> None:
    rehearsal = Rehearsal()
    assert rehearsal.after(5) == START + 5 * HOUR
    assert rehearsal.after(1, START + HOUR) == START + 5 * HOUR
    assert rehearsal.after(0.5, START + 6 * HOUR) == START + 5.5 * HOUR


def test_the_fastest_one_reaches_what_is_due_to_the_microsecond() -> None:
    rehearsal, due = Rehearsal(), START + 1000 * HOUR + timedelta(microseconds=1)
    assert rehearsal.after(1e300, due) == due


@pytest.mark.parametrize("speed", [0.0, -1.0])
def test_a_rehearsal_runs_forward(speed: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        RehearsalClock(START, speed)


def test_a_kept_clock_stands_where_it_was_kept_and_is_the_systems_before() -> None:
    assert KeptClock(lambda: START).now() == START
    before = SystemClock().now()
    assert KeptClock(lambda: None).now() >= before


def test_the_manual_clock_moves_only_when_told_and_never_back() -> None:
    clock = ManualClock(datetime(2025, 7, 9, 10, 0, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now() == clock.now() == START
    clock.advance(HOUR)
    clock.set(START)
    assert clock.now() == START + HOUR
    clock.set(START + 3 * HOUR)
    assert clock.now() == START + 3 * HOUR


def test_the_system_clock_is_aware_of_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
