"""What the search in all notes needs: the index of letters, which session a place in it is, and who waits for it.

The triggers that fill the queue are put up by `store.search.install` after every run of the migrations, since
rebuilding a table drops them; the notes that are there already are taken in right after.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "searched",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("session"),
        sqlite_strict=True,
    )
    op.create_table(
        "unsearched",
        sa.Column("session", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.execute(
        "CREATE VIRTUAL TABLE note_search USING fts5"
        "(text, content='', detail=none, tokenize='trigram case_sensitive 1')"
    )
    op.execute("INSERT INTO note_search (note_search, rank) VALUES ('hashsize', 16777216)")
    op.execute("INSERT INTO unsearched (session) SELECT session FROM note")
