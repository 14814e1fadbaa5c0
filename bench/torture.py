"""Kills the app while somebody types, and imports on their way, and looks for what is missing.

    python -m bench.torture -n 50

A caseworker who types, scores and toggles at random is killed (kill -9) at a random moment. What the status line had
said to be saved must be on the disk, the disk must hold a state that the session was in, `db check` must find nothing,
and the session must go on where it was. An import is killed at a random moment: each file is there whole or not at all,
and whole where the command had said so or had ended with 0.
"""

import argparse
import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from scripts.caseload_large import large_lines
from tests.pty.terminal import KEYS, Terminal, environment
from tests.tui import caseload

from jobsamtale_tui import dates
from jobsamtale_tui.store.sqlite.database import Database

SESSION, CITIZEN, USER = "mette-i-dag", "mette-holm", "anne"
INDICATORS = ("mod", "energi", "overblik")
LEVELS = {"mod": "123456789", "energi": "123456789", "overblik": "12345"}
SAVED = re.compile(r"gemt (\d\d):(\d\d):(\d\d)")
KEPT_SECONDS = 4.5
"""What was typed longer ago than this is kept on disk: every few seconds, and after a pause of a second, it is."""
COMMAND = [sys.executable, "-m", "jobsamtale_tui"]


class LostError(Exception):
    """Something that was said to be saved is not there, or is not as it was."""


def made(path: Path) -> Path:
    """A caseload with an open session today."""
    now = dates.iso(datetime.now(UTC))
    own: list[dict[str, Any]] = []
    for record in caseload.RECORDS:
        if record.get("key") == SESSION:
            own.append({**record, "status": "draft", "held_at": now})
        elif record.get("key") == "aftale-mette":
            own.append(
                {
                    **record,
                    "until": "2099-12-31",
                    "indicators": [{"indicator": one, "reason": "–", "from": "2026-01-05"} for one in INDICATORS],
                }
            )
        else:
            own.append(record)
    caseload.make(path, own)
    path.chmod(0o600)
    return path


def said_at(screen: str) -> float | None:
    """The second (of the epoch) at which the status line says that all was saved; None where it says nothing."""
    found = SAVED.search(screen)
    if not found:
        return None
    hour, minute, second = map(int, found.groups())
    now = dates.local(datetime.now(UTC))
    return now.replace(hour=hour, minute=minute, second=second, microsecond=0).timestamp()


# What is on the disk


@dataclass(frozen=True)
class State:
    """What a session holds of what the typist does."""

    need: frozenset[str] = frozenset()
    agenda: tuple[tuple[str, str], ...] = ()
    scores: tuple[tuple[str, int, str | None], ...] = ()
    steps: tuple[tuple[str, str], ...] = ()


def on_disk(path: Path) -> State:
    """The session as the file has it."""
    connection = sqlite3.connect(path)
    try:
        ((need,),) = connection.execute("SELECT need FROM session WHERE key = ?", (SESSION,)).fetchall()

        def rows(table: str, *columns: str) -> tuple[tuple[Any, ...], ...]:
            named = ", ".join(columns)
            asked = f"SELECT {named} FROM {table} WHERE session = ? ORDER BY position"
            return tuple(connection.execute(asked, (SESSION,)).fetchall())

        return State(
            need=frozenset((need or "").split()),
            agenda=rows("agenda_item", "topic", "state"),
            scores=tuple(sorted(rows("score", "indicator", "value", "remark"))),
            steps=rows("step", "what", "how"),
        )
    finally:
        connection.close()


def unfinished(path: Path) -> tuple[int, str, str | None, str | None] | None:
    """Phase, field, cursor and text of what is kept."""
    connection = sqlite3.connect(path)
    try:
        asked = "SELECT phase, field, cursor, text FROM unfinished WHERE session = ?"
        found: tuple[int, str, str | None, str | None] | None = connection.execute(asked, (SESSION,)).fetchone()
        return found
    finally:
        connection.close()


def checked(path: Path, env: dict[str, str]) -> None:
    """`db check` finds nothing."""
    done = subprocess.run([*COMMAND, "--db", str(path), "db", "check"], env=env, capture_output=True, check=False)
    if done.returncode:
        raise LostError(f"db check: {done.returncode} {done.stdout.decode()} {done.stderr.decode()}")


# Who types


