"""Records out of a real database: filters, forms, files."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.casework.exchange import exporting, importing
from jobsamtale_tui.errors import RefusedError, UsageError
from jobsamtale_tui.store.questions.session_lists import SessionFilter
from jobsamtale_tui.store.sqlite.database import Database

Document = dict[str, Any]
NOTE = {"text": "Samtale\n\n* _én_", "template": "journalnotat", "version": 1, "at": "2026-01-01T10:00:00Z"}
AMENDMENT = {"at": "2026-03-01T10:00:00Z", "by": "w1", "reason": "Forkert dag", "text": "Det var mandag"}


def session(key: str, citizen: str, caseworker: str, held_at: str, **more: Any) -> Document:
    base = {"kind": "session", "key": key, "citizen": citizen, "caseworker": caseworker, "held_at": held_at}
    return {**base, "status": "completed", "note": NOTE, **more}


CASELOAD: list[Document] = [
    {"kind": "unit", "key": "nord", "name": "Nord"},
    {"kind": "unit", "key": "syd", "name": "Syd"},
    {"kind": "caseworker", "key": "w1", "name": "Anne", "unit": "nord"},
    {"kind": "caseworker", "key": "w2", "name": "Bo", "unit": "syd"},
    {"kind": "citizen", "key": "c1", "name": "=Åse", "cpr": "211062-5629", "case_key": "24-1", "caseworker": "w1"},
    {"kind": "citizen", "key": "c2", "name": "Ib", "caseworker": "w2"},
    {"kind": "profile", "citizen": "c1", "wishes": ["Lager"]},
    {"kind": "agreement", "key": "a1", "citizen": "c1", "from": "2026-01-01", "indicators": []},
    {"kind": "agreement", "key": "a2", "citizen": "c2", "from": "2026-01-01", "indicators": []},
    session(
        "s1", "c1", "w1", "2026-01-31T22:59:59Z", theme="@SUM(1)", amendments=[AMENDMENT],
        scores=[
            {"indicator": "jobtro", "value": 3, "remark": "-1"},
            {"indicator": "jobtro", "value": 4, "by": "caseworker"},
        ],
        steps=[{"what": "Ringe", "when": "2026-02-10", "who": "citizen", "status": "open"}],
    ),
    session("s2", "c2", "w2", "2026-01-31T23:00:00Z", steps=[{"what": "Skrive", "who": "citizen", "status": "done"}]),
    session("s3", "c1", "w2", "2026-02-28T22:59:59Z"),
    {**session("s4", "c1", "w1", "2026-03-01T09:00:00Z"), "status": "draft"},
    {"kind": "reflection", "session": "s1", "by": "w1", "role": "self"},
]  # fmt: skip


@pytest.fixture
def filled(database: Database, actor: Actor) -> Database:
    source = io.BytesIO("\n".join(map(json.dumps, CASELOAD)).encode())
    importing.import_file(database, source, "-", actor)
    return database


def export(database: Database, kind: str, **options: Any) -> list[Document]:
    wanted = SessionFilter(**{name: options.pop(name) for name in list(options) if not name.startswith("with_")})
    with database.connected() as connection:
        return list(exporting.export(connection, kind, wanted, **options))


def keys(documents: list[Document]) -> list[str]:
    return [str(document.get("session", document.get("key", ""))) for document in documents]


def test_all_has_every_kind_in_order_and_then_by_key(filled: Database) -> None:
    found = [(document["kind"], *keys([document])) for document in export(filled, "all")]
    assert found == [
        ("unit", "nord"), ("unit", "syd"), ("caseworker", "w1"), ("caseworker", "w2"), ("indicator", "jobtro"),
        ("citizen", "c1"), ("citizen", "c2"), ("profile", ""), ("agreement", "a1"), ("agreement", "a2"),
        ("session", "s1"), ("session", "s2"), ("session", "s3"), ("session", "s4"),
    ]  # fmt: skip
    assert export(filled, "all", with_reflections=True)[-1]["kind"] == "reflection"


def test_cpr_numbers_leave_with_all_or_when_asked_for(filled: Database) -> None:
    assert export(filled, "citizens")[0]["cpr"] == "211062-••••"
    assert export(filled, "citizens", with_cpr=True)[0]["cpr"] == "211062-5629"
    for kind in exporting.KINDS:
        whole = json.dumps(export(filled, kind))
        assert ("211062-5629" in whole) == (kind == "all")


def test_flat_rows_have_their_session(filled: Database) -> None:
    of_session = {"session": "s1", "citizen": "c1", "caseworker": "w1", "held_at": "2026-01-31T22:59:59Z"}
    assert export(filled, "scores") == [
        {**of_session, "indicator": "jobtro", "version": 1, "value": 3, "by": "citizen", "remark": "-1"},
        {**of_session, "indicator": "jobtro", "version": 1, "value": 4, "by": "caseworker"},
    ]
    assert export(filled, "steps")[0] == {
        **of_session, "what": "Ringe", "when": "2026-02-10", "who": "citizen", "status": "open",
    }  # fmt: skip
    assert export(filled, "notes")[0] == {
        **of_session, "case_key": "24-1", "theme": "@SUM(1)", **NOTE, "amendments": [{**AMENDMENT, "by_name": "Anne"}],
    }  # fmt: skip


def test_notes_are_those_of_completed_sessions(filled: Database) -> None:
    assert keys(export(filled, "notes")) == ["s1", "s2", "s3"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"since": date(2026, 2, 1)}, ["s2", "s3", "s4"]),
        ({"until": date(2026, 1, 31)}, ["s1"]),
        ({"since": date(2026, 2, 1), "until": date(2026, 2, 28)}, ["s2", "s3"]),
        ({"citizen": "c1"}, ["s1", "s3", "s4"]),
        ({"caseworker": "w2"}, ["s2", "s3"]),
        ({"unit": "nord"}, ["s1", "s4"]),
        ({"citizen": "c1", "unit": "syd"}, ["s3"]),
        ({"citizen": "nobody"}, []),
    ],
)
def test_filters_take_days_in_denmark_both_included(filled: Database, wanted: Document, found: list[str]) -> None:
    assert keys(export(filled, "sessions", **wanted)) == found
    assert keys(export(filled, "notes", **wanted)) == [key for key in found if key != "s4"]
    assert set(keys(export(filled, "scores", **wanted))) == set(found) & {"s1"}
    assert keys(export(filled, "steps", **wanted)) == [key for key in found if key in ("s1", "s2")]


@pytest.mark.parametrize(
    ("wanted", "citizens", "agreements"),
    [
        ({"citizen": "c2"}, ["c2"], ["a2"]),
        ({"caseworker": "w1"}, ["c1"], ["a1"]),
        ({"unit": "syd"}, ["c2"], ["a2"]),
        ({"since": date(2030, 1, 1)}, ["c1", "c2"], ["a1", "a2"]),
    ],
)
def test_filters_of_other_records(
    filled: Database, wanted: Document, citizens: list[str], agreements: list[str]
) -> None:
    assert keys(export(filled, "citizens", **wanted)) == citizens
    assert keys(export(filled, "agreements", **wanted)) == agreements
    everything = export(filled, "all", with_reflections=True, **wanted)
    assert [one["key"] for one in everything if one["kind"] == "citizen"] == citizens
    reflections = [one for one in everything if one["kind"] == "reflection"]
    assert len(reflections) == (wanted in ({"caseworker": "w1"},))


def test_an_unknown_kind_is_refused(filled: Database) -> None:
    with pytest.raises(UsageError, match="note"):
        export(filled, "note")


def test_an_export_sees_one_moment(filled: Database, actor: Actor) -> None:
    with filled.connected() as connection:
        documents = exporting.export(connection, "all")
        found = [next(documents)]
        later = {"kind": "citizen", "key": "c3", "name": "Sen"}
        importing.import_file(filled, io.BytesIO(json.dumps(later).encode()), "-", actor)
        found += documents
        assert "c3" not in keys(found)
        assert not connection.in_transaction


def test_an_export_imports_neither_pydantic_nor_the_mapping() -> None:
    code = "import sys, jobsamtale_tui.casework.exchange.exporting; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"pydantic", "sqlalchemy", "sqlmodel", "jinja2", "textual", "tomlkit"}.isdisjoint(modules)


def test_jsonl_is_compact_and_says_letters_as_they_are(filled: Database) -> None:
    stream = io.StringIO()
    exporting.write_jsonl(export(filled, "citizens"), stream)
    assert stream.getvalue().splitlines()[0] == (
        '{"kind":"citizen","key":"c1","name":"=Åse","cpr":"211062-••••","case_key":"24-1","caseworker":"w1"}'
    )


def read_csv(filled: Database, kind: str) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    exporting.write_csv(export(filled, kind), kind, stream)
    assert "\r" not in stream.getvalue()
    return list(csv.DictReader(io.StringIO(stream.getvalue())))


@pytest.mark.parametrize("kind", [kind for kind in exporting.KINDS if kind != "all"])
def test_csv_has_all_columns_always(filled: Database, database: Database, kind: str) -> None:
    assert tuple(read_csv(filled, kind)[0]) == exporting.COLUMNS[kind]
    stream = io.StringIO()
    exporting.write_csv([], kind, stream)
    assert stream.getvalue() == ",".join(exporting.COLUMNS[kind]) + "\n"


def test_csv_puts_what_is_nested_in_json_and_defuses_formulas(filled: Database) -> None:
    assert read_csv(filled, "citizens")[0]["name"] == "'=Åse"
    first = read_csv(filled, "sessions")[0]
    assert first["theme"] == "'@SUM(1)"
    assert json.loads(first["amendments"]) == [AMENDMENT]
    assert read_csv(filled, "scores")[0]["remark"] == "'-1"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_every_beginning_of_a_formula_is_defused(text: str) -> None:
    stream = io.StringIO(newline="")
    exporting.write_csv([{"remark": text, "value": -3}], "scores", stream)
    unquoted = stream.getvalue().replace('"', "")  # Python 3.13 quotes a carriage return, those before it do not
    assert unquoted.partition("\n")[2] == f",,,,,,-3,,'{text}\n"


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"=,;'), max_size=20))
def test_csv_gives_texts_back(text: str) -> None:
    stream = io.StringIO(newline="")
    exporting.write_csv([{"what": text}], "steps", stream)
    (row,) = csv.DictReader(io.StringIO(stream.getvalue(), newline=""))
    assert row["what"] == (f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text)


def test_all_does_not_fit_a_table() -> None:
    with pytest.raises(UsageError):
        exporting.write_csv([], "all", io.StringIO())


def test_notes_to_read(filled: Database) -> None:
    stream = io.StringIO()
    exporting.write_notes(export(filled, "notes", citizen="c1"), stream, "text")
    assert stream.getvalue() == (
        "===== s1 · c1 · 2026-01-31T22:59:59Z =====\n\nSamtale\n\n* _én_\n\n"
        "Rettelser\n---------\n- 01.03.2026 11.00, Anne\n  Begrundelse: Forkert dag\n  Rettelse: Det var mandag\n"
        "\n\n===== s3 · c1 · 2026-02-28T22:59:59Z =====\n\nSamtale\n\n* _én_\n"
    )
    stream = io.StringIO()
    exporting.write_notes(export(filled, "notes", citizen="c2"), stream, "md")
    assert stream.getvalue() == "`s2` · `c2` · `2026-01-31T23:00:00Z`\n\n# Samtale\n\n\\* \\_én\\_\n"


@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("md", "md"), ("jsonl", "json")])
def test_a_file_for_each_note(filled: Database, tmp_path: Path, form: str, ending: str) -> None:
    folder = tmp_path / "new" / "notes"
    assert exporting.write_note_files(export(filled, "notes"), folder, form) == 3
    assert sorted(path.name for path in folder.iterdir()) == [f"s{number}.{ending}" for number in (1, 2, 3)]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert (folder / "s2.txt").read_bytes() == "Samtale\n\n* _én_\n".encode() if form == "text" else True


@pytest.mark.parametrize("key", [".", "..", "...", "-rf", ".skjult", "Æ" * 64])
def test_no_key_leaves_the_folder(tmp_path: Path, key: str) -> None:
    folder = tmp_path / "notes"
    note = {"session": key, "citizen": "c", "held_at": "x", "text": "t"}
    exporting.write_note_files([note], folder, "text")
    assert [path.name for path in folder.iterdir()] == [f"{key}.txt"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == []


def test_keys_that_differ_in_case_alone_get_a_file_each(tmp_path: Path) -> None:
    notes = [{"session": key, "citizen": "c", "held_at": "x", "text": key} for key in ("A", "a")]
    exporting.write_note_files(notes, tmp_path / "notes", "text")
    assert sorted(path.name for path in (tmp_path / "notes").iterdir()) == ["A.txt", "a~.txt"]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    broken: list[Any] = ["half", 1]
    with pytest.raises(TypeError), exporting.open_output(path) as stream:
        stream.writelines(broken)
    assert path.read_text() == "old"
    with exporting.open_output(path) as stream:
        stream.write("æøå\n")
    assert path.read_bytes() == "æøå\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir() if found.is_file()] == ["out.jsonl"]


def test_a_link_keeps_pointing_and_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    with exporting.open_output(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with exporting.open_output(pipe) as stream:
        stream.write("through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="cannot be written"), exporting.open_output(tmp_path / "no" / "file"):
        pass
    (tmp_path / "file").write_text("x")
    with pytest.raises(RefusedError, match="cannot be written"):
        exporting.write_note_files([], tmp_path / "file", "text")


def test_stdout_is_utf8_whatever_the_locale() -> None:
    code = (
        "from jobsamtale_tui.casework.exchange import exporting\n"
        "with exporting.open_output(None) as stream: stream.write('\\u00e6\\u2022\\n')"
    )
    env = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, check=True)
    assert done.stdout == "æ•\n".encode()
