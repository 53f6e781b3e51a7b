"""What people should know of each other's doing, until the next message to them tells it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.domain.company import About, News
from bot.store.tables import companions, news, pledges

_EARLIER = delete(news).where(
    news.c.person_id == bindparam("for_person"), news.c.pledge_id == bindparam("about_pledge"),
    news.c.teller_id == bindparam("from_teller"), news.c.about.in_(bindparam("kinds", expanding=True)),
)  # fmt: skip
_KEEP = insert(news)
_WAITING = (
    select(
        news.c.person_id, news.c.about, news.c.value, news.c.name, news.c.at, news.c.teller_id,
        pledges.c.reference, pledges.c.maker_id, pledges.c.owner, companions.c.name.label("called"),
    )
    .join_from(news, pledges)
    .join(
        companions,
        (companions.c.pledge_id == news.c.pledge_id) & (companions.c.person_id == news.c.teller_id),
        isouter=True,
    )
    .where(news.c.person_id.in_(bindparam("people", expanding=True)))
    .order_by(news.c.id)
)  # fmt: skip
_TOLD = delete(news).where(news.c.person_id.in_(bindparam("people", expanding=True)))

_REPLACES = {
    About.WITHDRAWN: (About.RESUMED, About.WITHDRAWN),
    About.RESUMED: (About.RESUMED, About.WITHDRAWN, About.OUTCOME),
    About.LEFT: (About.JOINED, About.LEFT),
}
"""What a later line makes out of date, where it is more than lines of its own kind."""


def keep(
    tx: Connection, pledge_id: int, people: Iterable[int], teller_id: int, about: About, value: str, name: str,
    now: datetime,
) -> None:  # fmt: skip
    """These people should know this; what is older and of the same kind from the same teller is out of date."""
    for person_id in people:
        tx.execute(_EARLIER, {
            "for_person": person_id, "about_pledge": pledge_id, "from_teller": teller_id,
            "kinds": _REPLACES.get(about, (about,)),
        })  # fmt: skip
        tx.execute(_KEEP, {
            "person_id": person_id, "pledge_id": pledge_id, "teller_id": teller_id, "about": about, "value": value,
            "name": name, "at": now,
        })  # fmt: skip


def forget(tx: Connection, pledge_id: int, teller_id: int, about: Iterable[About]) -> None:
    """What this person did was taken back before everybody knew."""
    told_by = (news.c.pledge_id == pledge_id, news.c.teller_id == teller_id, news.c.about.in_(list(about)))
    tx.execute(delete(news).where(*told_by))


def waiting(tx: Connection, person_ids: Iterable[int]) -> dict[int, tuple[News, ...]]:
    """What these people should know, by person, the oldest first."""
    found: dict[int, tuple[News, ...]] = {}
    for row in tx.execute(_WAITING, {"people": set(person_ids)}):
        from_maker = row.teller_id == row.maker_id
        teller = row.owner if from_maker else row.called or row.name
        line = News(row.reference, About(row.about), teller, from_maker, row.value, row.at)
        found[row.person_id] = (*found.get(row.person_id, ()), line)
    return found


def unaware(tx: Connection, pledge_id: int, about: About) -> set[int]:
    """Who has not been told this about a pledge yet."""
    return set(
        tx.execute(select(news.c.person_id).where(news.c.pledge_id == pledge_id, news.c.about == about)).scalars()
    )


def told(tx: Connection, person_ids: Iterable[int]) -> None:
    """These people know it now."""
    if ids := set(person_ids):
        tx.execute(_TOLD, {"people": ids})
