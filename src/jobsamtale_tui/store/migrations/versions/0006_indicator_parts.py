"""An indicator's place in the catalogue, why its version was made, its threshold, and how earlier scores convert."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("indicator", sa.Column("order_", sa.Integer(), nullable=True))
    for name in ("reason", "reliable_change", "converts"):
        op.add_column("indicator", sa.Column(name, sa.Text(), nullable=True))
