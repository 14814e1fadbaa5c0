"""Every kind of edit of a session by keys, disturbed at random: what is said to be saved stays, and is there once.

    python -m bench.torture_edits -n 100 --seed 7

A caseworker begins sessions and writes in them, at random. Meanwhile another process locks the database, or its file is
removed and put back; in the end the app is killed (kill -9), hung up or told to end, also while the database is locked
or gone. Then it starts again and goes on. The typist knows how the session is to look after each edit, so each round
has to end in one of these states:

- not before the last one of which the status line had said that it is saved (after a signal: before the last that had
  been made), and nothing in it twice, for each edit carries a word or a number of its own;
- once the session is open again, with every edit in it that stood in the recovery file at the kill;
- no edit is in the history twice, `db check` finds nothing, and the app ends with the codes that are documented.
"""

import argparse
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from tests.pty.terminal import KEYS, Terminal, environment
from tests.tui import caseload

from bench.torture import COMMAND, INDICATORS, LEVELS, USER, LostError, said_at
from jobsamtale_tui import dates

CITIZENS = 12
ROUNDS = 12
"""Rounds with one database; then a new one."""
PATIENCE = 20.0
"""Seconds until what has to come is taken not to come."""
KEY = {**KEYS, "backtab": "\x1b[Z", "delete": "\x1b[3~"}
OPENING = ("need", "frame")
CLOSING = ("summary", "summary_added", "helped", "missing", "different")
STATES = {"possible": "agreed", "agreed": "dropped", "dropped": "possible", "done": "agreed"}
DOERS = {"citizen": "caseworker", "caseworker": "other", "other": "citizen"}
FOLLOWED = {"open": "done", "done": "partly", "partly": "dropped", "dropped": "open"}
ENDINGS = {"kill -9": 11, "SIGHUP": 3, "SIGTERM": 3, "ctrl+q": 1}
TROUBLES = {"nothing": 10, "locked": 6, "removed": 4}


# What is on the disk


@dataclass(frozen=True)
class Item:
    topic: str
    by: str
    state: str
    required: bool = False
    conclusion: str = ""


@dataclass(frozen=True)
class Step:
    what: str
    how: str
    when: str
    who: str


