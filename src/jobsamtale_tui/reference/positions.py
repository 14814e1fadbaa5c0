"""The table of related positions (`data/positions`), which a municipality extends, and the Danish stemmer."""

import sys
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

from jobsamtale_tui import records, resources, texts
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.positions import Family, Table
from jobsamtale_tui.reference import own_files

FOLDER = "positions"
_ALONE = "snowballstemmer_danish"
"""The package of stemmers with nothing in it but what is asked for."""


def table() -> tuple[Table, str | None]:
    """The table in force, and a sentence where a file of the municipality's own is broken: then the shipped one alone
    is used."""
    shipped = resources.shipped() / FOLDER
    return own_files.own_or_shipped(lambda own: _read(shipped, own), FOLDER)


@cache
def _read(shipped: Path, own: Path) -> Table:
    files = {path.name: path for folder in (shipped, own) for path in sorted(folder.glob("*.toml"))}
    families: list[Family] = []
    endings: list[str] = []
    fillers: list[str] = []
    for path in files.values():
        with own_files.refusing(path, _broken):
            content = resources.toml(path.read_text(encoding="utf-8"))
            families += [_family(one) for one in content.get("family", ())]
            endings += [_said(one) for one in content.get("endings", ())]
            fillers += [_said(one) for one in content.get("fillers", ())]
    return Table(tuple(families), tuple(endings), frozenset(fillers), stem)


def _family(content: dict[str, Any]) -> Family:
    words = content["words"]
    if not isinstance(words, list):
        raise ValueError(_("words is a list"))
    name = records.Words(**content["name"])
    return Family(str(content["key"]), name, tuple(_said(one) for one in words))


def _said(word: Any) -> str:
    if not isinstance(word, str) or not word.strip(" *"):
        raise ValueError(_("a text is blank or no text"))
    return texts.folded(word)


def _broken(path: Path, why: str) -> RefusedError:
    return RefusedError(
        _("The positions in {path} cannot be read: {why}").format(path=path, why=why),
        _("Correct the file, or take it away to use the ones that come with the program"),
    )


@cache
def stem(word: str) -> str:
    """The stem of a Danish word in small letters."""
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    """The Danish one alone: by its own name the package loads those of all its languages, which is 4 MB."""
    spec = find_spec("snowballstemmer")
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError("snowballstemmer")
    alone = ModuleSpec(_ALONE, None, is_package=True)
    alone.submodule_search_locations = spec.submodule_search_locations
    sys.modules[_ALONE] = module_from_spec(alone)
    return import_module(f"{_ALONE}.danish_stemmer").DanishStemmer()
