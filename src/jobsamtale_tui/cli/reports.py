"""`report`: what has come of it, counted over many citizens."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobsamtale_tui.cli.support.context import command_context
from jobsamtale_tui.cli.support.options import Listed, OfUnit, Since, Until, choice, session_filter
from jobsamtale_tui.cli.support.typer_style import Command, noun
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.casework.facts.change_report import Report

app = noun(_("Counts over many citizens; groups under five are not shown."), "jobsamtale report change --unit nord")
NOUNS = {"report": app}
RATERS = ("citizen", "caseworker")
HIDDEN = "–"


@app.command(
    "change",
    cls=Command,
    help=_(
        "How many citizens rose, fell or stayed on each indicator in a period, and among those with an activity of each"
        " field: first score against last, by the rule of the graph. It is no proof of effect. Groups under five, and"
        " what would give them away by subtraction, are not shown: – in the table, null in JSON. A citizen belongs to"
        " the unit of her caseworker. Exit codes: 0 done, 2 wrong usage, 3 no such unit, 4 the database cannot be used."
    ),
    epilog=(
        "jobsamtale report change --unit nord --since 2026-01-01 --until 2026-06-30\n"
        "jobsamtale report change --by caseworker --format json"
    ),
)
def change(
    context: typer.Context,
    *,
    unit: OfUnit = None,
    since: Since = None,
    until: Until = None,
    by: Annotated[str, choice("--by", RATERS, _("Whose scores are counted"))] = "citizen",
    form: Listed = "table",
) -> None:
    """Prints the report."""
    from jobsamtale_tui import i18n
    from jobsamtale_tui.casework.facts import change_report
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.lookups import check_filter

    wanted = session_filter(since=since, until=until, citizen=None, caseworker=None, unit=unit)
    with command_context(context).reading() as connection:
        check_filter(connection, wanted)
        report = change_report.change(
            connection,
            unit=unit,
            since=since,
            until=until,
            by="caseworker" if by == "caseworker" else "citizen",
            language=i18n.language() if form == "table" else "da",
        )
    if form == "json":
        output.write_json(change_report.document(report))
    else:
        _table(report)


def _table(report: "Report") -> None:
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.context import say
    from jobsamtale_tui.cli.support.words import word

    output.table(
        [
            _("Activity"),
            _("Indicator"),
            _("Citizens"),
            _("Real rise"),
            _("Real fall"),
            _("May be chance"),
            _("Too few scores"),
        ],
        [
            [
                word(line.field) if line.field else _("(all)"),
                line.name,
                *(HIDDEN if number is None else str(number) for number in (line.citizens, *line.counts)),
            ]
            for line in report.lines
        ],
    )
    if report.left_out:
        say(_("{count} lines have groups under five and are left out").format(count=report.left_out))
