"""`export --new` and `consumer`: what counts as had where the way out is a pipe, a file, a folder or a full disk."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import RECORDS, Run, as_lines
from .test_process import COMMAND, complete

NEW = ["export", "notes", "--new", "fasit"]


def sessions(text: str) -> list[str]:
    return [json.loads(line)["session"] for line in text.splitlines()]


def amended(tmp_path: Path) -> Path:
    correction = {"at": "2026-02-15T08:00:00Z", "by": "anne", "reason": "Navn", "text": "Det var Ib."}
    records = [{**record, "amendments": [correction]} for record in RECORDS if record.get("key") == "s-1"]
    path = tmp_path / "amended.jsonl"
    path.write_text(as_lines(records), encoding="utf-8")
    return path


def test_nothing_twice_and_nothing_missed(run: Run, filled: Path, tmp_path: Path) -> None:
    first = run(*NEW)
    assert (first.code, first.err, sessions(first.out)) == (0, "", ["s-1", "s-2"])
    assert (run(*NEW).code, run(*NEW).out) == (0, "")
    assert run(*NEW, "--again").out == first.out
    assert run("import", amended(tmp_path)).code == 0
    changed = run(*NEW)
    assert sessions(changed.out) == ["s-1"]
    assert json.loads(changed.out)["amendments"][0]["text"] == "Det var Ib."
    assert run(*NEW).out == ""


def test_the_form_may_differ_from_run_to_run(run: Run, filled: Path) -> None:
    assert run(*NEW, "--format", "text").out == run("export", "notes", "--format", "text").out
    assert run(*NEW, "--again", "--format", "csv").out == run("export", "notes", "--format", "csv").out


def test_a_file_is_replaced_and_a_folder_added_to(run: Run, filled: Path, tmp_path: Path) -> None:
    out, drop = tmp_path / "new.jsonl", tmp_path / "drop"
    assert run(*NEW, "-o", out).code == 0
    assert sessions(out.read_text()) == ["s-1", "s-2"]
    assert run(*NEW, "-o", out).code == 0
    assert out.read_text() == ""
    folder = ["export", "notes", "--new", "esdh", "--format", "md", "--dir", drop]
    assert run(*folder).code == 0
    assert sorted(one.name for one in drop.iterdir()) == ["s-1.md", "s-2.md"]
    for one in drop.iterdir():
        one.unlink()
    run("import", amended(tmp_path))
    assert run(*folder).code == 0
    assert [one.name for one in drop.iterdir()] == ["s-1.md"]
    assert "Det var Ib." in (drop / "s-1.md").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_no_delivery(run: Run, filled: Path, tmp_path: Path) -> None:
    for way in (["-o", tmp_path / "none" / "x.jsonl"], ["--dir", filled], ["-o", "/dev/full"]):
        done = run(*NEW, *way)
        assert done.code == 1, way
        assert done.err.count("\n") == 1
    assert sessions(run(*NEW).out) == ["s-1", "s-2"]


def test_a_full_disk_on_stdout_is_no_delivery(run: Run, filled: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, *NEW], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith(b"jobsamtale: ")
    assert sessions(run(*NEW).out) == ["s-1", "s-2"]


def test_a_closed_pipe_is_no_delivery(run: Run, filled: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen([*COMMAND, *NEW], stdout=writing, stderr=subprocess.PIPE) as process:
        os.close(writing)
        _out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert run("consumer", "list", "--format", "json").json[0]["pending_since"] == "2026-06-01T08:00:00Z"
    assert sessions(run(*NEW).out) == ["s-1", "s-2"]


def test_a_closed_stdout_is_refused(run: Run, filled: Path) -> None:
    line = f'exec "{sys.executable}" -m jobsamtale_tui {" ".join(NEW)} >&-'
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert b"stdout is closed" in done.stderr
    assert sessions(run(*NEW).out) == ["s-1", "s-2"]


def test_output_into_a_file_of_the_shell_is_a_delivery(run: Run, filled: Path, tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as out:
        assert subprocess.run([*COMMAND, *NEW], stdout=out, check=False, timeout=60).returncode == 0
    assert sessions((tmp_path / "out").read_text()) == ["s-1", "s-2"]
    assert run(*NEW).out == ""


def test_a_run_that_is_stopped_half_way_is_repeated(run: Run, filled: Path, tmp_path: Path) -> None:
    """A pipe that nobody reads stands full, so that the run is in the middle of its writing when it is killed."""
    long = {**RECORDS[5], "key": "s-0", "note": {**RECORDS[5]["note"], "text": "Langt. " * 40_000}}
    source = tmp_path / "long.jsonl"
    source.write_text(as_lines([long]), encoding="utf-8")
    assert run("import", source).code == 0
    with subprocess.Popen([*COMMAND, *NEW], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.read(1) == b"{"
        told = run(*NEW)
        assert told.code == 4
        assert "under way" in told.err
        assert told.out == ""
        assert run("consumer", "forget", "fasit").code == 4
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert sessions(run(*NEW).out) == ["s-0", "s-1", "s-2"]
    assert run(*NEW).out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "all", "--new", "fasit"], "all is not one"),
        (["export", "notes", "--again"], "nothing without --new"),
        (["export", "notes", "--new", "a/b"], "cannot be called"),
        (["export", "notes", "--new", ""], "cannot be called"),
        (["export", "steps", "--new", "fasit", "--dir", "x"], "Only notes"),
    ],
)
def test_wrong_usage(run: Run, filled: Path, arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert run("consumer", "list", "--format", "json").json == []


def test_another_filter_under_the_same_name_is_refused(run: Run, filled: Path) -> None:
    assert sessions(run(*NEW, "--since", "2026-02-01").out) == ["s-2"]
    done = run(*NEW, "--since", "2026-03-01")
    assert done.code == 1
    assert "--since 2026-02-01" in done.err
    assert run(*NEW).code == 1
    assert run(*NEW, "--since", "1/2/2026").code == 0
    assert run(*NEW, "--citizen", "ukendt").code == 3


def test_read_only_is_refused(run: Run, filled: Path) -> None:
    assert run("--read-only", *NEW).code == 4
    run(*NEW)
    assert run("--read-only", "consumer", "list").code == 0
    assert run("--read-only", "consumer", "forget", "fasit").code == 4
    assert run(*NEW).out == ""


def test_consumers_are_listed_and_forgotten(run: Run, filled: Path) -> None:
    run(*NEW)
    run("export", "steps", "--new", "fasit", "--unit", "nord")
    assert run("consumer", "list", "--format", "json").json[1] == {
        "name": "fasit",
        "kind": "steps",
        "filters": {"unit": "nord"},
        "run": 1,
        "run_at": "2026-06-01T08:00:00Z",
        "confirmed_at": "2026-06-01T08:00:00Z",
        "pending_since": None,
        "records": 1,
        "last": 1,
    }
    _head, notes, steps = run("consumer", "list").out.splitlines()
    assert notes.split() == [
        "fasit",
        "notes",
        "no",
        "filter",
        "2",
        *["01.06.2026", "10.00", "01.06.2026", "10.00"],
    ]
    assert "--unit nord" in steps
    assert run("consumer", "forget", "fasit", "--kind", "notes").code == 0
    assert sessions(run(*NEW).out) == ["s-1", "s-2"]
    assert run("consumer", "forget", "fasit").code == 0
    assert run("consumer", "list", "--format", "json").json == []
    done = run("consumer", "forget", "fasit")
    assert done.code == 3
    assert "jobsamtale consumer list" in done.err


def test_a_consumer_is_no_record(run: Run, filled: Path) -> None:
    before = run("export", "all").out
    run(*NEW)
    assert run("export", "all").out == before
    assert run("db", "check").code == 0


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_names_of_consumers_are_completed(shell: Run, run: Run, filled: Path, name: str) -> None:
    run(*NEW)
    assert "fasit" in "\n".join(complete(shell, name, "jobsamtale consumer forget fa"))
    assert "fasit" in "\n".join(complete(shell, name, "jobsamtale export notes --new "))
