"""What a named consumer gets: each record once, again when it has changed, and all of a run that did not end well."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.casework.exchange import consumers, exporting
from jobsamtale_tui.casework.exchange.importing import import_file
from jobsamtale_tui.errors import NotFoundError, RefusedError, StoreError, UsageError
from jobsamtale_tui.store.questions.session_lists import SessionFilter
from jobsamtale_tui.store.sqlite.checks import faults
from jobsamtale_tui.store.sqlite.database import Database

from .test_exporting import AMENDMENT, CASELOAD

Document = dict[str, Any]


def put(database: Database, records: list[Document], folder: Path) -> None:
    source = folder / "records.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    import_file(database, source, source.name, Actor(None, "tester"))


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    put(database, CASELOAD, tmp_path)
    return database


def fetch(database: Database, kind: str, name: str = "fasit", **more: Any) -> list[Document]:
    with consumers.delivery(database, name, kind, **more) as run:
        return list(run.documents)


def all_of(database: Database, kind: str) -> list[Document]:
    with database.connected() as connection:
        return list(exporting.export(connection, kind))


def changed(key: str, /, **more: Any) -> Document:
    found = next(record for record in CASELOAD if record.get("key") == key)
    return {**found, **more}


@pytest.mark.parametrize("kind", consumers.KINDS)
def test_all_comes_once_and_again_when_asked(filled: Database, kind: str) -> None:
    everything = all_of(filled, kind)
    assert everything
    assert fetch(filled, kind) == everything
    assert fetch(filled, kind) == []
    assert fetch(filled, kind, again=True) == everything
    assert fetch(filled, kind) == []
    assert fetch(filled, kind, "another") == everything


def test_every_kind_but_all_can_be_followed(filled: Database) -> None:
    assert set(consumers.KINDS) == set(exporting.KINDS) - {"all"}
    with pytest.raises(UsageError, match="all is not one"):
        fetch(filled, "all")


def test_what_has_changed_comes_again_as_it_is_now(filled: Database, tmp_path: Path) -> None:
    for kind in consumers.KINDS:
        fetch(filled, kind)
    second = {**AMENDMENT, "at": "2026-04-01T10:00:00Z", "text": "Nej, tirsdag"}
    step = {"what": "Ringe", "when": "2026-02-10", "who": "citizen", "status": "done", "outcome": "Svar fredag"}
    put(filled, [changed("s1", amendments=[AMENDMENT, second], steps=[step]), changed("c2", name="Ib Ny")], tmp_path)
    assert [one["amendments"][1]["text"] for one in fetch(filled, "notes")] == ["Nej, tirsdag"]
    assert [(one["session"], one["outcome"]) for one in fetch(filled, "steps")] == [("s1", "Svar fredag")]
    assert [one["name"] for one in fetch(filled, "citizens")] == ["Ib Ny"]
    assert [one["key"] for one in fetch(filled, "sessions")] == ["s1"]
    assert fetch(filled, "scores") == fetch(filled, "agreements") == fetch(filled, "notes") == []


def test_what_is_new_comes_alone(filled: Database, tmp_path: Path) -> None:
    fetch(filled, "notes")
    put(filled, [changed("s2", key="s0", held_at="2025-01-01T09:00:00Z")], tmp_path)
    assert [one["session"] for one in fetch(filled, "notes")] == ["s0"]
    assert [one["session"] for one in fetch(filled, "notes", again=True)] == ["s0"]


def test_a_run_with_nothing_in_it_is_not_the_one_that_is_repeated(filled: Database) -> None:
    some = fetch(filled, "notes")
    assert fetch(filled, "notes") == []
    assert fetch(filled, "notes", again=True) == some


def test_what_is_repeated_is_as_it_is_now_and_does_not_come_a_third_time(filled: Database, tmp_path: Path) -> None:
    fetch(filled, "notes")
    put(filled, [changed("s3", amendments=[AMENDMENT])], tmp_path)
    assert [one["session"] for one in fetch(filled, "notes", again=True) if "amendments" in one] == ["s1", "s3"]
    assert fetch(filled, "notes") == []


def test_a_run_that_raises_is_repeated_with_what_came_since(filled: Database, tmp_path: Path) -> None:
    def fail() -> None:
        with consumers.delivery(filled, "fasit", "notes") as run:
            next(run.documents)
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        fail()
    with filled.connected() as connection:
        (pending,) = consumers.known(connection)
    assert (pending.records, pending.run, pending.confirmed_at) == (0, 0, None)
    assert pending.pending_since == "2026-06-01T08:00:00Z"
    with pytest.raises(RefusedError, match="nothing to repeat"):
        fetch(filled, "notes", again=True)
    put(filled, [changed("s2", key="s9")], tmp_path)
    assert [one["session"] for one in fetch(filled, "notes")] == ["s1", "s2", "s3", "s9"]
    with filled.connected() as connection:
        (ended,) = consumers.known(connection)
    assert (ended.pending_since, ended.confirmed_at, ended.records) == (None, "2026-06-01T08:00:00Z", 4)


def test_a_run_that_is_not_taken_to_its_end_is_no_delivery(filled: Database) -> None:
    def stop_early() -> None:
        with consumers.delivery(filled, "fasit", "notes") as run:
            next(run.documents)

    with pytest.raises(RuntimeError):
        stop_early()
    assert len(fetch(filled, "notes")) == 3


def test_what_changes_while_a_run_is_written_comes_with_the_next(filled: Database, tmp_path: Path) -> None:
    with consumers.delivery(filled, "fasit", "notes") as run:
        first = next(run.documents)
        put(filled, [changed("s3", amendments=[AMENDMENT]), changed("s2", key="s9")], tmp_path)
        rest = list(run.documents)
    assert [one["session"] for one in (first, *rest)] == ["s1", "s2", "s3"]
    assert "amendments" not in rest[-1]
    assert [one["session"] for one in fetch(filled, "notes")] == ["s3", "s9"]


KILLED = """
import os, signal, sys
from pathlib import Path
from jobsamtale_tui.casework.exchange import consumers
from jobsamtale_tui.store.writing import deliveries
from jobsamtale_tui.store.sqlite.database import Database

