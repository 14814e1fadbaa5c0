"""The way to a citizen's agreement on indicators, from her own screen and from a session with her."""

from datetime import date

from jobsamtale_tui import records, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.shell.screen import BaseScreen


def open_agreement(screen: BaseScreen | SessionOwner, citizen: records.Citizen, day: date) -> None:
    """Opens the agreement as it stands on `day`; the decision first where it has not been made. Where indicators are
    not used it says so, and nothing else."""
    decision, shell = citizen.indicators_used, screen.shell
    agreement = route.Agreement(citizen.key, day)
    if decision is not None and not decision.use:
        screen.status(_("Indicators are not used: {reason}").format(reason=texts.one_line(decision.reason or "")))
    elif decision is None and reads.latest_agreement(screen.connection, citizen.key, day) is None:
        shell.open(route.Decision(citizen.key, lambda: shell.open(agreement, instead=True)))
    else:
        shell.open(agreement)
