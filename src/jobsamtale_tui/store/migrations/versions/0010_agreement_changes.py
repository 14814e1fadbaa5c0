"""What was changed in an agreement: when, by whom, why."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "agreement_change",
        sa.Column("agreement", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agreement"], ["agreement.key"]),
        sa.PrimaryKeyConstraint("agreement", "position"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
