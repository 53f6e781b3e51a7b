"""Sheets come in, again and again; makers and what they decided are left alone."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.documents.pledge_sheet import Reason, UnreadableSheet
from bot.domain.pledge import Stage as PledgeStage
from bot.service.importing import Importing
from bot.service.installation import Installation, Rules
from bot.store import people, workshops
from bot.store.engine import open_engine
from bot.store.tables import metadata
from scheduler.clock import ManualClock
from tests.stage import Stage

SAMPLES = Path(__file__).parents[1] / "samples"
COLUMNS = ("Nr", "Versprechen", "Wer", "Ort", "Land", "Bis wann", "Sichtbarkeit")
PEOPLE = ("people", "accounts", "consents", "attendances", "answers", "calls", "prompts", "outbox")
MAKERS = ("text", "due", "due_note", "visibility", "stage", "maker_id", "registered", "claimed", "standing", "outcome")


def sheet(*rows: Mapping[str, str]) -> bytes:
    """CSV with these rows; a column that a row does not name is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def row(text: str, number: int | None = None, **cells: str) -> dict[str, str]:
    return {"Versprechen": text, "Nr": str(number or ""), **cells}


@pytest.fixture
def berlin(stage):
    with stage.installation.engine.begin() as tx:
        return workshops.by_code(tx, "ABCD2345")


@pytest.fixture
def importing(stage):
    return Importing(stage.installation)


@pytest.fixture
def pledges(look):
    """The pledges by number, each with the columns asked for."""
    return lambda *columns: {found[0]: found[1:] for found in look("pledges", "reference", *columns)}


def claim(stage, importing, berlin, reference: str, name: str = "Anna"):
    """Somebody claims an imported pledge."""
    code = {one.pledge.reference: one.code for one in importing.unclaimed(berlin)}[reference]
    person = stage.person(name, "en")
    person.says(f"/start {code}")
    person.taps("Yes, I agree")
    person.taps("Yes, that is me")
    return person


def counts(done) -> tuple[int, int, int]:
    return done.new, done.changed, done.unchanged


def test_the_sample_comes_in_once(importing, berlin, dump) -> None:
    content = (SAMPLES / "pledges.csv").read_bytes()
    before = dump()
    assert counts(importing.preview(content, berlin)) == (160, 0, 0)
    assert dump() == before
    assert counts(importing.apply(content, berlin)) == (160, 0, 0)
    after = dump()
    assert counts(importing.preview(content, berlin)) == (0, 0, 160)
    assert counts(importing.apply(content, berlin)) == (0, 0, 160)
    assert dump() | {"audit": []} == after | {"audit": []}
    assert len(after["pledges"]) == 160


def test_faulty_rows_are_named_and_left_out(importing, berlin, pledges) -> None:
    expected = (SAMPLES / "pledges-faulty.expected.tsv").read_text().splitlines()[1:]
    done = importing.apply((SAMPLES / "pledges-faulty.csv").read_bytes(), berlin)
    assert [problem.row for problem in done.problems] == [int(line.split("\t")[1]) for line in expected]
    assert len(pledges("text")) == done.new == done.valid


def test_what_is_imported_is_a_proposal(importing, berlin, pledges) -> None:
    importing.apply(sheet(row("Hitzeplan.", 7), row("Bürgerbüro.", 8, **{"Bis wann": "31.10.2025"})), berlin)
    assert pledges("stage", "maker_id", "due", "claimed") == {
        "BER-007": (PledgeStage.PROPOSED, None, berlin.deadline, False),
        "BER-008": (PledgeStage.PROPOSED, None, date(2025, 10, 31), False),
    }


def test_rows_without_a_number_get_the_next_free_one(stage, importing, berlin, pledges) -> None:
    stage.maker("Cem", "Chat")
    content = sheet(row("Ohne eins"), row("Mit", 2), row("Ohne zwei"))
    assert counts(importing.apply(content, berlin)) == (3, 0, 0)
    expected = {"BER-001": ("Chat",), "BER-002": ("Mit",), "BER-003": ("Ohne eins",), "BER-004": ("Ohne zwei",)}
    assert pledges("text") == expected
    assert counts(importing.apply(content, berlin)) == (0, 0, 3)
    assert pledges("text") == expected


def test_a_number_that_the_office_fills_in_later_is_the_same_pledge(importing, berlin, pledges) -> None:
    importing.apply(sheet(row("Hitzeplan.")), berlin)
    assert counts(importing.apply(sheet(row("Hitzeplan.", 1)), berlin)) == (0, 0, 1)
    assert counts(importing.apply(sheet(row("Hitzeplan.")), berlin)) == (0, 0, 1)
    assert len(pledges("text")) == 1


