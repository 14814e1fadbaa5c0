"""No CPR number in an error, a log, a file's name, what completes a word, or a list of processes."""

import io
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import Run
from .test_process import complete, in_terminal

NUMBER = "010190-1234"
WRITTEN = (NUMBER, NUMBER.replace("-", ""), NUMBER.replace("-", " "))
CPR = re.compile(r"0101\s?90[- ]?1234")
EVERY = (
    "citizen list",
    "citizen list --format json",
    f"citizen list --search {NUMBER}",
    "citizen show mette-høj",
    f"citizen show {NUMBER}",
    "citizen show mette-høj --format json",
    "citizen steps mette-høj",
    "session list",
    "session list --format json",
    "session show s-2",
    "session show s-2 --format json",
    *(f"note s-2 --format {form}" for form in ("text", "md", "html", "json")),
    *(f"graph mette-høj --format {form}" for form in ("text", "json", "csv")),
    "search det",
    "lint s-1",
    "db info",
    "db check",
    "db info --format json",
    "config show",
    "doctor",
    "keys",
    *(f"export {kind}" for kind in ("citizens", "agreements", "sessions", "scores", "steps", "notes", "indicators")),
    *(f"export {kind} --format csv" for kind in ("citizens", "sessions", "scores", "notes")),
)
REFUSED = (
    "{}",
    "--{}",
    "citizen {}",
    "citizen show {}x",
    "citizen list --unit {}",
    "citizen list --format {}",
    "session show {}",
    "session list --citizen {}",
    "session list --since {}",
    "session list --status {}",
    "note {}",
    "note s-1 {}",
    "graph {}x",
    "graph mette-høj --indicator {}",
    "graph mette-høj --width {}",
    "search a --citizen {}x",
    "lint {}",
    "export {}",
    "export notes --new {} --again --since {}",
    "import {}",
    "indicator check {}.toml",
    "db restore {}",
    "--db mysql://{} citizen list",
    "--user {} citizen list",
    "--lang {} keys",
    "--data {} citizen list",
    "--debug session show {}",
)


def test_no_command_shows_one(run: Run, filled: Path) -> None:
    for line in EVERY:
        done = run(*line.split())
        assert not CPR.search(done.out), line
        assert not CPR.search(done.err), line


def test_no_error_shows_one(run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for line in REFUSED:
        for number in WRITTEN:
            done = run(*(part.replace("{}", number) for part in line.split()))
            assert done.code in (1, 2, 3, 4), line
            assert not CPR.search(done.err + done.out), line


def test_an_unforeseen_error_shows_none_even_when_debugged(
    run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jobsamtale_tui.store.questions import reads

    def fail(*arguments: object) -> None:
        raise KeyError(f"{NUMBER} og {NUMBER.replace('-', '')}")

    monkeypatch.setattr(reads, "citizen_named", fail)
    for arguments in (["citizen", "show", "x"], ["--debug", "citizen", "show", NUMBER]):
        done = run(*arguments)
        assert done.code == 1
        assert not CPR.search(done.err)
    assert "Traceback" in done.err


def test_no_file_is_named_by_one(run: Run, filled: Path, home: Path, tmp_path: Path) -> None:
    citizen = '{"kind": "citizen", "key": "x", "name": "x"}\n'
    session = (
        f'{{"kind": "session", "key": "{NUMBER}", "citizen": "x", "held_at": "2026-01-01T09:00Z",'
        ' "status": "completed", "note": {"text": "x", "template": "t", "version": 1, "at": "2026-01-01T09:00Z"}}\n'
    )
    (tmp_path / "in.jsonl").write_text(citizen + session)
    done = run("import", tmp_path / "in.jsonl")
    assert "could be a CPR number" in done.err
    assert not CPR.search(done.err)
    assert run("export", "notes", "--dir", tmp_path / "notes").code == 0
    assert run("db", "backup", tmp_path / "copy.db").code == 0
    assert run("--db", tmp_path / "other.db", "db", "restore", tmp_path / "copy.db").code == 0
    assert not [path for path in tmp_path.rglob("*") if CPR.search(path.name)]
    assert len(list((tmp_path / "notes").iterdir())) == 3


def test_no_word_is_completed_to_one(shell: Run, run: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f'{{"kind": "citizen", "key": "{NUMBER}", "name": "x"}}\n')
    assert run("import", tmp_path / "in.jsonl").code == 0
    for line in ("jobsamtale open 0", "jobsamtale open ", "jobsamtale citizen show 0101"):
        told = "\n".join(complete(shell, "bash", line))
        assert not CPR.search(told)
    assert "mette-høj" in "\n".join(complete(shell, "bash", "jobsamtale open "))


@pytest.mark.parametrize("number", WRITTEN[:2])
def test_it_is_asked_for_rather_than_written(
    run: Run, filled: Path, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for line in ("citizen show -", "graph - --format csv", "citizen steps -", "search kort --citizen -"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{number}\n"))
        done = run(*line.split())
        assert (done.code, done.err) == (0, "")
        assert done.out
    monkeypatch.setattr(sys, "stdin", io.StringIO("020290-1111"))
    refused = run("citizen", "show", "-")
    assert refused.code == 3
    assert "020290-••••" in refused.err


def test_one_on_the_command_line_is_said_to_be_in_the_history(filled: Path) -> None:
    code, seen = in_terminal(["citizen", "show", NUMBER], {"TERM": "xterm", "NO_COLOR": "1"})
    assert code == 0
    assert "stays in the shell's history" in seen
    assert not CPR.search(seen)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="a list of processes as Linux has it")
@pytest.mark.parametrize("number", WRITTEN[1:])
def test_a_list_of_processes_does_not_show_it(filled: Path, number: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "jobsamtale_tui", "import", "-", "--dry-run", number],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        line = Path(f"/proc/{process.pid}/cmdline")
        until = time.monotonic() + 20
        while not (shown := re.search("import.*dry-run.*xxxx", line.read_text())) and time.monotonic() < until:
            time.sleep(0.02)
        assert shown
        assert not CPR.search(line.read_text())
    finally:
        _out, err = process.communicate(b"", timeout=30)
    assert not CPR.search(err.decode())


def test_a_number_in_a_refused_line_is_masked(run: Run, filled: Path, tmp_path: Path) -> None:
    lines = [
        f'{{"kind": "citizen", "key": "x", "name": "x", "{NUMBER}": 1}}',
        f'{{"kind": "citizen", "key": "{NUMBER} x", "name": "x"}}',
        f'{{"kind": "citizen", "key": "y", "name": "x", "cpr": "{NUMBER}"}}',
        f'{{"kind": "citizen", "key": "z", "name": "x", "cpr": "{NUMBER}"}}',
        f'{{"kind": "session", "key": "t", "citizen": "{NUMBER}", "held_at": "2026-01-01T09:00Z", "status": "draft"}}',
        f'{{"kind": "{NUMBER}"}}',
    ]
    path = tmp_path / f"{NUMBER}.jsonl"
    path.write_text("\n".join(lines))
    done = run("import", path)
    assert done.code == 1
    assert len(done.err.splitlines()) >= len(lines)
    assert not CPR.search(done.err)


def test_nothing_is_logged(run: Run, filled: Path, home: Path) -> None:
    before = {path for path in home.rglob("*") if path.is_file()}
    for line in EVERY[:6]:
        run(*line.split())
    new = {path for path in home.rglob("*") if path.is_file()} - before
    assert not [path for path in new if not path.name.startswith(filled.name)]
