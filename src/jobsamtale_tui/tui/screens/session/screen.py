"""A session in four phases: one screen, a view a phase, every change saved as it is made."""

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, TextArea

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change.undoable import nothing_to
from jobsamtale_tui.editing.pending import counted
from jobsamtale_tui.editing.session_model import SessionModel
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.commands.registry import SESSION
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.plan_keys import PlanKeys
from jobsamtale_tui.tui.screens.common.share_keys import ShareKeys
from jobsamtale_tui.tui.screens.session.closing import CloseView
from jobsamtale_tui.tui.screens.session.conducting import ConductView
from jobsamtale_tui.tui.screens.session.opening import OpenView
from jobsamtale_tui.tui.screens.session.phase import PhaseView
from jobsamtale_tui.tui.screens.session.preparing import PrepareView
from jobsamtale_tui.tui.screens.session.unsaved import SessionChanges
from jobsamtale_tui.tui.shell.typing_pause import Pause
from jobsamtale_tui.tui.widgets.bars import Bar
from jobsamtale_tui.tui.widgets.blank import Blank
from jobsamtale_tui.tui.widgets.fields import Left, LineField, TextField

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import BackgroundResult

MORE = ("share", "goals", "activities", "joblog", "openings")
"""Keys that work in every phase, on the key line of a wide window."""


