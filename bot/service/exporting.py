"""Everything that is stored about one person, as data."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from bot.service.dossiers import Dossier
from bot.store import audit, people, pledges, teams, workshops


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
                "note": row.note,
            }
            for row in pledges.answers_of(tx, person.id)
        ],
        "calls_for_help": [
            {"pledge": row.reference, "at": row.at.isoformat(), "obstacle": row.obstacle, "wanted": row.wanted}
            for row in pledges.calls_of(tx, person.id)
        ],
        "roles": [
            {"workshop": known.name if (known := workshops.by_id(tx, workshop_id)) else "", "roles": sorted(held)}
            for workshop_id, held in teams.roles_of(tx, person.id).items()
        ],
        "actions": [
            {"at": done.at.isoformat(), "action": done.action, "workshop": done.workshop_id, "subject": done.subject}
            for done in audit.by(tx, audit.person(person.id))
        ],
    }  # fmt: skip
