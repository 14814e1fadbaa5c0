"""The sessions of a caseworker by their status, and those of a status in the very order of lists."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    for name, columns in (
        ("ix_session_caseworker", ["caseworker", "status", "held_at"]),
        ("ix_session_status", ["status", "held_at", "key"]),
    ):
        op.drop_index(name, "session")
        op.create_index(name, "session", columns, unique=False)
