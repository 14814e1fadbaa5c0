"""`search`: find words in all notes."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobsamtale_tui.cli.support.context import command_context
from jobsamtale_tui.cli.support.options import Listed, OfCaseworker, OfCitizen, number, read_key
from jobsamtale_tui.cli.support.typer_style import Command, verbs
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.store.sqlite.note_search import Found

app = verbs()
MOST = 10_000


@app.command(
    "search",
    cls=Command,
    help=_(
        "Notes with all these words or parts of words in them, their corrections included, the newest first. Capital"
        " letters do not matter, å is not a, and no sign has a meaning of its own. A part of two letters is looked"
        " for where a word begins, a single letter where it stands alone. Nothing found is an empty list."
    ),
    epilog="jobsamtale search bilka praktik\njobsamtale search dagpenge --citizen mette-holm --format json",
)
def search(
    context: typer.Context,
    text: Annotated[
        list[str], typer.Argument(metavar=_("TEXT…"), help=_("What to find: words or parts of words"), parser=read_key)
    ],
    *,
    citizen: OfCitizen = None,
    caseworker: OfCaseworker = None,
    limit: Annotated[int, number("--limit", 1, MOST, _("No more than this many"))] = 50,
    form: Listed = "table",
) -> None:
    """Prints what is found."""
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.lookups import check_filter, citizen_named
    from jobsamtale_tui.store.questions import session_lists
    from jobsamtale_tui.store.sqlite.note_search import notes_with, words

    sought = " ".join(text)
    if not words(sought):
        raise UsageError(_("There is nothing to search for"), _("Write a word, or a part of one"))
    with command_context(context).reading() as connection:
        key = citizen_named(connection, citizen).key if citizen else None
        check_filter(connection, session_lists.SessionFilter(caseworker=caseworker))
        found = notes_with(connection, sought, caseworker=caseworker, citizen=key, limit=limit)
    if form == "json":
        output.write_json([_document(one) for one in found])
    else:
        output.table([_("Day"), _("Citizen"), _("Session"), _("Note")], [_row(one) for one in found])


def _document(found: "Found") -> dict[str, Any]:
    from jobsamtale_tui import dates

    return {
        "session": found.session,
        "citizen": found.citizen,
        "held_at": dates.iso(found.held_at),
        "snippet": found.snippet,
        "hits": [list(hit) for hit in found.hits],
    }


def _row(found: "Found") -> list[str]:
    from jobsamtale_tui import dates

    day = dates.short_day(dates.local(found.held_at).date())
    return [day, found.citizen_name, found.session, found.marked]
