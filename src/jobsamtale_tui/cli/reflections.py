"""`reflection`: one's own looks back on sessions."""

from typing import TYPE_CHECKING

import typer

from jobsamtale_tui.cli.support.context import command_context
from jobsamtale_tui.cli.support.options import Listed
from jobsamtale_tui.cli.support.typer_style import Command, noun
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.records import Balance, Quality

app = noun(_("Your own looks back on sessions."), "jobsamtale reflection list")
NOUNS = {"reflection": app}


@app.command(
    "list",
    cls=Command,
    help=_(
        "What you wrote when you looked back on sessions, and what colleagues and leaders wrote of yours, the newest"
        " first. For learning: it stands in no note and no report, and in an export only with --with-reflections."
        " --user proves nothing: whoever may open the database can read all of it."
    ),
    epilog="jobsamtale reflection list\njobsamtale reflection list --format json",
)
def list_reflections(context: typer.Context, *, form: Listed = "table") -> None:
    """Prints a list."""
    from jobsamtale_tui import dates, records
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.words import word
    from jobsamtale_tui.store.questions import reflections

    with command_context(context).reading() as connection:
        user = command_context(context).settings.user
        if user is None:
            raise UsageError(
                _("Looks back are shown to the one they belong to"), _("Say who you are: jobsamtale --user KEY …")
            )
        found = reflections.for_caseworker(connection, user)
    if form == "json":
        output.write_json([records.as_document(one.record) for one in found])
        return
    output.table(
        [_("Held"), _("Session"), _("By"), _("As"), _("Roles"), _("Quality"), _("What worked"), _("To take along")],
        [
            [
                dates.short_time(one.held_at),
                one.record.session,
                one.by_name,
                word(one.record.role),
                _shares(one.record.roles),
                _levels(one.record.quality),
                one.record.worked or "",
                one.record.note or "",
            ]
            for one in found
        ],
    )


def _shares(roles: "Balance | None") -> str:
    """Coach, adviser and authority in per cent."""
    return f"{roles.coach}/{roles.adviser}/{roles.authority}" if roles else ""


def _levels(quality: "Quality | None") -> str:
    """The six levels in the format's order."""
    from jobsamtale_tui.method.quality import ASPECTS

    return " ".join(str(getattr(quality, name)) for name in ASPECTS) if quality else ""
