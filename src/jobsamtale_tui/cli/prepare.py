"""`prepare`: what to know before a session, and for a colleague who takes over."""

from datetime import date
from typing import Annotated

import typer

from jobsamtale_tui.cli.support.context import command_context, warn
from jobsamtale_tui.cli.support.lookups import citizen_named
from jobsamtale_tui.cli.support.options import choice, key_argument, read_past_day
from jobsamtale_tui.cli.support.typer_style import Command, verbs
from jobsamtale_tui.i18n import _

app = verbs()


@app.command(
    "prepare",
    cls=Command,
    help=_(
        "What to know before a session, on one screen of 80 by 24: last time, what is open, goals, activities, search,"
        " and what could be talked about. A proposal is only that: the citizen decides the agenda. With a day the"
        " briefing is as of that day; steps stand as they stand now. Exit codes: 0 done, 1 a list of your own cannot"
        " be read, 2 wrong usage, 3 no such citizen, 4 the database cannot be used."
    ),
    epilog="jobsamtale prepare mette-holm\njobsamtale prepare mette-holm --full | lp",
)
def prepare(
    context: typer.Context,
    citizen: Annotated[
        str, key_argument(_("CITIZEN"), "citizen", _("Key, case key or CPR number; - to be asked for it"))
    ],
    *,
    on: Annotated[
        date | None,
        typer.Option("--on", metavar=_("DATE"), help=_("For a session on this day (today)"), parser=read_past_day),
    ] = None,
    form: Annotated[str, choice("--format", ("text", "json"), _("How to write it"))] = "text",
    full: Annotated[bool, typer.Option("--full", help=_("All there is, with the facts behind each proposal"))] = False,
) -> None:
    """Prints a briefing."""
    from jobsamtale_tui import dates
    from jobsamtale_tui.casework.facts.briefing import briefing
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.documents.briefing import briefing_forms as documents

    with command_context(context).reading() as connection:
        made = briefing(connection, citizen_named(connection, citizen), on or dates.today())
    if made.warning:
        warn(made.warning)
    if form == "json":
        output.write_json(documents.document(made))
    else:
        output.write(documents.text(made, height=None if full else documents.HEIGHT))
