"""All tables. Instants are UTC; days are wall-clock days.

What lies in the future is one row a pledge (`occasions`), nothing else: a million pledges cost what a thousand cost.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    String,
    Table,
    Text,
    TypedColumns,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy import text as sql

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; aware on the way in and on the way out. SQLite has no such type and keeps it as text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its time zone.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


Id = BigInteger().with_variant(Integer, "sqlite")


class _workshops(TypedColumns):
    id = Column(Id, primary_key=True)
    letters: Named[str] = Column(String(8), unique=True)
    name: Named[str] = Column(Text)
    day: Named[date]
    land: Named[str] = Column(String(4))
    code: Named[str] = Column(String(16), unique=True)
    last_number: Named[int] = Column(Integer, server_default="0")
    created_at: Named[datetime] = Column(Instant)


class _people(TypedColumns):
    id = Column(Id, primary_key=True)
    language: Named[str] = Column(String(8))
    zone: Named[str] = Column(String(64))
    weekday: Named[int]
    window: Named[str] = Column(String(16))
    paused_until: Named[date | None]
    paused_from: Named[date | None]
    stopped: Named[bool] = Column(Boolean, server_default=false())
    created_at: Named[datetime] = Column(Instant, index=True)


class _accounts(TypedColumns):
    id = Column(Id, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    channel: Named[str] = Column(String(64))
    address: Named[str] = Column(Text)
    user: Named[str] = Column(Text)
    reachable: Named[bool] = Column(Boolean)
    agreed: Named[str] = Column(String(16), server_default="")
    """The version of the text that they agreed to last; all of them are in `consents`."""
    preferred: Named[bool] = Column(Boolean, server_default=false())
    created_at: Named[datetime] = Column(Instant)


class _consents(TypedColumns):
    id = Column(Id, primary_key=True)
    account_id: Named[int] = Column(Id, ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    version: Named[str] = Column(String(16))
    at: Named[datetime] = Column(Instant)


class _attendances(TypedColumns):
    person_id = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    workshop_id = Column(Id, ForeignKey("workshops.id"), primary_key=True, index=True)
    at: Named[datetime] = Column(Instant)


class _pledges(TypedColumns):
    id = Column(Id, primary_key=True)
    reference: Named[str] = Column(String(24), unique=True)
    workshop_id: Named[int] = Column(Id, ForeignKey("workshops.id"), index=True)
    maker_id: Named[int | None] = Column(Id, ForeignKey("people.id"), index=True)
    text: Named[str] = Column(Text)
    due: Named[date] = Column(Date, index=True)
    due_note: Named[str] = Column(Text, server_default="")
    stage: Named[str] = Column(String(16))
    registered: Named[date | None]
    claimed: Named[bool] = Column(Boolean, server_default=false())
    owner: Named[str] = Column(Text, server_default="")
    place: Named[str] = Column(Text, server_default="")
    land: Named[str | None] = Column(String(4))
    topic: Named[str | None] = Column(String(32))
    side: Named[str | None] = Column(String(16))
    partners: Named[str] = Column(Text, server_default="")
    first_step: Named[str] = Column(Text, server_default="")
    visibility: Named[str] = Column(String(16))
    extended: Named[bool] = Column(Boolean, server_default=false())
    standing: Named[str | None] = Column(String(16))
    standing_at: Named[datetime | None] = Column(Instant)
    outcome: Named[str | None] = Column(String(16))
    outcome_at: Named[datetime | None] = Column(Instant)
    outcome_note: Named[str] = Column(Text, server_default="")
    outcome_shown: Named[str] = Column(String(16), server_default="not")
    disputed: Named[bool] = Column(Boolean, server_default=false())
    """A partner objected to showing the outcome: it is shown with both versions only."""
    later: Named[date | None]
    first_step_day: Named[date | None]
    first_step_done: Named[bool | None] = Column(Boolean)
    confidence: Named[str | None] = Column(String(8))
    only_at_end: Named[bool] = Column(Boolean, server_default=false())
    delegated: Named[bool] = Column(Boolean, server_default=false())
    recalled: Named[bool] = Column(Boolean, server_default=false())
    lasting: Named[str | None] = Column(String(8))
    claim_code: Named[str | None] = Column(String(16), unique=True)
    claim_until: Named[date | None] = Column(Date, index=True)
    imported: Named[dict[str, Any] | None] = Column(JSON)
    """What the sheet said when it was imported last, to tell what changed since."""
    created_at: Named[datetime] = Column(Instant)


class _companions(TypedColumns):
    pledge_id = Column(Id, ForeignKey("pledges.id", ondelete="CASCADE"), primary_key=True)
    person_id = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    part: Named[str] = Column(String(8))
    since: Named[datetime] = Column(Instant)
    name: Named[str] = Column(Text, server_default="")
    """What the maker wrote on the invitation."""


class _codes(TypedColumns):
    code = Column(String(16), primary_key=True)
    purpose: Named[str] = Column(String(16))
    expires_at: Named[datetime] = Column(Instant, index=True)
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    account_id: Named[int | None] = Column(Id, ForeignKey("accounts.id", ondelete="CASCADE"))
    pledge_id: Named[int | None] = Column(Id, ForeignKey("pledges.id", ondelete="CASCADE"), index=True)
    name: Named[str] = Column(Text, server_default="")
    taken_at: Named[datetime | None] = Column(Instant)
    taken_by: Named[int | None] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"))
    chat: Named[dict[str, Any] | None] = Column(JSON)
    """The chat that asks to be connected, until this is confirmed or the code has run out."""


class _news(TypedColumns):
    id = Column(Id, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    """Who should know it."""
    pledge_id: Named[int] = Column(Id, ForeignKey("pledges.id", ondelete="CASCADE"))
    teller_id: Named[int] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"))
    about: Named[str] = Column(String(16))
    value: Named[str] = Column(Text, server_default="")
    name: Named[str] = Column(Text, server_default="")
    """What the teller was called, where they stand beside the maker no longer."""
    at: Named[datetime] = Column(Instant)


class _proposals(TypedColumns):
    id = Column(Id, primary_key=True)
    pledge_id: Named[int] = Column(Id, ForeignKey("pledges.id", ondelete="CASCADE"))
    kind: Named[str] = Column(String(8))
    value: Named[str] = Column(Text)
    extends: Named[bool] = Column(Boolean)
    until: Named[date]
    due_at: Named[datetime | None] = Column(Instant, index=True)
    """When it holds if nobody objects; None once somebody has."""
    tell_at: Named[datetime | None] = Column(Instant, index=True)
    """When to look who has not heard of it yet; None once there is nobody left to tell."""
    objector_id: Named[int | None] = Column(Id, ForeignKey("people.id", ondelete="SET NULL"))


class _answers(TypedColumns):
    id = Column(Id, primary_key=True)
    pledge_id: Named[int] = Column(Id, ForeignKey("pledges.id", ondelete="CASCADE"), index=True)
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id"), index=True)
    at: Named[datetime] = Column(Instant)
    standing: Named[str | None] = Column(String(16))
    outcome: Named[str | None] = Column(String(16))
    note: Named[str] = Column(Text, server_default="")
    shared: Named[bool] = Column(Boolean, server_default=false())
    """Whether the others of a joint pledge may read the note."""
    by_team: Named[bool] = Column(Boolean, server_default=false())
    """Told on the telephone and written down by the team: then it is nobody's (`person_id` None)."""


