"""The forms of an export: JSON Lines, CSV, notes to read; and files that are there whole or not at all."""

import csv
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from jobsamtale_tui import records
from jobsamtale_tui.documents.note_layout import to_markdown, with_amendments
from jobsamtale_tui.errors import RefusedError, UsageError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store import exports
from jobsamtale_tui.store.layout import as_json, layout

Document = dict[str, Any]
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "citizens": layout("citizen").order,
    "agreements": layout("agreement").order,
    "sessions": layout("session").order,
    "indicators": layout("indicator").order,
    "scores": tuple(exports.SCORES),
    "steps": tuple(exports.STEPS),
    "notes": (*exports.NOTES, "amendments"),
}
"""The columns of a CSV file by kind of export: always all of them, in this order."""
ENDINGS = {"text": "txt", "md": "md", "jsonl": "json", "json": "json"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_jsonl(documents: Iterable[Document], stream: TextIO) -> None:
    """One object a line."""
    for document in documents:
        stream.write(as_json(document) + "\n")


def write_csv(documents: Iterable[Document], kind: str, stream: TextIO) -> None:
    """Comma-separated, with a heading; what is nested stands as JSON in its cell. `all` raises UsageError.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    if kind not in COLUMNS:
        raise UsageError(
            _("All records do not fit one CSV file"), _("Export one kind at a time, or all of them as jsonl")
        )
    writer = csv.writer(stream, lineterminator="\n")
    columns = COLUMNS[kind]
    writer.writerow(columns)
    writer.writerows([_cell(document.get(name)) for name in columns] for document in documents)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, (bool, dict, list)):
        return as_json(value)
    return value


def write_notes(documents: Iterable[Document], stream: TextIO, form: str) -> None:
    """Notes to read, `form` text or md, each under a line that names its session, with its corrections after it."""
    for place, document in enumerate(documents):
        named = document["session"], document["citizen"], document["held_at"]
        if form == "md":
            stream.write("\n---\n\n" if place else "")
            stream.write(" · ".join(f"`{part}`" for part in named) + "\n\n")
        else:
            stream.write("\n\n" if place else "")
            stream.write(f"===== {' · '.join(named)} =====\n\n")
        stream.write(f"{_note(document, form)}\n")


def _note(document: Document, form: str) -> str:
    if form in ("jsonl", "json"):
        return as_json(document)
    amendments = document.get("amendments", ())
    names = {one["by"]: one["by_name"] for one in amendments if "by_name" in one}
    corrections = [records.from_document(records.Amendment, one) for one in amendments]
    text = with_amendments(document["text"], corrections, names)
    return to_markdown(text) if form == "md" else text


def write_note_files(documents: Iterable[Document], directory: Path, form: str, *, durable: bool = False) -> int:
    """A file for each note, named by its session's key, and how many; the folder is made for this user alone.

    `form` is text, md or jsonl. Raises RefusedError where a file cannot be written; each is whole or not there.
    `durable`: they have reached the disk by then.
    """
    if form not in ENDINGS:
        raise UsageError(_("A file each is for notes to read"), _("Choose --format text or md"))
    with _said(directory):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    taken: set[str] = set()
    count = 0
    for document in documents:
        # A key has no slash, and with an ending neither `.` nor `..` is a folder; two keys that differ in case alone
        # are one name to some file systems.
        name = document["session"]
        while name.casefold() in taken:
            name += "~"
        taken.add(name.casefold())
        with open_output(directory / f"{name}.{ENDINGS[form]}", durable=durable) as stream:
            stream.write(f"{_note(document, form)}\n")
        count += 1
    if durable:
        with _said(directory):
            _settle_folder(directory)
    return count


@contextmanager
def open_output(path: Path | None, *, durable: bool = False) -> Iterator[TextIO]:
    """A stream for data, UTF-8 with plain newlines: stdout, or a file of this user alone that is there whole or not
    at all. Raises RefusedError where it cannot be written. `durable`: what is in the file reaches the disk before the
    file gets its name."""
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    with _said(path):
        target = path.resolve()
        special = target.exists() and not target.is_file()
    if special:  # a pipe or a device, which cannot be replaced
        with _said(path), target.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    part = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        with _said(path):
            handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
            if durable:
                with _said(path):
                    stream.flush()
                    os.fsync(stream.fileno())
        with _said(path):
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def settle(path: Path | None) -> None:
    """What was written to stdout or to the file `path` has reached the disk; a pipe has been given all of it."""
    if path is not None:
        with _said(path):
            _settle_folder(path.resolve().parent)
        return
    sys.stdout.flush()
    with suppress(io.UnsupportedOperation):  # not a file of the system's
        if stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode):
            os.fsync(sys.stdout.fileno())


def _settle_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise RefusedError(
            _("{path} cannot be written: {why}").format(path=path, why=error.strerror or error)
        ) from None
