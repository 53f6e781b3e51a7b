"""Taking somebody out of the database, and out of their chats as far as the platforms allow."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from markupsafe import escape
from sqlalchemy import Connection, Engine, Row, delete, or_, select, update

from bot.domain.company import Part
from bot.domain.pledge import Shown, Stage, Visibility
from bot.domain.words import fold
from bot.service.codes import new_key
from bot.service.erasure_list import ErasureList
from bot.store import audit, broadcasts, channels, companions, outbox, workshops
from bot.store.outbox import RETRACT, Letter
from bot.store.tables import accounts, answers, calls, messages, people, pledges, prompts
from bot.store.tables import companions as beside
from bot.store.tables import outbox as letters

RETRACTABLE = {"telegram": timedelta(hours=48)}
"""How long a platform lets a bot take its own messages back; others set no limit."""
TELLING = 10
"""So many characters of what somebody wrote tell whose words they are; shorter ones are anybody's."""
CUT = "…"
_WORDS_AT_ONCE = 200
"""SQLite understands conditions of a thousand parts at most."""

log = structlog.get_logger(__name__)

Found = Row[*tuple[Any, ...]]


def erase(
    tx: Connection, person_id: int, now: datetime, erasures: ErasureList, *, retract: bool = True
) -> tuple[int, ...]:
    """Everything about this person goes: chats, questions, answers, pledges, queued rows; our own messages are taken
    back, unless `retract` is False. What is sent after it (the confirmation) carries only an address and deletes
    itself. They are put on the list first, so that no backup brings them back.

    A pledge of theirs alone becomes a bare count; what others wrote about it goes with it. The text of a joint one
    stays without the name. Gives the joint pledges that run on without a maker: their longest partner is to be asked
    to take over.
    """
    mine = tx.execute(select(pledges).where(pledges.c.maker_id == person_id)).all()
    chats = tx.execute(select(accounts).where(accounts.c.person_id == person_id)).all()
    _remember(tx, chats, mine, now, erasures)
    if retract:
        _retract_all(tx, chats, now)
    company = companions.of_pledges(tx, [row.id for row in mine])
    joint = {key for key, others in company.items() if any(one.part is Part.PARTNER for one in others)}
    alone = [row for row in mine if row.id not in joint]
    cut_out(tx, words_about(tx, alone) | _words_of(tx, person_id) | _telling(row.owner for row in mine))
    _unname(tx, person_id)
    for row in mine:
        if row.id in joint:
            _leave_to_partners(tx, row)
        else:
            make_bare(tx, row, now, stage=Stage.WITHDRAWN if row.stage == Stage.RUNNING else row.stage)
    remove(tx, person_id)
    return tuple(row.id for row in mine if row.id in joint and row.stage == Stage.RUNNING)


def remove(tx: Connection, person_id: int) -> None:
    """The person with all that hangs on them. Their pledges must have been dealt with before."""
    for chat in tx.execute(select(accounts).where(accounts.c.person_id == person_id)):
        for table in (messages, prompts, letters):
            theirs = delete(table).where(table.c.channel == chat.channel, table.c.address == chat.address)
            tx.execute(theirs.where(letters.c.keep) if table is letters else theirs)
    tx.execute(delete(letters).where(letters.c.person_id == person_id))
    tx.execute(delete(answers).where(answers.c.person_id == person_id))
    audit.anonymise(tx, person_id)
    broadcasts.anonymise(tx, person_id)
    tx.execute(delete(people).where(people.c.id == person_id))


def make_bare(tx: Connection, row: Found, now: datetime, *, stage: str, **kept: Any) -> None:
    """What is left of a pledge is that there was one, and what became of it: without text, and under another number,
    because its own is on somebody's card. `kept` are values that say nothing about anybody."""
    letters_, _, number = row.reference.partition("-")
    if number.isdecimal():
        workshops.pass_over(tx, row.workshop_id, int(number))
    tx.execute(delete(pledges).where(pledges.c.id == row.id))
    tx.execute(pledges.insert().values(
        reference=f"{letters_}-{new_key()}"[:24], workshop_id=row.workshop_id, text="", due=now.date(), stage=stage,
        visibility=Visibility.TEAM, standing=row.standing, outcome=row.outcome, created_at=now, **kept,
    ))  # fmt: skip


def may_import(erasures: ErasureList, reference: str | None, letters_: str, text: str) -> bool:
    """Whether a row of a sheet may become a pledge: not where its pledge was erased, by its number or, where the sheet
    gives none, by its words."""
    listed = erasures.erased_at("pledge", reference) if reference else erasures.erased_at(*_as_words(letters_, text))
    return listed is None


def apply(engine: Engine, erasures: ErasureList, now: datetime) -> int:
    """Erase again whom an older state of the database knows though they are on the list; gives how many people.

    Who came back after their erasure stays. Nothing is taken back from chats: that was done the first time.
    """
    erased = 0
    with engine.begin() as tx:
        for chat in tx.execute(select(accounts).order_by(accounts.c.id)).all():
            at = erasures.erased_at("account", chat.channel, chat.user)
            there = select(people.c.id).where(people.c.id == chat.person_id)
            if at and chat.created_at <= at and tx.execute(there).first():
                erase(tx, chat.person_id, now, erasures, retract=False)
                erased += 1
        for row in tx.execute(select(pledges).where(pledges.c.imported.is_not(None))).all():
            if row.maker_id is None and row.stage == Stage.PROPOSED and erasures.erased_at("pledge", row.reference):
                make_bare(tx, row, now, stage=Stage.WITHDRAWN)
    return erased


