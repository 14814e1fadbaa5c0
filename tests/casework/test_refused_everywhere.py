"""What the contract refuses is refused in every field of every kind, and named by its place: read off the records."""

import copy
import json
from collections.abc import Iterator
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from tests import hostile

from jobsamtale_tui import records
from jobsamtale_tui.casework.format import reading as exchange_format
from jobsamtale_tui.records import rules

NOT: dict[Any, list[tuple[Any, str]]] = {
    rules._text: [(f"a{sign}b", f"U+{ord(sign):04X}") for sign in "\x00\x1b\r\x85\x9b"] + [("\ud800", "U+D800")],
    rules._filled: [("", "blank"), (" \n\t", "blank"), ("a\x1b[2J", "U+001B"), (1, "text")],
    rules._key: [("", "1 to 64"), ("a b", "1 to 64"), ("x" * 65, "1 to 64"), ("../x", "1 to 64"), (1, "text")],
    rules._cpr: [("0101901234", "DDMMYY-NNNN"), ("310290-1234", ""), ("", "DDMMYY-NNNN")],
    date: [("2026-02-30", "no such day"), ("1/6", "YYYY-MM-DD"), (0, "YYYY-MM-DD"), ("2026-01-01T00:00:00Z", "YYYY")],
    datetime: [
        *(("2026-01-01T09:00:00", "offset"), ("2026-13-01T09:00:00Z", ""), ("0999-01-01T09:00:00Z", "1900")),
        *(("9999-12-31T23:59:59Z", "9998"), (0, "offset"), ("x", "offset")),
    ],
    int: [("1", ""), (1.5, ""), (10**400, ""), (-(10**6), ""), (True, "")],
    float: [("1", ""), (-1, ""), (10**400, ""), (True, "")],
    bool: [("true", "true or false"), (1, "true or false")],
}


def places(hint: Any, value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any, str]]:
    """Every place of a record, with what may not stand there and what is to be said of it."""
    origin, given = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        parts = [one for one in given if one is not NoneType]
        if len(parts) == 1:
            yield from places(parts[0], value, path)
        else:
            yield path, [], ""
    elif origin is Annotated:
        kinds = [given[0]] if get_origin(given[0]) is not UnionType else [float]
        for bad, said in NOT.get(given[1].check) or NOT[kinds[0]]:
            yield path, bad, said
    elif origin is Literal:
        yield path, "x", "one of"
        yield path, 1, "one of"
    elif origin is tuple:
        yield path, {}, "list"
        for number, one in enumerate(value or ()):
            yield from places(given[0], one, (*path, number))
            break
    elif origin is dict:
        yield path, [], "object"
        for name, one in (value or {}).items():
            yield from places(given[1], one, (*path, name))
            break
    elif hint in NOT:
        for bad, said in NOT[hint]:
            yield path, bad, said
    else:
        yield from whole(hint, value, path)


def whole(cls: Any, value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any, str]]:
    """The places of an object: that itself, each of its fields, and one that it has not."""
    if path:
        yield path, "x", "object"
    if not isinstance(value, dict):
        return
    yield (*path, "nothing_of_ours"), "x", "is not known"
    for name, hint in get_type_hints(cls, include_extras=True).items():
        if name != "kind" and get_origin(hint) is not ClassVar:
            inner = records.name_in_format(name)
            yield from places(hint, value.get(inner), (*path, inner))


def with_(document: dict[str, Any], path: tuple[Any, ...], bad: Any) -> dict[str, Any]:
    """The document with something else in one place."""
    changed = copy.deepcopy(document)
    here: Any = changed
    for part in path[:-1]:
        here = here[part]
    here[path[-1]] = bad
    return changed


DOCUMENTS = {str(one["kind"]): one for one in hostile.caseload() if one.get("key") != "x-gruppe"}


def test_all_kinds_are_there() -> None:
    assert set(DOCUMENTS) == set(records.KINDS)


@pytest.mark.parametrize("kind", records.KINDS)
def test_every_field_refuses_what_may_not_stand_there(kind: str) -> None:
    document, tried = DOCUMENTS[kind], 0
    exchange_format.read_document(document)
    for path, bad, said in whole(records.KINDS[kind], document, ()):
        with pytest.raises(exchange_format.LineRefusedError) as refused:
            exchange_format.read(json.dumps(with_(document, path, bad)).encode())
        sentences = refused.value.sentences
        named = "" if bad == "\ud800" else ".".join(map(str, path))  # JSON itself is refused for that
        assert any(named in one and said in one for one in sentences), (path, bad, sentences)
        assert all(one.isprintable() and len(one) < 500 for one in sentences), (path, bad)
        tried += 1
    assert tried > 10
