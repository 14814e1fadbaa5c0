"""A municipality's own file where it has one, else the shipped one."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from jobsamtale_tui import resources
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _

FOLDER = "guide"

_T = TypeVar("_T")


def broken(path: Path, why: str) -> RefusedError:
    """What is said of a file of the guide that cannot be read."""
    return RefusedError(
        _("The guide in {path} cannot be read: {why}").format(path=path, why=why),
        _("Correct the file, or take it away to use the one that comes with the program"),
    )


def own_or_shipped(name: str, read: Callable[[Path], _T]) -> tuple[_T, str | None]:
    """What `read` finds in a municipality's own `name` of the guide's folder, else in the shipped one; with a sentence
    where the own one cannot be read. Raises RefusedError where the shipped one cannot."""
    own, shipped = resources.folder(FOLDER) / name, resources.shipped() / FOLDER / name
    if not own.exists() or own.is_dir() != shipped.is_dir():
        own = shipped
    try:
        return read(own), None
    except RefusedError as error:
        if own == shipped:
            raise
        return read(shipped), str(error)
