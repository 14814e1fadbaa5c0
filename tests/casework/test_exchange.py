"""One line of an exchange file: what is read, what is refused, and that the published schema says the same."""

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobsamtale_tui import records
from jobsamtale_tui.casework.format import cpr
from jobsamtale_tui.casework.format import reading as exchange_format
from jobsamtale_tui.errors import UsageError

from .caseloads import caseloads, made_alone

UNIT = {"kind": "unit", "key": "u", "name": "Afsnit"}
CITIZEN = {"kind": "citizen", "key": "c", "name": "Åse"}
PROFILE = {"kind": "profile", "citizen": "c"}
INDICATOR = {
    "kind": "indicator",
    "key": "i",
    "version": 1,
    "name": {"da": "x"},
    "question": {"da": "x"},
    "scale": {"min": 1, "max": 10},
    "status": "active",
}
AGREEMENT = {"kind": "agreement", "key": "a", "citizen": "c", "from": "2026-01-01", "indicators": []}
SESSION = {"kind": "session", "key": "s", "citizen": "c", "held_at": "2026-01-01T09:00:00+01:00", "status": "draft"}
ITEM = {"topic": "x", "by": "citizen", "state": "done"}


def refused(line: bytes | str | dict[str, Any]) -> list[str]:
    if isinstance(line, dict):
        line = json.dumps(line)
    with pytest.raises(exchange_format.LineRefusedError) as caught:
        exchange_format.read(line.encode() if isinstance(line, str) else line)
    return caught.value.sentences


