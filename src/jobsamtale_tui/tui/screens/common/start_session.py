"""Beginning a session, or going on with one, from wherever there is a citizen."""

from jobsamtale_tui import dates
from jobsamtale_tui.editing.outcomes import BackgroundResult
from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.shell.screen import BaseScreen


def start_session(screen: BaseScreen, citizen: str, session: str | None = None) -> None:
    """Begins or goes on with a session; the screen opens when it is there. With `session` that very one."""
    shell = screen.shell

    def begin() -> str:
        from jobsamtale_tui.casework.session import lifecycle as sessions

        if shell.database.read_only:
            raise StoreError(_("The app is read-only"), _("Start it without --read-only to change anything"))
        if session:
            return sessions.resume(shell.database, shell.write_queue.actor, session)
        return sessions.start(shell.database, shell.write_queue.actor, citizen, dates.now())

    shell.pause_keys()
    shell.write_queue.run_in_background("session.start", begin)


def session_ready(screen: BaseScreen, message: BackgroundResult) -> None:
    """Opens the session that `start_session` asked for."""
    if message.what == "session.start":
        screen.push(route.Session(message.result))
