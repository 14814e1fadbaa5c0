"""`guide`: the kinds of session, and whether a folder with a guide of one's own can be used."""

from pathlib import Path
from typing import Annotated, Any

import typer

from jobsamtale_tui.cli.support.context import command_context
from jobsamtale_tui.cli.support.options import Listed
from jobsamtale_tui.cli.support.typer_style import Command, noun
from jobsamtale_tui.i18n import _

app = noun(_("The guide: the kinds of session, and a check of your own files."), "jobsamtale guide kinds")
NOUNS = {"guide": app}


@app.command(
    "kinds",
    cls=Command,
    help=_("The kinds of session in force: what each brings, and whether the citizen can book it herself."),
    epilog="jobsamtale guide kinds\njobsamtale guide kinds --format json",
)
def list_kinds(context: typer.Context, *, form: Listed = "table") -> None:
    """Prints a list."""
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.context import warn
    from jobsamtale_tui.cli.support.words import word
    from jobsamtale_tui.reference import session_kinds

    language = command_context(context).settings.lang
    found, wrong = session_kinds.in_force()
    if wrong:
        warn(wrong)
    if form == "json":
        output.write_json([_document(kind) for kind in found])
        return
    output.table(
        [_("Key"), _("Kind"), _("Form"), _("Type"), _("Self-booking"), _("Items"), _("Indicators")],
        [
            [
                kind.key,
                kind.name.say(language),
                word(kind.form),
                str(kind.interview_type or ""),
                _("yes") if kind.self_booking else _("no"),
                " · ".join(item.topic.say(language) for item in kind.items),
                ", ".join(kind.indicators),
            ]
            for kind in found
        ],
    )


def _document(kind: Any) -> dict[str, Any]:
    """A kind with the names that its file has."""
    from jobsamtale_tui.records import as_document

    return {
        "key": kind.key,
        "name": as_document(kind.name),
        "also": list(kind.also),
        "how": as_document(kind.how) if kind.how else None,
        "form": kind.form,
        "interview_type": kind.interview_type,
        "self_booking": kind.self_booking,
        "indicators": list(kind.indicators),
        "actions": list(kind.actions),
        "questions": [as_document(question) for question in kind.questions],
        "item": [{"topic": as_document(item.topic), "core": item.core} for item in kind.items],
    }


@app.command(
    "check",
    cls=Command,
    help=_(
        "Reads a guide folder (phases, themes and cards; kinds; the words for looking back) and says all that is wrong"
        " with it, a line each. Without FOLDER the guide in force. Exit code 1 where anything is wrong."
    ),
    epilog="jobsamtale guide check\njobsamtale guide check /srv/jobsamtale/guide",
)
def check(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar=_("FOLDER"), help=_("A folder as data/guide, with kinds/ in it"))
    ] = None,
) -> None:
    """Prints what is wrong."""
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.context import say
    from jobsamtale_tui.reference import checks as reference_checks

    settings = command_context(context).settings
    del settings  # they say where a municipality's own data lie
    found = reference_checks.faults(folder)
    for fault in found:
        output.write(fault)
    if found:
        raise typer.Exit(1)
    say(_("The guide can be used as it is"))
