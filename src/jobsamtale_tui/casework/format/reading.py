"""The exchange format, read strictly: a line of a file becomes a record, or the sentences that say why it cannot.

Pydantic is taught the record classes themselves, so that what is read, what is published as JSON Schema and what the
program works with is one and the same. No sentence here shows a CPR number, whatever the line holds.
"""

import json
from dataclasses import fields
from functools import cache
from typing import Any, NoReturn

from pydantic import ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import CoreSchema, core_schema

from jobsamtale_tui import records
from jobsamtale_tui.casework.format import cpr
from jobsamtale_tui.casework.format.faults import did_you_mean, quoted, sentences
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import _

MAX_LINE = 32 * 1024 * 1024
"""The longest line that is read, in bytes."""
MAX_DEPTH = 20
"""How deep objects and lists may be nested."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class LineRefusedError(Exception):
    """A line was refused: `sentences` say why; `kind` and `identity` name the record where they could be read."""

    def __init__(self, sentences: list[str], kind: str | None = None, identity: tuple[str, ...] = ()) -> None:
        super().__init__(*sentences)
        self.sentences = sentences
        self.kind = kind
        self.identity = identity


def read(line: bytes) -> records.Record:
    """The record that a line (UTF-8, without a byte order mark) holds. Raises LineRefusedError with every fault."""
    document = _parsed(line)
    kind = _kind(document)
    unknown = [name for name in document if name != "kind" and name not in _names(kind)]
    try:
        record = _adapter(kind).validator.validate_json(line)
    except ValidationError as error:
        _refuse(kind, document, error, unknown)
    if unknown:
        _refuse(kind, document, None, unknown)
    if isinstance(record, records.Citizen) and record.cpr and (fault := cpr.refusal(record.cpr)):
        raise LineRefusedError([f"cpr: {fault}"], kind, _identity(kind, document))
    found: records.Record = record
    return found


def read_document(document: dict[str, Any]) -> records.Record:
    """As `read`, from an object that another format held."""
    return read(json.dumps(document, ensure_ascii=False, default=lambda value: value.isoformat()).encode())


def schema(kind: str | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record, or of all kinds. Raises UsageError where there is no such kind."""
    if kind is None:
        kinds = [schema(name) for name in records.KINDS]
        parts = {name: part for found in kinds for name, part in found.pop("$defs", {}).items()}
        wholes = {found.pop("title"): found for found in kinds}
        for found in wholes.values():
            del found["$schema"]
        refs = [{"$ref": f"#/$defs/{name}"} for name in wholes]
        return {"$schema": DIALECT, "title": "record", "oneOf": refs, "$defs": {**wholes, **parts}}
    if kind not in records.KINDS:
        raise UsageError(_("The kind {kind} is not known").format(kind=quoted(kind)), did_you_mean(kind, records.KINDS))
    made = _adapter(kind).json_schema(schema_generator=_PlainSchema, mode="validation")
    return {
        "$schema": DIALECT,
        **made,
        "title": kind,
        "properties": {"kind": {"const": kind}, **made["properties"]},
        "required": ["kind", *made.get("required", [])],
        "additionalProperties": False,
    }


class _RefusedJsonError(ValueError):
    """JSON that is well formed but not accepted."""


