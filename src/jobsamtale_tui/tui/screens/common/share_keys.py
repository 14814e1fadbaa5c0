"""The key that shows the citizen what she may see, on every screen about her."""

from typing import ClassVar

from textual.binding import BindingType

from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.shell.screen import BaseScreen


class ShareKeys(BaseScreen):
    """A screen about one citizen, from which the shared screen opens."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("share")]

    @property
    def shared_citizen(self) -> str | None:
        """The citizen's key; None where there is none yet."""
        raise NotImplementedError

    @property
    def shared_place(self) -> tuple[str, str]:
        """The page to begin with: its kind, and the indicator's key where it is one; empty: the first."""
        return "", ""

    @property
    def open_session(self) -> SessionOwner | None:
        """The session that is open here; None where there is none."""
        return None

    def may_share(self) -> bool:
        """What stands in the fields is saved first; False where something has to be mended before."""
        return True

    def action_share(self) -> None:
        """Shows her what she may see; she answers in the session that is open behind it."""
        citizen = reads.citizen(self.connection, self.shared_citizen or "")
        if citizen is None or not self.may_share():
            return
        owner: SessionOwner | None = None
        for screen in self.app.screen_stack:
            session = screen.open_session if isinstance(screen, ShareKeys) else None
            if session is not None and session.citizen.key == citizen.key:
                owner = session
        self.open(route.Shared(citizen, owner, self.shared_place))
