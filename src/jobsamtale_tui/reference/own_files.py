"""A municipality's own file or folder where it has one, else the shipped one; and one that is broken."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from jobsamtale_tui import resources
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _

FOLDER = "guide"

_T = TypeVar("_T")


def own_or_shipped(read: Callable[[Path], _T], folder: str, name: str = "") -> tuple[_T, str | None]:
    """What `read` finds in a municipality's own `name` of a folder, else in the shipped one; with a sentence where the
    own one cannot be read. Raises RefusedError where the shipped one cannot."""
    own, shipped = resources.place(folder, name), resources.shipped() / folder / name
    try:
        return read(own), None
    except RefusedError as error:
        if own == shipped:
            raise
        return read(shipped), str(error)


def broken(path: Path, why: str) -> RefusedError:
    """What is said of a file of the guide that cannot be read."""
    return RefusedError(
        _("The guide in {path} cannot be read: {why}").format(path=path, why=why),
        _("Correct the file, or take it away to use the one that comes with the program"),
    )


@contextmanager
def refusing(path: Path, said: Callable[[Path, str], RefusedError] = broken) -> Iterator[None]:
    """What is wrong with the content of a file comes out as the error that `said` makes of its path and why."""
    try:
        yield
    except KeyError as error:
        raise said(path, _("{name} is missing or unknown").format(name=error.args[0])) from None
    except (OSError, ValueError, TypeError, AttributeError, IndexError, re.error) as error:
        raise said(path, " ".join(str(error).split())) from None