if sys.argv[3] == "before":
    deliveries.confirm = lambda *_args, **_more: os.kill(os.getpid(), signal.SIGKILL)
with consumers.delivery(Database(Path(sys.argv[1])), "fasit", "notes") as run:
    Path(sys.argv[2]).write_text(" ".join(one["session"] for one in run.documents))
    if sys.argv[3] == "within":
        os.kill(os.getpid(), signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("when", "left"), [("within", "s1 s2 s3"), ("before", "s1 s2 s3"), ("after", "")])
def test_a_killed_run_is_repeated_unless_it_was_confirmed(
    filled: Database, tmp_path: Path, when: str, left: str
) -> None:
    out = tmp_path / "out"
    done = subprocess.run([sys.executable, "-c", KILLED, filled.path, out, when], timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert out.read_text() == "s1 s2 s3"
    assert " ".join(one["session"] for one in fetch(filled, "notes")) == left
    assert list(tmp_path.glob(".*.lock")) == []


def test_two_runs_at_once_are_one_too_many(filled: Database) -> None:
    with consumers.delivery(filled, "fasit", "notes") as run:
        with pytest.raises(StoreError, match="is under way"):
            fetch(filled, "notes")
        with pytest.raises(StoreError, match="is under way"):
            consumers.forget(filled, "fasit")
        assert len(fetch(filled, "notes", "another")) == 3
        assert len(fetch(filled, "sessions")) == 4
        assert len(list(run.documents)) == 3
    assert fetch(filled, "notes") == []


def test_a_lock_that_is_removed_while_it_is_waited_for_is_taken_anew(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock = fcntl.flock
    times: list[int] = []

    def removed_first(handle: int, how: int) -> None:
        if not times:
            next(filled.path.parent.glob(".*.lock")).unlink()
        times.append(handle)
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", removed_first)
    assert len(fetch(filled, "notes")) == 3
    assert len(times) == 2


def test_a_name_keeps_its_filters(filled: Database) -> None:
    north = SessionFilter(unit="nord")
    assert [one["session"] for one in fetch(filled, "notes", wanted=north)] == ["s1"]
    with pytest.raises(RefusedError) as refused:
        fetch(filled, "notes")
    assert "--unit nord" in refused.value.sentence
    assert "consumer forget fasit" in refused.value.hint
    fetch(filled, "citizens")
    with pytest.raises(RefusedError, match="always had citizens with no filter"):
        fetch(filled, "citizens", with_cpr=True)
    assert len(fetch(filled, "sessions")) == 4
    assert fetch(filled, "notes", wanted=north) == []


def test_filters_of_a_first_run_that_failed_bind_nobody(filled: Database) -> None:
    with pytest.raises(KeyError), consumers.delivery(filled, "fasit", "notes", SessionFilter(unit="syd")):
        raise KeyError
    assert len(fetch(filled, "notes")) == 3


def test_a_record_that_leaves_the_filter_and_comes_back_unchanged_is_not_new(filled: Database) -> None:
    north = SessionFilter(unit="nord")
    assert len(fetch(filled, "steps", wanted=north)) == 1
    for caseworker in ("w2", "w1"):
        with filled.connected() as connection:
            connection.execute("UPDATE session SET caseworker = ? WHERE key = 's1'", (caseworker,))
        assert fetch(filled, "steps", wanted=north) == []


@pytest.mark.parametrize("name", ["", "a b", "a/b", "x" * 65, "a\nb"])
def test_a_name_is_a_key(filled: Database, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be called"):
        fetch(filled, "notes", name)


def test_read_only_keeps_nothing(filled: Database) -> None:
    with pytest.raises(StoreError, match="read-only"):
        fetch(Database(filled.path, read_only=True), "notes")


def test_forgetting(filled: Database) -> None:
    fetch(filled, "notes")
    fetch(filled, "steps")
    assert [(one.name, one.kind, one.records) for one in consumers.forget(filled, "fasit", "steps")] == [
        ("fasit", "steps", 2)
    ]
    assert fetch(filled, "notes") == []
    consumers.forget(filled, "fasit")
    assert len(fetch(filled, "notes")) == 3
    with pytest.raises(NotFoundError):
        consumers.forget(filled, "nobody")


def test_deliveries_are_no_history_and_no_damage(filled: Database) -> None:
    def entries() -> int:
        with filled.connected() as connection:
            return int(connection.execute("SELECT count(*) FROM history").fetchone()[0])

    before = entries()
    fetch(filled, "notes")
    consumers.forget(filled, "fasit")
    fetch(filled, "steps")
    assert entries() == before
    assert faults(filled) == []


FOLDER = tempfile.TemporaryDirectory(prefix="consumers-")
TEMPLATE = Path(FOLDER.name) / "template.db"
KEYS = ("s1", "s2", "s3")
WORDS = st.sampled_from(["Ringe", "Skrive", "Cykle"])


class Deliveries(RuleBasedStateMachine):
    """Steps (known by content) and scores (known by key) change at will; runs end well, fail and die."""

    @initialize()
    def start(self) -> None:
        if not TEMPLATE.exists():
            Database(TEMPLATE).prepare()
        self.folder = Path(tempfile.mkdtemp(dir=FOLDER.name))
        shutil.copy2(TEMPLATE, self.folder / "x.db")
        self.database = Database(self.folder / "x.db")
        self.connection = self.database.connect()
        self.connection.execute("PRAGMA synchronous = OFF")
        self.connection.execute("INSERT INTO citizen (key, name, sort_key, found_by) VALUES ('c', 'C', 'c', 'c')")
        self.connection.execute(
            "INSERT INTO indicator (key, version, name, question, scale, status)"
            " VALUES ('jobtro', 1, '{}', '{}', '{}', 'active')"
        )
        self.connection.executemany(
            "INSERT INTO session (key, citizen, held_at, status) VALUES (?, 'c', '2026-01-01T09:00:00Z', 'draft')",
            [(key,) for key in KEYS],
        )
        self.had: dict[str, dict[str, Counter[str]]] = {"steps": {}, "scores": {}, "sessions": {}}
        self.last: dict[str, Counter[str]] = {}

    @rule(session=st.sampled_from(KEYS), steps=st.lists(WORDS, max_size=3))
    def decide(self, session: str, steps: list[str]) -> None:
        self.connection.execute("DELETE FROM step WHERE session = ?", (session,))
        self.connection.executemany(
            "INSERT INTO step (session, position, what, who, status) VALUES (?, ?, ?, 'citizen', 'open')",
            [(session, place, what) for place, what in enumerate(steps)],
        )

    @rule(session=st.sampled_from(KEYS), value=st.integers(1, 3), by=st.sampled_from(["citizen", "caseworker"]))
    def score(self, session: str, value: int, by: str) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO score (session, indicator, by, position, version, value)"
            " VALUES (?, 'jobtro', ?, ?, 1, ?)",
            (session, by, by == "citizen", value),
        )

    def expected(self, kind: str) -> tuple[Counter[str], dict[str, Counter[str]]]:
        """What is to come, and what the consumer has had afterwards."""
        now: dict[str, Counter[str]] = {}
        for one in exporting.export(self.connection, kind):
            place = {"scores": f"{one.get('session')} {one.get('by')}", "steps": one.get("session"), "sessions": ""}
            now.setdefault(place[kind] or one["key"], Counter())[json.dumps(one)] += 1
        new: Counter[str] = Counter()
        for place_, content in now.items():
            new += content - self.had[kind].get(place_, Counter())
        return new, self.had[kind] | now

    @rule(kind=st.sampled_from(["steps", "scores", "sessions"]))
    def run_ends_well(self, kind: str) -> None:
        new, after = self.expected(kind)
        given = Counter(json.dumps(one) for one in fetch(self.database, kind))
        assert given == new
        self.had[kind] = after
        self.last[kind] = given or self.last.get(kind, Counter())

    @rule(kind=st.sampled_from(["steps", "scores", "sessions"]), taken=st.integers(0, 4), again=st.booleans())
    def run_fails(self, kind: str, taken: int, again: bool) -> None:
        try:
            with consumers.delivery(self.database, "fasit", kind, again=again) as run:
                for _one, _number in zip(run.documents, range(taken), strict=False):
                    pass
                raise OSError(32, "Broken pipe")
        except OSError:
            pass
        except RefusedError:
            assert again
            assert not self.last.get(kind)

    @precondition(lambda self: self.last.get("sessions"))
    @rule()
    def run_is_repeated(self) -> None:
        current = {json.loads(one)["key"] for one in self.last["sessions"]}
        given = fetch(self.database, "sessions", again=True)
        assert {one["key"] for one in given} == current
        for one in given:
            self.had["sessions"][one["key"]] = Counter([json.dumps(one)])
        self.last["sessions"] = Counter(json.dumps(one) for one in given)

    def teardown(self) -> None:
        if hasattr(self, "connection"):
            for kind in self.had:
                self.run_ends_well(kind)
                assert fetch(self.database, kind) == []
            self.connection.close()
            assert not [name for name in os.listdir(self.folder) if name.endswith(".lock")]
            shutil.rmtree(self.folder)


Deliveries.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestDeliveries = Deliveries.TestCase
