from bot.domain.roles import INVITED, RIGHTS, Right, Role, may, rights_of


def test_every_role_has_its_rights() -> None:
    assert set(RIGHTS) == set(Role)
    assert set(INVITED) == set(Role) - {Role.ADMINISTRATOR}
    assert rights_of([]) == frozenset()


def test_writing_and_releasing_are_separate() -> None:
    assert may(Role.WRITER, Right.WRITE)
    assert not may(Role.WRITER, Right.RELEASE)
    assert may(Role.RELEASER, Right.RELEASE)
    assert not may(Role.RELEASER, Right.WRITE)
    assert rights_of([Role.WRITER, Role.RELEASER]) == {Right.READ, Right.WRITE, Right.RELEASE}


def test_only_administrators_create_and_appoint() -> None:
    for right in (Right.CREATE, Right.APPOINT):
        assert [role for role in Role if may(role, right)] == [Role.ADMINISTRATOR]
