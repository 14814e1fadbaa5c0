"""`import` and `export`: records in and out, in the exchange format and for spreadsheets."""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobsamtale_tui.cli.support.context import command_context, say, warn
from jobsamtale_tui.cli.support.failures import report
from jobsamtale_tui.cli.support.options import (
    OfCaseworker,
    OfCitizen,
    OfUnit,
    Output,
    Since,
    Until,
    choice,
    key_option,
    keys_of,
    named,
    read_key,
    session_filter,
)
from jobsamtale_tui.cli.support.typer_style import Command, verbs
from jobsamtale_tui.errors import JobsamtaleError, UsageError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.casework.exchange.csv_mapping import Plan
    from jobsamtale_tui.casework.exchange.importing import Report
    from jobsamtale_tui.cli.support.context import CommandContext
    from jobsamtale_tui.store.questions.quick_reads import Connection
    from jobsamtale_tui.store.questions.session_lists import SessionFilter
    from jobsamtale_tui.store.sqlite.database import Database

app = verbs()
EXPORTS = ("citizens", "agreements", "sessions", "scores", "steps", "notes", "indicators", "all")
FORMATS = ("jsonl", "csv", "text", "md")
FOR_PEOPLE = ("text", "md")
EVERY = 500
CSV_KINDS = ("applications", "profiles", "openings")
_HELD = ", ".join(CSV_KINDS)


@app.command(
    "import",
    cls=Command,
    help=_(
        "Reads exchange files (JSON Lines), with --as also CSV: the Joblog, CVs, openings. A file is taken whole or not"
        " at all; importing it again changes nothing."
    ),
    epilog=(
        "jobsamtale import --dry-run caseload.jsonl\n"
        "jobsamtale import caseload.jsonl sessions.jsonl\n"
        "zcat all.jsonl.gz | jobsamtale import -\n"
        "jobsamtale import joblog.csv --as applications --map position=Stilling --dry-run"
    ),
)
def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar=_("FILE…"), help=_("Exchange files; - is stdin"))],
    *,
    what: Annotated[str | None, choice("--as", CSV_KINDS, _("The files are CSV and hold this"))] = None,
    told: Annotated[
        list[str] | None,
        typer.Option("--map", metavar=_("FIELD=HEADING"), help=_("With --as: which column is a field; repeatable")),
    ] = None,
    citizen: Annotated[
        str | None, key_option("--citizen", "citizen", _("With --as: all rows are this citizen's"))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Report what would happen, and change nothing"))] = False,
) -> None:
    """Imports each file, also after one was refused."""
    _check_csv(files, what, told, citizen)
    if [str(file) for file in files].count("-") > 1:
        raise UsageError(_("stdin can be read once: - stands twice"), _("Name it once"))
    where = command_context(context)
    database = where.database(new=True)
    actor = where.actor()
    codes = set()
    for file in files:
        try:
            if what:
                _import_csv(database, file, actor, what, told or (), citizen, dry_run=dry_run)
            else:
                _import(database, file, actor, dry_run=dry_run)
        except JobsamtaleError as error:
            if len(files) == 1:
                raise
            codes.add(report(error))
    if codes:
        raise typer.Exit(codes.pop() if len(codes) == 1 else 1)


def _import(database: "Database", file: Path, actor: "Actor", *, dry_run: bool) -> None:
    from jobsamtale_tui.casework.exchange.importing import import_file

    name = str(file)
    source: Any = sys.stdin.buffer if name == "-" else file
    try:
        done = import_file(database, source, name, actor, dry_run=dry_run, progress=_progress())
    finally:
        _clear_progress()
    for line in done.warnings:
        warn(line)
    (warn if dry_run else say)(_summary(name, done, dry_run=dry_run))