@dataclass(frozen=True)
class State:
    """What a session holds, and what has come of the steps of the one before it."""

    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Words of each text, sorted: the cursor may stand anywhere."""
    items: tuple[Item, ...] = ()
    scores: tuple[tuple[str, str, int, str], ...] = ()
    steps: tuple[Step, ...] = ()
    next: tuple[str, str] = ("", "")
    earlier: tuple[tuple[str, str], ...] = (("open", ""), ("open", ""))

    def words(self, name: str) -> tuple[str, ...]:
        return dict(self.texts).get(name, ())

    def with_words(self, name: str, words: tuple[str, ...]) -> "State":
        found = {**dict(self.texts), name: tuple(sorted((*self.words(name), *words)))}
        return replace(self, texts=tuple(sorted(found.items())))


def records() -> Iterator[dict[str, Any]]:
    """Citizens who have had a session each, with two steps to be asked about."""
    yield from (one for one in caseload.RECORDS if one["kind"] in ("unit", "caseworker", "indicator"))
    before = dates.iso(datetime.now(UTC) - timedelta(days=30))
    for number in range(CITIZENS):
        key = f"b{number}"
        yield {
            "kind": "citizen",
            "key": key,
            "name": f"Borger {number}",
            "case_key": f"99-{number:04}",
            "caseworker": USER,
            "indicators_used": {"use": True, "reason": "–"},
        }
        yield {
            "kind": "agreement",
            "key": f"a{number}",
            "citizen": key,
            "from": "2026-01-05",
            "until": "2099-12-31",
            "indicators": [{"indicator": one, "reason": "–", "from": "2026-01-05"} for one in INDICATORS],
        }
        yield {
            "kind": "session",
            "key": f"før{number}",
            "citizen": key,
            "caseworker": USER,
            "held_at": before,
            "status": "completed",
            "form": "personal",
            "steps": [{"what": what, "who": "citizen", "status": "open"} for what in ("skridt1", "skridt2")],
        }


def made(path: Path) -> Path:
    """The database that each life begins with."""
    caseload.make(path, list(records()))
    path.chmod(0o600)
    return path


class Disk:
    """The database as a file, whoever has it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.path, timeout=PATIENCE)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def session(self, citizen: str) -> str | None:
        """The session that has been begun; raises LostError where there are two."""
        found = self.sql("SELECT key FROM session WHERE citizen = ? AND status = 'draft'", citizen)
        if len(found) > 1:
            raise LostError(f"{len(found)} sessions were begun with {citizen}")
        return found[0][0] if found else None

    def state(self, session: str | None) -> State:
        """The session as it stands."""
        if session is None:
            return State()
        fields = ("preparation", "frame", "need", "summary", "summary_added", "evaluation", "next", "citizen")
        ((*texts, evaluation, after, citizen),) = self.sql(
            f"SELECT {', '.join(fields)} FROM session WHERE key = ?", session
        )
        words = dict(zip(fields, texts, strict=False)) | json.loads(evaluation or "{}")
        about = json.loads(after or "{}")
        when = dates.local(dates.from_iso(about["at"])).strftime("%Y-%m-%d %H.%M") if about else ""

        def rows(table: str, *columns: str) -> list[tuple[Any, ...]]:
            asked = f"SELECT {', '.join(columns)} FROM {table} WHERE session = ? ORDER BY position"
            return self.sql(asked, session)

        return State(
            texts=tuple(sorted((name, tuple(sorted(text.split()))) for name, text in words.items() if text)),
            items=tuple(
                Item(topic, by, state, bool(required), conclusion or "")
                for topic, by, state, required, conclusion in rows(
                    "agenda_item", "topic", "by", "state", "required", "conclusion"
                )
            ),
            scores=tuple(
                sorted(
                    (*of, value, said or "") for *of, value, said in rows("score", "indicator", "by", "value", "remark")
                )
            ),
            steps=tuple(
                Step(what, how or "", when_ or "", who)
                for what, how, when_, who in rows("step", "what", "how", "when_", "who")
            ),
            next=(when, about.get("reason") or ""),
            earlier=tuple(
                (status, outcome or "")
                for status, outcome in self.sql(
                    "SELECT t.status, t.outcome FROM step t JOIN session s ON s.key = t.session WHERE s.citizen = ?"
                    " AND s.status = 'completed' ORDER BY t.position",
                    citizen,
                )
            ),
        )

    def edits(self) -> set[str]:
        """What names the edits that have been made; raises LostError where one was made twice."""
        found = Counter(edit for (edit,) in self.sql("SELECT edit FROM history WHERE edit IS NOT NULL"))
        twice = [edit for edit, count in found.items() if count > 1]
        if twice:
            raise LostError(f"made twice: {twice}")
        return set(found)


def recovered(home: Path) -> list[dict[str, Any]]:
    """The edits that recovery files hold."""
    found: list[dict[str, Any]] = []
    for file in (home / "data" / "jobsamtale").glob("recovery-*.json"):
        found += json.loads(file.read_text(encoding="utf-8"))["edits"]
    return found


# Who types


@dataclass(frozen=True)
class Known:
    """The session after an edit, and what undo and redo would make of it; `undone` None: that is not known."""

    state: State
    done: tuple[State, ...] = ()
    undone: tuple[State, ...] | None = ()


class OverError(Exception):
    """The time of the round is over."""


