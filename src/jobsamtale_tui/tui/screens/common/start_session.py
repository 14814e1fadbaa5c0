"""Beginning a session, or going on with one, from wherever there is a citizen."""

from jobsamtale_tui.editing.outcomes import BackgroundResult
from jobsamtale_tui.editing.write_queue import STARTED
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.shell.screen import BaseScreen


def start_session(screen: BaseScreen, citizen: str, session: str | None = None) -> None:
    """Begins or goes on with a session; the screen opens when it is there. With `session` that very one."""
    screen.shell.pause_keys()
    screen.shell.write_queue.begin_session(citizen, session)


def session_ready(screen: BaseScreen, message: BackgroundResult) -> None:
    """Opens the session that `start_session` asked for."""
    if message.what == STARTED:
        screen.push(route.Session(message.result))
