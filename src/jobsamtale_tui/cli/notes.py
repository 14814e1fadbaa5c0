"""`note` and `graph`: one session's journal note, one citizen's progress."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobsamtale_tui.cli.support.context import command_context, warn
from jobsamtale_tui.cli.support.failures import not_found
from jobsamtale_tui.cli.support.lookups import citizen_named, session_named
from jobsamtale_tui.cli.support.options import Output, choice, key_argument, key_option, number
from jobsamtale_tui.cli.support.typer_style import Command, verbs
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.documents.graph.facts import GraphFacts
    from jobsamtale_tui.records import Session
    from jobsamtale_tui.store.questions.quick_reads import Connection

app = verbs()
FOR_HER = ("svg", "pdf")
GRAPH_FORMATS = ("term", "text", "json", "csv", *FOR_HER)
WIDTH, HEIGHT = 80, 24


@app.command(
    "note",
    cls=Command,
    help=_(
        "The journal note of a session; of an open session a draft. As text and JSON it is as it was written, and it is"
        " said where it has been corrected since; Markdown and HTML have the corrections below it."
    ),
    epilog=("jobsamtale note 20260601-0800-4k7m2q9x\njobsamtale note 20260601-0800-4k7m2q9x --format html > note.html"),
)
def note(
    context: typer.Context,
    session: Annotated[str, key_argument(_("SESSION"), "session", _("The session's key"))],
    form: Annotated[str, choice("--format", ("text", "md", "html", "json"), _("How to write it"))] = "text",
) -> None:
    """Prints a note."""
    from jobsamtale_tui.cli.support.output import write, write_json
    from jobsamtale_tui.store.questions import quick_reads

    with command_context(context).reading() as connection:
        text = quick_reads.kept_text(connection, session) if form == "text" else None
        if text is not None:
            write(text)
            return
        found = session_named(connection, session)
        if found.amendments and form in ("text", "json"):
            warn(_("The note has been corrected since: --format md has the corrections too, below the note."))
        if form == "json":
            from jobsamtale_tui.casework.facts import notes
            from jobsamtale_tui.documents.note.facts import document

            write_json(document(notes.note_facts(connection, found), _note(connection, found)))
        else:
            write(_written(connection, found, form))


def _note(connection: "Connection", session: "Session") -> Any:
    if session.note:
        return session.note
    from jobsamtale_tui.casework.facts.notes import note_of

    return note_of(connection, session)


def _written(connection: "Connection", session: "Session", form: str) -> str:
    from jobsamtale_tui.documents.note import forms as note_forms
    from jobsamtale_tui.store.questions import reads

    if form == "text":
        return str(_note(connection, session).text)
    names = {by: found.name for by in _writers(session) if (found := reads.caseworker(connection, by))}
    text: str = note_forms.with_amendments(_note(connection, session).text, session.amendments, names)
    if form == "md":
        return note_forms.to_markdown(text)
    if form == "html":
        return note_forms.to_html(text, text.partition("\n")[0]).removesuffix("\n")
    return text


def _writers(session: "Session") -> set[str]:
    return {amendment.by for amendment in session.amendments}


@app.command(
    "graph",
    cls=Command,
    help=_(
        "A citizen's scores over time: as a graph in the terminal, as data, or for the citizen in her own language: the"
        " drawing (svg), or a page to print with scores, steps and the next session (pdf)."
    ),
    epilog=(
        "jobsamtale graph mette-holm\n"
        "jobsamtale graph mette-holm --indicator jobtro --format csv -o jobtro.csv\n"
        "jobsamtale graph mette-holm --format pdf -o mette-holm.pdf"
    ),
)
def graph(
    context: typer.Context,
    citizen: Annotated[
        str, key_argument(_("CITIZEN"), "citizen", _("Key, case key or CPR number; - to be asked for it"))
    ],
    *,
    form: Annotated[str, choice("--format", GRAPH_FORMATS, _("How to write it; svg and pdf for the citizen"))] = "term",
    indicators: Annotated[
        list[str] | None, key_option("--indicator", "indicator", _("This indicator alone; may be repeated"))
    ] = None,
    width: Annotated[int | None, number("--width", 20, 1000, _("Columns of the drawing"))] = None,
    height: Annotated[int | None, number("--height", 8, 1000, _("Lines of the drawing"))] = None,
    with_caseworker: Annotated[
        bool, typer.Option("--with-caseworker", help=_("svg and pdf: the caseworker's scores too"))
    ] = False,
    output: Output = None,
) -> None:
    """Prints a graph."""
    if with_caseworker and form not in FOR_HER:
        raise UsageError(_("--with-caseworker is for svg and pdf"), _("Leave it out: the others show both raters"))
    from jobsamtale_tui.casework.facts.notes import graph_facts

    where = command_context(context)
    with where.reading() as connection:
        found = citizen_named(connection, citizen)
        _check_indicators(connection, indicators or [])
        if form in FOR_HER:
            from jobsamtale_tui.cli import printing

            printing.write_for_her(connection, found, form, indicators or [], output, with_caseworker=with_caseworker)
            return
        facts = graph_facts(connection, found, indicators or [])
    _write_graph(facts, form, width, height, output)


def _check_indicators(connection: "Connection", wanted: list[str]) -> None:
    from jobsamtale_tui.casework.facts import notes

    for key in wanted:
        if not notes.versions_of(connection, key):
            raise not_found(_("There is no indicator {key}").format(key=key), "jobsamtale indicator list")


def _write_graph(facts: "GraphFacts", form: str, width: int | None, height: int | None, output: Output) -> None:
    import json
    import sys

    from jobsamtale_tui.cli.support import output as out
    from jobsamtale_tui.documents.graph import facts as drawing

    if form == "json" and output is None:
        out.write_json(drawing.document(facts))
        return
    if form in ("term", "text"):
        if not facts.series:
            warn(_("{name} has no scores yet, so there is no graph").format(name=facts.citizen_name))
            return
        in_terminal = form == "term" and output is None and sys.stdout.isatty()
        columns, lines = _window() if in_terminal else (WIDTH, HEIGHT)
        colour = in_terminal and out.colour_wanted()
        drawn = drawing.draw(facts, width or columns, height or lines, colour)
        if output is None:
            out.write_coloured(drawn)
            return
        with out.destination(output) as stream:
            stream.write(f"{drawn}\n")
        return
    with out.destination(output) as stream:
        if form == "json":
            json.dump(drawing.document(facts), stream, ensure_ascii=False, indent=2)
            stream.write("\n")
        else:
            _write_csv(facts, stream)


def _write_csv(facts: "GraphFacts", stream: Any) -> None:
    import csv

    from jobsamtale_tui.casework.exchange.export_files import cell
    from jobsamtale_tui.documents.graph import facts as drawing

    writer = csv.DictWriter(stream, drawing.COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in drawing.rows(facts):
        writer.writerow({name: cell(value) for name, value in row.items()})


def _window() -> tuple[int, int]:
    """The terminal's size, a line left for the prompt."""
    from shutil import get_terminal_size

    size = get_terminal_size((WIDTH, HEIGHT))
    return size.columns, max(8, size.lines - 1)
