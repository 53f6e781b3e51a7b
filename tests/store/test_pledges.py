from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.domain.land import Land
from bot.domain.pledge import Outcome, Pledge, Shown, Side, Stage, Standing, Topic, Visibility
from bot.store import calls, pledges
from tests.store.rows import NOW, Rows


def test_a_pledge_comes_out_as_it_went_in(tx: Connection, rows: Rows) -> None:
    full = Pledge(
        "BER-001", rows.workshop(), "Bürgerbüro öffnen 🏛", date(2026, 1, 9), Stage.CLOSED, rows.person(),
        date(2025, 7, 9), "im Herbst", "Stadt", "Görlitz", Land.SN, Topic.HEALTH, Side.MUNICIPALITY, "Verein",
        "Raum finden", Visibility.PUBLIC, True, Standing.DONE, NOW, Outcome.KEPT, NOW, "Alle halfen", Shown.WITH_NAME,
        date(2025, 8, 1), True, date(2025, 7, 20), True,
    )  # fmt: skip
    bare = Pledge("BER-002", full.workshop_id, "Wort", date(2026, 1, 9), Stage.PROPOSED)
    ids = [pledges.add(tx, pledge, NOW) for pledge in (full, bare)]
    assert pledges.by_reference(tx, "BER-001") == (ids[0], full)
    assert pledges.by_reference(tx, "BER-002") == (ids[1], bare)
    assert pledges.by_reference(tx, "BER-003") is None
    assert pledges.of_makers(tx, [full.maker_id or 0]) == {full.maker_id: {ids[0]: full}}
    assert [row.reference for row in pledges.of_workshop(tx, full.workshop_id)] == ["BER-001", "BER-002"]
    pledges.change(tx, "BER-002", {"topic": Topic.ENERGY, "due": date(2026, 2, 1)})
    assert pledges.by_reference(tx, "BER-002") == (ids[1], replace(bare, topic=Topic.ENERGY, due=date(2026, 2, 1)))


def test_a_claim_code_leads_to_its_pledge(tx: Connection, rows: Rows) -> None:
    pledge = Pledge("BER-001", rows.workshop(), "Wort", date(2026, 1, 9), Stage.PROPOSED)
    pledges.add(tx, pledge, NOW, claim_code="CLAIM234", claim_until=date(2025, 9, 7))
    assert pledges.by_claim_code(tx, "CLAIM234") == (pledge, date(2025, 9, 7))
    assert pledges.by_claim_code(tx, "") is None


def test_a_remark_belongs_to_ones_own_latest_answer(tx: Connection, rows: Rows) -> None:
    me, other = rows.person("1"), rows.person("2")
    rows.pledge("BER-001", rows.workshop(), me)
    pledges.remark(tx, "BER-001", me, "vorab", NOW)
    pledges.answer(tx, "BER-001", me, NOW + timedelta(hours=1), standing=Standing.STUCK, note="Kein Geld")
    pledges.answer(tx, "BER-001", other, NOW + timedelta(hours=2), standing=Standing.SLOW)
    pledges.remark(tx, "BER-001", me, "Kein Raum", NOW + timedelta(hours=3))
    assert [(row.standing, row.note) for row in pledges.answers_of(tx, me)] == [
        (None, "vorab"), ("stuck", "Kein Geld\nKein Raum")
    ]  # fmt: skip
    assert [(row.standing, row.note) for row in pledges.answers_of(tx, other)] == [("slow", "")]


def test_one_open_call_for_help_a_pledge(tx: Connection, rows: Rows) -> None:
    me = rows.person()
    rows.pledge("BER-001", rows.workshop(), me)
    calls.place(tx, me, "BER-001", "", False, NOW)
    calls.place(tx, me, "BER-001", "Kein Geld", False, NOW)
    calls.place(tx, me, "BER-001", "", True, NOW)
    calls.place(tx, me, "", "Eine Frage", True, NOW)
    assert [(row.reference, row.obstacle, row.wanted) for row in calls.calls_of(tx, me)] == [
        ("BER-001", "Kein Geld", True), (None, "Eine Frage", True)
    ]  # fmt: skip