def _check_csv(files: list[Path], what: str | None, told: list[str] | None, citizen: str | None) -> None:
    if what is None and (told or citizen):
        raise UsageError(
            _("--map and --citizen are for CSV files"), _("Say with --as what they hold: {names}").format(names=_HELD)
        )
    wrong = next((file for file in files if what is None and file.suffix.lower() in (".csv", ".tsv")), None)
    if wrong is not None:
        raise UsageError(
            _("{file} is a CSV file").format(file=wrong), _("Say with --as what it holds: {names}").format(names=_HELD)
        )


def _import_csv(
    database: "Database",
    file: Path,
    actor: "Actor",
    what: str,
    told: "Sequence[str]",
    citizen: str | None,
    *,
    dry_run: bool,
) -> None:
    """The mapping is said before anything else; one that was remembered only where somebody sits there."""
    from jobsamtale_tui.casework.exchange.csv_import import import_csv
    from jobsamtale_tui.cli.support.lookups import citizen_named

    name = str(file)
    if citizen is not None:
        with database.connected() as connection:
            citizen = citizen_named(connection, citizen).key

    def tell(plan: "Plan") -> None:
        (say if plan.origin == "remembered" and not dry_run else warn)(plan.sentence(name))

    source: Any = sys.stdin.buffer if name == "-" else file
    done = import_csv(database, source, name, actor, what, told=told, citizen=citizen, dry_run=dry_run, tell=tell)
    for line in done.warnings:
        warn(line)
    (warn if dry_run else say)(_summary(name, done, dry_run=dry_run))


def _summary(name: str, done: "Report", *, dry_run: bool) -> str:
    counts = done.counts.values()
    said = _("{file}: {new} new, {changed} changed, {same} as they were").format(
        file=name,
        new=sum(count.new for count in counts),
        changed=sum(count.changed for count in counts),
        same=sum(count.same for count in counts),
    )
    if not dry_run:
        return f"{said}."
    left = _("Nothing was changed: this was a dry run")
    return f"{said}. {left}."


def _progress() -> "Callable[[int], None] | None":
    if not sys.stderr.isatty():
        return None

    def show(done: int) -> None:
        if done % EVERY == 0:
            sys.stderr.write("\r" + _("{count} steps …").format(count=done))
            sys.stderr.flush()

    return show


def _clear_progress() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")


@app.command(
    "export",
    cls=Command,
    help=_("Writes records as JSON Lines or CSV, notes also as text or Markdown."),
    epilog=(
        "jobsamtale export all -o caseload.jsonl\n"
        "jobsamtale export scores --format csv --since 2026-01-01\n"
        "jobsamtale export notes --citizen mette-holm --format md --dir notes\n"
        "jobsamtale export notes --new fasit --dir /srv/drop"
    ),
)
def export_(
    context: typer.Context,
    kind: Annotated[str, named(_("KIND"), EXPORTS, ", ".join(EXPORTS))],
    *,
    form: Annotated[
        str,
        choice("--format", FORMATS, _("How to write it; text and md for notes")),
    ] = "jsonl",
    since: Since = None,
    until: Until = None,
    citizen: OfCitizen = None,
    caseworker: OfCaseworker = None,
    unit: OfUnit = None,
    output: Output = None,
    directory: Annotated[
        Path | None, typer.Option("--dir", metavar=_("FOLDER"), help=_("Notes: a file each, in this folder"))
    ] = None,
    new: Annotated[
        str | None,
        typer.Option(
            "--new",
            metavar=_("NAME"),
            help=_("What the consumer of this name has not had, or not as it is now"),
            parser=read_key,
            autocompletion=keys_of("consumer"),
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help=_("With --new: once more what came in its last run"))] = False,
    with_cpr: Annotated[
        bool, typer.Option("--with-cpr", help=_("export citizens: whole CPR numbers; export all has them anyway"))
    ] = False,
    with_reflections: Annotated[
        bool, typer.Option("--with-reflections", help=_("export all: reflections too"))
    ] = False,
) -> None:
    """Exports."""
    _check(kind, form, output, directory, with_cpr=with_cpr, with_reflections=with_reflections)
    _check_new(new, again=again, output=output, directory=directory)
    from jobsamtale_tui.cli.support.lookups import check_filter

    wanted = session_filter(since=since, until=until, citizen=citizen, caseworker=caseworker, unit=unit)
    if new is not None:
        _export_new(
            command_context(context), new, kind, wanted, (form, output, directory), with_cpr=with_cpr, again=again
        )
        return
    with (
        command_context(context).reading() as connection,
        closing(
            _documents(connection, kind, wanted, with_cpr=with_cpr, with_reflections=with_reflections)
        ) as documents,
    ):
        check_filter(connection, wanted)
        _write(documents, kind, form, output, directory)


