"""The database's versions, and the way from one to the next (Alembic)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def upgrade(tx: Connection, revision: str = "head") -> bool:
    """Bring the database to the version of this program (or to an earlier `revision`), in the given transaction;
    False where it was already."""
    if current(tx) == latest():
        return False
    config = _config()
    config.attributes["connection"] = tx
    command.upgrade(config, revision)
    return True


def current(tx: Connection) -> str | None:
    """The version that the database has; None for an empty one."""
    return MigrationContext.configure(tx).get_current_revision()


def latest() -> str | None:
    """The version that this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def knows(revision: str) -> bool:
    """Whether this program knows that version."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config
