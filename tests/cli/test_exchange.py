import csv
import io
import json
from pathlib import Path

import pytest

from .conftest import RECORDS, Run, as_lines


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "caseload.jsonl"
    path.write_text(as_lines(RECORDS), encoding="utf-8")
    return path


def test_import_is_quiet_in_a_pipe_and_repeatable(run: Run, source: Path) -> None:
    for _time in range(2):
        done = run("import", source)
        assert (done.code, done.out) == (0, "")
        assert all(line.startswith(f"{source}:") for line in done.err.splitlines())
    assert len(run("session", "list", "--format", "json").json) == 4


def test_a_dry_run_changes_nothing(run: Run, source: Path) -> None:
    done = run("import", "--dry-run", source)
    assert (done.code, done.out) == (0, "")
    assert "10 new, 0 changed, 0 as they were. Nothing was changed" in done.err
    assert run("session", "list", "--format", "json").json == []


def test_a_file_may_have_any_name(shell: Run, source: Path) -> None:
    odd = source.rename(source.parent / "\udc80x.jsonl")
    assert shell("import", odd).code == 0
    assert len(shell("session", "list", "--format", "json").json) == 4


def test_stdin_is_a_file_too(shell: Run, source: Path) -> None:
    assert shell("import", "-", stdin=source.read_bytes()).code == 0
    assert len(shell("session", "list", "--format", "json").json) == 4
    done = shell("import", "-", stdin=b'{"kind": "unit"}\n')
    assert done.code == 1
    assert done.err.splitlines()[0].startswith("-:1: ")


def test_every_fault_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"kind": "unit", "key": "a", "name": "A", "nmae": "x"}\nnonsense\n{"kind": "unit", "key": "b"}\n')
    done = run("import", path)
    assert (done.code, done.out) == (1, "")
    *faults, last = done.err.splitlines()
    assert [line.removeprefix(f"{path}:")[0] for line in faults] == ["1", "2", "3"]
    assert last.startswith("jobsamtale: ")


def test_each_file_is_taken_for_itself(run: Run, tmp_path: Path) -> None:
    names = []
    for number, text in enumerate(
        ['{"kind": "unit", "key": "a", "name": "A"}', "nonsense", '{"kind": "unit", "key": "b", "name": "B"}']
    ):
        names.append(tmp_path / f"{number}.jsonl")
        names[-1].write_text(f"{text}\n")
    done = run("import", *names)
    assert done.code == 1
    assert sum(line.startswith("jobsamtale: ") for line in done.err.splitlines()) == 1
    assert run("db", "info", "--format", "json").json["counts"]["unit"] == 2


def test_who_acts_may_come_with_the_first_import(run: Run, source: Path) -> None:
    assert run("--user", "anne", "import", source).code == 0
    assert run("--user", "anne", "citizen", "list").code == 0
    assert run("--user", "nobody", "import", source).code == 3


def test_a_whole_export_goes_round(run: Run, filled: Path, tmp_path: Path) -> None:
    first = run("export", "all", "-o", tmp_path / "all.jsonl")
    assert (first.code, first.out) == (0, "")
    assert (tmp_path / "all.jsonl").stat().st_mode & 0o777 == 0o600
    other = tmp_path / "other.db"
    assert run("--db", other, "import", tmp_path / "all.jsonl").code == 0
    again = run("--db", other, "export", "all").out
    assert again == (tmp_path / "all.jsonl").read_text(encoding="utf-8")
    assert "010190-1234" in again


def test_a_dash_as_the_file_is_stdout(run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", "all", "-o", "-").out == run("export", "all").out != ""
    assert run("graph", "mette-høj", "-o", "-").out == run("graph", "mette-høj").out != ""
    assert not (tmp_path / "-").exists()
    assert run("export", "all", "-o", "./-").out == ""
    assert (tmp_path / "-").read_text(encoding="utf-8") == run("export", "all").out


def test_whole_numbers_leave_with_all_and_where_asked_for(run: Run, filled: Path) -> None:
    assert "010190-••••" in run("export", "citizens").out
    assert "010190-1234" in run("export", "citizens", "--with-cpr").out
    for kind in ("agreements", "sessions", "scores", "steps", "notes", "indicators"):
        assert "010190-1234" not in run("export", kind).out


@pytest.mark.parametrize("kind", ["citizens", "agreements", "sessions", "scores", "steps", "notes", "indicators"])
def test_exports(run: Run, filled: Path, kind: str) -> None:
    lines = [json.loads(line) for line in run("export", kind).out.splitlines()]
    assert lines
    rows = list(csv.reader(io.StringIO(run("export", kind, "--format", "csv").out)))
    assert len(rows) == len(lines) + 1
    assert len({len(row) for row in rows}) == 1


def test_exports_are_filtered(run: Run, filled: Path) -> None:
    done = run("export", "scores", "--since", "2026-02-12", "--until", "2026-02-12")
    assert [json.loads(line)["session"] for line in done.out.splitlines()] == ["s-2"]
    assert run("export", "sessions", "--citizen", "åge").out.count("\n") == 1


def test_formulas_are_defused(run: Run, filled: Path) -> None:
    rows = run("export", "scores", "--format", "csv").out
    assert "'=Usikker" in rows


def test_notes_to_read(run: Run, filled: Path, tmp_path: Path) -> None:
    done = run("export", "notes", "--format", "text")
    assert done.code == 0
    assert "Kort og æøå." in done.out
    folder = tmp_path / "notes"
    for form in ("text", "md"):
        assert run("export", "notes", "--dir", folder, "--format", form).code == 0
    assert len(list(folder.iterdir())) == 4
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
