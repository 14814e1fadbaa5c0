"""What worked, in a look back on a session; one's own are found by who wrote them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("reflection", sa.Column("worked", sa.Text(), nullable=True))
    op.create_index("ix_reflection_by", "reflection", ["by"], unique=False)
