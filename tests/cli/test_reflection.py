"""Looks back leave only where they are asked for, come back as they were, and are listed for the one they belong to."""

import json
from pathlib import Path
from typing import Any

from .conftest import Done, Run

QUALITY = {"structure": 3, "involvement": 2, "ownership": 3, "focus": 1, "questions": 2, "it": 3}
ROLES = {"coach": 50, "adviser": 40, "authority": 10}
OWN: dict[str, Any] = {
    "kind": "reflection",
    "session": "s-2",
    "by": "anne",
    "role": "self",
    "quality": QUALITY,
    "roles": ROLES,
    "worked": "Pausen hjalp",
    "note": "Vente længere",
}


def put_in(run: Run, home: Path, *documents: dict[str, Any]) -> Done:
    file = home / "looks.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    return run("import", file)


def test_a_look_back_leaves_only_where_it_is_asked_for(run: Run, filled: Path, home: Path) -> None:
    assert put_in(run, home, OWN).code == 0
    for kind in ("all", "sessions", "notes", "scores"):
        assert "Pausen hjalp" not in run("export", kind).out
        assert "reflection" not in run("export", kind).out
    whole = run("export", "all", "--with-reflections", "--with-cpr").out
    assert json.loads(whole.splitlines()[-1]) == OWN
    file = home / "whole.jsonl"
    file.write_text(whole, encoding="utf-8")
    other = home / "data" / "other.db"
    assert run("--db", other, "import", file).code == 0
    assert run("--db", other, "export", "all", "--with-reflections", "--with-cpr").out == whole
    for command in (("note", "s-2"), ("session", "show", "s-2"), ("search", "Pausen"), ("report", "change")):
        assert "Pausen hjalp" not in run(*command).out


def test_all_six_aspects_and_all_three_roles_or_none(run: Run, filled: Path, home: Path) -> None:
    for part in ("quality", "roles"):
        first = next(iter(OWN[part]))
        less = {name: value for name, value in OWN[part].items() if name != first}
        done = put_in(run, home, {**OWN, part: less})
        assert done.code == 1
        assert f"{part}.{first}" in done.err
        schema = run("schema", "reflection").json
        assert first in schema["$defs"]["Quality" if part == "quality" else "Balance"]["required"]


def test_the_list_is_for_the_one_who_asks(run: Run, filled: Path, home: Path) -> None:
    put_in(run, home, OWN)
    done = run("reflection", "list")
    assert done.code == 2
    assert "--user" in done.err
    assert run("--user", "anne", "reflection", "list", "--format", "json").json == [OWN]
    shown = run("--user", "anne", "reflection", "list").out
    for said in ("50/40/10", "3 2 3 1 2 3", "Pausen hjalp", "Vente længere"):
        assert said in shown


def test_kinds_and_the_check_of_a_guide(run: Run, filled: Path, home: Path) -> None:
    found = run("guide", "kinds", "--format", "json").json
    assert {one["key"] for one in found} >= {"brancheskift", "faellessamtale"}
    assert "Change of industry" in run("guide", "kinds").out
    assert run("guide", "check").code == 0
    folder = home / "guide" / "kinds"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text('[[kind]]\nkey = "a"\nname = { da = "A" }\nform = "x"\n', encoding="utf-8")
    done = run("guide", "check", folder.parent)
    assert (done.code, done.err) == (1, "")
    assert "a.toml" in done.out
    assert run("guide", "check", home / "none").code == 3


def test_a_session_says_its_type_and_kind(run: Run, filled: Path, home: Path) -> None:
    session = {
        "kind": "session",
        "key": "s-9",
        "citizen": "åge",
        "held_at": "2026-05-02T08:00:00Z",
        "status": "draft",
        "interview_type": 19,
        "session_kind": "Fællessamtale med a-kassen",
        "risk": "Han har a-kassen med",
        "participants": [{"role": "fund", "name": "Ea"}],
    }
    assert put_in(run, home, session).code == 0
    shown = run("session", "show", "s-9").out
    for said in ("19 joint conversation with the fund", "Fællessamtale med a-kassen", "Han har a-kassen med", "Ea"):
        assert said in shown
    line = next(line for line in run("session", "list").out.splitlines() if "s-9" in line)
    assert "19" in line
    assert "Fællessamtale" in line
