"""What goes to stdout: text as it is, JSON, tables; in a terminal with nothing in it that could steer it."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO


@contextmanager
def destination(path: Path | None) -> Iterator[TextIO]:
    """Where data go: stdout, or a file that is there whole or not at all, for this user alone."""
    if path is None:
        yield _Visible() if sys.stdout.isatty() else sys.stdout  # type: ignore[misc]
        return
    from jobsamtale_tui.casework.exchange.exporting import open_output

    with open_output(path) as stream:
        yield stream


class _Visible:
    """stdout where it is a terminal: what would steer it shows instead."""

    def write(self, text: str) -> int:
        """Writes text as it may be shown."""
        return sys.stdout.write(_safe(text))


def write(text: str) -> None:
    """Text with a newline. A terminal shows control and invisible characters rather than obeying them."""
    sys.stdout.write(f"{_safe(text)}\n")


def write_coloured(text: str) -> None:
    """Text of our own making, with its colour codes and a newline."""
    sys.stdout.write(f"{text}\n")


def write_json(value: Any) -> None:
    """A JSON value; in a terminal all characters beyond ASCII are escaped, because some of them steer it."""
    sys.stdout.write(json.dumps(value, ensure_ascii=sys.stdout.isatty(), indent=2) + "\n")


def write_json_list(values: Iterable[Any]) -> None:
    """An array, as `write_json` writes it, an element at a time: memory does not grow with it."""
    before = "["
    for value in values:
        text = json.dumps(value, ensure_ascii=sys.stdout.isatty(), indent=2).replace("\n", "\n  ")
        sys.stdout.write(f"{before}\n  {text}")
        before = ","
    sys.stdout.write("[]\n" if before == "[" else "\n]\n")


def _safe(text: str) -> str:
    if not sys.stdout.isatty():
        return text
    from jobsamtale_tui import texts

    return texts.shown(text)


def colour_wanted() -> bool:
    """Whether colour may be used: in a terminal that has not been told NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under headings: fitted to a terminal, else in full width, a line a row."""
    if sys.stdout.isatty():
        _table_on_terminal(headings, rows)
        return
    lines = [list(headings), *([" ".join(cell.split()) for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def _table_on_terminal(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from jobsamtale_tui import texts

    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        made.add_column(Text(heading), overflow="fold")
    for row in rows:
        made.add_row(*(Text(texts.one_line(cell)) for cell in row))
    Console(markup=False, highlight=False, emoji=False).print(made)


def facts(pairs: Sequence[tuple[str, str | None]]) -> None:
    """Names and values, one a line; further lines of a value are indented. Absent values are left out."""
    shown = [(name, value) for name, value in pairs if value]
    width = max((len(name) for name, _value in shown), default=0)
    for name, value in shown:
        first, *others = value.splitlines() or [""]
        write(f"{name.ljust(width)}  {first}".rstrip())
        for line in others:
            write(f"{' ' * width}  {line}".rstrip())
