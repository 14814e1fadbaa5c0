"""Files into a real database: all or nothing, repeatable, every fault told."""

import io
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.casework.exchange import exporting, importing
from jobsamtale_tui.casework.exchange.importing import Report
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.casework.format import reading as exchange_format
from jobsamtale_tui.documents.note import facts as note_facts
from jobsamtale_tui.errors import ImportRefusedError, NotFoundError, RefusedError, StoreError
from jobsamtale_tui.reference import target_groups
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.sqlite.database import Database

from .caseloads import caseloads

Document = dict[str, Any]
Import = Callable[..., Report]
UNIT: Document = {"kind": "unit", "key": "u", "name": "Afsnit"}
CASEWORKER: Document = {"kind": "caseworker", "key": "w", "name": "Bo Aagaard", "unit": "u"}
INDICATOR: Document = {
    "kind": "indicator",
    "key": "i",
    "version": 1,
    "name": {"da": "Tro"},
    "question": {"da": "Hvor?"},
    "scale": {"min": 1, "max": 5},
    "status": "active",
}
CITIZEN: Document = {
    "kind": "citizen",
    "key": "c",
    "name": "Åse Ørsted",
    "cpr": "211062-5629",
    "case_key": "24-1",
    "caseworker": "w",
}
GOAL: Document = {"kind": "job_goal", "key": "g", "citizen": "c", "grade": "A", "from": "2026-01-01"}
AGREEMENT: Document = {
    "kind": "agreement",
    "key": "a",
    "citizen": "c",
    "from": "2026-01-01",
    "indicators": [{"indicator": "i", "reason": "Vigtigt", "from": "2026-01-01"}],
}
ACTIVITY: Document = {
    "kind": "activity", "key": "p", "citizen": "c", "name": "Praktik", "field": "employment", "goal": "g",
    "from": "2026-01-01",
}  # fmt: skip
SESSION: Document = {
    "kind": "session",
    "key": "s",
    "citizen": "c",
    "caseworker": "w",
    "held_at": "2026-02-01T09:00:00Z",
    "minutes": 45,
    "status": "completed",
    "agenda": [{"topic": "CV", "by": "citizen", "state": "done"}],
    "scores": [{"indicator": "i", "value": 3}],
    "steps": [{"what": "Ringe", "who": "citizen", "status": "open"}],
}
REFLECTION: Document = {"kind": "reflection", "session": "s", "by": "w", "role": "self"}
ALL = [REFLECTION, SESSION, ACTIVITY, AGREEMENT, GOAL, CITIZEN, INDICATOR, CASEWORKER, UNIT]


def lines(*documents: Document | bytes) -> bytes:
    return b"".join(
        (one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode()) + b"\n" for one in documents
    )


@pytest.fixture
def take(database: Database, actor: Actor) -> Import:
    def take(*documents: Document | bytes, **options: Any) -> Report:
        return importing.import_file(database, io.BytesIO(lines(*documents)), "file.jsonl", actor, **options)

    return take


@pytest.fixture
def refused(take: Import, database: Database) -> Callable[..., list[str]]:
    """The lines of a refusal; that nothing at all was changed is held every time."""

    def refused(*documents: Document | bytes) -> list[str]:
        before = dump(database)
        with pytest.raises(ImportRefusedError) as caught:
            take(*documents)
        assert dump(database) == before
        assert "file.jsonl" in caught.value.sentence
        return caught.value.lines

    return refused


