"""`session`: list sessions, look at one."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobsamtale_tui.cli.support.context import command_context
from jobsamtale_tui.cli.support.options import (
    Listed,
    OfCaseworker,
    OfCitizen,
    OfUnit,
    Output,
    Since,
    Until,
    choice,
    key_argument,
    session_filter,
)
from jobsamtale_tui.cli.support.typer_style import Command, noun
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.records import Session

app = noun(_("Sessions: list them, show one."), "jobsamtale session list --status planned")
NOUNS = {"session": app}
STATUSES = ("planned", "draft", "completed", "cancelled", "no_show")


@app.command(
    "list",
    cls=Command,
    help=_("Sessions in the order in which they were held."),
    epilog=(
        "jobsamtale session list --status planned --caseworker mkn\n"
        "jobsamtale session list --since 2026-01-01 --until 2026-03-31 --format json"
    ),
)
def list_sessions(
    context: typer.Context,
    *,
    since: Since = None,
    until: Until = None,
    citizen: OfCitizen = None,
    caseworker: OfCaseworker = None,
    unit: OfUnit = None,
    status: Annotated[str | None, choice("--status", STATUSES, _("With this status"))] = None,
    form: Listed = "table",
) -> None:
    """Prints a list."""
    from jobsamtale_tui import dates
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.lookups import check_filter
    from jobsamtale_tui.cli.support.words import word
    from jobsamtale_tui.store.questions import reads, session_lists

    wanted = session_filter(since=since, until=until, citizen=citizen, caseworker=caseworker, unit=unit, status=status)
    with command_context(context).reading() as connection:
        check_filter(connection, wanted)
        if form == "json":
            where, values = session_lists.session_filter(wanted)
            output.write_json(list(reads.documents(connection, "session", where, values, '"held_at", "key"')))
            return
        lines = session_lists.session_lines(connection, *session_lists.session_filter(wanted, "s"))
    output.table(
        [_("Held"), _("Status"), _("Citizen"), _("Key"), _("Caseworker"), _("Type"), _("Kind"), _("Theme")],
        [
            [
                dates.short_time(line.held_at),
                word(line.status),
                line.citizen_name,
                line.key,
                line.caseworker or "",
                str(line.interview_type or ""),
                line.session_kind or "",
                line.theme or "",
            ]
            for line in lines
        ],
    )


@app.command(
    "show",
    cls=Command,
    help=_("One session: agenda, scores, steps and all. Its journal note is `jobsamtale note`."),
    epilog="jobsamtale session show 20260601-0800-4k7m2q9x --format json",
)
def show_session(
    context: typer.Context,
    key: Annotated[str, key_argument(_("KEY"), "session", _("The session's key"))],
    form: Listed = "table",
) -> None:
    """Prints one."""
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.lookups import session_named
    from jobsamtale_tui.records import as_document

    with command_context(context).reading() as connection:
        found = session_named(connection, key)
    if form == "json":
        output.write_json(as_document(found))
    else:
        output.facts(_facts(found))


@app.command(
    "ics",
    cls=Command,
    help=_(
        "The next session that was agreed in this one, or a planned session itself, as a file for the citizen's"
        " calendar: private, without names, case keys or CPR numbers."
    ),
    epilog="jobsamtale session ics 20260601-0800-4k7m2q9x -o samtale.ics",
)
def ics(
    context: typer.Context,
    key: Annotated[str, key_argument(_("KEY"), "session", _("The session's key"))],
    output: Output = None,
) -> None:
    """Writes the calendar file."""
    from jobsamtale_tui.casework.facts import invitations
    from jobsamtale_tui.cli.support.lookups import session_named
    from jobsamtale_tui.cli.support.output import destination

    with command_context(context).reading() as connection:
        content = invitations.calendar(connection, session_named(connection, key))
    with destination(output) as stream:
        stream.write(content)


@app.command(
    "message",
    cls=Command,
    help=_("The next session as a line in Danish to send by text message; nobody is named in it."),
    epilog="jobsamtale session message 20260601-0800-4k7m2q9x",
)
def message(
    context: typer.Context,
    key: Annotated[str, key_argument(_("KEY"), "session", _("The session's key"))],
) -> None:
    """Prints the line."""
    from jobsamtale_tui.casework.facts import invitations
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.lookups import session_named

    with command_context(context).reading() as connection:
        output.write(invitations.line(connection, session_named(connection, key)))


def _facts(session: "Session") -> list[tuple[str, str | None]]:
    from jobsamtale_tui import dates
    from jobsamtale_tui.cli.support.words import word
    from jobsamtale_tui.method.kinds import interview_type

    after = session.next
    return [
        (_("Key"), session.key),
        (_("Citizen"), session.citizen),
        (_("Caseworker"), session.caseworker),
        (_("Held"), dates.short_time(session.held_at)),
        (_("Minutes"), str(session.minutes) if session.minutes else None),
        (_("Form"), word(session.form)),
        (_("Interview type"), interview_type(session.interview_type) if session.interview_type else None),
        (_("Kind of session"), session.session_kind),
        (_("Booked by"), word(session.booked_by)),
        (
            _("Others who take part"),
            "\n".join(_line(word(person.role), person.name) for person in session.participants),
        ),
        (_("Status"), word(session.status)),
        (_("Theme"), session.theme),
        (_("Why this content"), session.risk),
        (_("Frame"), session.frame),
        (_("Need"), session.need),
        (
            _("Agenda"),
            "\n".join(_line(item.topic, word(item.state), item.conclusion) for item in session.agenda),
        ),
        (
            _("Scores"),
            "\n".join(_line(f"{one.indicator} {one.value}", word(one.by), one.remark) for one in session.scores),
        ),
        (_("Remarks"), session.remarks),
        (
            _("Steps"),
            "\n".join(
                _line(
                    step.what,
                    step.how,
                    dates.short_day(step.when) if step.when else None,
                    word(step.who),
                    _state(step.status),
                )
                for step in session.steps
            ),
        ),
        (_("Summary"), session.summary),
        (_("Added"), session.summary_added),
        (_("Next session"), _line(dates.short_time(after.at), after.reason) if after else None),
        (_("Corrections"), str(len(session.amendments)) if session.amendments else None),
    ]


def _state(status: str) -> str:
    from jobsamtale_tui.cli.support.words import word

    return _("not done yet") if status == "open" else word(status)


def _line(*parts: str | None) -> str:
    return " · ".join(" ".join(part.split()) for part in parts if part)
