"""The keys for a session under the cursor of a list: moved, cancelled, no-show, details."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from jobsamtale_tui import dates, records
from jobsamtale_tui.editing.session_model import laid_over
from jobsamtale_tui.errors import ChangedByOtherError, Conflict
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.session_edits import SetDetails
from jobsamtale_tui.store.questions import history, reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.route import THEIRS
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.shell.screen import BaseScreen

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import NotSaved, Saved


class SessionKeys(BaseScreen):
    """A screen with a list of sessions: it says which is under the cursor and how the list is brought up to date."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("session.move"),
        bind("session.cancel"),
        bind("session.no_show"),
        bind("session.details"),
    ]
    entry: int | None = None
    """The newest entry of the history that the list shows, where that is known."""
    _was: "dict[str, records.SessionStatus] | None" = None

    @property
    def session_here(self) -> str | None:
        """The key of the session under the cursor; None where there is none."""
        raise NotImplementedError

    def show_sessions(self) -> None:
        """Brings the list in line with the records."""
        raise NotImplementedError

    def seen(self, key: str) -> records.Session | None:
        """The session as the list shows it."""
        return reads.session(self.connection, key)

    def action_session_move(self) -> None:
        """Its details, with the cursor in day and time."""
        self._open_details("held_at")

    def action_session_details(self) -> None:
        """Its details."""
        self._open_details(None)

    def _open_details(self, line: str | None) -> None:
        key = self.session_here
        session = reads.session(self.connection, key) if key else None
        if session is None:
            self.status(OwnText(_("Put the cursor on a session first")))
            return

        def left(_nothing: object) -> None:
            now = reads.session(self.connection, session.key)
            if now and (now.held_at, now.status) != (session.held_at, session.status):
                self.status(_stands(now))

        self.push(route.Details(session, line), left)

    def action_session_cancel(self) -> None:
        """It is cancelled, or not after all."""
        self._turn("cancelled")

    def action_session_no_show(self) -> None:
        """The citizen did not come, or did after all."""
        self._turn("no_show")

    def _turn(self, status: records.SessionStatus) -> None:
        key, since = self.session_here, self.entry
        since = history.newest(self.connection) if since is None else since
        session = self.seen(key) if key else None
        if session is None:
            self.status(OwnText(_("Put the cursor on a session first")))
            return
        session = laid_over(session, self.shell.drafts.waiting(session.key))
        if session.status == "completed":
            self.status(OwnText(_("The session is completed and locked")), warning=True)
            return
        if status == "no_show" and session.status != status and session.held_at > dates.now():
            cancel, move = self.shell.key_of("session.cancel"), self.shell.key_of("session.move")
            said = _("The session is still to come; {cancel} cancels it, {move} moves it")
            self.status(OwnText(said.format(cancel=cancel, move=move)), warning=True)
            return
        self._was = self._was or {}
        if session.status == status:
            wanted: records.SessionStatus = self._was.pop(session.key, "planned")
        else:
            self._was[session.key], wanted = session.status, status
        edit = SetDetails(line=0, sets=("status",), now=dates.now(), user=self.shell.settings.user, status=wanted)
        self.shell.write_queue.edit(session.key, edit, what=labels.status(wanted), since=since)

    def saved(self, message: "Saved") -> None:
        """The list shows how the session stands now, and the status line says it."""
        session = message.session
        if session is None or self.app.screen is not self:
            return
        self.show_sessions()
        said = _stands(session)
        if session.status in ("cancelled", "no_show"):
            said += " · " + _("the same key takes it back")
        self.status(said)

    def not_saved(self, message: "NotSaved") -> None:
        """Both sides, where somebody else has changed the session's status meanwhile."""
        clash = message.error.clash if isinstance(message.error, ChangedByOtherError) else None
        if clash and clash.pieces and message.key and message.field is None and self.app.screen is self:
            self.app.call_later(self._show_clash, message, clash)

    def _show_clash(self, message: "NotSaved", clash: Conflict) -> None:
        from jobsamtale_tui.casework.change.context import Resolution

        def answered(how: str | None) -> None:
            self.show_sessions()
            if how not in (None, THEIRS) and message.again:
                message.again(Resolution(clash.upto))

        self.push(route.Conflict(clash, None, answered))


def _stands(session: records.Session) -> str:
    """When a session is held and how it stands: `08.06.2026 09.00: planned`."""
    return _("{when}: {status}").format(when=dates.short_time(session.held_at), status=labels.status(session.status))
