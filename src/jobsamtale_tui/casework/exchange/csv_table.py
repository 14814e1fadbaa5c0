"""A CSV file as a table, whoever wrote it: Excel in Denmark (semicolons, BOM, Windows-1252), elsewhere, or a program.

The `csv` module reads the rows; what it cannot know is settled here: the letters, the separator, and the line of the
file on which each row begins.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from jobsamtale_tui import texts
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _, ngettext

MOST_BYTES = 64 * 1024 * 1024
"""The largest file that is read, in bytes; it is held in memory as a whole."""
SEPARATORS = (";", "\t", ",", "|")
_LOOKED_AT = 200
_LONGEST_CELL = 1 << 20
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PLAIN = re.compile(r"[^a-zæøå]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line of the file on which it begins, and a cell for each heading."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's headings, each different from the others, and its rows; `faults` are lines that could not be read."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[tuple[int, str], ...]
    encoding: str
    separator: str


def plain(heading: str) -> str:
    """A heading as it is compared: small letters alone."""
    return _PLAIN.sub("", texts.folded(heading))


def read(stream: BinaryIO, name: str, recognised: Callable[[Sequence[str]], int]) -> Table:
    """The table in a file called `name`; `recognised` says how many of some headings mean something.

    Raises RefusedError where it is no text, too large, or has no headings. Letters: UTF-8, with a byte order mark
    UTF-16 too, else Windows-1252. The separator is the one whose headings are recognised best.
    """
    raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        size = MOST_BYTES // 1024 // 1024
        raise RefusedError(_("{name} is larger than {size} MB").format(name=name, size=size), _("Divide it in parts"))
    text, encoding = _decoded(raw, name)
    told = _SEP_LINE.match(text)
    skipped = 1 if told else 0
    text = text[told.end() :] if told else text
    separator = told[1] if told else max(SEPARATORS, key=lambda one: _fits(text, one, recognised))
    broken: list[tuple[int, str]] = []
    rows = [Row(line + skipped, cells) for line, cells in _rows(text, separator, broken) if any(map(str.strip, cells))]
    faults = [(line + skipped, said) for line, said in broken]
    if not rows:
        raise RefusedError(_("{name} has no row of headings").format(name=name), _("Check that it is the right file"))
    headings = _headings(rows[0].cells)
    body = [_fitted(row, len(headings), faults) for row in rows[1:]]
    return Table(headings, tuple(body), tuple(faults), encoding, separator)


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    encodings = ("utf-16",) if raw.startswith(_UTF16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding.removesuffix("-sig")
    raise RefusedError(
        _("{name} is no text: it could not be read as UTF-8, UTF-16 or Windows-1252").format(name=name),
        _("Save it as CSV from the program that made it"),
    )


def _rows(text: str, separator: str, faults: list[tuple[int, str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    usual = csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                faults.append((line, _("the quotes around a cell do not match, or the cell is too long")))
                continue
            yield line, tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells)
    finally:
        csv.field_size_limit(usual)


def _fits(text: str, separator: str, recognised: Callable[[Sequence[str]], int]) -> tuple[int, int, int]:
    faults: list[tuple[int, str]] = []
    rows = [cells for _line, cells in islice(_rows(text, separator, faults), _LOOKED_AT) if any(map(str.strip, cells))]
    if not rows:
        return 0, 0, 0
    wide = len(rows[0])
    alike = 0 if wide == 1 or faults else sum(1 for cells in rows if len(cells) == wide)
    return recognised(rows[0]), alike, wide


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    """Every column has a name of its own, also one without a heading and one whose heading stands twice."""
    found: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = texts.typed(" ".join(cell.split())) or _("column {place}").format(place=place)
        found.append(name if name not in found else f"{name} ({place})")
    return tuple(found)


def _fitted(row: Row, wide: int, faults: list[tuple[int, str]]) -> Row:
    cells, more = row.cells[:wide], row.cells[wide:]
    if any(map(str.strip, more)):
        said = ngettext(
            "the row has {count} cell more than there are headings",
            "the row has {count} cells more than there are headings",
            len(more),
        )
        faults.append((row.line, said.format(count=len(more))))
    return Row(row.line, (*cells, *([""] * (wide - len(cells)))))
