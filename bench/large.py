"""A large database for measuring, filled past the import's checks: `python -m bench.large FILE --sessions 1000000`.

The caseload is `scripts.caseload large`'s, with what a running house has beside it: sessions planned for this week, a
meeting of many citizens (`MEETING`), open drafts, a history, and one citizen (`LONG`) who has forty sessions.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from pathlib import Path
from random import Random
from typing import Any

from scripts.caseload_calendar import ANCHOR

from jobsamtale_tui import dates, texts
from jobsamtale_tui.store.sqlite import citizen_search, note_search, statistics
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.store.writing import bulk
from scripts import caseload_large

LONG, LONG_NAME, WORKER = "b-0000000", "noah mikkelsen", "k-00000"
MEETING, AT_MEETING = "cv-kursus", 15
PER_CITIZEN = 6.667
_BATCH = 2000
_EVERY = 7
"""One citizen in so many has a session planned this week, one in ten times as many an open draft."""


def make(path: Path, sessions: int, citizens: int = 0) -> None:
    """Makes the database `path` (its folder too) with about so many sessions and, where not said, a citizen for each
    six or seven."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    database = Database(part)
    database.prepare()
    with bulk.connected(database) as connection:
        for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -1000000"):
            connection.execute(f"PRAGMA {pragma}")
        dropped = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        ).fetchall()
        for name, sql in dropped:
            connection.execute(f'DROP {"TRIGGER" if sql.startswith("CREATE TRIGGER") else "INDEX"} "{name}"')
        with bulk.changing(connection):
            rows = _documents(citizens or max(1, round(sessions / PER_CITIZEN)), sessions)
            for kind, found in groupby(rows, key=lambda document: str(document["kind"])):
                while batch := list(islice(found, _BATCH)):
                    derived = (
                        [_derived(kind, document) for document in batch] if kind in ("citizen", "caseworker") else ()
                    )
                    bulk.put(connection, kind, batch, (), derived)
            connection.execute(
                "INSERT INTO history (at, by, login, action, subject_kind, subject)"
                " SELECT held_at, caseworker, 'bench', action, 'session', key FROM session,"
                " (SELECT 'session.start' AS action UNION ALL SELECT 'session.complete')"
            )
            connection.execute("INSERT INTO unsearched (session) SELECT session FROM note")
            connection.execute("INSERT INTO unfound (citizen) SELECT key FROM citizen")
            for _name, sql in dropped:
                connection.execute(sql)
            note_search.renew(connection)
            citizen_search.renew(connection)
            statistics.install(connection)  # those of an index go with it
        connection.execute("PRAGMA journal_mode = WAL")
    database.close()
    for rest in ("-wal", "-shm"):
        part.with_name(f"{part.name}{rest}").unlink(missing_ok=True)
    part.replace(path)


def _documents(citizens: int, sessions: int) -> Iterator[dict[str, Any]]:
    """The caseload's documents with their defaults filled in, and the indicators that they name before them."""
    from jobsamtale_tui.records import as_document
    from jobsamtale_tui.reference import indicators as shipped_indicators

    for indicator in shipped_indicators.catalogue():
        yield {"kind": "indicator", **as_document(indicator)}
    for document in caseload_large._documents(citizens, sessions, 1):
        for score in document.get("scores", ()):
            score["by"] = "citizen"
        yield document
    rng, hours = Random(1), caseload_large._hours()
    for document in caseload_large._sessions(citizens, 40, rng, hours):
        for score in document.get("scores", ()):
            score["by"] = "citizen"
        yield document | {"key": document["key"].replace("s-", "l-"), "citizen": LONG, "caseworker": WORKER}
    for number in range(1, min(AT_MEETING, citizens - 1) + 1):
        yield {
            "kind": "session",
            "key": f"m-{number:07d}",
            "citizen": f"b-{number:07d}",
            "caseworker": WORKER,
            "held_at": f"{ANCHOR.isoformat()}T07:00:00Z",
            "group": MEETING,
            "form": "group",
            "status": "planned",
        }
    for number in range(0, citizens, _EVERY):
        draft = number % (10 * _EVERY) == 0
        day = datetime(ANCHOR.year, ANCHOR.month, ANCHOR.day, 6 + number % 9, tzinfo=UTC)
        yield {
            "kind": "session",
            "key": f"p-{number:07d}",
            "citizen": f"b-{number:07d}",
            "caseworker": f"k-{number // caseload_large._PER_WORKER:05d}",
            "held_at": dates.iso(day + timedelta(days=number % 5)),
            "status": "draft" if draft else "planned",
        }


def _derived(kind: str, document: dict[str, Any]) -> dict[str, Any]:
    derived = {"sort_key": texts.sort_key(document["name"])}
    if kind == "citizen":
        told = "\n".join((document["name"], document["key"], document["case_key"]))
        derived["found_by"] = texts.folded(told)
    return derived


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--sessions", type=int, required=True)
    parser.add_argument("--citizens", type=int, default=0)
    arguments = parser.parse_args()
    begun = time.monotonic()
    make(arguments.file, arguments.sessions, arguments.citizens)
    sys.stderr.write(f"{arguments.file}: {time.monotonic() - begun:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
