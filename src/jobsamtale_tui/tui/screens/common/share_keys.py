"""The key that shows the citizen what she may see, on every screen about her."""

from typing import ClassVar

from textual.binding import BindingType

from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands.bindings import bind
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

    def may_share(self) -> bool:
        """What stands in the fields is saved first; False where something has to be mended before."""
        return True

    def action_share(self) -> None:
        """Shows her what she may see; she answers in the session that is open behind it."""
        from jobsamtale_tui.tui.screens.session.screen import SessionScreen
        from jobsamtale_tui.tui.screens.shared.screen import SharedScreen

        citizen = reads.citizen(self.connection, self.shared_citizen or "")
        if citizen is None or not self.may_share():
            return
        owner = None
        for screen in self.app.screen_stack:
            if isinstance(screen, SessionScreen) and screen.citizen.key == citizen.key:
                owner = screen
        self.the_app.open_screen(SharedScreen(citizen, owner, self.shared_place))