@dataclass
class Typist:
    """Types at random in one session, and notes what each edit is to make of it."""

    terminal: Terminal
    random: Random
    done: Counter[str]
    token: Callable[[], str]
    known: list[Known]
    until: float
    seen: list[float] = field(default_factory=list)
    """When each edit was seen to have been made: keys are done with in order."""
    acknowledged: int = 0
    troubled: bool = False
    """The database has been disturbed in this round,"""
    before: int = 0
    """and so many changes could be taken back then: what undo does to them is seen once the database is back."""
    calm: bool = False
    """What is taken back now is in the database, so that is left in peace."""
    phase: int = 0
    meanwhile: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.seen = [0.0] * len(self.known)

    @property
    def state(self) -> State:
        return self.known[-1].state

    def made(self, kind: str, state: State) -> None:
        """The next key makes this of the session."""
        self.done[kind] += 1
        self.known.append(Known(state, (*self.known[-1].done, self.state)))

    def run(self) -> None:
        """Types until it is time, which may be in the middle of anything."""
        ways = (
            *(self.texts, self.add, self.items, self.items, self.reword, self.conduct, self.conclude, self.scores),
            *(self.scores, self.step, self.steps, self.change, self.next, self.follow, self.outcome, self.take_back),
            self.take_back,
        )
        try:
            while True:
                for keys in self.random.choice(ways)():
                    self._send(keys)
                if self.random.random() < 0.25:
                    for keys in self.rest():
                        self._send(keys)
        except OverError:
            self._look()

    def _send(self, keys: str) -> None:
        if keys:
            self.terminal.send(keys)
        pause = time.monotonic() + self.random.choice((0.0, 0.01, 0.04))
        while True:
            self.terminal.read(0.005)
            self._look()
            self.meanwhile()
            if time.monotonic() >= self.until:
                raise OverError
            if time.monotonic() >= pause:
                return

    def _look(self) -> None:
        """The status line says that all that was made before that second is saved."""
        said = said_at(self.terminal.screen)
        while said is not None and self.acknowledged + 1 < len(self.seen) and self.seen[self.acknowledged + 1] < said:
            self.acknowledged += 1

    def there(self, what: Callable[[], bool], why: str) -> Iterator[str]:
        """Waits until the screen is so; it has to be."""
        end = time.monotonic() + PATIENCE
        while not what():
            if time.monotonic() > end:
                raise LostError(f"the screen does not show {why}:\n{self.terminal.screen}")
            yield ""

    def _stands(self, text: str) -> bool:
        return text in self.terminal.screen

    def go(self, phase: int) -> Iterator[str]:
        """To a phase, entered anew."""
        for one in (1, phase) if self.phase == phase else (phase,):
            yield KEY[f"f{one + 1}"]
            yield from self.there(partial(self._stands, f"▸{one} "), f"phase {one}")
        self.phase = phase
        self.seen += [time.time()] * (len(self.known) - len(self.seen))

    def rest(self) -> Iterator[str]:
        """Types nothing for a while: what was made is saved meanwhile."""
        yield from self.go(1 if self.phase != 1 else 2)
        until = time.monotonic() + self.random.choice((0.3, 1.2))
        while time.monotonic() < until:
            yield ""

    def tabs(self, count: int) -> Iterator[str]:
        yield KEY["tab"] * count

    def row(self, place: int, name: str) -> Iterator[str]:
        """The cursor of the list that has the focus goes to a row, which is seen there."""
        yield KEY["home"] + "j" * place
        yield from self.there(
            lambda: any("›" in line and name in line for line in self.terminal.screen.split("\n")),
            f"{name} under the cursor",
        )

    # Texts and the agenda

    def texts(self) -> Iterator[str]:
        """Words in one of the texts."""
        name = self.random.choice((*OPENING, *CLOSING))
        yield from self.go(2 if name in OPENING else 4)
        yield from (
            [KEY["backtab"]] if name == "frame" else self.tabs(0 if name == "need" else 3 + CLOSING.index(name))
        )
        words = tuple(self.token() for _ in range(self.random.randint(1, 2)))
        for word in words:
            yield f" {word} "
        self.made("text", self.state.with_words(name, words))
        yield KEY["tab"]

    def add(self) -> Iterator[str]:
        """Items, one after the other."""
        yield from self.go(2)
        yield from self.tabs(1)
        for _ in range(self.random.randint(1, 3)):
            topic = self.token()
            yield topic
            self.made("item added", replace(self.state, items=(*self.state.items, Item(topic, "citizen", "agreed"))))
            yield KEY["enter"]

    def _put(self, kind: str, item: Item, new: Item | None) -> None:
        items = tuple(new if one is item else one for one in self.state.items)
        self.made(kind, replace(self.state, items=tuple(one for one in items if one is not None)))

    def _item(self) -> Iterator[str]:
        """To an item of the agenda, which is noted."""
        yield from self.go(2)
        yield from self.tabs(2)
        shown = [
            one
            for states in (("agreed", "done"), ("possible",), ("dropped",))
            for one in self.state.items
            if one.state in states
        ]
        self._at = self.random.choice(shown)
        yield from self.row(shown.index(self._at), self._at.topic)

    def items(self) -> Iterator[str]:
        """What the keys of the agenda do to an item, some of them at once."""
        if not self.state.items:
            return
        yield from self._item()
        item = self._at
        for _ in range(self.random.randint(1, 4)):
            key = self.random.choice((" ", " ", "b", "r", KEY["delete"]))
            if key == KEY["delete"]:
                if not item.required:
                    self._put("item removed", item, None)
                    yield key
                    return
                continue
            if key == " ":
                state = STATES[item.state]
                new = replace(item, state="possible" if item.required and state == "dropped" else state)
            elif key == "b":
                new = replace(item, by="caseworker" if item.by == "citizen" else "citizen")
            else:
                state = "possible" if item.state == "dropped" else item.state
                new = replace(item, required=not item.required, state=state if not item.required else item.state)
            self._put({" ": "item toggled", "b": "item passed on", "r": "item required"}[key], item, new)
            item = new
            yield key

    def reword(self) -> Iterator[str]:
        """An item in other words."""
        if not self.state.items:
            return
        yield from self._item()
        item, word = self._at, self.token()
        yield "e"
        yield f"{KEY['end']} {word}"
        self._put("item reworded", item, replace(item, topic=f"{item.topic} {word}"))
        yield KEY["enter"]

    # Conducting

    def _agreed(self) -> Iterator[str]:
        yield from self.go(3)
        yield "d"
        shown = [one for one in self.state.items if one.state in ("agreed", "done")]
        self._at = self.random.choice(shown)
        yield from self.row(shown.index(self._at), self._at.topic)

    def conduct(self) -> Iterator[str]:
        """An item is done, or not after all."""
        for _ in range(2):
            if any(one.state in ("agreed", "done") for one in self.state.items):
                yield from self._agreed()
                item = self._at
                self._put("item done", item, replace(item, state="agreed" if item.state == "done" else "done"))
                yield " "

    def conclude(self) -> Iterator[str]:
        """What an item came to."""
        if any(one.state in ("agreed", "done") for one in self.state.items):
            yield from self._agreed()
            item, word = self._at, self.token()
            yield KEY["enter"]
            yield f"{KEY['end']} {word}"
            self._put("item concluded", item, replace(item, conclusion=f"{item.conclusion} {word}".strip()))
            yield KEY["enter"]

    def scores(self) -> Iterator[str]:
        """Scores of both, set, cleared and remarked on."""
        yield from self.go(3)
        yield "s"
        by = "citizen"
        for _ in range(self.random.randint(1, 4)):
            if self.random.random() < 0.4:
                by = "caseworker" if by == "citizen" else "citizen"
                yield "r"
            row = self.random.randrange(len(INDICATORS))
            yield "k" * len(INDICATORS) + "j" * row
            name = INDICATORS[row]
            scores = {(one, who): (value, said) for one, who, value, said in self.state.scores}
            value, remark = scores.get((name, by), (None, ""))
            if value is not None and self.random.random() < 0.25:
                del scores[name, by]
                self.made("score cleared", replace(self.state, scores=_sorted(scores)))
                yield KEY["backspace"]
            elif value is not None and self.random.random() < 0.4:
                word = self.token()
                yield KEY["enter"]
                yield f"{KEY['end']} {word}"
                scores[name, by] = value, f"{remark} {word}".strip()
                self.made("score remarked", replace(self.state, scores=_sorted(scores)))
                yield KEY["enter"]
            else:
                new = self.random.choice([one for one in LEVELS[name] if int(one) != value])
                scores[name, by] = int(new), remark
                self.made(f"score of the {by}", replace(self.state, scores=_sorted(scores)))
                yield new

    # Closing

    def step(self) -> Iterator[str]:
        """Steps: what, how, and a date now and then."""
        yield from self.go(4)
        for _ in range(self.random.randint(1, 2)):
            what, how, when = (
                self.token(),
                self.token(),
                self.random.choice(("", f"2027-06-{self.random.randint(10, 28)}")),
            )
            yield from (what, KEY["tab"], how, KEY["tab"], when)
            self.made("step added", replace(self.state, steps=(*self.state.steps, Step(what, how, when, "citizen"))))
            yield KEY["enter"]

    def _step(self) -> Iterator[str]:
        yield from self.go(4)
        yield KEY["backtab"]
        self._step_at = self.random.choice(self.state.steps)
        yield from self.row(self.state.steps.index(self._step_at), self._step_at.what)

    def _put_step(self, kind: str, step: Step, new: Step | None) -> None:
        steps = tuple(new if one is step else one for one in self.state.steps)
        self.made(kind, replace(self.state, steps=tuple(one for one in steps if one is not None)))

    def steps(self) -> Iterator[str]:
        """A step is passed on, or removed."""
        if not self.state.steps:
            return
        yield from self._step()
        step = self._step_at
        for _ in range(self.random.randint(1, 3)):
            if self.random.random() < 0.2:
                self._put_step("step removed", step, None)
                yield KEY["delete"]
                return
            new = replace(step, who=DOERS[step.who])
            self._put_step("step passed on", step, new)
            step = new
            yield "b"

    def change(self) -> Iterator[str]:
        """A step in other words."""
        if not self.state.steps:
            return
        yield from self._step()
        step, word = self._step_at, self.token()
        yield "e"
        yield f"{KEY['end']} {word}"
        self._put_step("step changed", step, replace(step, what=f"{step.what} {word}"))
        yield KEY["enter"]

    def next(self) -> Iterator[str]:
        """When the next session is, and why."""
        yield from self.go(4)
        yield from self.tabs(3 + len(CLOSING))
        at = f"2027-{self.random.randint(1, 9):02}-{self.random.randint(10, 28)} {self.random.randint(8, 15):02}.30"
        yield KEY["end"] + KEY["backspace"] * 20 + at
        if at != self.state.next[0]:
            self.made("next session", replace(self.state, next=(at, self.state.next[1])))
        yield KEY["tab"]
        word = self.token()
        yield f"{KEY['end']} {word}"
        self.made("next session", replace(self.state, next=(at, f"{self.state.next[1]} {word}".strip())))
        yield KEY["enter"]

    # Since last time

    def _since(self) -> Iterator[str]:
        yield from self.go(2)
        yield from self.tabs(2)
        yield "s"
        self._since_at = self.random.randrange(2)
        yield from self.row(self._since_at, f"skridt{self._since_at + 1}")

    def _follow(self, status: str, outcome: str) -> None:
        found = list(self.state.earlier)
        found[self._since_at] = (status, outcome)
        self.made("earlier step", replace(self.state, earlier=tuple(found)))

    def follow(self) -> Iterator[str]:
        """How far a step of the last session came."""
        yield from self._since()
        for _ in range(self.random.randint(1, 3)):
            status, outcome = self.state.earlier[self._since_at]
            self._follow(FOLLOWED[status], outcome)
            yield " "

    def outcome(self) -> Iterator[str]:
        """What came of it."""
        yield from self._since()
        status, outcome = self.state.earlier[self._since_at]
        word = self.token()
        yield KEY["enter"]
        yield f"{KEY['end']} {word}"
        self._follow(status, f"{outcome} {word}".strip())
        yield KEY["enter"]

    # Undo

    def take_back(self) -> Iterator[str]:
        """The last edits are taken back, and made again."""
        self.calm = not self.troubled
        yield from self.go(3)
        yield "s"
        yield from self._take_back()
        if self.calm:
            yield from self.rest()
            self.calm = False

    def _take_back(self) -> Iterator[str]:
        for _ in range(self.random.randint(1, 3)):
            last = self.known[-1]
            if len(last.done) <= (self.before if self.troubled else 0):
                return
            undone = None if self.troubled or last.undone is None else (*last.undone, last.state)
            self.known.append(Known(last.done[-1], last.done[:-1], undone))
            self.done["undo"] += 1
            yield "u"
        while not self.troubled and self.known[-1].undone and self.random.random() < 0.6:
            last = self.known[-1]
            assert last.undone
            self.known.append(Known(last.undone[-1], (*last.done, last.state), last.undone[:-1]))
            self.done["redo"] += 1
            yield "U"


