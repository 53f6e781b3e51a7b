"""What is left six months after the date: what became of it, and nobody's name."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.domain.company import Part
from bot.domain.roles import Role
from bot.service import anonymising
from bot.service.anonymising import Anonymised, Anonymising
from bot.store import companions
from bot.store.tables import metadata
from tests.service.looking import Change, Dump, Look
from tests.stage import Person, Stage

DUE = date(2026, 1, 9)
OVER = datetime(2026, 7, 9, 12, tzinfo=UTC)
"""Six months after the date of a pledge from the workshop on 9 July 2025."""


@pytest.fixture
def job(stage: Stage) -> Anonymising:
    return Anonymising(stage.installation)


@pytest.fixture
def anna(stage: Stage) -> Person:
    """Anna, who has kept her promise and told so."""
    anna = stage.maker("Anna", "Geheimsache Bahnhof")
    anna.says("/update")
    anna.taps("Done")
    anna.taps("Kept")
    anna.says("Mit Hilfe von Frau Musterfrau")
    anna.hears()
    return anna


def everything(job: Anonymising) -> Anonymised:
    done = Anonymised()
    while some := job.step():
        done += some
    return done


def secrets(dump: Dump) -> list[str]:
    return [row for rows in dump().values() for row in rows for word in ("Geheimsache", "Musterfrau") if word in row]


@pytest.mark.usefixtures("anna")
def test_the_day_before_nothing_happens(stage: Stage, job: Anonymising, dump: Dump) -> None:
    stage.clock.set(OVER - timedelta(days=1))
    before = dump()
    assert job.preview() == everything(job) == Anonymised()
    assert dump() == before


@pytest.mark.usefixtures("anna")
def test_on_the_day_person_and_words_go_and_the_count_stays(
    stage: Stage, job: Anonymising, dump: Dump, look: Look, change: Change
) -> None:
    change("UPDATE pledges SET topic = 'Wohnen', land = 'BE', side = 'municipality', owner = 'Anna Musterfrau'")
    stage.clock.set(OVER)
    told = Anonymised(("BER-001",), (), 1)
    assert job.preview() == told
    assert secrets(dump)
    assert everything(job) == told
    assert secrets(dump) == []
    assert [row for rows in dump().values() for row in rows if "1001" in row] == []
    columns = ("stage", "outcome", "topic", "land", "side", "maker_id", "text")
    assert look("pledges", *columns) == [("closed", "kept", "Wohnen", "BE", "municipality", None, "")]
    assert everything(job) == Anonymised()


@pytest.mark.usefixtures("anna")
def test_the_extended_date_counts(stage: Stage, job: Anonymising, change: Change) -> None:
    change("UPDATE pledges SET due = :due", due=(DUE + timedelta(days=60)).isoformat())
    stage.clock.set(OVER + timedelta(days=59))
    assert job.preview() == Anonymised()
    stage.clock.set(OVER + timedelta(days=65))
    assert job.preview() == Anonymised(("BER-001",), (), 1)


def test_whoever_has_another_pledge_stays(stage: Stage, job: Anonymising, anna: Person, dump: Dump) -> None:
    anna.says("/new Eine zweite Sache")
    with stage.installation.engine.begin() as tx:
        tx.execute(metadata.tables["pledges"].update().where(
            metadata.tables["pledges"].c.reference == "BER-002").values(due=DUE + timedelta(days=90)))  # fmt: skip
    stage.clock.set(OVER)
    assert everything(job) == Anonymised(("BER-001",), (), 0)
    assert secrets(dump) == []
    assert any("Eine zweite Sache" in row for row in dump()["pledges"])


def test_who_stands_beside_a_pledge_or_in_a_team_stays(stage: Stage, job: Anonymising, look: Look) -> None:
    anna, *_ = (stage.maker(name, f"{name} tut etwas") for name in ("Anna", "Bert", "Cem"))
    anna.hears()
    with stage.installation.engine.begin() as tx:
        pledges = metadata.tables["pledges"]
        tx.execute(pledges.update().where(pledges.c.reference == "BER-001").values(due=DUE + timedelta(days=90)))
        companions.add(tx, 1, 2, Part.PARTNER, stage.clock.now())
        role = {"person_id": 3, "workshop_id": 1, "role": Role.READER, "at": stage.clock.now()}
        tx.execute(insert(metadata.tables["roles"]), [role])
    stage.clock.set(OVER)
    assert everything(job) == Anonymised(("BER-002", "BER-003"), (), 0)
    assert look("people", "id") == [1, 2, 3]


def test_who_made_no_pledge_goes_six_months_after_the_last_workshop(stage: Stage, job: Anonymising, look: Look) -> None:
    stage.workshop("Werkstatt Jena", date(2025, 9, 1), letters="JEN", code="JENA2345")
    for name, codes in {"Anna": ("ABCD2345",), "Bert": ("ABCD2345", "JENA2345")}.items():
        person = stage.person(name, "en")
        for code in codes:
            person.says(f"/start {code}")
            if code == "ABCD2345":
                person.taps(0)
    stage.clock.set(datetime(2026, 1, 8, 12, tzinfo=UTC))
    assert job.preview() == Anonymised()
    stage.clock.set(datetime(2026, 1, 9, 12, tzinfo=UTC))
    assert everything(job) == Anonymised((), (), 1)
    assert look("accounts", "address") == ["1002"]
    stage.clock.set(datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert everything(job) == Anonymised((), (), 1)
    assert look("people", "id") == []


def test_names_in_drafts_go_with_their_code(stage: Stage, job: Anonymising, dump: Dump, look: Look) -> None:
    until = date(2025, 9, 7)
    with stage.installation.engine.begin() as tx:
        row = {
            "reference": "BER-007", "workshop_id": 1, "text": "Ein Haus", "due": DUE, "stage": "proposed",
            "visibility": "team", "owner": "Anna Musterfrau", "partners": "Familie Musterfrau",
            "claim_code": "CODE2345", "claim_until": until,
            "imported": {"text": "Ein Haus", "owner": "Anna Musterfrau", "partners": "Familie Musterfrau"},
            "created_at": stage.clock.now(),
        }  # fmt: skip
        tx.execute(insert(metadata.tables["pledges"]), [row])
    stage.clock.set(datetime(2025, 9, 7, 12, tzinfo=UTC))
    assert job.preview() == Anonymised()
    stage.clock.set(datetime(2025, 9, 8, 12, tzinfo=UTC))
    assert everything(job) == Anonymised((), ("BER-007",), 0)
    assert secrets(dump) == []
    assert look("pledges", "text", "claim_code") == [("Ein Haus", "CODE2345")]


def test_it_goes_in_small_steps(stage: Stage, job: Anonymising, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Anna", "Bert", "Cem"):
        stage.maker(name, f"{name} tut etwas")
    stage.clock.set(OVER)
    monkeypatch.setattr(anonymising, "AT_ONCE", 2)
    steps = []
    while some := job.step():
        steps.append((len(some.pledges), some.people))
    assert steps == [(2, 0), (1, 0), (0, 2), (0, 1)]
