"""The agenda as three phases show it: the list and its new line."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from jobsamtale_tui import records, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import session_edits
from jobsamtale_tui.method.kinds import is_core
from jobsamtale_tui.reference import session_kinds
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.session import proposals
from jobsamtale_tui.tui.screens.session.phase import PhaseView
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.fields import TextField
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from jobsamtale_tui.store.questions.reads import Unfinished


class AgendaRows(Rows):
    """The agenda's rows; the keys act on the item under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("agenda.toggle", "screen.view_do('toggle')"),
        bind("agenda.by", "screen.view_do('by')"),
        bind("agenda.edit", "screen.view_do('edit')"),
        bind("agenda.remove", "screen.view_do('remove')"),
        bind("agenda.required", "screen.view_do('required')"),
        bind("agenda.add", "screen.view_do('add')"),
    ]


def item_line(place: int, item: records.AgendaItem, *, conclusion: bool = False) -> Line:
    """An agenda item as a row."""
    word, mark = labels.state(item.state)
    look = {"agreed": "strong", "done": "good", "dropped": "dim"}.get(item.state, "")
    whose = _("citizen") if item.by == "citizen" else _("caseworker")
    cells = [(OwnText(f"{mark} "), look), (texts.one_line(item.topic), look), (OwnText(f"  {word}, {whose}"), "dim")]
    if item.required:
        cells.append((OwnText("  § " + _("required by law")), "mark"))
    if conclusion and item.conclusion:
        cells.insert(2, (f": {texts.one_line(item.conclusion)}", ""))
    return Line(str(place), tuple(cells))


class AgendaView(PhaseView):
    """A phase with the agenda in it; an item added here begins in the state `begins`."""

    begins: ClassVar[records.AgendaState] = "possible"

    def __init__(self, owner: SessionOwner, left: "Unfinished | None" = None) -> None:
        super().__init__(owner, left)
        self._editing: int | None = None
        self._wording = ""

    @property
    def rows(self) -> Rows:
        """The agenda's list."""
        return self.query_one("#agenda", Rows)

    @property
    def new(self) -> Field:
        """The agenda's new line."""
        return self.query_one("#agenda-new", Field)

    def show(self) -> None:
        """The agenda in its three groups: agreed, possible, dropped."""
        super().show()
        groups = (
            (_("Agreed"), ("agreed", "done")),
            (_("Possible"), ("possible",)),
            (_("Dropped"), ("dropped",)),
        )
        lines: list[Line] = []
        for title, states in groups:
            there = zip(self.opened.items, self.session.agenda, strict=True)
            items = [(line, item) for line, item in there if item.state in states]
            if items:
                lines.append(Line(None, ((OwnText(title), "strong"),)))
                lines += [item_line(line, item) for line, item in items]
        self.rows.fill(lines, key=self.rows.key)

    @property
    def line(self) -> int | None:
        """The line of the item under the cursor; None where there is none, or it is gone."""
        line = int(self.rows.key) if self.rows.key is not None else None
        return line if line in self.opened.items else None

    def do(self, what: str) -> None:
        """Does one of the agenda's commands on the item under the cursor."""
        line = self.line
        if what == "add":
            self.new.focus()
        if line is None:
            return
        item = self.opened.item(line)
        if what == "toggle":
            state = session_edits.next_state(item)
            self.owner.make(session_edits.ToggleItem(line=line, state=state), what=item.topic)
            if item.required and item.state == "agreed":
                self._say_required()
            if state == "dropped":
                self._ask_why(item)
        elif what == "by":
            by = session_edits.other_rater(item.by)
            self.owner.make(session_edits.PassItem(line=line, by=by), what=item.topic)
        elif what == "remove" and item.required:
            self._say_required()
        elif what == "remove":
            self.owner.make(session_edits.RemoveItem(line=line), what=item.topic)
            self._ask_why(item)
        elif what == "required":
            self.owner.make(session_edits.RequireItem(line=line, required=not item.required), what=item.topic)
        elif what == "edit":
            self._editing, self._wording = line, item.topic
            self.owner.seen_in("agenda-new")
            self.new.value = self.new.saved = item.topic
            self.new.focus()

    def _ask_why(self, item: records.AgendaItem) -> None:
        """What belongs to the session's kind is left out for a reason, which stands in the assessment."""
        if not self.session.risk and is_core(session_kinds.kind_of(self.session), item.topic):
            said = _("It belongs to this kind of session: {key} writes why it is left out")
            self.owner.status(OwnText(said.format(key=self.owner.shell.key_of("session.kind"))))

    def _say_required(self) -> None:
        key = self.owner.shell.key_of("agenda.required")
        sentence = _("The law requires this item, so it cannot be dropped or removed; {key} takes the mark off first")
        self.owner.status(OwnText(sentence.format(key=key)))

    @on(Input.Submitted, "#agenda-new")
    def enter_new(self) -> None:
        """Enter keeps the line and begins the next."""
        self.field_left(self.new)

    @on(Rows.Chosen, "#agenda")
    def choose(self) -> None:
        """Enter on an item is as space on it."""
        self.do("toggle")

    @on(Rows.PastEnd, "#agenda")
    def to_new(self) -> None:
        """Below the last item is the new line."""
        self.new.focus()

    def field_left(self, field: TextField | Field) -> None:
        """The new line with text in it becomes an item."""
        if field is not self.new:
            super().field_left(field)
            return
        topic, editing = texts.typed(field.value).strip(), self._editing
        unchanged = topic == field.saved
        field.value = field.saved = ""
        self._editing = None
        if not topic or (editing is not None and unchanged):
            return
        there = self.opened.item(editing).topic if editing in self.opened.items else ""
        if editing is not None and there == self._wording:
            proposals.reworded(self.owner.shell.drafts, self.session.key, there, topic)
            self.owner.make(session_edits.RewordItem(line=editing, topic=topic), field=field.id, text=topic)
            return
        state = self.begins
        self.add(topic, "citizen" if state == "agreed" else "caseworker", state, field.id)

    def add(self, topic: str, by: records.Rater, state: records.AgendaState, field: str | None = None) -> None:
        """Adds an item; `field` is where its topic was typed, if it was."""
        line = self.opened.free("agenda_item")
        edit = session_edits.AddItem(line=line, topic=topic, by=by, state=state)
        self.owner.make(edit, field=field, text=topic if field else None, what=topic)
        self.rows.fill(self.rows.lines, key=str(line))

    def resume(self, left: "Unfinished") -> None:
        """An unfinished new line comes back as such."""
        super().resume(left)
        if left.field == "agenda-new":
            self.new.saved = ""

    def leave_field(self) -> None:
        """Escape on the new line adds what stands there and goes to the list."""
        if self.owner.focused is self.new:
            self.field_left(self.new)
            self.rows.focus()
        else:
            super().leave_field()
