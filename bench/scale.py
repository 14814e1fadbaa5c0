"""What a caseworker waits for, asked of a small and a large database: `python -m bench.scale SMALL LARGE`.

Each question is what a screen or a command asks, through the same functions. Times are medians of many; a plan that
goes through a whole table that grows is named. Not asked is what counts or lists a whole house by its nature: the
change report (it hides small groups by looking at all units), contact and sessions of everybody, all caseworkers.
"""

import argparse
import json
import re
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench.large import LONG, MEETING, WORKER
from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.exchange import exporting
from jobsamtale_tui.casework.facts import (
    briefing,
    citizen_page,
    contact,
    invitations,
    notes,
    shared_screen,
    suggestions,
)
from jobsamtale_tui.casework.session import meetings
from jobsamtale_tui.store.questions import (
    agreements,
    citizen_lists,
    course,
    history,
    quick_reads,
    reads,
    scores,
    session_lists,
    steps,
)
from jobsamtale_tui.store.questions.session_lists import SessionFilter
from jobsamtale_tui.store.sqlite import note_search
from jobsamtale_tui.store.sqlite.database import Database

CITIZEN, SESSION, OPEN = "b-0000700", "s-0000700-0002", "p-0000700"
PLANNED, UNIT = "p-0000707", "u-0000"
MUST = 1.5
GROWING = frozenset(
    {
        *("citizen", "profile", "agreement", "agreement_indicator", "job_goal", "application", "activity", "session"),
        *("agenda_item", "score", "step", "note", "amendment", "reflection", "history", "history_detail"),
        *("searched", "note_search", "delivered", "finding", "finding_number"),
    }
)
"""Tables that grow with the caseload."""
Question = Callable[[sqlite3.Connection], object]
_WEEK = dates.week(date(2026, 6, 1))
_TODAY = _WEEK[0]
_NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)


def _citizen_screen(key: str) -> Question:
    def ask(connection: sqlite3.Connection) -> None:
        reads.citizen(connection, key)
        reads.sessions_of(connection, key)
        reads.latest_agreement(connection, key, _WEEK[0])
        steps.open_steps(connection, key)
        reads.job_goals(connection, key, _WEEK[0])
        scores.readings(connection, key)
        reads.indicators(connection)
        reads.activities(connection, key)

    return ask


def _open_session(connection: sqlite3.Connection) -> None:
    session = reads.session(connection, OPEN)
    if session is None:
        raise LookupError(OPEN)
    citizen = session.citizen
    reads.citizen(connection, citizen)
    reads.open_session(connection, citizen)
    reads.planned_on(connection, citizen, _WEEK[0])
    reads.session_version(connection, OPEN)
    reads.last_completed(connection, citizen, session.held_at)
    reads.unfinished(connection, OPEN, "bench")
    reads.latest_agreement(connection, citizen, _WEEK[0])
    scores.readings(connection, citizen)
    steps.open_steps(connection, citizen)
    reads.begun_at(connection, OPEN)
    reads.count_applications(connection, citizen)


def _note(connection: sqlite3.Connection) -> None:
    session = reads.session(connection, SESSION)
    if session is None:
        raise LookupError(SESSION)
    notes.note_of(connection, replace(session, note=None))


def _graph(connection: sqlite3.Connection) -> None:
    citizen = reads.citizen(connection, LONG)
    if citizen is None:
        raise LookupError(LONG)
    notes.graph_facts(connection, citizen)


def _about(found: Callable[[sqlite3.Connection, records.Citizen], object], key: str = CITIZEN) -> Question:
    """What is asked with the citizen at hand."""

    def ask(connection: sqlite3.Connection) -> object:
        citizen = reads.citizen(connection, key)
        if citizen is None:
            raise LookupError(key)
        return found(connection, citizen)

    return ask


def _agreement_screen(connection: sqlite3.Connection, citizen: records.Citizen) -> None:
    reads.latest_agreement(connection, citizen.key, _TODAY)
    reads.indicators(connection)
    suggestions.suggested(connection, citizen, _TODAY)