def _sorted(scores: dict[tuple[str, str], tuple[int, str]]) -> tuple[tuple[str, str, int, str], ...]:
    return tuple(sorted((*of, *what) for of, what in scores.items()))


# Who disturbs


class Locked:
    """Another process holds the database; `killed`: it is killed with it."""

    SCRIPT = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)\n"
        "connection.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-c", self.SCRIPT, str(path)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def over(self) -> None:
        self._process.communicate()


class Removed:
    """The file of the database is away."""

    def __init__(self, path: Path) -> None:
        self._path, self._away = path, path.with_name(f"{path.name}.away")
        path.rename(self._away)

    def over(self) -> None:
        self._away.rename(self._path)


@dataclass
class Trouble:
    """Disturbs the database from one moment to another, where there is one."""

    path: Path
    kind: str
    begins: float = 1e12
    ends: float = 1e12
    now: Locked | Removed | None = None
    was: bool = False

    def plan(self, begins: float, ends: float) -> None:
        """When that is to be."""
        if self.kind != "nothing":
            self.begins, self.ends = begins, ends

    def look(self) -> None:
        """Begins or ends, where it is time."""
        if not self.was and time.monotonic() >= self.begins:
            self.was = True
            self.now = Locked(self.path) if self.kind == "locked" else Removed(self.path)
        if self.now is not None and time.monotonic() >= self.ends:
            self.over()

    def over(self) -> None:
        if self.now is not None:
            self.now.over()
            self.now = None


