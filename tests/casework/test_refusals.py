"""Everything that the contract refuses of an exchange file, each through the front door and all of it at once."""

import dataclasses
import io
import json
from typing import Any

import pytest
from tests import hostile

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.casework.exchange import importing
from jobsamtale_tui.errors import ImportRefusedError
from jobsamtale_tui.store.sqlite.database import Database

from .test_importing import ACTIVITY, AGREEMENT, CASEWORKER, CITIZEN, GOAL, INDICATOR, REFLECTION, SESSION, UNIT, dump

Document = dict[str, Any]
THERE = [UNIT, CASEWORKER, INDICATOR, CITIZEN, GOAL, AGREEMENT, ACTIVITY, SESSION, REFLECTION]
DRAFT = {**SESSION, "key": "ny", "status": "draft"}
ITEM = {"topic": "x", "by": "citizen", "state": "done"}
STEP = {"what": "x", "who": "citizen", "status": "open"}
APPLICATION = {"kind": "application", "key": "b", "citizen": "c", "on": "2026-01-01", "position": "x"}
NOTE = {"text": "x", "template": "t", "version": 1, "at": "2026-01-01T00:00:00Z"}
AMENDMENT = {"at": "2026-01-01T00:00:00Z", "by": "w", "reason": "x", "text": "x"}
PERSON = {"kind": "citizen", "key": "d", "name": "x"}
CHOSEN = {"indicator": "i", "reason": "x", "from": "2026-01-01"}
FOLLOW_UP = {"on": "2026-01-01", "nearer": "yes"}
NEW = {**INDICATOR, "version": 2}


def raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def scale(**values: Any) -> Document:
    return {**NEW, "scale": {"min": 1, "max": 5, **values}}


