"""The first half of an import: every line of a file read, checked by itself and laid down; every fault collected."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.format import cpr
from jobsamtale_tui.casework.format import reading as exchange_format
from jobsamtale_tui.casework.format.faults import did_you_mean, quoted
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.reference import target_groups
from jobsamtale_tui.store.schema.layout import as_json
from jobsamtale_tui.store.writing.staging import BATCH, UNIQUE, Staged, Staging, Twice

_BOM = b"\xef\xbb\xbf"
_BLANK = re.compile(rb"[ \t\r\n]*")
_MOST_WARNINGS = 100
Progress = Callable[[int], None]


@dataclass(slots=True)
class Findings:
    """What was found in a file that is called `name`: faults, warnings, and the records that were refused."""

    name: str
    faults: list[tuple[int, str]] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)
    """Kind and key of refused records: what points at them is not reported as pointing nowhere."""
    warned: list[tuple[int, str]] = field(default_factory=list)
    more_warnings: int = 0

    def refuse(self, line: int, sentence: str, kind: str | None = None, key: str | None = None) -> None:
        """A fault of the record on `line`."""
        self.faults.append((line, sentence))
        if kind and key:
            self.refused.add((kind, key))

    def warn(self, line: int, sentence: str) -> None:
        """Something about `line` to be said though it is taken in; the first hundred are kept, the rest counted."""
        if len(self.warned) < _MOST_WARNINGS:
            self.warned.append((line, sentence))
        else:
            self.more_warnings += 1

    def lines(self) -> list[str]:
        """The faults as `FILE:LINE: SENTENCE`, by line."""
        return [f"{self.name}:{line}: {said}" for line, said in sorted(self.faults, key=lambda fault: fault[0])]

    def warnings(self) -> list[str]:
        """The warnings as `FILE:LINE: SENTENCE`, by line, and how many more there are."""
        told = [f"{self.name}:{line}: {said}" for line, said in self.warned]
        if self.more_warnings:
            count = self.more_warnings
            told.append(
                f"{self.name}: " + ngettext("{count} more warning", "{count} more warnings", count).format(count=count)
            )
        return told


@contextmanager
def opened(source: Path | BinaryIO, name: str) -> Iterator[BinaryIO]:
    """The file to read, as bytes. Raises NotFoundError or RefusedError where it cannot be opened."""
    if not isinstance(source, Path):
        yield source
        return
    try:
        stream = source.open("rb", buffering=1 << 20)
    except FileNotFoundError:
        raise NotFoundError(_("There is no file {path}").format(path=name), _("Check the path")) from None
    except OSError as error:
        raise _unreadable(name, error) from None
    with stream:
        yield stream


def _unreadable(name: str, error: OSError) -> RefusedError:
    return RefusedError(_("{path} cannot be read: {why}").format(path=name, why=error.strerror or error))


def read(stream: BinaryIO, findings: Findings, staging: Staging, progress: Progress | None) -> int:
    """Reads all lines, lays the good ones down in `staging` and notes what is wrong in `findings`.

    Returns the number of lines. `progress` is told the number of the line every 500 lines.
    """
    waiting: dict[str, list[Staged]] = {kind: [] for kind in records.KINDS}
    groups = target_groups.known()
    number = 0
    for number, line in _lines(stream, findings):
        if progress and number % BATCH == 0:
            progress(number)
        try:
            record = exchange_format.read(line)
        except exchange_format.LineRefusedError as error:
            key = texts.normal(error.identity[0]) if error.identity else None
            for sentence in error.sentences:
                findings.refuse(number, sentence, error.kind, key)
            continue
        if isinstance(record, records.Citizen):
            _warn(findings, number, record, groups)
        if (key := records.identity(record)[0]) != texts.without_cpr(key):
            said = _("the key {key} could be a CPR number, and keys show everywhere").format(key=quoted(key))
            findings.warn(number, f"key: {said}")
        batch = waiting[record.kind]
        batch.append(_staged(number, record))
        if len(batch) == BATCH:
            _lay_down(record.kind, batch, findings, staging)
    for kind, batch in waiting.items():
        _lay_down(kind, batch, findings, staging)
    return number


def _lines(stream: BinaryIO, findings: Findings) -> Iterator[tuple[int, bytes]]:
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(exchange_format.MAX_LINE + 1)
            ended = line.endswith(b"\n")
            while line and not ended and len(line) > exchange_format.MAX_LINE:
                rest = stream.readline(1 << 20)
                if not rest or rest.endswith(b"\n"):
                    findings.refuse(number, exchange_format.too_long())
                    line, ended = b"\n", True
        except OSError as error:
            raise _unreadable(findings.name, error) from None
        if not line:
            return
        line = line.removeprefix(_BOM) if number == 1 else line
        if not _BLANK.fullmatch(line):
            yield number, line.rstrip(b"\r\n")


def _staged(number: int, record: records.Record) -> Staged:
    unique = tuple(getattr(record, name) for name in UNIQUE) if isinstance(record, records.Citizen) else ()
    return Staged(number, "/".join(records.identity(record)), as_json(records.as_document(record)), unique)


def _warn(findings: Findings, number: int, citizen: records.Citizen, groups: frozenset[str]) -> None:
    said = cpr.warning(citizen.cpr) if citizen.cpr else None
    if said:
        findings.warn(number, f"cpr: {said}")
    named = [("target_group", citizen.target_group)]
    named += [(f"earlier_groups.{place}", one.target_group) for place, one in enumerate(citizen.earlier_groups)]
    for name, group in named:
        if group and group not in groups:
            unknown = _("the target group {key} is not known").format(key=quoted(group))
            findings.warn(number, f"{name}: {unknown}; {did_you_mean(group, sorted(groups))}")


def _lay_down(kind: str, batch: list[Staged], findings: Findings, staging: Staging) -> None:
    for twice in staging.add(kind, batch) if batch else ():
        key = twice.staged.identity.split("/")[0]
        findings.refuse(twice.staged.line, _said_twice(kind, twice), kind, key)
    batch.clear()


def _said_twice(kind: str, twice: Twice) -> str:
    first, second = twice.first, twice.staged.line
    if twice.field is None:
        said = _("the {kind} {key} stands twice, on lines {first} and {second}")
        return said.format(kind=kind, key=quoted(twice.staged.identity), first=first, second=second)
    value = twice.staged.unique[UNIQUE.index(twice.field)] or ""
    value = texts.masked_cpr(value) if twice.field == "cpr" else quoted(value)
    said = _("{value} stands twice, on lines {first} and {second}").format(value=value, first=first, second=second)
    return f"{twice.field}: {said}"
