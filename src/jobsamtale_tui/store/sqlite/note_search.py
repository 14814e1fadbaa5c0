"""Search in all notes: parts of words as typed, capital letters or not, å never a, the newest first.

A part of three letters or more is found anywhere, one of two where a word begins, a single letter where it stands
alone: what is shorter than the index's groups of letters is found through the space before it.

The index is FTS5's trigram one, contentless and without places (`detail=none`): it says which notes have all groups
of three letters of what is sought, and the note itself then says whether it has the words. Measured on 109,137
notes of 1.1 kB: 80 MB, and most questions are answered in 10 ms; where groups stand in many notes that do not have the
word, in 0.2 s. Words alone (unicode61 with prefixes) take 113 MB and cannot find "dagpenge" in "sygedagpenge";
trigrams with their places take 325 MB. Folding is our own (`texts.lowered`), the same for index, question and text,
so that they cannot disagree.

A note's number in the index is the time of its session in tens of seconds (the next free one where it is taken), so
the index's own order, backwards, is the newest first: nothing is sorted or ranked, and a word that stands in every
note is found as fast as a rare one. Numbers are given in ascending order, because FTS5 writes a segment to disk
whenever they go down.

Triggers on `note` and `amendment` put the session's key into `unsearched`, so that no writer can forget to. Whoever
writes empties that queue before the end of the transaction (`renew`); an import does so once, for all its notes, in
the order of time. What still waits there is looked through as text, so that the answer is right in any case.
An amended note is entered again under its number: an index that says too much costs a look at one note.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from jobsamtale_tui import dates, texts
from jobsamtale_tui.store.sqlite import citizen_search

LIMIT = 50
LONGEST = 200
"""So many characters of what is sought are looked at."""
WIDTH = 110
"""The length of a snippet."""
_GROUP = 3
_FEW = 2000
"""The notes of a caseworker with fewer sessions are looked through as text."""
_TENS = 10
_CREATE = (
    "CREATE VIRTUAL TABLE note_search USING fts5(text, content='', detail=none, tokenize='trigram case_sensitive 1')"
)
GATHERING = "INSERT INTO note_search (note_search, rank) VALUES ('hashsize', 4194304)"
"""So much is gathered before it is written as a segment: an import's notes make few of them, in little memory."""
_TRIGGERS = {
    f"searched_{table}_{event.lower()}": (
        f"CREATE TRIGGER searched_{table}_{event.lower()} AFTER {event} ON {table} BEGIN"
        f" INSERT OR IGNORE INTO unsearched (session) VALUES ({row}.session); END"
    )
    for table in ("note", "amendment")
    for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
}
_CORRECTIONS = (
    "(SELECT group_concat(a.reason || char(10) || a.text, char(10)) FROM"
    " (SELECT reason, text FROM amendment WHERE session = n.session ORDER BY position) a)"
)
_TEXT = f"SELECT n.text, {_CORRECTIONS} FROM note n WHERE n.session = ?"
_NOTE = (
    f"SELECT n.session, n.text, {_CORRECTIONS}, s.citizen, c.name, s.held_at"
    " FROM session s JOIN note n ON n.session = s.key JOIN citizen c ON c.key = s.citizen"
    " LEFT JOIN searched p ON p.session = s.key WHERE {condition}"
)
_UNSEARCHED = (
    "SELECT u.session, s.held_at FROM unsearched u LEFT JOIN session s ON s.key = u.session ORDER BY s.held_at"
)
"""Sorted as a whole before the first comes out, so that what is written meanwhile is not among it."""
_SHORT = re.compile(r"\b\w\b")
"""Words of one letter."""
_AFTER_SIGN = re.compile(r"(?<=[^\w ])\w\w")
"""The beginnings of words that have something other than a space before them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A note with what was sought: a piece of its text on one line, and where in that piece the hits stand."""

    session: str
    citizen: str
    citizen_name: str
    held_at: datetime
    snippet: str
    hits: tuple[tuple[int, int], ...]

    @property
    def marked(self) -> str:
        """The snippet with › and ‹ around each hit."""
        said, last = [], 0
        for start, end in self.hits:
            said += [self.snippet[last:start], "›", self.snippet[start:end], "‹"]
            last = end
        return "".join([*said, self.snippet[last:]])


def words(text: str) -> list[str]:
    """What is sought, as parts of words: each has to be there; the same twice is one."""
    return list(dict.fromkeys(texts.lowered(texts.typed(text)[:LONGEST]).split()))


