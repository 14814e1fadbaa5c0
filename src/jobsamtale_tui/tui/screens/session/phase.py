"""What the four phases have in common: fields that save when left, an order for tab, a place to come back to."""

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from jobsamtale_tui import records, texts
from jobsamtale_tui.editing.merge_drafts import ENTRIES
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.widgets.blank import Blank
from jobsamtale_tui.tui.widgets.fields import LineField, TextField
from jobsamtale_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import BackgroundResult
    from jobsamtale_tui.method.session_edits import OpenSession
    from jobsamtale_tui.store.questions.reads import Unfinished


class PhaseView(Blank):
    """A phase. `order` names its fields in the order of tab, `fields` those that are texts of the session."""

    shows: ClassVar[tuple[str, ...]] = ()
    where: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ()
    fields: ClassVar[dict[str, str]] = {}
    """Id of the field → name of the session's text."""

    def __init__(self, owner: SessionOwner, left: "Unfinished | None" = None) -> None:
        super().__init__()
        self.owner = owner
        self._left = left
        self._last = ""

    def on_mount(self) -> None:
        """Shows the record; the cursor lands where the phase begins, or where it was left."""
        self.show()
        left, self._left = self._left, None
        if left is not None and (left.field or left.text):
            self.resume(left)
        else:
            self.land()
        self.offer()

    @property
    def opened(self) -> "OpenSession":
        """The session as it is seen, with the lines of its agenda items and steps."""
        return self.owner.model.opened

    @property
    def session(self) -> records.Session:
        """The record as it stands."""
        return self.owner.session

    def show(self) -> None:
        """Brings the widgets in line with the record; a field that is being typed in keeps its text."""
        for name, text in self.fields.items():
            field = self.query_one(f"#{name}")
            if isinstance(field, (TextField, LineField)):
                kept = self.text_of(text)
                if field.value == field.saved:
                    if field.saved != kept:
                        field.value = kept
                    field.saved = kept
                if field.saved == texts.typed(kept):  # else somebody else's text has come under what is being typed
                    self.owner.seen_in(name)

    @property
    def keys_here(self) -> tuple[str, ...]:
        """The commands for the key line, where the cursor stands."""
        return self.shows

    def text_of(self, name: str) -> str:
        """One of the session's texts, "" where it is not written."""
        part, dot, rest = name.partition(".")
        value = getattr(self.session, part)
        return (getattr(value, rest) if dot and value else None if dot else value) or ""

    def land(self) -> None:
        """Puts the cursor where the phase begins."""
        if self.order:
            self.go(self.order[0])

    def go(self, name: str) -> None:
        """Focuses a field by its id."""
        self.query_one(f"#{name}").focus()

    def resume(self, left: "Unfinished") -> None:
        """Puts back the text that was not left, and the cursor."""
        if self.give_back(left.field, left.text) and left.field in self.fields:
            self.owner.seen_earlier(left.field, left.at)
        field = self._named(left.field)
        if field is None or not field.can_focus:
            self.land()
            return
        field.focus()
        if isinstance(field, (TextField, LineField)) and left.cursor:
            field.place = left.cursor

    def offer(self) -> None:
        """Puts what could not be saved back where it was typed; where several wait for one line, the oldest first."""
        offered = self.owner.offered
        for field, refused in self.owner.refused().items():
            if refused and offered.get(field) not in refused and self.give_back(field, refused[0]):
                offered[field] = refused[0]
                if field in self.fields:
                    self.owner.seen_earlier(field)

    def give_back(self, field: str, text: str | None) -> bool:
        """Puts text that was typed and not saved back where it was typed; False where it has to wait."""
        found = self._named(field)
        if not isinstance(found, (TextField, LineField)) or text is None:
            return False
        there = found.value
        if there in ("", found.saved) or there in text:
            if there != text:
                found.value = text
        elif field in ENTRIES:
            return False
        elif text not in there:
            between = "\n" if isinstance(found, TextField) else " "
            found.value = f"{text}{between}{there}"
        return True

    def save_aside(self) -> None:
        """Saves what stands in the fields that are not being typed in."""
        for field in self.query("TextField, LineField"):
            if (
                isinstance(field, (TextField, LineField))
                and not field.has_focus
                and texts.typed(field.value) != field.saved
            ):
                self.field_left(field)

    def take_back(self, field: str, text: str) -> None:
        """Takes text that was given back out of its field again."""
        found = self._named(field.partition(" ")[0])
        if isinstance(found, (TextField, LineField)) and found.value == text:
            found.value = found.saved = self.text_of(self.fields[field]) if field in self.fields else ""

    def _named(self, field: str) -> Widget | None:
        """The widget with this id; the name may be one of another phase, and need not be an id at all."""
        return next((found for found in self.query("*") if field and found.id == field), None)

    def unfinished(self) -> tuple[str, str | None, str | None]:
        """Where the cursor stands: field, place in it, and the text that is not yet saved (None: nothing)."""
        field = self.owner.focused
        if field is None or field.id is None or self not in field.ancestors:
            return "", None, None
        if isinstance(field, (TextField, LineField)):
            text = field.value if texts.typed(field.value) != field.saved else None
            return field.id, field.place, text
        return field.id, None, None

    def leave(self) -> bool:
        """Saves what stands in the fields, as leaving each would; False where one cannot be read and stays."""
        for field in self.query("TextField, LineField"):
            if isinstance(field, (TextField, LineField)) and texts.typed(field.value) != field.saved:
                self.field_left(field)
        return True

    def come_back(self) -> None:
        """Another screen was over this one: what it may have changed shows."""

    def leave_field(self) -> None:
        """Escape: out of the field, its text kept, to the phase's list, where letters are keys again."""
        self._last = (self.owner.focused.id if self.owner.focused else "") or ""
        self.query(Rows).first().focus()

    def field_left(self, field: TextField | LineField) -> None:
        """Saves a field; the phases add what their own entry lines mean."""
        name = self.fields.get(field.id or "")
        if name is not None:
            field.saved = texts.typed(field.value)
            self.owner.save_text(name, field.value, field.id or "")

    def do(self, what: str) -> None:
        """Does one of the phase's own commands; the phases say which."""

    def ready(self, message: "BackgroundResult") -> None:
        """Something that the phase asked for in the background has come."""

    @property
    def shared_place(self) -> tuple[str, str]:
        """The page of the shared screen that goes with the phase."""
        return "agenda", ""

    def next_field(self, way: int) -> None:
        """Tab: the next field of the order that can be reached."""
        names = [name for name in self.order if any(self._open(found) for found in self.query(f"#{name}"))]
        if not names:
            return
        focused = self.owner.focused
        here = (focused.id if focused else "") or ""
        if isinstance(focused, Rows) and self._last:
            here, self._last = self._last, ""
        if here in names:
            self.go(names[(names.index(here) + way) % len(names)])
        else:
            self.go(names[0])

    @staticmethod
    def _open(widget: Widget) -> bool:
        return widget.display and widget.can_focus