@dataclass
class Typist:
    """Types at random, and notes what was changed when and what the status line has said."""

    terminal: Terminal
    random: Random
    states: list[State] = field(default_factory=lambda: [State()])
    """How the session is after each change, from none on."""
    seen: list[float] = field(default_factory=lambda: [0.0])
    """When each change was seen to have been heard: keys are done with in order."""
    acknowledged: int = 0
    phase: int = 0
    word: int = 0
    typed: list[tuple[float, str]] = field(default_factory=list)
    """Words in a field that has not been left since, and when."""
    until: float = 0.0

    def run(self) -> None:
        """Types until it is time, which may be in the middle of anything."""
        doings: tuple[Callable[[], Iterator[str]], ...] = (self.need, self.item, self.score, self.score, self.step)
        try:
            while True:
                for keys in self.random.choice(doings)():
                    self._send(keys)
        except TimeoutError:
            self._look()

    def _send(self, keys: str) -> None:
        self.terminal.send(keys)
        pause = time.monotonic() + self.random.choice((0.0, 0.01, 0.05, 0.1))
        while True:
            self.terminal.read(0.005)
            self._look()
            if time.monotonic() >= self.until:
                raise TimeoutError
            if time.monotonic() >= pause:
                return

    def _look(self) -> None:
        """The status line says that all that was heard before that second is saved."""
        said = said_at(self.terminal.screen)
        while said is not None and self.acknowledged + 1 < len(self.seen) and self.seen[self.acknowledged + 1] < said:
            self.acknowledged += 1

    def changes(self, state: State) -> None:
        """The next key makes this of the session."""
        self.states.append(state)

    @property
    def state(self) -> State:
        """The session after all that has been asked for."""
        return self.states[-1]

    def token(self) -> str:
        """A word that stands nowhere else."""
        self.word += 1
        return f"ord{self.word:04d}æøå"

    def go(self, phase: int) -> Iterator[str]:
        """To a phase; what was typed and not left is saved on the way."""
        if phase == self.phase:
            return
        self.left()
        self.phase = phase
        yield KEYS[f"f{phase + 1}"]
        while f"▸{phase} " not in self.terminal.screen:
            yield ""
        self.seen += [time.time()] * (len(self.states) - len(self.seen))

    def left(self) -> None:
        """The field is left: the words in it are a change."""
        if self.typed:
            words = frozenset(word for _when, word in self.typed)
            self.changes(replace(self.state, need=self.state.need | words))
            self.typed = []

    def need(self) -> Iterator[str]:
        """Words into the citizen's need, letter by letter; it may be left at once or later."""
        if self.phase == 2:
            yield from self.go(1)
        yield from self.go(2)
        for _ in range(self.random.randint(1, 4)):
            word = self.token()
            yield " "
            yield from word
            self.typed.append((time.monotonic(), word))
            yield " "
        if self.random.random() < 0.2:
            yield from self.rest(1.5)

    def rest(self, seconds: float) -> Iterator[str]:
        """Types nothing for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            yield ""

    def item(self) -> Iterator[str]:
        """An item for the agenda; it may be toggled."""
        yield from self.go(1)
        yield from self.go(2)
        yield KEYS["tab"]
        word = self.token()
        yield word
        self.changes(replace(self.state, agenda=(*self.state.agenda, (word, "agreed"))))
        yield KEYS["enter"]
        if self.random.random() < 0.5:
            yield KEYS["escape"]
            yield from self.rest(0.2)
            for state in ("dropped", "possible", "agreed")[: self.random.randint(1, 3)]:
                self.changes(replace(self.state, agenda=(*self.state.agenda[:-1], (word, state))))
                yield " "
        yield from self.go(1)

    def score(self) -> Iterator[str]:
        """A score, with a remark now and then."""
        yield from self.go(3)
        yield "s"
        yield "k" * len(INDICATORS)
        row = self.random.randrange(len(INDICATORS))
        yield "j" * row
        name = INDICATORS[row]
        scores = {one: (value, remark) for one, value, remark in self.state.scores}
        value = int(self.random.choice(LEVELS[name]))
        before, remark = scores.get(name, (None, None))
        if before != value:
            scores[name] = value, remark
            self.changes(replace(self.state, scores=_rows(scores)))
        yield str(value)
        if self.random.random() < 0.3:
            yield KEYS["enter"]
            word = self.token()
            yield KEYS["end"] + " " + word
            scores[name] = value, f"{remark} {word}" if remark else word
            self.changes(replace(self.state, scores=_rows(scores)))
            yield KEYS["enter"]

    def step(self) -> Iterator[str]:
        """A step: what, how, and no date."""
        yield from self.go(4)
        what, how = self.token(), self.token()
        yield from (what, KEYS["tab"], how, KEYS["tab"])
        self.changes(replace(self.state, steps=(*self.state.steps, (what, how))))
        yield KEYS["enter"]
        yield from self.go(1)


def _rows(scores: dict[str, tuple[int, str | None]]) -> tuple[tuple[str, int, str | None], ...]:
    return tuple(sorted((name, value, remark) for name, (value, remark) in scores.items()))


# A session that is killed


@dataclass
class Figures:
    """What came of the kills."""

    kills: int = 0
    changes: int = 0
    acknowledged: int = 0
    further: int = 0
    """Changes on the disk that had not been acknowledged."""
    texts: int = 0
    """Kills in the middle of a text of which something was kept."""


def opened(path: Path, env: dict[str, str]) -> Terminal:
    """The app in the citizen's open session."""
    terminal = Terminal(["--db", str(path), "--user", USER, "open", CITIZEN], env)
    terminal.wait_for("24-1107")
    terminal.press("n")
    terminal.wait_for("▸")
    return terminal


