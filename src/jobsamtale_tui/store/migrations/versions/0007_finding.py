"""What finding a citizen as one types needs: her number in the index of names, and who waits for one.

Index and triggers are put up by `store.finding.install` after every run of the migrations, as those of the search.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("citizen"),
        sqlite_strict=True,
    )
    op.create_table(
        "unfound",
        sa.Column("citizen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("citizen"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
