"""Finding a citizen by a part of her case key: every ending of it, in order. Filled by `store.finding.install`."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "finding_number",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("part", "id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
