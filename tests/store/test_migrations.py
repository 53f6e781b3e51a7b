"""The way from nothing to the tables of this program."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from bot.store import migrations
from bot.store.engine import open_engine
from bot.store.tables import metadata


def test_upgrade_makes_the_tables_of_the_program(empty_database: str) -> None:
    engine = open_engine(empty_database)
    with engine.begin() as tx:
        assert migrations.upgrade(tx)
    with engine.begin() as tx:
        # Alembic cannot compare the quotes around a default of text on SQLite.
        defaults = engine.dialect.name == "postgresql"
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": defaults})
        assert compare_metadata(context, metadata) == []
        assert migrations.current(tx) == migrations.latest()
    engine.dispose()


def test_indexes_are_the_same_by_name_and_condition(engine: Engine) -> None:
    """What comparing metadata does not look at: the condition of the partial indexes."""
    found = {index["name"]: index for index in inspect(engine).get_indexes("outbox")}
    assert {"ix_outbox_waiting", "ix_outbox_chat"} <= set(found)
    for name in ("ix_outbox_waiting", "ix_outbox_chat"):
        condition = str(found[name]["dialect_options"][f"{engine.dialect.name}_where"])
        assert all(state in condition for state in ("queued", "deferred", "sending"))


def test_a_second_upgrade_does_nothing(engine: Engine) -> None:
    with engine.begin() as tx:
        assert not migrations.upgrade(tx)


def test_an_upgrade_that_is_broken_off_leaves_nothing(empty_database: str) -> None:
    engine = open_engine(empty_database)
    with engine.connect() as tx:
        migrations.upgrade(tx)
        tx.rollback()
    assert inspect(engine).get_table_names() == []
    engine.dispose()
