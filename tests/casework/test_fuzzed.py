"""What readers meet that nobody wrote: made up by hypothesis from the grammar of the formats, and by bench/fuzz.py."""

import json
import re
import tomllib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests import hostile

from jobsamtale_tui import records, resources, texts
from jobsamtale_tui.casework.format import reading as exchange_format
from jobsamtale_tui.store.schema.layout import as_json

CPR = re.compile(r"(?<!\d)\d{6}[- ]?\d{4}(?!\d)")
NAMES = sorted(
    {name for kind in records.KINDS for name in exchange_format._names(kind)} | {"kind", "da", "min", "max", "by"}
)
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(
        [*hostile.TEXTS, "2026-01-01", "2026-01-01T09:00Z", "010190-1234", "citizen", "x", 10**400, 1e308]
    )
    | st.text(max_size=20)
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), inner),
    max_leaves=12,
)
documents = st.builds(
    lambda kind, fields: {**fields, "kind": kind},
    st.sampled_from([*records.KINDS, "x"]),
    st.dictionaries(st.sampled_from(NAMES), values, max_size=5),
)


def read_or_refused(line: bytes) -> None:
    """A record that comes back the same, or sentences that a terminal may be shown."""
    try:
        record = exchange_format.read(line)
    except exchange_format.LineRefusedError as error:
        refused = error.sentences
    else:
        written = as_json(records.as_document(record))
        assert exchange_format.read(written.encode()) == record
        return
    assert refused
    for sentence in refused:
        assert "\n" not in sentence
        assert texts.shown(sentence) == sentence
        assert not CPR.search(sentence)
        assert len(sentence) < 2000


@settings(max_examples=150, deadline=None)
@given(documents)
def test_objects_are_read_or_refused(document: dict[str, Any]) -> None:
    read_or_refused(json.dumps(document).encode())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b'{"kind":"unit","key":"d","name":"x","near\xee\xa0\x80ssrer":1}')
@example(b"\xef\xbb\xbf{}")
@example(b'{"kind": "session", "minutes": -0}')
def test_bytes_are_read_or_refused(line: bytes) -> None:
    read_or_refused(line)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_line_that_was_bent_is_read_or_refused(data: st.DataObject) -> None:
    lines = (resources.shipped() / "demo" / "caseload.jsonl").read_bytes().splitlines()
    line = data.draw(st.sampled_from(lines[::7]))
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, min(len(line), start + 20)))
    read_or_refused(line[:start] + data.draw(st.binary(max_size=4)) + line[end:])


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_toml_is_read_or_refused_by_a_sentence(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted((resources.shipped() / "indicators").glob("*.toml"))))
    text = path.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    put = data.draw(
        st.sampled_from(["[[", "]]", "=", '"', "'''", "\\u0000", "{", ".", "1e999", *hostile.TEXTS]) | st.text()
    )
    with suppress(ValueError):
        resources.toml(text[:start] + put + text[end:])


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 5000,
        "a = " + "{a = " * 5000,
        ".".join("a" for _ in range(200_000)) + " = 1",
        " . ".join("a" for _ in range(2_000)) + " = 1",
        "[" + ".".join("a" for _ in range(200_000)) + "]",
        f"{'a' * 500_000} = 1",
        "a = " + "9" * 100_000,
        "a = 0b" + "1" * 100_000,
        "a = 1e" + "9" * 10_000,
        "a = 2026-02-30",
        "a = 25:00:00",
        'a = "' + "\\u0041" * 50_000 + '"',
        "a = '''" + "'" * 50_000,
        "\n".join(f"a{number} = {number}" for number in range(20_000)),
        "\n".join("[[a]]" for _number in range(20_000)),
    ],
    ids=range(15),
)
def test_no_toml_goes_on_for_ever(text: str) -> None:
    """Each takes well under a second, or is refused at once."""
    with suppress(ValueError):
        assert resources.toml(text)


def test_a_mark_at_the_beginning_is_none_of_the_file() -> None:
    assert resources.toml("\ufeffa = 1") == {"a": 1}
    with pytest.raises(tomllib.TOMLDecodeError):
        resources.toml("a = 1\ufeff")