def _chosen(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


# A round


@dataclass
class Figures:
    """What came of it all."""

    rounds: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    during: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    further: int = 0
    recovered: int = 0
    begun: int = 0
    lost: int = 0

    def table(self) -> str:
        """As people read it."""
        lines = [f"{'ended by':34}{'rounds':>8}"]
        lines += [f"{name:34}{count:8}" for name, count in sorted(self.endings.items())]
        lines += ["", f"{'of these the database was':34}{'rounds':>8}"]
        lines += [f"{name:34}{count:8}" for name, count in sorted(self.during.items())]
        lines += ["", f"{'edit':34}{'made':>8}"]
        lines += [f"{name:34}{count:8}" for name, count in sorted(self.edits.items())]
        lines += ["", f"{'sessions begun':34}{self.begun:8}"]
        lines += [f"{'edits':34}{sum(self.edits.values()):8}", f"{'  said to be saved':34}{self.acknowledged:8}"]
        lines += [
            f"{'  saved and not yet said':34}{self.further:8}",
            f"{'  in the recovery file at the end':34}{self.recovered:8}",
        ]
        return "\n".join([*lines, f"{'rounds with something lost':34}{self.lost:8}"])


@dataclass
class Life:
    """One database, on which the app is ended and started again."""

    folder: Path
    random: Random
    figures: Figures
    seconds: float
    words: int = 0
    at: dict[str, list[Known]] = field(default_factory=dict)
    """By citizen how the session stands, with what undo would do,"""
    asked: dict[str, set[str]] = field(default_factory=dict)
    """and which edits stood in the recovery file at the end."""

    def __post_init__(self) -> None:
        self.path, self.home = self.folder / "team.db", self.folder / "home"
        self.disk, self.env = Disk(self.path), environment(self.home)
        (self.home / "tmp").mkdir(parents=True)

    def token(self) -> str:
        """A word that stands nowhere else."""
        self.words += 1
        return f"ø{self.words:04d}å"

    def round(self) -> None:
        """Starts, looks, types, is disturbed, ends, looks; raises LostError."""
        ending, trouble = _chosen(self.random, ENDINGS), Trouble(self.path, _chosen(self.random, TROUBLES))
        new = self.random.random() < 0.3 or not self.at
        citizen = f"b{self.random.randrange(CITIZENS)}" if new else self.random.choice(list(self.at))
        terminal = Terminal(["--db", str(self.path), "--user", USER, "open", citizen], self.env, size=(100, 40))
        try:
            terminal.wait_for("99-")
            if citizen not in self.at and self.random.random() < 0.6:
                self.begun(terminal, citizen, trouble, ending)
            else:
                self.typed(terminal, citizen, trouble, ending)
        finally:
            terminal.close()
            trouble.over()
        self.figures.endings[ending] += 1
        self.figures.during[trouble.kind if trouble.was else "left in peace"] += 1
        self.checked()

    def begun(self, terminal: Terminal, citizen: str, trouble: Trouble, ending: str) -> None:
        """A session is begun, and the app ended meanwhile: what was shown to be open is, and so is what was kept."""
        begin = time.monotonic()
        trouble.plan(begin, begin + self.random.choice((0.5, 3.0, 8.0)))
        while not (trouble.was or trouble.kind == "nothing"):
            trouble.look()
        until = time.monotonic() + self.random.choice((0.3, 1.0, 2.0, 7.0 if trouble.was else 0.2))
        terminal.press("n")
        while time.monotonic() < until:
            terminal.read(0.01)
            trouble.look()
        shown = "▸1 " in terminal.screen
        self.end(terminal, ending)
        trouble.over()
        there, asked = self.disk.session(citizen) is not None, recovered(self.home)
        if shown and not there:
            raise LostError("a session that was open had not been begun")
        if ending != "kill -9" and not there and not asked:
            raise LostError(f"a session was to be begun, and is not kept after {ending}")
        self.figures.begun += 1
        self.figures.recovered += len(asked)
        if asked:
            self.goes_on(citizen, {one["id"] for one in asked})

    def goes_on(self, citizen: str, asked: set[str]) -> None:
        """Once the app has started the session is begun, though nobody opens it."""
        terminal = Terminal(["--db", str(self.path), "--user", USER], self.env, size=(100, 40))
        try:
            end = time.monotonic() + PATIENCE
            while self.disk.session(citizen) is None or recovered(self.home):
                terminal.read(0.05)
                if time.monotonic() > end:
                    raise LostError(f"a session that was kept is not begun: {sorted(asked)}\n{terminal.screen}")
            self.end(terminal, "ctrl+q")
        finally:
            terminal.close()

    def typed(self, terminal: Terminal, citizen: str, trouble: Trouble, ending: str) -> None:
        """Opens the session, types, is disturbed and is ended."""
        terminal.press("n")
        terminal.wait_for("▸")
        self.figures.begun += citizen not in self.at
        known = self.settled(terminal, citizen)
        begin = time.monotonic()
        until = begin + self.random.uniform(0.3, self.seconds)
        if trouble.kind != "nothing":
            at = begin + self.random.uniform(0.0, self.seconds / 2)
            trouble.plan(at, at + self.random.choice((0.4, 1.5, 7.0, 1e6)))
            until += self.random.choice((2.0, 2.0, 8.0))  # the last is longer than an edit waits for a lock
        typist = Typist(terminal, self.random, self.figures.edits, self.token, known, until, phase=1)

        def meanwhile() -> None:
            if not typist.calm:
                trouble.look()
            if trouble.was and not typist.troubled:
                typist.troubled, typist.before = True, len(typist.known[-1].done)

        typist.meanwhile = meanwhile
        typist.run()
        seen = len(typist.seen) - 1
        code = self.end(terminal, ending)
        trouble.over()
        self.after(citizen, typist, ending, code, seen)

    def end(self, terminal: Terminal, ending: str) -> int:
        """Ends the app; its exit code, which has to be one of those that are documented."""
        if ending == "ctrl+q":
            code = terminal.leave()
        else:
            number = {"kill -9": signal.SIGKILL, "SIGHUP": signal.SIGHUP, "SIGTERM": signal.SIGTERM}[ending]
            code = terminal.signal(number)
        if code not in ((-9,) if ending == "kill -9" else (0, 1)):
            raise LostError(f"{ending}: exit code {code}:\n{terminal.screen}")
        return code

    def after(self, citizen: str, typist: Typist, ending: str, code: int, seen: int) -> None:
        """The disk holds a state that the session was in, and none before the last that was said to be saved."""
        found = self.disk.state(self.disk.session(citizen))
        asked = recovered(self.home)
        known, least = typist.known, typist.acknowledged
        possible = [number for number in range(least, len(known)) if known[number].state == found]
        if not possible:
            raise LostError(_differs(known, least, found, f"after {ending}"))
        if code == 0 and asked:
            raise LostError(f"{ending}: exit code 0, and {len(asked)} edits wait in the recovery file")
        if ending != "kill -9":
            least = max(least, seen)
            if code == 0 and max(possible) < least:
                raise LostError(_differs(known, least, found, f"after {ending}, which said that all is saved"))
        self.figures.acknowledged += typist.acknowledged
        self.figures.further += max(possible) - typist.acknowledged
        self.figures.recovered += len(asked)
        self.at[citizen] = known[max(least, min(possible)) if least > max(possible) else least :]
        self.asked[citizen] = {one["id"] for one in asked}

    def settled(self, terminal: Terminal, citizen: str) -> list[Known]:
        """The session is open again: what waited is made; what stands unfinished in fields is left. How it stands."""
        possible = self.at.get(citizen, [Known(State())])
        asked = self.asked.pop(citizen, set())
        session = self.disk.session(citizen)
        if session is None:
            raise LostError("a session that is open has not been begun")
        end = time.monotonic() + PATIENCE
        while asked - self.disk.edits():
            terminal.read(0.05)
            if time.monotonic() > end:
                missing = sorted(asked - self.disk.edits())
                raise LostError(f"in the recovery file at the end, and not made: {missing}\n{terminal.screen}")
        terminal.quiet()
        found = self.disk.state(session)
        at = [number for number, one in enumerate(possible) if one.state == found]
        if not at:
            raise LostError(_differs(possible, 0, found, "when it was open again"))
        after = self.left(terminal, session)
        _once(after, "when it was open again")
        there = {possible[number].done for number in at}
        if after != found or len(there) > 1:
            known = Known(after, (), None)
        else:
            known = replace(possible[at[-1]], undone=possible[at[-1]].undone if len(at) == 1 else None)
        self.at[citizen] = [known]
        return [known]

    def left(self, terminal: Terminal, session: str) -> State:
        """Leaves every field that holds something unfinished; how the session stands then."""
        for phase in (2, 3, 4, 1):
            terminal.send(KEY[f"f{phase + 1}"])
            end = time.monotonic() + PATIENCE
            while f"▸{phase} " not in terminal.screen:
                terminal.read()
                if time.monotonic() > end:  # half a date
                    terminal.send(KEY["end"] + KEY["backspace"] * 30 + KEY[f"f{phase + 1}"])
                    terminal.quiet()
                    end = time.monotonic() + PATIENCE
        terminal.quiet()
        found, before = self.disk.state(session), None
        while found != before:
            terminal.quiet(0.2)
            found, before = self.disk.state(session), found
        return found

    def checked(self) -> None:
        """No edit and no word is there twice; `db check` finds nothing."""
        self.disk.edits()
        begun = self.disk.sql(
            "SELECT subject FROM history WHERE action = 'session.start' GROUP BY subject HAVING count(*) > 1"
        )
        if begun:
            raise LostError(f"begun twice: {begun}")
        for citizen in self.at:
            self.disk.session(citizen)
        done = subprocess.run(
            [*COMMAND, "--db", str(self.path), "db", "check"], env=self.env, capture_output=True, check=False
        )
        if done.returncode:
            raise LostError(f"db check: {done.returncode} {done.stdout.decode()} {done.stderr.decode()}")


def _differs(known: list[Known], least: int, found: State, when: str) -> str:
    """What the disk holds, against the nearest of the states that are possible."""
    nearest = min(known[least:] or known[-1:], key=lambda one: _distance(one.state, found))
    said = [f"{when}: none of the states {least} to {len(known) - 1} of the session; the nearest has"]
    for name in State.__dataclass_fields__:
        wanted, there = getattr(nearest.state, name), getattr(found, name)
        if wanted != there:
            said.append(f"  {name}: {wanted}\n  the disk: {there}")
    before = [number for number, one in enumerate(known) if one.state == found]
    return "\n".join([*said, f"  the disk is at {before}"])


def _once(state: State, when: str) -> None:
    """Each word stands there once."""
    parts = [
        *(word for _name, words in state.texts for word in words),
        state.next[1],
        *(one for _n, one in state.earlier),
    ]
    parts += [said for *_of, said in state.scores]
    parts += [f"{one.topic} {one.conclusion}" for one in state.items]
    parts += [f"{one.what} {one.how}" for one in state.steps]
    twice = [word for word, count in Counter(" ".join(map(str, parts)).split()).items() if count > 1]
    if twice:
        raise LostError(f"{when}: there twice: {twice} in {state}")


def _distance(one: State, other: State) -> int:
    return sum(
        len(set(getattr(one, name)) ^ set(getattr(other, name)))
        for name in State.__dataclass_fields__
        if isinstance(getattr(one, name), tuple)
    )


def rounds(folder: Path, count: int, seconds: float, seed: int) -> Figures:
    """So many rounds; what came of them. A round that has lost something ends its database."""
    base, figures, life = made(folder / "base.db"), Figures(), None
    for number in range(count):
        if life is None or number % ROUNDS == 0:
            if life is not None:
                shutil.rmtree(life.folder)
            (folder / str(number)).mkdir()
            shutil.copyfile(base, folder / str(number) / "team.db")
            (folder / str(number) / "team.db").chmod(0o600)
            life = Life(folder / str(number), Random(), figures, seconds)
        life.random = Random(seed * 10_000 + number)
        figures.rounds += 1
        try:
            life.round()
        except (LostError, AssertionError) as error:
            figures.lost += 1
            print(f"round {number} (seed {seed}): {error}", flush=True)
            keep = os.environ.get("TORTURE_KEEP")
            if keep:
                shutil.copytree(life.folder, Path(keep) / f"{seed}-{number}", dirs_exist_ok=True)
            life = None
    return figures


def main() -> int:
    """Runs the rounds and prints the table; 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=100, help="how often the app is ended")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long one types at most")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        figures = rounds(Path(name), given.n, given.seconds, given.seed)
    print(figures.table(), flush=True)
    return 1 if figures.lost else 0


if __name__ == "__main__":
    sys.exit(main())
