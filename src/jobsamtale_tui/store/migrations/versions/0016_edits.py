"""The history knows by its name which edit an entry made, so that none is made twice."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("history", sa.Column("edit", sa.Text(), nullable=True))
    only = sa.text('"edit" IS NOT NULL')
    op.create_index("ix_history_edit", "history", ["edit"], unique=True, sqlite_where=only)
