"""The indicator catalogue: TOML files as in `data/indicators/`, read, checked and written."""

import re
import sqlite3
import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from jobsamtale_tui import records, resources
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store import reads

Origin = Literal["database", "catalogue"]
TABLE = "indicator"
_HEADER = re.compile(r"""\s*\[\[\s*["']?indicator["']?\s*\]\]""")
_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_SCALARS = ("key", "version", "area", "status", "from", "until")


def catalogue() -> list[records.Indicator]:
    """Every version of every indicator in the catalogue, by key and version.

    The catalogue is data that `check_file` has passed: RefusedError names a file that is broken all the same.
    """
    found = [indicator for path in sorted(resources.folder("indicators").glob("*.toml")) for indicator in _read(path)]
    return sorted(found, key=records.identity)


def everything(connection: sqlite3.Connection) -> list[tuple[records.Indicator, Origin]]:
    """All versions that there are: first the database's, then those of the catalogue that are not in it."""
    there = reads.indicators(connection)
    known = {(one.key, one.version) for one in there}
    rest = [one for one in catalogue() if (one.key, one.version) not in known]
    return [(one, "database") for one in there] + [(one, "catalogue") for one in rest]


def _read(path: Path) -> list[records.Indicator]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))[TABLE]
        return [records.from_document(records.Indicator, _document(table)) for table in tables]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise RefusedError(
            _("The indicators in {path} cannot be read").format(path=path),
            _("Run jobsamtale indicator check {path} to see why").format(path=path),
        ) from None


def _document(value: Any) -> Any:
    """A value of TOML as the exchange format has it: its days are texts there."""
    if isinstance(value, dict):
        return {key: _document(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_document(item) for item in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def check_file(path: Path) -> list[str]:
    """Every fault of an indicator file as `FILE:LINE: SENTENCE`; the line is that of the indicator's table.

    Raises NotFoundError where there is no such file, RefusedError where it cannot be read.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise NotFoundError(_("There is no file {path}").format(path=path), _("Check the path")) from None
    except OSError as error:
        raise RefusedError(_("{path} cannot be read: {why}").format(path=path, why=error.strerror or error)) from None
    return [f"{path}:{line}: {sentence}" for line, sentence in _faults(raw)]


def _faults(raw: bytes) -> list[tuple[int, str]]:
    try:
        text = raw.decode().replace("\r\n", "\n")
        content = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [(line, _("this is not UTF-8 (byte {place})").format(place=error.start + 1))]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return [_syntax(str(error), text)]
    from jobsamtale_tui.casework.faults import did_you_mean, quoted

    found = [
        (1, f"{_('the field {path} is not known').format(path=quoted(name))}; {did_you_mean(name, [TABLE])}")
        for name in content
        if name != TABLE
    ]
    tables = content.get(TABLE, [])
    if not isinstance(tables, list):
        return [*found, (1, _("each indicator is a table headed [[indicator]]"))]
    if not tables and not found:
        return [(1, _("there is no indicator in the file"))]
    lines = [number for number, line in enumerate(text.split("\n"), 1) if _HEADER.match(line)]
    if len(lines) != len(tables):
        lines = [1] * len(tables)
    return sorted([*found, *_table_faults(tables, lines)], key=lambda fault: fault[0])


def _syntax(error: str, text: str) -> tuple[int, str]:
    place = _AT.search(error)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    return line, _("this is not TOML: {why}").format(why=_AT.sub("", error))


def _table_faults(tables: list[Any], lines: list[int]) -> list[tuple[int, str]]:
    from jobsamtale_tui.casework import exchange
    from jobsamtale_tui.casework.faults import quoted

    found: list[tuple[int, str]] = []
    first: dict[tuple[str, ...], int] = {}
    for table, line in zip(tables, lines, strict=True):
        if not isinstance(table, dict):
            found.append((line, _("each indicator is a table headed [[indicator]]")))
            continue
        named = table.get("key")
        about = _("indicator {key}").format(key=quoted(named)) if isinstance(named, str) else TABLE
        try:
            record = exchange.read_document({**table, "kind": TABLE})
        except exchange.LineRefusedError as error:
            found += [(line, f"{about}: {sentence}") for sentence in error.sentences]
            continue
        identity = records.identity(record)
        if identity in first:
            said = _("the version stands twice, on lines {first} and {second}")
            found.append((line, f"{about}: {said.format(first=first[identity], second=line)}"))
        first.setdefault(identity, line)
    return found


def to_toml(indicators: Iterable[records.Indicator]) -> str:
    """Indicators as a file in the form of `data/indicators/`: read again it gives the same records."""
    import tomlkit

    document = tomlkit.document()
    tables = tomlkit.aot()
    for indicator in indicators:
        tables.append(_table(records.as_document(indicator), indicator))
    document.append(TABLE, tables)
    return tomlkit.dumps(document)


def _table(document: dict[str, Any], indicator: records.Indicator) -> Any:
    import tomlkit

    table = tomlkit.table()
    for name in _SCALARS:
        if name in document:
            day = {"from": indicator.from_, "until": indicator.until}.get(name)
            table.add(name, day or document[name])
    for name in ("name", "question"):
        table.add(name, _words(document[name]))
    scale = tomlkit.table()
    for name in ("min", "max"):
        scale.add(name, document["scale"][name])
    if "levels" in document["scale"]:
        levels = tomlkit.table()
        for level, words in document["scale"]["levels"].items():
            levels.add(level, _inline(words))
        scale.add("levels", levels)
    if "stages" in document["scale"]:
        stages = tomlkit.aot()
        for part in document["scale"]["stages"]:
            stage = tomlkit.table()
            stage.add("from", part["from"])
            stage.add("to", part["to"])
            stage.add("name", _inline(part["name"]))
            stages.append(stage)
        scale.add("stages", stages)
    table.add("scale", scale)
    return table


def _words(words: dict[str, str]) -> Any:
    import tomlkit

    table = tomlkit.table()
    for language, text in words.items():
        table.add(language, text)
    return table


def _inline(words: dict[str, str]) -> Any:
    import tomlkit

    table = tomlkit.inline_table()
    table.update(words)
    return table