def read(document: dict[str, Any]) -> Any:
    return exchange_format.read(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"\xff\xfe{}", "this is not UTF-8 (byte 1)"),
        ("{", "this is not JSON (column 2)"),
        ("[1]", "this is not an object, so not a record"),
        ('"text"', "this is not an object, so not a record"),
        ("null", "this is not an object, so not a record"),
        ("{}", "the field kind is missing"),
        ('{"kind": "citzen"}', "the kind citzen is not known; did you mean citizen?"),
        ('{"kind": "unit", "key": "a", "key": "b", "name": "x"}', "the name key stands twice in one object"),
        ('{"kind": "unit", "x": {"a": [{"b": 1, "b": 1}]}}', "the name b stands twice in one object"),
        ("[" * 100_000, "this is nested deeper than 20 levels"),
        ('{"kind": "unit", "key": "a", "name": ' + "[" * 20 + "]" * 20 + "}", "this is nested deeper than 20 levels"),
        ('{"kind": "unit", "key": "a", "name": "b", "x":' + "[" * 20 + "]" * 20 + "}", "this is nested deeper than 20"),
        ('{"kind": "profile", "citizen": "c", "cv": [{"position": "x", "years": NaN}]}', "NaN is not a number"),
        ('{"kind": "profile", "citizen": "c", "cv": [{"position": "x", "years": -Infinity}]}', "-Infinity is not a"),
        ('{"kind": "profile", "citizen": "c", "cv": [{"position": "x", "years": 1e999}]}', "cv.0.years: this must be"),
        ('{"kind": "unit", "key": "a", "name": ' + "9" * 5000 + "}", "a number has too many digits"),
        ('{"kind": "unit", "key": "a", "name": "b\\ud800"}', "the character U+D800 may not stand in a text"),
        ('{"kind": "unit", "key": "a", "name": "b\\u0000"}', "name: the character U+0000 may not stand in a text"),
        ('{"kind": "unit", "key": "a", "name": "b\\u009b"}', "name: the character U+009B may not stand in a text"),
        ('{"kind": "unit", "key": "a", "name": "b\\r"}', "name: the character U+000D may not stand in a text"),
    ],
)  # fmt: skip
def test_lines_that_are_no_records(line: bytes | str, sentence: str) -> None:
    assert refused(line)[0].startswith(sentence)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({**UNIT, "nmae": "x"}, "the field nmae is not known; did you mean name?"),
        ({**UNIT, "zzz": 1}, "the field zzz is not known; known are key, name, municipality"),
        ({**SESSION, "agenda": [ITEM, {**ITEM, "topc": "x"}]},
         "the field agenda.1.topc is not known; did you mean topic?"),
        ({name: value for name, value in AGREEMENT.items() if name != "indicators"}, "the field indicators is missing"),
        ({**AGREEMENT, "from_": "2026-01-01"}, "the field from_ is not known; did you mean from?"),
        ({"kind": "unit", "name": "x"}, "the field key is missing"),
        ({**SESSION, "agenda": [{"by": "citizen", "state": "done"}]}, "the field agenda.0.topic is missing"),
        ({**UNIT, "key": ""}, "key: a key is 1 to 64 letters, digits and - _ ."),
        ({**UNIT, "key": "x" * 65}, "key: a key is 1 to 64 letters, digits and - _ ."),
        ({**UNIT, "key": "../x"}, "key: a key is 1 to 64 letters, digits and - _ ."),
        ({**UNIT, "name": " \n"}, "name: this may not be blank"),
        ({**SESSION, "agenda": [{**ITEM, "topic": " "}]}, "agenda.0.topic: this may not be blank"),
        ({**SESSION, "steps": [{"what": "", "who": "citizen", "status": "open"}]},
         "steps.0.what: this may not be blank"),
        (
            {**AGREEMENT, "indicators": [{"indicator": "i", "reason": " ", "from": "2026-01-01"}]},
            "indicators.0.reason: this may not be blank",
        ),
        ({**UNIT, "name": 1}, "name: this must be a text"),
        ({**SESSION, "minutes": 1.0}, "minutes: this must be a whole number"),
        ({**SESSION, "minutes": True}, "minutes: this must be a whole number"),
        ({**SESSION, "minutes": "45"}, "minutes: this must be a whole number"),
        ({**SESSION, "minutes": -1}, "minutes: the number must lie between 0 and 1440"),
        ({**SESSION, "agenda": {}}, "agenda: this must be a list"),
        ({**SESSION, "agenda": [1]}, "agenda.0: this must be an object"),
        ({**SESSION, "agenda": [{**ITEM, "required": 1}]}, "agenda.0.required: this must be true or false"),
        ({**INDICATOR, "scale": {"min": 1, "max": 3, "levels": []}}, "scale.levels: this must be an object"),
        ({**SESSION, "status": "open"}, "status: this must be one of planned, draft, completed, cancelled, no_show"),
        ({**CITIZEN, "readiness": True}, "readiness: this must be a whole number"),
        ({**CITIZEN, "readiness": 4}, "readiness: the number must lie between 1 and 3"),
        ({**PROFILE, "cv": [{"position": "x", "years": "3"}]}, "cv.0.years: this must be a number"),
        (
            {**SESSION, "note": {"text": "", "template": "t", "version": 1.5, "at": "2026-01-01T00:00:00Z"}},
            "note.version: this must be a whole number or a text",
        ),
        ({**CITIZEN, "contact_start": "1/6-2026"}, "contact_start: a day is written YYYY-MM-DD"),
        ({**CITIZEN, "contact_start": "0"}, "contact_start: a day is written YYYY-MM-DD"),
        ({**CITIZEN, "contact_start": 20000}, "contact_start: a day is written YYYY-MM-DD"),
        ({**CITIZEN, "contact_start": "2026-02-29"}, "contact_start: there is no such day"),
        ({**SESSION, "held_at": "2026-01-01"}, "held_at: a time is written YYYY-MM-DDTHH:MM:SS with an offset"),
        ({**SESSION, "held_at": 1}, "held_at: a time is written YYYY-MM-DDTHH:MM:SS with an offset"),
        ({**SESSION, "held_at": "2026-01-01T25:00:00Z"}, "held_at: there is no such time"),
        ({**SESSION, "held_at": "2026-01-01T09:00:00"}, "held_at: a time needs an offset"),
        ({**SESSION, "held_at": "0001-01-01T00:00:00+12:00"}, "held_at: the year must lie between 1900 and 9998"),
        ({**INDICATOR, "scale": {"min": 1, "max": 1}}, "scale: a scale has 2 to 11 levels, and min is below max"),
        ({**INDICATOR, "scale": {"min": 0, "max": 11}}, "scale: a scale has 2 to 11 levels, and min is below max"),
        ({**INDICATOR, "scale": {"min": 1, "max": "3"}}, "scale.max: this must be a whole number"),
        ({**INDICATOR, "from": "2026-01-02", "until": "2026-01-01"}, "until 2026-01-01 is before from 2026-01-02"),
        ({**AGREEMENT, "until": "2025-01-01"}, "until 2025-01-01 is before from 2026-01-01"),
        (
            {**SESSION, "scores": [{"indicator": "i", "value": 1}, {"indicator": "i", "value": 2, "by": "citizen"}]},
            "indicator i is scored twice by citizen",
        ),
        ({**CITIZEN, "cpr": "0101901234"}, "cpr: a CPR number is written DDMMYY-NNNN"),
        ({**CITIZEN, "cpr": "310290-1234"}, "cpr: 310290-•••• does not begin with a day that exists"),
        ({**CITIZEN, "cpr": "920190-1234"}, "cpr: 920190-•••• does not begin with a day"),
    ],
)  # fmt: skip
def test_records_that_break_a_rule(document: dict[str, Any], sentence: str) -> None:
    assert refused(document)[0].startswith(sentence)


