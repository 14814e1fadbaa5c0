"""The target groups that a citizen belonged to before, and why sessions wait or come more often."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    for name in ("earlier_groups", "contact_exceptions"):
        op.add_column("citizen", sa.Column(name, sa.Text(), nullable=True))
