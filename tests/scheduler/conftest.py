"""A sender on a scripted channel."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.service.installation import Installation
from scheduler import sending
from tests.scheduler.desk import Desk, Scripted


@pytest.fixture
def channel() -> Scripted:
    """A scripted channel."""
    return Scripted()


@pytest_asyncio.fixture
async def desk(installation: Installation, channel: Scripted, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """A sender that was not started yet; it looks for new rows every few milliseconds."""
    monkeypatch.setattr(sending, "POLL_SECONDS", 0.005)
    monkeypatch.setattr(sending, "FIRST_HOLD", 0.005)
    desk = Desk(installation, channel)
    yield desk
    channel.open.set()
    if isinstance(desk.running, asyncio.Task) and not desk.running.done():
        await desk.end()
    desk.database.close()