class SessionScreen(PlanKeys, SessionChanges, ShareKeys):
    """Holds the record as it stands, the phase in view, and the way to the write_queue."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("phase.next"),
        bind("phase.previous"),
        bind("phase.1", "phase(1)"),
        bind("phase.2", "phase(2)"),
        bind("phase.3", "phase(3)"),
        bind("phase.4", "phase(4)"),
        bind("session.complete"),
        bind("undo"),
        bind("redo"),
        bind("sparring"),
        *bind_pair("field.next", "field(1)", "field(-1)"),
    ]

    def __init__(self, session: str) -> None:
        super().__init__()
        self.key = session
        self.phase = 0
        self.citizen: records.Citizen
        self.first = True
        self._covered = False
        self._pause = Pause(self, self.keep_typing)

    def body(self) -> ComposeResult:
        """The phases above, the phase's view below."""
        yield Bar(id="phases")
        yield Blank(id="body")

    async def on_mount(self) -> None:
        """Opens where the session was left; a new one in the preparation."""
        connection = self.connection
        shared = self.shell.open_sessions.shared(self.key)
        self.model = SessionModel(self.key, self.shell.write_queue, self.shell.drafts, connection)
        session = self.model.load(shared=shared)
        citizen = reads.citizen(connection, session.citizen) if session else None
        if session is None or citizen is None:
            self.dismiss()
            return
        self.citizen = citizen
        self.first = reads.last_completed(connection, citizen.key, session.held_at) is None
        self._show_title()
        self.mind_the_time()
        left = None if shared else self.shell.drafts.left(self.key)
        await self._open(left.phase if left else 1, left)
        if not shared:
            self.send_refused()
        self.shell.release_keys()
        self.hold()

    def hold(self) -> None:
        """Others see that the session is open here; who else has it open is said."""
        self.present(self.shell.open_sessions.announce(self, self.key))

    def on_unmount(self) -> None:
        """The session is left."""
        self.shell.open_sessions.withdraw(self, self.key)

    def _show_title(self) -> None:
        form, kind = labels.form(self.session.form), texts.shortened(self.session.session_kind or "", 30)
        about = filter(None, (dates.short_time(self.session.held_at), form, kind))
        self.title_line(self.citizen.name, " · ".join(about))

    # Phases

    @property
    def view(self) -> PhaseView | None:
        """The phase in view."""
        return next(iter(self.query(PhaseView)), None)

    async def _open(self, phase: int, left: reads.Unfinished | None = None) -> None:
        if not self.leave_fields():
            return
        self.phase = phase
        self.offered.clear()
        old = self.view
        view = (PrepareView, OpenView, ConductView, CloseView)[phase - 1](self, left)
        body = self.query_one("#body")
        with self.app.batch_update():
            if old:
                await old.remove()
            await body.mount(view)
        names = [
            f"▸{number} {_(name)}◂" if number == phase else f" {number} {_(name)} "
            for number, name in enumerate(labels.PHASES, 1)
        ]
        self.query_one("#phases", Bar).show(OwnText("  ".join(names)))
        self.show_keys()
        self.show_guide()

    @on(events.DescendantFocus)
    def show_keys(self) -> None:
        """The key line tells of the part of the phase that the cursor is in."""
        if self.view:
            self.key_line((*self.view.keys_here, "phase.next", "session.complete", "undo", *MORE))

    async def action_phase(self, phase: int) -> None:
        """To a phase; what stands in a field is saved on the way."""
        if phase != self.phase:
            await self._open(phase)
            self._keep_place()

    async def action_phase_next(self) -> None:
        """The next phase; after the last one, completing."""
        if self.phase < 4:
            await self.action_phase(self.phase + 1)
        else:
            self.action_session_complete()

    async def action_phase_previous(self) -> None:
        """The phase before."""
        if self.phase > 1:
            await self.action_phase(self.phase - 1)

    @property
    def where(self) -> tuple[str, ...]:  # type: ignore[override]
        """The help tells of the phase in view."""
        return (SESSION, *(self.view.where if self.view else ()))

    @property
    def whose_plan(self) -> str:
        """Those of the citizen it is a session with."""
        return self.citizen.key

    # What stands in the fields

    def leave_fields(self) -> bool:
        """Saves what stands in the phase's fields; False where one cannot be read and has to be mended first."""
        if self.view is None:
            return True
        left = self.view.leave()
        for field in list(self.offered):
            found = next(iter(self.view.query(f"#{field}")), None) if " " not in field else None
            if isinstance(found, (TextField, LineField)) and not found.value.strip():
                self.drop(field)
        return left

    def keep(self) -> None:
        """Writes at once where one stands and what is not yet left: the terminal may be gone."""
        if not self.is_mounted or self.view is None:
            return
        self._pause.stop()
        self._keep(*self.view.unfinished())

    def _keep(self, field: str, cursor: str | None, text: str | None) -> None:
        self.shell.drafts.place(self.key, self.phase, field, cursor, text)

    def _keep_place(self) -> None:
        """Notes which phase one is in, behind what is on its way to the disk."""
        drafts, phase, key = self.shell.drafts, self.phase, self.key
        since = drafts.number
        self.shell.write_queue.run_in_background("place", lambda: drafts.place(key, phase, "", None, None, since=since))

    @on(Input.Changed)
    @on(TextArea.Changed)
    def typing(self) -> None:
        """After a pause what stands in the field is kept as unfinished, and now and then where there is no pause."""
        self._pause.typing()

    def keep_typing(self) -> None:
        """Keeps what is typed and not left."""
        if self.view and self.view.unfinished()[2] is not None:
            self.keep()

    @on(Left)
    def field_left(self, message: Left) -> None:
        """A field was left: its phase knows what it is."""
        message.stop()
        if self.view and message.field.is_mounted and self.view in message.field.ancestors:
            self.view.field_left(message.field)

    # Keys

    def action_view_do(self, what: str) -> None:
        """A key of the phase in view."""
        if self.view:
            self.view.do(what)

    def action_field(self, way: int) -> None:
        """The phase's next field, or the one before."""
        if self.view:
            self.view.next_field(way)

    def action_back(self) -> None:
        """Leaves the text field keeping its text, then the session; it can be gone on with."""
        if isinstance(self.focused, (TextField, LineField)):
            if self.view:
                self.view.leave_field()
            return
        if self.leave_fields():
            self.keep()
            self.dismiss()

    def why_not(self, command: str) -> str | None:
        """Undo needs something to undo, leaving a phase one to go to."""
        if command in ("undo", "redo"):
            self.shell.write_queue.flush(1.0)
            if self.shell.write_queue.waits(self.key):
                return (
                    None if command == "undo" else _("Changes wait to be saved; what was taken back comes after them")
                )
            login = self.shell.settings.login
            return nothing_to(self.connection, "session", self.key, login, back=command == "undo")
        if command == f"phase.{self.phase}":
            return _("This is that phase")
        if command == "phase.previous" and self.phase == 1:
            return _("This is the first phase")
        return None

    def action_undo(self) -> None:
        """Takes back the last change."""
        self.undo()

    def action_redo(self) -> None:
        """Makes it again."""
        self.model.redo()

    def action_sparring(self) -> None:
        """Advice on the search, to make next steps of."""
        if self.leave_fields():
            self.open(route.Sparring(self))

    def action_session_complete(self) -> None:
        """Shows what is missing and the note."""
        if not self.leave_fields():
            return
        waits = self.model.waits()
        if waits:
            self.shell.write_queue.send_waiting()
            self.send_refused()
            self.status(_complete_later(*counted(waits)), warning=True)
            return
        self.push(route.Complete(self.key, self.citizen, self.first))

    # Shared with the citizen

    @property
    def shared_citizen(self) -> str:
        """The one whose session it is."""
        return self.citizen.key

    @property
    def shared_place(self) -> tuple[str, str]:
        """What the phase is about; on the scale form the indicator under the cursor."""
        return self.view.shared_place if self.view else ("", "")

    @property
    def open_session(self) -> SessionOwner:
        """This one."""
        return self

    def may_share(self) -> bool:
        """What stands in the fields is saved, so that it shows."""
        return self.leave_fields()

    def on_screen_suspend(self, _event: events.ScreenSuspend) -> None:
        """What stands in the fields is kept when another screen comes over this one."""
        if self in self.app.screen_stack:
            self.keep()
            self._covered = True

    def on_screen_resume(self) -> None:
        """A session that has been completed meanwhile is left, and so is one that is not open any more."""
        if self.is_mounted and self.phase and self._covered:
            found = reads.session(self.connection, self.key)
            if self.ended:
                return
            if found is not None and found.status != "draft":
                self.dismiss()
                return
            self.citizen = reads.citizen(self.connection, self.citizen.key) or self.citizen
            self._show_title()
            self.show_guide()
            if self.view:
                self.view.come_back()

    def ready(self, message: "BackgroundResult") -> None:
        """For the phase that asked."""
        if self.view:
            self.view.ready(message)


def _complete_later(count: int, scores: bool) -> str:
    """Why a session is not completed yet: so many changes, or scores alone, are not saved."""
    if scores:
        said = ngettext(
            "{count} score waits to be saved: complete the session once it is",
            "{count} scores wait to be saved: complete the session once they are",
            count,
        )
    else:
        said = ngettext(
            "{count} change waits to be saved: complete the session once it is",
            "{count} changes wait to be saved: complete the session once they are",
            count,
        )
    return said.format(count=count)
