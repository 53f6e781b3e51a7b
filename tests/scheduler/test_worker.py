"""Jobs of a channel, carried out beside everything else."""

import asyncio

import pytest

from bot.dialogue.jobs import Job, MakeSlide
from bot.dialogue.message import Say
from bot.service.working import Working
from bot.store import jobs
from scheduler.database import Database
from scheduler.working import Worker
from tests.messenger import Platform

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
        def carry_out(content: bytes):
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


async def test_it_stops(installation) -> None:
    worker = Worker(Platform(), Working(installation, {}), Database())
    running = asyncio.create_task(worker.run())
    worker.stop()
    await asyncio.wait_for(running, 5)
