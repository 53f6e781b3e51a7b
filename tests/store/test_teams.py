"""Teams, their codes, and the audit log."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.domain.roles import Role
from bot.store import audit, teams
from bot.store.teams import Member, TeamCode
from tests.store.rows import DAY, NOW, Rows


def test_a_code_works_once(tx: Connection, rows: Rows) -> None:
    berlin, anna, bert = rows.workshop(), rows.person("1"), rows.person("2")
    teams.invite(tx, code := TeamCode("TEAM2345", berlin, Role.WRITER, DAY))
    assert teams.by_code(tx, "TEAM2345") == code
    assert teams.redeem(tx, "TEAM2345", anna, NOW)
    assert not teams.redeem(tx, "TEAM2345", bert, NOW)
    assert teams.by_code(tx, "TEAM2345") is None
    assert teams.roles_of(tx, anna) == {berlin: {Role.WRITER}}
    assert teams.roles_of(tx, bert) == {}


def test_roles_add_up_and_end_together(tx: Connection, rows: Rows) -> None:
    berlin, munich, anna = rows.workshop("BER"), rows.workshop("MUE"), rows.person("1")
    invited = ((berlin, Role.WRITER), (berlin, Role.RELEASER), (berlin, Role.WRITER), (munich, Role.READER))
    for number, (workshop, role) in enumerate(invited):
        teams.invite(tx, TeamCode(f"TEAM{number}", workshop, role, DAY))
        assert teams.redeem(tx, f"TEAM{number}", anna, NOW + timedelta(hours=number))
    both = {Role.WRITER, Role.RELEASER}
    assert teams.roles_of(tx, anna) == {berlin: both, munich: {Role.READER}}
    assert teams.members(tx, berlin) == [Member(anna, (Role.WRITER, Role.RELEASER), (("telegram", "user 1"),))]
    assert teams.dismiss(tx, berlin, anna)
    assert not teams.dismiss(tx, berlin, anna)
    assert teams.roles_of(tx, anna) == {munich: {Role.READER}}


def test_expired_codes_go(tx: Connection, rows: Rows) -> None:
    berlin = rows.workshop()
    teams.invite(tx, TeamCode("TEAM2345", berlin, Role.READER, DAY))
    teams.forget_expired(tx, DAY)
    assert teams.by_code(tx, "TEAM2345")
    teams.forget_expired(tx, DAY + timedelta(days=1))
    assert teams.by_code(tx, "TEAM2345") is None


def test_the_log_forgets_who_it_was(tx: Connection, rows: Rows) -> None:
    anna, bert = rows.person("1"), rows.person("2")
    audit.write(tx, NOW, audit.person(anna), "workshop", 1)
    audit.write(tx, NOW, audit.person(bert), "workshop", 1)
    audit.anonymise(tx, anna)
    assert audit.by(tx, audit.person(anna)) == []
    assert [entry.action for entry in audit.by(tx, audit.ERASED)] == ["workshop"]
    assert len(audit.by(tx, audit.person(bert))) == 1
