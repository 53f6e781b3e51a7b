"""Where those who run the installation can be written to."""

from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from bot.service.installation import Rules
from bot.store import people
from bot.store.tables import accounts


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat of an administrator; `person_id` is None where the bot knows nobody there."""

    channel: str
    address: str
    person_id: int | None
    language: str
    zone: ZoneInfo


def chats(tx: Connection, rules: Rules, channels: Collection[str] | None = None) -> list[Chat]:
    """All chats of the administrators, on these channels only where they are given. On Telegram a private chat has the
    number of its person; on other platforms they must have written to the bot."""
    wanted = {one for one in rules.administrators if channels is None or one[0] in channels}
    found = {
        (channel, user): Chat(channel, user, None, rules.language, rules.zone)
        for channel, user in wanted if user.isdecimal()
    }  # fmt: skip
    known = tx.execute(select(accounts).where(accounts.c.user.in_({user for _, user in wanted}))).all()
    persons = people.with_accounts(tx, {row.person_id for row in known})
    for row in known:
        if (row.channel, row.user) in wanted:
            person, _ = persons[row.person_id]
            chat = Chat(row.channel, row.address, person.id, person.language, person.zone)
            found[row.channel, row.user] = chat
    return sorted(found.values(), key=lambda chat: (chat.channel, chat.address))