REFUSED: list[tuple[Document | bytes, str]] = [
    # what is no record
    (b"\xff", "not UTF-8"),
    (b"{", "not JSON"),
    (b"[]", "not an object"),
    (b"1", "not an object"),
    (b"{}", "kind is missing"),
    (raw('{"kind": "citizen", "key": "d", "key": "e", "name": "x"}'), "stands twice in one object"),
    (raw('{"kind": "unit", "key": "d", "name": ' + "[" * 30 + "]" * 30 + "}"), "nested deeper"),
    (raw("[" * 50_000 + "]" * 50_000), "nested deeper"),
    (raw('{"a":' * 50_000 + "1" + "}" * 50_000), "nested deeper"),
    (raw('{"kind": "unit", "key": "d", "name": "\ud800"}'), "not UTF-8"),
    (raw('{"kind": "unit", "key": "d", "name": "\\ud800"}'), "U+D800"),
    (raw('{"kind": "unit", "key": "d", "name": "\\udc00\\ud800"}'), "U+DC00"),
    (raw('{"kind": "unit", "key": "d", "name": "a\tb"}'), "not JSON"),
    (raw('{"kind": "session", "minutes": 1e999}'), "minutes"),
    (raw('{"kind": "session", "minutes": NaN}'), "not a number"),
    (raw('{"kind": "session", "minutes": ' + "9" * 6000 + "}"), "too many digits"),
    ({"kind": "borger", "key": "d"}, "kind borger is not known"),
    ({**PERSON, "nmae": 1}, "did you mean name?"),
    ({**DRAFT, "agenda": [{**ITEM, "topc": 1}]}, "did you mean topic?"),
    # keys
    *(({**PERSON, "key": key}, "a key is 1 to 64") for key in (
        "", " ", "a b", "x" * 65, "../x", "a/b", "a\x00", "½", "²")),
    ({**PERSON, "key": None}, "key: this must be a text"),
    ({"kind": "citizen", "name": "x"}, "key is missing"),
    *(({**PERSON, name: "a b"}, f"{name}: a key is") for name in (
        "case_key", "caseworker", "target_group", "language")),
    ({**DRAFT, "group": "a b"}, "group: a key is"),
    # blank texts
    *(({**record, name: " \n\t"}, f"{name}: this may not be blank") for record, name in (
        (UNIT, "name"), (CASEWORKER, "name"), (PERSON, "name"), (ACTIVITY, "name"))),
    ({**DRAFT, "agenda": [{**ITEM, "topic": ""}]}, "agenda.0.topic: this may not be blank"),
    ({**DRAFT, "steps": [{**STEP, "what": ""}]}, "steps.0.what: this may not be blank"),
    ({**AGREEMENT, "indicators": [{**CHOSEN, "reason": ""}]}, "indicators.0.reason: this may not be blank"),
    ({**NEW, "name": {"da": " "}}, "name.da: this may not be blank"),
    # characters
    *(({**DRAFT, "need": f"a{sign}b"}, f"U+{ord(sign):04X}") for sign in "\x00\x07\x08\x0b\x0c\r\x1b\x7f\x85\x9b\x9f"),
    ({**DRAFT, "agenda": [{**ITEM, "conclusion": "\x1b[2J"}]}, "agenda.0.conclusion: the character U+001B"),
    ({**DRAFT, "note": {**NOTE, "text": "\x00"}}, "note.text"),
    ({**DRAFT, "amendments": [{**AMENDMENT, "text": "\x9d"}]}, "amendments.0.text"),
    # days, times, numbers, choices
    *(({**DRAFT, "held_at": at}, "held_at") for at in (
        "2026-01-01T09:00:00", "2026-01-01", "i går", 1, None, "2026-13-01T09:00:00Z", "9999-12-31T23:59:59-12:00")),
    ({**PERSON, "contact_start": "2026-02-30"}, "contact_start"),
    ({**DRAFT, "minutes": 10**400}, "minutes"),
    ({**DRAFT, "minutes": 1e300}, "minutes"),
    ({**DRAFT, "interview_type": 0}, "interview_type"),
    ({**DRAFT, "status": "åben"}, "status: this must be one of"),
    ({**DRAFT, "form": "x"}, "form: this must be one of"),
    ({**DRAFT, "participants": [{"role": "x"}]}, "participants.0.role"),
    ({**GOAL, "grade": "D"}, "grade: this must be one of"),
    ({**ACTIVITY, "field": "x"}, "field: this must be one of"),
    ({**ACTIVITY, "follow_ups": [{**FOLLOW_UP, "nearer": "x"}]}, "follow_ups.0.nearer"),
    ({**APPLICATION, "on": "x"}, "on: a day is written"),
    ({**PERSON, "readiness": 0}, "readiness"),
    ({**PERSON, "ended": {"on": "2026-01-01", "reason": "x"}}, "ended.reason"),
    ({"kind": "profile", "citizen": "c", "cv": [{"position": "x", "years": -1}]}, "cv.0.years"),
    ({**REFLECTION, "role": "x"}, "role: this must be one of"),
    ({**REFLECTION, "quality": {"focus": 4}}, "quality"),
    # CPR numbers and case keys
    *(({**PERSON, "cpr": cpr}, "cpr") for cpr in ("0101901234", "000090-1234", "310290-1234", "320190-1234", "x", "")),
    ({**PERSON, "cpr": "211062-5629"}, "belongs to the citizen c"),
    ({**PERSON, "case_key": "24-1"}, "belongs to the citizen c"),
    # scales and scores
    (scale(min=5), "a scale has 2 to 11 levels"),
    (scale(max=12), "a scale has 2 to 11 levels"),
    (scale(levels={"6": {"da": "x"}}), "not on the scale"),
    (scale(levels={"x": {"da": "x"}}), "not on the scale"),
    (scale(stages=[{"from": 4, "to": 3, "name": {"da": "x"}}]), "not on the scale"),
    ({**NEW, "version": 0}, "version"),
    ({**DRAFT, "scores": [{"indicator": "i", "value": 6}]}, "not on the scale"),
    ({**DRAFT, "scores": [{"indicator": "i", "value": 1, "version": 9}]}, "has no version 9"),
    ({**DRAFT, "scores": [{"indicator": "x", "value": 1}]}, "there is no indicator x"),
    ({**DRAFT, "scores": [{"indicator": "i", "value": 1}, {"indicator": "i", "value": 2}]}, "scored twice"),
    # an until before its from
    *(({**record, "from": "2026-02-01", "until": "2026-01-31"}, "before from") for record in (
        NEW, AGREEMENT, GOAL, ACTIVITY)),
    ({**AGREEMENT, "indicators": [{**CHOSEN, "until": "2025-01-01"}]}, "before from"),
    # what points nowhere
    ({**CASEWORKER, "unit": "x"}, "there is no unit x"),
    ({**PERSON, "caseworker": "x"}, "there is no caseworker x"),
    *(({**record, "citizen": "x"}, "there is no citizen x") for record in (
        GOAL, AGREEMENT, ACTIVITY, APPLICATION, DRAFT)),
    ({**ACTIVITY, "goal": "x"}, "there is no job goal x"),
    ({**AGREEMENT, "indicators": [{**CHOSEN, "indicator": "x"}]}, "there is no indicator x"),
    ({**REFLECTION, "session": "x"}, "there is no session x"),
    # a session that is completed
    *(({**SESSION, name: value}, f"{name}: the session is completed") for name, value in (
        ("status", "draft"), ("need", "x"), ("minutes", 46), ("theme", "x"), ("agenda", []), ("scores", []),
        ("steps", []), ("held_at", "2026-02-01T10:00:00Z"), ("summary", "x"), ("risk", "x"))),
    ({**SESSION, "steps": [{**SESSION["steps"][0], "what": "x"}]}, "steps: the session is completed"),
    ({**SESSION, "steps": [*SESSION["steps"], STEP]}, "steps: the session is completed"),
]  # fmt: skip


