"""The keys for a session under the cursor of a list: moved, cancelled, no-show, details."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from jobsamtale_tui import dates, records
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store import reads
from jobsamtale_tui.tui import words
from jobsamtale_tui.tui.base import BaseScreen
from jobsamtale_tui.tui.bindings import bind
from jobsamtale_tui.tui.privacy import Said

if TYPE_CHECKING:
    from jobsamtale_tui.tui.saver import Saved


class SessionKeys(BaseScreen):
    """A screen with a list of sessions: it says which is under the cursor and how the list is brought up to date."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("session.move"),
        bind("session.cancel"),
        bind("session.no_show"),
        bind("session.details"),
    ]
    _was: "dict[str, records.SessionStatus] | None" = None

    @property
    def session_here(self) -> str | None:
        """The key of the session under the cursor; None where there is none."""
        raise NotImplementedError

    def show_sessions(self) -> None:
        """Brings the list in line with the records."""
        raise NotImplementedError

    def action_session_move(self) -> None:
        """Its details, with the cursor in day and time."""
        self._open_details("held_at")

    def action_session_details(self) -> None:
        """Its details."""
        self._open_details(None)

    def _open_details(self, line: str | None) -> None:
        from jobsamtale_tui.tui.screens.details import open_details

        key = self.session_here
        if key is None:
            self.status(Said(_("Put the cursor on a session first")))
        else:
            open_details(self, key, line)

    def action_session_cancel(self) -> None:
        """It is cancelled, or not after all."""
        self._turn("cancelled")

    def action_session_no_show(self) -> None:
        """The citizen did not come, or did after all."""
        self._turn("no_show")

    def _turn(self, status: records.SessionStatus) -> None:
        key = self.session_here
        session = reads.session(self.connection, key) if key else None
        if session is None:
            self.status(Said(_("Put the cursor on a session first")))
            return
        if session.status == "completed":
            self.status(Said(_("The session is completed and locked")), warning=True)
            return
        if status == "no_show" and session.status != status and session.held_at > dates.now():
            cancel, move = self.the_app.key_of("session.cancel"), self.the_app.key_of("session.move")
            said = _("The session is still to come; {cancel} cancels it, {move} moves it")
            self.status(Said(said.format(cancel=cancel, move=move)), warning=True)
            return
        from jobsamtale_tui.casework import session_details as details

        self._was = self._was or {}
        if session.status == status:
            wanted: records.SessionStatus = self._was.pop(session.key, "planned")
        else:
            self._was[session.key], wanted = session.status, status
        saver = self.the_app.saver
        if not saver.busy:
            saver.seen(session.key, reads.session_version(self.connection, session.key))
        saver.change(session.key, lambda place: details.set_status(place, wanted))

    def saved(self, message: "Saved") -> None:
        """The list shows how the session stands now, and the status line says it."""
        session = message.session
        if session is None or self.app.screen is not self:
            return
        self.show_sessions()
        said = _("{when}: {status}").format(when=dates.short_time(session.held_at), status=words.status(session.status))
        if session.status in ("cancelled", "no_show"):
            said += " · " + _("the same key takes it back")
        self.status(said)
