"""The journal note's template: read, run in a sandbox and laid out (what needs Jinja and Babel).

A municipality may bring a template of its own. Whatever is wrong with it is said with its file and line; it
reaches nothing but the facts that it is given, and is stopped when it runs wild.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache
from operator import is_not
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from jobsamtale_tui import dates, resources, texts
from jobsamtale_tui.documents.note import limits as note_limits
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _

NAME = "journalnotat"
_HIGHEST = 10**9
"""Of numbers that are multiplied or divided."""
_IDENTITY = ("name", "version")
_LOCALE = "da_DK"
_DAY_OF_MOMENT = "EEEE 'den' d. MMMM y"
_FILTERS = frozenset(
    {
        *("abs", "capitalize", "default", "dictsort", "first", "groupby", "int", "join", "last"),
        *("length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "round"),
        *("select", "selectattr", "sort", "sum", "trim", "unique", "upper"),
    }
)
_AS_THEY_ARE = frozenset({type(None), bool, int, float, date, datetime})
_KEPT_BLANK = "\x00"
"""Stands for an empty line that somebody typed until the template's own runs of empty lines are folded."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, without what can make a long text out of a short one, and with an end to all that goes on."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    code_generator_class = note_limits.Joining
    joined = staticmethod(note_limits.joined)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        kind: Any = type(obj)
        if _fields(kind):
            return not attr.startswith("_")
        return not isinstance(obj, str) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Leaves `str.format` to `is_safe_attribute`, which refuses it like every method of a text."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        numbers = all(isinstance(side, (int, float)) and abs(side) < _HIGHEST for side in (left, right))
        if operator == "**" or not (numbers or operator == "+"):
            raise SecurityError(f"{operator} is not allowed here")
        return note_limits.capped(super().call_binop(context, operator, left, right))


def run(view: Mapping[str, Any]) -> tuple[str, str, int | str]:
    """The note's text from the template in force, with the template's name and version.

    `view` is what the template sees; texts in it are laid out here (see `laid_out`). RefusedError names the
    file and the line of whatever is wrong with the template or its TOML file.
    """
    path = _path()
    name, version = _identity(path.with_name(f"{NAME}.toml"))
    try:
        template = _environment(path.parent).get_template(path.name)
        with note_limits.counted():
            written = _capped(template.generate({key: laid_out(value) for key, value in view.items()}))
    except Exception as error:
        raise _refused(*_place(error, path), _reason(error)) from None  # a template can fail in any way
    return folded(written), name, version


def laid_out(value: Any) -> Any:
    """A value with every text in it laid out: lines after the first indented by two, blank texts empty.

    So nothing that people typed can look like a heading or a list entry of the note, in any template.
    """
    if isinstance(value, str):
        return _hung(value)
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple):
        items = tuple([laid_out(item) for item in value])
        return items if any(map(is_not, items, value)) else value
    found = {}
    for name in _fields(kind):
        old = getattr(value, name)
        new = laid_out(old)
        if new is not old:
            found[name] = new
    return replace(value, **found) if found else value


@cache
def _fields(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls)) if is_dataclass(cls) else ()


def folded(text: str) -> str:
    """A note's final form: no white space at line ends, one empty line at most in a row, none at either end.

    Empty lines that people typed stay. Only characters that a record may hold are left.
    """
    lines: list[str] = []
    for line in (line.rstrip() for line in text.split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return texts.typed("\n".join(lines).strip("\n").replace(_KEPT_BLANK, ""))


def _hung(text: str) -> str:
    clean = texts.typed(text)
    if "\n" not in clean:
        return "" if clean.isspace() else clean
    lines = [line if line.strip() else "" for line in clean.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines[:1] + [f"  {line}" if line else _KEPT_BLANK for line in lines[1:]])


@cache
def _environment(folder: Path) -> _Sandbox:
    sandbox = _Sandbox(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[note_limits.Steps],
    )
    sandbox.globals = {"heading": _heading, **note_limits.GLOBALS}
    sandbox.filters = {name: note_limits.capping(call) for name, call in sandbox.filters.items() if name in _FILTERS}
    sandbox.filters |= {"moment": _moment, "day": _day, "decimal": _decimal, "one_line": _one_line}
    return sandbox


def _heading(text: str) -> str:
    line = _one_line(text)
    return f"{line}\n{'-' * len(line)}"


def _one_line(text: str) -> str:
    return " ".join(part for line in text.split("\n") if (part := line.strip(f" {_KEPT_BLANK}")))


def _moment(value: datetime) -> str:
    local = dates.local(value)
    return f"{_day_said(local.date(), _DAY_OF_MOMENT)} kl. {local:%H.%M}"


def _day(value: date) -> str:
    return _day_said(dates.local(value).date() if isinstance(value, datetime) else value)


@lru_cache(maxsize=512)
def _day_said(day: date, pattern: str = "d. MMMM y") -> str:
    """The same days come again and again, within a note and among the notes of an import."""
    return str(format_date(day, pattern, locale=_LOCALE))


def _decimal(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def _capped(parts: Iterator[str]) -> str:
    found: list[str] = []
    length = 0
    for part in parts:
        length += len(part)
        if length > note_limits.LONGEST:
            raise OverflowError("the note grows without end")
        found.append(part)
    return "".join(found)


def _path() -> Path:
    return resources.place("templates", f"{NAME}.txt.j2")


_toml = lru_cache(maxsize=4)(resources.toml)


def _identity(path: Path) -> tuple[str, int | str]:
    try:
        found = _toml(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _refused(path, None, _reason(error)) from None
    name, version = (texts.typed(part) if isinstance(part, str) else part for part in map(found.get, _IDENTITY))
    if not isinstance(name, str) or not name.strip():
        raise _refused(path, None, _("name is missing"))
    if isinstance(version, bool) or not isinstance(version, (int, str)):
        raise _refused(path, None, _("version is missing"))
    return name, version


def _place(error: BaseException, path: Path) -> tuple[Path, int | None]:
    """The file and line that the error came from: the innermost frame that Jinja says lies in the folder."""
    if isinstance(error, UnicodeDecodeError):
        return path, error.object[: error.start].count(b"\n") + 1
    line: int | None = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.parent == path.parent:
            path, line = file, trace.tb_lineno
        trace = trace.tb_next
    return path, line


def _reason(error: BaseException) -> str:
    match error:
        case RecursionError():
            return _("it calls itself without end")
        case UnicodeDecodeError():
            return _("it is not UTF-8")
        case TemplateNotFound():
            return _("there is no file {name} beside it").format(name=texts.one_line(str(error)))
        case OSError():
            return error.strerror or _("it cannot be read")
        case _:
            return texts.one_line(str(error)).rstrip(".") or type(error).__name__


def _refused(path: Path, line: int | None, reason: str) -> RefusedError:
    place = f"{path}:{line}" if line else str(path)
    return RefusedError(
        _("The template of the journal note cannot be used ({place}): {reason}").format(place=place, reason=reason),
        _("Correct the template, or take it away to use the one that comes with the program"),
    )