def _write(
    documents: "Iterator[dict[str, Any]]",
    kind: str,
    form: str,
    output: Path | None,
    directory: Path | None,
    *,
    durable: bool = False,
) -> None:
    from jobsamtale_tui.casework.exchange import exporting
    from jobsamtale_tui.cli.support.output import destination

    if directory is not None:
        exporting.write_note_files(documents, directory, form, durable=durable)
        return
    with destination(output) as stream:
        if form == "csv":
            exporting.write_csv(documents, kind, stream)
        elif form == "jsonl":
            exporting.write_jsonl(documents, stream)
        else:
            exporting.write_notes(documents, stream, form)
    if durable:
        exporting.settle(output)


def _export_new(
    where: "CommandContext",
    name: str,
    kind: str,
    wanted: "SessionFilter",
    way_out: tuple[str, Path | None, Path | None],
    *,
    with_cpr: bool,
    again: bool,
) -> None:
    """What a consumer has not had. It counts as had once the block in which it is written has ended well."""
    from jobsamtale_tui.casework.exchange.consumers import delivery
    from jobsamtale_tui.cli.support.lookups import check_filter

    database = where.database()
    with database.connected() as connection:
        check_filter(connection, wanted)
    with delivery(database, name, kind, wanted, with_cpr=with_cpr, again=again) as run:
        _write(run.documents, kind, *way_out, durable=True)
    say(_("Records written for {name}: {count}").format(count=run.count, name=name))


def _documents(
    connection: "Connection", kind: str, wanted: "SessionFilter", *, with_cpr: bool, with_reflections: bool
) -> "Generator[dict[str, Any]]":
    """The documents, as something that can be closed before the connection is."""
    from jobsamtale_tui.casework.exchange import exporting

    yield from exporting.export(connection, kind, wanted, with_cpr=with_cpr, with_reflections=with_reflections)


def _check_new(new: str | None, *, again: bool, output: Path | None, directory: Path | None) -> None:
    if again and new is None:
        raise UsageError(_("--again says nothing without --new"), _("Write --new and the consumer's name with it"))
    if new is not None and output is None and directory is None and sys.__stdout__ is None:
        raise UsageError(
            _("stdout is closed, so {name} would get nothing of what is new").format(name=new),
            _("Write it to a file with -o"),
        )


def _check(
    kind: str,
    form: str,
    output: Path | None,
    directory: Path | None,
    *,
    with_cpr: bool,
    with_reflections: bool,
) -> None:
    if kind != "notes" and (form in FOR_PEOPLE or directory):
        raise UsageError(
            _("Only notes can be written as text or md, or a file each"),
            _("Write jobsamtale export notes, or leave out --format and --dir"),
        )
    if directory and form == "csv":
        raise UsageError(_("A file each is for notes to read"), _("Choose --format text or md"))
    if directory and output:
        raise UsageError(_("-o and --dir exclude each other"), _("Leave one of them out"))
    if with_cpr and kind not in ("citizens", "all"):
        raise UsageError(_("--with-cpr is for citizens and all"), _("Leave it out"))
    if with_reflections and kind != "all":
        raise UsageError(_("Reflections leave only with export all"), _("Write jobsamtale export all"))
    if kind == "all" and form == "csv":
        raise UsageError(
            _("All records do not fit one CSV file"), _("Export one kind at a time, or all of them as jsonl")
        )
