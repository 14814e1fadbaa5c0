"""What SQLite may take for granted when it chooses an index: the proportions of a large house, the same for everybody.

Without figures SQLite takes every index to tell rows apart equally well, and would go through all completed sessions
rather than one citizen's. Measured figures (ANALYZE) would be right only for the day they were made, and a plan could
change from one day to the next. SQLite's documentation calls rows written by hand "fixed results of ANALYZE".
"""

import sqlite3

_ROWS = {
    "session": {
        "sqlite_autoindex_session_1": "1000000 1",
        "ix_session_citizen": "1000000 7 4 1 1 1 1 1",
        "ix_session_caseworker": "1000000 400 100 2",
        "ix_session_status": "1000000 200000 500 1",
        "ix_session_held_at": "1000000 500",
        "ix_session_group": "50000 12 1",
    },
    "score": {"score": "6000000 6 1", "ix_score_indicator": "6000000 500000 400000 50000"},
    "step": {"step": "1000000 2 1", "ix_step_open": "1000000 300000 1000"},
    "agenda_item": {"agenda_item": "2000000 3 1"},
    "note": {"sqlite_autoindex_note_1": "900000 1"},
    "amendment": {"amendment": "20000 1 1"},
    "agreement": {"sqlite_autoindex_agreement_1": "150000 1", "ix_agreement_citizen": "150000 2"},
    "agreement_indicator": {
        "agreement_indicator": "900000 6 1",
        "ix_agreement_indicator_indicator": "900000 50000",
    },
    "agreement_change": {"agreement_change": "300000 2 1"},
    "opening": {"sqlite_autoindex_opening_1": "100000 1", "ix_opening_citizen": "100000 10"},
    "citizen": {
        "sqlite_autoindex_citizen_1": "150000 1",
        "ix_citizen_caseworker": "150000 60",
        "ix_citizen_order": "150000 2 1",
    },
    "caseworker": {"sqlite_autoindex_caseworker_1": "2500 1"},
    "history": {"ix_history_subject": "10000000 3000000 10 1"},
    "history_detail": {"history_detail": "15000000 2 1"},
    "finding": {"sqlite_autoindex_finding_1": "150000 1"},
    "finding_number": {"finding_number": "2000000 2 1"},
    "searched": {"sqlite_autoindex_searched_1": "900000 1"},
}
"""For each index: rows in all, then rows that share its first column, its first two, and so on."""


def install(connection: sqlite3.Connection) -> None:
    """Writes the figures for the indexes that are there; read by every connection that is opened from then on."""
    connection.execute("ANALYZE sqlite_schema")
    connection.execute("DELETE FROM sqlite_stat1")
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    connection.executemany(
        "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)",
        [(table, index, stat) for table, indexes in _ROWS.items() for index, stat in indexes.items() if index in there],
    )
    connection.execute("ANALYZE sqlite_schema")
