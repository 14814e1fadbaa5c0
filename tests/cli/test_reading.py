import csv
import hashlib
import io
from pathlib import Path

import pytest

from jobsamtale_tui import records
from jobsamtale_tui.cli.sessions import STATUSES

from .conftest import Run


def test_a_note_is_its_text_and_a_newline(run: Run, filled: Path) -> None:
    done = run("note", "s-1")
    assert (done.code, done.out, done.err) == (0, "Journalnotat\n\nKort og æøå.\n", "")


def test_a_note_as_json_has_its_text_and_checksum(run: Run, filled: Path) -> None:
    found = run("note", "s-1", "--format", "json").json
    assert found["text"] == "Journalnotat\n\nKort og æøå."
    assert found["sha256"] == hashlib.sha256(found["text"].encode()).hexdigest()
    assert found["template"] == {"name": "hus", "version": 1}
    assert [one["value"] for one in found["indicators"]] == [3]


def test_a_correction_shows_after_the_note_as_written(run: Run, filled: Path) -> None:
    text = run("note", "s-2", "--format", "json").json["text"]
    plain = run("note", "s-2")
    assert plain.out == f"{text}\n"
    assert "corrected since: --format md" in plain.err
    assert run("note", "s-1").err == ""
    for form in ("md", "html"):
        done = run("note", "s-2", "--format", form)
        assert done.err == ""
        assert "Det var Bo" in done.out
        assert "Anne Bech" in done.out
    assert "Det var Bo" not in text


def test_an_open_session_has_a_draft(run: Run, filled: Path) -> None:
    first = run("note", "s-3")
    assert first.code == 0
    assert "udkast" in first.out.lower()
    assert run("note", "s-3", "--format", "json").json["text"] == first.out[:-1]


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_note_in_other_forms(run: Run, filled: Path, form: str) -> None:
    done = run("note", "s-1", "--format", form)
    assert done.code == 0
    assert "Kort og æøå." in done.out
    assert done.out.endswith("\n")
    assert not done.out.endswith("\n\n")


def test_citizens_in_danish_order_with_masked_numbers(run: Run, filled: Path) -> None:
    done = run("citizen", "list")
    assert [line.split("  ")[0] for line in done.out.splitlines()[1:]] == ["Mette Højbjerg", "Åge \u202eØrsted"]
    assert "010190-••••" in done.out
    assert "1234" not in done.out
    found = run("citizen", "list", "--format", "json").json
    assert [one["key"] for one in found] == ["mette-høj", "åge"]
    assert found[0]["kind"] == "citizen"
    assert found[0]["cpr"] == "010190-••••"


def test_citizens_are_searched(run: Run, filled: Path) -> None:
    keys = [one["key"] for one in run("citizen", "list", "--search", "HØJ 24-11", "--format", "json").json]
    assert keys == ["mette-høj"]
    assert run("citizen", "list", "--search", "nobody", "--format", "json").json == []
    assert [one["key"] for one in run("citizen", "list", "--unit", "nord", "--format", "json").json] == ["mette-høj"]


@pytest.mark.parametrize(
    "named", ["mette-høj", "mette-hø\u0338j".replace("ø\u0338", "ø"), "24-1107", "010190-1234", "0101901234"]
)
def test_a_citizen_by_key_case_key_or_number(run: Run, filled: Path, named: str) -> None:
    found = run("citizen", "show", named, "--format", "json").json
    assert found["key"] == "mette-høj"
    assert found["cpr"] == "010190-••••"


def test_a_key_may_be_typed_with_decomposed_letters(run: Run, filled: Path) -> None:
    assert run("citizen", "show", "a\u030age", "--format", "json").json["key"] == "åge"


def test_a_citizen_at_a_glance(run: Run, filled: Path) -> None:
    done = run("citizen", "show", "mette-høj")
    for words in ("Mette Højbjerg", "010190-••••", "Ringe til Lis", "Hun er i tvivl", "12.02.2026 23.30"):
        assert words in done.out


def test_sessions_are_filtered_by_days_in_denmark(run: Run, filled: Path) -> None:
    def keys(*options: str) -> list[str]:
        return [one["key"] for one in run("session", "list", *options, "--format", "json").json]

    assert keys() == ["s-1", "s-2", "s-3", "s-4"]
    assert keys("--since", "2026-02-12", "--until", "2026-02-12") == ["s-2"]
    assert keys("--until", "12/1") == ["s-1"]
    assert keys("--since", "2/3") == ["s-3", "s-4"]
    assert keys("--citizen", "åge") == ["s-4"]
    assert keys("--caseworker", "anne") == ["s-1", "s-2"]
    assert keys("--unit", "nord", "--status", "completed") == ["s-1", "s-2"]
    assert keys("--status", "draft") == ["s-3"]


def test_statuses_are_those_of_the_format() -> None:
    from typing import get_args

    assert get_args(records.SessionStatus) == STATUSES


