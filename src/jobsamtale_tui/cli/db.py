"""`db`: where the database is, and how it is kept well."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobsamtale_tui.cli.support.context import command_context, say
from jobsamtale_tui.cli.support.options import Listed
from jobsamtale_tui.cli.support.typer_style import Command, noun
from jobsamtale_tui.errors import ImportRefusedError, RefusedError, StoreError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.store.sqlite.database import Database

app = noun(_("The database: where it is, and how it is kept well."), "jobsamtale db info")
NOUNS = {"db": app}


@app.command(
    "info",
    cls=Command,
    help=_("Where the database is, the version of its schema, and how many records it has."),
    epilog="jobsamtale db info\njobsamtale --db team.db db info --format json",
)
def info(context: typer.Context, form: Listed = "table") -> None:
    """Prints what is known of the database."""
    from jobsamtale_tui.cli.support import output

    known = _info(command_context(context).database())
    if form == "json":
        output.write_json(known)
        return
    names = {
        "path": _("Place"),
        "file_system": _("File system"),
        "size": _("Size in bytes"),
        "schema": _("Schema version"),
        "program_schema": _("The program's schema version"),
        "read_only": _("Read only"),
    }
    rows = [(label, _shown(known[name])) for name, label in names.items()]
    output.facts([*rows, *((kind, str(count)) for kind, count in known["counts"].items())])


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "-" if value is None else str(value)


def _info(database: "Database") -> dict[str, Any]:
    from jobsamtale_tui.store.questions import reads
    from jobsamtale_tui.store.sqlite import database as sqlite_database

    with database.connected() as connection:
        counts = reads.counts(connection)
    return {
        "path": str(database.path.absolute()),
        "file_system": sqlite_database.file_system(database.path),
        "size": database.path.stat().st_size,
        "schema": database.revision(),
        "program_schema": sqlite_database.REVISIONS[-1],
        "read_only": database.read_only,
        "counts": counts,
    }


@app.command(
    "upgrade",
    cls=Command,
    help=_(
        "Brings an older database up to this version of the program, after a copy beside it. Mends the search in notes"
        " where it is out of step."
    ),
    epilog="jobsamtale db upgrade",
)
def upgrade(context: typer.Context) -> None:
    """Migrates."""
    from jobsamtale_tui.store.sqlite import database as sqlite_database

    database = command_context(context).place()
    older = database.path.is_file() and _revision_of(database)
    if older in sqlite_database.REVISIONS[:-1] and not database.read_only:
        sqlite_database.check_rights(database.path)
        sqlite_database.check_place(database.path)
        copy = database.upgrade()
        say(_("The database is up to date; as it was before it lies in {path}").format(path=copy))
        return
    database.prepare()
    taken = None if database.read_only else _mended(database)
    if taken:
        say(_("The database was up to date; {count} notes were taken into the search again").format(count=taken))
    else:
        say(_("The database was up to date"))


def _mended(database: "Database") -> int:
    from jobsamtale_tui.store.sqlite import note_search

    with database.connected() as connection:
        return note_search.mend(connection)


def _revision_of(database: "Database") -> str | None:
    from jobsamtale_tui.store.sqlite import database as sqlite_database

    with sqlite_database.reported(database.path):
        return database.revision()


@app.command(
    "check",
    cls=Command,
    help=_("Looks through the whole database for damage. Changes nothing."),
    epilog="jobsamtale db check",
)
def check(context: typer.Context) -> None:
    """Says what is wrong."""
    from jobsamtale_tui.store.sqlite.checks import faults

    database = command_context(context).database()
    found = faults(database)
    if found:
        raise ImportRefusedError(
            _("The database {path} is not in order").format(path=database.path),
            found,
            _("Keep a copy of it as it is before anything else: jobsamtale db backup"),
        )
    say(_("The database {path} is in order").format(path=database.path))


@app.command(
    "backup",
    cls=Command,
    help=_("Copies the whole database with its history, also while somebody works in it."),
    epilog="jobsamtale db backup /media/safe/jobsamtale-2026-06-01.db",
)
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The copy to make"))],
    force: Annotated[bool, typer.Option("--force", help=_("Replace a file that is there already"))] = False,
) -> None:
    """Makes a copy."""
    database = command_context(context).database()
    beside = {database.path.resolve().with_name(f"{database.path.name}{ending}") for ending in ("", "-wal", "-shm")}
    if file.resolve() in beside or (file.exists() and (not force or not file.is_file())):
        raise RefusedError(
            _("{path} is there already").format(path=file),
            _("Give the copy another name, or --force to replace an older copy"),
        )
    if not file.absolute().parent.is_dir():
        raise RefusedError(_("There is no folder {path}").format(path=file.parent), _("Make it first"))
    database.copy_to(file)
    say(_("The copy lies in {path}").format(path=file))


@app.command(
    "restore",
    cls=Command,
    help=_("Puts a copy back in the database's place; what it replaces is kept beside it."),
    epilog="jobsamtale db restore /media/safe/jobsamtale-2026-06-01.db",
)
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("A copy made by db backup"))],
) -> None:
    """Puts a copy back."""
    from jobsamtale_tui.store.sqlite import database as sqlite_database

    database = command_context(context).place()
    if database.read_only:
        raise StoreError(
            _("The database {path} may only be read").format(path=database.path), _("Leave out --read-only")
        )
    with sqlite_database.reported(database.path):
        if database.path.exists():
            sqlite_database.check_rights(database.path)
            sqlite_database.check_place(database.path)
        kept = database.restore_from(file)
    database.prepare()
    if kept:
        say(_("The copy is in place; what it replaced lies in {path}").format(path=kept))
    else:
        say(_("The copy is in place"))
