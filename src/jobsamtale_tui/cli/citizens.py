"""`citizen`: find citizens, look at one."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobsamtale_tui.cli.support.context import command_context
from jobsamtale_tui.cli.support.options import Listed, OfCaseworker, OfUnit, key_argument, read_key
from jobsamtale_tui.cli.support.typer_style import Command, noun
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.records import Citizen
    from jobsamtale_tui.store.questions.quick_reads import Connection

app = noun(_("Citizens: list them, show one."), "jobsamtale citizen list --search holm")
NOUNS = {"citizen": app}


@app.command(
    "list",
    cls=Command,
    help=_("Citizens in the order of their names. CPR numbers show as a date of birth alone."),
    epilog="jobsamtale citizen list --search holm\njobsamtale citizen list --unit nord --format json",
)
def list_citizens(
    context: typer.Context,
    search: Annotated[
        str,
        typer.Option(
            "--search", metavar=_("TEXT"), help=_("Whose name, key or case key has these words in it"), parser=read_key
        ),
    ] = "",
    caseworker: OfCaseworker = None,
    unit: OfUnit = None,
    form: Listed = "table",
) -> None:
    """Prints a list."""
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.lookups import check_filter
    from jobsamtale_tui.store.questions import citizen_lists, session_lists

    with command_context(context).reading() as connection:
        check_filter(connection, session_lists.SessionFilter(caseworker=caseworker, unit=unit))
        found = citizen_lists.citizens(connection, search, caseworker=caseworker, unit=unit)
    if form == "json":
        output.write_json([masked(citizen) for citizen in found])
        return
    output.table(
        [_("Name"), _("Key"), _("Case key"), _("CPR"), _("Target group"), _("Caseworker")],
        [
            [
                citizen.name,
                citizen.key,
                citizen.case_key or "",
                _cpr(citizen),
                citizen.target_group or "",
                citizen.caseworker or "",
            ]
            for citizen in found
        ],
    )


@app.command(
    "show",
    cls=Command,
    help=_("One citizen, by key, case key or CPR number."),
    epilog="jobsamtale citizen show mette-holm\njobsamtale citizen show 24-1107 --format json",
)
def show_citizen(
    context: typer.Context,
    key: Annotated[str, key_argument(_("KEY"), "citizen", _("Key, case key or CPR number; - to be asked for it"))],
    form: Listed = "table",
) -> None:
    """Prints one."""
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.lookups import citizen_named

    with command_context(context).reading() as connection:
        found = citizen_named(connection, key)
        if form == "json":
            output.write_json(masked(found))
        else:
            output.facts(_facts(connection, found))


@app.command(
    "steps",
    cls=Command,
    help=_("A citizen's open steps as text, headed by the name of the plan that her target group has."),
    epilog="jobsamtale citizen steps mette-holm",
)
def steps(
    context: typer.Context,
    key: Annotated[str, key_argument(_("KEY"), "citizen", _("Key, case key or CPR number; - to be asked for it"))],
) -> None:
    """Prints the steps."""
    from jobsamtale_tui.casework.facts import plans
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.context import say
    from jobsamtale_tui.cli.support.lookups import citizen_named

    with command_context(context).reading() as connection:
        text = plans.steps_text(connection, citizen_named(connection, key))
    if text:
        output.write(text)
    else:
        say(_("There are no open steps"))


def masked(citizen: "Citizen") -> dict[str, Any]:
    """The citizen's exchange record with the CPR number masked."""
    from jobsamtale_tui.records import as_document

    document = as_document(citizen)
    if citizen.cpr:
        document["cpr"] = _cpr(citizen)
    return document


def _cpr(citizen: "Citizen") -> str:
    from jobsamtale_tui import texts

    return texts.masked_cpr(citizen.cpr) if citizen.cpr else ""


def _facts(connection: "Connection", citizen: "Citizen") -> list[tuple[str, str | None]]:
    from jobsamtale_tui import dates
    from jobsamtale_tui.cli.support.words import word
    from jobsamtale_tui.store.questions import reads, steps

    used, ended = citizen.indicators_used, citizen.ended
    last = reads.last_completed(connection, citizen.key)
    agreement = reads.latest_agreement(connection, citizen.key, dates.today())
    left = [step.what for _session, _place, step in steps.open_steps(connection, citizen.key)]
    goals = [
        _goal(goal.grade, goal.position, goal.function, goal.industry, goal.education)
        for goal in reads.job_goals(connection, citizen.key, dates.today())
    ]
    return [
        (_("Name"), citizen.name),
        (_("Key"), citizen.key),
        (_("Case key"), citizen.case_key),
        (_("CPR"), _cpr(citizen)),
        (_("Target group"), citizen.target_group),
        (_("Caseworker"), citizen.caseworker),
        (_("Contact since"), dates.short_day(citizen.contact_start) if citizen.contact_start else None),
        (_("Readiness"), str(citizen.readiness) if citizen.readiness else None),
        (
            _("Indicators"),
            " · ".join(filter(None, (word("yes" if used.use else "no"), used.reason))) if used else None,
        ),
        (_("Barriers"), "\n".join(used.barriers) if used else None),
        (_("Ended"), f"{dates.short_day(ended.on)} · {word(ended.reason)}" if ended else None),
        (_("Job goals"), "\n".join(goals)),
        (
            _("Agreement"),
            "\n".join(f"{one.indicator}: {one.reason}" for one in agreement.indicators) if agreement else None,
        ),
        (_("Last session"), f"{dates.short_time(last.held_at)} · {last.key}" if last else None),
        (_("Open steps"), "\n".join(left)),
    ]


def _goal(grade: str, *parts: str | None) -> str:
    return f"{grade}: {', '.join(part for part in parts if part)}"
