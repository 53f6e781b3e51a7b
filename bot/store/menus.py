"""The menus of the team: who should have one, and what stands in which chat."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from bot.domain.roles import Role
from bot.store.tables import accounts, menus, people, roles


def entitled(tx: Connection, channel: str) -> Mapping[str, tuple[str, frozenset[Role]]]:
    """Whoever has a role in any workshop and agreed on this channel: by the address of their chat their language and
    all their roles."""
    query = (
        select(accounts.c.address, people.c.language, roles.c.role)
        .join_from(roles, people, roles.c.person_id == people.c.id)
        .join(accounts, accounts.c.person_id == people.c.id)
        .where(accounts.c.channel == channel, accounts.c.reachable, accounts.c.address == accounts.c.user)
    )
    found: dict[str, tuple[str, frozenset[Role]]] = {}
    for address, language, role in tx.execute(query):
        _, known = found.get(address, (language, frozenset[Role]()))
        found[address] = (language, known | {Role(role)})
    return found


def languages(tx: Connection, channel: str, users: frozenset[str]) -> Mapping[str, str]:
    """The languages of those among these who agreed on this channel, by their address, which is their user."""
    query = select(accounts.c.user, people.c.language).join_from(accounts, people)
    rows = tx.execute(query.where(accounts.c.channel == channel, accounts.c.user.in_(users)))
    return {row[0]: row[1] for row in rows}


def shown(tx: Connection, channel: str) -> Mapping[str, str]:
    """What stands in which chat, by its address."""
    query = select(menus.c.address, menus.c.shown).where(menus.c.channel == channel)
    return {row[0]: row[1] for row in tx.execute(query)}


def show(tx: Connection, channel: str, address: str, menu: str) -> None:
    """This menu stands in that chat from now on; "" is none."""
    tx.execute(delete(menus).where(menus.c.channel == channel, menus.c.address == address))
    if menu:
        tx.execute(insert(menus).values(channel=channel, address=address, shown=menu))