def test_two_towns_may_promise_the_same_in_the_same_words(importing, berlin, pledges) -> None:
    haar, ulm = row("Hitzeplan.", Wer="Haar", Ort="Haar"), row("Hitzeplan.", Wer="Ulm", Ort="Ulm")
    importing.apply(sheet(haar, ulm), berlin)
    before = pledges("owner")
    assert counts(importing.apply(sheet(ulm, haar), berlin)) == (0, 0, 2)
    assert counts(importing.apply(sheet(ulm, haar | {"Wer": "Gemeinde Haar"}), berlin)) == (0, 1, 1)
    assert before == {"BER-001": ("Haar",), "BER-002": ("Ulm",)}
    assert pledges("owner") == {"BER-001": ("Gemeinde Haar",), "BER-002": ("Ulm",)}


def test_a_number_that_the_chat_has_is_faulty(stage, importing, berlin, pledges) -> None:
    stage.maker("Cem", "Chat")
    done = importing.apply(sheet(row("Tabelle", 1), row("Tabelle", 2)), berlin)
    [problem] = done.problems
    assert (problem.row, problem.reason, done.new) == (2, Reason.NUMBER_TAKEN, 1)
    assert pledges("text") == {"BER-001": ("Chat",), "BER-002": ("Tabelle",)}


def test_before_the_claim_everything_follows_the_sheet(importing, berlin, pledges) -> None:
    importing.apply(sheet(row("Alt", 1, **{"Bis wann": "31.10.2025"})), berlin)
    [before] = importing.unclaimed(berlin)
    done = importing.apply(sheet(row("Neu", 1, Ort="Haar", Sichtbarkeit="öffentlich")), berlin)
    assert counts(done) == (0, 1, 0)
    assert pledges("text", "place", "due", "visibility") == {"BER-001": ("Neu", "Haar", berlin.deadline, "public")}
    [after] = importing.unclaimed(berlin)
    assert after.code == before.code


def test_after_the_claim_text_and_date_are_the_makers(stage, importing, berlin, pledges) -> None:
    importing.apply(sheet(row("Alt", 1)), berlin)
    claim(stage, importing, berlin, "BER-001")
    before = pledges(*MAKERS)
    changed = row("Neu", 1, **{"Bis wann": "31.10.2025", "Sichtbarkeit": "öffentlich"})
    for _ in range(2):
        assert counts(importing.apply(sheet(changed), berlin)) == (0, 0, 1)
        assert pledges(*MAKERS) == before
    assert counts(importing.apply(sheet(row("Neu")), berlin)) == (0, 0, 1)
    assert importing.unclaimed(berlin) == []


def test_after_the_claim_the_rest_follows_unless_the_maker_has_changed_it(
    stage, importing, berlin, pledges, change
) -> None:
    importing.apply(sheet(row("Alt", 1, Ort="Haar", Wer="Amt")), berlin)
    claim(stage, importing, berlin, "BER-001")
    change("UPDATE pledges SET owner = 'Bürgerbüro'")
    done = importing.apply(sheet(row("Alt", 1, Ort="Ulm", Wer="Rathaus")), berlin)
    assert counts(done) == (0, 1, 0)
    assert pledges("place", "owner") == {"BER-001": ("Ulm", "Bürgerbüro")}


def test_another_land_has_other_days_off(stage, importing, berlin, look) -> None:
    """The next question would fall on Repentance Day, which is a day off in Saxony alone."""
    importing.apply(sheet(row("Alt", 1, Land="Berlin")), berlin)
    claim(stage, importing, berlin, "BER-001")
    stage.clock.set(datetime(2025, 11, 10, tzinfo=UTC))
    with stage.installation.engine.begin() as tx:
        people.change(tx, 1, weekday=2, paused_until=date(2025, 11, 19))
    importing.apply(sheet(row("Alt", 1, Land="Hessen")), berlin)
    [before] = look("occasions", "due_at")
    importing.apply(sheet(row("Alt", 1, Land="Sachsen")), berlin)
    [after] = look("occasions", "due_at")
    assert before.date() == date(2025, 11, 19)
    assert after.date() > before.date()


@pytest.mark.parametrize("number", [1, None])
def test_what_was_erased_does_not_come_back(stage, importing, berlin, dump, number) -> None:
    content = sheet(row("Geheimsache", number, Wer="Anna Musterfrau"), row("Andere Sache", 2))
    importing.apply(content, berlin)
    anna = claim(stage, importing, berlin, "BER-001")
    anna.says("/delete")
    anna.taps("Yes, erase everything")
    for _ in range(2):
        assert counts(importing.apply(content, berlin)) == (0, 0, 2)
    assert importing.apply(sheet(row("Eine dritte")), berlin).new == 1
    left = [found for rows in dump().values() for found in rows]
    assert [found for found in left if "Geheimsache" in found or "Musterfrau" in found] == []
    assert len(dump()["pledges"]) == 3
    assert [one.pledge.reference for one in importing.unclaimed(berlin)] == ["BER-002", "BER-003"]


