"""A form of labelled lines, checked as one types.

`tui/screens/form.py` puts it on a screen that keeps drafts and saves.

How to use it:

    form = Form(
        Text("name", _("Name"), needed=True, hint=_("First name and last name")),
        Choice("form", _("Form"), options=(("", "–"), ("personal", _("in person")))),
        Day("on", _("Day"), past=True),
        values={"name": citizen.name, "form": session.form, "on": None},
        check=lambda values: [Fault("on", _("A day is missing"))] if values["form"] and not values["on"] else [],
    )

- Kinds of lines: `Text` (`lines=3` gives several lines, `check` says what is wrong with the text, `hidden` how it is
  shown while the cursor is elsewhere), `Number`, `Day` and `Moment` (typed as in `dates.read_day`, `dates.read_time`;
  what was understood stands beside it), `Choice` (left and right, or the first letter) and `Levels` (several numbers,
  all or none, in a widget of its own).
- `values` are Python's: str, int, date, aware datetime, the key of an option; None where a line is blank. A line that
  was not touched gives back the very value it was given, whatever it looks like on the screen.
- `typed` are raw texts that were typed earlier and not kept: they stand over `values`.
- `form.values` is what stands there now, `form.changed` only what differs from what was given, `form.typed` the raw
  texts (for drafts), `form.faults` what is wrong; a `Fault` with `warns` is shown but hinders nothing.
- `Form.Changed(name)` comes at each change, `Form.Finished` when F10, or Enter on the last line, asks to keep it.
- Marks before the labels: `!` wrong, `?` worth a look, `*` has to be filled.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.look.privacy import OwnText, public
from jobsamtale_tui.tui.widgets.blank import Blank
from jobsamtale_tui.tui.widgets.choice import Chooser
from jobsamtale_tui.tui.widgets.fields import LineField, TextField
from jobsamtale_tui.tui.widgets.form_items import Choice, Day, Fault, Item, Levels, Moment, Number, Text
from jobsamtale_tui.tui.widgets.levels import LevelRows

Values = Mapping[str, Any]


__all__ = ["Choice", "Day", "Fault", "Form", "Item", "Levels", "Moment", "Number", "Text", "Values"]


class Label(Widget):
    """The label of a line, with its mark before it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"label--bad", "label--warn"}
    DEFAULT_CSS = """
    Label { height: 1; color: $dim; }
    Label > .label--bad { color: $text-error; text-style: bold; }
    Label > .label--warn { color: $text-warning; text-style: bold; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.mark = " "

    def show(self, mark: str) -> None:
        """Shows another mark: `!` wrong, `?` worth a look, `*` to be filled."""
        if mark != self.mark:
            self.mark = mark
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The mark and the label."""
        base, width = self.visual_style.rich_style, self.size.width
        if y:
            return Strip.blank(width, base)
        look = {"!": "label--bad", "?": "label--warn"}.get(self.mark)
        style = base + self.get_component_rich_style(look, partial=True) if look else base
        return Strip([Segment(OwnText(f"{self.mark} {self.text}"), style)]).adjust_cell_length(width, base)


