"""`agreement`: list agreements on indicators, look at one, export them."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from jobsamtale_tui.cli.support.context import command_context, warn
from jobsamtale_tui.cli.support.options import (
    Listed,
    OfCaseworker,
    OfCitizen,
    OfUnit,
    Output,
    choice,
    keys_of,
    read_key,
    read_past_day,
    session_filter,
)
from jobsamtale_tui.cli.support.typer_style import Command, noun
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.records import Agreement, ChosenIndicator, Citizen
    from jobsamtale_tui.store.questions.quick_reads import Connection

app = noun(_("Agreements on indicators: list, show, export."), "jobsamtale agreement list --unit nord")
NOUNS = {"agreement": app}


def _names(context: typer.Context, incomplete: str) -> list[str]:
    return [*keys_of("citizen")(context, incomplete), *keys_of("agreement")(context, incomplete)]


@app.command(
    "list",
    cls=Command,
    help=_("Agreements by citizen, the oldest first."),
    epilog=(
        "jobsamtale agreement list --caseworker mkn\n"
        "jobsamtale agreement list --unit nord --on 2026-06-01 --format json"
    ),
)
def list_agreements(
    context: typer.Context,
    *,
    citizen: OfCitizen = None,
    caseworker: OfCaseworker = None,
    unit: OfUnit = None,
    on: Annotated[
        date | None,
        typer.Option("--on", metavar=_("DATE"), parser=read_past_day, help=_("Those in force on this day")),
    ] = None,
    form: Listed = "table",
) -> None:
    """Prints a list."""
    from jobsamtale_tui import dates
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.lookups import check_filter
    from jobsamtale_tui.method.agreements import chosen_on
    from jobsamtale_tui.store.questions import agreements

    wanted = session_filter(since=None, until=None, citizen=citizen, caseworker=caseworker, unit=unit)
    day = on or dates.today()
    with command_context(context).reading() as connection:
        check_filter(connection, wanted)
        if form == "json":
            output.write_json(list(agreements.documents(connection, wanted, on)))
            return
        lines = agreements.lines(connection, wanted, on)
    output.table(
        [_("Citizen"), _("From"), _("Until"), _("Weeks between"), _("Indicators"), _("Key")],
        [
            [
                line.citizen_name,
                dates.short_day(line.agreement.from_),
                dates.short_day(line.agreement.until) if line.agreement.until else "",
                str(line.agreement.every_weeks or ""),
                ", ".join(one.indicator for one in chosen_on(line.agreement, day)),
                line.agreement.key,
            ]
            for line in lines
        ],
    )


@app.command(
    "show",
    cls=Command,
    help=_(
        "One agreement by its key, or the one that a citizen has now: period, indicators with their reasons, and what"
        " was changed and why."
    ),
    epilog="jobsamtale agreement show mette-holm\njobsamtale agreement show mette-holm --format json",
)
def show_agreement(
    context: typer.Context,
    key: Annotated[
        str,
        typer.Argument(
            metavar=_("KEY|CITIZEN"),
            help=_("The agreement's key; or the citizen's key, case key or CPR number, - to be asked for it"),
            parser=read_key,
            autocompletion=_names,
        ),
    ],
    form: Listed = "table",
) -> None:
    """Prints one."""
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.records import as_document

    with command_context(context).reading() as connection:
        found, citizen = _named(connection, key)
        if form == "json":
            output.write_json(as_document(found))
        else:
            output.facts(_facts(connection, found, citizen))


@app.command(
    "export",
    cls=Command,
    help=_("Writes agreements as JSON Lines or CSV, as jobsamtale export agreements does."),
    epilog="jobsamtale agreement export --unit nord --format csv -o agreements.csv",
)
def export_agreements(
    context: typer.Context,
    *,
    form: Annotated[str, choice("--format", ("jsonl", "csv"), _("How to write it"))] = "jsonl",
    citizen: OfCitizen = None,
    caseworker: OfCaseworker = None,
    unit: OfUnit = None,
    output: Output = None,
) -> None:
    """Exports."""
    from jobsamtale_tui.cli.exchange import export_

    export_(context, "agreements", form=form, citizen=citizen, caseworker=caseworker, unit=unit, output=output)


def _named(connection: "Connection", key: str) -> "tuple[Agreement, Citizen]":
    """An agreement and its citizen, or the agreement that a citizen has today. Raises NotFoundError."""
    from jobsamtale_tui import dates
    from jobsamtale_tui.cli.support.failures import not_found
    from jobsamtale_tui.cli.support.lookups import citizen_named
    from jobsamtale_tui.store.questions import agreements, reads

    found = agreements.agreement(connection, key)
    citizen = citizen_named(connection, found.citizen if found else key)
    found = found or reads.latest_agreement(connection, citizen.key, dates.today())
    if found is None:
        raise not_found(
            _("{name} has no agreement on indicators").format(name=citizen.key), "jobsamtale agreement list"
        )
    return found, citizen


def _facts(connection: "Connection", agreement: "Agreement", citizen: "Citizen") -> list[tuple[str, str | None]]:
    from jobsamtale_tui import dates
    from jobsamtale_tui.casework.indicators import families
    from jobsamtale_tui.method.agreements import chosen_on, run_out

    today = dates.today()
    names = {one.key: one.name.say() for one in families.choosable(connection, today)}
    chosen = [one for one in chosen_on(agreement, today) if one.end_reason is None]
    out = [one for one in agreement.indicators if one.end_reason is not None]

    def line(one: "ChosenIndicator", *said: str | None) -> str:
        return _line(names.get(one.indicator, one.indicator), *said)

    return [
        (_("Key"), agreement.key),
        (_("Citizen"), f"{citizen.name} ({citizen.key})"),
        (_("From"), dates.short_day(agreement.from_)),
        (_("Until"), dates.short_day(agreement.until) if agreement.until else _("until further notice")),
        ("", _("! The agreement's period has run out") if run_out(agreement, today) else None),
        (_("Weeks between"), str(agreement.every_weeks) if agreement.every_weeks else None),
        (_("Chosen together"), "\n".join(line(one, one.reason) for one in chosen)),
        (
            _("Taken out"),
            "\n".join(line(one, dates.short_day(one.until) if one.until else None, one.end_reason) for one in out),
        ),
        (_("Changes"), _changes(connection, agreement)),
        (_("Suggested"), _suggested(connection, citizen, names, {one.indicator for one in (*chosen, *out)})),
    ]


def _changes(connection: "Connection", agreement: "Agreement") -> str:
    from jobsamtale_tui import dates
    from jobsamtale_tui.store.questions import reads

    workers = {one.by: reads.caseworker(connection, one.by) for one in agreement.changes if one.by}
    by = {key: worker.name if worker else key for key, worker in workers.items()}
    return "\n".join(
        _line(dates.short_time(one.at), by.get(one.by or ""), one.what, one.reason) for one in agreement.changes
    )


def _suggested(connection: "Connection", citizen: "Citizen", names: Mapping[str, str], taken: Collection[str]) -> str:
    from jobsamtale_tui import dates
    from jobsamtale_tui.casework.facts import suggestions

    try:
        found = suggestions.suggested(connection, citizen, dates.today(), taken=taken)
    except RefusedError as error:
        warn(str(error))
        return ""
    return "\n".join(
        _line(names[one.indicator], "; ".join(map(suggestions.sentence, one.because)))
        for one in found
        if one.indicator in names
    )


def _line(*parts: str | None) -> str:
    return " · ".join(" ".join(part.split()) for part in parts if part)
