"""`print`: pages for many citizens in one go; and what `graph` writes for one of them: a drawing or a page."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobsamtale_tui.cli.support.context import command_context, say, warn
from jobsamtale_tui.cli.support.lookups import check_filter, citizen_named
from jobsamtale_tui.cli.support.options import OfCaseworker, OfUnit, Output, key_option
from jobsamtale_tui.cli.support.typer_style import Command, verbs
from jobsamtale_tui.errors import RefusedError, UsageError
from jobsamtale_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from jobsamtale_tui.casework.facts.citizen_page import Run
    from jobsamtale_tui.records import Citizen
    from jobsamtale_tui.store.questions.quick_reads import Connection

app = verbs()
MOST_IN_ONE = 1000
"""Pages of one PDF: it is made in memory as a whole, with a megabyte or less for each."""
EVERY = 25


@app.command(
    "print",
    cls=Command,
    help=_(
        "A page to print for each of many citizens, in their own languages: graph, scores in words, agreement, steps"
        " and next session. A file each with --dir, named by the citizen's key, or all in one PDF."
    ),
    epilog=(
        "jobsamtale print --unit nord --dir pages\n"
        "jobsamtale print --caseworker anne-bech -o pages.pdf\n"
        "jobsamtale print --citizen mette-holm --citizen per-madsen | lp"
    ),
)
def print_(
    context: typer.Context,
    *,
    unit: OfUnit = None,
    caseworker: OfCaseworker = None,
    citizens: Annotated[
        list[str] | None, key_option("--citizen", "citizen", _("This citizen; may be repeated"))
    ] = None,
    directory: Annotated[
        Path | None, typer.Option("--dir", metavar=_("FOLDER"), help=_("A file each, in this folder"))
    ] = None,
    output: Output = None,
) -> None:
    """Prints pages."""
    if not (unit or caseworker or citizens):
        raise UsageError(_("Nobody is named to print a page for"), _("Give --unit, --caseworker or --citizen"))
    if directory and output:
        raise UsageError(_("-o and --dir exclude each other"), _("Leave one of them out"))
    if directory is None:
        _check_stdout(output)
    with command_context(context).reading() as connection:
        wanted = _wanted(connection, unit, caseworker, citizens or [])
        if directory is None and len(wanted) > MOST_IN_ONE:
            raise RefusedError(
                _("{count} pages are too many for one PDF").format(count=len(wanted)),
                _("Have a file each with --dir, or name one caseworker at a time"),
            )
        from jobsamtale_tui.casework.facts.citizen_page import Run
        from jobsamtale_tui.documents.page.typeset import Press

        _tell_languages(wanted)
        run = Run(connection, Press(), _progress(len(wanted)))
        if directory is not None:
            run.files(wanted, directory)
        elif made := run.one_file(wanted):
            _write(made, output)
    _tell(run)


def _wanted(
    connection: "Connection", unit: str | None, caseworker: str | None, named: Sequence[str]
) -> list["Citizen"]:
    """Those who are named, and those of the unit and caseworker whose course has not ended, by name; each once."""
    from jobsamtale_tui import dates
    from jobsamtale_tui.store.questions import citizen_lists, session_lists

    check_filter(connection, session_lists.SessionFilter(unit=unit, caseworker=caseworker))
    found = {one.key: one for one in (citizen_named(connection, key) for key in named)}
    if unit or caseworker:
        today = dates.today()
        for one in citizen_lists.citizens(connection, unit=unit, caseworker=caseworker):
            if one.ended is None or one.ended.on > today:
                found.setdefault(one.key, one)
    return list(found.values())


def write_for_her(
    connection: "Connection",
    citizen: "Citizen",
    form: str,
    indicators: Sequence[str],
    output: Path | None,
    *,
    with_caseworker: bool,
) -> None:
    """Writes one citizen's drawing (`svg`) or page (`pdf`), in her language."""
    from jobsamtale_tui.casework.facts import citizen_page
    from jobsamtale_tui.documents.page import printout

    if form == "pdf":
        _check_stdout(output)
    _tell_languages([citizen])
    facts = citizen_page.page_facts(connection, citizen, indicators, with_caseworker=with_caseworker)
    if form == "pdf":
        _write(citizen_page.pdf(facts), output)
        return
    if not facts.graph.series:
        warn(_("{name} has no scores yet, so there is no graph").format(name=citizen.name))
        return
    from jobsamtale_tui.cli.support.output import destination

    with destination(output) as stream:
        stream.write(printout.svg(facts))


def _check_stdout(output: Path | None) -> None:
    if output is None and sys.stdout.isatty():
        raise UsageError(
            _("A PDF cannot be shown in a terminal"), _("Name a file with -o, or send it on with | to a printer")
        )


def _write(made: bytes, output: Path | None) -> None:
    from jobsamtale_tui.casework.facts.citizen_page import write_pdf

    write_pdf(made, output)


def _tell_languages(citizens: Sequence["Citizen"]) -> None:
    """Whose language the program does not have: their pages are in Danish."""
    from jobsamtale_tui.documents.page.printout import spoken

    others = sorted({one.language for one in citizens if one.language and spoken(one.language) != one.language})
    if others:
        warn(_("There are no pages in {languages}: those are in Danish").format(languages=", ".join(others)))


def _progress(total: int) -> "Callable[[int], None] | None":
    if not sys.stderr.isatty():
        return None

    def show(done: int) -> None:
        if done % EVERY == 0 or done == total:
            sys.stderr.write("\r" + _("{count} of {total} …").format(count=done, total=total))
            sys.stderr.flush()

    return show


def _tell(run: "Run") -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    if run.empty:
        said = ngettext(
            "{count} citizen has nothing to show yet and got no page",
            "{count} citizens have nothing to show yet and got no page",
            run.empty,
        )
        warn(said.format(count=run.empty))
    say(ngettext("{count} page made", "{count} pages made", run.made).format(count=run.made))
