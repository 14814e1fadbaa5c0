"""The Joblog, "Jeg søger job som", the CV and openings from CSV: rows become records of the exchange format, on the
lines that the rows have, and go the way of every import: one transaction, history, all faults at once."""

import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.casework.exchange import csv_mapping, csv_table, import_reading, importing
from jobsamtale_tui.casework.exchange.csv_mapping import FIELDS, Plan
from jobsamtale_tui.casework.exchange.csv_table import Row, Table
from jobsamtale_tui.casework.exchange.import_reading import Findings
from jobsamtale_tui.casework.format.faults import quoted
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import openings, reads
from jobsamtale_tui.store.questions.quick_reads import Connection
from jobsamtale_tui.store.sqlite.database import Database

KINDS = ("applications", "profiles", "openings")
Values = dict[str, Any]
_DAY = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4}|\d{2})(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]\d{2}:\d{2}.*)?")
_NUMBER = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:år|years?|y)?", re.IGNORECASE)
_APART = re.compile(r"[\n;|]")
_KIND_OF = {"applications": "application", "openings": "opening"}
_OURS = "csv-"
"""How the keys begin that are made of a row's content."""
_WITHOUT_ZERO = 9
_AHEAD = 20
"""Years from now up to which a year of two digits lies ahead."""
_TYPES: dict[str, records.OpeningType] = {
    **dict.fromkeys(("job", "jobs", "stilling", "jobåbning", "ordinært"), "job"),
    **dict.fromkeys(("internship", "praktik", "virksomhedspraktik", "praktikplads"), "internship"),
    **dict.fromkeys(("link", "side", "hjemmeside", "websted"), "link"),
}


def import_csv(
    database: Database,
    source: Path | BinaryIO,
    name: str,
    actor: Actor,
    what: str,
    *,
    told: Iterable[str] = (),
    citizen: str | None = None,
    dry_run: bool = False,
    tell: Callable[[Plan], None] = lambda _plan: None,
) -> importing.Report:
    """Takes in a CSV file of `what` (one of KINDS); with `citizen` (a key) all rows are hers.

    `told` are `FIELD=HEADING`; `tell` hears the mapping before anything is taken in. It is remembered for these
    headings once the file is in. A blank cell changes nothing, and the same row again changes nothing. Raises as
    `importing.import_file` and `csv_mapping.plan`.
    """
    with import_reading.opened(source, name) as stream:
        table = csv_table.read(stream, name, lambda headings: csv_mapping.recognised(what, headings))
    findings = Findings(name)
    with database.connected() as connection:
        plan = csv_mapping.plan(connection, name, what, table.headings, told, citizen=citizen is not None)
        tell(plan)
        lines = _Reader(connection, table, plan, findings, what, citizen).lines()
    done = importing.import_file(database, _stream(lines), name, actor, dry_run=dry_run, found=findings)
    if not dry_run:
        csv_mapping.remember(database, what, table.headings, plan)
    return done


def _stream(lines: dict[int, Values]) -> BinaryIO:
    """Exchange lines, each on the line of the row that it was made from; those between are blank."""
    written, at = io.BytesIO(), 1
    for line in sorted(lines):
        written.write(b"\n" * (line - at))
        written.write(json.dumps(lines[line], ensure_ascii=False).encode("utf-8", "surrogatepass"))
        at = line
    written.seek(0)
    return written


class NotReadError(ValueError):
    """A cell does not say what its field needs; the sentence says why."""


def read_cell(reading: csv_mapping.Reading, text: str) -> Any:
    """What a cell that is not blank says; raises NotReadError with a sentence."""
    match reading:
        case "day":
            return read_day(text).isoformat()
        case "number":
            return read_number(text)
        case "list":
            return [part.strip() for part in _APART.split(text) if part.strip()]
        case "type":
            return _read_type(text)
        case _:
            return text


