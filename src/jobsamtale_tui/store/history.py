"""What has been done to a record, read for the screens."""

import sqlite3


def actions_of(connection: sqlite3.Connection, kind: str, key: str, login: str) -> list[str]:
    """The actions of one login on a record, the oldest first."""
    found = connection.execute(
        "SELECT action FROM history WHERE subject_kind = ? AND subject = ? AND login = ? ORDER BY id",
        (kind, key, login),
    )
    return [action for (action,) in found]
