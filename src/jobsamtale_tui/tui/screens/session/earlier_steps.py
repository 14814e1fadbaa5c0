"""Since last time: each step that was agreed earlier is asked about before new ones are made."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from jobsamtale_tui import dates, texts
from jobsamtale_tui.casework.session import earlier_steps as changes
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import reads, steps
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.session.agenda import AgendaView
from jobsamtale_tui.tui.widgets.captions import Heading
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.fields import TextField
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from jobsamtale_tui.store.questions.reads import Unfinished
ENTRY = "since-entry"
MARKS = {"open": "○", "partly": "◐", "done": "✓", "dropped": "×"}


class SinceRows(Rows):
    """The earlier steps; space says how far each came, Enter what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("step.follow", "screen.view_do('follow')"),
        bind("step.outcome", "screen.view_do('outcome')"),
    ]


class SinceView(AgendaView):
    """A phase with the agenda that asks about earlier steps first; without any there is no trace of it."""

    DEFAULT_CSS = """
    SinceView #since { height: auto; max-height: 3; }
    .-high SinceView #since { max-height: 8; }
    SinceView .entry { display: none; }
    SinceView .entry.open { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [bind("go.since"), bind("agenda.add", "screen.view_do('add')")]

    def __init__(self, owner: SessionOwner, left: "Unfinished | None" = None) -> None:
        super().__init__(owner, left)
        self._earlier = owner.model.earlier_steps()
        self._about = ""

    def compose_since(self) -> ComposeResult:
        """The list and its entry line, where there is anything to ask about."""
        if self._earlier:
            yield Heading(_("Since last time: did it get done, and what came in the way?"))
            yield SinceRows(id="since", searched=False)
            yield Static(id="since-about", classes="heading entry", markup=False)
            yield Field(ENTRY, classes="entry", breaks=True)

    @property
    def since(self) -> SinceRows | None:
        """The list, None where there is nothing to ask about."""
        return next(iter(self.query(SinceRows)), None)

    @property
    def keys_here(self) -> tuple[str, ...]:
        """The list's own keys where the cursor is in it."""
        if self.since is None:
            return self.shows
        return ("step.follow", "step.outcome", "agenda.add") if self.since.has_focus else (*self.shows, "go.since")

    def show(self) -> None:
        """The steps as they stand, with what is on its way to the disk."""
        super().show()
        if self.since is not None:
            self._earlier = self.owner.model.earlier_steps()
            self._fill()

    def _fill(self) -> None:
        if self.since is not None:
            self.since.fill([_line(one) for one in self._earlier], key=self.since.key)

    def action_go_since(self) -> None:
        """To the earlier steps."""
        if self.since is None:
            self.owner.status(_("There is no open step from earlier"))
        else:
            self.since.focus()

    def do(self, what: str) -> None:
        """Says how far the step under the cursor came, or opens the line for what came of it."""
        if what == "follow":
            self._turn()
        elif what == "outcome" and self.since is not None and self.since.key:
            self._ask_outcome(self.since.key)
        else:
            super().do(what)

    def _turn(self) -> None:
        at = self._place(self.since.key if self.since else None)
        if at is not None:
            earlier = self._earlier[at]
            self._earlier[at] = replace(earlier, step=replace(earlier.step, status=changes.NEXT[earlier.step.status]))
            self.owner.make(changes.turned(earlier), what=earlier.step.what, show=False)
            self._fill()

    def _place(self, key: str | None) -> int | None:
        return next((at for at, one in enumerate(self._earlier) if _key(one) == key), None)

    # The entry line

    @property
    def _entry(self) -> Field:
        return self.query_one(f"#{ENTRY}", Field)

    def _ask_outcome(self, key: str, text: str | None = None) -> None:
        at = self._place(key)
        if at is None:
            return
        step = self._earlier[at].step
        self._about = key
        self.owner.seen_in(ENTRY)
        title = _("What came of it, or what came in the way? {step}").format(step=step.what)
        self.query_one("#since-about", Static).update(texts.shortened(title, 200))
        entry = self._entry
        entry.saved = step.outcome or ""
        entry.value = entry.saved if text is None else text
        self.query(".entry").add_class("open")
        entry.focus()
        entry.action_end()

    def _close(self) -> None:
        self.field_left(self._entry)
        self.query(".entry").remove_class("open")
        self._about = ""
        if self.since is not None:
            self.since.focus()

    @on(Input.Submitted, f"#{ENTRY}")
    def enter_outcome(self) -> None:
        """Enter keeps it and goes on to the next step."""
        at = self._place(self._about)
        self._close()
        if self.since is not None and at is not None:
            self.since.go(at + 1)

    @on(Rows.PastEnd, "#since")
    def below(self) -> None:
        """Below the last step the opening goes on."""
        self.go("need")

    def field_left(self, field: TextField | Field) -> None:
        """Saves what came of a step."""
        if field.id != ENTRY:
            super().field_left(field)
            return
        text, at = texts.typed(field.value).strip(), self._place(self._about)
        name = f"{ENTRY} {self._about}"
        if at is None or text == field.saved:
            self.owner.drop(name)
            return
        field.saved = text
        earlier = self._earlier[at]
        self._earlier[at] = replace(earlier, step=replace(earlier.step, outcome=text or None))
        self.owner.make(changes.came_of(earlier, text), field=name, text=text, show=False)
        self._fill()

    def leave_field(self) -> None:
        """Escape keeps the entry line; else it goes to the agenda."""
        focused = self.owner.focused
        if focused is not None and focused.id == ENTRY:
            self._close()
        elif focused is self.new:
            super().leave_field()
        else:
            self._last = (focused.id if focused else "") or ""
            self.rows.focus()

    # Coming back

    def unfinished(self) -> tuple[str, str | None, str | None]:
        """The entry line says which step it is about."""
        field, cursor, text = super().unfinished()
        return (f"{ENTRY} {self._about}", cursor, text) if field == ENTRY and self._about else (field, cursor, text)

    def resume(self, left: "Unfinished") -> None:
        """Opens the entry line where it was."""
        kind, _space, about = left.field.partition(" ")
        if kind != ENTRY:
            super().resume(left)
        elif self._place(about) is None:
            self.land()
        else:
            self._ask_outcome(about, left.text)
            if left.cursor:
                self._entry.place = left.cursor

    def give_back(self, field: str, text: str | None) -> bool:
        """What could not be saved stands on the entry line again, once that is free."""
        kind, _space, about = field.partition(" ")
        if kind != ENTRY:
            return super().give_back(field, text)
        if text is None or self._about not in ("", about) or self._place(about) is None:
            return False
        self.resume(reads.Unfinished(2, field, None, text))
        return True


def _key(earlier: steps.Earlier) -> str:
    return f"{earlier.session} {earlier.place}"


def _line(earlier: steps.Earlier) -> Line:
    step = earlier.step
    left = step.status in ("open", "partly")
    late = left and step.when is not None and step.when < dates.today()
    when = f" · {dates.short_day(step.when)}{' !' if late else ''}" if step.when else ""
    look = {"done": "good", "dropped": "dim"}.get(step.status, "strong")
    return Line(
        _key(earlier),
        (
            (OwnText(f"{MARKS[step.status]} "), look),
            (texts.one_line(step.what), look),
            (OwnText(f"{when}  {labels.step_status(step.status)}"), "dim"),
            (f": {texts.one_line(step.outcome)}" if step.outcome else "", ""),
        ),
    )