def _history(connection: sqlite3.Connection) -> None:
    history.seen_at(connection, "session", OPEN, dates.iso(_NOW), "bench")
    history.actions_of(connection, "session", OPEN, "bench")
    history.changes_of(connection, "session", OPEN)


def _invitation(connection: sqlite3.Connection) -> object:
    session = reads.session(connection, PLANNED)
    if session is None:
        raise LookupError(PLANNED)
    return invitations.line(connection, session)


def _listed(wanted: SessionFilter) -> Question:
    return lambda connection: session_lists.session_lines(connection, *session_lists.session_filter(wanted, "s"))


def _exported(kind: str, wanted: SessionFilter) -> Question:
    return lambda connection: sum(1 for _document in exporting.export(connection, kind, wanted))


def _find(text: str) -> Question:
    return lambda connection: citizen_lists.citizen_lines(connection, text, 100)


def _named(connection: sqlite3.Connection) -> object:
    citizen = reads.citizen(connection, CITIZEN)
    return citizen_lists.citizen_lines(connection, f"{citizen.name} 0000700" if citizen else "", 100)


def _search(text: str, *, citizen: str | None = None, caseworker: str | None = None) -> Question:
    return lambda connection: note_search.notes_with(connection, text, citizen=citizen, caseworker=caseworker)


QUESTIONS: Mapping[str, Question] = {
    "home, one caseworker": lambda connection: session_lists.worklist(connection, WORKER, *_WEEK),
    "home, everybody": lambda connection: session_lists.worklist(connection, None, *_WEEK),
    "home, who is due for contact": lambda connection: contact.pressing(connection, WORKER, _TODAY),
    "find: one letter": _find("a"),
    "find: a letter in few names": _find("ø"),
    "find: a letter in no name": _find("q"),
    "find: two single letters": _find("e n"),
    "find: two letters": _find("an"),
    "find: three letters": _find("sen"),
    "find: a case key": _find("fas-0000700"),
    "find: a case key, half typed": _find("fas-00005"),
    "find: digits of a case key": _find("00005"),
    "find: digits that many have": _find("0000"),
    "find: a name and digits that many have": _find("mikkelsen 0000"),
    "find: her name and number": _named,
    "find: nobody": _find("xyzzy"),
    "citizen": _citizen_screen(CITIZEN),
    "citizen with forty sessions": _citizen_screen(LONG),
    "agreement": _about(_agreement_screen),
    "briefing": _about(lambda connection, citizen: briefing.briefing(connection, citizen, _TODAY)),
    "shared screen": _about(lambda connection, citizen: shared_screen.shared_facts(connection, citizen, None, _TODAY)),
    "the citizen's page": _about(citizen_page.page_facts),
    "contact: why": lambda connection: contact.explain(connection, CITIZEN, _TODAY),
    "meeting": lambda connection: meetings.sessions_there(connection, MEETING, _WEEK[0]),
    "invitation": _invitation,
    "history of a session": _history,
    "session, opened": _open_session,
    "note, written anew": _note,
    "graph of forty sessions": _graph,
    "course of forty sessions": lambda connection: course.parts(connection, LONG),
    "search in notes: a common word": _search("praktik"),
    "search in notes: two words": _search("lægen plan"),
    "search in notes: a citizen's": _search("praktik", citizen=CITIZEN),
    "search in notes: a caseworker's": _search("praktik", caseworker=WORKER),
    "search in notes: nothing": _search("xyzzy"),
    "citizen list --search": lambda connection: citizen_lists.citizens(connection, "FAS-0000700"),
    "contact list --caseworker": lambda connection: contact.entries(connection, _TODAY, caseworker=WORKER),
    "contact list --unit": lambda connection: contact.entries(connection, _TODAY, unit=UNIT),
    "agreement list --citizen": lambda connection: agreements.lines(connection, SessionFilter(citizen=CITIZEN), None),
    "agreement list --caseworker": lambda connection: agreements.lines(
        connection, SessionFilter(caseworker=WORKER), _TODAY
    ),
    "session list --unit --since": _listed(SessionFilter(unit=UNIT, since=date(2026, 5, 25))),
    "session list --citizen": _listed(SessionFilter(citizen=CITIZEN)),
    "session list --caseworker --since": _listed(SessionFilter(caseworker=WORKER, since=date(2026, 5, 25))),
    "session list --status planned --caseworker": _listed(SessionFilter(caseworker=WORKER, status="planned")),
    "export sessions --citizen": _exported("sessions", SessionFilter(citizen=CITIZEN)),
    "export notes --citizen": _exported("notes", SessionFilter(citizen=CITIZEN)),
    "export scores --citizen": _exported("scores", SessionFilter(citizen=CITIZEN)),
    "export agreements --citizen": _exported("agreements", SessionFilter(citizen=CITIZEN)),
    "export notes --caseworker": _exported("notes", SessionFilter(caseworker=WORKER)),
    "citizen by CPR number or case key": lambda connection: reads.citizen_named(connection, "FAS-0000700"),
    "completion of a key": lambda connection: quick_reads.keys_beginning(connection, "session", "s-00007"),
}
"""What is asked, by the name under which it stands in the report."""