def _parsed(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise LineRefusedError([too_long()])
    try:
        document = _DECODER.decode(line.decode())
    except UnicodeDecodeError as error:
        fault = _("this is not UTF-8 (byte {place})").format(place=error.start + 1)
    except json.JSONDecodeError as error:
        fault = _("this is not JSON (column {place})").format(place=error.colno)
    except _RefusedJsonError as error:
        fault = str(error)
    except RecursionError:
        fault = _too_deep()
    except ValueError:
        fault = _("a number has too many digits")
    else:
        if isinstance(document, dict):
            return document
        fault = _("this is not an object, so not a record")
    raise LineRefusedError([fault])


def too_long() -> str:
    """The sentence for a line above the limit."""
    return _("the line is longer than {size} MB").format(size=MAX_LINE // 1024 // 1024)


def _too_deep() -> str:
    return _("this is nested deeper than {depth} levels").format(depth=MAX_DEPTH)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _value in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise _RefusedJsonError(_("the name {name} stands twice in one object").format(name=quoted(twice)))
    return found


def _no_constant(name: str) -> NoReturn:
    raise _RefusedJsonError(_("{name} is not a number").format(name=name))


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant)


def _kind(document: dict[str, Any]) -> str:
    if "kind" not in document:
        raise LineRefusedError([_("the field {path} is missing").format(path="kind")])
    kind = document["kind"]
    if not isinstance(kind, str) or kind not in records.KINDS:
        told = kind if isinstance(kind, str) else type(kind).__name__
        known = _("the kind {kind} is not known").format(kind=quoted(told))
        raise LineRefusedError([f"{known}; {did_you_mean(told, records.KINDS)}"])
    return kind


def _refuse(kind: str, document: dict[str, Any], error: ValidationError | None, unknown: list[str]) -> NoReturn:
    found = [_too_deep()] if _deeper(document, MAX_DEPTH) else []
    if error and not found:
        found = sentences(records.KINDS[kind], document, error)
    raise LineRefusedError([*found, *_unknown(kind, unknown)], kind, _identity(kind, document)) from None


def _deeper(value: Any, levels: int) -> bool:
    layer = [value]
    for _level in range(levels + 1):
        if not layer:
            return False
        inner = [item for item in layer if isinstance(item, (dict, list))]
        layer = [part for item in inner for part in (item.values() if isinstance(item, dict) else item)]
        if not inner:
            return False
    return True


def _unknown(kind: str, names: list[str]) -> list[str]:
    return [
        f"{_('the field {path} is not known').format(path=quoted(name))}; {did_you_mean(name, _names(kind))}"
        for name in names
    ]


def _identity(kind: str, document: dict[str, Any]) -> tuple[str, ...]:
    """What would have made the refused record one of its kind, as `records.identity` has it."""
    match kind:
        case "indicator":
            version = document.get("version")
            parts = [document.get("key"), f"{version:08d}" if isinstance(version, int) else None]
        case "profile":
            parts = [document.get("citizen")]
        case "reflection":
            parts = [document.get("session"), document.get("by"), document.get("role")]
        case _:
            parts = [document.get("key")]
    return tuple(part for part in parts if isinstance(part, str))


def _core(self: records.Rule, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    inner = handler(source)
    if self.written:
        # A day or a time has one way to be written: read otherwise, pydantic would take "0" for 1 January 1970.
        text = core_schema.str_schema(pattern=self.written, strict=True)
        inner = core_schema.chain_schema([text, {**inner, "strict": False}])
    return core_schema.no_info_after_validator_function(self.check, inner)


def _json(self: records.Rule, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
    return {**handler(core), **self.schema}


def _teach() -> None:
    """Gives the record classes what pydantic reads them by; `records` itself stands on the standard library alone."""
    hooks = {"__get_pydantic_core_schema__": _core, "__get_pydantic_json_schema__": _json}
    for name, hook in hooks.items():
        setattr(records.Rule, name, hook)
    whole = set(records.KINDS.values())
    for cls in vars(records).values():
        if isinstance(cls, type) and hasattr(cls, "__dataclass_fields__") and cls is not records.Rule:
            config = ConfigDict(
                # A whole record also has `kind`, which is no field of the class: its names are held by `read`.
                extra="ignore" if cls in whole else "forbid",
                strict=True,
                alias_generator=records.name_in_format,
                allow_inf_nan=False,
            )
            cls.__pydantic_config__ = config  # type: ignore[attr-defined]


_teach()


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(records.KINDS[kind])


@cache
def _names(kind: str) -> tuple[str, ...]:
    return tuple(records.name_in_format(field.name) for field in fields(records.KINDS[kind]))


class _PlainSchema(GenerateJsonSchema):
    """Without a title for every field: it would only say the field's name again."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False
