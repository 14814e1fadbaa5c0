"""`contact`: who is due for contact when, and the rule, its source and the sum behind one date."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobsamtale_tui.cli.support.context import command_context
from jobsamtale_tui.cli.support.options import Listed, OfCaseworker, OfUnit, choice, key_argument, read_past_day
from jobsamtale_tui.cli.support.typer_style import Command, noun
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.casework.facts.contact import ContactEntry
    from jobsamtale_tui.method.contact import GroupStanding

app = noun(_("Who is due for contact when, and why."), "jobsamtale contact list --unit nord")
NOUNS = {"contact": app}
STATUSES = ("overdue", "due", "ok", "none")
On = Annotated[
    date | None,
    typer.Option("--on", metavar=_("DATE"), help=_("As it stands on this day (today)"), parser=read_past_day),
]


@app.command(
    "list",
    cls=Command,
    help=_(
        "Citizens by the day on which the next session is due, the most pressing first, by the dated rules of"
        " data/rules/contact. With --unit also how far each target group meets its rule. The table leaves out those of"
        " whom no rule asks anything now unless --status none asks for them; JSON has all. Exit codes: 0 done, 1 the"
        " rules cannot be read, 2 wrong usage, 3 no such unit or caseworker, 4 the database cannot be used."
    ),
    epilog=(
        "jobsamtale contact list --unit nord\n"
        "jobsamtale contact list --caseworker mkn --status overdue\n"
        "jobsamtale contact list --on 2026-07-01 --format json"
    ),
)
def list_contact(
    context: typer.Context,
    *,
    on: On = None,
    unit: OfUnit = None,
    caseworker: OfCaseworker = None,
    status: Annotated[str | None, choice("--status", STATUSES, _("Only those who stand so"))] = None,
    form: Listed = "table",
) -> None:
    """Prints the list."""
    from jobsamtale_tui import dates
    from jobsamtale_tui.casework.facts import contact
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.lookups import check_filter
    from jobsamtale_tui.method.contact import groups
    from jobsamtale_tui.store.questions.session_lists import SessionFilter

    day = on or dates.today()
    with command_context(context).reading() as connection:
        check_filter(connection, SessionFilter(caseworker=caseworker, unit=unit))
        found = contact.entries(connection, day, caseworker=caseworker, unit=unit)
    shares = groups((one.standing for one in found), day) if unit else []
    if status:
        found = [one for one in found if one.standing.status == status]
    if form == "json":
        by_rule = {(one.target_group, one.rule.id): one for one in shares}
        output.write_json_list(contact.document(one, by_rule.get(_rule_of(one))) for one in found)
        return
    _table([one for one in found if status or one.standing.status != "none"], day)
    if shares:
        output.write("")
        _shares(shares)


def _rule_of(entry: "ContactEntry") -> tuple[str, str]:
    standing = entry.standing
    return standing.target_group or "", standing.rule.id if standing.rule else ""


def _table(found: "list[ContactEntry]", on: date) -> None:
    from jobsamtale_tui import dates
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.documents.contact import MARKS, STATUSES
    from jobsamtale_tui.i18n import language
    from jobsamtale_tui.reference import target_groups

    names = target_groups.names(language())
    rows = []
    for one in found:
        standing, rule = one.standing, one.standing.rule
        group = standing.target_group or ""
        rows.append(
            [
                f"{MARKS[standing.status]} {_(STATUSES[standing.status])}",
                dates.short_day(standing.due) if standing.due else "",
                one.name,
                one.citizen,
                names.get(group, group),
                f"{standing.held}/{rule.required}" if rule else "",
                dates.short_day(standing.period_end) if standing.period_end else "",
                rule.id if rule else "",
            ]
        )
    output.table(
        [_("Status"), _("Due"), _("Name"), _("Key"), _("Target group"), _("Held"), _("Period ends"), _("Rule")], rows
    )
    if not rows:
        from jobsamtale_tui.cli.support.context import say

        say(_("Nobody has a date by the rules on {day}").format(day=dates.short_day(on)))


def _shares(found: "list[GroupStanding]") -> None:
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.i18n import language
    from jobsamtale_tui.reference import target_groups

    names = target_groups.names(language())
    output.table(
        [_("Target group"), _("Rule"), _("Citizens"), _("Met"), _("Asked for"), _("Average"), _("Overdue")],
        [
            [
                names.get(one.target_group, one.target_group),
                one.rule.id,
                str(one.citizens),
                f"{round(one.share * 100)} % ({one.met})",
                _("average {number}").format(number=one.rule.required)
                if one.rule.average
                else f"{round(one.rule.share * 100)} %",
                f"{one.average:.1f}".replace(".", "," if language() == "da" else "."),
                str(one.overdue),
            ]
            for one in found
        ],
    )


@app.command(
    "explain",
    cls=Command,
    help=_(
        "Why a citizen's date is what it is: the rule, its source and whether the statute was read, what was counted,"
        " how the date came out. Exit codes: 0 done, 2 wrong usage, 3 no such citizen, 4 the database cannot be used."
    ),
    epilog="jobsamtale contact explain mette-holm\njobsamtale contact explain 24-1107 --on 2026-07-01",
)
def explain(
    context: typer.Context,
    citizen: Annotated[
        str, key_argument(_("CITIZEN"), "citizen", _("Key, case key or CPR number; - to be asked for it"))
    ],
    *,
    on: On = None,
    form: Listed = "table",
) -> None:
    """Prints the explanation."""
    from jobsamtale_tui import dates, i18n
    from jobsamtale_tui.casework.facts import contact
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.lookups import citizen_named

    with command_context(context).reading() as connection:
        key = citizen_named(connection, citizen).key
        found = contact.explain(connection, key, on or dates.today(), i18n.language())
    if found is None:
        return
    if form == "json":
        output.write_json(_document(found.entry) | {"because": found.because})
        return
    from jobsamtale_tui.documents.contact import MARKS, STATUSES

    standing = found.entry.standing
    output.facts(
        [
            (_("Citizen"), f"{found.entry.name} · {key}"),
            (_("Status"), f"{MARKS[standing.status]} {_(STATUSES[standing.status])}"),
            (_("Due"), dates.short_day(standing.due) if standing.due else None),
            (_("Because"), "\n".join(found.because)),
        ]
    )


def _document(entry: "ContactEntry") -> dict[str, Any]:
    from jobsamtale_tui.casework.facts import contact

    rule = entry.standing.rule
    source = {"source": rule.source, "source_read": rule.read} if rule else {"source": None, "source_read": None}
    return contact.document(entry) | source