def test_a_claim_code_works_for_sixty_days(stage, importing, berlin) -> None:
    importing.apply(sheet(row("Hitzeplan.")), berlin)
    [first] = importing.unclaimed(berlin)
    assert first.until == berlin.day + timedelta(days=60)
    stage.clock.set(datetime(2025, 8, 1, tzinfo=UTC))
    importing.apply(sheet(row("Hitzeplan."), row("Später dazu.")), berlin)
    same, second = importing.unclaimed(berlin)
    assert same == first
    assert second.until == date(2025, 9, 30)


def test_an_expired_code_is_issued_anew_when_the_list_is_asked_for(stage, importing, berlin) -> None:
    importing.apply(sheet(row("Hitzeplan.")), berlin)
    [first] = importing.unclaimed(berlin)
    stage.clock.set(datetime(2025, 12, 1, 12, tzinfo=UTC))
    [again] = importing.unclaimed(berlin)
    assert again.until == date(2026, 1, 30)
    late = stage.person("Anna", "en")
    late.says(f"/start {first.code}")
    assert "Welcome" not in late.hears()[-1]
    late.says(f"/start {again.code}")
    assert "Welcome" in late.hears()[-1]


def test_progress_is_told(importing, berlin) -> None:
    told: list[tuple[int, int]] = []
    importing.apply(sheet(row("Eins"), row("Zwei")), berlin, lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_what_is_no_sheet_changes_nothing(importing, berlin, dump) -> None:
    before = dump()
    with pytest.raises(UnreadableSheet):
        importing.apply(b"Guten Tag", berlin)
    assert dump() == before


deeds = st.sampled_from(["", "claim", "pause", "stop", "erase", "conclude"])
mending = st.sampled_from(["", "text", "place", "due", "visibility", "unnumbered", "gone"])
plan = st.lists(st.tuples(st.booleans(), deeds, mending), min_size=1, max_size=5)


@settings(max_examples=40)
@given(plan=plan, more=st.integers(0, 2))
def test_importing_again_touches_nobody(sqlite, plan, more) -> None:
    """Whatever makers did and offices mend: consent, pause, stop, an erasure and a claimed pledge stay as they are."""
    clock = ManualClock(datetime(2025, 7, 9, 12, 0, tzinfo=UTC))
    with sqlite.fresh() as url:
        stage = Stage(Installation(open_engine(url), clock, Rules(responsible="Stadt")), clock)
        berlin, importing = stage.workshop(), Importing(stage.installation)
        rows = [row(f"Versprechen {n}", n if numbered else None) for n, (numbered, _, _) in enumerate(plan, start=1)]
        importing.apply(sheet(*rows), berlin)
        by_text = {one.pledge.text: one.pledge.reference for one in importing.unclaimed(berlin)}
        for n, (_, deed, _) in enumerate(plan, start=1):
            if deed:
                _do(deed, stage, claim(stage, importing, berlin, by_text[f"Versprechen {n}"], f"Person {n}"))
        before = _everything(stage)
        mended = [_mended(found, how) for found, (_, _, how) in zip(rows, plan, strict=True) if how != "gone"]
        content = sheet(*mended, *(row(f"Neu {n}") for n in range(more)))
        done = importing.apply(content, berlin)
        after = _everything(stage)

        assert done.problems == ()
        assert done.new == more + sum(not numbered and how == "text" for numbered, _, how in plan)
        assert {name: after[name] for name in PEOPLE} == {name: before[name] for name in PEOPLE}
        now = {found["reference"]: found for found in after["pledges"]}
        for found in before["pledges"]:
            if found["stage"] != PledgeStage.PROPOSED:
                assert {name: now[found["reference"]][name] for name in MAKERS} == {
                    name: found[name] for name in MAKERS
                }
        assert counts(importing.apply(content, berlin)) == (0, 0, len(mended) + more)
        stage.installation.engine.dispose()


def _do(deed: str, stage: Stage, person) -> None:
    match deed:
        case "pause":
            with stage.installation.engine.begin() as tx:
                people.change(tx, len(stage.people), paused_until=date(2025, 9, 1))
        case "stop":
            person.says("stop")
        case "erase":
            person.says("/delete")
            person.taps("Yes, erase everything")
        case "conclude":
            person.says("erledigt")


def _mended(found: dict[str, str], how: str) -> dict[str, str]:
    match how:
        case "text":
            return found | {"Versprechen": found["Versprechen"] + ", aber besser"}
        case "place":
            return found | {"Ort": "Haar"}
        case "due":
            return found | {"Bis wann": "31.10.2025"}
        case "visibility":
            return found | {"Sichtbarkeit": "öffentlich"}
        case "unnumbered":
            return found | {"Nr": ""}
    return found


def _everything(stage: Stage) -> dict[str, list[dict[str, object]]]:
    with stage.installation.engine.begin() as tx:
        tables: Iterable[str] = (*PEOPLE, "pledges")
        return {name: [dict(found._mapping) for found in tx.execute(select(metadata.tables[name]))] for name in tables}
