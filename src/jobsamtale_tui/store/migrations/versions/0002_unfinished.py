"""Where somebody stands in an open session, and text that is not yet left."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "unfinished",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session"],
            ["session.key"],
        ),
        sa.PrimaryKeyConstraint("session", "login"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