def kill_a_session(folder: Path, base: Path, random: Random, seconds: float, figures: Figures) -> None:
    """Types, kills and looks; raises LostError."""
    home, path = folder / "home", folder / "session.db"
    shutil.copyfile(base, path)
    path.chmod(0o600)
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    env = environment(home)
    terminal = opened(path, env)
    typist = Typist(terminal, random, phase=1)
    terminal.wait_for("▸1 ")
    typist.until = time.monotonic() + random.uniform(0.2, seconds)
    typist.run()
    killed = time.monotonic()
    terminal.process.send_signal(signal.SIGKILL)
    terminal.process.wait()
    terminal.close()
    state = on_disk(path)
    possible = range(typist.acknowledged, len(typist.states))
    reached = next((number for number in reversed(possible) if typist.states[number] == state), None)
    if reached is None:
        raise LostError(
            f"{typist.acknowledged} of {len(typist.states) - 1} changes acknowledged; the disk holds {state},"
            f" acknowledged was {typist.states[typist.acknowledged]}, the last is {typist.state}"
        )
    left = unfinished(path)
    kept = {word for when, word in typist.typed if killed - when > KEPT_SECONDS}
    held = set((left[3] or "").split()) if left else set()
    if kept - held - state.need:
        raise LostError(f"typed more than {KEPT_SECONDS} s before, and not kept: {kept - held}; kept is {left}")
    checked(path, env)
    goes_on(path, env, left)
    figures.kills += 1
    figures.changes += len(typist.states) - 1
    figures.acknowledged += typist.acknowledged
    figures.further += reached - typist.acknowledged
    figures.texts += bool(left and left[3])


def goes_on(path: Path, env: dict[str, str], left: tuple[int, str, str | None, str | None] | None) -> None:
    """The session opens in its phase, field and place, with the text that was kept: a letter typed there shows it."""
    terminal = opened(path, env)
    phase = left[0] if left else 1
    terminal.wait_for(f"▸{phase} ")
    if left is not None and left[3] is not None and left[1] == "need" and left[2] is not None:
        terminal.quiet()
        terminal.send("Q")
        terminal.quiet()
        _end(terminal)
        after = unfinished(path)
        row, column = map(int, left[2].split(","))
        lines = left[3].split("\n")
        lines[row] = f"{lines[row][:column]}Q{lines[row][column:]}"
        wanted = (phase, "need", f"{row},{column + 1}", "\n".join(lines))
        if after != wanted:
            raise LostError(f"went on with {after}, not with {wanted}")
    else:
        _end(terminal)


def _end(terminal: Terminal) -> None:
    code = terminal.leave()
    terminal.close()
    if code:
        raise LostError(f"the app ended with {code} after it was opened again")


# An import that is killed


@dataclass
class Imports:
    """Files to import, and how long that takes."""

    files: list[Path]
    sessions: list[int]
    """How many sessions each file has."""
    seconds: float


