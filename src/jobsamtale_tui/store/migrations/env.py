"""Alembic's environment: one connection, handed in by `run`; one transaction a step."""

from alembic import context

from jobsamtale_tui.store.migrations import ours
from jobsamtale_tui.store.tables import Row

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Row.metadata,
    include_object=ours,
    render_as_batch=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
