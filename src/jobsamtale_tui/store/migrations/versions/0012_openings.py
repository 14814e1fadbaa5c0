"""Jobs, internships and links to bring to a session; which column of a CSV file is which field."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "opening",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("citizen", sa.Text(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("employer", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["citizen"], ["citizen.key"]),
        sa.PrimaryKeyConstraint("key"),
        sqlite_strict=True,
    )
    op.create_index("ix_opening_citizen", "opening", ["citizen"], unique=False)
    op.create_table(
        "csv_mapping",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "headings"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
