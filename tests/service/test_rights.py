"""What has a right to it does not exist for anybody else, and is written down for those who have it."""

from dataclasses import replace

import pytest

from bot.domain.roles import Role
from bot.service.appointing import Appointing
from bot.service.hosting import Hosting
from tests.service.looking import Dump, Look
from tests.stage import Person, Stage

COMMANDS = ("/werkstatt", "/workshop", "!werkstatt")


def join_team(stage: Stage, name: str, role: Role = Role.ORGANISER) -> Person:
    """Somebody who has just joined the team of the workshop in Berlin."""
    person = stage.person(name, "en")
    stage.team_code(code := f"TEAM{name.upper()}", role)
    person.says(f"/start {code}")
    person.taps("Yes, I agree")
    person.hears()
    return person


@pytest.mark.parametrize("command", COMMANDS)
def test_to_others_it_is_an_unknown_command(stage: Stage, dump: Dump, command: str) -> None:
    for person in (stage.person("Stranger", "en"), stage.maker("Anna")):
        person.says("/gibtsnicht")
        unknown = person.hears()
        person.says(command)
        assert person.hears() == unknown
        person.says("/help")
        assert "workshops" not in "".join(person.hears())
    assert "audit" not in dump()


def test_a_bare_word_is_one_for_the_team_only(stage: Stage) -> None:
    anna, olga = stage.maker("Anna"), join_team(stage, "Olga")
    anna.says("gibtsnicht")
    unknown = anna.hears()
    anna.says("workshop")
    assert anna.hears() == unknown
    olga.says("Workshop")
    assert "ABCD2345" in olga.hears()[0]


def test_a_team_sees_its_own_workshops(stage: Stage) -> None:
    stage.workshop("Werkstatt Kiel", letters="KIE", code="KKKK2345")
    olga = join_team(stage, "Olga", Role.READER)
    olga.says("/workshop")
    [shown] = olga.hears()
    assert "Werkstatt Berlin" in shown
    assert olga.newest.labels == []  # who only reads along is offered nothing
    admin = stage.appoint("Udo")
    admin.says("/workshop")
    assert sorted(admin.newest.labels) == ["BER Werkstatt Berlin", "KIE Werkstatt Kiel"]


def test_an_old_button_does_nothing_without_the_right(stage: Stage, look: Look) -> None:
    olga = join_team(stage, "Olga")
    olga.says("/workshop")
    workshop = Hosting(stage.installation).find("BER")
    assert workshop
    Appointing(stage.installation).dismiss(workshop, 1)
    olga.hears()
    assert olga.taps("Slide") == "No longer open"
    assert olga.hears() == ["This question is no longer open. With /status you see where things stand."]
    assert look("jobs", "id") == []
    olga.says("Slide")
    assert "not sure what you mean" in olga.hears()[0]


def test_a_role_that_is_taken_back_is_gone_at_once(stage: Stage) -> None:
    olga = join_team(stage, "Olga")
    workshop = Hosting(stage.installation).find("BER")
    assert workshop
    appointing = Appointing(stage.installation)
    [member] = appointing.team(workshop)
    assert appointing.dismiss(workshop, member.person_id)
    assert not appointing.dismiss(workshop, member.person_id)
    olga.says("/workshop")
    assert "do not know this command" in olga.hears()[0]


def test_somebody_else_in_the_chat_has_no_rights(stage: Stage) -> None:
    olga = join_team(stage, "Olga")
    stage.takes(replace(olga.incoming("/workshop"), user="4711"))
    assert "do not know this command" in olga.hears()[0]


def test_administrators_by_channel_only(stage: Stage) -> None:
    udo = stage.appoint("Udo")
    stage.takes(replace(udo.incoming("/workshop"), channel="other"))
    assert udo.hears() == []
    with stage.installation.engine.connect() as tx:
        [said] = tx.exec_driver_sql("SELECT text FROM outbox WHERE channel = 'other'").scalars()
    assert "kenne ich nicht" in said


def test_an_administrator_needs_no_consent(stage: Stage, dump: Dump) -> None:
    udo = stage.appoint("Udo")
    udo.says("/werkstatt")
    assert "ABCD2345" in udo.hears()[0]
    assert "people" not in dump()
    assert "outbox" not in dump()


def test_what_is_done_is_in_the_log_by_ids(stage: Stage, look: Look) -> None:
    olga, udo = join_team(stage, "Olga"), stage.appoint("Udo")
    olga.says("/workshop geheim")
    udo.says("/werkstatt")
    log = look("audit", "actor", "action", "workshop_id", "subject")
    assert log == [
        ("person 1", "join team", 1, "organiser"),
        ("person 1", "workshop", None, ""),
        (f"telegram {udo.address}", "workshop", 1, ""),
    ]
    olga.says("/delete")
    olga.taps("Yes")
    assert set(look("audit", "actor")) == {"erased", f"telegram {udo.address}"}
    assert look("roles", "role") == []


def test_a_used_code_is_unknown(stage: Stage, look: Look) -> None:
    join_team(stage, "Olga")
    bert = stage.maker("Bert")
    bert.says("/start TEAMOLGA")
    assert "do not know this code" in bert.hears()[0]
    assert look("roles", "person_id") == [1]


def test_a_no_uses_no_code_and_leaves_nothing(stage: Stage, dump: Dump) -> None:
    before = dump()
    stage.team_code("TEAM2345")
    olga = stage.person("Olga", "en")
    olga.says("TEAM2345")
    olga.taps("No")
    after = dump()
    assert after.keys() - before.keys() == {"team_codes", "inbox"}


def test_a_maker_joins_a_team_and_stays_a_maker(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    stage.team_code("TEAM2345", Role.RELEASER)
    anna.says("TEAM2345")
    assert "releasing announcements" in anna.hears()[0]
    anna.says("/status")
    assert "BER-001" in anna.hears()[0]
    assert look("attendances", "person_id") == [1]
    assert look("roles", "role") == ["releaser"]


def test_an_administrator_invites_from_the_chat(stage: Stage, look: Look) -> None:
    udo = stage.appoint("Udo")
    udo.says("/werkstatt")
    udo.taps("Ins Team einladen")
    udo.taps("Ansagen schreiben")
    [code] = look("team_codes", "code")
    assert code in udo.hears()[-1]
    rita = stage.person("Rita", "en")
    rita.says(code)
    rita.taps("Yes, I agree")
    assert look("roles", "role") == ["writer"]
    olga = join_team(stage, "Olga")
    olga.says("/workshop")
    assert "Invite to the team" not in olga.newest.labels
