"""Jobs of a channel, carried out beside everything else."""

import asyncio
import threading

import pytest

from bot.dialogue.jobs import Job, MakeExport, MakeSlide
from bot.dialogue.message import Say
from bot.service.working import Working
from bot.store import jobs
from scheduler import working
from scheduler.database import Database
from scheduler.working import Worker
from tests.messenger import Platform
from tests.service.test_rights import join_team

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.fixture
def order(installation):
    """Orders a slide in a chat."""

    def order(address: str) -> None:
        with installation.engine.begin() as tx:
            jobs.add(tx, "telegram", address, None, "en", MakeSlide(1), installation.now())

    return order


def trades(*failing: str):
    """A way to make slides that says so, and fails for these chats the first time."""
    left, done = list(failing), []

    def make(tx, installation, job: Job, t):
        def carry_out(content: bytes, tell):
            if left:
                raise ValueError(left.pop())
            done.append(content)
            return lambda tx: (Say(t("Good.")),)

        return carry_out

    return {MakeSlide: make}, done


async def test_one_after_the_other(installation, order) -> None:
    made, done = trades()
    order("1")
    order("2")
    worker = Worker(Platform(), Working(installation, made), Database())
    assert [await worker.work() for _ in range(3)] == [True, True, False]
    assert done == [b"", b""]


async def test_a_failure_is_tried_again(installation, order) -> None:
    made, done = trades("1")
    order("1")
    worker = Worker(Platform(), Working(installation, made), Database())
    assert [await worker.work() for _ in range(3)] == [False, True, False]
    assert done == [b""]


class Waiting(Platform):
    """Somebody who sees that something is being typed; at the second time they have waited long enough."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = 0
        self.enough = threading.Event()

    async def show_typing(self, address: str) -> None:
        self.typed += 1
        if self.typed == 2:
            self.enough.set()


async def test_what_takes_long_says_how_far_it_is_in_one_message(stage, installation, monkeypatch) -> None:
    monkeypatch.setattr(working, "TELL_SECONDS", 0.01)
    platform = Waiting()
    olga = join_team(stage, "Olga")
    stage.working = Working(installation, {})  # the job waits for the worker
    monkeypatch.setattr(stage, "work", lambda: None)
    olga.says("/workshop")
    olga.taps("Export")
    olga.taps("CSV")
    before = len(olga.chat)

    def make(tx, installation, job: Job, t):
        def carry_out(content: bytes, tell):
            tell(100, 300)
            assert platform.enough.wait(30)
            tell(300, 300)
            return lambda tx: (Say(t("Good.")),)

        return carry_out

    assert await Worker(platform, Working(installation, {MakeExport: make}), Database()).work()
    stage.deliver()
    assert [shown.text for shown in olga.chat[before - 1 :]] == ["Done: 300 of 300.", "Good."]
    assert olga.chat[before - 1].first == "One moment, it is being made."
    assert platform.typed >= 2


async def test_it_stops(installation) -> None:
    worker = Worker(Platform(), Working(installation, {}), Database())
    running = asyncio.create_task(worker.run())
    worker.stop()
    await asyncio.wait_for(running, 5)
