from datetime import timedelta

from sqlalchemy import Connection, Engine

from bot.store import inbox
from tests.store.rows import NOW


def test_an_update_is_taken_once(tx: Connection) -> None:
    assert inbox.enter(tx, "telegram", "7", NOW)
    assert not inbox.enter(tx, "telegram", "7", NOW)


def test_the_same_number_on_another_channel_is_another_update(tx: Connection) -> None:
    assert inbox.enter(tx, "telegram", "7", NOW)
    assert inbox.enter(tx, "matrix", "7", NOW)


def test_what_was_rolled_back_is_not_known(engine: Engine) -> None:
    with engine.connect() as tx:
        inbox.enter(tx, "telegram", "7", NOW)
        tx.rollback()
    with engine.begin() as tx:
        assert inbox.enter(tx, "telegram", "7", NOW)


def test_a_failed_update_may_be_tried_again_and_succeed(tx: Connection) -> None:
    assert inbox.failed_once_more(tx, "telegram", "7", NOW) == 1
    assert inbox.failed_once_more(tx, "telegram", "7", NOW) == 2
    assert inbox.enter(tx, "telegram", "7", NOW)
    assert not inbox.enter(tx, "telegram", "7", NOW)


def test_what_is_set_aside_is_known_and_listed(tx: Connection) -> None:
    inbox.failed_once_more(tx, "telegram", "8", NOW)
    inbox.failed_once_more(tx, "telegram", "7", NOW - timedelta(hours=1))
    inbox.set_aside(tx, "telegram", "7")
    inbox.set_aside(tx, "telegram", "8")
    assert not inbox.enter(tx, "telegram", "7", NOW)
    assert inbox.failures(tx) == [("telegram", "7", NOW - timedelta(hours=1)), ("telegram", "8", NOW)]


def test_old_updates_are_forgotten_but_not_what_failed(tx: Connection) -> None:
    for update in ("old", "new", "failed"):
        at = NOW if update == "new" else NOW - timedelta(days=9)
        inbox.enter(tx, "telegram", update, at)
    inbox.set_aside(tx, "telegram", "failed")
    assert inbox.forget_before(tx, NOW - timedelta(days=3), 10) == 1
    assert [inbox.enter(tx, "telegram", update, NOW) for update in ("old", "new", "failed")] == [True, False, False]