def test_all_faults_of_a_line_are_told() -> None:
    found = refused({**SESSION, "minutes": "x", "form": "y", "stauts": 1, "agenda": [{"topic": " "}]})
    assert [sentence.split(":")[0].split(";")[0] for sentence in found] == [
        "minutes",
        "form",
        "agenda.0.topic",
        "the field agenda.0.by is missing",
        "the field agenda.0.state is missing",
        "the field stauts is not known",
    ]


def test_a_line_with_very_many_faults_is_cut_short() -> None:
    found = refused({**PROFILE, "wishes": [1] * 1000})
    assert len(found) == 51
    assert found[-1] == "and 950 more of the kind"


@pytest.mark.parametrize(
    "document",
    [
        {**CITIZEN, "010190-1234": "x"},
        {**CITIZEN, "cpr": "010190 1234"},
        {**CITIZEN, "cpr": "300290-1234"},
        {**CITIZEN, "key": "010190-1234 "},
        {**CITIZEN, "target_group": "010190-1234!"},
        {**INDICATOR, "scale": {"min": 1, "max": 2, "levels": {"010190-1234": {"da": "x"}}}},
        {"kind": "010190-1234"},
    ],
)
def test_no_sentence_shows_a_cpr_number(document: dict[str, Any]) -> None:
    assert not re.search(r"\d{6}[- ]?\d{4}", " ".join(refused(document)))


def test_hostile_names_are_shown_harmless() -> None:
    said = refused({**UNIT, "\x1b]0;x\x07\u202e" + "y" * 500: 1})[0]
    assert said.isprintable()
    assert len(said) < 250


def test_times_are_kept_in_utc_to_the_second() -> None:
    for written in ("2026-01-01T10:00:00.9+01:00", "2026-01-01T09:00Z", "2026-01-01T05:00:00-0400"):
        document = records.as_document(read({**SESSION, "held_at": written}))
        assert document["held_at"] == "2026-01-01T09:00:00Z"


def test_texts_are_composed_and_keep_their_line_breaks() -> None:
    record = read({**SESSION, "theme": "A\u030ase\n\ttab", "remarks": "", "need": "👩\u200d🚀\u202e"})
    assert record.theme == "Åse\n\ttab"
    assert record.remarks == ""
    assert record.need == "👩\u200d🚀\u202e"


@pytest.mark.parametrize(("number", "fits"), [("211062-5629", True), ("010190-1234", False), ("610190-1234", True)])
def test_the_check_digit_is_a_warning_alone(number: str, fits: bool) -> None:
    assert read({**CITIZEN, "cpr": number}).cpr == number
    said = cpr.warning(number)
    assert (said is None) == fits
    assert not said or number not in said


def valid(value: Any, schema: dict[str, Any], defs: dict[str, Any]) -> bool:
    """JSON Schema as far as ours goes, by hand."""
    if "$ref" in schema:
        return valid(value, defs[schema["$ref"].removeprefix("#/$defs/")], defs)
    checks: dict[str, Callable[[Any], bool]] = {
        "anyOf": lambda parts: any(valid(value, part, defs) for part in parts),
        "oneOf": lambda parts: sum(valid(value, part, defs) for part in parts) == 1,
        "const": lambda const: value == const,
        "enum": lambda choices: value in choices,
        "type": lambda kind: _is(value, kind),
        "pattern": lambda pattern: not isinstance(value, str) or re.search(pattern, value) is not None,
        "minLength": lambda least: not isinstance(value, str) or len(value) >= least,
        "maxLength": lambda most: not isinstance(value, str) or len(value) <= most,
        "minimum": lambda least: isinstance(value, str) or value >= least,
        "maximum": lambda most: isinstance(value, str) or value <= most,
        "items": lambda items: all(valid(item, items, defs) for item in value),
        "required": lambda names: all(name in value for name in names),
        "properties": lambda parts: all(valid(value[name], parts[name], defs) for name in parts if name in value),
        "additionalProperties": lambda part: _others(value, schema, part, defs),
    }  # fmt: skip
    return all(check(schema[name]) for name, check in checks.items() if name in schema)