def test_sessions_as_a_table(run: Run, filled: Path) -> None:
    done = run("session", "list")
    headings = done.out.splitlines()[0].split()
    assert headings == ["Held", "Status", "Citizen", "Key", "Caseworker", "Type", "Kind", "Theme"]
    assert len(done.out.splitlines()) == 5
    assert "\x1b" not in done.out
    assert "\t" not in done.out


def test_a_session(run: Run, filled: Path) -> None:
    found = run("session", "show", "s-1", "--format", "json").json
    assert found["kind"] == "session"
    assert found["agenda"][0]["topic"] == "CV"
    shown = run("session", "show", "s-1").out
    for words in ("Ringe til Lis", "Det er klar", "jobtro 3", "20.01.2026"):
        assert words in shown


def test_a_graph_in_a_pipe_is_plain_and_eighty_by_twenty_four(run: Run, filled: Path) -> None:
    done = run("graph", "mette-høj")
    assert done.code == 0
    lines = done.out.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in done.out
    assert run("graph", "mette-høj", "--format", "text").out == done.out


def test_a_graph_of_another_size(run: Run, filled: Path) -> None:
    done = run("graph", "mette-høj", "--width", "60", "--height", "16")
    assert max(map(len, done.out.splitlines())) <= 60
    assert len(done.out.splitlines()) <= 16


def test_a_graph_as_data(run: Run, filled: Path, tmp_path: Path) -> None:
    found = run("graph", "24-1107", "--format", "json").json
    assert found["citizen"] == "mette-høj"
    assert [point["value"] for point in found["series"][0]["points"]] == [3, 6]
    rows = list(csv.DictReader(io.StringIO(run("graph", "mette-høj", "--format", "csv").out)))
    assert [row["value"] for row in rows] == ["3", "6"]
    target = tmp_path / "graph.json"
    done = run("graph", "mette-høj", "--format", "json", "-o", target)
    assert (done.code, done.out) == (0, "")
    assert target.stat().st_mode & 0o777 == 0o600
    assert '"citizen": "mette-høj"' in target.read_text(encoding="utf-8")


def test_a_graph_of_some_indicators(run: Run, filled: Path) -> None:
    assert run("graph", "mette-høj", "--indicator", "helbred", "--format", "json").json["series"] == []
    found = run("graph", "mette-høj", "--indicator", "helbred", "--indicator", "jobtro", "--format", "json").json
    assert [one["indicator"] for one in found["series"]] == ["jobtro"]


def test_indicators_of_database_and_catalogue(run: Run, filled: Path) -> None:
    table = run("indicator", "list").out
    assert any(line.startswith("jobtro ") and line.endswith("database") for line in table.splitlines())
    assert any(line.startswith("helbred ") and line.endswith("catalogue") for line in table.splitlines())
    found = run("indicator", "list", "--format", "json").json
    assert {one["kind"] for one in found} == {"indicator"}
    one = run("indicator", "show", "jobtro", "--format", "json").json
    assert (one["key"], one["version"]) == ("jobtro", 1)
    assert one["name"]["en"] in run("indicator", "show", "jobtro").out


def test_indicators_written_out_pass_the_check(run: Run, filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "indicators.toml"
    assert run("indicator", "export", "-o", target).code == 0
    assert run("indicator", "check", target).code == 0
    one = run("indicator", "export", "jobtro")
    assert one.out.count("[[indicator]]") == 1


def test_a_faulty_indicator_file_is_told_line_by_line(run: Run, filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "bad.toml"
    target.write_text('[[indicator]]\nkey = "x"\n')
    done = run("indicator", "check", target)
    assert (done.code, done.out) == (1, "")
    *faults, last = done.err.splitlines()
    assert faults
    assert all(line.startswith(f"{target}:1: ") for line in faults)
    assert last.startswith("jobsamtale: ")


def test_indicators_go_out_and_in_again_in_both_formats(run: Run, filled: Path, tmp_path: Path) -> None:
    for name, form in (("out.toml", "toml"), ("out.jsonl", "jsonl")):
        target = tmp_path / name
        run("indicator", "export", "--format", form, "-o", target)
        done = run("indicator", "import", "--dry-run", target)
        assert (done.code, done.err) == (0, "Nothing was changed: this was a dry run.\n")
    target = tmp_path / "jobtro.toml"
    run("indicator", "export", "jobtro", "-o", target)
    target.write_text(target.read_text(encoding="utf-8").replace("max = 10", "max = 11"), encoding="utf-8")
    refused = run("indicator", "import", target)
    assert (refused.code, refused.out) == (1, "")
    assert "scale.max: version 1 is published" in refused.err
    target.write_text(target.read_text(encoding="utf-8").replace("version = 1", "version = 2"), encoding="utf-8")
    taken = run("indicator", "import", target)
    assert taken.code == 0
    assert taken.out.startswith("+ indicator jobtro version 2: new, ")
    assert "11" in run("indicator", "show", "jobtro").out
