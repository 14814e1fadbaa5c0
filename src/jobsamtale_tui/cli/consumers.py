"""`consumer`: who fetches what is new with `export --new`, and what they have had."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from jobsamtale_tui.cli.support.context import command_context, say
from jobsamtale_tui.cli.support.options import Listed, choice, key_argument
from jobsamtale_tui.cli.support.typer_style import Command, noun
from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.casework.exchange.consumers import Consumer

app = noun(
    _("Consumers: programs that fetch what is new, by the name they give to export --new."), "jobsamtale consumer list"
)
NOUNS = {"consumer": app}
FOLLOWED = ("citizens", "agreements", "sessions", "scores", "steps", "notes", "indicators")


@app.command(
    "list",
    cls=Command,
    help=_("Who has had what, and when. A run that was begun and not ended is repeated by the next."),
    epilog="jobsamtale consumer list\njobsamtale consumer list --format json",
)
def list_consumers(context: typer.Context, form: Listed = "table") -> None:
    """Prints a list."""
    from jobsamtale_tui.casework.exchange import consumers
    from jobsamtale_tui.cli.support import output

    with command_context(context).reading() as connection:
        found = consumers.known(connection)
    if form == "json":
        output.write_json([asdict(one) for one in found])
        return
    output.table(
        [_("Name"), _("Kind"), _("Filters"), _("Records had"), _("Last run"), _("Last asked")],
        [
            [
                one.name,
                one.kind,
                consumers.same(one),
                str(one.records),
                _time(one.run_at),
                _asked(one),
            ]
            for one in found
        ],
    )


def _time(moment: str | None) -> str:
    from jobsamtale_tui import dates

    return dates.short_time(dates.from_iso(moment)) if moment else "-"


def _asked(consumer: "Consumer") -> str:
    if consumer.pending_since is None:
        return _time(consumer.confirmed_at)
    return _("{time}, not ended").format(time=_time(consumer.pending_since))


@app.command(
    "forget",
    cls=Command,
    help=_("Removes what is known of a consumer. Should it ask again, it gets everything anew."),
    epilog="jobsamtale consumer forget fasit\njobsamtale consumer forget fasit --kind notes",
)
def forget_consumer(
    context: typer.Context,
    name: Annotated[str, key_argument(_("NAME"), "consumer", _("The name given to export --new"))],
    kind: Annotated[str | None, choice("--kind", FOLLOWED, _("This kind of export alone"))] = None,
) -> None:
    """Forgets."""
    from jobsamtale_tui.casework.exchange import consumers

    database = command_context(context).database()
    if database.read_only:
        raise StoreError(
            _("The database {path} may only be read").format(path=database.path), _("Leave out --read-only")
        )
    for one in consumers.forget(database, name, kind):
        say(_("{name} has been forgotten ({kind}: {count})").format(name=one.name, count=one.records, kind=one.kind))
