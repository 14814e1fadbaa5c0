"""Finding a citizen as one types, as fast among 150,000 as among fifteen hundred.

A citizen's number in the index is made of the first letters of her name's sort key, so the index's own order is that
of the names: the first hundred whose names have what is typed are read off its beginning, nothing is sorted and
nothing behind them is looked at. Citizens whose first letters are the same are put in order afterwards.

The index (FTS5's trigram one, contentless and without places, as in `search`) says who has all groups of three
letters, or of two or one where no more were typed: each has a mark of its own in the entry, because a letter that few
names have would otherwise be looked for among all. `citizen.found_by` then says whether it is so. A name that changes
is entered again: what the index says too much costs a look at one citizen. Triggers put a citizen's key into `unfound`;
whoever writes empties that queue before the end of the transaction, and what still waits is looked through as text.

Groups of three digits stand in so many keys and case keys that a number typed by half would be looked for among most
citizens. Every ending of a word with digits is therefore in `finding_number`, in order: what stands anywhere in such a
word is the beginning of one of its endings, and few have it. Where many do, the first hundred are soon found as above.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from typing import Any

_CREATE = (
    "CREATE VIRTUAL TABLE citizen_search USING fts5(text, content='', detail=none, tokenize='trigram case_sensitive 1')"
)
GATHERING = "INSERT INTO citizen_search (citizen_search, rank) VALUES ('hashsize', 4194304)"
"""As in `search`."""
_TRIGGERS = {
    f"found_citizen_{name}": (
        f"CREATE TRIGGER found_citizen_{name} AFTER {event} ON citizen BEGIN"
        f" INSERT OR IGNORE INTO unfound (citizen) VALUES ({row}.key); END"
    )
    for name, event, row in (
        ("insert", "INSERT", "NEW"),
        ("update", "UPDATE OF found_by, sort_key", "NEW"),
        ("delete", "DELETE", "OLD"),
    )
}
_UNFOUND = (
    "SELECT u.citizen, c.sort_key, c.found_by, p.id FROM unfound u LEFT JOIN citizen c ON c.key = u.citizen"
    " LEFT JOIN finding p ON p.citizen = u.citizen ORDER BY c.sort_key"
)
"""Sorted as a whole before the first comes out, so that what is written meanwhile is not among it."""
_TAKEN_IN = "SELECT p.id, c.found_by, c.key FROM finding p JOIN citizen c ON c.key = p.citizen"
_WITHOUT_NUMBER = "INSERT OR IGNORE INTO unfound SELECT key FROM citizen WHERE key NOT IN (SELECT citizen FROM finding)"
_ENTER = "INSERT INTO citizen_search (rowid, text) VALUES (?, ?)"
_LETTERS, _CLASSES, _SAME = 9, 38, 50_000
"""So many letters of a sort key are packed into a number, each as one of so many classes in their order; so many
citizens fit between one such number and the next."""
_BULK = 1000
"""From so many that are entered at once on it is asked whether they are most of the index."""
_MARK = "\x01"
"""Stands before two letters, which make a group of three with it."""
_EDGE = "\x02"
"""Stands on both sides of a single letter."""
_GROUP = 3
_NUMBER = 16
"""So many characters of an ending are kept."""
_AT_ONCE = 200
"""So many that have the digits are looked at before it is asked whether that is enough."""
_MANY = 1500
"""Where more endings than this begin so, the index of groups finds the first hundred sooner."""


def first(connection: sqlite3.Connection, words: Sequence[str], likes: Sequence[str], limit: int) -> list[str]:
    """The keys of the first `limit` citizens by name who have all `words` (folded) in what they are found by.

    `likes` are the same words as patterns for LIKE.
    """
    condition = " AND ".join(["c.found_by LIKE ? ESCAPE '\\'"] * len(likes))
    waiting = "SELECT c.sort_key, c.key FROM unfound u CROSS JOIN citizen c ON c.key = u.citizen"
    found = set(connection.execute(f"{waiting} WHERE {condition}", likes).fetchall())
    last, count = -1, 0
    for number, sort_key, key in _numbered(connection, words, condition, likes):
        if count >= limit and number // _SAME != last:
            break
        last, count = number // _SAME, count + 1
        found.add((sort_key, key))
    return [key for _sort_key, key in sorted(found)[:limit]]


def _numbered(
    connection: sqlite3.Connection, words: Sequence[str], condition: str, likes: Sequence[str]
) -> Iterable[tuple[int, str, str]]:
    numbers = _by_number(connection, words)
    if numbers is not None:
        return _these(connection, numbers, condition, likes)
    groups = sorted({group for word in words for group in _groups(word)})
    match = " ".join('"' + group.replace('"', '""') + '"' for group in groups)
    return connection.execute(
        "SELECT p.id, c.sort_key, c.key FROM citizen_search CROSS JOIN finding p ON p.id = citizen_search.rowid"
        f" JOIN citizen c ON c.key = p.citizen WHERE citizen_search MATCH ? AND {condition}"
        " ORDER BY citizen_search.rowid",
        (match, *likes),
    )


def _by_number(connection: sqlite3.Connection, words: Sequence[str]) -> list[int] | None:
    """Those of whom some word has the digits that were typed; None where none were, or where many have them."""
    for word in sorted(filter(_is_number, words), key=len, reverse=True):
        begins = word[:_NUMBER]
        rows = connection.execute(
            "SELECT id FROM finding_number WHERE part >= ? AND part < ? LIMIT ?",
            (begins, begins + "\U0010ffff", _MANY + 1),
        ).fetchall()
        if len(rows) <= _MANY:
            return sorted({number for (number,) in rows})
    return None


def _these(
    connection: sqlite3.Connection, numbers: Sequence[int], condition: str, likes: Sequence[str]
) -> Iterable[tuple[int, str, str]]:
    for at in range(0, len(numbers), _AT_ONCE):
        some = numbers[at : at + _AT_ONCE]
        yield from connection.execute(
            "SELECT p.id, c.sort_key, c.key FROM finding p CROSS JOIN citizen c ON c.key = p.citizen"
            f" WHERE p.id IN ({','.join('?' * len(some))}) AND {condition} ORDER BY p.id",
            (*some, *likes),
        )


def _is_number(word: str) -> bool:
    return len(word) >= _GROUP and any(letter.isdigit() for letter in word)


def _endings(found_by: str) -> set[str]:
    """What is kept of the words with digits: every ending that has one."""
    words = [word for word in found_by.split() if _is_number(word)]
    endings = (word[at:] for word in words for at in range(len(word) - _GROUP + 1))
    return {ending[:_NUMBER] for ending in endings if _is_number(ending)}


def _groups(word: str) -> list[str]:
    """Groups that lie side by side, from the end: those between would only say again what the name itself says.

    Of a number the last two: what case keys begin with stands in all of them, and going through all is what takes long.
    """
    if len(word) >= _GROUP:
        groups = [word[max(0, end - _GROUP) : max(end, _GROUP)] for end in range(len(word), 0, -_GROUP)]
        return groups[:2] if word[-1].isdigit() else groups
    return [_MARK + word if len(word) == 2 else _EDGE + word + _EDGE]


def _entry(found_by: str) -> str:
    """What goes into the index: the text, every two letters of it behind the mark, and every letter between edges."""
    pairs = {pair for word in found_by.split() for pair in map("".join, pairwise(word))}
    letters = sorted(set("".join(found_by.split())))
    return "".join([found_by, *(_MARK + pair for pair in sorted(pairs)), _EDGE, *(one + _EDGE for one in letters)])


def _place(sort_key: str) -> int:
    """The first number for those whose names begin so; in the order of the names."""
    packed = 0
    for letter in sort_key[:_LETTERS].ljust(_LETTERS, "\0"):
        packed = packed * _CLASSES + _class(letter)
    return packed * _SAME


def _class(letter: str) -> int:
    """Where a letter stands among the others; several that seldom begin a name share a place."""
    if "a" <= letter <= "}":
        return ord(letter) - ord("a") + 7
    if letter > "}":
        return _CLASSES - 1
    return sum(letter >= other for other in "\x01 !-.0:")  # below the letters: nothing, space, signs and digits


# -- keeping in step ---------------------------------------------------------------------------------------


def install(connection: sqlite3.Connection) -> bool:
    """Puts up what is missing of index and triggers; False for a schema that is too old to have them."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "unfound" not in there:
        return False
    missing = [sql for name, sql in _TRIGGERS.items() if name not in there]
    if "citizen_search" not in there:
        missing += [_CREATE, GATHERING, _WITHOUT_NUMBER]
    for sql in missing:
        connection.execute(sql)
    if "citizen_search" not in there:
        numbered = connection.execute(f"{_TAKEN_IN} ORDER BY p.id")
        connection.executemany(_ENTER, ((number, _entry(found_by)) for number, found_by, _key in numbered))
        join(connection, "citizen_search")
    if "finding_number" in there and not connection.execute("SELECT 1 FROM finding_number LIMIT 1").fetchone():
        _number(connection, connection.execute(_TAKEN_IN))
    return True


