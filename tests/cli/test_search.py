from pathlib import Path

import pytest
from tests.cli.conftest import Run


def test_notes_and_their_corrections_are_found_and_the_hits_are_marked(filled: Path, run: Run) -> None:
    done = run("search", "æøå")
    assert done.code == 0
    assert done.out.splitlines()[0].split() == ["Day", "Citizen", "Session", "Note"]
    assert "12.01.2026" in done.out
    assert "s-1" in done.out
    assert "Kort og ›æøå‹." in done.out
    assert "s-2" in run("search", "det", "var", "bo").out


def test_json_has_places_and_plain_text(filled: Path, run: Run) -> None:
    (found,) = run("search", "ORT", "kort", "--format", "json").json
    assert list(found) == ["session", "citizen", "held_at", "snippet", "hits"]
    assert (found["session"], found["citizen"], found["held_at"]) == ("s-1", "mette-høj", "2026-01-12T08:00:00Z")
    assert [found["snippet"][start:end] for start, end in found["hits"]] == ["Kort"]


def test_newest_first_and_no_more_than_asked_for(filled: Path, run: Run) -> None:
    both = run("search", "journalnotat", "--format", "json").json + run("search", "jobtro", "--format", "json").json
    assert both
    found = run("search", "at", "--format", "json").json
    assert found == sorted(found, key=lambda one: one["held_at"], reverse=True)
    assert len(run("search", "mette", "--limit", "1", "--format", "json").json) <= 1


def test_of_one_citizen_by_any_of_her_keys(filled: Path, run: Run) -> None:
    assert run("search", "kort", "--citizen", "24-1107", "--format", "json").json
    assert run("search", "kort", "--citizen", "åge", "--format", "json").json == []
    assert run("search", "kort", "--citizen", "ukendt").code == 3
    assert run("search", "kort", "--caseworker", "ukendt").code == 3


@pytest.mark.parametrize("text", ['"', "OR", "a*", "NEAR(x", "kort -æøå", "c++", "'; --"])
def test_no_sign_means_anything(filled: Path, run: Run, text: str) -> None:
    done = run("search", "--format", "json", "--", text)
    assert (done.code, done.json) == (0, [])


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_to_search_for_is_wrong_usage(filled: Path, run: Run, text: str) -> None:
    assert run("search", text).code == 2


def test_the_check_and_the_upgrade_keep_it_in_step(filled: Path, run: Run) -> None:
    import sqlite3

    connection = sqlite3.connect(filled)
    connection.execute("DELETE FROM searched")
    connection.commit()
    connection.close()
    done = run("db", "check")
    assert done.code == 1
    assert "db upgrade" in done.err
    assert run("db", "upgrade").code == 0
    assert run("db", "check").code == 0
    assert run("search", "æøå", "--format", "json").json
