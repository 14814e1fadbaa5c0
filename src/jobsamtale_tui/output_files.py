"""Files that are there whole or not at all, for what a command or an export writes."""

import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from jobsamtale_tui import files, texts
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _


class Folder:
    """A folder with a file for each of many records, made for this user alone. Raises RefusedError."""

    def __init__(self, path: Path) -> None:
        with _said(path):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = path
        self._taken: set[str] = set()

    def place(self, key: str, ending: str) -> Path:
        """Where the record of this key goes.

        A key has no slash, and with an ending neither `.` nor `..` is a folder; two keys that differ in case alone are
        one name to some file systems.
        """
        name = texts.crossed_out(key)
        while name.casefold() in self._taken:
            name += "~"
        self._taken.add(name.casefold())
        return self._path / f"{name}.{ending}"


@contextmanager
def open_output(path: Path | None, *, durable: bool = True) -> Iterator[TextIO]:
    """A stream for data, UTF-8 with plain newlines: stdout, or a file of this user alone that is there whole or not
    at all. Raises RefusedError where it cannot be written. `durable`: it has reached the disk by then."""
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    with _said(path):
        target = path.resolve()
        special = target.exists() and not target.is_file() and not target.is_dir()
    if files.holds_database(path):
        raise RefusedError(
            _("{path} is a database: nothing is written over it").format(path=path), _("Give the file another name")
        )
    if special:  # a pipe or a device, which cannot be replaced
        with _said(path), target.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    with _said(path), files.whole(path, durable=durable) as part, part.open("w", encoding="utf-8", newline="\n") as to:
        yield to


def settle(path: Path | None) -> None:
    """What was written to stdout or to the file `path` has reached the disk; a pipe has been given all of it."""
    if path is not None:
        with _said(path):
            files.settle(path.resolve().parent)
        return
    sys.stdout.flush()
    with suppress(io.UnsupportedOperation):  # not a file of the system's
        if stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode):
            os.fsync(sys.stdout.fileno())


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