def read_day(text: str) -> date:
    """A day as ISO or as Danes write it: 1-6-2026, 01.06.26, 1/6/2026, also with a time of day behind it."""
    iso, danish = _ISO.fullmatch(text), _DAY.fullmatch(text)
    try:
        if iso:
            return date.fromisoformat(iso[1])
        if danish:
            year = int(danish[3])
            if len(danish[3]) == 2:
                year += 2000 if 2000 + year <= dates.today().year + _AHEAD else 1900
            return date(year, int(danish[2]), int(danish[1]))
    except ValueError:
        pass
    raise NotReadError(_("»{value}« is no day; write for instance 1-6-2026").format(value=quoted(text)))


def read_number(text: str) -> float | int:
    """A number with a decimal comma or point, also with `år` behind it."""
    found = _NUMBER.fullmatch(text)
    if not found:
        raise NotReadError(_("»{value}« is no number; write for instance 3,5").format(value=quoted(text)))
    number = float(found[1].replace(",", "."))
    return int(number) if number.is_integer() else number


def _read_type(text: str) -> records.OpeningType:
    found = _TYPES.get(csv_table.plain(text))
    if found is None:
        raise NotReadError(_("»{value}« is neither job, internship nor link").format(value=quoted(text)))
    return found


def content_key(*parts: str | None, place: int = 0) -> str:
    """The key of what came without one: the same content gives the same key, the second of its like another.

    Letters alone, so that no key looks like a CPR number.
    """
    told = json.dumps([*(" ".join(texts.folded(part or "").split()) for part in parts), place])
    digest = hashlib.blake2b(told.encode(), digest_size=10).hexdigest()
    return _OURS + digest.translate(str.maketrans("0123456789abcdef", "abcdefghjkmnpqrs"))