def renew(connection: sqlite3.Connection) -> int:
    """Takes into the index who waits for it, within the caller's transaction; how many citizens that were."""
    numbered = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'finding_number'").fetchone() is not None
    with closing(connection.execute(_UNFOUND)) as waiting:
        count = _take_in(connection, waiting, numbered=numbered)
    if count:
        connection.execute("DELETE FROM unfound")
        join(connection, "citizen_search", "finding", count)
    return count


def _take_in(connection: sqlite3.Connection, waiting: Iterable[tuple[Any, ...]], *, numbered: bool) -> int:
    last, free, count = -1, 0, 0
    for key, sort_key, found_by, known in waiting:
        count += 1
        place = None if sort_key is None else _place(sort_key)
        stays = known is not None and place is not None and known // _SAME == place // _SAME
        if known is not None and not stays:
            connection.execute("DELETE FROM finding WHERE citizen = ?", (key,))
        if place is None:
            continue
        number = known
        if not stays:
            # Numbers are given in rising order where many come at once: only the first of a place is looked up.
            free = free + 1 if place == last and (free + 1) % _SAME else _free(connection, place)
            last, number = place, free
            connection.execute("INSERT INTO finding VALUES (?, ?)", (number, key))
        connection.execute(_ENTER, (number, _entry(found_by)))
        if numbered:
            _number(connection, [(number, found_by, key)])
    return count