def line(document: Document | bytes) -> bytes:
    return document if isinstance(document, bytes) else json.dumps(document).encode()


@pytest.fixture
def filled(database: Database, actor: Actor) -> Database:
    importing.import_file(database, io.BytesIO(b"\n".join(map(line, THERE))), "-", actor)
    return database


def refused(database: Database, content: bytes) -> list[str]:
    """The lines of the refusal; that nothing at all was changed is held every time."""
    before = dump(database)
    with pytest.raises(ImportRefusedError) as caught:
        importing.import_file(database, io.BytesIO(content), "fil.jsonl", Actor(None, "tester"))
    assert dump(database) == before
    return caught.value.lines


def test_each_is_refused_by_its_line(filled: Database) -> None:
    fine = line({**UNIT, "key": "ny", "name": "Ny"})
    for document, words in REFUSED:
        found = refused(filled, b"\n".join([fine, b"", line(document), line({**PERSON, "key": "p"})]))
        assert any(said.startswith("fil.jsonl:3: ") and words in said for said in found), (document, found)
        assert not [said for said in found if not said.startswith("fil.jsonl:3: ")], (document, found)
        assert all(said.isprintable() and len(said) < 500 for said in found)


def test_nothing_of_a_completed_session_changes_but_amendments_and_what_became_of_its_steps(filled: Database) -> None:
    other: Document = next(one for one in hostile.caseload() if one.get("key") == "x-nu")
    other |= {"caseworker": None, "minutes": 7, "form": "via_other", "group": "g", "interview_type": 9, "citizen": "d"}
    other |= {"booked_by": "caseworker", "note": {**NOTE, "text": "y"}, "held_at": "2025-01-01T08:00:00Z"}
    names = {records.name_in_format(field.name) for field in dataclasses.fields(records.Session)}
    for name in names - {"key", "amendments"}:
        found = refused(filled, b"\n".join([line(PERSON), line({**SESSION, name: other[name]})]))
        assert any(f"{name}: the session is completed" in said for said in found), (name, found)


def test_what_two_lines_of_a_file_share_is_refused_too(filled: Database) -> None:
    for name, value in (("cpr", "010190-1111"), ("case_key", "24-9")):
        people = [{**PERSON, "key": key, name: value} for key in ("d", "e")]
        found = refused(filled, b"\n".join(map(line, people)))
        assert any(said.startswith("fil.jsonl:2: ") and name in said for said in found), found


def test_all_lines_are_told_of_at_once(filled: Database) -> None:
    """But what stands on a refused record is not blamed: the score on a version that was refused for its number."""
    blamed = [(document, words) for document, words in REFUSED if words != "has no version 9"]
    alone = [
        line({**document, "key": f"n{number}"}) if isinstance(document, dict) and document.get("key") in ("d", "ny")
        else line(document)
        for number, (document, _words) in enumerate(blamed)
    ]  # fmt: skip
    found = refused(filled, b"\n".join(alone))
    assert {int(said.split(":")[1]) for said in found} == set(range(1, len(blamed) + 1))


def test_twice_in_a_file_names_both_lines(filled: Database) -> None:
    for document in THERE:
        (said,) = refused(filled, b"\n".join([b"", line(document), b"", line(document)]))
        assert said.startswith("fil.jsonl:4: ")
        assert "lines 2 and 4" in said


def test_what_the_contract_keeps_is_taken(filled: Database, actor: Actor) -> None:
    text = "👩\u200d🚀 \u200c\u2028\ufe0f\u202e æ\n\tø"
    taken = [
        {**DRAFT, "need": text, "theme": "", "held_at": "2026-02-01T10:00:00.999+0100"},
        {**SESSION, "steps": [{**SESSION["steps"][0], "status": "done", "outcome": "x"}], "amendments": [AMENDMENT]},
        {**PERSON, "cpr": "610190-1234", "target_group": "ny_gruppe"},
    ]
    report = importing.import_file(filled, io.BytesIO(b"\n".join(map(line, taken))), "fil.jsonl", actor)
    assert report.warnings == [
        "fil.jsonl:3: target_group: the target group ny_gruppe is not known; known are aktivitetsparat,"
        " aktivitetsparat_ung, begraenset_arbejdsevne, dagpenge, jobafklaring, jobparat, ressourceforloeb,"
        " sygedagpenge, uddannelsesparat, varige_begraensninger"
    ]
    with filled.connected() as connection:
        assert connection.execute("SELECT need, held_at FROM session WHERE key = 'ny'").fetchone() == (
            text,
            "2026-02-01T09:00:00Z",
        )