class _attachments(TypedColumns):
    id = Column(Id, primary_key=True)
    pledge_id: Named[int] = Column(Id, ForeignKey("pledges.id", ondelete="CASCADE"), index=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    at: Named[datetime] = Column(Instant)
    mime: Named[str] = Column(String(128))
    content: Named[bytes] = Column(LargeBinary)


class _calls(TypedColumns):
    id = Column(Id, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    pledge_id: Named[int | None] = Column(Id, ForeignKey("pledges.id", ondelete="CASCADE"), index=True)
    at: Named[datetime] = Column(Instant)
    obstacle: Named[str] = Column(Text, server_default="")
    wanted: Named[bool] = Column(Boolean)
    workshop_id: Named[int | None] = Column(Id, ForeignKey("workshops.id"), index=True)
    """Whose team it goes to."""
    closed_at: Named[datetime | None] = Column(Instant)
    helped: Named[bool | None] = Column(Boolean)


class _assignments(TypedColumns):
    call_id = Column(Id, ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    person_id: Named[int] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    """Who of the team looks after it."""
    since: Named[datetime] = Column(Instant)
    promised: Named[date | None]
    """Until when the caller was told that somebody gets in touch."""
    reminded: Named[int] = Column(Integer, server_default="0")
    """How often the team was reminded of that day."""


class _call_notes(TypedColumns):
    id = Column(Id, primary_key=True)
    call_id: Named[int] = Column(Id, ForeignKey("calls.id", ondelete="CASCADE"), index=True)
    author_id: Named[int | None] = Column(Id, ForeignKey("people.id", ondelete="SET NULL"))
    at: Named[datetime] = Column(Instant)
    text: Named[str] = Column(Text)


class _introductions(TypedColumns):
    id = Column(Id, primary_key=True)
    call_id: Named[int] = Column(Id, ForeignKey("calls.id", ondelete="CASCADE"))
    pledge_id: Named[int] = Column(Id, ForeignKey("pledges.id", ondelete="CASCADE"), index=True)
    """The pledge that was kept though something like it was in the way."""
    caller_willing: Named[bool | None] = Column(Boolean)
    maker_willing: Named[bool | None] = Column(Boolean)


class _frozen_reports(TypedColumns):
    id = Column(Id, primary_key=True)
    workshop_id: Named[int | None] = Column(Id, ForeignKey("workshops.id"), index=True)
    """None: all of them together."""
    at: Named[datetime] = Column(Instant)
    figures: Named[dict[str, Any]] = Column(JSON)
    """Counts only, as they were."""


class _roles(TypedColumns):
    person_id = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    workshop_id = Column(Id, ForeignKey("workshops.id"), primary_key=True, index=True)
    role = Column(String(16), primary_key=True)
    at: Named[datetime] = Column(Instant)


class _team_codes(TypedColumns):
    code = Column(String(16), primary_key=True)
    workshop_id: Named[int] = Column(Id, ForeignKey("workshops.id"))
    role: Named[str] = Column(String(16))
    until: Named[date] = Column(Date, index=True)


class _audit(TypedColumns):
    id = Column(Id, primary_key=True)
    at: Named[datetime] = Column(Instant)
    actor: Named[str] = Column(Text, index=True)
    """`person 7`, `telegram 123456` (an administrator by the configuration alone), `command line` or `erased`."""
    action: Named[str] = Column(String(64))
    workshop_id: Named[int | None] = Column(Id)
    subject: Named[str] = Column(Text, server_default="")


class _jobs(TypedColumns):
    id = Column(Id, primary_key=True)
    channel: Named[str] = Column(String(64))
    address: Named[str] = Column(Text)
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    language: Named[str] = Column(String(8))
    job: Named[dict[str, Any]] = Column(JSON)
    at: Named[datetime] = Column(Instant)
    attempts: Named[int] = Column(Integer, server_default="0")


class _watches(TypedColumns):
    channel = Column(String(64), primary_key=True)
    address = Column(Text, primary_key=True)
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    workshop_id: Named[int] = Column(Id, ForeignKey("workshops.id"))
    language: Named[str] = Column(String(8))
    shown: Named[list[int]] = Column(JSON)
    """The numbers that the message shows."""
    until: Named[datetime] = Column(Instant)


class _menus(TypedColumns):
    channel = Column(String(64), primary_key=True)
    address = Column(Text, primary_key=True)
    shown: Named[str] = Column(Text)
    """Which menu of the team stands in this chat."""


class _occasions(TypedColumns):
    pledge_id = Column(Id, ForeignKey("pledges.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    person_id: Named[int] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    kind: Named[str] = Column(String(16))
    round: Named[int]
    requested: Named[bool] = Column(Boolean)
    due_at: Named[datetime] = Column(Instant, index=True)


class _asked(TypedColumns):
    id = Column(Id, primary_key=True)
    pledge_id: Named[int] = Column(Id, ForeignKey("pledges.id", ondelete="CASCADE"), index=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"))
    kind: Named[str] = Column(String(16))
    round: Named[int]
    at: Named[datetime] = Column(Instant)
    answered: Named[bool] = Column(Boolean)
    counted: Named[bool] = Column(Boolean)
    """Whether it counts against the person's caps."""
    outbox_key: Named[str] = Column(String(128))


class _lapses(TypedColumns):
    id = Column(Id, primary_key=True)
    pledge_id: Named[int] = Column(Id, ForeignKey("pledges.id", ondelete="CASCADE"), index=True)
    kind: Named[str] = Column(String(16))
    round: Named[int]
    at: Named[datetime] = Column(Instant)
    reason: Named[str] = Column(String(32))


class _prompts(TypedColumns):
    key = Column(String(16), primary_key=True)
    channel: Named[str] = Column(String(64))
    address: Named[str] = Column(Text)
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id", ondelete="CASCADE"))
    state: Named[dict[str, Any]] = Column(JSON)
    choices: Named[list[Any]] = Column(JSON)
    text: Named[str] = Column(Text)
    occasion: Named[bool] = Column(Boolean)
    """Asked by the bot of itself: it belongs to the person. Otherwise part of a dialogue in this chat."""
    current: Named[bool] = Column(Boolean)
    """The dialogue waits here: typed words are an answer to it."""
    opened_at: Named[datetime] = Column(Instant)
    settled_at: Named[datetime | None] = Column(Instant)
    answer: Named[str] = Column(Text, server_default="")


class _messages(TypedColumns):
    channel = Column(String(64), primary_key=True)
    address = Column(Text, primary_key=True)
    message_id = Column(String(255), primary_key=True)
    ours: Named[bool] = Column(Boolean)
    prompt: Named[str | None] = Column(String(16), index=True)
    at: Named[datetime] = Column(Instant, index=True)
    changed: Named[list[Any] | None] = Column(JSON)
    """Of theirs: what was written down because of it, to take it back where they correct their words."""


class _inbox(TypedColumns):
    channel = Column(String(64), primary_key=True)
    update_id = Column(String(255), primary_key=True)
    at: Named[datetime] = Column(Instant, index=True)
    attempts: Named[int] = Column(Integer, server_default="1")
    state: Named[str] = Column(String(8))
    """`done`, `trying` (it failed and will be tried again) or `failed` (set aside)."""


class _broadcasts(TypedColumns):
    id = Column(Id, primary_key=True)
    purpose: Named[str] = Column(String(16))
    phase: Named[str] = Column(String(16), index=True)
    text: Named[str] = Column(Text)
    body: Named[str] = Column(Text, server_default="")
    """What people see. It is kept here once, and not in each row of the outbox."""
    file_name: Named[str | None] = Column(Text)
    file_mime: Named[str | None] = Column(String(128))
    file_content: Named[bytes | None] = Column(LargeBinary)
    audience: Named[dict[str, Any]] = Column(JSON)
    useful_until: Named[datetime | None] = Column(Instant)
    at: Named[datetime | None] = Column(Instant)
    expected: Named[int] = Column(Integer, server_default="0")
    about: Named[int | None] = Column(Id, ForeignKey("broadcasts.id", ondelete="CASCADE"))
    author: Named[str] = Column(Text)
    """As the audit log names somebody."""
    channel: Named[str] = Column(String(64))
    address: Named[str] = Column(Text)
    """The chat of its author, in which its card stands."""
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id", ondelete="SET NULL"), index=True)
    language: Named[str] = Column(String(8))
    shown: Named[list[int]] = Column(JSON)
    """The numbers that its card shows."""
    created_at: Named[datetime] = Column(Instant)
    asked_at: Named[datetime | None] = Column(Instant)


class _outbox(TypedColumns):
    id = Column(Id, primary_key=True)
    key: Named[str] = Column(String(128), unique=True)
    channel: Named[str] = Column(String(64))
    address: Named[str] = Column(Text)
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id", ondelete="SET NULL"), index=True)
    action: Named[str] = Column(String(8))
    text: Named[str] = Column(Text)
    choices: Named[list[Any]] = Column(JSON)
    prompt: Named[str | None] = Column(String(16))
    quiet: Named[bool] = Column(Boolean)
    file_name: Named[str | None] = Column(Text)
    file_mime: Named[str | None] = Column(String(128))
    file_content: Named[bytes | None] = Column(LargeBinary)
    stands_for: Named[str] = Column(String(16))
    """`reply`, or the kind of the occasion."""
    broadcast_id: Named[int | None] = Column(Id, ForeignKey("broadcasts.id"))
    """The broadcast that it belongs to, which holds its text and file."""
    priority: Named[int]
    due_at: Named[datetime] = Column(Instant)
    useless_after: Named[datetime | None] = Column(Instant)
    keep: Named[bool] = Column(Boolean)
    """False: the row deletes itself once it is sent or failed, because its addressee agreed to nothing."""
    state: Named[str] = Column(String(12))
    attempts: Named[int] = Column(Integer, server_default="0")
    doubts: Named[int] = Column(Integer, server_default="0")
    """How often nobody could know whether it had arrived, so that it was sent again."""
    retry_at: Named[float] = Column(server_default="0")
    """Real time (seconds since the epoch) before which it is not tried again."""
    epoch: Named[int | None]
    """Whose lease it is, while it is being sent."""
    reason: Named[str] = Column(Text, server_default="")
    message_id: Named[str | None] = Column(String(255))
    parts: Named[str] = Column(Text, server_default="")
    """The ids of the messages before it, where it became several, with blanks between them."""
    sent_at: Named[datetime | None] = Column(Instant)


class _channels(TypedColumns):
    name = Column(String(64), primary_key=True)
    platform: Named[str] = Column(String(16))
    handle: Named[str] = Column(String(255))
    """The bot's own name there, as links need it."""


class _positions(TypedColumns):
    channel = Column(String(64), primary_key=True)
    position: Named[str] = Column(Text)
    """How far the channel's stream of events is taken in, in the platform's own words."""


class _owners(TypedColumns):
    name = Column(String(64), primary_key=True)
    epoch: Named[int]
    worker: Named[str] = Column(String(64))
    seen_at: Named[datetime] = Column(Instant)
    """The last sign of life, in real time."""


class _rehearsals(TypedColumns):
    id = Column(Id, primary_key=True)
    at: Named[datetime] = Column(Instant)
    """How far the calendar has come. Only a rehearsal's own database has a row here, and no more than one."""


class _restorations(TypedColumns):
    id = Column(Id, primary_key=True)
    snapshot_at: Named[datetime] = Column(Instant)
    """Real time, as the next two: when the backup was made."""
    restored_at: Named[datetime] = Column(Instant)
    told_at: Named[datetime | None] = Column(Instant)
    """When the administrators were told by chat."""
    seen_at: Named[datetime | None] = Column(Instant)
    """When an administrator had seen what was due meanwhile; until then the bot asks nobody."""


workshops = Table("workshops", metadata, _workshops)
people = Table("people", metadata, _people)
accounts = Table("accounts", metadata, _accounts, UniqueConstraint("channel", "address"))
consents = Table("consents", metadata, _consents)
attendances = Table("attendances", metadata, _attendances)
pledges = Table("pledges", metadata, _pledges)
companions = Table("companions", metadata, _companions)
codes = Table("codes", metadata, _codes)
proposals = Table("proposals", metadata, _proposals, UniqueConstraint("pledge_id", "kind"))
news = Table("news", metadata, _news)
answers = Table("answers", metadata, _answers)
attachments = Table("attachments", metadata, _attachments)
calls = Table("calls", metadata, _calls)
assignments = Table("assignments", metadata, _assignments)
call_notes = Table("call_notes", metadata, _call_notes)
introductions = Table("introductions", metadata, _introductions, UniqueConstraint("call_id", "pledge_id"))
frozen_reports = Table("frozen_reports", metadata, _frozen_reports)
roles = Table("roles", metadata, _roles)
team_codes = Table("team_codes", metadata, _team_codes)
audit = Table("audit", metadata, _audit)
jobs = Table("jobs", metadata, _jobs)
watches = Table("watches", metadata, _watches)
menus = Table("menus", metadata, _menus)
occasions = Table("occasions", metadata, _occasions)
asked = Table("asked", metadata, _asked)
lapses = Table("lapses", metadata, _lapses)
prompts = Table("prompts", metadata, _prompts)
messages = Table("messages", metadata, _messages)
inbox = Table("inbox", metadata, _inbox)
broadcasts = Table("broadcasts", metadata, _broadcasts)
outbox = Table("outbox", metadata, _outbox)
channels = Table("channels", metadata, _channels)
positions = Table("positions", metadata, _positions)
owners = Table("owners", metadata, _owners)
rehearsals = Table("rehearsals", metadata, _rehearsals)
restorations = Table("restorations", metadata, _restorations)

Index("ix_asked_person_id_at", asked.c.person_id, asked.c.at)
Index("ix_prompts_chat", prompts.c.channel, prompts.c.address)
Index("ix_prompts_person_id_opened_at", prompts.c.person_id, prompts.c.opened_at)
_dialogue = prompts.c.occasion.is_(False)
Index("ix_prompts_dialogue", prompts.c.opened_at, sqlite_where=_dialogue, postgresql_where=_dialogue)
WAITING = sql("outbox.state IN ('queued', 'deferred', 'sending')")
"""Rows of the outbox that are not done with. Written out, not bound: only so can the partial index be used."""
PAST = sql("outbox.state IN ('sent', 'dropped')")
"""Rows of the outbox that nobody has to look at any more."""
_unqualified = sql("state IN ('queued', 'deferred', 'sending')")
_past = sql("state IN ('sent', 'dropped')")

Index(
    "ix_outbox_waiting", outbox.c.channel, outbox.c.priority, outbox.c.id,
    sqlite_where=_unqualified, postgresql_where=_unqualified,
)  # fmt: skip
Index(
    "ix_outbox_chat", outbox.c.channel, outbox.c.address,
    sqlite_where=_unqualified, postgresql_where=_unqualified,
)  # fmt: skip
Index("ix_outbox_past", outbox.c.due_at, sqlite_where=_past, postgresql_where=_past)
_of_broadcast = sql("broadcast_id IS NOT NULL")
Index(
    "ix_outbox_broadcast", outbox.c.broadcast_id, outbox.c.state, outbox.c.due_at,
    sqlite_where=_of_broadcast, postgresql_where=_of_broadcast,
)  # fmt: skip
