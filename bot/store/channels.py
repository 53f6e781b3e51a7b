"""What is known of the channels: the bot's names there, and which process owns what."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.store.tables import channels, owners, positions

CHANNEL = "channel:"
"""Under this and its name a channel is owned."""


def handles(tx: Connection) -> dict[str, tuple[str, str]]:
    """Platform and the bot's own name by channel."""
    return {row.name: (row.platform, row.handle) for row in tx.execute(select(channels))}


def remember(tx: Connection, name: str, platform: str, handle: str) -> None:
    """The bot's own name on this channel."""
    if not tx.execute(
        update(channels).where(channels.c.name == name).values(platform=platform, handle=handle)
    ).rowcount:
        tx.execute(channels.insert().values(name=name, platform=platform, handle=handle))


def position(tx: Connection, name: str) -> str | None:
    """How far this channel's stream of events is taken in; None at the beginning."""
    return tx.execute(select(positions.c.position).where(positions.c.channel == name)).scalar()


def move_on(tx: Connection, name: str, position: str) -> None:
    """Everything up to this position of the channel's stream is taken in."""
    if not tx.execute(update(positions).where(positions.c.channel == name).values(position=position)).rowcount:
        tx.execute(positions.insert().values(channel=name, position=position))


def take_over(tx: Connection, name: str, worker: str, real_now: datetime) -> int:
    """This worker owns `name` from now on; gives the epoch of its ownership."""
    values = {"worker": worker, "seen_at": real_now}
    raised = update(owners).where(owners.c.name == name).values(epoch=owners.c.epoch + 1, **values)
    epoch = tx.execute(raised.returning(owners.c.epoch)).scalar()
    if epoch is None:
        epoch = 1
        tx.execute(owners.insert().values(name=name, epoch=epoch, **values))
    return epoch


def beat(tx: Connection, worker: str, real_now: datetime) -> None:
    """A sign of life."""
    tx.execute(update(owners).where(owners.c.worker == worker).values(seen_at=real_now))


def heartbeats(tx: Connection) -> dict[str, datetime]:
    """The last sign of life of whoever owns what."""
    return {row.name: row.seen_at for row in tx.execute(select(owners))}
