"""Alembic's environment: one connection, handed in by `run` with its transaction."""

from alembic import context

from jobsamtale_tui.store.migrations import ours
from jobsamtale_tui.store.schema.tables import Row

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Row.metadata,
    include_object=ours,
    render_as_batch=True,
)
context.run_migrations()
