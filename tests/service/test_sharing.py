"""Who finds whose pledges."""

from bot.domain import pledge
from bot.domain.land import Land
from bot.domain.pledge import Visibility
from bot.store import pledges
from tests.stage import Person, Stage


def found(person: Person) -> str:
    person.says("/search garden")
    return person.newest.text


def test_only_what_is_shared_with_a_person_is_found(stage: Stage) -> None:
    maker, colleague = stage.maker("Petra", "Our garden"), stage.maker("Anna", "Something else")
    stage.workshop("Werkstatt Eutin", land=Land.SH, letters="EUT", code="EFGH2345")
    outsider = stage.person("Ben", "en")
    outsider.says("/start EFGH2345")
    outsider.taps(0)
    for visibility, seen in (
        (Visibility.TEAM, (True, False, False)),
        (Visibility.WORKSHOP, (True, True, False)),
        (Visibility.PUBLIC, (True, True, True)),
    ):
        with stage.installation.engine.begin() as tx:
            pledges.change(tx, "BER-001", {"visibility": visibility})
        assert tuple("BER-001" in found(person) for person in (maker, colleague, outsider)) == seen
    with stage.installation.engine.begin() as tx:
        pledges.change(tx, "BER-001", {"stage": pledge.Stage.WITHDRAWN})
    assert "BER-001" not in found(colleague)


def test_a_proposal_is_found_by_nobody(stage: Stage) -> None:
    maker, colleague = stage.maker("Petra", "Our garden"), stage.maker("Anna", "Something else")
    with stage.installation.engine.begin() as tx:
        pledges.change(
            tx, "BER-001", {"stage": pledge.Stage.PROPOSED, "visibility": Visibility.PUBLIC, "registered": None}
        )
    assert "BER-001" not in found(maker) + found(colleague)


def test_a_pledge_that_is_no_longer_shared_cannot_be_opened_by_an_old_button(stage: Stage) -> None:
    stage.maker("Petra", "Our garden in full length")
    colleague = stage.maker("Anna", "Something else")
    with stage.installation.engine.begin() as tx:
        pledges.change(tx, "BER-001", {"visibility": Visibility.WORKSHOP})
    found(colleague)
    button = colleague.newest
    with stage.installation.engine.begin() as tx:
        pledges.change(tx, "BER-001", {"visibility": Visibility.TEAM})
    assert colleague.taps("BER-001", on=button) == "No longer open"


def test_many_are_shown_page_by_page(stage: Stage) -> None:
    petra = stage.maker("Petra", "garden 1")
    for number in range(2, 11):
        petra.says(f"/new garden {number}")
    assert "10" in found(petra)
    petra.taps("More (6)")
    petra.taps("More (2)")
    assert petra.newest.labels == ["BER-009", "BER-010"]
