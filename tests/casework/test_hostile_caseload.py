"""The hostile caseload is whole: there is no text in the exchange format that it does not fill."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from types import UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints

from tests import hostile

from jobsamtale_tui import records
from jobsamtale_tui.casework.format import reading as exchange_format
from jobsamtale_tui.records import rules


def leaves(hint: Any, path: str) -> Iterator[str]:
    """Where a text may stand that is no key and no word of a fixed list."""
    origin = get_origin(hint)
    if origin is Annotated:
        kind, rule = get_args(hint)
        if kind is str and rule.check in (rules._text, rules._filled):
            yield path
    elif origin in (Union, UnionType):
        for one in get_args(hint):
            yield from leaves(one, path)
    elif origin is tuple:
        yield from leaves(get_args(hint)[0], path)
    elif origin is dict:
        yield from leaves(get_args(hint)[1], path)
    elif is_dataclass(hint):
        for name, inner in get_type_hints(hint, include_extras=True).items():
            if get_origin(inner) is not ClassVar and name != "kind":
                yield from leaves(inner, f"{path}.{records.name_in_format(name)}")


def filled(value: Any, path: str) -> Iterator[str]:
    """Where a text stands in a record."""
    if isinstance(value, dict):
        for name, inner in value.items():  # a level's number and a language's letters are no names of the format
            yield from filled(inner, path if name.isdigit() or name == "uk" else f"{path}.{name}")
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from filled(inner, path)
    elif isinstance(value, str) and value.strip():
        yield path


def test_every_text_of_the_format_is_hostile_in_it() -> None:
    documents = hostile.caseload(count=2)
    there = {path for one in documents for path in filled(one, str(one["kind"]))}
    asked = {path for kind, cls in records.KINDS.items() for path in leaves(cls, kind)}
    assert len(asked) > 70
    assert asked - there == set()


def test_it_can_be_read() -> None:
    for start in range(0, len(hostile.KEPT), 7):
        for document in hostile.caseload(start):
            exchange_format.read_document(document)
