"""Everything that is stored about one person, as data.

First what people ask for, in words; then every row of every table that is theirs, as it is stored. Whoever adds a table
need not think of this: `belongings` finds it by its foreign keys. What is not told is listed here with its reason.
"""

import base64
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.service.dossiers import Dossier
from bot.store import attachments, audit, belongings, calls, codes, companions, people, pledges, teams, workshops
from bot.store.tables import metadata

NOBODYS = {
    "workshops": "what everybody with the code knows",
    "inbox": "numbers of updates, which say nothing of whose they are",
    "channels": "the bot's own names",
    "positions": "how far a platform's stream of events is taken in",
    "owners": "which process does what",
    "rehearsals": "how far the calendar of a rehearsal has come",
    "restorations": "when a backup was brought back",
    "team_codes": "invitations to a team, which nobody has accepted yet",
    "frozen_reports": "counts, as they were on their day",
    "audit": "it names people by their numbers: what somebody did is told as `actions`",
}
"""The tables that hold nothing of a person, and why."""
NOT_TOLD = {
    "pledges.claim_code": "a key, of use to whoever finds it",
    "codes.code": "a key, of use to whoever finds it",
    "outbox.file_content": "a file on its way to the person, such as this one",
}
"""The columns that are left out, and why."""
SOMEBODY_ELSE = "somebody else"


def everything_about(tx: Connection, dossier: Dossier) -> Mapping[str, Any]:
    """All rows about a person, for reading and for JSON. Days and instants (UTC) are ISO text."""
    person = dossier.person
    return {
        "since": people.since(tx, person.id).isoformat(),
        "settings": {
            "language": person.language,
            "time_zone": person.zone.key,
            "weekday": person.weekday,
            "window": person.window,
            "paused_until": person.paused_until and person.paused_until.isoformat(),
            "paused_from": person.paused_from and person.paused_from.isoformat(),
            "stopped": person.stopped,
        },
        "accounts": [
            {"channel": account.channel, "chat": account.address, "user": account.user, "reachable": account.reachable}
            for account in dossier.accounts
        ],
        "consents": [
            {"channel": channel, "version": version, "at": at.isoformat()}
            for channel, version, at in people.consents_of(tx, person.id)
        ],
        "workshops": [workshop.name for workshop in workshops.of_person(tx, person.id)],
        "pledges": [
            {
                name: value.isoformat() if hasattr(value, "isoformat") else value
                for name in pledge.__slots__
                if name not in ("maker_id", "workshop_id") and (value := getattr(pledge, name)) not in (None, "", False)
            }
            for pledge in dossier.pledges.values()
        ],
        "answers": [
            {
                "pledge": row.reference, "at": row.at.isoformat(), "standing": row.standing, "outcome": row.outcome,
                "note": row.note, "shared": row.shared,
            }
            for row in pledges.answers_of(tx, person.id)
        ],
        "beside": [
            {"pledge": row.reference, "part": row.part, "name": row.name, "since": row.since.isoformat()}
            for row in companions.parts_of(tx, person.id)
        ],
        "invitations": [
            {"to": code.purpose, "name": code.name, "until": code.expires_at.isoformat()}
            for code in codes.of_person(tx, person.id) if code.name
        ],
        "files": [
            {"pledge": row.reference, "at": row.at.isoformat(), "mime": row.mime}
            for row in attachments.of_person(tx, person.id)
        ],
        "calls_for_help": [
            {"pledge": row.reference, "at": row.at.isoformat(), "obstacle": row.obstacle, "wanted": row.wanted}
            for row in calls.calls_of(tx, person.id)
        ],
        "roles": [
            {"workshop": known.name if (known := workshops.by_id(tx, workshop_id)) else "", "roles": sorted(held)}
            for workshop_id, held in teams.roles_of(tx, person.id).items()
        ],
        "actions": [
            {"at": done.at.isoformat(), "action": done.action, "workshop": done.workshop_id, "subject": done.subject}
            for done in audit.by(tx, audit.person(person.id))
        ],
        "rows": rows_of(tx, person.id),
    }  # fmt: skip


def rows_of(tx: Connection, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row of a person by table, for JSON; other people's numbers are not given away."""
    told = {}
    for name, rows in belongings.of(tx, person_id).items():
        table = metadata.tables[name]
        columns = [column for column in table.c if f"{name}.{column.name}" not in NOT_TOLD]
        people_of = {column.name for column in columns if column.references(metadata.tables["people"].c.id)}
        told[name] = [
            {
                column.name: _plain(value, hidden=column.name in people_of and value not in (None, person_id))
                for column in columns
                for value in (row._mapping[column.name],)
            }
            for row in rows
        ]
    return told


def _plain(value: Any, *, hidden: bool) -> Any:
    if hidden:
        return SOMEBODY_ELSE
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date | datetime) else value
