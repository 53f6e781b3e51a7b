"""A configured Matrix account, ready for the runner."""

import asyncio
from pathlib import Path

from adapters.matrix.channel import PER_SECOND, MatrixChannel
from adapters.matrix.session import Session
from adapters.matrix.sync import Load, Pace, Save, listen
from bot.config import Matrix
from bot.ports import Gone
from scheduler.runner import Line, Receive


def matrix_line(
    name: str,
    settings: Matrix,
    data_dir: Path,
    load: Load,
    save: Save,
    pace: Pace | None = None,
    per_second: float = PER_SECOND,
) -> Line:
    """One account on Matrix, listened to by syncing. `load` and `save` keep its position in the database."""
    session = Session(
        name, settings.homeserver, settings.user, settings.password.get_secret_value(), data_dir,
        settings.invite_allow,
    )  # fmt: skip
    channel = MatrixChannel(session, per_second)

    async def listening(receive: Receive, stop: asyncio.Event) -> Gone | None:
        return await listen(session, receive, stop, load, save, pace)

    return Line(channel, listening, channel.close)