def notes_with(
    connection: sqlite3.Connection,
    text: str,
    *,
    caseworker: str | None = None,
    citizen: str | None = None,
    limit: int = LIMIT,
) -> list[Found]:
    """The notes (with their corrections) that have every part of `text` in them, the newest first.

    Nothing in `text` is an operator. With a citizen or a caseworker hers alone.
    """
    sought = words(text)
    if not sought:
        return []
    patterns = [texts.pattern(word) for word in sought]
    found: dict[str, Found] = {}
    few = citizen or (caseworker and _has_few(connection, caseworker))
    for condition, values in (
        _waiting(connection, caseworker, citizen),
        _own(citizen, caseworker) if few else _numbered(connection, sought, caseworker),
    ):
        enough = limit + len(found)
        for value in values:
            if len(found) >= enough:
                break
            for row in connection.execute(_NOTE.format(condition=condition), value):
                if row[0] not in found and _has(row, patterns):
                    found[row[0]] = _found(row, patterns)
                    if len(found) >= enough:
                        break
    newest = sorted(found.values(), key=lambda one: (one.held_at, one.session), reverse=True)
    return newest[:limit]


_Query = tuple[str, Iterable[tuple[object, ...]]]
"""A condition on a note, and the values that it is asked with, one after the other."""


def _waiting(connection: sqlite3.Connection, caseworker: str | None, citizen: str | None) -> _Query:
    rows = connection.execute(
        "SELECT u.session FROM unsearched u CROSS JOIN session s ON s.key = u.session"
        " WHERE (?1 IS NULL OR s.caseworker = ?1) AND (?2 IS NULL OR s.citizen = ?2)",
        (caseworker, citizen),
    )
    return "s.key = ?", rows.fetchall()


def _has_few(connection: sqlite3.Connection, caseworker: str) -> bool:
    held = "SELECT count(*) FROM (SELECT 1 FROM session WHERE caseworker = ? LIMIT ?)"
    (count,) = connection.execute(held, (caseworker, _FEW)).fetchone()
    return bool(count < _FEW)


def _own(citizen: str | None, caseworker: str | None) -> _Query:
    """The notes of one citizen, or of most caseworkers, are so few that reading them is faster than asking the index
    who has them."""
    wanted = {"s.citizen = ?": citizen, "s.caseworker = ?": caseworker}
    asked = {condition: value for condition, value in wanted.items() if value}
    return f"{' AND '.join(asked)} ORDER BY s.held_at DESC, s.key DESC", [tuple(asked.values())]


def _numbered(connection: sqlite3.Connection, sought: list[str], caseworker: str | None) -> _Query:
    groups = {group for word in sought for group in _groups(word)}
    if groups:
        match = " ".join('"' + group.replace('"', '""') + '"' for group in sorted(groups))
        rows: Iterable[tuple[object, ...]] = connection.execute(
            "SELECT rowid FROM note_search WHERE note_search MATCH ? ORDER BY rowid DESC", (match,)
        )
    else:
        rows = connection.execute("SELECT id FROM searched ORDER BY id DESC")
    if caseworker:
        own = connection.execute(
            'SELECT p.id FROM "session" s JOIN searched p ON p.session = s.key WHERE s.caseworker = ?', (caseworker,)
        )
        hers = set(own.fetchall())
        rows = (row for row in rows if row in hers)
    return "p.id = ?", rows


def _groups(word: str) -> list[str]:
    """The groups of three in a part of a word; of a short one those it makes with the space around the word."""
    if len(word) >= _GROUP:
        return [word[at : at + _GROUP] for at in range(len(word) - _GROUP + 1)]
    if not word.isalnum():
        return []
    return [f" {word}"] if len(word) == 2 else [f" {word} "]


def _has(row: tuple[Any, ...], patterns: list[re.Pattern[str]]) -> bool:
    low = texts.lowered(_whole(*row[1:3]))
    return all(one.search(low) for one in patterns)


def _found(row: tuple[Any, ...], patterns: list[re.Pattern[str]]) -> Found:
    snippet, hits = texts.snippet(_whole(*row[1:3]), patterns, WIDTH)
    return Found(row[0], row[3], row[4], dates.from_iso(row[5]), snippet, hits)


def _whole(text: str, corrections: str | None) -> str:
    return f"{text}\n{corrections}" if corrections else text


