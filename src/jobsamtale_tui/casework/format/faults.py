"""Sentences for what is wrong with a line of a file: pydantic's findings in our own words, and where they lie."""

import difflib
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jobsamtale_tui import records, texts
from jobsamtale_tui.i18n import N_, _

_LONGEST = 1000
_HINT = 200
"""Letters of a hint that lists names."""
_MOST = 50
"""Sentences for one line: more of them help nobody."""

_SENTENCES = {
    "missing": N_("the field {path} is missing"),
    "string_type": N_("{path}: this must be a text"),
    "int_type": N_("{path}: this must be a whole number"),
    "int_parsing_size": N_("{path}: this must be a whole number"),
    "float_type": N_("{path}: this must be a number"),
    "finite_number": N_("{path}: this must be a number"),
    "bool_type": N_("{path}: this must be true or false"),
    "tuple_type": N_("{path}: this must be a list"),
    "dict_type": N_("{path}: this must be an object"),
    "dataclass_type": N_("{path}: this must be an object"),
    "literal_error": N_("{path}: this must be one of {choices}"),
    "date_parsing": N_("{path}: there is no such day"),
    "date_from_datetime_parsing": N_("{path}: there is no such day"),
    "datetime_parsing": N_("{path}: there is no such time"),
    "datetime_from_date_parsing": N_("{path}: there is no such time"),
}
_WRITTEN = {
    date: N_("{path}: a day is written YYYY-MM-DD"),
    datetime: N_("{path}: a time is written YYYY-MM-DDTHH:MM:SS with an offset, for instance Z or +01:00"),
}


def quoted(text: str) -> str:
    """A text from a file as a sentence may show it: one short line, and nothing in it that could be a CPR number."""
    whole = text[:_LONGEST].encode(errors="replace").decode()
    return texts.shortened(texts.without_cpr(whole), 80)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The hint that names the nearest known name, or all of them where none is near."""
    names = list(known)
    near = difflib.get_close_matches(name[:_LONGEST], names, 1)
    if near:
        return _("did you mean {near}?").format(near=near[0])
    return _("known are {names}").format(names=texts.shortened(", ".join(names), _HINT))


def sentences(cls: type[records.Record], document: dict[str, Any], error: ValidationError) -> list[str]:
    """Every fault of `document` as a sentence that begins with its place, such as `scale.max` or `agenda.2.topic`."""
    found: dict[tuple[str, str], str] = {}
    for fault in error.errors(include_url=False, include_input=False):
        path, hint, within, shape = _place(cls, fault["loc"])
        key = (path, "" if shape else fault["type"])
        found[key] = _either(path, hint) if shape else _sentence(fault, path, hint, within, document)
    told = list(found.values())
    if len(told) > _MOST:
        told[_MOST:] = [_("and {count} more of the kind").format(count=len(told) - _MOST)]
    return told


def _sentence(fault: ErrorDetails, path: str, hint: Any, within: Any, document: dict[str, Any]) -> str:
    kind = fault["type"]
    if kind == "value_error":
        said = quoted(str(fault.get("ctx", {}).get("error", "")))
        return f"{path}: {said}" if path else said
    if kind == "unexpected_keyword_argument":
        unknown = _("the field {path} is not known").format(path=path)
        return f"{unknown}; {did_you_mean(str(fault['loc'][-1]), _fields(within) or ())}"
    if kind == "json_invalid":
        bad = next((letter for text in _all_texts(document) if (letter := texts.forbidden(text))), None)
        if bad:
            return _("the character {character} may not stand in a text").format(character=bad)
        return _("this is not JSON")
    if kind.startswith(("date", "time")) and not kind.endswith("parsing"):
        kind = "string_pattern_mismatch"
    if kind in ("string_pattern_mismatch", "string_type") and hint in _WRITTEN:
        return _(_WRITTEN[hint]).format(path=path)
    choices = ", ".join(str(choice) for choice in get_args(hint)) if get_origin(hint) is Literal else ""
    return _(_SENTENCES.get(kind, N_("{path}: this cannot be read"))).format(
        path=path or _("the record"), choices=choices
    )


def _either(path: str, hint: Any) -> str:
    if str in get_args(hint):
        return _("{path}: this must be a whole number or a text").format(path=path)
    return _("{path}: this must be a number").format(path=path)


def _all_texts(value: Any) -> Iterable[str]:
    yield from records.texts_of(value)
    layer = [value]
    while layer:
        item = layer.pop()
        if isinstance(item, dict):
            yield from item
            layer.extend(item.values())
        elif isinstance(item, list):
            layer.extend(item)


def _place(cls: type, loc: tuple[int | str, ...]) -> tuple[str, Any, Any, bool]:
    """Where a fault lies: its path, what should stand there, the class it lies in, and whether pydantic went on
    into the members of a union (whose names mean nothing to a reader)."""
    hint: Any = cls
    within: Any = cls
    path: list[str] = []
    for part in loc:
        known = _fields(hint)
        if known is not None:
            within, hint = hint, known.get(str(part))
        elif get_origin(hint) is tuple:
            hint = get_args(hint)[0]
        elif get_origin(hint) is dict and part != "[key]":
            hint = get_args(hint)[1]
        else:
            return ".".join(path), hint, within, True
        path.append(quoted(str(part)))
    return ".".join(path), hint, within, False


@cache
def _fields(cls: Any) -> dict[str, Any] | None:
    if not is_dataclass(cls):
        return None
    hints = get_type_hints(cls)
    return {records.name_in_format(field.name): _without_none(hints[field.name]) for field in fields(cls)}


def _without_none(hint: Any) -> Any:
    if get_origin(hint) not in (Union, UnionType):
        return hint
    parts = [part for part in get_args(hint) if part is not NoneType]
    return parts[0] if len(parts) == 1 else hint
