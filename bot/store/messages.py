"""The platform's ids of messages on both sides: what a reply, an edit or a reaction points at."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.store.tables import messages


def remember(
    tx: Connection, channel: str, address: str, message_id: str, now: datetime, *, ours: bool, prompt: str | None
) -> None:
    """This message showed the prompt (ours) or answered it (theirs). A second time under one id replaces the first."""
    chat = (messages.c.channel == channel, messages.c.address == address, messages.c.message_id == message_id)
    tx.execute(delete(messages).where(*chat))
    values = {"channel": channel, "address": address, "message_id": message_id, "ours": ours, "prompt": prompt}
    tx.execute(messages.insert().values(at=now, **values))


def showing(tx: Connection, prompt: str) -> str | None:
    """The id of our message that shows this prompt; None while there is none."""
    query = select(messages.c.message_id).where(messages.c.prompt == prompt, messages.c.ours)
    return tx.execute(query.order_by(messages.c.at.desc()).limit(1)).scalar()


def forget_chat(tx: Connection, channel: str, address: str) -> None:
    """Nothing is known of this chat's messages any more."""
    tx.execute(delete(messages).where(messages.c.channel == channel, messages.c.address == address))


def forget_before(tx: Connection, before: datetime) -> None:
    """Old messages are nobody's to answer any more."""
    tx.execute(delete(messages).where(messages.c.at < before))
