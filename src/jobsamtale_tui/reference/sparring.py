"""Sparring on concrete search: advice that can become a next step, read from `data/guide/sparring`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobsamtale_tui import records, resources
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.reference import own_files


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the search (CV, channels …) and advice worded as what the citizen does."""

    key: str
    name: records.Words
    advice: tuple[records.Words, ...]


def areas() -> tuple[tuple[Area, ...], str | None]:
    """The areas in force, and a sentence where a municipality's own are broken: then the shipped ones are used."""
    return own_files.own_or_shipped(read, own_files.FOLDER, "sparring")


@cache
def read(folder: Path) -> tuple[Area, ...]:
    """The areas in `folder`, by file name and place. Raises RefusedError, with the file's name, for one that is
    broken."""
    found: list[Area] = []
    for path in sorted(folder.glob("*.toml")):
        with own_files.refusing(path, _broken):
            content = resources.toml(path.read_text(encoding="utf-8"))
            found += [
                Area(str(one["key"]), _words(one["name"]), tuple(_words(said) for said in one["advice"]))
                for one in content["area"]
            ]
    return tuple(found)


def _words(table: dict[str, str]) -> records.Words:
    words = records.Words(**table)  # type: ignore[arg-type]
    if not all(isinstance(text, str) and text.strip() for text in (words.da, words.en or words.da)):
        raise ValueError(_("a text is blank or no text"))
    return words


def _broken(path: Path, why: str) -> RefusedError:
    return RefusedError(
        _("The sparring in {path} cannot be read: {why}").format(path=path, why=why),
        _("Correct the file, or take it away to use the one that comes with the program"),
    )
