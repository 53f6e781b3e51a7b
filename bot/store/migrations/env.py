"""Alembic's entry: it runs inside the transaction that `migrations.upgrade` was given."""

from alembic import context

from bot.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