@dataclass(slots=True)
class _Reader:
    """Makes exchange documents of a table's rows; what is wrong with a row goes into the findings."""

    connection: Connection
    table: Table
    plan: Plan
    findings: Findings
    what: str
    citizen: str | None
    _seen: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _people: dict[str, str | None] = field(default_factory=dict)
    _there: "dict[str | None, _There]" = field(default_factory=dict)

    def lines(self) -> dict[int, Values]:
        """The documents by the line of the row that each was made from."""
        for line, said in self.table.faults:
            self.findings.refuse(line, said)
        rows = [(row.line, values) for row in self.table.rows if (values := self._values(row)) is not None]
        match self.what:
            case "profiles":
                return self._profiles(rows)
            case "openings":
                return {line: self._opening(values) for line, values in rows}
            case _:
                return {line: self._application(line, values) for line, values in rows}

    def _values(self, row: Row) -> Values | None:
        """What a row's cells say, by field; None where something is wrong with it."""
        cells = dict(zip(self.table.headings, row.cells, strict=True))
        found: Values = {}
        faults = []
        for one in FIELDS[self.what]:
            headings = self.plan.mapping.get(one.name, ())
            filled = [(heading, text) for heading in headings if (text := cells[heading].strip())]
            if one.needed and headings and not filled:
                faults.append(f"{quoted(headings[0])}: " + _("this may not be blank"))
            for heading, text in filled:
                try:
                    said = self._whose(text) if one.name == "citizen" else read_cell(one.reading, text)
                except NotReadError as error:
                    faults.append(f"{quoted(heading)}: {error}")
                    continue
                found[one.name] = [*found.get(one.name, ()), *said] if one.reading == "list" else said
        for sentence in faults:
            self.findings.refuse(row.line, sentence)
        if self.citizen:
            found["citizen"] = self.citizen
        return None if faults else found

    def _whose(self, text: str) -> str:
        """The key of the citizen of this key, case key or CPR number; Excel takes the 0 that a number begins with."""
        named = texts.normal(text)
        if named not in self._people:
            found = reads.citizen_named(self.connection, named)
            if found is None and len(named) == _WITHOUT_ZERO and named.isascii() and named.isdigit():
                found = reads.citizen_named(self.connection, f"0{named}")
            self._people[named] = found.key if found else None
        key = self._people[named]
        if key is None:
            said = _("there is no citizen with the key, case key or CPR number »{key}«")
            raise NotReadError(said.format(key=_hid(text)))
        return key

    def _profiles(self, rows: Sequence[tuple[int, Values]]) -> dict[int, Values]:
        """A profile for each citizen, on the line of her first row; what the file says nothing of stays as it is."""
        first: dict[str, int] = {}
        gathered: dict[str, list[Values]] = {}
        for line, values in rows:
            first.setdefault(values["citizen"], line)
            gathered.setdefault(values["citizen"], []).append(values)
        found = {}
        for citizen, parts in gathered.items():
            there = reads.profile(self.connection, citizen) or records.Profile(citizen=citizen)
            document = records.as_document(there)
            for name in ("wishes", "competences", "to_develop"):
                said: dict[str, str] = {}
                for text in (text for values in parts for text in values.get(name, ())):
                    said.setdefault(texts.folded(text), text)
                if said:
                    document[name] = list(said.values())
            held = [{key: values[key] for key in ("position", "years") if key in values} for values in parts]
            cv = [one for place, one in enumerate(held) if "position" in one and one not in held[:place]]
            if cv:
                document["cv"] = cv
            found[first[citizen]] = document
        return found

    def _those(self, citizen: str | None) -> "_There":
        """What there is already of this citizen (None: of nobody)."""
        if citizen not in self._there:
            if self.what == "applications" and citizen is not None:
                found: Sequence[Any] = reads.newest_applications(self.connection, citizen, -1)
            else:
                found = openings.kept(self.connection, citizen)
            self._there[citizen] = _There(found)
        return self._there[citizen]

    def _application(self, line: int, values: Values) -> Values:
        citizen, own = values["citizen"], values.pop("id", None)
        if values["on"] > dates.today().isoformat():
            self.findings.warn(line, _("the day {day} lies ahead").format(day=values["on"]))
        if own is not None:
            key = content_key(citizen, "id", own)
            return self._over(self._those(citizen).by_key.get(key), values, key)
        return self._again(values, (citizen, values["on"], values["position"], values.get("employer")))

    def _opening(self, values: Values) -> Values:
        return self._again(values, (values.get("citizen"), values["title"], values.get("employer"), values.get("link")))

    def _again(self, values: Values, like: tuple[str | None, ...]) -> Values:
        """The document of a row; it has the key of the record that it says again, also of one typed by hand."""
        alike = _alike(like)
        place = self._seen[alike]
        self._seen[alike] += 1
        same = self._those(values.get("citizen")).alike.get(alike, {})
        own = content_key(*like, place=place)
        others = [one for key, one in same.items() if not key.startswith(_OURS)]
        found = same.get(own) or (others[place] if place < len(others) else None)
        return self._over(found, values, found.key if found else own)

    def _over(self, there: Any, values: Values, key: str) -> Values:
        """What a row says over what there is: a blank cell leaves it."""
        before = records.as_document(there) if there else {"kind": _KIND_OF[self.what]}
        return {**before, **values, "key": key}


class _There:
    """The records that there are already, by key and by what makes two of them the same."""

    def __init__(self, found: Iterable[records.Application | records.Opening]) -> None:
        self.by_key = {one.key: one for one in found}
        self.alike: dict[tuple[str, ...], dict[str, Any]] = {}
        for one in self.by_key.values():
            self.alike.setdefault(_alike(_like(one)), {})[one.key] = one


def _alike(parts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(" ".join(texts.folded(part or "").split()) for part in parts)


def _like(one: records.Application | records.Opening) -> tuple[str | None, ...]:
    if isinstance(one, records.Application):
        return one.citizen, one.on.isoformat(), one.position, one.employer
    return one.citizen, one.title, one.employer, one.link


def _hid(text: str) -> str:
    """What names somebody, with nothing of a CPR number that Excel has taken the first 0 or the hyphen of."""
    digits = sum(map(str.isdigit, text))
    return "•" * 6 if 8 <= digits <= 10 else quoted(text)