def join(connection: sqlite3.Connection, index: str, numbers: str = "", entered: int = 0) -> None:
    """Makes one segment of an index's many, each of which would be asked by itself; where `numbers` names the table
    with its entries, only if most of them have just been `entered`."""
    if numbers:
        if entered < _BULK:
            return
        (there,) = connection.execute(f"SELECT count(*) FROM {numbers}").fetchone()
        if entered * 2 < there:
            return
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def _number(connection: sqlite3.Connection, entered: Iterable[tuple[int, str, str]]) -> None:
    """Enters the endings; those of a name or key that is no more stay, and cost a look at one citizen."""
    connection.executemany(
        "INSERT OR IGNORE INTO finding_number VALUES (?, ?)",
        ((ending, number) for number, found_by, _key in entered for ending in _endings(found_by)),
    )


def _free(connection: sqlite3.Connection, place: int) -> int:
    """The next number that nobody has had; with more than fit at a place, one of the places behind it."""
    while True:
        (taken,) = connection.execute(
            "SELECT max(id) FROM finding WHERE id >= ? AND id < ?", (place, place + _SAME)
        ).fetchone()
        if taken is None:
            return place
        if int(taken) + 1 < place + _SAME:
            return int(taken) + 1
        place += _SAME


def in_step(connection: sqlite3.Connection) -> bool:
    """Whether index and triggers are there and every citizen stands in the index under her name, or waits to."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    return {"citizen_search", *_TRIGGERS} <= there and next(_out_of_step(connection), None) is None


def _out_of_step(connection: sqlite3.Connection) -> Iterator[str]:
    """Citizens without a number, and numbers without a citizen; none that waits."""
    for key, other in (("c.key", "citizen c LEFT JOIN finding p"), ("p.citizen", "finding p LEFT JOIN citizen c")):
        rows = connection.execute(
            f"SELECT {key} FROM {other} ON p.citizen = c.key WHERE (c.key IS NULL OR p.citizen IS NULL)"
            f" AND {key} NOT IN (SELECT citizen FROM unfound)"
        )
        yield from (row[0] for row in rows)
    for number, found_by, key in connection.execute(f"{_TAKEN_IN} WHERE c.key NOT IN (SELECT citizen FROM unfound)"):
        for ending in _endings(found_by):
            there = connection.execute("SELECT 1 FROM finding_number WHERE part = ? AND id = ?", (ending, number))
            if there.fetchone() is None:
                yield key
                break


def mend(connection: sqlite3.Connection) -> int:
    """Brings the index into step within the caller's transaction; how many citizens had to be taken in again."""
    install(connection)
    lost = list(dict.fromkeys(_out_of_step(connection)))
    connection.executemany("INSERT OR IGNORE INTO unfound VALUES (?)", [(key,) for key in lost])
    return renew(connection)