def scans(connection: sqlite3.Connection, statements: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Statements whose plan goes through a whole growing table, each with the step of the plan that does."""
    for statement in dict.fromkeys(statements):
        if not statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "INSERT", "WITH")):
            continue
        found = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        tables = {alias: name for name, alias in _aliases(statement)}
        for *_numbers, step in found:
            first, _space, rest = step.partition(" ")
            name = rest.split(" ")[0]
            if first == "SCAN" and tables.get(name, name) in GROWING and ":M" not in step:
                yield statement, step


def _aliases(statement: str) -> Iterator[tuple[str, str]]:
    yield from re.findall(r'(?:FROM|JOIN)\s+"?(\w+)"?\s+(?:AS\s+)?(\w+)', statement)


def traced(connection: sqlite3.Connection, question: Question) -> list[str]:
    """The statements that a question makes, with their values in them."""
    made: list[str] = []
    connection.set_trace_callback(made.append)
    try:
        question(connection)
    finally:
        connection.set_trace_callback(None)
    return made


def timed(connections: Mapping[str, sqlite3.Connection], question: Question, seconds: float) -> dict[str, float]:
    """Milliseconds of CPU by database: the medians of as many interleaved rounds as go into the time, at least five."""
    times: dict[str, list[float]] = {name: [] for name in connections}
    ends = time.monotonic() + seconds
    while time.monotonic() < ends or len(next(iter(times.values()))) < 6:
        for name, connection in connections.items():
            begun = time.thread_time_ns()
            question(connection)
            times[name].append((time.thread_time_ns() - begun) / 1e6)
    return {name: statistics.median(found[1:]) for name, found in times.items()}


def measured(small: Path, large: Path, seconds: float = 0.5, only: str = "") -> list[dict[str, Any]]:
    """Every question with its times, their ratio, and the tables that it goes through whole."""
    with Database(small).connected() as one, Database(large).connected() as other:
        found = []
        for name, question in QUESTIONS.items():
            if only not in name:
                continue
            times = timed({"small": one, "large": other}, question, seconds)
            steps = sorted({step for _statement, step in scans(one, traced(one, question))})
            ratio = times["large"] / times["small"]
            found.append({"what": name, **times, "ratio": ratio, "scans": steps})
        return found


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("small", type=Path)
    parser.add_argument("large", type=Path)
    parser.add_argument("--seconds", type=float, default=0.5, help="for each question")
    parser.add_argument("--only", default="", help="questions with this in their name")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    found = measured(arguments.small, arguments.large, arguments.seconds, arguments.only)
    for one in found:
        told = "; ".join(one["scans"])
        print(f"{one['what']:<44} {one['small']:9.3f} {one['large']:9.3f} ms  × {one['ratio']:6.2f}  {told}")
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
