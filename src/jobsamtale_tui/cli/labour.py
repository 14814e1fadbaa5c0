"""`labour`: the table of what is known of the labour market, and how it is replaced."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from jobsamtale_tui.cli.support.context import command_context, say, warn
from jobsamtale_tui.cli.support.options import Listed
from jobsamtale_tui.cli.support.typer_style import Command, noun
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _, ngettext

app = noun(_("What is known of the labour market, shown beside job goals."), "jobsamtale labour list --search lager")
NOUNS = {"labour": app}


@app.command(
    "list",
    cls=Command,
    help=_("The table in force: occupation, region, outlook, source, day. More than a year old is marked."),
    epilog="jobsamtale labour list\njobsamtale labour list --search lager --format json",
)
def list_(
    context: typer.Context,
    *,
    search: Annotated[
        str, typer.Option("--search", metavar=_("TEXT"), help=_("Whose occupation or region has this in it"))
    ] = "",
    form: Listed = "table",
) -> None:
    """Prints the table."""
    from jobsamtale_tui import dates, texts
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.method.labour import old
    from jobsamtale_tui.reference import labour_market as known

    command_context(context).place()  # the settings, and with them the data folder, are in force
    found, wrong = known.outlooks()
    if wrong:
        raise RefusedError(wrong)
    sought, today = texts.folded(search), dates.today()
    rows = [one for one in found if sought in texts.folded(f"{one.occupation} {one.region}")]
    if form == "json":
        output.write_json([{**known.document(one), "old": old(one, today)} for one in rows])
        return
    _table(rows)


def _table(rows: Any) -> None:
    from jobsamtale_tui import dates
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.method.labour import old

    today = dates.today()
    output.table(
        [_("Occupation"), _("Region"), _("Outlook"), _("Source"), _("Day")],
        [
            [
                one.occupation,
                one.region,
                one.outlook,
                one.source,
                dates.short_day(one.date) + (" ! " + _("more than a year old") if old(one, today) else ""),
            ]
            for one in rows
        ],
    )


@app.command(
    "import",
    cls=Command,
    help=_(
        "Puts the table of a CSV file in the place of the one in force: in the data folder of the setting data, else in"
        " your own. Columns: occupation, region, outlook, source, date. The file is taken whole or not at all."
    ),
    epilog=(
        "jobsamtale labour import jobmuligheder.csv --dry-run\n"
        "jobsamtale labour import jobmuligheder.csv --map outlook=Vurdering"
    ),
)
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("A CSV file; - is stdin"))],
    *,
    told: Annotated[
        list[str] | None,
        typer.Option("--map", metavar=_("FIELD=HEADING"), help=_("Which column is a field; repeatable")),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Report what would happen, and change nothing"))] = False,
) -> None:
    """Replaces the table."""
    from jobsamtale_tui.casework.exchange import labour_import

    if command_context(context).settings.read_only and not dry_run:
        raise RefusedError(_("The program is read-only"), _("Leave out --read-only to replace the table"))
    name = str(file)
    source: Any = sys.stdin.buffer if name == "-" else file
    done = labour_import.take_in(source, name, told or (), dry_run=dry_run)
    warn(done.plan.sentence(name))
    count = len(done.outlooks)
    if dry_run:
        said = ngettext("{count} row could be taken in", "{count} rows could be taken in", count).format(count=count)
        warn(f"{said}. " + _("Nothing was changed: this was a dry run") + ".")
    else:
        said = ngettext("{count} row is in force now, in {path}", "{count} rows are in force now, in {path}", count)
        say(said.format(count=count, path=done.path) + ".")
