"""The forms of an export: JSON Lines, CSV, notes to read; and files that are there whole or not at all."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from jobsamtale_tui import records
from jobsamtale_tui.documents.note.forms import to_markdown, with_amendments
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.output_files import Folder, open_output
from jobsamtale_tui.store.questions import exports
from jobsamtale_tui.store.schema.layout import as_json, layout

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
    writer.writerows([cell(document.get(name)) for name in columns] for document in documents)


def cell(value: Any) -> Any:
    """A value as it stands in a CSV file: what a spreadsheet would run gets an apostrophe, what is nested is JSON."""
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
    folder = Folder(directory)
    count = 0
    for document in documents:
        with open_output(folder.place(document["session"], ENDINGS[form]), durable=durable) as stream:
            stream.write(f"{_note(document, form)}\n")
        count += 1
    return count
