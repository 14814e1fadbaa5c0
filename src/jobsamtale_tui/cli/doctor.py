"""What `doctor` looks at: terminal, database and machine, each finding with what to do about it."""

import os
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jobsamtale_tui.errors import JobsamtaleError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.cli.support.context import CommandContext

LIBRARIES = (
    "textual",
    "rich",
    "typer",
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "pydantic",
    "jinja2",
    "babel",
    "plotext",
    "icalendar",
    "typst",
    "snowballstemmer",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    found: str
    do: str = ""


def examine(here: "CommandContext") -> list[Finding]:
    """Everything that could bite; never raises for what it finds."""
    return [*_terminal(), *_keys(here), *_guide(), *_database(here), *_recovery(here), *_machine()]


def _terminal() -> Iterator[Finding]:
    environment = os.environ
    both = sys.stdin.isatty() and sys.stdout.isatty()
    yield Finding(
        _("terminal"),
        both,
        _("stdin and stdout are a terminal") if both else _("stdin or stdout is not a terminal"),
        "" if both else _("The app needs one; the commands do not"),
    )
    term = environment.get("TERM", "")
    good = term not in ("", "dumb", "unknown")
    yield Finding(
        "TERM",
        good,
        term or "-",
        "" if good else _("Set TERM to what the terminal is, such as xterm-256color"),
    )
    colours = environment.get("COLORTERM", "")
    yield Finding(
        "COLORTERM",
        True,
        colours or "-",
        "" if colours else _("Fewer colours are used; set COLORTERM=truecolor if the terminal can show all"),
    )
    yield _size()
    yield _letters()
    yield from _links()


def _keys(here: "CommandContext") -> Iterator[Finding]:
    from jobsamtale_tui.tui.commands import keymap, registry

    try:
        found = list(keymap.discouraged(keymap.checked_keymap(here.settings.keys)))
    except JobsamtaleError as error:
        yield Finding("[keys]", False, error.sentence, error.hint)
        return
    for name, key in found:
        yield Finding(
            "[keys]",
            False,
            _("{name} is on {key}").format(name=name, key=registry.shown_key(key)),
            _("Terminals, tmux or the keyboard may keep that key for themselves: choose another"),
        )
    if here.settings.keys and not found:
        yield Finding("[keys]", True, _("your own keys are without conflict"))


def _guide() -> Iterator[Finding]:
    """The municipality's own guide, where it has one."""
    from jobsamtale_tui import resources
    from jobsamtale_tui.reference import checks as reference_checks
    from jobsamtale_tui.reference import own_files

    folder = resources.folder(own_files.FOLDER)
    if folder == resources.shipped() / own_files.FOLDER:
        return
    wrong = reference_checks.faults()
    found = wrong[0] if wrong else _("{folder} can be used as it is").format(folder=folder)
    do = _("jobsamtale guide check says all that is wrong with it") if wrong else ""
    yield Finding(_("guide"), not wrong, found, do)


def _size() -> Finding:
    from shutil import get_terminal_size

    size = get_terminal_size((0, 0))
    if size.columns == 0:
        return Finding(_("size"), True, "-")
    good = size.columns >= 80 and size.lines >= 24
    return Finding(_("size"), good, f"{size.columns}×{size.lines}", "" if good else _("Make the window at least 80×24"))


def _letters() -> Finding:
    told = next((os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), "")
    good = "utf-8" in told.lower() or "utf8" in told.lower()
    return Finding(
        "LANG",
        good,
        told or "-",
        "" if good else _("The program writes UTF-8 all the same; if æ, ø and å look wrong, set LANG=da_DK.UTF-8"),
    )


def _links() -> Iterator[Finding]:
    environment = os.environ
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        delay = environment.get("ESCDELAY", "")
        yield Finding(
            "SSH",
            True,
            f"ESCDELAY={delay}" if delay else _("the app waits longer for a whole key"),
            "" if delay else _("If an arrow key types letters, set ESCDELAY=500 or more"),
        )
    if environment.get("TMUX"):
        yield Finding(
            "tmux",
            False,
            _("copying from the app reaches your own clipboard only with set-clipboard on"),
            _("Put this in ~/.tmux.conf: set -s set-clipboard on"),
        )
    elif environment.get("STY"):
        yield Finding(
            "screen",
            True,
            _("copying from the app reaches your own clipboard only if the terminal outside takes it"),
            _("Each copy is also in a file, which the app names"),
        )
    if "kitty" in environment.get("TERM", "") or environment.get("KITTY_WINDOW_ID") or _speaks_kitty():
        yield Finding(
            _("keyboard"),
            True,
            _("the terminal knows the kitty keyboard protocol"),
            _("If AltGr letters such as @ and { get lost, set TEXTUAL_DISABLE_KITTY_KEY=1"),
        )


def _speaks_kitty() -> bool:
    return os.environ.get("TERM_PROGRAM", "").lower() in ("wezterm", "ghostty", "iterm.app", "foot", "vscode")


def _database(here: "CommandContext") -> Iterator[Finding]:
    from jobsamtale_tui.store.sqlite import database as sqlite_database

    database = here.place()
    path = database.path
    yield Finding(
        _("database"),
        True,
        str(path.absolute()) if path.exists() else _("{path}, not made yet").format(path=path),
    )
    kind = sqlite_database.file_system(path if path.exists() else _nearest_folder(path))
    local = kind not in sqlite_database.NETWORK_FILE_SYSTEMS
    yield Finding(
        _("file system"),
        local,
        kind or _("cannot be told here"),
        "" if local else _("Put the database on a disk of this machine with --db or the setting db"),
    )
    if not path.exists():
        return
    try:
        sqlite_database.check_rights(path)
        yield Finding(_("rights"), True, _("only you can read the database"))
        with sqlite_database.reported(path):
            revision = database.revision()
    except JobsamtaleError as error:
        yield Finding(_("database"), False, error.sentence, error.hint)
        return
    yield _schema(revision, sqlite_database.REVISIONS)


def _recovery(here: "CommandContext") -> Iterator[Finding]:
    """What an app could not save, and has not been taken over yet."""
    from jobsamtale_tui import dates
    from jobsamtale_tui.editing import recovery_file
    from jobsamtale_tui.settings import data_path

    for one in recovery_file.lying(data_path()):
        found = _("{path}, since {time}").format(path=one.path, time=dates.short_time(one.at))
        if one.database is None:
            do = _("It cannot be read: keep it, and ask those who run the program")
        elif one.login != here.settings.login:
            do = _("It is of the login {login}: have the app started under it").format(login=one.login)
        elif not Path(one.database).exists():
            do = _("Its database {path} is gone: put it back where it was, then start the app").format(
                path=one.database
            )
        else:
            do = _("What stands in it is not saved: jobsamtale --db {path} takes it in again").format(
                path=shlex.quote(one.database)
            )
        yield Finding(_("recovery file"), False, found, do)


def _schema(revision: str | None, known: tuple[str, ...]) -> Finding:
    do = ""
    if revision not in known:
        do = _("It was written by a newer version of the program: install the newest")
    elif revision != known[-1]:
        do = _("Run jobsamtale db upgrade")
    return Finding(_("schema"), not do, str(revision), do)


def _nearest_folder(path: Path) -> Path:
    return next((folder for folder in path.absolute().parents if folder.exists()), Path("/"))


def _machine() -> Iterator[Finding]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from jobsamtale_tui.cli.tested import TESTED
    from jobsamtale_tui.store.sqlite import checks

    yield Finding("Python", sys.version_info >= (3, 11), f"{platform.python_version()}, {platform.system()}")
    library = checks.library_version()
    yield Finding("SQLite", tuple(int(part) for part in library.split(".")[:2]) >= (3, 37), library)
    for name in LIBRARIES:
        try:
            yield _library(name, version(name), TESTED[name])
        except PackageNotFoundError:
            yield Finding(name, False, "-", _("Install the program anew"))
    compiled = Path(__file__).with_name("__pycache__").is_dir()
    written = not sys.dont_write_bytecode
    yield Finding(
        _("bytecode"),
        compiled and written,
        _("compiled") if compiled else _("not compiled"),
        ""
        if compiled and written
        else _("The program starts slowly: unset PYTHONDONTWRITEBYTECODE and run python -m compileall on its folder"),
    )


def _library(name: str, found: str, tested: str) -> Finding:
    """A correction of what was tested (8.2.9 for 8.2.8) is as good as it; another minor release need not be."""
    said = found if found == tested else _("{version}, tested with {tested}").format(version=found, tested=tested)
    near = found.split(".")[:2] == tested.split(".")[:2]
    do = "" if near else _("If something goes wrong, install {name} {tested}").format(name=name, tested=tested)
    return Finding(name, near, said, do)