def import_files(folder: Path, env: dict[str, str], citizens: int, sessions: int) -> Imports:
    """Two files, the second with half of the sessions, and the time that they take undisturbed."""
    lines = list(large_lines(citizens, sessions, 7))
    first = next(number for number, line in enumerate(lines) if b'"kind":"session"' in line)
    half = first + (len(lines) - first) // 2
    files = [folder / "first.jsonl", folder / "second.jsonl"]
    files[0].write_bytes(b"".join(lines[:half]))
    files[1].write_bytes(b"".join(lines[half:]))
    path = folder / "timed.db"
    began = time.monotonic()
    done = subprocess.run([*COMMAND, "--db", str(path), "import", *map(str, files)], env=env, check=False)
    if done.returncode:
        raise LostError(f"the import ended with {done.returncode}")
    return Imports(files, [half - first, len(lines) - half], time.monotonic() - began)


def kill_an_import(folder: Path, empty: Path, what: Imports, random: Random, env: dict[str, str]) -> str:
    """Kills an import at a random moment; how far it had come: `nothing`, `first`, `all` or `ended`."""
    path = folder / "import.db"
    for old in folder.glob("import.db*"):
        old.unlink()
    shutil.copyfile(empty, path)
    path.chmod(0o600)
    process = subprocess.Popen(
        [*COMMAND, "--db", str(path), "import", *map(str, what.files)], env=env, stderr=subprocess.PIPE
    )
    try:
        _out, said = process.communicate(timeout=random.uniform(0.1, what.seconds * 1.1))
    except subprocess.TimeoutExpired:
        process.kill()
        _out, said = process.communicate()
    told = sum(f"{file}: ".encode() in said for file in what.files)  # a fault has its line behind the colon
    if process.returncode == 0:
        told = len(what.files)
    connection = sqlite3.connect(path)
    ((there,),) = connection.execute("SELECT count(*) FROM session").fetchall()
    connection.close()
    possible = [sum(what.sessions[:number]) for number in range(len(what.files) + 1)]
    if there not in possible[told:]:
        raise LostError(f"{there} sessions are there, {told} files were said to be imported: {possible}")
    checked(path, env)
    if process.returncode == 0:
        return "ended"
    if random.random() < 0.5:
        return ("nothing", "first", "all")[possible.index(there)]
    again = subprocess.run(
        [*COMMAND, "--db", str(path), "import", *map(str, what.files)], env=env, capture_output=True, check=False
    )
    if again.returncode:
        raise LostError(f"imported again: {again.returncode} {again.stderr.decode()}")
    return ("nothing", "first", "all")[possible.index(there)]


def main() -> int:
    """Runs the kills and prints what came of them; 1 where something is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=50, help="kills of each kind")
    parser.add_argument("--seconds", type=float, default=6.0, help="how long one types at most")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", choices=("session", "import"))
    given = parser.parse_args()
    print(f"seed {given.seed}")
    lost = 0
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        folder = Path(name)
        if given.only != "import":
            lost += sessions_killed(folder, given.n, given.seconds, given.seed)
        if given.only != "session":
            lost += imports_killed(folder, given.n, given.seed)
    return 1 if lost else 0


def sessions_killed(folder: Path, kills: int, seconds: float, seed: int) -> int:
    """So many sessions are killed; how many lost something."""
    base, figures, lost = made(folder / "base.db"), Figures(), 0
    for number in range(kills):
        try:
            (folder / f"s{number}").mkdir()
            kill_a_session(folder / f"s{number}", base, Random(seed + number), seconds, figures)
        except (LostError, AssertionError) as error:
            lost += 1
            print(f"kill {number} (seed {seed + number}): {error}", flush=True)
        shutil.rmtree(folder / f"s{number}")
    print(json.dumps({"sessions killed": figures.__dict__, "lost": lost}), flush=True)
    return lost


def imports_killed(folder: Path, kills: int, seed: int) -> int:
    """So many imports are killed; how many lost something."""
    env = environment(folder, TMPDIR=str(folder))
    what = import_files(folder, env, 40, 400)
    empty = folder / "empty.db"
    database = Database(empty)
    database.prepare()
    database.close()
    random, lost, came = Random(seed), 0, dict.fromkeys(("nothing", "first", "all", "ended"), 0)
    undisturbed = what.seconds
    for number in range(kills):
        try:
            way = kill_an_import(folder, empty, what, random, env)
            came[way] += 1
            # However busy the machine is by now: about every third is let end, so that kills come at all moments.
            what = replace(what, seconds=what.seconds * (0.8 if way == "ended" else 1.1))
        except LostError as error:
            lost += 1
            print(f"import {number}: {error}", flush=True)
    print(json.dumps({"imports killed": came, "seconds undisturbed": round(undisturbed, 2), "lost": lost}), flush=True)
    return lost


if __name__ == "__main__":
    sys.exit(main())