def dump(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table; those of an index of texts lie in tables of its own."""
    with database.connected() as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '% VIRTUAL %'")
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names.fetchall()}


def rows(database: Database, question: str) -> list[tuple[Any, ...]]:
    with database.connected() as connection:
        return connection.execute(question).fetchall()


def exported(database: Database) -> str:
    stream = io.StringIO()
    with database.connected() as connection:
        exporting.write_jsonl(exporting.export(connection, "all", with_reflections=True), stream)
    return stream.getvalue()


def changes(report: Report) -> dict[str, tuple[int, int, int]]:
    found = {kind: (count.new, count.changed, count.same) for kind, count in report.counts.items()}
    return {kind: counts for kind, counts in found.items() if any(counts)}


def test_records_come_in_any_order(take: Import, database: Database) -> None:
    report = take(*ALL)
    assert changes(report) == dict.fromkeys(
        ["unit", "caseworker", "indicator", "citizen", "agreement", "job_goal", "activity", "session", "reflection"],
        (1, 0, 0),
    )
    assert report.notes == 1
    assert rows(database, "SELECT sort_key FROM caseworker") == [("bo }g}rd",)]
    assert rows(database, "SELECT sort_key, found_by FROM citizen") == [("}se |rsted", "åse ørsted\nc\n24-1")]


def test_one_history_entry_a_file_and_a_row_a_record(take: Import, database: Database) -> None:
    take(*ALL)
    assert rows(database, "SELECT at, by, login, action, subject_kind, subject FROM history") == [
        ("2026-06-01T08:00:00Z", None, "tester", "import", "file", "file.jsonl")
    ]
    take({**CITIZEN, "name": "Åse"}, {**INDICATOR, "version": 2})
    assert rows(database, "SELECT table_, key FROM history_detail WHERE history = 1 ORDER BY position")[2:4] == [
        ("indicator", '["i",1]'),
        ("citizen", '["c"]'),
    ]
    found = rows(database, "SELECT table_, before, after FROM history_detail WHERE history = 2 AND table_ = 'citizen'")
    assert [(kind, json.loads(before), json.loads(after)) for kind, before, after in found] == [
        ("citizen", CITIZEN, {**CITIZEN, "name": "Åse"})
    ]


def test_the_history_of_a_session_has_the_note_that_was_made(take: Import, database: Database) -> None:
    take(*ALL)
    ((after,),) = rows(database, "SELECT after FROM history_detail WHERE table_ = 'session'")
    with database.connected() as connection:
        (session,) = exporting.export(connection, "sessions")
    assert json.loads(after) == session
    assert session["note"]["at"] == "2026-02-01T09:45:00Z"


def test_a_note_made_in_a_row_is_the_one_that_would_be_made_alone(take: Import, database: Database) -> None:
    later = {**SESSION, "key": "t", "held_at": "2026-03-01T09:00:00Z", "scores": [{"indicator": "i", "value": 5}]}
    person = {"kind": "citizen", "key": "d", "name": "Bo"}
    take(*ALL, later, person, {**later, "key": "v", "citizen": "d"})
    with database.connected() as connection:
        made = {}
        for key in "stv":
            session = reads.session(connection, key)
            assert session is not None
            assert session.note is not None
            made[key] = session.note.text
            assert session.note == note_facts.render(notes.note_facts(connection, session), session.note.at)
    assert "Siden sidst: første score" in made["s"]
    assert "Siden sidst: 2 trin op fra 3" in made["t"]
    assert "Siden sidst: første score" in made["v"]


def test_importing_again_changes_nothing(take: Import, database: Database) -> None:
    take(*ALL)
    before = dump(database)
    assert set(changes(take(*ALL)).values()) == {(0, 0, 1)}
    assert dump(database) == before


def test_a_known_key_is_replaced_with_all_that_belongs_to_it(take: Import, database: Database) -> None:
    draft = {**SESSION, "status": "draft"}
    take(UNIT, CASEWORKER, INDICATOR, CITIZEN, draft)
    replaced = {"kind": "session", "key": "s", "citizen": "c", "held_at": "2026-02-02T09:00:00Z", "status": "planned"}
    assert changes(take(replaced)) == {"session": (0, 1, 0)}
    assert rows(database, "SELECT count(*) FROM agenda_item UNION ALL SELECT count(*) FROM score") == [(0,), (0,)]
    assert rows(database, "SELECT row_version, caseworker FROM session") == [(2, None)]


def test_a_dry_run_does_everything_and_changes_nothing(take: Import, database: Database) -> None:
    before = dump(database)
    report = take(*ALL, dry_run=True)
    assert report.notes == 1
    assert changes(report)["citizen"] == (1, 0, 0)
    assert dump(database) == before
    assert take(*ALL).notes == 1


def test_blank_lines_a_mark_at_the_beginning_and_crlf_are_fine(take: Import) -> None:
    text = b"\xef\xbb\xbf" + lines(UNIT).replace(b"\n", b"\r\n") + b"\r\n  \n" + lines(CASEWORKER).rstrip(b"\n")
    report = take(text)
    assert changes(report) == {"unit": (1, 0, 0), "caseworker": (1, 0, 0)}


def test_progress_counts_lines_and_records(take: Import) -> None:
    told: list[int] = []
    take(*({**UNIT, "key": f"u{number}"} for number in range(1200)), progress=told.append)
    assert told == [500, 1000, 1700, 2200, 2400]


def test_other_files_are_named_by_their_base_name(database: Database, actor: Actor, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "caseload.jsonl"
    path.parent.mkdir()
    path.write_bytes(lines(UNIT))
    importing.import_file(database, path, str(path), actor)
    importing.import_file(database, io.BytesIO(lines({**UNIT, "name": "x"})), "-", actor)
    assert rows(database, "SELECT subject FROM history ORDER BY id") == [("caseload.jsonl",), ("-",)]


def test_a_file_that_is_not_there(database: Database, actor: Actor, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        importing.import_file(database, tmp_path / "no.jsonl", "no.jsonl", actor)
    with pytest.raises(RefusedError):
        importing.import_file(database, tmp_path, "folder", actor)


def test_a_database_in_use_is_said_to_be(database: Database, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobsamtale_tui.store.sqlite.database.BUSY_SECONDS", 0.05)
    with database.connected() as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            importing.import_file(database, io.BytesIO(lines(UNIT)), "-", actor)
        other.execute("ROLLBACK")
    assert importing.import_file(database, io.BytesIO(lines(UNIT)), "-", actor).counts["unit"].new == 1


def test_others_may_write_while_a_file_is_read(database: Database, actor: Actor) -> None:
    class Slow(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            with database.connected() as other:
                other.execute("UPDATE unit SET name = name || 'x'")
            return super().readline(size)

    importing.import_file(database, Slow(lines(UNIT, CASEWORKER)), "-", actor)


@pytest.mark.parametrize(
    ("documents", "found"),
    [
        ([UNIT, UNIT], ["2: the unit u stands twice, on lines 1 and 2"]),
        ([UNIT, UNIT, {**UNIT, "name": "x"}],
         ["2: the unit u stands twice, on lines 1 and 2", "3: the unit u stands twice, on lines 1 and 3"]),
        ([INDICATOR, {**INDICATOR, "version": 2}, INDICATOR],
         ["3: the indicator i/00000001 stands twice, on lines 1 and 3"]),
        ([UNIT, CASEWORKER, INDICATOR, CITIZEN, SESSION, REFLECTION, REFLECTION],
         ["7: the reflection s/w/self stands twice"]),
        ([CASEWORKER], ["1: caseworker.unit: there is no unit u"]),
        ([CITIZEN], ["1: citizen.caseworker: there is no caseworker w"]),
        ([{"kind": "profile", "citizen": "c"}], ["1: profile.citizen: there is no citizen c"]),
        ([GOAL], ["1: job_goal.citizen: there is no citizen c"]),
        ([UNIT, CASEWORKER, CITIZEN, ACTIVITY], ["4: activity.goal: there is no job goal g"]),
        ([{"kind": "application", "key": "x", "citizen": "c", "on": "2026-01-01", "position": "x"}],
         ["1: application.citizen: there is no citizen c"]),
        ([UNIT, CASEWORKER, CITIZEN, AGREEMENT], ["4: indicators.0.indicator: there is no indicator i"]),
        ([UNIT, CASEWORKER, CITIZEN, SESSION], ["4: scores.0.indicator: there is no indicator i"]),
        ([INDICATOR, SESSION],
         ["2: session.citizen: there is no citizen c", "2: session.caseworker: there is no caseworker w"]),
        ([REFLECTION], ["1: reflection.session: there is no session s"]),
        ([{"kind": "citizen", "key": key, "name": "x", "cpr": "010190-1234"} for key in "ab"],
         ["2: cpr: 010190-•••• stands twice, on lines 1 and 2"]),
        ([{"kind": "citizen", "key": key, "name": "x", "case_key": "24-1"} for key in "ab"],
         ["2: case_key: 24-1 stands twice, on lines 1 and 2"]),
        ([b"{", UNIT, b"\xff", {**UNIT, "nmae": 1}, b"[1]"],
         ["1: this is not JSON", "3: this is not UTF-8", "4: the field nmae is not known", "5: this is not an object"]),
    ],
)  # fmt: skip
def test_every_fault_is_told_by_line(
    refused: Callable[..., list[str]], documents: list[Document | bytes], found: list[str]
) -> None:
    told = refused(*documents)
    assert len(told) == len(found)
    for line, beginning in zip(told, found, strict=True):
        assert line.startswith(f"file.jsonl:{beginning}")


def test_faults_of_both_halves_are_told_together(refused: Callable[..., list[str]]) -> None:
    told = refused(SESSION, {**UNIT, "name": ""}, {**GOAL, "citizen": "x"}, INDICATOR)
    assert [line.split(": ")[0] for line in told] == ["file.jsonl:1", "file.jsonl:1", "file.jsonl:2", "file.jsonl:3"]


def test_what_stands_on_a_refused_record_is_not_blamed(refused: Callable[..., list[str]]) -> None:
    told = refused(
        {**UNIT, "name": " "}, CASEWORKER, CITIZEN, {**INDICATOR, "status": "x"}, AGREEMENT, SESSION, REFLECTION
    )
    assert [line.split(": ")[0] for line in told] == ["file.jsonl:1", "file.jsonl:4"]


def test_very_long_lines_are_refused_without_being_kept(
    refused: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_format, "MAX_LINE", 2**20)
    told = refused(b'{"kind": "' + b"x" * 3 * 2**20 + b'"}', {**UNIT, "nmae": 1}, b"y" * 2**22)
    assert [line.split(";")[0] for line in told] == [
        "file.jsonl:1: the line is longer than 1 MB",
        "file.jsonl:2: the field nmae is not known",
        "file.jsonl:3: the line is longer than 1 MB",
    ]


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (
            {"indicator": "i", "value": 6},
            "scores.0.value: 6 is not on the scale of i version 1, which goes from 1 to 5",
        ),
        (
            {"indicator": "i", "value": 0},
            "scores.0.value: 0 is not on the scale of i version 1, which goes from 1 to 5",
        ),
        ({"indicator": "i", "value": 1, "version": 2}, "scores.0.version: i has no version 2"),
        ({"indicator": "samarbejde", "value": 11}, "scores.0.value: 11 is not on the scale of samarbejde version 1"),
        ({"indicator": "samarbejde", "value": 1, "version": 9}, "scores.0.version: samarbejde has no version 9"),
        ({"indicator": "gammel", "value": 1}, "scores.0.version: no version of gammel is active, so one must be named"),
    ],
)
def test_scores_that_cannot_be(refused: Callable[..., list[str]], score: Document, said: str) -> None:
    retired = {**INDICATOR, "key": "gammel", "status": "retired"}
    (line,) = refused(UNIT, CASEWORKER, CITIZEN, INDICATOR, retired, {**SESSION, "scores": [score]})
    assert line.startswith(f"file.jsonl:6: {said}")


def person(key: str, cpr: str | None = None, case_key: str | None = None) -> Document:
    values = {"kind": "citizen", "key": key, "name": key, "cpr": cpr, "case_key": case_key}
    return {name: value for name, value in values.items() if value}


A, B, C = "010190-1234", "020190-1234", "030190-1234"


def test_a_number_that_somebody_else_has_is_refused(take: Import, refused: Callable[..., list[str]]) -> None:
    take(person("a", A, "sag-1"))
    assert refused(person("b", A)) == ["file.jsonl:1: cpr: 010190-•••• belongs to the citizen a"]
    assert refused(person("b", None, "sag-1")) == ["file.jsonl:1: case_key: sag-1 belongs to the citizen a"]


@pytest.mark.parametrize(
    "after",
    [
        [person("a", B, "2"), person("b", A, "1"), person("c", C, "3")],
        [person("a", B, "3"), person("b", C, "1"), person("c", A, "2")],
        [person("b", A), person("a", None, "2"), person("c", B, "1")],
        [person("a"), person("d", A, "1")],
    ],
)
def test_numbers_may_be_handed_on_within_a_file(take: Import, database: Database, after: list[Document]) -> None:
    take(person("a", A, "1"), person("b", B, "2"), person("c", C, "3"))
    take(*after)
    now = {key: (cpr, case_key) for key, cpr, case_key in rows(database, "SELECT key, cpr, case_key FROM citizen")}
    for one in after:
        assert now[one["key"]] == (one.get("cpr"), one.get("case_key"))
    assert changes(take(*after)) == {"citizen": (0, 0, len(after))}


def test_numbers_are_handed_on_over_batches(take: Import, database: Database) -> None:
    def people(shift: int) -> list[Document]:
        return [person(f"c{number:04}", None, f"sag-{(number + shift) % 1300}") for number in range(1300)]

    take(*people(0))
    take(*people(700))
    assert rows(database, "SELECT case_key FROM citizen WHERE key = 'c0001'") == [("sag-701",)]


def test_check_digits_and_unknown_groups_are_warnings(take: Import) -> None:
    report = take(person("a", A), {**person("b", "211062-5629"), "target_group": "nye_regler"})
    known = ", ".join(sorted(target_groups.known()))
    assert report.warnings == [
        "file.jsonl:1: cpr: the check digit of 010190-•••• does not fit; numbers without one are issued since 2007",
        f"file.jsonl:2: target_group: the target group nye_regler is not known; known are {known}",
    ]


def test_very_many_warnings_are_counted(take: Import) -> None:
    report = take(*({**person(f"c{number}"), "target_group": "ny"} for number in range(150)))
    assert len(report.warnings) == 101
    assert report.warnings[-1] == "file.jsonl: 50 more warnings"


@pytest.fixture
def completed(take: Import, database: Database) -> Document:
    """A completed session as it stands in the database, with its note."""
    take(*ALL)
    with database.connected() as connection:
        (found,) = exporting.export(connection, "sessions")
    return found


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"status": "draft"}, "status"),
        ({"theme": "Nyt"}, "theme"),
        ({"held_at": "2026-02-01T10:00:00Z"}, "held_at"),
        ({"citizen": "d"}, "citizen"),
        ({"minutes": None}, "minutes"),
        ({"agenda": []}, "agenda"),
        ({"scores": []}, "scores"),
        ({"scores": [{"indicator": "i", "value": 4}]}, "scores"),
        ({"steps": []}, "steps"),
        ({"steps": [{"what": "Skrive", "who": "citizen", "status": "open"}]}, "steps"),
        ({"note": {"text": "x", "template": "t", "version": 1, "at": "2026-01-01T00:00:00Z"}}, "note"),
    ],
)
def test_a_completed_session_stays(
    completed: Document, refused: Callable[..., list[str]], changed: Document, field: str
) -> None:
    new = {name: value for name, value in {**SESSION, **changed}.items() if value is not None}
    assert refused(new, {**CITIZEN, "key": "d", "cpr": "010190-1234", "case_key": "24-2"}) == [
        f"file.jsonl:1: {field}: the session is completed: only amendments and a step's status and outcome may differ"
    ]


def test_amendments_and_the_outcome_of_steps_may_come(completed: Document, take: Import, database: Database) -> None:
    amendment = {"at": "2026-02-02T09:00:00Z", "by": "w", "reason": "Forkert", "text": "Rettet"}
    step = {**SESSION["steps"][0], "status": "done", "outcome": "Det gik"}
    assert changes(take({**SESSION, "amendments": [amendment], "steps": [step]})) == {"session": (0, 1, 0)}
    with database.connected() as connection:
        (now,) = exporting.export(connection, "sessions")
    assert now == {**completed, "steps": [step], "amendments": [amendment]}


def test_scores_keep_the_version_they_were_given_on(completed: Document, take: Import, database: Database) -> None:
    take({**INDICATOR, "version": 2, "scale": {"min": 1, "max": 9}})
    assert changes(take(SESSION)) == {"session": (0, 0, 1)}
    assert rows(database, "SELECT version FROM score") == [(1,)]


def test_a_draft_that_comes_back_completed_gets_its_note(take: Import, database: Database) -> None:
    take(*ALL[2:], {**SESSION, "status": "draft"})
    assert take(SESSION).notes == 1
    (before, after) = rows(
        database, "SELECT before, after FROM history_detail WHERE history = 2 AND table_ = 'session'"
    )[0]
    assert json.loads(before)["status"] == "draft"
    assert json.loads(after)["note"]["text"].startswith("Samtale")


@pytest.mark.parametrize(
    ("versions", "held", "taken"),
    [
        ([{}], "2026-02-01", 1),
        ([{}, {}], "2026-02-01", 2),
        ([{}, {"from": "2026-03-01"}], "2026-02-01", 1),
        ([{"until": "2026-01-31"}, {"from": "2026-03-01"}], "2026-02-01", 2),
        ([{}, {"status": "retired"}, {"status": "draft"}], "2026-02-01", 1),
        ([{"until": "2026-01-31"}, {"from": "2026-02-01"}], "2026-01-31T22:59:59Z", 1),
        ([{"until": "2026-01-31"}, {"from": "2026-02-01"}], "2026-01-31T23:00:00Z", 2),
    ],
)
def test_a_score_without_a_version_takes_the_one_in_force(
    take: Import, database: Database, versions: list[Document], held: str, taken: int
) -> None:
    made = [{**INDICATOR, "version": number, **more} for number, more in enumerate(versions, 1)]
    at = held if "T" in held else f"{held}T09:00:00Z"
    take(UNIT, CASEWORKER, CITIZEN, *made, {**SESSION, "held_at": at})
    assert rows(database, "SELECT version FROM score") == [(taken,)]


def test_a_retired_version_may_be_scored_when_named(take: Import, database: Database) -> None:
    score = {"indicator": "i", "version": 1, "value": 1}
    take(UNIT, CASEWORKER, CITIZEN, {**INDICATOR, "status": "retired"}, {**SESSION, "scores": [score]})
    assert rows(database, "SELECT version FROM score") == [(1,)]


def test_catalogue_indicators_enter_when_they_are_named(take: Import, database: Database) -> None:
    chosen = {**AGREEMENT, "indicators": [{"indicator": "jobtro", "reason": "x", "from": "2026-01-01"}]}
    scored = {**SESSION, "scores": [{"indicator": "samarbejde", "value": 4}]}
    report = take(UNIT, CASEWORKER, CITIZEN, chosen, scored)
    assert changes(report)["indicator"] == (2, 0, 0)
    assert rows(database, "SELECT key FROM indicator ORDER BY key") == [("jobtro",), ("samarbejde",)]
    assert rows(database, "SELECT count(*) FROM history_detail WHERE table_ = 'indicator'") == [(2,)]


def test_a_file_may_have_its_own_version_of_a_catalogue_indicator(take: Import, database: Database) -> None:
    own = {**INDICATOR, "key": "samarbejde"}
    take(UNIT, CASEWORKER, CITIZEN, {**SESSION, "scores": [{"indicator": "samarbejde", "value": 4}]}, own)
    assert rows(database, "SELECT key, json_extract(scale, '$.max') FROM indicator") == [("samarbejde", 5)]


@pytest.mark.parametrize(
    "changed", [{"scale": {"min": 1, "max": 6}}, {"question": {"da": "Hvad?"}}, {"name": {"da": "x"}}]
)
def test_a_version_in_use_cannot_be_altered(take: Import, refused: Callable[..., list[str]], changed: Document) -> None:
    take({**INDICATOR, **changed})
    take(*ALL)
    (line,) = refused({**INDICATOR, **changed})
    assert line.endswith("this version is in use and can never be altered; make a new version")


def test_a_version_that_is_agreed_on_is_in_use(take: Import, refused: Callable[..., list[str]]) -> None:
    take(UNIT, CASEWORKER, CITIZEN, INDICATOR, AGREEMENT)
    (line,) = refused({**INDICATOR, "question": {"da": "Hvad?"}})
    assert "this version is in use" in line


def test_what_may_change_of_a_version_in_use(take: Import) -> None:
    take(*ALL)
    later = {**INDICATOR, "status": "retired", "area": "Retning", "from": "2026-01-01", "until": "2026-05-01"}
    assert changes(take(later)) == {"indicator": (0, 1, 0)}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(caseloads())
def test_the_round_trip_is_exact(
    empty_database: Path, tmp_path_factory: pytest.TempPathFactory, caseload: list[records.Record]
) -> None:
    folder = tmp_path_factory.mktemp("round")
    first, second = (_copy(empty_database, folder / name) for name in ("first.db", "second.db"))
    actor = Actor(None, "tester")
    written = lines(*map(records.as_document, caseload))
    report = importing.import_file(first, io.BytesIO(written), "-", actor)
    assert sum(count.new for count in report.counts.values()) == len(caseload)
    whole = exported(first)
    importing.import_file(second, io.BytesIO(whole.encode()), "-", actor)
    assert exported(second) == whole
    for again in (written, whole.encode()):
        report = importing.import_file(first, io.BytesIO(again), "-", actor)
        assert sum(count.new + count.changed for count in report.counts.values()) == 0
    assert exported(first) == whole
    completed = {one.key for one in caseload if isinstance(one, records.Session) and one.status == "completed"}
    for line in whole.strip("\n").split("\n"):  # a text may hold what Python takes for the end of a line
        document = json.loads(line)
        if document["kind"] == "session" and document["key"] in completed:
            assert "note" in document
    with first.connected() as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    first.close()
    second.close()


def _copy(source: Path, target: Path) -> Database:
    target.write_bytes(source.read_bytes())
    os.chmod(target, 0o600)
    return Database(target)


def test_an_interrupted_import_leaves_nothing(take: Import, database: Database) -> None:
    before = dump(database)

    def interrupt(done: int) -> None:
        if done > 1700:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(*({**UNIT, "key": f"u{number}"} for number in range(1200)), progress=interrupt)
    assert dump(database) == before
    assert changes(take(UNIT)) == {"unit": (1, 0, 0)}


def test_staging_is_gone_afterwards(take: Import, database: Database) -> None:
    take(*ALL)
    with database.engine().connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        assert driver.execute("SELECT count(*) FROM sqlite_temp_master").fetchone() == (0,)
