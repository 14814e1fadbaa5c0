"""`graph --format svg|pdf` and `print`: a page for one citizen, and for a whole unit in one call."""

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdf
import pytest
from tests.cli.conftest import Run, as_lines

OTHERS: list[dict[str, Any]] = [
    {"kind": "citizen", "key": "tom", "name": "Tom Ny", "caseworker": "anne"},
    {"kind": "citizen", "key": "lene", "name": "Lene Job", "caseworker": "anne", "language": "en"},
    {"kind": "citizen", "key": "ole", "name": "Ole Ud", "caseworker": "anne"},
    {
        "kind": "session",
        "key": "l-1",
        "citizen": "lene",
        "held_at": "2026-03-12T08:00:00Z",
        "status": "completed",
        "scores": [{"indicator": "jobtro", "value": 9, "by": "caseworker"}],
        "steps": [{"what": "Ringe til 010190-1234", "who": "citizen", "status": "open"}],
        "next": {"at": "2026-06-08T08:00:00Z"},
    },
]
OTHERS[2] |= {"ended": {"on": "2026-05-01", "reason": "job"}}


@pytest.fixture
def unit(run: Run, filled: Path, tmp_path: Path) -> Path:
    """The caseload with one of whom nothing is known, one who speaks English and one whose course has ended."""
    (tmp_path / "others.jsonl").write_text(as_lines(OTHERS), encoding="utf-8")
    assert run("import", tmp_path / "others.jsonl").code == 0
    return filled


def words(made: bytes | Path) -> list[str]:
    """The words of each sheet."""
    source = io.BytesIO(made) if isinstance(made, bytes) else made
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(source).pages]


def piped(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "jobsamtale_tui", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def test_a_page_goes_whole_to_a_file_for_its_owner_alone(run: Run, filled: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    done = run("graph", "mette-høj", "--format", "pdf", "-o", page)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    (said,) = words(page)
    assert "Mette Højbjerg" in said
    assert "Jeg tør sige ja til en praktik" in said
    assert "Hun er i tvivl" in said
    assert "Ringe til Lis" in said
    assert all(hidden not in said for hidden in ("010190", "24-1107", "=Usikker"))
    before = page.read_bytes()
    assert run("graph", "mette-høj", "--format", "pdf", "-o", page).code == 0
    assert page.read_bytes() == before


def test_a_pdf_goes_into_a_pipe_and_not_to_a_terminal(filled: Path) -> None:
    done = piped("graph", "mette-høj", "--format", "pdf")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"%PDF-")
    assert len(words(done.stdout)) == 1
    master, terminal = os.openpty()
    refused = subprocess.run(
        [sys.executable, "-m", "jobsamtale_tui", "graph", "mette-høj", "--format", "pdf"],
        stdout=terminal,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(terminal)
    os.close(master)
    assert refused.returncode == 2
    assert b"cannot be shown in a terminal. Name a file with -o" in refused.stderr


def test_the_drawing_is_hers_unless_the_caseworkers_is_asked_for(run: Run, unit: Path) -> None:
    drawn = run("graph", "mette-høj", "--format", "svg").out
    assert drawn.startswith("<svg ")
    assert "010190" not in drawn
    none = run("graph", "lene", "--format", "svg")
    assert (none.code, none.out) == (0, "")
    assert "has no scores yet" in none.err
    both = run("graph", "lene", "--format", "svg", "--with-caseworker").out
    assert "Belief in getting a job (the caseworker), from 1 to 10: 9 on 12 Mar 2026." in both
    assert run("graph", "mette-høj", "--format", "svg", "--indicator", "nix").code == 3


def test_a_language_that_there_is_none_of_is_said(run: Run, filled: Path, tmp_path: Path) -> None:
    found = run("citizen", "show", "mette-høj", "--format", "json").json | {"language": "ar"}
    (tmp_path / "x.jsonl").write_text(json.dumps({**found, "cpr": "010190-1234"}) + "\n", encoding="utf-8")
    assert run("import", tmp_path / "x.jsonl").code == 0
    done = run("graph", "mette-høj", "--format", "pdf", "-o", tmp_path / "a.pdf")
    assert done.err == "There are no pages in ar: those are in Danish\n"
    assert "feb. 2026" in words(tmp_path / "a.pdf")[0]


def test_a_unit_gets_a_file_each(run: Run, unit: Path, tmp_path: Path) -> None:
    done = run("print", "--unit", "nord", "--dir", tmp_path / "pages")
    assert (done.code, done.out) == (0, "")
    assert done.err == "1 citizen has nothing to show yet and got no page\n"
    made = sorted((tmp_path / "pages").iterdir())
    assert [path.name for path in made] == ["lene.pdf", "mette-høj.pdf"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
    (lene,) = words(made[0])
    assert "Ringe til 010190-••••" in lene
    assert "Monday 8 June 2026 at 10:00" in lene
    assert "9 of 10" not in lene


def test_a_unit_gets_one_pdf_in_everyones_language(run: Run, unit: Path, tmp_path: Path) -> None:
    assert run("print", "--unit", "nord", "--citizen", "tom", "-o", tmp_path / "all.pdf").code == 0
    found = words(tmp_path / "all.pdf")
    assert [next(name for name in ("Lene", "Mette") if name in said) for said in found] == ["Lene", "Mette"]
    assert "Next steps" in found[0]
    done = piped("print", "--caseworker", "anne")
    assert done.stdout == (tmp_path / "all.pdf").read_bytes()


def test_nobody_to_print_for_leaves_no_file(run: Run, unit: Path, tmp_path: Path) -> None:
    done = run("print", "--citizen", "tom", "-o", tmp_path / "none.pdf")
    assert done.code == 0
    assert "nothing to show yet" in done.err
    assert not (tmp_path / "none.pdf").exists()
    assert run("print", "--unit", "syd", "--dir", tmp_path / "x").code == 3
    assert run("print", "--citizen", "nix", "--dir", tmp_path / "x").code == 3
    assert run("print", "--citizen", "mette-høj", "-o", os.environ["JOBSAMTALE_DB"]).code == 1