def _remember(
    tx: Connection, chats: Sequence[Found], mine: Sequence[Found], now: datetime, erasures: ErasureList
) -> None:
    """Put them on the list. Where that fails they are erased all the same: it is their right, and the log says so."""
    entries: list[tuple[str, ...]] = [("account", chat.channel, chat.user) for chat in chats]
    for row in mine:
        if row.imported is not None:
            entries += [("pledge", row.reference), _as_words(row.reference.partition("-")[0], row.imported["text"])]
    try:
        erasures.add(now, *entries)
    except OSError as problem:
        log.error("erasure_list_failed", problem=type(problem).__name__)


def _as_words(letters_: str, text: str) -> tuple[str, ...]:
    return ("words", letters_, fold(text) or text)


def retract(tx: Connection, channel: str, address: str, message_id: str, now: datetime) -> None:
    """A message of ours is taken back; of this, too, no row stays."""
    outbox.post(tx, [Letter(
        key=f"retract:{new_key()}", channel=channel, address=address, person_id=None, text="", due_at=now,
        action=RETRACT, stands_for="retraction", message_id=message_id, quiet=True, keep=False,
    )])  # fmt: skip


def _retract_all(tx: Connection, chats: Iterable[Found], now: datetime) -> None:
    """Our messages in these chats are taken back, where the platform still allows it."""
    platforms = channels.handles(tx)
    for chat in chats:
        outbox.lock_chat(tx, chat.channel, chat.address)  # what lands from now on is taken back when it is settled
        limit = RETRACTABLE.get(platforms.get(chat.channel, ("", ""))[0])
        for message_id in outbox.shown(tx, chat.channel, chat.address, now - limit if limit else None):
            retract(tx, chat.channel, chat.address, message_id, now)


def words_about(tx: Connection, rows: Sequence[Found]) -> set[str]:
    """What is written about these pledges, line by line."""
    ids = [row.id for row in rows]
    said = set(tx.execute(select(answers.c.note).where(answers.c.pledge_id.in_(ids))).scalars())
    return _telling(said.union(*({row.owner, row.outcome_note, row.text, row.first_step} for row in rows)))


def _words_of(tx: Connection, person_id: int) -> set[str]:
    """What this person wrote, about whatever pledge."""
    said = set(tx.execute(select(answers.c.note).where(answers.c.person_id == person_id)).scalars())
    return _telling(said | set(tx.execute(select(calls.c.obstacle).where(calls.c.person_id == person_id)).scalars()))


def _telling(said: Iterable[str]) -> set[str]:
    return {line for words in said for line in words.splitlines() if len(line) >= TELLING}


def cut_out(tx: Connection, words: Iterable[str], among: Collection[int] | None = None) -> None:
    """Cut these words out of what waits or stands in the chats of these people, or of everybody, as of the team."""
    said = [str(escape(word)) for word in sorted(words, key=len, reverse=True)]
    for table in (prompts, letters):
        key, shown = table.primary_key.columns[0], table.c.text
        for start in range(0, len(said), _WORDS_AT_ONCE):
            some = said[start : start + _WORDS_AT_ONCE]
            holding = select(key, shown).where(or_(*(shown.contains(one, autoescape=True) for one in some)))
            if among is not None:
                holding = holding.where(table.c.person_id.in_(list(among)))
            for found in tx.execute(holding).all():
                text = found.text
                for one in some:
                    text = text.replace(one, CUT)
                tx.execute(update(table).where(key == found[0]).values(text=text))


def _unname(tx: Connection, person_id: int) -> None:
    """What the maker calls this person goes from everything that was written to the others of the pledge, however
    short it is."""
    for part in tx.execute(select(beside).where(beside.c.person_id == person_id, beside.c.name != "")).all():
        others = select(beside.c.person_id).where(beside.c.pledge_id == part.pledge_id)
        maker = select(pledges.c.maker_id).where(pledges.c.id == part.pledge_id)
        name = str(escape(part.name))
        for table in (prompts, letters):
            key, theirs = table.primary_key.columns[0], or_(table.c.person_id.in_(others), table.c.person_id.in_(maker))
            for row in tx.execute(select(key, table.c.text, table.c.choices).where(theirs)).all():
                choices = [[choice, label.replace(part.name, CUT)] for choice, label in row.choices]
                if name in row.text or choices != row.choices:
                    values = {"text": row.text.replace(name, CUT), "choices": choices}
                    tx.execute(update(table).where(key == row[0]).values(values))


def _leave_to_partners(tx: Connection, row: Found) -> None:
    """The text stays without the name; the claim's code, the sheet's view and the maker's own words go."""
    text = row.text.replace(row.owner, CUT) if row.owner else row.text
    values = {
        "maker_id": None, "owner": "", "text": text, "outcome_note": "", "outcome_shown": Shown.NOT,
        "claim_code": None, "claim_until": None, "later": None,
        "imported": row.imported and {**row.imported, "owner": "", "text": text},
    }  # fmt: skip
    tx.execute(update(pledges).where(pledges.c.id == row.id).values(values))
