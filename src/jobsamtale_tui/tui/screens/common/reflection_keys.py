"""The key that looks back on a completed session, from its note."""

from typing import ClassVar

from textual.binding import BindingType

from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.shell.screen import BaseScreen


class ReflectionKeys(BaseScreen):
    """A screen about one session: `key` is the session's."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("reflection")]
    key: str

    def why_not(self, command: str) -> str | None:
        """One looks back once the session is completed, and as somebody who is known."""
        if command != "reflection":
            return super().why_not(command)
        session = reads.session(self.connection, self.key)
        if session is None or session.status != "completed":
            return _("One looks back on a session once it is completed")
        if self.shell.settings.user is None:
            return _("Say who you are first: {key} finds the command").format(key=self.shell.key_of("palette"))
        return None

    def action_reflection(self) -> None:
        """A look back, for one's own learning; says so where there is none now."""
        reason = self.why_not("reflection")
        if reason:
            self.status(OwnText(reason), warning=True)
            return
        session, user = reads.session(self.connection, self.key), self.shell.settings.user
        if session is not None and user is not None:
            self.open(route.Reflection(session, user))
