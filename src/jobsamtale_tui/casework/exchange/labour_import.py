"""The table of labour-market knowledge from a CSV file of any make, put in the place of the one in force."""

import csv
import os
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import BinaryIO

from jobsamtale_tui import files, settings, texts
from jobsamtale_tui.casework.exchange import csv_import, csv_mapping, csv_table, import_reading
from jobsamtale_tui.casework.exchange.csv_mapping import FIELDS, Plan
from jobsamtale_tui.casework.exchange.import_reading import Findings
from jobsamtale_tui.casework.format.faults import quoted
from jobsamtale_tui.errors import ImportRefusedError, RefusedError
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.method.labour import Outlook
from jobsamtale_tui.reference.labour_market import FILE, FOLDER


def read(stream: BinaryIO, name: str, told: Iterable[str] = ()) -> tuple[tuple[Outlook, ...], Plan]:
    """The table in a CSV file, and which column is what. Raises ImportRefusedError with every fault, RefusedError where
    it is no table at all, UsageError where `told` names what is not there."""
    table = csv_table.read(stream, name, lambda headings: csv_mapping.recognised("labour", headings))
    plan = csv_mapping.plan(None, name, "labour", table.headings, told)
    findings = Findings(name)
    for line, said in table.faults:
        findings.refuse(line, said)
    found: dict[tuple[str, str], tuple[int, Outlook]] = {}
    for row in table.rows:
        one = _outlook(dict(zip(table.headings, row.cells, strict=True)), plan, findings, row.line)
        if one is None:
            continue
        first = found.setdefault((one.occupation.casefold(), one.region.casefold()), (row.line, one))
        if first[0] != row.line:
            said = _("{name} stands twice, on lines {first} and {second}")
            named = quoted(" ".join(filter(None, (one.occupation, one.region))))
            findings.refuse(row.line, said.format(name=named, first=first[0], second=row.line))
    if findings.faults:
        raise _refused(findings)
    return tuple(one for _line, one in found.values()), plan


def _outlook(cells: dict[str, str], plan: Plan, findings: Findings, line: int) -> Outlook | None:
    values: dict[str, str] = {}
    day = date.min
    good = True
    for field in FIELDS["labour"]:
        heading = next(iter(plan.mapping.get(field.name, ())), None)
        text = " ".join(cells[heading].split()) if heading else ""
        try:
            if field.needed and not text:
                raise csv_import.NotReadError(_("this may not be blank"))
            if field.reading == "day":
                day = csv_import.read_day(text)
            else:
                values[field.name] = _kept_text(text)
        except ValueError as error:
            findings.refuse(line, f"{quoted(heading or field.name)}: {error}")
            good = False
    return Outlook(**values, date=day) if good else None


def _kept_text(text: str) -> str:
    bad = texts.forbidden(text)
    if bad:
        raise ValueError(_("the character {character} may not stand in a text").format(character=bad))
    return texts.normal(text)


def _refused(findings: Findings) -> ImportRefusedError:
    lines = findings.lines()
    said = ngettext(
        "{name} was refused for {count} fault, and nothing was changed",
        "{name} was refused for {count} faults, and nothing was changed",
        len(lines),
    ).format(name=findings.name, count=len(lines))
    return ImportRefusedError(said, lines, _("Mend the lines named above and import it again"))


def take_in(source: Path | BinaryIO, name: str, told: Iterable[str] = (), *, dry_run: bool = False) -> "LabourImport":
    """Puts the table of a CSV file in the place of the one in force; raises as `read`, RefusedError where it cannot be
    written. The table that was there stays beside it as `outlook.csv.bak`."""
    with import_reading.opened(source, name) as stream:
        found, plan = read(stream, name, told)
    target = _target()
    if not dry_run:
        try:
            _write(found, target)
        except OSError as error:
            raise RefusedError(
                _("{path} cannot be written: {why}").format(path=target, why=error.strerror or error),
                _("Check your rights to the folder, or ask whoever keeps it"),
            ) from None
    return LabourImport(found, plan, target)


@dataclass(frozen=True, slots=True)
class LabourImport:
    """What an import took in, how its columns were read, and where the table lies."""

    outlooks: tuple[Outlook, ...]
    plan: Plan
    path: Path


def _target() -> Path:
    own = os.environ.get("JOBSAMTALE_DATA")
    return (Path(own) if own else settings.data_path()) / FOLDER / FILE


def _write(found: Iterable[Outlook], target: Path) -> None:
    if not target.parent.parent.exists():
        target.parent.parent.mkdir(mode=0o700, parents=True)
    target.parent.mkdir(mode=0o755 if os.environ.get("JOBSAMTALE_DATA") else 0o700, exist_ok=True)
    if target.exists():
        with files.whole(target.with_name(f"{FILE}.bak")) as copy:
            copy.write_bytes(target.read_bytes())
    with files.whole(target) as part:
        with part.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
            writer.writerow([field.name for field in fields(Outlook)])
            writer.writerows(astuple(one) for one in found)
        if os.environ.get("JOBSAMTALE_DATA"):  # the house's table is for all who use its data folder
            part.chmod(0o644)
