"""Even spacing, in simulated time."""

import random

import pytest

from scheduler.pacing import CHAT_BURST, LATE, RESERVED, Pacer


class Simulation:
    """A pacer on simulated seconds. `sent` are the moments and chats of what left."""

    def __init__(self, per_second: float) -> None:
        self.now = 1000.0
        self.pacer = Pacer(per_second, 1.0, lambda: self.now)
        self.sent: list[tuple[float, str]] = []

    def send(self, chat: str) -> None:
        """Wait as long as it says, then send."""
        self.now += self.pacer.wait()
        self.pacer.took(chat)
        self.pacer.landed()
        self.sent.append((self.now, chat))

    def most_in(self, seconds: float, chat: str | None = None) -> int:
        """The most that left within any stretch of so many seconds."""
        times = [at for at, to in self.sent if chat in (None, to)]
        return max(sum(start <= at < start + seconds - 1e-9 for at in times) for start in times)


@pytest.mark.parametrize("rate", [1, 28, 30, 200])
def test_never_more_than_the_rate_in_any_second(rate: int) -> None:
    simulation = Simulation(rate)
    for number in range(5 * rate):
        simulation.send(str(number))
    assert simulation.most_in(1.0) == rate


def test_a_quiet_time_earns_no_burst() -> None:
    """A bucket that fills up while nothing is sent would break the limit of whoever counts otherwise."""
    simulation = Simulation(28)
    chance = random.Random(1)
    for number in range(500):
        simulation.send(str(number))
        simulation.now += chance.choice([0, 0, 0, 2, 60])
    assert simulation.most_in(1.0) <= 28
    gaps = [later[0] - earlier[0] for earlier, later in zip(simulation.sent, simulation.sent[1:], strict=False)]
    assert min(gaps) >= 1 / 28 - 1e-9


def test_what_is_held_up_on_the_way_never_arrives_as_too_many() -> None:
    """They leave evenly, but the way lets them through in bursts; the platform counts what arrives."""
    now, chance = 1000.0, random.Random(2)
    pacer = Pacer(25.0, 0.0, lambda: now)
    on_their_way: list[float] = []
    arrived: list[float] = []
    opens = now
    while len(arrived) < 2_000:
        if now >= opens:
            arrived += [now] * len(on_their_way)
            pacer.landed(len(on_their_way))
            on_their_way = []
            if chance.random() < 0.005:
                opens = now + chance.uniform(0.1, 3.0)
        if not pacer.wait():
            pacer.took(str(now))
            on_their_way.append(now)
        now += 0.005
    assert max(sum(start <= at < start + 1.0 - 1e-9 for at in arrived) for start in arrived) <= 30


@pytest.mark.parametrize("latest", [0.03, 0.07, 0.9])
def test_what_is_late_is_made_good_without_a_burst(latest: float) -> None:
    """Each message takes a moment to be got ready: that is no reason to fall behind, nor to hurry."""
    simulation = Simulation(25)
    chance = random.Random(1)
    for number in range(3_000):
        simulation.now += simulation.pacer.wait() + chance.uniform(0, latest) * (chance.random() < 0.028 / latest)
        simulation.send(str(number))
    assert simulation.most_in(1.0) <= 30
    assert simulation.most_in(0.03) <= LATE + 1
    if latest < LATE / 25:
        assert 3_000 / (simulation.sent[-1][0] - 1000.0) >= 0.99 * 25


def test_what_the_platform_asks_for_holds_everything() -> None:
    simulation = Simulation(28)
    simulation.send("a")
    simulation.pacer.hold(17.0)
    simulation.pacer.hold(3.0)  # a later, shorter one does not shorten it
    assert simulation.pacer.wait() == pytest.approx(17.0)
    simulation.now += 17.0
    assert simulation.pacer.wait() == 0.0


def test_one_chat_gets_a_short_burst_then_one_a_second() -> None:
    simulation = Simulation(1000)
    for _ in range(200):
        if "a" in simulation.pacer.held_chats():
            simulation.now += 0.05
        else:
            simulation.send("a")
    assert simulation.most_in(1.0, "a") <= CHAT_BURST + 1
    assert simulation.most_in(10.0, "a") <= CHAT_BURST + 10
    assert len(simulation.sent) > CHAT_BURST


def test_what_becomes_several_messages_takes_the_room_of_several() -> None:
    now = 1000.0
    pacer = Pacer(10.0, 1.0, lambda: now)
    pacer.took("a", 2)
    assert pacer.wait() == pytest.approx(0.2)
    assert list(pacer.held_chats(RESERVED)) == ["a"]


def test_chats_do_not_hold_each_other() -> None:
    simulation = Simulation(1000)
    for _ in range(CHAT_BURST):
        simulation.send("a")
    simulation.send("b")
    assert simulation.pacer.held_chats() == {"a": pytest.approx(0.998, abs=0.01)}
    simulation.now += 2.0
    assert simulation.pacer.held_chats() == {}


def test_a_part_of_the_burst_is_kept_for_new_messages() -> None:
    simulation = Simulation(1000)
    simulation.send("a")
    assert simulation.pacer.held_chats(RESERVED) == {}
    simulation.send("a")
    assert list(simulation.pacer.held_chats(RESERVED)) == ["a"]
    assert simulation.pacer.held_chats() == {}
    simulation.now += simulation.pacer.held_chats(RESERVED)["a"]
    assert simulation.pacer.held_chats(RESERVED) == {}


def test_chats_that_are_quiet_take_no_room() -> None:
    simulation = Simulation(100_000)
    for number in range(30_000):
        simulation.send(str(number))
        simulation.now += 0.001
        if not number % 1000:
            simulation.pacer.held_chats()
    assert len(simulation.pacer._chats) < 2_000


def test_without_a_pace_no_chat_is_held() -> None:
    now = 1000.0
    pacer = Pacer(1000.0, 0.0, lambda: now)
    for _ in range(5 * CHAT_BURST):
        pacer.took("a")
        assert pacer.held_chats(RESERVED) == {}
