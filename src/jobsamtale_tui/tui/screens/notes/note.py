"""Screens to read: the note, and the note before completing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.content import Content

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.facts import kind_checks, notes, read_through
from jobsamtale_tui.casework.session import earlier_steps, lifecycle, names_of_others
from jobsamtale_tui.documents.note import facts as note
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import agreements
from jobsamtale_tui.store.questions import course, reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.print_keys import PrintKeys
from jobsamtale_tui.tui.screens.common.reflection_keys import ReflectionKeys
from jobsamtale_tui.tui.screens.common.share_keys import ShareKeys
from jobsamtale_tui.tui.screens.common.text_page import PageScreen, StepsKeys, paragraphs
from jobsamtale_tui.tui.screens.common.text_scroll import ReadScreen

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import BackgroundResult, NotSaved, Saved


READ_THROUGH = 8
"""So many findings of the lint stand above the note; the rest are counted."""


class NoteScreen(PageScreen, StepsKeys, PrintKeys, ReflectionKeys):
    """The note of a session as it was written, with its corrections; with `sought` these parts of words in view."""

    shows = ("note.amend", "read.find", "read.next", "steps.copy", "reflection")
    BINDINGS: ClassVar[list[BindingType]] = [bind("note.amend")]

    def __init__(self, session: str, *, sought: Sequence[str] = ()) -> None:
        super().__init__()
        self.key = session
        self._sought = sought
        self._session: records.Session | None = None

    @property
    def whose_page(self) -> str | None:
        """The one whose session it is."""
        return self.whose_steps

    @property
    def whose_steps(self) -> str | None:
        """The one whose session it is."""
        return self._session.citizen if self._session else None

    def on_mount(self) -> None:
        """The keys scroll."""
        self.page.focus()

    def on_screen_resume(self) -> None:
        """A correction that has come meanwhile shows. The stored note needs no template engine."""
        before, session = self._session, reads.session(self.connection, self.key)
        self._session = session
        if session is None:
            self.dismiss()
            return
        citizen = reads.citizen(self.connection, session.citizen)
        name = citizen.name if citizen else session.citizen
        corrected = _("corrected, see the end") if session.amendments else ""
        when = " · ".join(filter(None, (dates.short_time(session.held_at), corrected)))
        self.title_line(_("Journal note: {name}").format(name=name), when)
        if session.note is None:
            self.page.show([(OwnText(_("There is no note: the session was not completed.")), "")])
            return

        names = course.names(self.connection, session.amendments)
        self.page.show(paragraphs(note.with_amendments(session.note.text, session.amendments, names)))
        if before and len(session.amendments) > len(before.amendments):
            self.page.action_end(True)
        if self._sought and self.page.mark(self._sought, anywhere=False):
            self.page.go(0)
            self._sought = ()

    def why_not(self, command: str) -> str | None:
        """Only what is completed is corrected."""
        if command == "note.amend" and (self._session is None or self._session.status != "completed"):
            return _("Only a completed session is corrected")
        return super().why_not(command)

    def action_note_amend(self) -> None:
        """A form for the correction."""
        reason = self.why_not("note.amend")
        if reason or self._session is None:
            self.status(OwnText(reason or ""))
        else:
            self.push(route.Correction(self._session))


class CompleteScreen(ReadScreen, ShareKeys, PrintKeys, ReflectionKeys):
    """What is missing, and the finished note; Enter completes, Escape goes back."""

    shows = ("session.confirm",)
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("session.confirm", "confirm", priority=True),
        bind("reflection"),
        bind("graph"),
    ]

    def __init__(self, session: str, citizen: records.Citizen, first: bool) -> None:
        super().__init__()
        self.key = session
        self.citizen = citizen
        self.first = first
        self.completed = False
        self._confirming = False
        self._shown = False

    @property
    def shared_citizen(self) -> str:
        """The one whose session it is."""
        return self.citizen.key

    @property
    def whose_page(self) -> str:
        """The one whose session it is."""
        return self.citizen.key

    @property
    def shared_place(self) -> tuple[str, str]:
        """The session in short."""
        return "brief", ""

    def on_mount(self) -> None:
        """The note is rendered behind all that is on its way to the disk."""
        self.title_line(_("Complete the session with {name}").format(name=self.citizen.name))
        self.stands(_("Enter completes and locks · esc goes back"))
        self._ask()

    def _ask(self) -> None:
        """Has the note rendered as it would be now; keys wait for it, so that nobody completes what is not shown."""
        database, key, citizen = self.shell.database, self.key, self.citizen
        content = self.shell.key_of("session.kind")

        def ask() -> tuple[list[str], list[str], str]:
            with database.connected() as connection:
                session = reads.session(connection, key)
                if session is None:
                    return [], [], ""
                day = dates.local(session.held_at).date()
                agreement = reads.latest_agreement(connection, citizen.key, day)
                used = agreements.indicators_used(citizen, agreement)
                chosen = len(agreements.chosen_on(agreement, day)) if used else 0
                said = [*names_of_others.others_named(connection, session), *lifecycle.missing(session, chosen)]
                said += [
                    *earlier_steps.missing(connection, session),
                    *kind_checks.missing(connection, session, content),
                ]
                # What a step lacks is among what is missing already.
                found = [one for one in read_through.findings(connection, session) if one.kind != "step"]
                return said, read_through.told(found, READ_THROUGH), notes.note_of(connection, session).text

        self._shown = False
        self.shell.pause_keys()
        self.shell.write_queue.run_in_background(f"complete {key}", ask)

    def ready(self, message: "BackgroundResult") -> None:
        """Shows what is missing above the note."""
        if message.what != f"complete {self.key}" or self.completed:
            return
        self._shown = True
        self.shell.release_keys()
        missing, plainer, note = message.result
        parts: list[Any] = []
        if missing:
            said = "\n".join(f"  · {texts.shown(sentence)}" for sentence in missing)
            parts += [
                (_("Not filled in (nothing stops you from completing)"), "bold $text-warning"),
                "\n",
                said,
                "\n\n",
            ]
        else:
            parts += [(_("Everything is filled in."), "bold $text-success"), "\n\n"]
        if plainer:
            said = "\n".join(f"  · {texts.one_line(sentence)}" for sentence in plainer)
            parts += [
                (_("Read it through (nothing stops you from completing)"), "bold $text-warning"),
                "\n",
                said,
                "\n\n",
            ]
        self.show_text(Content.assemble(*parts, texts.shown(note)))

    def action_confirm(self) -> None:
        """Completes; once completed Enter goes back to the citizen."""
        if self.completed:
            self.action_back()
        elif self._shown and not self._confirming:
            self._confirming = True
            self.shell.write_queue.change(self.key, lifecycle.complete, what=_("completing the session"))
        elif not self._confirming:
            self._ask()  # it could not be rendered: says why again, or shows it

    def saved(self, message: "Saved") -> None:
        """The session is completed: the note as it was written stands on the screen."""
        session = message.session
        if session is None or session.key != self.key or session.status != "completed" or session.note is None:
            return
        self.completed = True
        self.key_line(("graph", "print", "reflection"))
        self.title_line(_("Journal note – the session is completed"), dates.short_time(session.held_at))
        self.show_text(session.note.text)
        self.stands("")
        self.status(_("The note is written and locked"))

    def not_saved(self, message: "NotSaved") -> None:
        """The note as it is now is read before it can be tried again; a refused text is back where it was typed."""
        self._confirming = False
        if message.field is not None and message.text is not None:
            self.dismiss()
        elif message.key == self.key:
            self._ask()

    def why_not(self, command: str) -> str | None:
        """One looks back once the session is completed, and her page has what is in completed sessions."""
        if command == "print" and not self.completed:
            return _("The page is made once the session is completed")
        return super().why_not(command)

    def action_graph(self) -> None:
        """The graph, with the new scores in it."""
        self.push(route.Graph(self.citizen.key))
