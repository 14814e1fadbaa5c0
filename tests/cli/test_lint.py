import io
import sqlite3
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Run


def given(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))


@pytest.fixture
def flawed(filled: Path) -> Path:
    connection = sqlite3.connect(filled)
    connection.execute("UPDATE session SET remarks = 'Vedrørende Kirstens depression.' WHERE key = 's-3'")
    connection.commit()
    connection.close()
    return filled


def test_found_is_exit_code_one_and_a_line_a_finding(flawed: Path, run: Run) -> None:
    done = run("lint", "s-3")
    assert done.code == 1
    assert done.err == ""
    lines = done.out.splitlines()
    assert all(line.startswith("s-3: ") for line in lines)
    assert any("»depression«, remarks: " in line for line in lines)
    assert any("»Vedrørende«" in line and "Instead: om" in line for line in lines)


def test_json_names_kind_place_words_and_reason(flawed: Path, run: Run) -> None:
    done = run("lint", "s-3", "--format", "json")
    assert done.code == 1
    first = done.json[0]
    assert list(first) == ["session", "kind", "where", "what", "why", "suggestion"]
    assert {key: first[key] for key in ("session", "kind", "where", "what")} == {
        "session": "s-3",
        "kind": "sensitive",
        "where": "remarks",
        "what": "depression",
    }
    assert {one["kind"] for one in done.json} >= {"sensitive", "third_person", "officialese", "no_goal"}


def test_nothing_found_is_exit_code_zero(filled: Path, run: Run) -> None:
    done = run("lint", "s-4", "--format", "json")
    assert (done.code, done.json) == (0, [])
    assert run("lint", "s-4").out == ""


def test_sessions_taken_by_options(flawed: Path, run: Run) -> None:
    done = run("lint", "--since", "2026-03-01", "--format", "json")
    assert {one["session"] for one in done.json} == {"s-3"}
    assert run("lint", "--until", "2025-12-31").code == 0
    assert {one["session"] for one in run("lint", "--citizen", "mette-høj", "--format", "json").json} >= {"s-3"}


def test_no_such_session_is_three_and_wrong_usage_two(filled: Path, run: Run) -> None:
    assert run("lint", "ingen").code == 3
    assert run("lint", "--caseworker", "ingen").code == 3
    assert run("lint").code == 2
    assert run("lint", "s-1", "--since", "2026-01-01").code == 2


def test_a_text_on_stdin_is_read_through_without_a_database(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = "\ufeffVedrørende Kirstens depression.\n".encode()
    given(monkeypatch, letter)
    done = run("lint", "-")
    assert (done.code, done.err) == (1, "")
    assert all(line.startswith("-: ") for line in done.out.splitlines())
    given(monkeypatch, letter)
    found = run("lint", "-", "--format", "json").json
    assert {(one["session"], one["where"]) for one in found} == {(None, "text")}
    assert [one["what"] for one in found] == ["depression", "Kirstens", "Vedrørende"]
    given(monkeypatch, b" \n")
    assert run("lint", "-").code == 0
    given(monkeypatch, "Vedrørende".encode("cp1252"))
    bad = run("lint", "-")
    assert (bad.code, bad.out) == (1, "")
    assert "not UTF-8 (byte 5). Convert it first" in bad.err
    assert not (home / "data").exists()
    assert run("lint", "-", "s-1").code == run("lint", "-", "--citizen", "x").code == 2


def test_a_municipalitys_own_list_stands_in_for_ours_and_a_broken_one_is_named(
    flawed: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "kommune" / "language"
    own.mkdir(parents=True)
    list_ = own / "officialese.toml"
    list_.write_text(
        'kind = "officialese"\nwhy = "Vores egen."\n[[term]]\nwords = ["kirsten*"]\ninstead = "søsteren"\n'
    )
    found = run("--data", tmp_path / "kommune", "lint", "s-3", "--format", "json").json
    assert [(one["what"], one["why"]) for one in found if one["kind"] == "officialese"] == [("Kirstens", "Vores egen.")]
    assert [one["what"] for one in found if one["kind"] == "sensitive"] == ["depression"]
    given(monkeypatch, "Vedrørende Kirsten".encode())
    text = run("--data", tmp_path / "kommune", "lint", "-")
    assert "»Kirsten«, the whole text: Vores egen. Instead: søsteren" in text.out
    assert "Vedrørende" not in text.out


def test_a_broken_list_is_named(flawed: Path, run: Run, tmp_path: Path) -> None:
    own = tmp_path / "brudt" / "language"
    own.mkdir(parents=True)
    (own / "sensitive.toml").write_text('kind = "sensitive"\n[[term]]\ninstead = "x"\n')
    done = run("--data", tmp_path / "brudt", "lint", "s-3")
    assert done.code == 1
    assert "sensitive.toml" in done.err


def test_the_open_steps_as_text_for_the_plan(filled: Path, run: Run) -> None:
    done = run("citizen", "steps", "24-1107")
    assert done.out == "Min Plan: næste skridt, 01.06.2026\n- Ringe til Lis. Hvornår: 20.01.2026.\n"
    nothing = run("citizen", "steps", "åge")
    assert (nothing.code, nothing.out) == (0, "")
    assert run("citizen", "steps", "ingen").code == 3
