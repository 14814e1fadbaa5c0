"""What a session's screen changes, what comes of it, and what becomes of a text that could not be saved."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.errors import ChangedByOtherError, Conflict
from jobsamtale_tui.store.questions import history
from jobsamtale_tui.tui import waiting
from jobsamtale_tui.tui.look.undo_message import taken_sentence
from jobsamtale_tui.tui.screens.session.guided import GuidedScreen

if TYPE_CHECKING:
    from jobsamtale_tui.tui.answers import NotSaved, Saved
    from jobsamtale_tui.tui.screens.session.phase import PhaseView


class SessionChanges(GuidedScreen):
    """The record as it stands, the way to the saver and back, and what is typed over what."""

    def __init__(self) -> None:
        super().__init__()
        self.offered: dict[str, str] = {}
        """The texts that could not be saved and stand in their fields again, by field."""
        self._owes = False
        """There may be such texts."""
        self._bases: dict[str, int] = {}
        """By field the newest entry of the history when what stands there was typed,"""
        self._refused: dict[str, int] = {}
        """and when what was refused was."""
        self.ended = False
        """Somebody else has completed the session, and it is being asked what becomes of what was refused."""

    @property
    def view(self) -> "PhaseView | None":
        """The phase in view."""
        raise NotImplementedError

    def change(
        self,
        job: Callable[[Any], Any],
        now: records.Session | None = None,
        *,
        field: str | None = None,
        text: str | None = None,
        what: str = "",
        since: int | None = None,
    ) -> None:
        """Has a change made; `now` is the record as it will be, shown at once. `what` names it where it is no text,
        `since` says what had been seen where that was before what the screen shows."""
        if now is not None:
            self.session = now
            if self.view:
                self.view.show()
            self.show_guide()
        since = self._bases.get(field.partition(" ")[0], since) if field else since
        offered = self.offered.pop(field or "", None)
        what = texts.shortened(what, 30)
        self.the_app.write_queue.change(self.key, job, field=field, text=text, since=since, offered=offered, what=what)

    def seen_in(self, field: str) -> None:
        """What stands in a field, or is about to be typed over there, is as the record on the screen has it."""
        since = self.the_app.write_queue.since(self.key)
        if since is not None:
            self._bases[field] = since

    def seen_earlier(self, field: str, at: str = "") -> None:
        """What stands in a field was typed earlier (`at`, or when it was refused), over the record as it was then."""
        seen = self._refused.get(field)
        if seen is None and not at:
            seen, when = self.the_app.drafts.refused_since(self.key)
            at = dates.iso(when) if when else ""
        if seen is None:
            seen = history.seen_at(self.connection, "session", self.key, at, self.the_app.settings.login)
        self._bases[field] = min(seen, self._bases.get(field, seen))

    def save_text(self, field: str, text: str, widget: str) -> None:
        """Saves one of the session's texts, typed in the field with the id `widget`."""
        from jobsamtale_tui.casework.session import lifecycle

        kept = texts.typed(text).strip() or None
        part, dot, name = field.partition(".")
        if dot:
            now = replace(self.session.evaluation or records.Evaluation(), **{name: kept})
            session = replace(self.session, evaluation=now)
        else:
            session = replace(self.session, **{part: kept})  # type: ignore[arg-type]
        self.session = session
        self.show_guide()
        self.change(lambda place: lifecycle.set_text(place, field, text), field=widget, text=text)

    def saved(self, message: "Saved") -> None:
        """The record as it stands on disk; shown once nothing more is on its way."""
        from jobsamtale_tui.casework.change.context import UndoResult

        if message.session is None or message.session.key != self.key:
            return
        if isinstance(message.result, UndoResult):
            self.status(taken_sentence(message.result), saved=self.the_app.last_saved)
        if not self.the_app.write_queue.busy:
            self.session = waiting.shown(self, message.session)
            if self.view:
                self.view.show()
                self.view.offer()
            self.show_guide()

    def not_saved(self, message: "NotSaved") -> None:
        """The record as it stands is shown; what was typed goes back into its field, and is kept on disk."""
        if message.key == self.key:
            self._owes = self._owes or message.text is not None
            if message.field and message.since is not None:
                self._refused[message.field] = message.since
            waiting.not_saved(self, message)
        if message.session is not None and message.session.key == self.key:
            self.session = waiting.shown(self, message.session)
        if self.view:
            self.view.show()
            self.view.offer()
        clash = message.error.clash if isinstance(message.error, ChangedByOtherError) else None
        if clash and message.key == self.key and not (message.field or "").startswith("details "):  # the form's own
            self.app.call_later(self._show_clash, message, clash)

    def database_back(self) -> None:
        """What could not be saved is tried again, but for the field that is being typed in."""
        if self.view:
            waiting.make_again(self)
        if self.view and self.offered:
            self.view.save_aside()

    def _show_clash(self, message: "NotSaved", clash: Conflict) -> None:
        from jobsamtale_tui.tui.screens.common.conflict import ConflictScreen

        if clash.closed:
            self._show_ended(message, clash)
        elif clash.pieces:
            typed = message.what if waiting.is_score(message.field) else message.text
            self.app.push_screen(ConflictScreen(clash, typed, lambda how: self._answered(message, clash, how)))

    def _answered(self, message: "NotSaved", clash: Conflict, how: str | None) -> None:
        """Both sides have been seen: theirs stands, or the change is made all the same. Without an answer what was
        typed stays where it was typed, and the clash comes again."""
        from jobsamtale_tui.casework.change.context import Resolution
        from jobsamtale_tui.tui.screens.common.conflict import BOTH, THEIRS

        if how is None:
            return
        if message.field and message.text is not None:
            self._take_back(message.field, message.text)
        if how != THEIRS:
            if message.again:
                message.again(Resolution(clash.upto, after=how == BOTH))
        elif message.field and message.text is not None:
            self.the_app.drafts.drop(self.key, message.field, message.text)
            if waiting.is_score(message.field):
                waiting.fall_back(self)
            else:
                self.the_app.drafts.place(self.key, self.phase, message.field, None, None)

    def _take_back(self, field: str, text: str) -> None:
        if self.view:
            self.view.take_back(field, text)
        self._bases.pop(field.partition(" ")[0], None)
        self.offered.pop(field, None)
        self._refused.pop(field, None)

    # Completed by somebody else meanwhile

    def _show_ended(self, message: "NotSaved", clash: Conflict) -> None:
        """All that could not be saved is shown at once, however many changes it was."""
        from jobsamtale_tui.tui.screens.common.conflict import ConflictScreen

        if not self.ended:
            self.ended = True
            left = self._left()
            typed = "\n".join(waiting.in_words(*one) for one in left) or message.what
            self.app.push_screen(
                ConflictScreen(clash, typed, lambda how: self._answered_ended(message, clash, left, how))
            )

    def _left(self) -> list[tuple[str, str]]:
        found = self.the_app.drafts.refused(self.key)
        return [(field, text) for field, kept in found.items() for text in kept]

    def _answered_ended(
        self, message: "NotSaved", clash: Conflict, left: list[tuple[str, str]], how: str | None
    ) -> None:
        """What was typed can become a correction of the note, else it is dropped; what came meanwhile is shown too."""
        from jobsamtale_tui.tui.screens.common.conflict import THEIRS
        from jobsamtale_tui.tui.screens.session.correction import AmendScreen

        self.ended = False
        if how is None:
            return
        left = left if how == THEIRS else self._left()
        for field, text in left:
            self._take_back(field, text)
            self.the_app.drafts.drop(self.key, field, text)
        if how != THEIRS:
            said = "\n".join(waiting.in_words(*one) for one in left) or message.what
            self.the_app.drafts.form(f"amend {self.key}", {"text": said})
            self.app.switch_screen(AmendScreen(self.session))
        elif self._left():
            self._show_ended(message, clash)
        else:
            self.dismiss()

    def refused(self) -> dict[str, list[str]]:
        """What was typed and could not be saved, by field: it comes back where it was typed."""
        found = self.the_app.drafts.refused(self.key) if self._owes else {}
        self._owes = bool(found)
        return found

    def drop(self, field: str) -> None:
        """A text that could not be saved was taken out of its field by hand."""
        text = self.offered.pop(field, None)
        if text is not None:
            self.the_app.drafts.drop(self.key, field, text)
