"""`lint`: what could be plainer in notes, or had better not stand there."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobsamtale_tui.cli.support.context import command_context
from jobsamtale_tui.cli.support.lookups import check_filter, session_named
from jobsamtale_tui.cli.support.options import (
    OfCaseworker,
    OfCitizen,
    OfUnit,
    Since,
    Until,
    choice,
    keys_of,
    read_key,
    session_filter,
)
from jobsamtale_tui.cli.support.typer_style import Command, verbs
from jobsamtale_tui.errors import RefusedError, UsageError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.method.lint import Finding
    from jobsamtale_tui.store.questions.quick_reads import Connection

app = verbs()


@app.command(
    "lint",
    cls=Command,
    help=_(
        "Reads notes through for what could be plainer or had better not stand there: readability (LIX), long"
        " sentences, officialese, vague steps, a job goal that is missing or fits any job, and words that look like"
        " health details or the names of others. Offline; nothing is changed. Sessions are named, or those that are"
        " completed or under way are taken by the options; - is a text on stdin, such as a letter. Exit code: 0"
        " nothing found, 1 something found, 3 no such session."
    ),
    epilog="jobsamtale lint 20260601-0800-4k7m2q9x\njobsamtale lint --since 1/6 --caseworker anne --format json\n"
    "jobsamtale lint - < letter.txt",
)
def lint(
    context: typer.Context,
    sessions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("[SESSION…]"),
            help=_("The sessions' keys; - is a text on stdin"),
            parser=read_key,
            autocompletion=keys_of("session"),
        ),
    ] = None,
    *,
    since: Since = None,
    until: Until = None,
    citizen: OfCitizen = None,
    caseworker: OfCaseworker = None,
    unit: OfUnit = None,
    form: Annotated[str, choice("--format", ("text", "json"), _("How to write it"))] = "text",
) -> None:
    """Prints what is found."""
    from jobsamtale_tui.casework.facts import read_through
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.store.questions import session_lists

    wanted = session_filter(since=since, until=until, citizen=citizen, caseworker=caseworker, unit=unit)
    if bool(sessions) == (wanted != session_lists.SessionFilter()):
        raise UsageError(
            _("Either sessions are named or they are taken by options, one of the two"),
            _("Name a session, or give --since, --until, --citizen, --caseworker or --unit"),
        )
    if "-" in (sessions or ()) and len(sessions or ()) > 1:
        raise UsageError(_("A text on stdin is read by itself"), _("Leave out - or the sessions' keys"))
    where = command_context(context)
    found: list[tuple[str, list[Finding]]] = []
    if sessions == ["-"]:
        where.place()  # by now it is known where a municipality's own lists lie
        found.append(("-", read_through.findings_of_text(_stdin())))
    else:
        with where.reading() as connection:
            if not sessions:
                check_filter(connection, wanted)
            found.extend(
                (key, read_through.findings(connection, session_named(connection, key)))
                for key in sessions or _keys(connection, wanted)
            )
    if form == "json":
        output.write_json([_document(key, one) for key, several in found for one in several])
    else:
        for key, several in found:
            for one in several:
                output.write(f"{key}: {read_through.sentence(one)}".replace("\n", " "))
    if any(several for _key, several in found):
        raise typer.Exit(1)


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(
            _("The text on stdin is not UTF-8 (byte {place})").format(place=error.start + 1),
            _("Convert it first: iconv -f WINDOWS-1252 -t UTF-8 FILE"),
        ) from None


def _keys(connection: "Connection", wanted: Any) -> list[str]:
    from jobsamtale_tui.store.questions import session_lists

    where, values = session_lists.session_filter(wanted, "s")
    lines = session_lists.session_lines(connection, where, values)
    return [one.key for one in lines if one.status in ("completed", "draft")]


def _document(key: str, finding: "Finding") -> dict[str, Any]:
    return {
        "session": None if key == "-" else key,
        "kind": finding.kind,
        "where": finding.where,
        "what": finding.what,
        "why": finding.why,
        "suggestion": finding.suggestion,
    }