class FormLine(LineField):
    """A text on one line; `hidden` says how it is shown while the cursor is elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = bind_pair("form.move", "screen.line(-1)", "screen.line(1)")

    def __init__(self, id: str, text: str, hidden: Callable[[str], str] | None) -> None:  # noqa: A002
        super().__init__(id, text)
        self.hidden = hidden

    def render_line(self, y: int) -> Strip:
        """The text, or what may be seen of it."""
        if y == 0 and self.hidden and self.value and not self.has_focus:
            shown, base = texts.one_line(self.hidden(self.value)), self.visual_style.rich_style
            return Strip([Segment(shown, base)]).adjust_cell_length(self.size.width, base)
        return super().render_line(y)


class Form(Blank):
    """The lines, and below them what there is to say."""

    DEFAULT_CSS = """
    Form { height: 1fr; padding: 1 1 0 1; }
    Form .lines { height: auto; }
    Form .line { height: auto; }
    Form .line LineField, Form .line TextField, Form .line Chooser, Form .line LevelRows { width: 1fr; }
    Form .line TextField { padding: 0; }
    Form .line .aside { width: auto; color: $dim; padding: 0 1; }
    Form .said { height: auto; max-height: 3; padding: 1 2 0 2; color: $dim; }
    Form .said.bad { color: $text-error; }
    Form .said.warn { color: $text-warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [bind("form.keep", "finish"), bind("form.next", "next_line")]

    class Changed(Message):
        """A line was changed."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Finished(Message):
        """F10, or Enter on the last line."""

    start: str | None = None
    """The line to begin with, where it is not the first."""

    def __init__(
        self,
        *items: Item,
        values: Values | None = None,
        typed: Mapping[str, str] | None = None,
        check: Callable[[Values], Iterable[Fault]] | None = None,
        id: str | None = "form",  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.items = {item.name: item for item in items}
        given = values or {}
        self.given: dict[str, Any] = {name: given.get(name) for name in self.items}
        self._written = {name: item.write(self.given[name]) for name, item in self.items.items()}
        self._typed = {name: text for name, text in (typed or {}).items() if name in self.items}
        self._check = check
        self._touched: set[str] = set()

    def compose(self) -> ComposeResult:
        """A row a line."""
        wide = max(len(item.label) for item in self.items.values()) + 4
        with VerticalScroll(classes="lines", can_focus=False):
            for item in self.items.values():
                with Horizontal(classes="line"):
                    label = Label(item.label)
                    label.styles.width = wide
                    yield label
                    yield self._field(item)
                    if isinstance(item, (Day, Moment)):
                        yield Static(item.aside(self._typed.get(item.name, "")), classes="aside", markup=False)
        yield Static(classes="said", markup=False)

    def _field(self, item: Item) -> Widget:
        if isinstance(item, Choice) or (isinstance(item, Text) and item.lines > 1):
            written = self._written[item.name]
        else:
            written = self._written[item.name] = " ".join(self._written[item.name].split("\n"))
        written, name = self._typed.get(item.name, written), f"form-{item.name}"
        if isinstance(item, Levels):
            drawn: Widget = item.make(name, written)
            return drawn
        if isinstance(item, Choice):
            return Chooser(name, item.options, written)
        if isinstance(item, Text) and item.lines > 1:
            area = TextField(name, written)
            area.styles.height = item.lines
            return area
        return FormLine(name, written, item.hidden if isinstance(item, Text) else None)

    def on_mount(self) -> None:
        """The cursor stands in the first line, or in the one to begin with, whose text the next key replaces."""
        self._touched = set(self._typed)
        self.go(self.start or next(iter(self.items)))
        if self.start and isinstance(field := self.field(self.start), Input):
            field.select_all()
        self._mark()

    def on_resize(self) -> None:
        """The lines scroll where they do not fit; what there is to say stays in sight."""
        self.query_one(".lines").styles.max_height = max(3, self.size.height - 3)

    # What stands in it

    def field(self, name: str) -> "LineField | TextField | Chooser | LevelRows":
        """The widget of a line."""
        found = self.query_one(f"#form-{name}")
        assert isinstance(found, (LineField, TextField, Chooser, LevelRows))  # noqa: S101 - what `_field` made
        return found

    @property
    def typed(self) -> dict[str, str]:
        """What is typed in each line, as it stands."""
        return {name: self.field(name).value for name in self.items}

    @property
    def changed(self) -> dict[str, Any]:
        """The values of the lines that differ from what was given; a line that is wrong is None."""
        values, typed = self.values, self.typed
        return {name: values[name] for name in self.items if typed[name] != self._written[name]}

    @property
    def dirty(self) -> dict[str, str]:
        """What is typed in the lines that differ from what was given."""
        return {name: text for name, text in self.typed.items() if text != self._written[name]}

    @property
    def values(self) -> dict[str, Any]:
        """What is meant; None where a line is blank or wrong."""
        return self._read()[0]

    @property
    def faults(self) -> list[Fault]:
        """What is wrong, line by line, then what the whole form's own check says."""
        values, faults = self._read()
        wrong = {fault.name for fault in faults}
        checked = self._check(values) if self._check else ()
        return [*faults, *(fault for fault in checked if fault.name not in wrong)]

    @property
    def valid(self) -> bool:
        """Whether it can be kept."""
        return all(fault.warns for fault in self.faults)

    def _read(self) -> tuple[dict[str, Any], list[Fault]]:
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for name, item in self.items.items():
            text = self.field(name).value
            values[name] = self.given[name]
            if text != self._written[name]:
                try:
                    values[name] = item.read(text)
                except ValueError as error:
                    values[name] = None
                    faults.append(Fault(name, str(error)))
            if item.needed and not text.strip():
                faults.append(Fault(name, _("{label} has to be filled").format(label=item.label)))
        return values, faults

    def put(self, name: str, typed: str) -> None:
        """Puts a text (of a choice: its key) into a line, as if it had been typed."""
        self.field(name).value = typed
        self._mark()

    def add(self, name: str, typed: str) -> None:
        """Puts a text that was typed elsewhere behind the one in the line; of what is chosen one stands."""
        field = self.field(name) if name in self.items else None
        if isinstance(field, (TextField, LineField)) and typed not in field.value:
            field.value += ("\n" if isinstance(field, TextField) else " / ") + typed
            self._touched.add(name)
            self._mark()

    def settle(self, typed: Mapping[str, str]) -> None:
        """What was typed is kept: the lines that still say so are as they were given."""
        values = self.values
        for name, text in typed.items():
            if name in self.items and self.field(name).value == text:
                self.given[name], self._written[name] = values[name], text

    def reset(self) -> None:
        """All lines as they were given."""
        for name in self.dirty:
            self.put(name, self._written[name])
        self._touched.clear()
        self._mark()

    def go(self, name: str) -> None:
        """Puts the cursor into a line."""
        self.field(name).focus()

    def move(self, way: int) -> None:
        """To the next line, or the one before; at either end it stays."""
        names = list(self.items)
        here = self.here
        at = names.index(here) + way if here else 0
        if 0 <= at < len(names):
            self.go(names[at])

    @property
    def here(self) -> str | None:
        """The name of the line that the cursor is in."""
        focused = self.screen.focused
        name = (focused.id or "").removeprefix("form-") if focused is not None else ""
        return name if name in self.items else None

    def blame(self) -> str:
        """Shows all that is wrong, puts the cursor into the first such line, and returns its sentence ("": nothing)."""
        self._touched = set(self.items)
        first = next((fault for fault in self.faults if not fault.warns), None)
        if first:
            self.go(first.name)
        self._mark()
        return first.sentence if first else ""

    def action_next_line(self) -> None:
        """As Enter, where another key is told to be it."""
        if self.here == list(self.items)[-1]:
            self.action_finish()
        else:
            self.move(1)

    def action_finish(self) -> None:
        """Asks to keep it."""
        self.post_message(self.Finished())

    # As one types

    @on(Input.Submitted)
    @on(Chooser.Submitted)
    @on(LevelRows.Submitted)
    def submitted(self, event: Message) -> None:
        """Enter goes to the next line; on the last one it asks to keep the form."""
        event.stop()
        self.action_next_line()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Chooser.Changed)
    @on(LevelRows.Changed)
    def typing(self, event: Any) -> None:
        """Marks what is wrong by now."""
        name = (event.control.id or "").removeprefix("form-")
        if name not in self.items:
            return
        if event.control.has_focus:
            self._touched.add(name)
        item = self.items[name]
        if isinstance(item, (Day, Moment)):
            row = event.control.parent
            row.query_one(".aside", Static).update(item.aside(event.control.value))
        self._mark()
        self.post_message(self.Changed(name))

    @on(events.DescendantFocus)
    def entered(self) -> None:
        """What there is to say of this line."""
        self._mark()

    def _mark(self) -> None:
        faults = {fault.name: fault for fault in reversed(self.faults)}
        for row in self.query(".line"):
            name = (row.children[1].id or "").removeprefix("form-")
            fault, item = faults.get(name), self.items[name]
            mark = "*" if item.needed and not self.field(name).value.strip() else " "
            if fault and name in self._touched and (fault.warns or mark != "*" or name != self.here):
                mark = "?" if fault.warns else "!"
            row.query_one(Label).show(mark)
        here = self.here
        seen = [fault for name, fault in faults.items() if name in self._touched]
        said = next((fault for fault in seen if fault.name == here), None)
        hint = self.items[here].hint if here else ""
        elsewhere = next((fault for fault in seen if not fault.warns), None) if said is None else None
        if elsewhere:
            label = self.items[elsewhere.name].label
            self.say(f"{label}: {elsewhere.sentence}", bad=True, private=elsewhere.private)
        elif said:
            self.say(said.sentence, bad=not said.warns, warn=said.warns, private=said.private)
        else:
            self.say(hint)

    def say(self, sentence: str, *, bad: bool = False, warn: bool = False, private: bool = False) -> None:
        """Says something below the lines; what is private is hidden with all else that is a citizen's."""
        line = self.query_one(".said", Static)
        line.set_class(bad, "bad").set_class(warn, "warn")
        mark = "! " if bad else "? " if warn else ""
        text = Content(f"{mark}{sentence}" if sentence else "")
        line.update(text if private else public(text))