def _text(connection: sqlite3.Connection, session: str) -> str | None:
    row = connection.execute(_TEXT, (session,)).fetchone()
    return None if row is None else _whole(*row)


def _entry(text: str) -> str:
    """What goes into the index: the text, every word with a space before and after it somewhere, so that short words
    make groups of three."""
    low = texts.lowered(text)
    edges = {f" {word} " for word in _SHORT.findall(low)}
    edges.update(f" {beginning}" for beginning in _AFTER_SIGN.findall(low))
    return f" {low} {''.join(sorted(edges))} "


# -- keeping in step ---------------------------------------------------------------------------------------


def install(connection: sqlite3.Connection) -> bool:
    """Puts up what is missing of index and triggers; False for a schema that is too old to have them."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "unsearched" not in there:
        return False
    missing = [sql for name, sql in _TRIGGERS.items() if name not in there]
    if "note_search" not in there:
        missing += [_CREATE, GATHERING]
        connection.execute("DELETE FROM searched")
    for sql in missing:
        connection.execute(sql)
    return True


def renew(connection: sqlite3.Connection) -> int:
    """Takes into the index what waits for it, within the caller's transaction; how many notes that were."""
    count = last = 0
    with closing(connection.execute(_UNSEARCHED)) as waiting:  # a million of them, where an import brought so many
        for session, held_at in waiting:
            count += 1
            text = _text(connection, session)
            if text is None or held_at is None:
                connection.execute("DELETE FROM searched WHERE session = ?", (session,))
            else:
                last = _enter(connection, session, held_at, _entry(text), last)
    if count:
        connection.execute("DELETE FROM unsearched")
        citizen_search.join(connection, "note_search", "searched", count)
    return count


def _enter(connection: sqlite3.Connection, session: str, held_at: str, text: str, last: int) -> int:
    """Enters one note; returns the number that the next new one comes after."""
    fingerprint = crc32(text.encode())
    row = connection.execute("SELECT id, fingerprint FROM searched WHERE session = ?", (session,)).fetchone()
    if row is None:
        number = max(int(dates.from_iso(held_at).timestamp()) // _TENS, last + 1)
        while connection.execute("SELECT 1 FROM searched WHERE id = ?", (number,)).fetchone():
            number += 1
        connection.execute("INSERT INTO searched VALUES (?, ?, ?)", (number, session, fingerprint))
    elif row[1] == fingerprint:
        return last
    else:
        number = row[0]
        connection.execute("UPDATE searched SET fingerprint = ? WHERE id = ?", (fingerprint, number))
        # Takes the number back, but not the old text, which is not kept: the count of entries stays right.
        connection.execute("INSERT INTO note_search (note_search, rowid, text) VALUES ('delete', ?, '')", (number,))
    connection.execute("INSERT INTO note_search (rowid, text) VALUES (?, ?)", (number, text))
    return last if row else number


def in_step(connection: sqlite3.Connection) -> bool:
    """Whether index and triggers are there and every note stands in the index as it is, or waits to be taken in."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    return {"note_search", *_TRIGGERS} <= there and next(_out_of_step(connection), None) is None


def _out_of_step(connection: sqlite3.Connection) -> Iterator[str]:
    """Sessions whose note is not in the index, is there with another text, or is there no more; none that waits."""
    rows = connection.execute(
        "SELECT n.session, p.fingerprint FROM note n LEFT JOIN searched p ON p.session = n.session"
        " WHERE n.session NOT IN (SELECT session FROM unsearched)"
    )
    for session, fingerprint in rows:
        text = _text(connection, session)
        if fingerprint is None or text is None or crc32(_entry(text).encode()) != fingerprint:
            yield session
    rows = connection.execute(
        "SELECT session FROM searched WHERE session NOT IN"
        " (SELECT session FROM note UNION ALL SELECT session FROM unsearched)"
    )
    yield from (row[0] for row in rows)


def mend(connection: sqlite3.Connection) -> int:
    """Brings this index and that of names into step, in a transaction; how many notes had to be taken in again."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        install(connection)
        waiting = [session for (session,) in connection.execute("SELECT session FROM unsearched")]
        lost = list(dict.fromkeys([*waiting, *_out_of_step(connection)]))
        connection.executemany("INSERT OR IGNORE INTO unsearched VALUES (?)", [(session,) for session in lost])
        connection.executemany("UPDATE searched SET fingerprint = -1 WHERE session = ?", [(one,) for one in lost])
        renew(connection)
        citizen_search.mend(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return len(lost)
