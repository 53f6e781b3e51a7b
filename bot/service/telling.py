"""Whoever has not heard of a proposal is told in time to object, in a message of its own.

News rides along with the next message to somebody. What they may object to cannot wait for one that comes too late: two
working days on it is looked at whom nothing else reaches soon. They are told inside their window, where it takes no
room from what is planned; where there is no such room before the last day to object, it goes on waiting for a message.
"""

from datetime import date, datetime, time

from sqlalchemy import Connection

from bot.dialogue import proposing
from bot.dialogue.joining import CONSENT_VERSION
from bot.dialogue.telling import with_news
from bot.domain.agenda import Agenda
from bot.domain.company import About
from bot.domain.kinds import Kind
from bot.domain.proposal import LEFT_WORKING_DAYS, TELLING_WORKING_DAYS, Proposal, Subject
from bot.domain.quiet_times import Calendar
from bot.service import planning, posting
from bot.service.dossiers import Dossier
from bot.service.installation import Rules
from bot.service.planning import Plan
from bot.store import news, occasions, outbox, pledges, prompts, proposals
from bot.texts import speaker

PROPOSED = {Subject.TEXT: About.NEW_TEXT, Subject.DUE: About.NEW_DUE, Subject.SHOWN: About.NEW_SHOWN}
"""What the quiet line about each says."""


def first_look(calendar: Calendar, now: datetime) -> datetime:
    """When it is looked for the first time at who has not heard of what is proposed now."""
    day = calendar.add_working_days(calendar.day_of(now), TELLING_WORKING_DAYS)
    return datetime.combine(day, time(), calendar.zone)


def tell_due(tx: Connection, rules: Rules, now: datetime) -> set[str]:
    """Tell whom it is time for, of a hundred proposals at most. Gives the channels that have something to send."""
    channels = set()
    for pledge_id, proposal in proposals.to_tell(tx, now):
        unaware, looks = news.unaware(tx, pledge_id, PROPOSED[proposal.subject]), []
        for dossier, agenda in _with_agendas(tx, rules, unaware, now):
            at = _moment(dossier, agenda, proposal, now)
            if at == now:
                channels.add(_tell(tx, pledge_id, proposal, dossier, now))
            elif at:
                looks.append(at)
        proposals.tell_again(tx, pledge_id, proposal.subject, min(looks, default=None))
    return channels


def _with_agendas(tx: Connection, rules: Rules, person_ids: set[int], now: datetime) -> list[tuple[Dossier, Agenda]]:
    """Those of these people who can be told something, each with all that is to come to them."""
    if not person_ids:
        return []
    circle = planning.gather(tx, rules, person_ids, now)
    agendas, found = Plan(circle, now).agendas, []
    for dossier in (circle.people[person_id] for person_id in sorted(person_ids & circle.people.keys())):
        if dossier.account and dossier.account.agreed == CONSENT_VERSION:
            mine = dossier.person.id
            free = Agenda((), dossier.calendar, now, mine, rules.cadence, dossier.sent, announced=dossier.announced)
            found.append((dossier, agendas.get(mine, free)))
    return found


def _moment(dossier: Dossier, agenda: Agenda, proposal: Proposal, now: datetime) -> datetime | None:
    """When to tell somebody: `now`, or when to look again; None where they cannot be told in time."""
    calendar, mine = dossier.calendar, dossier.person.id
    opening = calendar.next_open(now, mine)
    today = calendar.day_of(opening)
    planned = (occasion for reference in agenda.references if (occasion := agenda.next(reference)))
    riding = min((calendar.day_of(one.at) for one in planned if one.kind is not Kind.CLOSE), default=date.max)
    if riding <= calendar.working_day_before(proposal.until, LEFT_WORKING_DAYS):
        return calendar.closing(max(riding, today))
    day = agenda.free_day(today)
    if day > proposal.until:
        return None
    return opening if day == today else calendar.instant(day, mine)


def _tell(tx: Connection, pledge_id: int, proposal: Proposal, dossier: Dossier, now: datetime) -> str:
    mine, account = dossier.person.id, dossier.account
    assert account is not None
    t, pledge = speaker(dossier.person.language), pledges.by_ids(tx, [pledge_id])[pledge_id]
    about = PROPOSED[proposal.subject]
    others = [
        one for one in news.waiting(tx, (mine,)).get(mine, ())
        if (one.reference, one.about) != (pledge.reference, about)
    ]  # fmt: skip
    say = with_news(t, proposing.announcement(t, pledge, proposal, dossier.calendar.day_of(now)), others)
    ends = dossier.calendar.closing(proposal.until)
    prompt, letter = posting.question(say, account, Kind.NEWS, now, ends)
    prompts.open_(tx, [prompt])
    outbox.post(tx, [letter])
    news.told(tx, (mine,))
    occasions.record(tx, [{
        "pledge_id": pledge_id, "person_id": mine, "kind": Kind.NEWS, "round": 0, "at": now, "counted": True,
        "outbox_key": letter.key,
    }])  # fmt: skip
    return account.channel