def _is(value: Any, kind: str) -> bool:
    types: dict[str, Any] = {
        "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int,
        "number": (int, float),
    }  # fmt: skip
    return isinstance(value, types[kind]) and not (isinstance(value, bool) and kind in ("integer", "number"))


def _others(value: dict[str, Any], schema: dict[str, Any], part: Any, defs: dict[str, Any]) -> bool:
    others = [item for name, item in value.items() if name not in schema.get("properties", {})]
    return not others if part is False else part is True or all(valid(item, part, defs) for item in others)


schema = cache(exchange_format.schema)
"""Made once: they are the same for every caseload."""


@settings(max_examples=15, deadline=None)
@given(caseloads())
def test_the_schema_takes_what_import_takes(caseload: list[records.Record]) -> None:
    whole = schema()
    for record in caseload:
        document = records.as_document(record)
        one = schema(record.kind)
        assert valid(document, one, one.get("$defs", {}))
        assert valid(document, whole, whole["$defs"])
        assert exchange_format.read(json.dumps(document).encode()) == record


@pytest.mark.parametrize(
    "document",
    [
        {**UNIT, "nmae": "x"},
        {**UNIT, "kind": "citizen", "cpr": "0101901234"},
        {**SESSION, "status": "open"},
        {**SESSION, "agenda": [{**ITEM, "x": 1}]},
        {**SESSION, "held_at": "2026-01-01T09:00:00"},
        {**SESSION, "minutes": 2000},
        {"kind": "unit", "key": "a b", "name": "x"},
        {"kind": "unit", "key": "a"},
        {**INDICATOR, "scale": {"min": 1}},
        {**CITIZEN, "contact_start": 5},
    ],
)
def test_the_schema_refuses_what_import_refuses(document: dict[str, Any]) -> None:
    one = exchange_format.schema(document["kind"])
    assert not valid(document, one, one.get("$defs", {}))
    refused(document)


def test_the_schema_names_its_dialect_and_kind() -> None:
    one = exchange_format.schema("profile")
    assert one["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert one["properties"]["kind"] == {"const": "profile"}
    assert one["required"] == ["kind", "citizen"]
    assert one["additionalProperties"] is False
    assert len(exchange_format.schema()["oneOf"]) == 12
    with pytest.raises(UsageError, match="profil"):
        exchange_format.schema("profil")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode(errors="replace")))
def test_nothing_but_a_sentence_comes_out_of_noise(line: bytes) -> None:
    with pytest.raises(exchange_format.LineRefusedError):
        exchange_format.read(line)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(records.KINDS.values())).flatmap(made_alone), st.data())
def test_a_spoilt_record_is_read_or_refused_in_sentences(record: records.Record, data: st.DataObject) -> None:
    document = records.as_document(record)
    document[data.draw(st.sampled_from(list(document)))] = data.draw(JSON)
    try:
        exchange_format.read(json.dumps(document).encode())
    except exchange_format.LineRefusedError as error:
        said = " ".join(error.sentences)
    else:
        said = "read"
    assert said
    assert "cannot be read" not in said


@pytest.mark.parametrize(
    ("key", "good"),
    [("mette-Ø.1_å", True), ("łukasz", True), ("ẞ", True), ("Жанна", False), ("a b", False), ("²", False)],
)
def test_reading_and_the_schema_mean_the_same_by_a_key(key: str, good: bool) -> None:
    schema = json.dumps(exchange_format.schema("unit"), ensure_ascii=False)
    pattern = re.search(r'"\^\[A-Za[^"]*\$"', schema)
    assert pattern is not None
    assert bool(re.fullmatch(json.loads(pattern.group()), key)) == good
    if good:
        read = exchange_format.read(json.dumps({**UNIT, "key": key}).encode())
        assert isinstance(read, records.Unit)
        assert read.key == key
    else:
        assert refused({**UNIT, "key": key})
