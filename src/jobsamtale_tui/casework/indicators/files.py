"""Files with indicators, as TOML or in the exchange format: checked, compared with what is there, and taken in."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from jobsamtale_tui import records, resources, texts
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import indicator_lint, meaning, scales
from jobsamtale_tui.method.meaning import Difference
from jobsamtale_tui.reference import indicators as shipped_indicators
from jobsamtale_tui.reference.indicators import TABLE

_HEADER = re.compile(r"""\s*\[\[\s*["']?indicator["']?\s*\]\]""")
_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
JSON_LINES = ".jsonl"
Identity = tuple[str, int]


@dataclass(slots=True)
class Loaded:
    """What a file holds: its indicators, each with its line, and what is wrong with the rest, line and sentence."""

    path: Path
    found: list[tuple[int, records.Indicator]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Every fault as `FILE:LINE: SENTENCE`, by line."""
        return [f"{self.path}:{line}: {said}" for line, said in sorted(self.faults, key=lambda fault: fault[0])]


@dataclass(frozen=True, slots=True)
class Planned:
    """A version on its way in, the one that it would replace (None: it is new), and how they differ."""

    new: records.Indicator
    old: records.Indicator | None
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Nothing would change."""
        return self.old is not None and not self.differences


def check(path: Path) -> list[str]:
    """Every fault of an indicator file as `FILE:LINE: SENTENCE`; the line is that of the indicator's table.

    Raises NotFoundError where there is no such file, RefusedError where it cannot be read.
    """
    loaded = load(path)
    _check_mappings(loaded, shipped_indicators.catalogue(), whole=False)
    return loaded.lines()


def advice(path: Path) -> list[str]:
    """What could be plainer in the texts of a file, as `FILE:LINE: SENTENCE`. Raises as `check`."""
    from jobsamtale_tui.reference import language

    terms = language.language().terms
    return [
        f"{path}:{line}: {_about(one.key)}: {remark.path}: {remark.sentence}"
        for line, one in load(path).found
        for remark in indicator_lint.remarks(one, terms)
    ]


def load(path: Path) -> Loaded:
    """Reads a file: JSON Lines where its name ends so, else TOML. Raises as `check`."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise NotFoundError(_("There is no file {path}").format(path=path), _("Check the path")) from None
    except OSError as error:
        raise RefusedError(_("{path} cannot be read: {why}").format(path=path, why=error.strerror or error)) from None
    loaded = Loaded(path)
    if path.suffix == JSON_LINES:
        _read_lines(raw, loaded)
    else:
        _read_toml(raw, loaded)
    first: dict[Identity, int] = {}
    for line, one in loaded.found:
        identity = (one.key, one.version)
        if identity in first:
            said = _("the version stands twice, on lines {first} and {second}")
            loaded.faults.append((line, f"{_about(one.key)}: {said.format(first=first[identity], second=line)}"))
        first.setdefault(identity, line)
    return loaded


def plan(
    connection: sqlite3.Connection,
    loaded: Loaded,
    reason: str | None = None,
    before: Iterable[records.Indicator] = (),
) -> list[Planned]:
    """What taking in a file would do; `loaded` gets a fault for each version that may not replace the one there is.

    A published version keeps its meaning: another range, question or level needs a version number of its own. A
    corrected wording needs a reason, the file's own or `reason`. `before` are those that other files bring.
    """
    there = {(one.key, one.version): one for one, _origin in families.everything(connection)}
    _check_mappings(loaded, [*there.values(), *before], whole=True)
    given = texts.typed(reason or "").strip() or None
    found: list[Planned] = []
    for line, one in loaded.found:
        old = there.get((one.key, one.version))
        new, changes = (one, []) if old is None else _with_reason(old, one, given)
        if old is not None and old.status != "draft":
            loaded.faults += [(line, f"{_about(one.key)}: {said}") for said in _refusals(old, new, changes)]
        found.append(Planned(new, old, tuple(changes)))
    return found


def _with_reason(
    old: records.Indicator, one: records.Indicator, given: str | None
) -> tuple[records.Indicator, list[Difference]]:
    """The version with every reason that it has had, a line each, and how it differs from the one there is."""
    differs = bool(meaning.differences(old, replace(one, reason=old.reason), all_fields=True))
    said = one.reason if one.reason and one.reason != old.reason else given if differs else None
    before = old.reason or ""
    reason = said if said and said.startswith(before) else "\n".join(filter(None, (before, said))) or None
    new = replace(one, reason=reason)
    return new, meaning.differences(old, new, all_fields=True)


def plan_all(
    connection: sqlite3.Connection, paths: Sequence[Path], reason: str | None = None
) -> tuple[list[Planned], list[str]]:
    """As `plan` for several files that are taken in together, with every fault as `FILE:LINE: SENTENCE`."""
    planned: list[Planned] = []
    faults: list[str] = []
    earlier: dict[Identity, Path] = {}
    before: list[records.Indicator] = []
    for path in dict.fromkeys(paths):
        loaded = load(path)
        for line, one in loaded.found:
            identity = (one.key, one.version)
            if earlier.setdefault(identity, path) != path:
                said = _("the version stands in {path} as well").format(path=earlier[identity])
                loaded.faults.append((line, f"{_about(one.key)}: {said}"))
        planned += plan(connection, loaded, reason, before)
        faults += loaded.lines()
        before += [one for _line, one in loaded.found]
    return planned, faults


def _refusals(old: records.Indicator, new: records.Indicator, changes: Sequence[Difference]) -> Iterator[str]:
    for change in changes:
        if change.effect == "meaning":
            said = _(
                "{path}: version {version} is published, and this changes what its numbers mean; give it version {next}"
            )
            yield said.format(path=change.path, version=old.version, next=old.version + 1)
    if new.status == "draft":
        yield _("status: version {version} is published and cannot become a draft again").format(version=old.version)
    if any(change.effect == "wording" for change in changes) and new.reason == old.reason:
        yield _("reason: a changed wording of a published version needs a reason, here or with --reason")


def apply(database: Any, actor: Any, planned: Iterable[Planned]) -> int:
    """Takes in what differs, in one transaction with a history entry for each indicator; returns how many versions."""
    from jobsamtale_tui.casework.change import transaction as changes
    from jobsamtale_tui.casework.indicators import editing as indicator_editing

    wanted = [one.new for one in planned if not one.same]
    with changes.change_each(database, actor, "indicator.import", TABLE) as work:
        for one in wanted:
            indicator_editing.put(work, one)
    return len(wanted)


def told(planned: Planned) -> list[str]:
    """What taking in a version would do: a line that names it, and a line for each field that differs."""
    one = planned.new
    about = _("indicator {key} version {version}").format(key=one.key, version=one.version)
    if planned.old is None:
        low, high = one.scale.min, one.scale.max
        return [f"+ {about}: {_('new')}, {one.name.da}, {low}–{high}, {one.status}"]
    if planned.same:
        return [f"  {about}: {_('as it was')}"]
    return [f"~ {about}: {_('changed')}", *(f"    {difference_line(each)}" for each in planned.differences)]


def difference_line(one: Difference) -> str:
    """A difference as `scale.max: 5 → 10 (what a number means)`."""
    effects = {"meaning": _("what a number means"), "wording": _("wording"), "none": ""}
    aside = f" ({effects[one.effect]})" if effects[one.effect] else ""
    return f"{one.path}: {_value(one.before)} → {_value(one.after)}{aside}"


def _value(value: Any) -> str:
    if value is None:
        return "–"
    return f"»{texts.one_line(value)}«" if isinstance(value, str) else str(value)


def _check_mappings(loaded: Loaded, known: Iterable[records.Indicator], *, whole: bool) -> None:
    """A mapping level by level names every number of the earlier version, and no other. With `whole` the earlier
    version has to be known; a file that is checked alone may leave it to the database."""
    versions = {(one.key, one.version): one for one in known} | {
        (one.key, one.version): one for _line, one in loaded.found
    }
    for line, one in loaded.found:
        if one.converts is None:
            continue
        old = versions.get((one.key, one.converts.from_))
        if old is None:
            if whole:
                said = _("converts.from: there is no version {version}").format(version=one.converts.from_)
                loaded.faults.append((line, f"{_about(one.key)}: {said}"))
            continue
        wrong = scales.unmapped(old.scale, one.converts)
        if wrong:
            said = _("converts.levels: every number from {min} to {max} is named, and no other; look at {numbers}")
            told = said.format(min=old.scale.min, max=old.scale.max, numbers=", ".join(wrong))
            loaded.faults.append((line, f"{_about(one.key)}: {told}"))


def _about(key: Any) -> str:
    from jobsamtale_tui.casework.format.faults import quoted

    return _("indicator {key}").format(key=quoted(key)) if isinstance(key, str) else TABLE


def _read_lines(raw: bytes, loaded: Loaded) -> None:
    from jobsamtale_tui.casework.format import reading as exchange_format

    for number, line in enumerate(raw.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            record = exchange_format.read(line)
        except exchange_format.LineRefusedError as error:
            about = _about(error.identity[0]) if error.identity else TABLE
            loaded.faults += [(number, f"{about}: {sentence}") for sentence in error.sentences]
            continue
        if isinstance(record, records.Indicator):
            loaded.found.append((number, record))
        else:
            said = _("this is a {kind}; jobsamtale import takes records of all kinds").format(kind=record.kind)
            loaded.faults.append((number, said))
    if not loaded.found and not loaded.faults:
        loaded.faults.append((1, _("there is no indicator in the file")))


def _read_toml(raw: bytes, loaded: Loaded) -> None:
    try:
        text = raw.decode().replace("\r\n", "\n")
        content = resources.toml(text)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        loaded.faults.append((line, _("this is not UTF-8 (byte {place})").format(place=error.start + 1)))
        return
    except ValueError as error:
        loaded.faults.append(_syntax(str(error), text))
        return
    from jobsamtale_tui.casework.format.faults import did_you_mean, quoted

    loaded.faults += [
        (1, f"{_('the field {path} is not known').format(path=quoted(name))}; {did_you_mean(name, [TABLE])}")
        for name in content
        if name != TABLE
    ]
    tables = content.get(TABLE, [])
    if not isinstance(tables, list):
        loaded.faults.append((1, _("each indicator is a table headed [[indicator]]")))
    elif not tables and not loaded.faults:
        loaded.faults.append((1, _("there is no indicator in the file")))
    else:
        rows = text.split("\n")
        lines = [number for number, line in enumerate(rows, 1) if _HEADER.match(line)]
        _read_tables(tables, lines if len(lines) == len(tables) else [1] * len(tables), rows, loaded)


def _syntax(error: str, text: str) -> tuple[int, str]:
    place = _AT.search(error)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    return line, _("this is not TOML: {why}").format(why=_AT.sub("", error))


def _line_of(sentence: str, rows: list[str], begin: int, end: int) -> int:
    """The line, from `begin` to before `end`, of the field that a fault is about: the one its sentence begins with,
    else the table's own field that it names. Where none is found, that where the table begins."""
    found, path, told = begin, TABLE, sentence.partition(": ")
    for part in told[0].split(".") if told[1] else ():
        path += f".{part}"
        wanted = re.compile(rf'\s*(?:\[+\s*{re.escape(path)}\s*\]+|"?{re.escape(part)}"?\s*=)')
        stands = next((number for number in range(found + 1, end) if wanted.match(rows[number - 1])), None)
        if stands is None:
            break
        found = stands
    if found == begin:
        own = takewhile(lambda number: not rows[number - 1].lstrip().startswith("["), range(begin + 1, end))
        named = set(re.findall(r"[\w-]+", sentence))
        found = next((number for number in own if rows[number - 1].partition("=")[0].strip() in named), begin)
    return found


def _read_tables(tables: list[Any], lines: list[int], rows: list[str], loaded: Loaded) -> None:
    from jobsamtale_tui.casework.format import reading as exchange_format

    ends = [*lines, len(rows) + 1][1:]
    for table, line, end in zip(tables, lines, ends, strict=True):
        if not isinstance(table, dict):
            loaded.faults.append((line, _("each indicator is a table headed [[indicator]]")))
            continue
        try:
            record = exchange_format.read_document({**table, "kind": TABLE})
        except exchange_format.LineRefusedError as error:
            about = _about(table.get("key"))
            loaded.faults += [(_line_of(one, rows, line, end), f"{about}: {one}") for one in error.sentences]
            continue
        if isinstance(record, records.Indicator):
            loaded.found.append((line, record))
