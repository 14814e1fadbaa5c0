"""What a session's screen changes, what comes of it, and what becomes of a text that could not be saved."""

from time import monotonic
from typing import TYPE_CHECKING

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Resolution, UndoResult
from jobsamtale_tui.editing import pending
from jobsamtale_tui.editing.session_model import SessionModel
from jobsamtale_tui.errors import ChangedByOtherError, Conflict
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.session_edits import Edit, SetText
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.route import BOTH, THEIRS
from jobsamtale_tui.tui.commands.session_owner import SessionView
from jobsamtale_tui.tui.look.undo_message import taken_sentence
from jobsamtale_tui.tui.screens.common.conflict import ConflictScreen
from jobsamtale_tui.tui.screens.session.guided import GuidedScreen

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import NotSaved, Saved


LOOK_SECONDS = 5.0
"""So long after one has looked who else has the session open one looks again, at the next change."""


class SessionChanges(GuidedScreen):
    """The session as it is seen, and the screens that say what comes of its edits."""

    model: SessionModel
    key: str
    phase: int

    def __init__(self) -> None:
        super().__init__()
        self._looked = monotonic()
        self.ended = False
        """Somebody else has completed the session, and it is being asked what becomes of what was refused."""

    @property
    def view(self) -> SessionView | None:
        """The phase in view."""
        raise NotImplementedError

    @property
    def session(self) -> records.Session:  # type: ignore[override]
        """The record as it is seen."""
        return self.model.session

    @property
    def offered(self) -> dict[str, str]:
        """The texts that could not be saved and stand in their fields again, by field."""
        return self.model.offered

    def look_around(self) -> None:
        """Says who else has the session open, where one has not looked for a while."""
        if monotonic() >= self._looked + LOOK_SECONDS:
            self._looked = monotonic()
            self.present(self.shell.open_sessions.who_else(self.key))

    def make(
        self, edit: Edit, *, what: str = "", field: str | None = None, text: str | None = None, show: bool = True
    ) -> None:
        """Make an edit and (`show`) have the phase show it; the rest as in `SessionModel.edit`."""
        self.model.edit(edit, what=what, field=field, text=text)
        if show and self.view:
            self.view.show()
        self.show_guide()

    def seen_in(self, field: str) -> None:
        """What stands in a field, or is about to be typed over there, is as the record on the screen has it."""
        self.model.seen_in(field)

    def seen_earlier(self, field: str, at: str = "") -> None:
        """What stands in a field was typed earlier, over the record as it was then."""
        self.model.seen_earlier(field, at)

    def save_text(self, field: str, text: str, widget: str) -> None:
        """Saves one of the session's texts, typed in the field with the id `widget`."""
        self.make(SetText(field=field, text=text), field=widget, text=text, show=False)

    def saved(self, message: "Saved") -> None:
        """The record as it stands on disk; shown once nothing more is on its way."""
        if message.session is None or message.session.key != self.key:
            return
        if isinstance(message.result, UndoResult):
            self.status(taken_sentence(message.result))
        if self.model.saved(message):
            self._show()
            self.look_around()

    def not_saved(self, message: "NotSaved") -> None:
        """The record as it stands is shown; what was typed goes back into its field, and is kept on disk. An edit that
        waits stays as it is seen."""
        self.model.not_saved(message)
        if not message.waits:
            self._show()
        clash = message.error.clash if isinstance(message.error, ChangedByOtherError) else None
        if clash and message.key == self.key and not (message.field or "").startswith("details "):  # the form's own
            self.app.call_later(self._show_clash, message, clash)

    def database_back(self) -> None:
        """What could not be saved is tried again, but for the field that is being typed in."""
        self.send_refused()
        if self.view and self.offered:
            self.view.save_aside()

    def send_refused(self) -> None:
        """Has the edits made about which somebody is to be asked, unless that is being done."""

        if self.view and not isinstance(self.app.screen, ConflictScreen):
            self.model.send_refused()

    def undo(self) -> None:
        """Takes back the last change; one that was still waiting was not made yet."""
        dropped = self.model.undo()
        self._show()
        if dropped is not None:
            self.status(_("Taken back before it was saved: {what}").format(what=dropped.what or dropped.edit.action))

    def _show(self) -> None:
        if self.view:
            self.view.show()
            self.view.offer()
        self.show_guide()

    def _show_clash(self, message: "NotSaved", clash: Conflict) -> None:
        if clash.closed:
            self._show_ended(message, clash)
        elif clash.pieces:
            typed = message.text if message.text is not None else message.what
            self.push(route.Conflict(clash, typed, lambda how: self._answered(message, clash, how)))

    def _answered(self, message: "NotSaved", clash: Conflict, how: str | None) -> None:
        """Both sides have been seen: theirs stands, or the change is made all the same. Without an answer what was
        typed stays where it was typed, and the clash comes again."""
        if how is None:
            return
        if message.field and message.text is not None:
            self._take_back(message.field, message.text)
        if how != THEIRS:
            if message.again:
                message.again(Resolution(clash.upto, after=how == BOTH))
        elif message.edit is not None:
            self.model.drop(message.edit.kept_as, message.edit.kept_text)
            if message.field and message.text is not None:
                self.shell.drafts.place(self.key, self.phase, message.field, None, None)
            self.model.reload()
            self._show()

    def _take_back(self, field: str, text: str) -> None:
        if self.view:
            self.view.take_back(field, text)
        self.model.settle(field)

    # Completed by somebody else meanwhile

    def _show_ended(self, message: "NotSaved", clash: Conflict) -> None:
        """All that could not be saved is shown at once, however many changes it was."""
        if not self.ended:
            self.ended = True
            left = self.model.left()
            typed = self._in_words(left) or message.what
            self.push(route.Conflict(clash, typed, lambda how: self._answered_ended(message, clash, left, how)))

    def _in_words(self, left: list[tuple[str, str]]) -> str:
        return "\n".join(pending.in_words(self.key, *one) for one in left)

    def _answered_ended(
        self, message: "NotSaved", clash: Conflict, left: list[tuple[str, str]], how: str | None
    ) -> None:
        """What was typed can become a correction of the note, else it is dropped; what came meanwhile is shown too."""
        self.ended = False
        if how is None:
            return
        left = left if how == THEIRS else self.model.left()
        for field, text in left:
            self._take_back(field, text)
            self.model.drop(field, text)
        if how != THEIRS:
            said = self._in_words(left) or message.what
            self.shell.drafts.form(f"amend {self.key}", {"text": said})
            self.push(route.Correction(self.session), instead=True)
        elif self.model.left():
            self._show_ended(message, clash)
        else:
            self.dismiss()

    def refused(self) -> dict[str, list[str]]:
        """What was typed and could not be saved, by field: it comes back where it was typed."""
        return self.model.refused()

    def drop(self, field: str) -> None:
        """A text that could not be saved was taken out of its field by hand."""
        self.model.drop(field)
