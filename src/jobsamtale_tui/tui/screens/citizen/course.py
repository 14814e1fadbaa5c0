"""A citizen's course as one text: all notes with their corrections, the newest first or the oldest."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from jobsamtale_tui import dates, texts
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.documents.note import forms as note_forms
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import course, reads
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.text_page import PageScreen, StepsKeys, paragraphs
from jobsamtale_tui.tui.widgets.page import Paragraph

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import BackgroundResult


class CourseScreen(PageScreen, StepsKeys):
    """The completed notes stand at once; those of open sessions are written in the background and marked as drafts."""

    shows = ("read.find", "read.next", "course.turn", "steps.copy")
    BINDINGS: ClassVar[list[BindingType]] = [bind("course.turn")]

    def __init__(self, citizen: str) -> None:
        super().__init__()
        self.key = citizen
        self.oldest_first = False
        self._parts: list[course.Part] = []
        self._drafts: dict[str, str] = {}

    @property
    def whose_steps(self) -> str:
        """The one whose course it is."""
        return self.key

    def on_mount(self) -> None:
        """Reads all there is, and asks for the drafts."""
        citizen = reads.citizen(self.connection, self.key)
        if citizen is None:
            self.dismiss()
            return
        self._parts = course.parts(self.connection, self.key)
        count = sum(1 for part in self._parts if part.text is not None)
        self.title_line(_("The course of {name}").format(name=citizen.name), _("{count} notes").format(count=count))
        self._show()
        self.page.focus()
        if any(part.text is None for part in self._parts):
            self._ask_for_drafts()

    def _ask_for_drafts(self) -> None:
        database = self.shell.database
        wanted = [part.session for part in self._parts if part.text is None]

        def write() -> dict[str, str]:
            with database.connected() as connection:
                found = [reads.session(connection, key) for key in wanted]
                return {one.key: notes.note_of(connection, one).text for one in found if one}

        self.shell.write_queue.run_in_background(f"course {self.key}", write)

    def ready(self, message: "BackgroundResult") -> None:
        """The drafts have come."""
        if message.what == f"course {self.key}":
            self._drafts = message.result
            self._show()

    def _show(self) -> None:
        if not self._parts:
            self.page.show(
                [(OwnText(_("There is no note yet. The first is written when a session is completed.")), "dim")]
            )
            return
        amendments = tuple(one for part in self._parts for one in part.amendments)
        names = course.names(self.connection, amendments)
        found: list[Paragraph] = []
        for part in reversed(self._parts) if self.oldest_first else self._parts:
            found += [("", "")] if found else []
            found.append((self._heading(part), "heading" if part.text is not None else "mark"))
            text = part.text if part.text is not None else self._drafts.get(part.session, "")
            found += paragraphs(_untitled(note_forms.with_amendments(text, part.amendments, names)))
        self.page.show(found)

    @staticmethod
    def _heading(part: course.Part) -> str:
        draft = _("DRAFT, the session is not completed") if part.text is None else ""
        about = " · ".join(filter(None, (dates.short_time(part.held_at), texts.one_line(part.theme or ""), draft)))
        return f"── {about} ──"

    def action_course_turn(self) -> None:
        """The oldest first, or the newest again."""
        self.oldest_first = not self.oldest_first
        self._show()
        self.page.action_end(last=False)
        said = _("The oldest note stands first") if self.oldest_first else _("The newest note stands first")
        self.status(OwnText(said))


def _untitled(text: str) -> str:
    """The note without its title, whose day and theme stand in the heading above it."""
    lines = text.split("\n")
    if len(lines) > 1 and len(lines[1]) > 1 and set(lines[1].strip()) == {"="}:
        lines = lines[2:]
    return "\n".join(lines).strip("\n")
