"""A question costs the same in a large house: all that the rules on contact look at stands in the index of a citizen's
sessions, a meeting's sessions are found by its key, the index of notes is one segment, and that of citizens (put up
anew by `store.finding.install`) has letters.
"""

from alembic import op
from sqlalchemy import text

revision = "0015"
down_revision = "0014"
COLUMNS = ["citizen", "status", "held_at", "caseworker", "interview_type", "form", "participants"]


def upgrade() -> None:
    op.drop_index("ix_session_citizen", "session")
    op.create_index("ix_session_citizen", "session", COLUMNS, unique=False)
    only = text('"group_" IS NOT NULL')
    op.create_index("ix_session_group", "session", ["group_", "held_at"], unique=False, sqlite_where=only)
    if op.get_bind().exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'note_search'").fetchone():
        op.execute("INSERT INTO note_search (note_search) VALUES ('optimize')")
    op.execute("DROP TABLE IF EXISTS citizen_search")
